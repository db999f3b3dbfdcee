"""What an archive brought is taken back, by the backfill, the article or the archive; and looking again brings it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rowback.archive.export import all_articles, lines
from rowback.capture.captures import from_html
from rowback.errors import BadInput
from rowback.model import Attribution, Origin
from rowback.store.imports import Undone
from rowback.store.pasts_wanted import BackfillState, ReadCopy
from rowback.text.reading import READING

from .reading_room import ARTICLE, ReadingRoom, reading_room, told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def room(tmp_path: Path) -> Iterator[ReadingRoom]:
    with reading_room(tmp_path) as open_room:
        open_room.keep("20260305090000", told(1))
        open_room.keep("20260306100000", told(2))
        yield open_room


def _exported(room: ReadingRoom) -> list[str]:
    return list(lines(room.store, all_articles(room.store)))


def _read(room: ReadingRoom, number: int, days: float = 0) -> None:
    room.clock.advance(days=days)
    room.store.record(from_html(ARTICLE, told(number), room.clock(), Origin.BROWSER), room.clock())


def _undo(room: ReadingRoom) -> Undone:
    (found,) = [each for each in room.store.imports.all() if each.undone_at is None]
    return room.store.imports.undo(found.number, room.clock())


@pytest.mark.parametrize("is_first", [True, False])
def test_an_archives_versions_go_and_come_again_once(room: ReadingRoom, *, is_first: bool) -> None:
    if is_first:
        _read(room, 3)
    before = _exported(room)
    room.ask()
    room.work()
    full = _exported(room)
    assert len(full) == len(before) + 2
    assert _undo(room) == Undone(articles=1, gone=0 if is_first else 1)
    assert _exported(room) == before
    assert room.store.backfills.find(ARTICLE, room.clock()) is None
    room.ask()
    room.work()
    assert (_exported(room), room.found().state) == (full, BackfillState.DONE)


def test_what_was_read_in_between_stays(room: ReadingRoom) -> None:
    room.ask()
    room.work()
    _read(room, 3)
    assert _undo(room) == Undone(articles=1)
    assert [line.partition('"origin"')[2].replace(f' "reading": {READING},', "") for line in _exported(room)] == [
        ': "browser", "listed": false}\n'
    ]
    (version,) = room.store.versions.of_article(1)
    assert version.memento is None


def test_one_that_is_at_work_ends(room: ReadingRoom) -> None:
    room.ask()
    room.step(seconds=3)
    room.step(seconds=3)
    assert _undo(room).gone == 1
    assert room.work() == []
    assert _exported(room) == []


def test_a_copy_that_arrives_too_late_is_not_stored(room: ReadingRoom) -> None:
    found = room.ask()
    room.step(seconds=3)
    room.step(seconds=3)
    _undo(room)
    late = from_html(ARTICLE, told(2), room.clock(), Origin.ARCHIVE)
    memento = Attribution("An archive", "https://archive.example/1")
    with pytest.raises(BadInput, match="taken back meanwhile"):
        room.store.record_copy(late, room.clock(), ReadCopy(found.id, (1,), memento))
    assert _exported(room) == []


def test_the_backfills_of_an_article_and_of_an_archive_are_found(room: ReadingRoom) -> None:
    room.ask()
    room.work()
    (found,) = room.store.imports.all()
    assert found.url == ARTICLE
    assert room.store.imports.of_article(ARTICLE) == [found.number]
    for name in (found.what, found.source or "", "echo.example"):
        assert room.store.imports.of_source(name) == [found.number]
    assert room.store.imports.of_source("other.example") == []
    assert room.store.imports.of_article("https://echo.example/news/other") == []
    assert found.ended_at is not None
    _undo(room)
    assert room.store.imports.of_source(found.what) == []
    (gone,) = room.store.imports.all()
    assert gone.url is None, "nothing says any more what was read"
