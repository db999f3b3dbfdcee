"""A store with and without an article that only a browser brought, and everything that a stranger may ask of either."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING
from urllib.parse import quote

from rowback.model import Capture, Origin
from rowback.web.guard.rights import is_public

from .samples import PARAGRAPHS, URL, at, capture, changed, content

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from rowback.store import Store

OPEN_URL, HIDDEN_URL, LONE_URL = f"{URL}-open", f"{URL}-hidden", "https://quay.example/lone"
SECRET_URL, SECRET_SITE, MOVED_URL, COVERED_URL = (
    f"{URL}-read-at-night",
    "https://night.example/reading",
    "https://night.example/reading-copy",
    f"{URL}-read-and-hidden",
)
LISTED, SECRET, COPY, SITE, COVERED = 1, 5, 6, 7, 8  # ids of what is told and of what only a browser brought
MINUTES = (30, 90, 150)  # of the secret's versions, between the others' and after them
LONG = [f"The harbour office counted {n} boats at night." for n in range(45)]  # more than any page of a search holds


def tell_listed(store: Store) -> None:
    """Four articles that anyone may see: two edited, one hidden, one of a source without edits."""
    for n, text in enumerate((PARAGRAPHS, changed("400", "900"), changed("six", "seven"))):
        store.record(capture(text, minutes=60 * n), at(60 * n))
        store.record(capture(text, minutes=60 * n + 20, url=OPEN_URL, title=f"Ferry, day {n}"), at(60 * n + 20))
    for n in range(2):
        store.record(capture(changed("Friday", f"day {n}"), minutes=n, url=HIDDEN_URL), at(n))
    store.record(capture(["The quay is long."], minutes=5, url=LONE_URL, title="The quay"), at(5))
    hidden = store.articles.find(HIDDEN_URL)
    assert hidden is not None
    store.owner.hide(hidden.id, "A court asked for it.")


def tell_secret(store: Store, reader: int | None = None) -> None:
    """What a browser brought, the owner's unless another reader is named, and checks looked at again: edited, merged, hidden,
    of a source of its own."""
    texts = (LONG, [*LONG, *changed("400", "950")], [*LONG, *changed("six", "eight")])
    for url in (SECRET_URL, MOVED_URL, SECRET_SITE, COVERED_URL):
        for n, text in enumerate(texts):
            seen_at, origin = at(MINUTES[n]), (Origin.BROWSER, Origin.BROWSER, Origin.POLL)[n]
            who = reader if origin is Origin.BROWSER else None
            store.record(Capture(url, content(f"Ferry at night, {n}", text), seen_at, origin, reader=who), seen_at)
    ids = {url: _id(store, url) for url in (SECRET_URL, MOVED_URL, SECRET_SITE, COVERED_URL)}
    assert list(ids.values()) == [SECRET, COPY, SITE, COVERED]
    store.merge(SECRET, COPY)
    _read_again(store, SECRET)
    store.owner.hide(COVERED, "Nobody is to know.")


def _read_again(store: Store, article_id: int) -> None:
    """Each version of an article has a text that older rules read."""
    with closing(sqlite3.connect(store.path)) as db, db:
        db.execute(
            "insert into readings (version_id, reading, read_until, title, fingerprint) "
            "select id, 0, last_seen_at, title || ', misread', fingerprint from versions where article_id = ?",
            [article_id],
        )


def _id(store: Store, url: str) -> int:
    article = store.articles.find(url)
    assert article is not None
    return article.id


@dataclass(frozen=True)
class Question:
    """What is asked of a route."""

    endpoint: str
    path: str
    body: object = None

    def of(self, visitor: FlaskClient, **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return visitor.open(self.path, method="POST" if self.body else "GET", json=self.body, headers=named)


ADDRESSES = (URL, OPEN_URL, SECRET_URL, SECRET_SITE, MOVED_URL, COVERED_URL, HIDDEN_URL, "https://nowhere.example/x")
IDS = (LISTED, SECRET, COPY, SITE, COVERED, 99)
# Values of what stands in routes, and queries that routes take. `{at}` is an instant of the secret article.
INSTANT = "2026-01-10T09:30:00Z"
PLACES = {
    "article_id": [str(each) for each in IDS],
    **{key: ["0", "2", "3"] for key in ("number", "a", "b")},
    "reading": ["0", "1"],
    "form": ["atom", "rss", "json", "txt"],
    "url": list(ADDRESSES),
    "source": ["harbour-echo.example", "night.example", "quay.example"],
    "label": ["figure", "headline"],
    "when": [INSTANT, "2026-01-10T08:00:00Z"],
    "name": ["12345678-87654321-e0123456789ab"],
    "stamp": ["20260110093000", "20260110080000", "2027"],
}
CURSOR = "2026-01-10T10:40:00.000000Z,999"
WORDS = (
    *(
        "harbour",
        "night",
        "title:ferry",
        "title:ferry harbour",
        "removed:400",
        "added:950",
        "label:figure",
        "source:night.example",
    ),
    *("harbour after:2026-01-10", "before:2026-01-11 office", "quay", "ferry source:harbour-echo.example"),
)
QUERIES = {
    "front.front": [
        *("", "source=night.example", "label=figure", "headline=1", "substance=1", "unannounced=1"),
        *(f"older={CURSOR}", f"newer={CURSOR}", "from=2026-01-10&to=2026-01-10", "weekday=6&hour=10"),
    ],
    "front.articles": ["", f"older={CURSOR}"],
    "feeds.everything": ["", f"older={CURSOR}"],
    "feeds.of_source": ["", f"older={CURSOR}"],
    "find.find_url": [f"url={quote(each, safe='')}" for each in ADDRESSES],
    "find.search": [f"q={quote(words)}" for words in WORDS] + ["q=harbour&older=30", f"q=label:figure&older={CURSOR}"],
    "feeds.of_search": [f"q={quote(words)}" for words in WORDS],
    "article.article_page": ["", "from=0&to=2"],
    "article.compare": ["from=0&to=2", "from=0&to=9"],
    "diff.diff_page": ["", "view=inline"],
    "api.edits": [
        f"url={quote(each, safe='')}{asked}"
        for each in ADDRESSES
        for asked in ("", "&from=previous", "&from=0&to=1", f"&from={INSTANT}", "&to=7")
    ],
    "api.all_articles": ["", "limit=1", "limit=2", f"before={CURSOR}"],
    "api.search": [f"q={quote(words)}{limit}" for words in WORDS for limit in ("", "&limit=1", "&limit=3")],
    "changes_api.changes": [
        *(
            "",
            "source=night.example",
            "label=figure",
            "headline=1",
            "substance=1",
            "unannounced=1",
            "article=1",
            "article=3",
        ),
        *("limit=1", "since=2", f"since={INSTANT}", f"since=0,{INSTANT}", "from=2026-01-10&to=2026-01-10"),
    ],
    "sources.sources": ["", "from=2026-01-10&to=2026-01-10", "after=harbour-echo.example"],
    "sources.source": ["", "from=2026-01-10&to=2026-01-10", "from=2026-01-11"],
    "sources.articles": [
        "",
        *(f"which={each}" for each in "again followed edited first turns".split()),
        f"older={CURSOR}",
    ],
    "sources_api.all_sources": ["", "limit=1", f"since={INSTANT}", "until=2026-01-10"],
    "sources_api.one_source": ["", f"since={INSTANT}", "until=2026-01-10"],
    "memento.timemap": ["", "page=2"],
}
BODIES = {"api.lookup": [{"urls": list(ADDRESSES)}]}
_PLACE = re.compile(r"<(?:[^:<>]*:)?(\w+)>")


def questions(app: Flask, edit_ids: Sequence[str] = (), names: Sequence[str] = ()) -> Iterator[Question]:
    """Every route that strangers may read, with all that it may be asked; of edits those with some ids and permanent
    names."""
    places = PLACES | {"edit_id": ["e0123456789ab", *edit_ids], "name": [*PLACES["name"], *names]}
    for rule in app.url_map.iter_rules():
        if not is_public(rule.endpoint):
            continue
        names = _PLACE.findall(rule.rule)
        for values in product(*(places[name] for name in names)):
            path = rule.rule
            for value in values:
                path = _PLACE.sub(value, path, count=1)
            for query in QUERIES.get(rule.endpoint, [""]):
                for body in BODIES.get(rule.endpoint, [None]):
                    yield Question(rule.endpoint, f"{path}?{query}" if query else path, body)
