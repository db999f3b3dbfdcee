"""What must hold of every history, whatever the editors did: the promises of `GET /api/v1/edits`."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given

from rowback.diff.telling.history import tell
from rowback.model import BLOCK_KINDS, Block, Content, Edit, EditKind, History, Version
from rowback.text.normalize import comparable

from . import markup_sides as markup
from .samples import versions
from .strategies import edited_in_one_place, histories

HISTORIES = histories()
# The kinds whose markup has text on the older side, and on the newer one.
HAVE_OLD = set(EditKind) - {EditKind.INSERT}
HAVE_NEW = set(EditKind) - {EditKind.DELETE}


def _told(contents: list[Content], from_: int, to: int) -> History:
    return tell(versions(contents), from_, to)


def _ends(contents: list[Content]) -> list[tuple[int, int]]:
    last = len(contents) - 1
    return sorted({(0, last), (last, 0), (max(0, last - 1), last), (0, 1)})


@given(HISTORIES)
def test_markup_gives_both_sides_exactly(contents: list[Content]) -> None:
    for from_, to in _ends(contents):
        old = [block.text for block in contents[from_].all_blocks()]
        new = [block.text for block in contents[to].all_blocks()]
        for edit in _told(contents, from_, to).edits:
            sides = markup.read(edit.markup)
            old_text, new_text = _joined(edit)
            assert bool(old_text) is (edit.kind in HAVE_OLD)
            assert bool(new_text) is (edit.kind in HAVE_NEW)
            if edit.kind in HAVE_NEW:
                assert [side.new for side in sides] == new[edit.index : edit.index + len(sides)]
            if edit.kind in HAVE_OLD:
                assert _runs(old_text, old), f"{old_text!r} is no block of version {from_}"
            if edit.kind is EditKind.DELETE:
                assert old_text == old[edit.index]


@given(HISTORIES)
def test_every_block_that_differs_is_in_some_edit(contents: list[Content]) -> None:
    for from_, to in _ends(contents):
        pairs = [_joined(edit) for edit in _told(contents, from_, to).edits]
        old, new = _texts(contents[from_]), _texts(contents[to])
        left_old, left_new = _left(old, [one for one, _ in pairs]), _left(new, [other for _, other in pairs])
        assert Counter(left_old) == Counter(left_new)
        if _is_unmistakable(old, [one for one, _ in pairs]) and _is_unmistakable(new, [other for _, other in pairs]):
            assert left_old == left_new, "blocks changed places, and no edit says so"


@given(HISTORIES)
def test_a_block_that_is_there_once_in_both_versions_is_at_most_moved(contents: list[Content]) -> None:
    for from_, to in _ends(contents):
        counts = [Counter(comparable(block.text) for block in contents[n].blocks) for n in (from_, to)]
        kept = {text for text, count in counts[0].items() if count == counts[1][text] == 1}
        for edit in _told(contents, from_, to).edits:
            if edit.kind is not EditKind.MOVE and edit.index:
                texts = {comparable(text) for side in markup.read(edit.markup) for text in (side.old, side.new)}
                assert texts.isdisjoint(kept), f"{edit.kind} of a block that stayed as it was"


@given(edited_in_one_place())
def test_what_was_not_touched_is_in_no_edit(pair: tuple[Content, Content]) -> None:
    old, new = ([comparable(block.text) for block in content.blocks] for content in pair)
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    for from_, to in ((0, 1), (1, 0)):
        for edit in _told(list(pair), from_, to).edits:
            assert edit.index > same, "an edit before the place that was edited"
            assert edit.kind is not EditKind.MOVE or len(set(old)) < len(old) or len(set(new)) < len(new)


@given(HISTORIES)
def test_unchanged_words_of_a_changed_block_are_shown_once(contents: list[Content]) -> None:
    """Equal beginnings and ends of a change never stand in both its `del` and its `ins`."""
    for from_, to in _ends(contents):
        for edit in _told(contents, from_, to).edits:
            for gone, come in re.findall(r"<del>([^<]*)</del><ins>([^<]*)</ins>", edit.markup):
                assert gone != come


@given(HISTORIES)
def test_equal_versions_have_no_edits(contents: list[Content]) -> None:
    for number in range(len(contents)):
        told = _told(contents, number, number)
        assert told.edits == ()
        assert told.passing == ()
    again = [*contents, Content(contents[0].title, contents[0].blocks)]
    assert _told(again, 0, len(contents)).edits == ()


@given(HISTORIES)
def test_an_anchor_is_the_text_on_the_page(contents: list[Content]) -> None:
    for from_, to in _ends(contents):
        texts = [block.text for block in contents[to].all_blocks()]
        told = _told(contents, from_, to)
        for edit in (*told.edits, *told.passing):
            anchor = edit.anchor
            if edit.kind is EditKind.DELETE:
                assert anchor.near in ("before", "after")
                assert anchor.exact in texts
            else:
                assert anchor.near is None
                assert anchor.exact == _joined(edit)[1]
            assert _stands(anchor.exact, anchor.prefix, anchor.suffix, texts)


@given(HISTORIES)
def test_an_edit_is_well_formed(contents: list[Content]) -> None:
    for from_, to in _ends(contents):
        told = _told(contents, from_, to)
        edits = (*told.edits, *told.passing)
        assert len({edit.id for edit in edits}) == len(edits)
        for edit in edits:
            assert edit.block_kind in BLOCK_KINDS
            assert (edit.moved_from is not None) is (edit.kind is EditKind.MOVE)
            assert len(markup.read(edit.markup)) == 1 or edit.kind is EditKind.SPLIT
            assert len(set(edit.labels)) == len(edit.labels)


@given(HISTORIES)
def test_wordings_stood_in_the_versions_they_name(contents: list[Content]) -> None:
    for from_, to in _ends(contents):
        told = _told(contents, from_, to)
        for edit in (*told.edits, *told.passing):
            assert [wording.version for wording in edit.wordings] == sorted(
                wording.version for wording in edit.wordings
            )
            for wording in edit.wordings:
                assert wording.version <= wording.last_version <= max(from_, to)
                assert not wording.version <= to <= wording.last_version, "what stands there now is no earlier wording"
                for number in range(wording.version, wording.last_version + 1):
                    assert comparable(wording.text) in {comparable(b.text) for b in contents[number].all_blocks()}


@given(HISTORIES)
def test_an_edited_block_has_its_older_text_among_its_wordings(contents: list[Content]) -> None:
    for from_, to in _ends(contents):
        for edit in _told(contents, from_, to).edits:
            if edit.kind in (EditKind.CHANGE, EditKind.DELETE):
                assert comparable(_joined(edit)[0]) in {comparable(wording.text) for wording in edit.wordings}


def test_a_deleted_twin_has_its_wording_though_the_other_stands() -> None:
    note, other = Block("p", "Dogs travel free of charge when kept on a lead."), Block("p", "Read this")
    contents = [Content("T", blocks) for blocks in ((note,), (other, note), (note, note))]
    (deleted,) = [edit for edit in _told(contents, 2, 0).edits if edit.kind is EditKind.DELETE]
    assert [(wording.version, wording.text) for wording in deleted.wordings] == [(2, note.text)]


def test_code_that_begins_with_a_line_break_keeps_it_in_an_html_parser() -> None:
    contents = [Content("T", (Block("pre", f"\n  ferry {n}"),)) for n in ("one", "two")]
    (edit,) = _told(contents, 0, 1).edits
    assert not edit.markup.startswith("<pre>\n")


@given(HISTORIES)
def test_versions_are_told_in_order(contents: list[Content]) -> None:
    notes = _told(contents, 0, len(contents) - 1).versions
    assert [note.number for note in notes] == list(range(len(contents)))
    assert notes[0].later is None
    assert all(note.later == "about 1 hour later" for note in notes[1:])
    assert (notes[0].words_inserted, notes[0].words_deleted) == (0, 0)


@given(HISTORIES)
def test_ids_stay_when_a_version_with_the_same_text_is_added(contents: list[Content]) -> None:
    last = len(contents) - 1
    added = [*contents, contents[last]]
    assert [edit.id for edit in _told(added, 0, last + 1).edits] == [edit.id for edit in _told(contents, 0, last).edits]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("A", "B", "A"), [("change", ("restored",))]),
        (("A", "A|X", "A"), [("delete", ())]),
        (("A|X", "A", "A|X"), [("insert", ("restored",))]),
        (("A", "B", "C"), []),
        (("A", "A", "A"), []),
    ],
)
def test_what_came_and_went_in_between_is_told_as_passing(
    texts: tuple[str, ...], expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    sentences = {
        "A": "The first ferry will leave at six in the morning.",
        "B": "The first ferry will leave at seven in the morning.",
        "C": "The first ferry will leave at eight in the morning.",
        "X": "Dogs travel free of charge when kept on a lead.",
    }
    contents = [Content("T", tuple(Block("p", sentences[name]) for name in text.split("|"))) for text in texts]
    found = [(edit.kind.value, edit.labels) for edit in _told(contents, 0, 2).passing]
    assert [(kind, tuple(label for label in labels if label == "restored")) for kind, labels in found] == expected


def _joined(edit: Edit) -> tuple[str, str]:
    sides = markup.read(edit.markup)
    return "".join(side.old for side in sides), "".join(side.new for side in sides)


def _runs(text: str, blocks: list[str]) -> list[tuple[int, int]]:
    """Runs of neighbouring blocks (first, behind the last) that say a text when joined."""
    found = []
    for first in range(len(blocks)):
        for behind in range(first + 1, len(blocks) + 1):
            joined = "".join(blocks[first:behind])
            if joined == text:
                found.append((first, behind))
            if len(joined) > len(text):
                break
    return found


def _texts(content: Content) -> list[str]:
    """The blocks' texts; a headline that is empty is no text to speak of."""
    return [block.text for block in content.all_blocks() if block.text]


