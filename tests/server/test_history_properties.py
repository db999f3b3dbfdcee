"""What must hold of every history, whatever the editors did: the promises of `GET /api/v1/edits`."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given

from rowback.diff.telling.history import tell
from rowback.model import Block, Content, Version
from rowback.text.normalize import comparable
from rowback.told import EditKind, History

from . import markup_sides as markup
from . import promises
from .samples import PARAGRAPHS, content, versions
from .strategies import edited_in_one_place, histories

HISTORIES = histories()


def _told(contents: list[Content], from_: int, to: int) -> History:
    return tell(versions(contents), from_, to)


def _ends(contents: list[Content]) -> list[tuple[int, int]]:
    last = len(contents) - 1
    return sorted({(0, last), (last, 0), (max(0, last - 1), last), (0, 1)})


def _texts(content: Content) -> list[str]:
    return [block.text for block in content.all_blocks()]


@given(HISTORIES)
def test_markup_gives_both_sides_exactly(contents: list[Content]) -> None:
    for from_, to in _ends(contents):
        edits = _told(contents, from_, to).edits
        promises.markup_gives_both_sides(edits, _texts(contents[from_]), _texts(contents[to]))


@given(HISTORIES)
def test_every_block_that_differs_is_in_some_edit(contents: list[Content]) -> None:
    for from_, to in _ends(contents):
        edits = _told(contents, from_, to).edits
        promises.every_difference_is_told(edits, _texts(contents[from_]), _texts(contents[to]))


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
    for from_, to in _ends(contents):
        promises.unchanged_words_are_shown_once(_told(contents, from_, to).edits)


def test_a_paragraph_may_be_torn_and_mended_in_the_middle_of_a_word() -> None:
    whole = " ".join(PARAGRAPHS[:2])
    for place in range(40, len(whole) - 40):
        torn = content("T", [whole[:place], whole[place:]])
        for old, new in ((content("T", [whole]), torn), (torn, content("T", [whole]))):
            edits = _told([old, new], 0, 1).edits
            assert [edit.kind for edit in edits] == [EditKind.SPLIT if new is torn else EditKind.MERGE]
            promises.markup_gives_both_sides(edits, _texts(old), _texts(new))
            promises.unchanged_words_are_shown_once(edits)


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
        told = _told(contents, from_, to)
        promises.anchors_stand((*told.edits, *told.passing), _texts(contents[to]))


@given(HISTORIES)
def test_an_edit_is_well_formed(contents: list[Content]) -> None:
    for from_, to in _ends(contents):
        told = _told(contents, from_, to)
        promises.are_well_formed((*told.edits, *told.passing))


@given(HISTORIES)
def test_wordings_stood_in_the_versions_they_name(contents: list[Content]) -> None:
    texts = [{comparable(text) for text in _texts(content)} for content in contents]
    for from_, to in _ends(contents):
        told = _told(contents, from_, to)
        promises.wordings_stood((*told.edits, *told.passing), texts, max(from_, to), to)


@given(HISTORIES)
def test_an_edited_block_has_its_older_text_among_its_wordings(contents: list[Content]) -> None:
    for from_, to in _ends(contents):
        promises.older_texts_are_wordings(_told(contents, from_, to).edits)


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


def test_the_sample_versions_are_an_hour_apart() -> None:
    made: list[Version] = versions([Content("T", ()), Content("U", ())])
    assert (made[1].seen_at - made[0].seen_at).total_seconds() == 3600
