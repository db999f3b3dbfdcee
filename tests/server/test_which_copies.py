"""Which of an article's copies are read, in which order. How well that does is measured in `evaluation/test_backfill.py`."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.archive.choosing import FETCHES, LOOKS, Choice, State, next_choice

TEXTS = st.lists(st.sampled_from("abcd"), min_size=1, max_size=40)


def order(
    texts: str, screen: str | None, digests: str = "", refused: set[int] | None = None, fetches: int = 99
) -> list[int]:
    """The places that are read, one after the other, of copies with these texts; digests are letters, `-` for none."""
    told = [each.replace("-", "") for each in digests] or [str(place) for place in range(len(texts))]
    read, looks, places, gone = dict[int, str](), LOOKS, list[int](), set[int]()
    while choice := next_choice(State(told, read, screen, gone, looks_left=looks, fetches_left=fetches - len(places))):
        assert choice.place not in places
        places.append(choice.place)
        looks -= choice.is_look
        if choice.place in (refused or ()):
            gone.add(choice.place)
        else:
            read[choice.place] = texts[choice.place]
    return places


def test_the_oldest_copy_is_read_first_and_then_the_middle_of_what_differs() -> None:
    assert order("aaaaaaabbbbbbbbb", "b")[:4] == [0, 8, 4, 6]


def test_without_a_screen_the_newest_copy_is_the_right_end() -> None:
    assert order("aaaaaaaabbbbbbbb", None)[:2] == [15, 0]


def test_an_article_that_was_not_edited_gets_its_looks_alone() -> None:
    assert order("a" * 20, "a") == [0, 10, 5]


def test_each_edit_is_known_between_two_neighbours_in_the_end() -> None:
    texts = "aaaaaaaabbbbbbbbbbbbcccccccc"
    read = order(texts, "c")
    assert {7, 8, 19, 20} <= set(read)
    assert len(read) < len(texts) / 2


def test_where_more_differs_is_looked_first() -> None:
    state = State([str(n) for n in range(31)], {0: "a", 10: "b"}, "c")
    assert next_choice(state) == Choice(21)
    much = State([str(n) for n in range(31)], {0: "a", 10: "b"}, "c", apart=lambda old, _: 9.0 if old == "a" else 1.0)
    assert next_choice(much) == Choice(5)


def test_a_copy_with_a_known_digest_is_not_read() -> None:
    digests = "AABBBBBBAACCCDDDDEEEFFFGGG"
    read = order(digests.lower(), "g", digests)
    assert sorted(digests[place] for place in read) == ["A", "B", "C", "D", "E", "F", "G"]


def test_few_digests_are_all_read() -> None:
    assert sorted(order("a" * 12, "a", "AAABBBBCCCDE")) == [0, 3, 7, 10, 11]


def test_copies_without_a_digest_are_each_their_own() -> None:
    assert len(order("a" * 12, "a", "-" * 12)) == 1 + LOOKS
    assert len(order("abab", "b", "----")) == 4


def test_a_refused_copy_is_left_for_its_neighbour() -> None:
    assert order("aaaaaaabbbbbbbbb", "b", refused={0})[:3] == [0, 1, 9]
    assert order("aaaaaaabbbbbbbbb", "b", refused={8})[:3] == [0, 8, 9]
    assert order("aaaaaaabbbbbbbbb", None, refused={15})[:3] == [15, 14, 0]


def test_an_archive_whose_copies_all_fail_is_asked_only_so_often() -> None:
    assert len(order("a" * 100, "b", refused=set(range(100)), fetches=FETCHES)) == FETCHES


@pytest.mark.parametrize(
    "state", [State([], {}), State([], {}, "a"), State(["A"], {0: "a"}, "a"), State(["A"], {}, fetches_left=0)]
)
def test_nothing_is_read_where_nothing_is_left(state: State) -> None:
    assert next_choice(state) is None


@given(TEXTS, st.sampled_from(["a", "b", None]), st.sets(st.integers(0, 39)), st.integers(0, 40))
def test_every_choice_is_a_copy_not_yet_read_and_it_ends(
    texts: list[str], screen: str | None, refused: set[int], most: int
) -> None:
    read = order("".join(texts), screen, refused=refused, fetches=most)
    assert len(read) <= min(most, len(texts))


@given(TEXTS)
def test_neighbours_that_were_not_read_lie_between_equal_texts(texts: list[str]) -> None:
    """With requests enough, only a text that came and went between two looks at the same one is missed."""
    read = sorted(order("".join(texts), texts[-1], fetches=999))
    assert read[0] == 0
    for before, behind in pairwise([*read, len(texts)]):
        right = texts[behind] if behind < len(texts) else texts[-1]
        assert behind == before + 1 or texts[before] == right
