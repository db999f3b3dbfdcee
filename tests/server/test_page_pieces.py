"""What is found once in all pieces of a page is what is found in any other pieces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rowback.text.choice.amounts import bodies, one_by_one
from rowback.text.choice.boxes import boxes, named_for_headings, names_of_boxes
from rowback.text.choice.misnamed import misnamed
from rowback.text.page import parse
from rowback.text.page_pieces import PagePieces, found_once
from rowback.text.pieces import Piece, elements_of, read_pieces

SAID = "The ferry to the island was late again, said the master of the harbour."
PARTS = (
    "<div class=related>", "<div class=newsletter>", "<div id=related-costs><h2>Related costs</h2>", "<ul class=tags>",
    "</div>", "</ul>", f"<p>{SAID}</p>",
    f"<div class=author-box><p>{SAID}</p></div>", f"<p>{SAID}</p><p>{SAID}</p><p>{SAID}</p>",
    "<p>Pier</p>", "<li><a href=/bus>Bus</a></li>", "<aside>", "</aside>", "<h2>Late again</h2>",
    f"<figure class=embed>{SAID}</figure>",
)  # fmt: skip
PAGES = st.lists(st.sampled_from(PARTS), max_size=12).map("".join)


@given(PAGES)
def test_rules_find_the_same_however_often_they_ask(html: str) -> None:
    pieces = read_pieces(parse(f"<body>{html}"))
    others = list(pieces)
    found = frozenset(range(0, len(pieces), 2))
    for _ in range(2):
        assert elements_of(pieces) == elements_of(others)
        assert names_of_boxes(pieces) == names_of_boxes(others)
        assert named_for_headings(pieces) == named_for_headings(others)
        assert one_by_one(pieces) == one_by_one(others)
        for among in (elements_of(others), frozenset(list(elements_of(others))[1::2])):
            assert bodies(pieces, among) == bodies(others, among)
        assert misnamed(pieces) == misnamed(others)
        assert boxes(pieces, found) == boxes(others, found)


def test_a_rule_looks_once_at_a_page_and_each_time_at_other_pieces() -> None:
    asked = []

    @found_once
    def count(pieces: object) -> int:
        asked.append(pieces)
        return len(asked)

    pieces = read_pieces(parse(f"<body><p>{SAID}</p><p>Pier</p>"))
    one = PagePieces(pieces[:1])
    assert [count(pieces), count(pieces), count(one), count(pieces), count(one)] == [1, 1, 2, 1, 2]
    some: list[Piece] = []
    assert [count(some), count(some)] == [3, 4]
    assert [len(each) for each in asked if isinstance(each, tuple)] == [2, 1]


def test_an_element_named_for_its_heading_is_no_box() -> None:
    text = f"<p>{SAID}</p>" * 12
    box = f"<div id=related-{{}}><h2>Related costs</h2><p>{SAID}</p></div>"
    for name, is_box in (("costs", False), ("stories", True)):
        pieces = read_pieces(parse(f"<body>{text}{box.format(name)}"))
        assert bool(boxes(pieces, frozenset(range(len(pieces))))) is is_box, name