def _left(texts: list[str], edited: list[str]) -> list[str]:
    """The texts (comparable) that no edit speaks of. Edits of several blocks find theirs first."""
    free: list[str | None] = list(texts)
    for text in sorted(filter(None, edited), key=lambda text: min(b - a for a, b in _runs(text, texts)), reverse=True):
        for first, behind in _runs(text, texts):
            if None not in free[first:behind]:
                free[first:behind] = [None] * (behind - first)
                break
        else:
            raise AssertionError(f"two edits speak of the same block: {text!r}")
    return [comparable(text) for text in free if text is not None]


def _is_unmistakable(texts: list[str], edited: list[str]) -> bool:
    """Whether there is but one way to say which blocks the edits are about."""
    different = {comparable(text) for text in texts}
    return len(different) == len(texts) and all(len(_runs(text, texts)) == 1 for text in edited if text)


def _stands(exact: str, prefix: str, suffix: str, texts: list[str]) -> bool:
    """Whether the texts around a quote are those of the blocks around it."""
    for first, behind in _runs(exact, texts):
        before = texts[first - 1] if first else ""
        after = texts[behind] if behind < len(texts) else ""
        if before.endswith(prefix) and after.startswith(suffix):
            return True
    return False


def test_the_sample_versions_are_an_hour_apart() -> None:
    made: list[Version] = versions([Content("T", ()), Content("U", ())])
    assert (made[1].seen_at - made[0].seen_at).total_seconds() == 3600
