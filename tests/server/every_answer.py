"""Real answers of the API, one of every kind: `asks` over the stories of `stories`.

    python -m tests.server.every_answer

writes those that the extension reads to `tests/cases/answers.json`: its own tests read them there.
"""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rowback.capture.sampled import Nothing, Sample, Why
from rowback.model import Scope
from rowback.store import Store, search
from rowback.store.brought import Brought
from rowback.store.feeds import FeedKind
from rowback.store.work import Next, Outcome
from rowback.web.app import create_app

from . import stories
from .asks import (
    A_VERSION,
    ASKED,
    ASKED_FIRST,
    ASKED_FOR_MUCH,
    ASKED_IN_PUBLIC,
    ASKED_LAST,
    ASKED_OF_A_LAZY_ONE,
    BASE,
    CHECK,
    FOLLOW,
    JOIN,
    LITTLE,
    PAIR_TOKEN,
    WORDINGS,
    asks_by_strangers,
    asks_by_tokens,
    asks_of_invitations,
    asks_of_pairings,
)
from .backend import Clock
from .cases import FOLDER
from .pasts import tell_pasts
from .wanted_checks import tell_checks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from flask import Flask

    from rowback.capture.sampled import Candidate
    from rowback.store.feeds import Feed

    from .asks import Ask

USED_BY_THE_EXTENSION = {
    ("get", "/api/v1/health"),
    ("post", "/api/v1/pair"),
    ("post", PAIR_TOKEN),
    ("post", JOIN),
    ("post", "/api/v1/sign-in"),
    ("get", "/api/v1/edits"),
    ("post", "/api/v1/lookup"),
    ("post", "/api/v1/captures"),
    ("get", "/api/v1/articles"),
    ("get", A_VERSION),
    ("get", WORDINGS),
    ("put", FOLLOW),
    ("delete", FOLLOW),
    ("post", CHECK),
    ("get", CHECK),
    ("post", "/api/v1/feeds"),
    ("get", "/api/v1/sites"),
    ("delete", "/api/v1/feeds"),
    ("post", "/api/v1/feeds/look"),
    ("post", "/api/v1/feeds/several"),
    ("post", "/api/v1/feeds/opml"),
    ("get", "/api/v1/outlets"),
    ("get", "/api/v1/token"),
    ("delete", "/api/v1/token"),
    ("get", "/api/v1/backfills"),
    ("post", "/api/v1/backfills"),
    ("delete", "/api/v1/backfills"),
}
KEPT = FOLDER / "answers.json"
COMMAND = "python -m tests.server.every_answer"
# What differs from run to run, or from release to release, and what is kept in its place.
STEADY = {
    "token": "a token",
    "version": "0.0.0",
    "device_code": "a long code of the pairing",
    "user_code": "BCDF-GHJK",
    "confirm": f"{BASE}/pair?code=BCDF-GHJK",
    "link": f"{BASE}/sign-in?code=x",
}
_DATABASE = re.compile(r"\S+(?=/\w+\.db)")


@dataclass(frozen=True)
class Answer:
    """What came back. `body` is None where there was none; `headers` have lower-case names."""

    ask: Ask
    status: int
    media_type: str
    headers: Mapping[str, str]
    body: Any


@dataclass(frozen=True)
class _Backend:
    app: Flask
    secret: str

    def answer(self, ask: Ask) -> Answer:
        """One request over WSGI."""
        found = self.app.test_client().open(
            ask.path.format(**ask.at),
            method=ask.method.upper(),
            query_string=dict(ask.query),
            json=ask.body,
            base_url=ask.base,
            headers={"Authorization": f"Bearer {self.secret}", **ask.headers},
        )
        assert found.status_code == ask.status, (ask.name, found.status_code, found.text[:500])
        headers = {name.lower(): value for name, value in found.headers.items()}
        return Answer(ask, ask.status, found.mimetype or "", headers, json.loads(found.data) if found.data else None)

    def answers(self, asks: Iterable[Ask]) -> Iterator[Answer]:
        """The answers, and those that have an ETag asked for once more by it."""
        for answer in map(self.answer, asks):
            yield answer
            if etag := answer.headers.get("etag"):
                name = f"{answer.ask.name}, unchanged"
                yield self.answer(
                    replace(answer.ask, name=name, status=304, headers={**answer.ask.headers, "If-None-Match": etag})
                )


