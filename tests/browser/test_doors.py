"""What a reader's browser sends of a page says the same as what its server sends, and goes out when it says something new."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rowback.text.extract import extract
from tests.server.doors import ALL, OTHERS, TEXTS, TITLE, document, paragraphs, served

from .cases import BUSES, COST, MAYOR, RUST, story
from .cases import TITLE as BRIDGE
from .conftest import binary_of
from .raw_page import RawPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Playwright

    from .backend import Backend
    from .overlay import Overlay
    from .reader import Reader
    from .site import Site

URL = "https://spit.example/2026/lighthouse-goes-dark"
CASES = served()


@pytest.fixture(scope="module", params=[True, False], ids=["scripts on", "scripts off"])
def raw(request: pytest.FixtureRequest, playwright: Playwright) -> Iterator[RawPage]:
    """A page in a browser without the extension, into which the extension's files are put by hand."""
    chromium = playwright.chromium.launch(executable_path=binary_of("chromium"))
    yield RawPage(chromium, scripts=request.param)
    chromium.close()


def test_a_readers_copy_says_what_the_server_says(raw: RawPage) -> None:
    for case in CASES:
        # Without scripts there is nothing but what the server sent; with them the page may have become another.
        html = case.page if case.reader is None or not raw.scripts else case.reader
        if raw.scripts or not case.needs_script:
            assert _texts(raw.snapshot(html)) == case.texts, case.name


def test_nothing_that_was_typed_is_in_a_copy(raw: RawPage) -> None:
    fields = (
        "<input value='typed'><textarea>typed</textarea><select><option selected>typed</select><output>typed</output>"
    )
    editors = "<div contenteditable>typed</div><p contenteditable='plaintext-only'>typed</p>"
    for around in ("{}", "<form>{}</form>", f"{{}}<form>{fields}<label>Name {fields}</label></form>"):
        copy = raw.snapshot(document(paragraphs(*ALL) + fields + editors, around=around))
        assert TEXTS[3] in copy
        assert "typed" not in copy


BODY = f"<div class='ad-slot'><p>{OTHERS[1]} <a href='/x'>More</a></p></div>".join(
    (paragraphs(*ALL[:2]) + f"<h2>What is to come of the tower</h2>{paragraphs(2)}", paragraphs(*ALL[3:7]))
)
TAIL = f"<section class='more'><h2>More from the spit</h2><p>{OTHERS[0]}</p></section>"
LIST = "<ul><li>Mail boat: 6.</li><li>Fishing boats: 4.</li></ul>"
CAPTION = "<figure><img src='a.jpg'><figcaption>The lighthouse in a gale of last winter</figcaption></figure>"
WHOLE = document(BODY + LIST + CAPTION + paragraphs(7)).replace("</body>", f"{TAIL}</body>")
NEW = "<p>No one will be on watch.</p>"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (TEXTS[4], TEXTS[4].replace("thirty", "twenty")),
        (TEXTS[0], TEXTS[0].replace("Sunday", "Monday")),
        (TEXTS[7], TEXTS[7].replace("gales", "storms")),
        (TITLE, TITLE.replace("winter", "year")),
        ("Mail boat: 6.", "Mail boat: 7."),
        ("in a gale of last winter", "in a gale of 1988"),
        ("What is to come of the tower", "What will become of the tower"),
        (f"<p >{TEXTS[4]}</p>", ""),
        (f"<p >{TEXTS[0]}</p>", ""),
        (LIST, ""),
        (f"<p >{TEXTS[4]}</p>", f"<p >{TEXTS[4]}</p>{NEW}"),
        (f"<p >{TEXTS[0]}</p>", f"{NEW}<p >{TEXTS[0]}</p>"),
        ("</article>", f"{NEW}</article>"),
        (LIST, LIST + "<ul><li>The pilots' own launch, of which there are three.</li></ul>"),
        (f"<p >{TEXTS[4]}</p>", f"<p >{TEXTS[4]}</p><div class='note'>{NEW}</div>"),
        (f"<p >{TEXTS[4]}</p>", f"<p >{TEXTS[4]}</p><blockquote>It would not last a night, he said.</blockquote>"),
        (paragraphs(4, 5), paragraphs(5, 4)),
        ("</article>", "<p>It will be dark by <a href='/y'>All Saints</a>.</p></article>"),
        ("</article>", "<p><a href='/y'>No.</a> That is all that the council said when it was asked.</p></article>"),
        (
            "</article>",
            f"<ul><li>The council: <a href='/y'>{'a year or two' * 7}</a> {'at most' * 12}</li></ul></article>",
        ),
        ("</article>", f"<ul><li><time>5 May</time> {'The lamp is off, ' * 3}and so is the horn.</li></ul></article>"),
    ],
    ids=range(21),
)
def test_a_page_that_says_something_else_is_sent(raw: RawPage, old: str, new: str) -> None:
    assert old in WHOLE
    content = extract(WHOLE, URL).content
    assert raw.freshness(WHOLE.replace(old, new), content) in ("newer", "unclear")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        (OTHERS[1], OTHERS[2]),
        (OTHERS[0], OTHERS[3]),
        (LIST, f"<div class='promo'><h3>{OTHERS[4]}</h3><img src='b.jpg'></div>{LIST}"),
        (LIST, f"<p><a href='/y'>{OTHERS[4]}</a></p>{LIST}"),
        (LIST, f"<blockquote class='twitter-tweet'><p>{OTHERS[4]}</p></blockquote>{LIST}"),
        (LIST, f"<p style='display:none'>{OTHERS[4]}</p>{LIST}"),
        (LIST, f"<aside><p>{OTHERS[4]}</p></aside><nav><p>{OTHERS[5]}</p></nav>{LIST}"),
        (LIST, f"<p>Photo: P. Lindgren</p><p>3 hours ago</p>{LIST}"),
        ("five seconds", "five\n  <span>sec\x10onds</span>"),
        (f"<p >{TEXTS[0]}</p>", f"<p>Changed on Sunday 3 May at 4:10 p.m.</p><p >{TEXTS[0]}</p>"),
        (
            "</article>",
            "<p><i>The whole spit, each week. </i><a href='/l'><i>Have it sent to your door</i></a><i>.</i></p></article>",
        ),
        ("</article>", f"<p>Have the <a href='/l'>letter of the spit</a> sent {'to you ' * 12}</p></article>"),
        ("</article>", "<ul><li><time>3 May</time> <p>First printed here.</p></li></ul></article>"),
    ],
    ids=range(14),
)
def test_a_page_that_says_the_same_is_not_sent(raw: RawPage, old: str, new: str) -> None:
    assert old in WHOLE
    content = extract(WHOLE, URL).content
    assert len(content.blocks) == len(ALL) + 4
    assert raw.freshness(WHOLE.replace(old, new) if old else WHOLE, content) == "same"


