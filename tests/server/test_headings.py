"""Headlines in several lines, readings above words, and whatever else breaks a text on the page that is one text."""

from __future__ import annotations

import pytest

from rowback.text import joints
from rowback.text.extract import extract
from rowback.text.joints import MAX_LINE_CHARACTERS
from rowback.text.normalize import fingerprint

from .documents import ROOT
from .samples import PARAGRAPHS, TITLE, page

ONE_LINE = page()
SET_IN_LINES = (
    "Ferry timetable<br>changes from Monday",
    "Ferry timetable <br/> changes from Monday",
    "Ferry timetable<br><br>changes<br>from Monday<br>",
    "<div>Ferry timetable</div><div>changes from Monday</div>",
    "<span style='color: red; display: block'>Ferry</span>timetable changes from Monday",
    "<span style='display:flex'>Ferry timetable</span><span style='DISPLAY: BLOCK'>changes from Monday</span>",
    "<p>Ferry timetable<br>changes from Monday</p>",
    "<a href='/a'><div>Ferry timetable</div>changes from Monday</a>",
    "<b>Ferry timetable<br></b><i>changes<wbr> from Monday</i>",
)


def _of(headline: str) -> str:
    return ONE_LINE.replace(f"<h1>{TITLE}</h1>", f"<h1>{headline}</h1>")


@pytest.mark.parametrize("headline", SET_IN_LINES)
def test_a_headline_set_in_lines_reads_clean_and_is_no_block(headline: str) -> None:
    found = extract(_of(headline)).content
    assert found.title == TITLE
    assert [block.text for block in found.blocks] == list(PARAGRAPHS)
    assert fingerprint(found) == fingerprint(extract(ONE_LINE).content)


@pytest.mark.parametrize(
    ("headline", "told"),
    [
        ("港の渡し船<br>月曜から時刻が変わる", "港の渡し船月曜から時刻が変わる"),
        ("港の渡し船、<br> 月曜から<br>変わる", "港の渡し船、月曜から変わる"),
        ("渡輪時間表<div>週一起更改</div>", "渡輪時間表週一起更改"),
        ("iPhone<br>発売", "iPhone発売"),
        ("항구 여객선<br>월요일부터 변경", "항구 여객선 월요일부터 변경"),
        ("เรือเฟอร์รี่<br>เริ่มวันจันทร์", "เรือเฟอร์รี่ เริ่มวันจันทร์"),
        ("Паром<br>с понедельника", "Паром с понедельника"),
        ("العبّارة<br>من الاثنين", "العبّارة من الاثنين"),
    ],
)
def test_between_lines_is_a_space_where_the_script_has_any(headline: str, told: str) -> None:
    source = _of(headline).replace(f"<title>{TITLE}", f"<title>{told}")
    found = extract(source).content
    assert found.title == told
    assert [block.text for block in found.blocks] == list(PARAGRAPHS)


def test_a_kicker_in_the_headline_is_a_word_of_it() -> None:
    found = extract(_of(f"<div class='kicker'>Exclusive</div><div>{TITLE}</div>")).content
    assert (found.title, len(found.blocks)) == (f"Exclusive {TITLE}", len(PARAGRAPHS))


@pytest.mark.parametrize(
    ("headline", "told"),
    [
        ("<span class=kicker>Exclusive</span>Ferry timetable changes", "Exclusive Ferry timetable changes"),
        ("<span class=kicker>EXCLUSIVE</span><span>Ferry timetable</span>", "EXCLUSIVE Ferry timetable"),
        ("<a href=/a>Opinion:</a><b>Ferry timetable changes</b>", "Opinion: Ferry timetable changes"),
        ("Ferry timetable changes<small>What travellers say</small>", "Ferry timetable changes What travellers say"),
        ("<span class=dropcap>F</span>erry timetable changes", "Ferry timetable changes"),
        ("Ferry burns H<sub>2</sub>O, not CO<sub>2</sub>, it says", "Ferry burns H2O, not CO2, it says"),
        ("<span>F</span><span>e</span><span>r</span><span>r</span><span>y</span> changes again", "Ferry changes again"),
        ("“<i>Ferry</i>” timetable <b>ch</b>anges again", "“Ferry” timetable changes again"),
    ],
)
def test_words_that_only_a_style_sheet_parts_are_not_glued(headline: str, told: str) -> None:
    found = extract(_of(headline).replace(f"<title>{TITLE}", f"<title>{told}")).content
    assert (found.title, [block.text for block in found.blocks]) == (told, list(PARAGRAPHS))


