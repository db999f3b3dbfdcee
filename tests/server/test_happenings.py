"""When what an edit tells happened: added, reworded, moved, removed and back, each for the first and for the last time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from rowback.diff.telling.history import tell
from rowback.model import Block, Content, Paging
from rowback.told import EditKind, Happening, Times

from .cases import cases
from .samples import versions
from .strategies import histories

if TYPE_CHECKING:
    from rowback.told import Edit

SENTENCES = {
    "A": "The first ferry will leave the old pier at six in the morning.",
    "B": "The first ferry will leave the old pier at seven in the morning.",
    "C": "The first ferry will leave the old pier at eight in the morning.",
    "D": "The first ferry will leave the old pier at nine in the morning.",
    "E": "Anglers bring rods aboard for two crowns, while gulls watch over every market stall.",
    "F": "Anglers bring rods aboard for two crowns, whenever seven cooks boil rope soup below.",
    "G": "Pilots learn knots under canvas near Easter, while gulls watch over every market stall.",
    "O": "The harbour office said so on Friday, and that it was sorry.",
    "V": "Bread and salted butter are sold beside the lighthouse on Sundays.",
    "X": "Dogs travel free of charge when kept on a lead.",
    "Y": "About four hundred commuters cross the wide bay every day.",
    "Z": "A strike by pilots had shut every runway over Easter.",
}
KINDS_AS_STEPS = {
    EditKind.INSERT: {Happening.ADDED, Happening.RETURNED},
    EditKind.DELETE: {Happening.REMOVED, Happening.ROLLED_OFF},
    EditKind.CHANGE: {Happening.REWORDED},
    EditKind.MOVE: {Happening.MOVED},
    EditKind.SPLIT: {Happening.SPLIT},
    EditKind.MERGE: {Happening.MERGED},
}


def _content(written: str, *, is_live: bool) -> Content:
    """`Headline|KIND/A B+C`: a block each, of one sentence or several, a `p` unless it says otherwise."""
    title, _, body = written.rpartition("|") if "|" in written else ("Ferry times", "", written)
    blocks = []
    for word in body.split():
        kind, _, names = word.rpartition("/")
        blocks.append(Block(kind or "p", " ".join(SENTENCES[name] for name in names.split("+"))))
    return Content(title, tuple(blocks), paging=Paging.POSTS if is_live else Paging.NONE)


def _written(times: Times) -> str:
    """`reworded 5x 1 to 7`."""
    often = f" {times.count}x" if times.count > 2 else ""
    until = f" to {times.last.version}" if times.count > 1 else ""
    return f"{times.what.value}{often} {times.first.version}{until}"


def _told(edits: tuple[Edit, ...]) -> list[list[str]]:
    return [[edit.kind.value, *map(_written, edit.times)] for edit in edits]


@pytest.mark.parametrize("row", cases("times"), ids=lambda row: row["why"])
def test_an_edit_says_when_what_it_tells_happened(row: dict[str, Any]) -> None:
    contents = [_content(written, is_live=row.get("is_live", False)) for written in row["versions"]]
    told = tell(versions(contents), row.get("from", 0), row.get("to", len(contents) - 1))
    assert (_told(told.edits), _told(told.passing)) == (row.get("edits", []), row.get("passing", []))


def test_a_moment_lies_between_two_visits() -> None:
    seen = versions([_content(written, is_live=False) for written in ("O", "O A", "O B")])
    (edit,) = tell(seen, 0, 2).edits
    for times, number in zip(edit.times, (1, 2), strict=True):
        assert times.first == times.last
        assert (times.first.after, times.first.seen_at) == (seen[number - 1].last_seen_at, seen[number].seen_at)


@pytest.mark.parametrize("number", [0, 1])
def test_a_moment_beside_an_instant_of_which_only_the_day_is_told_is_such_a_day(number: int) -> None:
    seen = versions([_content(written, is_live=False) for written in ("O", "O A", "O B")])
    seen[number] = replace(seen[number], is_day=True)
    (edit,) = tell(seen, 0, 2).edits
    assert [times.first.is_day for times in edit.times] == [True, number == 1]


@given(histories())
def test_what_happened_lies_between_the_two_versions_and_is_counted(contents: list[Content]) -> None:
    told = tell(versions(contents), 0, len(contents) - 1)
    for edit in (*told.edits, *told.passing):
        firsts = [times.first.version for times in edit.times]
        assert firsts == sorted(firsts)
        assert len({times.what for times in edit.times}) == len(firsts)
        for times in edit.times:
            assert 0 < times.first.version <= times.last.version < len(contents)
            assert (times.count == 1) is (times.first == times.last)
            assert times.count <= times.last.version - times.first.version + 1


@given(histories())
def test_in_one_step_happens_what_its_edits_are_called(contents: list[Content]) -> None:
    last = len(contents) - 1
    for edit in tell(versions(contents), max(0, last - 1), last).edits:
        whats = {times.what for times in edit.times}
        assert whats & KINDS_AS_STEPS[edit.kind]
        assert whats <= KINDS_AS_STEPS[edit.kind] | ({Happening.REWORDED} if edit.kind is EditKind.MOVE else set())
        assert {times.first.version for times in edit.times} == {last}


@given(histories())
def test_an_addition_is_never_dated_by_a_rewording_alone(contents: list[Content]) -> None:
    for edit in tell(versions(contents), 0, len(contents) - 1).edits:
        if edit.kind is EditKind.INSERT:
            assert edit.times[0].what in (Happening.ADDED, Happening.RETURNED, Happening.SPLIT, Happening.MERGED)


@given(histories())
def test_every_change_that_is_dated_is_dated(contents: list[Content]) -> None:
    """Where it is known in which version a block came to be as it is, that is one of its times, or between two."""
    for edit in tell(versions(contents), 0, len(contents) - 1).edits:
        if edit.changed_in is not None:
            assert any(times.first.version <= edit.changed_in <= times.last.version for times in edit.times)


@given(histories())
def test_backwards_nothing_is_dated(contents: list[Content]) -> None:
    told = tell(versions(contents), len(contents) - 1, 0)
    assert len(contents) == 1 or not any(edit.times for edit in (*told.edits, *told.passing))
