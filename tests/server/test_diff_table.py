"""The side-by-side table: complete, in order, and the same whichever way it is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from rowback.diff.telling.step import tell_step
from rowback.diff.telling.table import Row, Table, lay_out
from rowback.diff.words.compare import DELETE, EQUAL, INSERT
from rowback.model import Block, Content
from rowback.told import EditKind

from .samples import PARAGRAPHS, TITLE, changed, content
from .strategies import histories

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.diff.telling.table import Side

LONG = "The harbour office said on Friday that the first ferry will leave at six in the morning."
LONGER = "Passengers who need the later boat can still take the one that leaves from the old pier at noon."


def _text(side: Side) -> str:
    return "".join(segment.text for segment in side.segments)


def _blocks(table: Table, name: str) -> list[tuple[str, str]]:
    rows = (table.headline, *table.rows)
    sides: Sequence[Sequence[Side]] = [getattr(row, name) for row in rows]
    return [(side.kind, _text(side)) for cell in sides for side in cell]


def _all(version: Content) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in version.all_blocks()]


@given(histories(max_versions=2))
def test_each_column_reads_as_its_version(told: list[Content]) -> None:
    old, new = told
    table = lay_out(old, new)
    assert sorted(_blocks(table, "old")) == sorted(_all(old))
    assert _blocks(table, "new") == _all(new)
    in_place = [row for row in table.rows if row.old and not (row.edit and row.edit.kind is EditKind.MERGE)]
    places = [_all(old).index(cell, 0) for row in in_place for cell in [(row.old[0].kind, _text(row.old[0]))]]
    if len(set(_all(old))) == len(_all(old)):
        assert places == sorted(places)
    assert [row.number for row in table.rows] == list(range(1, len(table.rows) + 1))


@given(histories(max_versions=2))
def test_each_side_marks_only_its_own_changes(told: list[Content]) -> None:
    for row in lay_out(*told).rows:
        assert {segment.op for side in row.old for segment in side.segments} <= {EQUAL, DELETE}
        assert {segment.op for side in row.new for segment in side.segments} <= {EQUAL, INSERT}


@given(histories(max_versions=2))
def test_a_step_counts_the_edits_that_the_table_shows(told: list[Content]) -> None:
    edits = tell_step(told[0], told[1]).edits
    assert sorted(edit.id for edit in lay_out(*told).edits) == sorted(edit.id for edit in edits)


def test_a_moved_block_has_two_rows_that_name_each_other() -> None:
    old = content(TITLE, (LONG, *PARAGRAPHS[1:], LONGER))
    table = lay_out(old, content(TITLE, (*PARAGRAPHS[1:], LONGER, LONG)))
    moved = [row for row in table.rows if row.partner is not None]
    assert [(bool(row.old), bool(row.new), row.partner) for row in moved] == [
        (True, False, moved[1].number),
        (False, True, moved[0].number),
    ]
    assert len(table.edits) == 1


def test_a_split_is_one_row_with_both_pieces() -> None:
    old = content(TITLE, (f"{LONG} {LONGER}", *PARAGRAPHS[1:]))
    table = lay_out(old, content(TITLE, (LONG, LONGER, *PARAGRAPHS[1:])))
    (row,) = [row for row in table.rows if row.edit is not None]
    assert row.edit is not None
    assert (row.edit.kind, len(row.old), len(row.new)) == (EditKind.SPLIT, 1, 2)
    assert [_text(side) for side in row.new] == [LONG, LONGER]


def test_deleted_blocks_stand_before_what_was_put_in_their_place() -> None:
    old = content(TITLE, PARAGRAPHS)
    new = Content(TITLE, (old.blocks[0], Block("p", "Nobody has answered the letters so far."), old.blocks[2]))
    kinds = [_kind(row) for row in lay_out(old, new).rows]
    assert kinds == [None, EditKind.DELETE, EditKind.INSERT, None]


def _kind(row: Row) -> EditKind | None:
    return None if row.edit is None else row.edit.kind


def test_the_excerpt_is_the_most_telling_edit() -> None:
    old = content(TITLE, PARAGRAPHS)
    new = content(TITLE, (PARAGRAPHS[0] + " It rained.", *changed("400", "900")[1:]))
    step = tell_step(old, new)
    assert [(segment.op, segment.text) for segment in step.excerpt if segment.op != EQUAL] == [
        (DELETE, "400"),
        (INSERT, "900"),
    ]
    assert step.labels == ("figure",)
    assert step.is_unannounced
    assert (step.deleted, step.inserted) == ("400", " It rained.\n900")


def test_a_note_to_the_reader_announces_what_changed() -> None:
    old = content(TITLE, PARAGRAPHS)
    note = "Correction: an earlier version of this story gave a wrong number of commuters."
    assert not tell_step(old, content(TITLE, (*changed("400", "900"), note))).is_unannounced
