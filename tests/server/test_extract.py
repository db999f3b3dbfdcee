"""From HTML to blocks, and what is no article."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rowback.errors import NotAnArticle, RowbackError, TooLarge
from rowback.model import BLOCK_KINDS
from rowback.text.extract import extract
from rowback.text.largest import MAX_HTML_BYTES
from rowback.text.normalize import storable

from .cases import cases
from .samples import PARAGRAPHS, TITLE, URL, page

if TYPE_CHECKING:
    from rowback.model import Content

LINKED = '<script type="application/ld+json">{}</script>'
HALF_PAST = "2026-01-09T08:30:00+00:00"
OTHER_TITLE = "Boats to leave an hour earlier, and nobody is glad of it"
ROWS: list[dict[str, Any]] = cases("extraction")
_TAGS = (
    "html head body article main p div h1 h2 ul li table tr td blockquote br script style title svg template a".split()
)
_SCRAPS = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in _TAGS] + [f"</{tag}>" for tag in _TAGS]),
    st.sampled_from(["<!doctype html>", "<!--", "-->", "<![CDATA[", "&#0;", "&#xD800;", "&bogus;", "<", ">", "\x00"]),
    st.sampled_from(
        [*PARAGRAPHS, '<meta charset="utf-16">', "<p>" + PARAGRAPHS[0], '<link rel="canonical" href="//[">']
    ),
    st.text(max_size=8),
)


def test_headline_and_paragraphs_are_found() -> None:
    found = extract(page(), URL)
    assert found.content.title == TITLE
    assert _texts(found.content) == list(PARAGRAPHS)
    assert found.lang == "en"


def test_kinds_of_blocks_are_kept() -> None:
    body = (
        "<h2>Where to buy tickets</h2><ul><li>On the pier, beside the customs house.</li><li>At the kiosk.</li></ul>"
        "<blockquote><p>We will come earlier from now on, said the office.</p></blockquote>"
    )
    text = page().replace("</article>", f"{body}</article>")
    kinds = [block.kind for block in extract(text, URL).content.blocks]
    assert kinds == ["p", "p", "p", "h2", "li", "li", "blockquote"]


@pytest.mark.parametrize("code", [*range(1, 9), 0xB, 0xC, *range(0xE, 0x20), 0xFFFE, 0xFFFF])
def test_a_character_that_no_tree_can_hold_is_left_out(code: int) -> None:
    """Whether it stands there or is referred to, and whether or not something beside it is left out."""
    for written in (chr(code), f"&#{code};", f"&#00{code};", f"&#x{code:x};", f"&#X0{code:X};"):
        for left_out in ("", "<button>Share</button>"):
            text = page(head=f'<meta name="author" content="a{written}b">')
            text = text.replace("the first", f"the{written} first").replace(
                "About 400", f"About {left_out}{written}400"
            )
            assert [each.split() for each in _texts(extract(text, URL).content)] == [
                each.split() for each in PARAGRAPHS
            ]


def test_a_reference_to_a_character_that_a_tree_can_hold_stays() -> None:
    text = page().replace("About 400", "About &#49;&#x31;&#127;&#x1F6A2;&#8212;&#x2014;&#120;&#x1Fa;&#xB0;&#124; 400")
    assert "About 11\U0001f6a2——x\u01fa°| 400" in _texts(extract(text, URL).content)[1]


def test_a_line_break_ends_a_block() -> None:
    text = page().replace(html.escape(PARAGRAPHS[1]), "Adults pay four crowns.<br>Children pay two crowns.")
    texts = _texts(extract(text, URL).content)
    assert "Adults pay four crowns." in texts
    assert "Children pay two crowns." in texts


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("<p>Hello world</p>", ["p Hello world"]),
        ("<ul><li>one apple<li>two pears</ul>", ["li one apple", "li two pears"]),
    ],
)
def test_a_few_words_under_a_headline_are_an_article(body: str, blocks: list[str]) -> None:
    found = extract(f"<html><body><h1>Test</h1>{body}</body></html>", URL)
    assert [f"{block.kind} {block.text}" for block in found.content.blocks] == blocks


def test_what_the_page_says_of_itself_is_told_but_not_believed() -> None:
    head = '<link rel="canonical" href="https://other.example/x">'
    head += '<meta property="article:published_time" content="2026-01-09">'
    found = extract(page(head=head), URL)
    assert found.canonical_url == "https://other.example/x"
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2026-01-09T00:00:00+00:00"


def test_scripts_and_markup_in_text_stay_text() -> None:
    hostile = (
        "A reader wrote <script>alert(1)</script> and <img src=x onerror=alert(1)> in the guest book of the ferry."
    )
    text = page([PARAGRAPHS[0], hostile, PARAGRAPHS[2]], head="<script>document.body.innerHTML = 'gone'</script>")
    assert hostile in _texts(extract(text, URL).content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252", "iso-8859-15"], ids=str)
def test_bytes_are_read_by_what_they_declare(encoding: str) -> None:
    told = [
        f"{text} Café, naïve, señor — “quoted”." if "8859" not in encoding else f"{text} Café." for text in PARAGRAPHS
    ]
    declared = "utf-8" if encoding.startswith("utf-8") else encoding
    body = page(told).replace('charset="utf-8"', f'charset="{declared}"').encode(encoding)
    assert _texts(extract(body, URL).content) == told


def test_wrongly_declared_bytes_are_read_as_far_as_they_can_be() -> None:
    body = page([f"{text} Café." for text in PARAGRAPHS]).encode("windows-1252")
    texts = _texts(extract(body, URL).content)
    assert [text.split(" Caf")[0] for text in texts] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "html",
    [
        "",
        " \n\t ",
        "just words",
        "<html></html>",
        "<!doctype html><html><head><title>Ferry</title></head><body></body></html>",
        "<p></p><p> </p>",
        b"",
        b"\x00\x01\x02\x03" * 64,
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 8,
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"\x00" * 64,
        "<script>alert(1)</script>",
        "{}",
        "<" * 20_000,
        "<div>" * 1_000,
    ],
    ids=lambda html: repr(html)[:24],
)
def test_what_is_no_article_is_refused(html: str | bytes) -> None:
    with pytest.raises(NotAnArticle):
        extract(html, URL)


@pytest.mark.parametrize("html", ["x" * (MAX_HTML_BYTES + 1), b"x" * (MAX_HTML_BYTES + 1)], ids=["text", "bytes"])
def test_more_than_any_page_is_refused_unread(html: str | bytes) -> None:
    with pytest.raises(TooLarge):
        extract(html, URL)


def test_an_article_of_many_blocks_is_taken_whole() -> None:
    many = [f"{PARAGRAPHS[n % 3]} This is paragraph {n}." for n in range(5_000)]
    assert _texts(extract(page(many), URL).content) == many


@settings(max_examples=60)
@given(st.one_of(st.binary(max_size=400), st.lists(_SCRAPS, max_size=30).map("".join)))
def test_anything_at_all_is_an_article_or_refused(html: str | bytes) -> None:
    _check(html)


@settings(max_examples=40)
@given(st.lists(_SCRAPS, max_size=30).map("".join))
def test_a_torn_page_is_an_article_or_refused(scraps: str) -> None:
    _check(page().replace("</article>", scraps))


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_what_is_of_the_article_and_what_is_not(row: dict[str, Any]) -> None:
    paragraphs = "".join(f"<p>{html.escape(text)}</p>" for text in PARAGRAPHS)
    text = page([]).replace("</article>", row["body"].replace("{P}", paragraphs) + "</article>")
    if "around" in row:
        text = text.replace("<body>", f"<body><{row['around']}>").replace("</body>", f"</{row['around']}></body>")
    wanted = [block.format("", *PARAGRAPHS) for block in row["blocks"]]
    assert [f"{block.kind} {block.text}" for block in extract(text, URL).content.blocks] == wanted


@pytest.mark.parametrize(
    ("head", "instant"),
    [
        ('<meta property="article:published_time" content="2026-01-09T08:30:00+02:00">', "2026-01-09T06:30:00+00:00"),
        ('<meta property="article:published_time" content="2026-01-09 08:30">', HALF_PAST),
        (
            (
                '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": '
                '"2026-01-09T08:30:00+0000"}]}</script>'
            ),
            "2026-01-09T08:30:00+00:00",
        ),
        (
            (
                '<meta property="article:published_time" content="2026-01-09">'
                '<script type="application/ld+json">[{"@type": ["Report"], "datePublished": "2026-01-09T08:30:00Z"}]</script>'
            ),
            "2026-01-09T08:30:00+00:00",
        ),
        (
            '<script type="application/ld+json">{"@type": "Article", "datePublished": "0001-01-01T00:00:00Z"}</script>',
            None,
        ),
        (
            '<script type="application/ld+json">{"@type": "Article", "datePublished": {}, "headline": [[]]}</script>',
            None,
        ),
        ('<script type="application/ld+json">' + "[" * 5_000 + "</script>", None),
    ],
    ids=["zone", "no zone", "linked data", "more precise", "no year", "odd linked data", "deep linked data"],
)
def test_when_it_was_published_is_told_to_the_minute(head: str, instant: str | None) -> None:
    found = extract(page(head=head), URL).published_at
    assert (found.isoformat() if found else None) == instant


@pytest.mark.parametrize(
    ("headings", "title"),
    [
        ("<h1>Harbour Echo</h1><h1>{T}</h1>", TITLE),
        ("<h1></h1>", TITLE),
        ("<h1>News</h1>", TITLE),
        ("<h1><a href='/'>Harbour Echo</a></h1>", TITLE),
        (f"<h1>{OTHER_TITLE}</h1>", OTHER_TITLE),
    ],
    ids=["after the site's name", "empty", "a section", "the site's name alone", "other words than the title"],
)
def test_the_headline_is_the_one_the_page_speaks_of(headings: str, title: str) -> None:
    text = page().replace(f"<h1>{TITLE}</h1>", headings.replace("{T}", TITLE))
    assert extract(text, URL).content.title == title


@pytest.mark.parametrize(
    "hostile",
    [
        page().replace("<article>", "<article>" + "<div>" * 10_000),
        page().replace("<p>", f"<p title='{'x' * 1_000_000}'>"),
        page().replace("<p>", "<p>\x00"),
        page().replace("</body>", "<plaintext>" + "<p>" * 1_000),
        page().replace("<article>", "<article><script>" + "<p>document.write" * 10_000 + "</script>"),
        page().replace("</article>", "</article>" + "<p>updated" + " -" * 100_000),
        page(head="<meta charset='utf-16'>" + "<!--" + "x" * 5_000 + "-->"),
    ],
    ids=["deep", "huge attribute", "null bytes", "plaintext", "scripts", "one long line", "two charsets"],
)
def test_hostile_pages_are_read_or_refused(hostile: str) -> None:
    for body in (hostile, hostile.encode()):
        try:
            found = extract(body, URL)
        except RowbackError:
            continue
        assert found.content.blocks


def test_a_charset_that_is_declared_late_is_believed() -> None:
    told = ["Паром отходит в шесть часов утра, сообщила портовая служба в пятницу, и это первый паром дня."] * 3
    body = page([f"{text} {n}" for n, text in enumerate(told)], head=f"<!--{'x' * 900}-->")
    raw = body.replace('charset="utf-8"', 'charset="windows-1251"').encode("windows-1251")
    assert extract(raw, URL).content.blocks[0].text == f"{told[0]} 0"


def _check(html: str | bytes) -> None:
    try:
        found = extract(html, URL)
    except RowbackError:
        return
    assert found.content.blocks
    for block in found.content.blocks:
        assert block.kind in BLOCK_KINDS
        assert block.text == storable(block.text).strip() != ""


def _texts(content: Content) -> list[str]:
    return [block.text for block in content.blocks]


def _crowded(crowd: str) -> str:
    return page().replace(html.escape(PARAGRAPHS[1]), f"A list.<b> In bold,</b> {crowd}")


def test_a_crowd_of_spans_reads_as_the_text_it_is() -> None:
    words = [f"word{n}" for n in range(1_500)]
    found = extract(_crowded(" ".join(f"<span>{word}</span>" for word in words)))
    assert [block.text for block in found.content.blocks][1] == f"A list. In bold, {' '.join(words)}"


def test_a_crowd_of_links_is_too_large() -> None:
    with pytest.raises(TooLarge):
        extract(_crowded(" ".join(f"<a href='/{n}'>{n}</a>" for n in range(10_001))))