def test_a_subheading_set_in_lines_is_one_block() -> None:
    source = ONE_LINE.replace(f"<p>{PARAGRAPHS[1]}", f"<h2>How it<br>came <div>about</div></h2><p>{PARAGRAPHS[1]}")
    assert [block.text for block in extract(source).content.blocks] == [
        PARAGRAPHS[0],
        "How it came about",
        *PARAGRAPHS[1:],
    ]


@pytest.mark.parametrize("tag", ["h1", "h2"])
def test_a_heading_left_open_ends_where_the_text_begins(tag: str) -> None:
    opened = ONE_LINE.replace(
        f"<h1>{TITLE}</h1>", f"<h1>{TITLE}</h1><{tag}>What is new" if tag == "h2" else f"<h1>{TITLE}"
    )
    blocks = extract(opened).content.blocks[-len(PARAGRAPHS) :]
    assert [(block.kind, block.text) for block in blocks] == [("p", text) for text in PARAGRAPHS]
    short = "<p>One short line.</p><p>Another short line.</p>"
    assert len(f"{TITLE}{short}") < MAX_LINE_CHARACTERS
    texts = [
        block.text
        for block in extract(
            opened.replace("</article>", f"<h3>What it means for all commuters{short}</article>")
        ).content.blocks
    ]
    assert texts[-3:] == ["What it means for all commuters", "One short line.", "Another short line."]


def test_a_readers_copy_keeps_the_styles_that_make_boxes() -> None:
    snapshot = (ROOT / "extension/content/page/snapshot.js").read_text(encoding="utf-8")
    assert f"const BOX = /{joints._BOX.pattern}/i;" in snapshot


def test_readings_above_words_are_no_text() -> None:
    ruby = "<ruby>月曜<rp>(</rp><rt>げつよう</rt><rp>)</rp></ruby>から<ruby>船<rtc><rt>ふね</rt></rtc></ruby>が出る。"
    told = "月曜から船が出る。"
    texts = [f"{told * 4}{n}" for n in range(4)]
    with_ruby = page(texts, title=told).replace(told, ruby).replace(f"<title>{ruby}", f"<title>{told}")
    assert fingerprint(extract(with_ruby).content) == fingerprint(extract(page(texts, title=told)).content)
    found = extract(with_ruby).content
    assert (found.title, [block.text for block in found.blocks]) == (told, texts)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            "<p>The time<wbr>table of the harbour&shy;office is out</p>",
            ["The timetable of the harbour\u00adoffice is out"],
        ),
        (
            "<div>The first line of it<br><br>The second line of it</div>",
            ["The first line of it", "The second line of it"],
        ),
        ("<menu><li>A ticket of each</li><li>A coat</li></menu>", ["A ticket of each", "A coat"]),
        (
            "<p><span style='display:block'>The first half</span><span style='display:block'>and the second</span></p>",
            ["The first half and the second"],
        ),
        ("<p>one <i>two</i><b>three</b><span>four</span></p>", ["one twothreefour"]),
        (
            "<table><tr><td>Pier<br>North</td><td><div>six</div><div>seven</div></td></tr></table>",
            ["Pier North │ six seven"],
        ),
    ],
)
def test_texts_break_where_a_browser_breaks_them(body: str, told: list[str]) -> None:
    source = ONE_LINE.replace(f"<p>{PARAGRAPHS[2]}", f"{body}<p>{PARAGRAPHS[2]}")
    texts = [block.text for block in extract(source).content.blocks]
    assert texts == [*PARAGRAPHS[:2], *told, PARAGRAPHS[2]]
