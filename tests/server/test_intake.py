"""What is known of an article is read once a capture, whatever becomes of it."""

from __future__ import annotations

import re
import sys
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from rowback.errors import NotAnArticle
from rowback.model import Capture, Origin
from rowback.store import Store
from rowback.store.articles import article_of
from rowback.store.known import know, known_articles
from rowback.store.versions import read_content, read_spans
from rowback.text.normalize import fingerprint

from .copies import fill
from .samples import PARAGRAPHS, at, capture, changed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import CodeType, FrameType

WATCHED: tuple[Callable[..., object], ...] = (
    article_of,
    fingerprint,
    know,
    known_articles,
    read_content,
    read_spans,
)
CANONICAL = "https://www.harbour-echo.example/news/ferry"
LONG = tuple(f"{text} That was said in part {n} of the notice." for n in range(9) for text in PARAGRAPHS)
# A read of stored rows. What sqlite-utils asks of the schema is none, nor is what triggers do (told as comments).
_READ = re.compile(r"select\s(?!.*\bsqlite_master\b)", re.IGNORECASE | re.DOTALL)


def _page(paragraphs: tuple[str, ...] = LONG, minutes: float = 0, **more: Any) -> Capture:
    return replace(capture(paragraphs, minutes=minutes), is_page=True, **more)


EDITED = ("The harbour office has taken its notice back.", *LONG[1:])
# What was captured before, the capture, and how often its article's texts are read for it.
CASES: dict[str, tuple[list[Capture], Capture, int]] = {
    "a new article": ([], _page(), 0),
    "a new article at two addresses": ([], _page(canonical_url=CANONICAL), 0),
    "unchanged": ([_page()], _page(minutes=60), 0),
    "unchanged, at another address": ([_page(canonical_url=CANONICAL)], replace(_page(minutes=60), url=CANONICAL), 0),
    "changed": ([_page()], _page(EDITED, 60), 1),
    "changed, as a program says": ([capture()], capture(changed("400", "900"), minutes=60), 0),
    "changed back, in turns": ([_page(LONG if n % 2 else EDITED, 60 * n) for n in range(6)], _page(EDITED, 600), 1),
    "another copy for readers": ([_page(), _page(EDITED, 60, origin=Origin.BROWSER)], _page(LONG, 120), 1),
    "in the past, between two sights of one version": ([_page(), _page(minutes=60)], _page(EDITED, 30), 1),
    "in the past, before all": ([_page(minutes=60)], _page(EDITED, 30), 1),
    "doubted": ([_page()], _page(LONG[:1], 60), 1),
}


class _Asked:
    """How often each of `WATCHED` was called, and each query was made, whoever called and however it was imported."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.queries: Counter[str] = Counter()
        self._names: dict[CodeType, str] = {each.__code__: each.__name__ for each in WATCHED}

    def call(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in self._names:
            self.calls[self._names[frame.f_code]] += 1

    def query(self, sql: str) -> None:
        if _READ.match(sql):
            self.queries[sql] += 1


@contextmanager
def _listening(store: Store) -> Iterator[_Asked]:
    asked, db = _Asked(), store._connection._database()
    db.conn.set_trace_callback(asked.query)
    sys.setprofile(asked.call)
    try:
        yield asked
    finally:
        sys.setprofile(None)
        db.conn.set_trace_callback(None)


@pytest.mark.parametrize("case", CASES)
def test_what_is_known_is_read_once(store: Store, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    before, new, texts = CASES[case]
    for each in before:
        store.record(each, at(1_000))
    monkeypatch.setattr(Store, "_tell", lambda *_: None)  # the steps are told afterwards, from what is stored then
    is_doubted = case == "doubted"
    with _listening(store) as asked:
        if is_doubted:
            with pytest.raises(NotAnArticle):
                store.record(new, at(1_000))
        else:
            store.record(new, at(1_000))
    assert dict(asked.calls) == {
        name: times
        for name, times in {
            "article_of": int(not is_doubted),
            "fingerprint": 1,
            "know": 1,
            "known_articles": 1,
            "read_content": texts,
            "read_spans": int(bool(before)),
        }.items()
        if times
    }
    assert [query for query, times in asked.queries.items() if times > 1] == []
    assert len(asked.queries) > 2, "the database was listened to"


def test_a_new_article_reads_as_much_however_many_there_are(tmp_path: Path) -> None:
    """By the work of SQLite's machine, not by a clock."""
    work: list[int] = []
    for copies in (4, 64):
        path = tmp_path / f"{copies}.db"
        now = fill(path, copies, articles=16)
        store = Store(path)
        store.record(capture(url="https://new.example/before"), now)  # what is done once, and brings pages into memory
        done: list[None] = []
        db = store._connection._database().conn
        assert db is not None
        db.set_progress_handler(lambda: done.append(None), 100)  # noqa: B023 (it is called in this round alone)
        store.record(capture(url="https://new.example/now"), now)
        db.set_progress_handler(None, 0)
        work.append(len(done))
        store.end()
    assert work[1] < 1.2 * work[0] + 5
