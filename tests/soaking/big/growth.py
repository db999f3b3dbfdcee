"""How what is asked of a store grows with it: processor time in a store and in one five times as large, and the exponent. 0
says that the size makes no difference, 1 that everything is read.
"""

from __future__ import annotations

import math
import sqlite3
from contextlib import closing
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from rowback.model import Block, Capture, Content, Origin
from rowback.store import Store
from rowback.web.app import create_app
from tests.benchmark.interleaved import cpu_ms, take_turns
from tests.benchmark.search import COMMON, NOWHERE, OTHER
from tests.server.copies import SOURCES, VERSIONS, fill
from tests.soaking.check import Figure, figure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient

    from tests.soaking.check import Run

TIMES = 5  # as large
AT_ONCE = 1_000  # articles that are recorded, and then copied
RARE_LABEL, RARE_STEPS = "correction", 12  # so many steps in the whole store, however large it is
LARGE_ENOUGH = 80_000  # versions of the smaller store: in smaller ones a millisecond of chance makes an exponent
# At most: pages that read one article or one page of a list, and first pages of searches, three times as long in the larger.
FLAT, LIST, SEARCH = 0.15, 0.2, math.log(3) / math.log(TIMES)
ARTICLE = quote("https://www.paper7.example/news/7", safe="")
PAGES: tuple[tuple[str, str, float | None], ...] = (
    ("front page", "/", LIST),
    ("front page, a rare label", f"/?label={RARE_LABEL}", LIST),
    ("front page, a label that nothing has", "/?label=headline", LIST),
    ("article", "/articles/7", FLAT),
    ("edits", f"/api/v1/edits?url={ARTICLE}", FLAT),
    ("a common word", f"/search?q={COMMON}", SEARCH),
    ("two common words", f"/search?q={COMMON}+{OTHER}", SEARCH),
    ("a word that stands nowhere", "/search?q=zanzibar", SEARCH),
    ("a phrase that stands nowhere", f"/search?q={quote(NOWHERE)}", None),  # reads where its words stand: all of it
    ("the beginning of some words", "/search?q=bake*", SEARCH),
    ("the beginning of very many words", "/search?q=b*", SEARCH),
    ("removed:", "/search?q=removed:allegedly", SEARCH),
    ("a rare label and a word", f"/search?q=label:{RARE_LABEL}+{COMMON}", SEARCH),
    ("a word in one source", f"/search?q={COMMON}+source:paper7.example", SEARCH),
    ("status", "/status", FLAT),
)


class _Side:
    """One of the two stores, as its owner asks it."""

    def __init__(self, path: Path, articles: int) -> None:
        at_once = min(AT_ONCE, max(SOURCES, articles))
        self.now = fill(path, max(1, articles // at_once), articles=at_once)
        self.store = Store(path)
        self.versions = self.store.counts()["versions"]
        _mark_rare(path)
        self._client: FlaskClient = create_app(self.store, now=lambda: self.now).test_client()
        self._token = self.store.access.new_token("soak", self.now)
        self._recorded = 0

    def ask(self, path: str) -> None:
        answer = self._client.get(path, headers={"Authorization": f"Bearer {self._token}"})
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}: {answer.text[:200]}")

    def record(self) -> None:
        """A new article; every second time its second version."""
        number, version = divmod(self._recorded, 2)
        self._recorded += 1
        texts = [f"Paragraph {n} of what was told as number {number} in this paper." for n in range(10)]
        texts[3] += " It was edited." * version
        content = Content(f"New {number}", tuple(Block("p", text) for text in texts))
        at = self.now + timedelta(hours=version)
        self.store.record(Capture(f"https://new.example/{number}", content, at, Origin.API), at)


def _mark_rare(path: Path) -> None:
    """A few steps, all through the store, get a label that no other has."""
    with closing(sqlite3.connect(path)) as db:
        (most,) = db.execute("select max(id) from changes").fetchone()
        ids = {1 + n * most // RARE_STEPS for n in range(RARE_STEPS)}
        db.executemany("update changes set labels = ? where id = ?", [(f" {RARE_LABEL} ", id_) for id_ in ids])
        db.commit()


def growth(run: Run, articles: int) -> list[Figure]:
    """The table: each page in both stores, and the exponent."""
    sides = [_Side(run.folder / f"times-{times}.db", articles * times) for times in (1, TIMES)]
    small, large = (side.versions for side in sides)
    run.say(f"two stores of {small:,} and {large:,} versions, {VERSIONS} an article")
    found: list[Figure] = []
    for name, path, most in PAGES:
        found += _lines(name, [partial(side.ask, path) for side in sides], most if small >= LARGE_ENOUGH else None)
    found += _lines("record", [side.record for side in sides], FLAT if small >= LARGE_ENOUGH else None)
    for side in sides:
        side.store.end()
    return found


def _lines(name: str, acts: list[Callable[[], None]], most: float | None) -> list[Figure]:
    for act in acts:
        act()
    times = take_turns(*(partial(cpu_ms, act) for act in acts))
    small, large = (each.median for each in times)
    exponent = math.log(max(large, 0.01) / max(small, 0.01)) / math.log(TIMES)
    return [
        figure(f"{name}: in the smaller store", small, "ms"),
        figure(f"{name}: in the larger one", large, "ms"),
        Figure(
            f"{name}: exponent",
            f"{exponent:.2f}",
            "" if most is None else f"at most {most:.2f}",
            most is not None and exponent > most,
        ),
    ]