def answers(folder: Path) -> Iterator[Answer]:
    """Every answer, from databases in an empty folder."""
    clock = Clock()
    stores = [Store(folder / name) for name in ("empty.db", "full.db")]
    stories.tell(stores[1])
    tell_pasts(stores[1], clock())
    tell_checks(stores[1], clock())
    empty, full = (
        _Backend(
            create_app(each, now=clock, look=partial(_look, each), look_first=_look_first),
            each.access.new_token("tests", clock()),
        )
        for each in stores
    )
    yield from empty.answers(ASKED_FIRST)
    yield from empty.answers(asks_of_pairings(_pairings(stores[0], clock())))
    yield from empty.answers(asks_of_invitations(stores[0].readers.invite("Ada", None, clock())))
    yield from empty.answers(asks_by_tokens(_tokens(stores[0], clock())))
    yield from full.answers(ASKED)
    yield from full.answers(asks_by_strangers(full.app))
    short = _Backend(create_app(stores[1], bounds=LITTLE, now=clock), full.secret)
    yield from short.answers(ASKED_FOR_MUCH)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "MOST_READ", 1)
        yield from full.answers(ASKED_OF_A_LAZY_ONE)
    yield from _Backend(create_app(stores[1], is_public=True, now=clock), "").answers(ASKED_IN_PUBLIC)
    for store in stores:
        store.close()
        store.path.unlink()
    yield full.answer(ASKED_LAST)


def _look(store: Store, feed: Feed) -> Feed:
    """A reading that finds articles in a feed, and cannot tell yet what a site has."""
    if feed.kind is not FeedKind.FEED:
        return feed
    at = feed.added_at + timedelta(minutes=1)
    brought = Brought(named=3, new=2, too_old=1, first=("The ferry stays shut",), try_feeds=(feed.url,))
    store.feeds.finish(feed.id, at, Next(at, Outcome.READ, brought.in_words()), 600, brought=brought)
    return store.feeds.feed(feed.id) or feed


def _look_first(wish: Candidate) -> Sample | Nothing:
    """A look that finds what the last part of an address says."""
    what = wish.url.rpartition("/")[2]
    nothing = Nothing(wish.url, Why.MISSING, "the server answered 404")
    if what == "nothing":
        return nothing
    kind, a_day = (FeedKind.SITE, None) if what == "front" else (FeedKind.FEED, 24)
    first = ("The ferry stays shut", "The bell rings at noon")
    found = Sample(wish.url, kind, "The Lantern", 12, first, a_day, "other.example" if what == "feed" else None)
    return replace(found, instead_of=nothing) if what == "moved" else found


def _pairings(store: Store, at: datetime) -> dict[str, str]:
    """The long codes of pairings, by what the owner said to each."""
    begun = {said: store.pairings.begin(said, None, said, at) for said in ("nothing", "no", *Scope)}
    for said, found in begun.items():
        if said != "nothing":
            store.pairings.decide(found.user_code, None if said == "no" else Scope(said), at)
    return {said: found.device_code for said, found in begun.items()}


def _tokens(store: Store, at: datetime) -> dict[str, str]:
    """Tokens for each scope, all of which end."""
    ends = at + timedelta(days=7)
    return {str(scope): store.access.new_token(f"for {scope}", at, None, scope, ends) for scope in Scope}


def kept(told: Iterable[Answer]) -> str:
    """What `tests/cases/answers.json` holds: the answers to what the extension asks, each with its request."""
    rows = [
        {
            "name": answer.ask.name,
            "method": answer.ask.method,
            "path": answer.ask.path,
            "status": answer.status,
            "body": _steady(answer.body),
        }
        for answer in told
        if (answer.ask.method, answer.ask.path) in USED_BY_THE_EXTENSION and answer.ask.base == BASE and answer.body
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _steady(body: Any) -> Any:
    steady = {**body, **{name: value for name, value in STEADY.items() if isinstance(body.get(name), str)}}
    return steady | ({"detail": _DATABASE.sub("", body["detail"])} if "detail" in body else {})


def main() -> None:
    """Writes `tests/cases/answers.json`."""
    with tempfile.TemporaryDirectory() as folder:
        KEPT.write_text(kept(answers(Path(folder))), encoding="utf-8")


if __name__ == "__main__":
    main()
