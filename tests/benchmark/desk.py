"""What a watchdog's desk costs in a large store: triage, the changes that programs follow, sources, and shared edits; each
beside an article's page that is asked for the first time, and beside one that was asked for before.

Run it with `python -m tests.benchmark desk`. A store of 20,000 invented articles with 80,000 versions of 40 sources is made
first, in some seconds. Nothing goes over a network: times are processor times of whole answers.

Three readers ask: the owner, who marked nothing yet; one who has seen the whole, and keeps some of it; and one who has seen
the newer half. The goals are of both visits.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from rowback.model import Block, Capture, Origin
from rowback.store import Store
from rowback.store.audience import Audience
from rowback.store.latest import Filters
from rowback.store.review_acts import ReviewAct
from rowback.web.app import create_app
from tests.benchmark.interleaved import Line, cpu_ms, show, take_turns
from tests.server.copies import START, fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from flask.testing import FlaskClient

    from rowback.model import Article, Content

COPIES = 100  # of 200 articles
ROUNDS = 25
KEPT = 200  # steps that a reader starred and collected
AGAIN = 5  # the article that is asked for once more
PAGES: tuple[tuple[str, str, str, float | None], ...] = (
    ("triage: all", "/triage", "owner", 1),
    ("triage: unseen, nothing was seen", "/triage?q=is:unseen", "owner", 1),
    ("triage: unseen, the newest half was seen", "/triage?q=is:unseen", "half", 1),
    ("triage: unseen, everything was seen", "/triage?q=is:unseen", "whole", 1),
    ("triage: all, everything was seen", "/triage", "whole", 1),
    ("triage: starred", "/triage?q=is:starred", "whole", 1),
    ("triage: a collection", "/triage?q=in:ferries", "whole", 1),
    ("API: triage", "/api/v1/triage", "owner", 1),
    ("API: changes, the first of all", "/api/v1/changes?since=2020-01-01T00:00:00Z", "owner", 1),
    ("API: changes, nothing new", "/api/v1/changes?since={next}", "owner", 1),
    ("front page", "/", "owner", None),
    ("sources", "/sources", "owner", None),
    ("sources, a month", "/sources?from=2020-02-01&to=2020-02-29", "owner", None),
    ("a source", "/sources/paper7.example", "owner", 3),
    ("a source, a month", "/sources/paper7.example?from=2020-02-01&to=2020-02-29", "owner", 3),
    ("an edit", "{edit}", "owner", None),
    ("an edit's card", "{edit}/card.svg", "owner", None),
)


def lines() -> Iterator[Line]:
    """Two for each page, and two for sources of which something new is known each time."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        desk = Desk.set_up(path, fill(path, COPIES, origin=Origin.POLL))
        for what, address, who, goal in PAGES:
            yield from desk.lines(what, address.format(**desk.places), who, goal)
        yield from desk.lines("sources, each checked once more", "/sources", "owner", None, desk.check)
        yield from desk.lines("sources, one with a new edit", "/sources", "owner", None, desk.record)


@dataclass(frozen=True)
class Desk:
    """A store that is served, and who reads there. `checked` is an article of each source; `more` are numbers not used yet,
    of articles that nobody asked for, of minutes and of edits."""

    store: Store
    client: FlaskClient
    tokens: dict[str, str]
    checked: tuple[Article, ...]
    places: dict[str, str]
    now: datetime
    more: Iterator[int]

    @classmethod
    def set_up(cls, path: Path, now: datetime) -> Desk:
        """Opens a store, whose readers begin to read."""
        store = Store(path)
        client = create_app(store, now=lambda: now).test_client()
        tokens = {"owner": store.access.new_token("benchmark", now)}
        for name in ("whole", "half"):
            tokens[name], reader = store.readers.join(store.readers.invite(name, None, now), "desk", None, now)
            _read(store, Audience(reader.id), now, is_half=name == "half")
        checked = {each.source: each for each in store.articles.newest(10 * len(store.by_source.names(99)))}
        desk = cls(store, client, tokens, tuple(checked.values()), {}, now, count(AGAIN + 1))
        name = desk.ask(f"/articles/{AGAIN}", "owner").partition(f"/articles/{AGAIN}/edits/")[2].partition('"')[0]
        changes = json.loads(desk.ask(f"/api/v1/changes?since={now:%Y-%m-%dT%H:%M:%SZ}", "owner"))
        return replace(desk, places={"edit": f"/articles/{AGAIN}/edits/{name}", "next": changes["next"]})

    def lines(
        self, what: str, address: str, who: str, goal: float | None, before: Callable[[], None] = lambda: None
    ) -> Iterator[Line]:
        """Of one page; what comes before it each time is not counted."""

        def page() -> float:
            before()
            return cpu_ms(partial(self.ask, address, who))

        sides = (
            page,
            lambda: cpu_ms(partial(self.ask, f"/articles/{next(self.more)}", "owner")),
            lambda: cpu_ms(partial(self.ask, f"/articles/{AGAIN}", "owner")),
        )
        for each in sides:
            each()
        took, first, again = take_turns(*sides, rounds=ROUNDS)
        yield Line(what, took, "an article, first visit", first, goal)
        yield Line(what, took, "an article, once more", again, goal)

    def ask(self, path: str, who: str) -> str:
        """A page as one of the readers is given it. What is none ends the measuring."""
        answer = self.client.get(path, headers={"Authorization": f"Bearer {self.tokens[who]}"})
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}: {answer.text[:200]}")
        return answer.text

    def check(self) -> None:
        """Looks at an article of each source, which says what it said."""
        for article in self.checked:
            self._record(article, self.store.versions.of_article(article.id)[-1].content)

    def record(self) -> None:
        """Finds an article edited."""
        content = self.store.versions.of_article(self.checked[0].id)[-1].content
        edited = Block("p", f"The harbour office counted {next(self.more)} ferries, and none came in time.")
        self._record(self.checked[0], replace(content, blocks=(*content.blocks[:9], edited)))
        self.store.steps.catch_up()

    def _record(self, article: Article, content: Content) -> None:
        at = self.now + timedelta(minutes=next(self.more))
        self.store.record(Capture(article.url, content, at, Origin.POLL), at)


def _read(store: Store, audience: Audience, now: datetime, *, is_half: bool) -> None:
    """Lets a reader see all steps, or the newer half of them, and keep some."""
    view = store.view(audience)
    newest = [each.step for each in view.latest.page(Filters(), KEPT).items]
    since = START + (newest[0].seen_at - START) / 2 if is_half else None
    view.review_acts.see_all(Filters(after=since), (newest[0].seen_at, newest[0].id), now)
    kept = tuple(each.id for each in newest)
    view.review_acts.do(ReviewAct("star", kept), now)
    view.review_acts.do(ReviewAct("collect", kept, "ferries"), now)


if __name__ == "__main__":
    show(lines())