def test_paragraphs_in_boxes_of_one_make_are_the_articles(raw: RawPage) -> None:
    whole = document("".join(f"<div id='part-{n}'>{paragraphs(n)}</div>" for n in ALL))
    content = extract(whole, URL).content
    part, box = f"<div id='part-99'>{NEW}</div>", f"<div id='topics'><p>{OTHERS[4]} <a href='/x'>More</a></p></div>"
    assert raw.freshness(whole.replace("<div id='part-5'>", f"{box}<div id='part-5'>"), content) == "same"
    assert raw.freshness(whole.replace("<div id='part-5'>", f"{part}<div id='part-5'>"), content) == "unclear"


def test_what_is_new_in_hidden_text_that_is_read_is_new(raw: RawPage) -> None:
    whole = document(paragraphs(*ALL[:4]) + f"<div style='display:none'>{paragraphs(*ALL[4:])}</div>")
    content = extract(whole, URL).content
    assert raw.freshness(whole, content) == "same"
    assert raw.freshness(whole.replace("</div>", f"{NEW}</div>"), content) == "unclear"


@pytest.mark.parametrize("heading", ["h1", "h2"])
def test_a_page_in_a_form_has_its_marks(
    heading: str, reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    """As ASP.NET and JSF make them."""
    told = story(
        f"in-a-form-{heading}-{reader.name}", *((BRIDGE, COST.format(n), RUST, BUSES, MAYOR) for n in ("four", "nine"))
    )
    backend.tell(told)
    texts = "".join(f"<p>{text}</p>" for text in told.versions[-1].paragraphs)
    around = (
        f"<form method='post' action='story.aspx'><{heading}>{BRIDGE}</{heading}>{texts}<input name='search'></form>"
    )
    page = told.page()
    start, end = page.index("<article>"), page.index("</article>") + len("</article>")
    site.put(told.url, page[:start] + around + page[end:])
    reader.open(told.url)
    overlay.wait()
    assert overlay.words_marked() == ["nine"]


def _texts(html: str) -> tuple[str, ...]:
    return tuple(block.text for block in extract(html, URL).content.blocks)
