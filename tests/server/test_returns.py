"""What came back, and what flaps: one letter a version."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.diff.telling.history import tell
from rowback.diff.telling.returns import flaps, restored_from, returns
from rowback.model import Block, Content
from rowback.told import Edit, History

from .samples import versions

SENTENCES = {
    "A": "The first ferry will leave at six in the morning.",
    "B": "The first ferry will leave at seven in the morning.",
    "C": "The first ferry will leave at eight in the morning.",
    "X": "Dogs travel free of charge when kept on a lead.",
    "-": "",
}
OTHER = Block("p", "The harbour office said so on Friday, and that it was sorry.")


def _told(history: str, from_: int, to: int) -> History:
    """A block that says in each version what a letter stands for, above one that stays; `-` is none."""
    contents = [
        Content("Ferry times", (*(Block("p", SENTENCES[name]) for name in [each] if each != "-"), OTHER))
        for each in history
    ]
    return tell(versions(contents), from_, to)


def _returning(edits: tuple[Edit, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (edit.kind.value, tuple(name for name in edit.labels if name in ("restored", "flapping"))) for edit in edits
    ]


@pytest.mark.parametrize(
    ("history", "restores", "flapping"),
    [
        ("ABC", [None, None, None], []),
        ("ABA", [None, None, 0], []),
        ("ABAC", [None, None, 0, None], []),
        ("ABCA", [None, None, None, 0], []),
        ("ABAB", [None, None, 0, 1], [3]),
        ("ABABA", [None, None, 0, 1, 2], [3, 4]),
        ("A-A-", [None, None, 0, 1], [3]),
        ("ABCAB", [None, None, None, 0, 1], [4]),
    ],
)
def test_versions_say_what_they_restore(history: str, restores: list[int | None], flapping: list[int]) -> None:
    notes = _told(history, 0, len(history) - 1).versions
    assert [note.restores for note in notes] == restores
    assert [note.number for note in notes if note.flapping] == flapping


@pytest.mark.parametrize(
    ("history", "from_", "to", "edits", "passing"),
    [
        ("AB", 0, 1, [("change", ())], []),
        ("ABA", 0, 2, [], [("change", ("restored",))]),
        ("ABA", 1, 2, [("change", ("restored",))], []),
        ("ABA", 2, 1, [("change", ())], []),
        ("ABAC", 0, 3, [("change", ())], []),
        ("ABAC", 1, 3, [("change", ())], []),
        ("ABAC", 3, 0, [("change", ())], []),
        ("ABCB", 0, 3, [("change", ("restored",))], []),
        ("ABCCA", 1, 4, [("change", ("restored",))], []),
        ("ABAB", 0, 3, [("change", ("restored", "flapping"))], []),
        ("ABAB", 3, 0, [("change", ("flapping",))], []),
        ("ABABA", 0, 4, [], [("change", ("restored", "flapping"))]),
        ("X-X", 0, 2, [], [("insert", ("restored",))]),
        ("X-X", 1, 2, [("insert", ("restored",))], []),
        ("-X-X", 0, 3, [("insert", ("restored", "flapping"))], []),
        ("-X-X-", 0, 4, [], [("delete", ("flapping",))]),
        ("A-A", 2, 0, [], [("insert", ("restored",))]),
    ],
)
def test_edits_say_what_was_restored_and_what_flaps(
    history: str,
    from_: int,
    to: int,
    edits: list[tuple[str, tuple[str, ...]]],
    passing: list[tuple[str, tuple[str, ...]]],
) -> None:
    told = _told(history, from_, to)
    assert _returning(told.edits) == edits
    assert _returning(told.passing) == passing


def test_a_flapping_block_has_each_of_its_wordings_with_its_span() -> None:
    (edit,) = _told("ABBAB", 0, 4).edits
    spans = [(wording.text, wording.version, wording.last_version) for wording in edit.wordings]
    assert spans == [(SENTENCES["A"], 0, 0), (SENTENCES["B"], 1, 2), (SENTENCES["A"], 3, 3)]


@pytest.mark.parametrize(
    ("old", "new", "unannounced"),
    [
        (["A"], ["B"], True),
        (["A"], ["A"], False),
        (["A"], ["B", "Correction: the hour was wrong."], False),
        (["A", "Correction: the hour was wrong."], ["B", "Correction: the hour was wrong."], True),
        (["A"], ["B", "Update: the office has answered."], False),
        (["A"], ["A", "X"], True),
        (["A", "X"], ["X", "A"], False),
        (["The timetabel of the ferry is new."], ["The timetable of the ferry is new."], False),
        (["A"], ["B", "Korrektur: Die Uhrzeit war falsch."], False),
    ],
)
def test_a_change_of_substance_is_unannounced_unless_a_new_note_says_so(
    old: list[str], new: list[str], unannounced: bool
) -> None:
    contents = [
        Content("Ferry times", tuple(Block("p", SENTENCES.get(text, text)) for text in texts)) for texts in (old, new)
    ]
    assert tell(versions(contents), 0, 1).unannounced is unannounced
    assert not tell(versions(contents), 1, 0).unannounced


@given(st.text(alphabet="ABC", min_size=1, max_size=12))
def test_returns_agree_with_what_is_seen_by_looking_back(states: str) -> None:
    for place, found in enumerate(returns(states)):
        changed = place > 0 and states[place] != states[place - 1]
        assert found.restores == (restored_from(states[: place + 1]) if changed else None)
        if found.restores is not None:
            assert states[found.restores] == states[place]
    assert flaps(states) is any(found.flapping for found in returns(states))


def test_a_piece_of_a_split_has_the_wordings_of_the_whole() -> None:
    whole = f"{SENTENCES['A']} {SENTENCES['X']}"
    changed = SENTENCES["X"].replace("free of charge", "at half the fare, except on Sundays,")
    texts = [[whole], [SENTENCES["A"], SENTENCES["X"]], [SENTENCES["A"], changed]]
    told = tell(versions([Content("T", tuple(Block("p", text) for text in each)) for each in texts]), 1, 2)
    (edit,) = told.edits
    assert [(wording.text, wording.version) for wording in edit.wordings] == [(whole, 0), (SENTENCES["X"], 1)]


def test_a_block_that_was_split_and_joined_again_is_told_once() -> None:
    whole = f"{SENTENCES['A']} {SENTENCES['X']}"
    texts = [[whole], [SENTENCES["A"], SENTENCES["X"]], [whole]]
    told = tell(versions([Content("T", tuple(Block("p", text) for text in each)) for each in texts]), 0, 2)
    assert told.edits == ()
    assert _returning(told.passing) == [("change", ("restored",))]


def test_a_headline_that_came_and_went_is_told_as_passing() -> None:
    told = tell(versions([Content(title, (OTHER,)) for title in ("", "Ferry times", "")]), 0, 2)
    assert [(edit.kind.value, edit.block_kind, edit.anchor.near) for edit in told.passing] == [
        ("delete", "h1", "before")
    ]


@pytest.mark.parametrize(
    ("history", "from_", "to", "edits", "passing"),
    [
        ("AABB", 0, 3, [2], []),
        ("ABBC", 0, 3, [3], []),
        ("ABBC", 0, 2, [1], []),
        ("-AAA", 0, 3, [1], []),
        ("AA--", 0, 3, [2], []),
        ("A-A-", 0, 3, [3], []),
        ("ABBAA", 0, 4, [], [3]),
        ("-AA--", 0, 4, [], [3]),
        ("AABB", 3, 0, [None], []),
        ("AABB", 0, 1, [], []),
    ],
)
def test_edits_say_in_which_version_they_were_made(
    history: str, from_: int, to: int, edits: list[int | None], passing: list[int | None]
) -> None:
    told = _told(history, from_, to)
    assert [edit.changed_in for edit in told.edits] == edits
    assert [edit.changed_in for edit in told.passing] == passing


def test_moves_splits_and_merges_say_in_which_version_they_were_made() -> None:
    first, second, third = (SENTENCES[name] for name in "AXC")
    orders = [
        (first, second, third),
        (first, second, third),
        (second, third, first),
        (second, third, first),
        (second, third + " " + first),
        (second, third + " " + first),
    ]
    contents = [Content("Ferry times", tuple(Block("p", text) for text in texts)) for texts in orders]
    (moved,) = tell(versions(contents), 0, 3).edits
    assert (moved.kind.value, moved.changed_in) == ("move", 2)
    (merged,) = tell(versions(contents), 2, 5).edits
    assert (merged.kind.value, merged.changed_in) == ("merge", 4)
    (split,) = tell(versions(contents[::-1]), 0, 3).edits
    assert (split.kind.value, split.changed_in) == ("split", 2)
