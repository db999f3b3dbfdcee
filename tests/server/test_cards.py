"""Cards of edits: their lines stay within the picture, cut around what changed, and say before and after whole."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
import resvg_py
from hypothesis import given
from hypothesis import strategies as st

from rowback.diff.telling.markup import write
from rowback.diff.telling.sides import BETWEEN_BLOCKS, read
from rowback.diff.words.compare import DELETE, EQUAL, INSERT, Segment, compare
from rowback.errors import NoPicture
from rowback.web.cards import rasteriser
from rowback.web.cards.card_drawing import BOTTOM, MARGIN, TEXT, WIDTH, Card, CardPart, draw, is_rtl
from rowback.web.cards.glyph_widths import BOLD, width
from rowback.web.cards.line_breaks import ELLIPSIS, lines, sides

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.web.cards.card_drawing import Drawing
    from rowback.web.cards.line_breaks import CardLine

ROOM = 30.0
LONG_WORD = "Landungsbrückenpfeilerschutzanstrich" * 9
ARABIC = "وأُصيب {} شخصا في الحادث الذي وقع مساء أمس قرب الميناء القديم، كما قالت الشرطة (Reuters)."
JAPANESE = "市場で火災が発生し、{}人が負傷したと警察は発表した。火は三時間後に消し止められた。"
SCRIPTS = (
    "ferry",
    "Überprüfung",
    LONG_WORD,
    ARABIC.format("٤٠"),
    JAPANESE.format("二"),
    "한국어",
    "हिन्दी",
    "👨‍👩‍👧",
    "a\u202eb",
)
TEXTS = st.lists(st.one_of(st.sampled_from(SCRIPTS), st.text(max_size=12)), max_size=60).map(" ".join)
SEGMENTS = st.lists(st.builds(Segment, st.sampled_from([DELETE, EQUAL, INSERT]), TEXTS), max_size=8)


def _said(found: Sequence[CardLine]) -> str:
    return "".join(segment.text for line in found for segment in line)


def _without_spaces(text: str) -> str:
    return "".join(text.split())


@given(SEGMENTS, st.integers(1, 8))
def test_no_line_is_wider_than_its_room_nor_are_there_more_than_wanted(segments: list[Segment], most: int) -> None:
    old, new = sides(segments)
    for side in (old, new):
        found = lines(side, ROOM, most)
        assert len(found) <= most
        for line in found:
            assert width("".join(each.text for each in line)) <= ROOM + 0.001


@given(SEGMENTS)
def test_where_there_is_room_lines_say_all_in_order(segments: list[Segment]) -> None:
    for side in sides(segments):
        words = _without_spaces("".join(each.text for each in side))
        assert _without_spaces(_said(lines(side, ROOM, 10_000))) == words


@given(st.lists(st.builds(Segment, st.sampled_from([DELETE, EQUAL, INSERT]), st.text(min_size=1)), min_size=1))
def test_markup_is_read_as_it_was_written(segments: list[Segment]) -> None:
    found = read(write("p", segments) + write("li", segments))
    assert BETWEEN_BLOCKS in found
    for kept in ((EQUAL, DELETE), (EQUAL, INSERT)):
        written = "".join(each.text for each in segments if each.op in kept)
        assert "".join(each.text for each in found if each.op in kept) == f"{written}\n{written}"


def test_a_change_far_down_a_paragraph_stands_in_the_first_line() -> None:
    words = "The quay is long and the harbour office counts its boats at night. " * 20
    old, new = sides(compare(f"{words}It took 400 of them. {words}", f"{words}It took 900 of them. {words}"))
    for side, figure in ((old, "400"), (new, "900")):
        first = lines(side, ROOM, 4)[0]
        assert Segment(DELETE if figure == "400" else INSERT, figure) in first
        assert first[0].text.startswith(ELLIPSIS)
        assert lines(side, ROOM, 4)[-1][-1].text.endswith(ELLIPSIS)


def test_words_inserted_far_down_say_where_on_the_side_that_has_them_not() -> None:
    words = "The quay is long. " * 40
    old, _ = sides([Segment(EQUAL, words), Segment(INSERT, "A lamp burns. "), Segment(EQUAL, "Rust comes.")])
    assert _said(lines(old, 2 * ROOM, 4)).endswith("long. Rust comes.")


def test_japanese_lines_break_beside_any_character_but_before_a_full_stop() -> None:
    text = "あ" * 29 + "い。" + "う" * 40
    found = lines([Segment(EQUAL, text)], ROOM, 4)
    assert _said(found[:1]) == "あ" * 29
    assert _said(found[1:2]).startswith("い。")


def _card(old: str, new: str, headline: str = "Ferry", **more: bool) -> Card:
    before, after = sides(compare(old, new)) if old and new else sides([Segment(INSERT, new), Segment(DELETE, old)])
    parts = (CardPart("Before", tuple(before), "(nothing)"), CardPart("After", tuple(after), "(nothing)"))
    return Card("harbour-echo.example", headline, parts, "First seen today", f"a.example/{'e' * 300}", **more)


@given(TEXTS, TEXTS, TEXTS)
def test_every_text_of_a_card_lies_within_it(old: str, new: str, headline: str) -> None:
    drawing = draw(_card(old, new, headline))
    for text in drawing.texts:
        long = width("".join(run.text for run in text.runs)) * text.size * (BOLD if text.is_bold else 1)
        left, right = (text.x, text.x + long) if text.anchor == "start" else (text.x - long, text.x)
        assert left >= MARGIN - 1
        assert right <= WIDTH - MARGIN + 1
    assert max(text.y for text in drawing.texts if text.size == TEXT) <= BOTTOM
    assert drawing.bars


def test_what_was_not_there_is_said() -> None:
    assert "(nothing)" in _texts(draw(_card("", "A boat.")))
    assert "(nothing)" in _texts(draw(_card("A boat.", "")))


def _texts(drawing: Drawing) -> list[str]:
    return ["".join(run.text for run in text.runs).strip("\u2066\u2067\u2069") for text in drawing.texts]


def test_a_short_side_leaves_its_lines_to_the_long_one() -> None:
    long = "The harbour office counts its boats at night, and says so. " * 20
    drawing = draw(_card("", long))
    assert sum(text.size == TEXT for text in drawing.texts) > 6


def test_lines_of_arabic_begin_on_the_right_whatever_language_the_card_speaks() -> None:
    drawing = draw(_card(ARABIC.format("٤٠"), ARABIC.format("٣٠")))
    told = [text for text in drawing.texts if text.size == TEXT]
    assert {text.anchor for text in told} == {"end"}
    assert all(text.runs[0].text == "\u2067" for text in told)
    assert drawing.bars[0].x > WIDTH / 2
    assert drawing.texts[0].anchor == "start"
    assert draw(_card("a", "b", is_rtl=True)).texts[0].anchor == "end"


@pytest.mark.parametrize(
    ("text", "right"), [("45 دينار", True), ("(Reuters) الشرطة", False), ("שלום", True), ("123", False), ("", False)]
)
def test_the_first_letter_says_where_a_line_begins(text: str, right: bool) -> None:
    assert is_rtl(text) is right


def _svg(text: str) -> str:
    made = ElementTree.Element("svg", xmlns="http://www.w3.org/2000/svg", width="400", height="80")
    ElementTree.SubElement(made, "text", {"x": "9", "y": "40", "font-family": "sans-serif"}).text = text
    return ElementTree.tostring(made, encoding="unicode")


def test_a_picture_is_a_png_of_the_size_that_it_says() -> None:
    found = rasteriser.png(_svg("Ferry"))
    assert found.startswith(b"\x89PNG\r\n\x1a\n")
    assert [int.from_bytes(found[n : n + 4]) for n in (16, 20)] == [400, 80]


def test_without_the_extra_or_a_font_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    rasteriser.check_letters("Ferry")
    monkeypatch.setattr(rasteriser, "_is_drawn", lambda letter: letter.isascii())
    rasteriser.check_letters("Ferry 900")
    with pytest.raises(NoPicture, match="no font for ARABIC, HIRAGANA: whoever runs it"):
        rasteriser.check_letters("Ferry قرب の")
    monkeypatch.setattr(rasteriser, "find_spec", lambda _: None)
    with pytest.raises(NoPicture, match=r"rowback\[pictures\]"):
        rasteriser.check_letters("Ferry")


def test_a_letter_that_no_font_has_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no font at all, as in a bare container, nothing is drawn."""
    drawn = resvg_py.svg_to_bytes
    rasteriser._is_drawn.cache_clear()
    monkeypatch.setattr(resvg_py, "svg_to_bytes", partial(drawn, skip_system_fonts=True))
    try:
        with pytest.raises(NoPicture, match="no font for LATIN"):
            rasteriser.check_letters("Ferry")
    finally:
        rasteriser._is_drawn.cache_clear()
