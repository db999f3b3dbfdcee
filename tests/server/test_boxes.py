"""No name of a class or an id makes an article, or a paragraph of it, go away; and what boxes hold stays out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rowback.errors import NotAnArticle
from rowback.model import Reason
from rowback.text.choice.choose import Subject, choose
from rowback.text.choice.placing import place
from rowback.text.extract import extract
from rowback.text.furniture import COMMENTS, LABELS, NAMES, PAIRS, SLIDES
from rowback.text.page import parse
from rowback.text.pieces import fold, read_pieces

if TYPE_CHECKING:
    from collections.abc import Callable

URL = "https://www.harbour-echo.example/2026/10/29/old-lighthouse"
TITLE = "Old lighthouse to be moved away from the cliff"
TEXTS = (
    "The old lighthouse on the northern cape will be moved eighty metres inland, the parish council decided on Monday.",
    "Since the spring the edge of the cliff has come eleven metres closer, and the keeper's garden has fallen into the sea.",
    "“We could have let it go, and nobody would have blamed us,” said Greta Holm, who has led the council for six years.",
    "The tower is to be cut into four rings, which are then lifted on to lorries and put together again behind the church.",
    "A firm from the mainland that has moved two chapels will do the work, and asks three million crowns for it.",
    "Half of the money has been collected by the people of the cape, who baked and sang for it through two long winters.",
    "The lamp stays dark from the first of May, and ships are told to keep to the buoys until it is lit again in the autumn.",
    "What becomes of the keeper's house is not decided. It is too weak to be lifted, and too dear to many to be torn down.",
)
CAPTION = "The lighthouse in April, with what is left of the keeper's garden"
HEADING = "What the move will cost"
WORDS = sorted(NAMES | LABELS | SLIDES | set(PAIRS.values()) - {"amp-ad"})


def _page(body: str, before: str = "", after: str = "", article: str = "") -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} | Harbour Echo</title></head><body>'
        f"<nav><a href='/'>Home</a> <a href='/sea'>Sea</a></nav>{before}<main><article class='{article}'><h1>{TITLE}</h1>"
        f"{body}</article></main>{after}<footer><p>Harbour Echo, Pier Street 1. All rights.</p></footer></body></html>"
    )


def _each(texts: tuple[str, ...], tag: str = "p", name: str = "") -> str:
    return "".join(f"<{tag} class='{name}'>{text}</{tag}>" for text in texts)


def _in(texts: tuple[str, ...], tag: str = "div", name: str = "", more: str = "") -> str:
    return f"<{tag} class='{name}'>{more}{_each(texts)}</{tag}>"


SHAPES: dict[str, Callable[[str], str]] = {
    "every paragraph": lambda name: _each(TEXTS, name=name),
    "from the third paragraph on": lambda name: _each(TEXTS[:2]) + _each(TEXTS[2:], name=f"text {name}"),
    "one paragraph": lambda name: _each(TEXTS[:3]) + _each(TEXTS[3:4], name=name) + _each(TEXTS[4:]),
    "a box around each": lambda name: "".join(_in((text,), name=name) for text in TEXTS),
    "a box around each from the third on": lambda name: (
        _each(TEXTS[:2]) + "".join(_in((text,), name=name) for text in TEXTS[2:])
    ),
    "a box around half": lambda name: _each(TEXTS[:4]) + _in(TEXTS[4:], name=name),
    "a box around two in the middle": lambda name: _each(TEXTS[:3]) + _in(TEXTS[3:5], name=name) + _each(TEXTS[5:]),
    "a box around all": lambda name: _in(TEXTS, name=name),
    "a section with a heading": lambda name: _each(TEXTS[:4]) + _in(TEXTS[4:], "section", name, f"<h2>{HEADING}</h2>"),
    "an id made from a heading": lambda name: (
        _each(TEXTS[:4])
        + f"<section id='{name}-on-the-cape'><h2>{name.title()} on the cape</h2>{_each(TEXTS[4:])}</section>"
    ),
    "a modifier": lambda name: _each(TEXTS[:5]) + _in(TEXTS[5:7], name=f"text--has-{name}") + _each(TEXTS[7:]),
    "a heading": lambda name: _each(TEXTS[:4]) + f"<h2 id='{name}'>{HEADING}</h2>" + _each(TEXTS[4:]),
    "items of a list": lambda name: f"{_each(TEXTS[:4])}<ul>{_each(TEXTS[4:], 'li', name)}</ul>",
    "a picture": lambda name: (
        _each(TEXTS[:1]) + f"<figure class='{name}'><figcaption>{CAPTION}</figcaption></figure>" + _each(TEXTS[1:])
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_no_name_takes_paragraphs_out_of_an_article(shape: str) -> None:
    for name in WORDS:
        body = SHAPES[shape](name)
        wanted = [text for text in (CAPTION, HEADING, *TEXTS) if text in body]
        found = _texts(_page(body))
        assert [text for text in wanted if text not in found] == [], name


def test_boxes_of_many_names_around_a_paragraph_each_are_weighed_together() -> None:
    words = [name for name in WORDS if name not in SLIDES | COMMENTS]
    for n in range(len(words) - 6):
        body = "".join(_in((text,), name=name) for text, name in zip(TEXTS[1:7], words[n:], strict=False))
        found = _texts(_page(_each(TEXTS[:1]) + body + _each(TEXTS[7:])))
        assert [text for text in TEXTS if text not in found] == [], words[n : n + 6]


@pytest.mark.parametrize(
    "heading", ["Authors of the plan", "Related costs", "Comments from the mayor", "A menu for sailors"]
)
def test_a_section_called_as_its_heading_is_read(heading: str) -> None:
    name = heading.lower().replace(" ", "-")
    section = f"<section id='{name}'><h2>{heading}</h2>{_each(TEXTS[4:6])}</section>"
    found = _texts(_page(_each(TEXTS[:4]) + section + _each(TEXTS[6:])))
    assert [text for text in TEXTS if text not in found] == []


def test_the_name_of_the_whole_article_is_not_weighed() -> None:
    for name in WORDS:
        assert _texts(_page(_each(TEXTS), article=f"post {name}")) == list(TEXTS), name


@pytest.mark.parametrize(
    "box",
    [
        "<div class='newsletter'><p>Our letter comes each Friday, and it is read by everybody on the cape.</p></div>",
        "<div class='promo'><p>In our shop: the calendar of the cape, with twelve pictures of the sea at work.</p></div>",
        "<div class='share'><a href='/f'>Tell it on one network</a> <a href='/t'>or another</a></div>",
        "<ul class='related'><li><a href='/a'>Ferry to the cape sails again</a></li><li><a href='/b'>School</a></li></ul>",
        "<aside><p>The cape has three hundred people, two churches, one shop and more sheep than it can feed.</p></aside>",
        "<blockquote class='twitter-tweet'><p>We stood there and cried as the garden went over, all of us.</p></blockquote>",
        (
            "<ul class='slides'>"
            + "".join(f"<li>The cape in picture {n} of {9 * n}, as it was long before us.</li>" for n in range(3, 30))
            + "</ul>"
        ),
        "<p class='related'><a href='/c'>Read how the chapel of the next parish was moved ten years ago</a></p>",
    ],
    ids=["newsletter", "promotion", "share line", "links", "margin", "post", "slide show", "link in a paragraph"],
)
def test_what_boxes_hold_is_left_out(box: str) -> None:
    assert _texts(_page(_each(TEXTS[:4]) + box + _each(TEXTS[4:]))) == list(TEXTS)


def test_a_name_of_a_box_that_is_also_one_of_the_article_stays_one_where_it_holds_links() -> None:
    links = "<div class='share'><a href='/f'>Tell it on one network</a> <a href='/t'>or another</a></div>"
    assert _texts(_page(links + _in(TEXTS, name="share") + links)) == list(TEXTS)


def test_components_with_some_of_the_text_each_are_all_read() -> None:
    body = "".join(f"<div class='text'>{_in(TEXTS[n : n + 2], name='cmp-text')}</div>" for n in range(0, 8, 2))
    assert _texts(_page(body)) == list(TEXTS)


@pytest.mark.parametrize("name", ["story-slider", "js-lightbox-gallery", "swiper"])
def test_a_notice_beside_an_article_in_a_slider_is_not_the_article(name: str) -> None:
    notice = "<div><p>Copyright 2026 Harbour Echo. This copy is for you alone and may not be printed or sold.</p></div>"
    assert _texts(_page(_in(TEXTS, name=name), after=notice)) == list(TEXTS)


def test_a_carousel_of_other_texts_is_not_the_article_though_it_has_more_words() -> None:
    slides = "".join(
        f"<div class='swiper-slide'>With sorrow we say that neighbour {n} has died after a long and good life, and that the "
        f"church bell will ring on day {n}. The family asks for no flowers, but thanks all who came and wrote to them.</div>"
        for n in range(1, 30)
    )
    carousel = f"<div class='grief'><div class='swiper-container'>{slides}</div></div>"
    assert _texts(_page(_each(TEXTS[:3]), after=carousel)) == list(TEXTS[:3])


@pytest.mark.parametrize(
    "banner",
    [
        "<p>We and those we work with keep small files on your device, and read them, so that we know what you like.</p>",
        "<h2>Welcome</h2><p>With an account of your own you can write to us and keep what you want to read again.</p>",
    ],
)
@pytest.mark.parametrize("place", ["before", "after"])
def test_a_banner_far_from_the_article_is_not_of_it(banner: str, place: str) -> None:
    standfirst = "<p>The parish saves its tower, and asks the sea for patience</p>"
    head = f"<header>{standfirst}</header>"
    links = "".join(f"<li><a href='/{n}'>Harbour {n}</a></li>" for n in range(12))
    far = (
        f"<div class='x1f'>{banner}</div><ul>{links}</ul>"
        if place == "before"
        else f"<ul>{links}</ul><div class='x1f'>{banner}</div>"
    )
    found = _texts(_page(head + _each(TEXTS), **{place: far}))
    assert [text for text in found if text in TEXTS] == list(TEXTS)
    assert len(found) <= len(TEXTS) + 1


def test_a_second_half_in_another_part_of_the_page_is_kept() -> None:
    whole = _page(_each(TEXTS[:5]), after=f"<div>{_each(TEXTS[5:])}</div>")
    for tag in ("main", "article class=''", "article"):
        whole = whole.replace(f"<{tag}>", "<div>").replace(f"</{tag}>", "</div>")
    assert _texts(whole) == list(TEXTS)


@pytest.mark.parametrize(
    "body",
    [
        "<div id='app'></div>",
        "<div id='app'><p>Loading …</p></div>",
        "<footer><p>The Harbour Echo comes from Pier Street, six times a week, and has done so since 1911.</p></footer>",
        "<aside><a href='/a'>Ferry to the cape sails again</a> <a href='/b'>A school closes</a></aside>",
    ],
)
def test_a_page_that_is_all_menu_shows_its_article_to_browsers(body: str) -> None:
    with pytest.raises(NotAnArticle) as refused:
        extract(_page(body, before="<header><nav><a href='/'>Home</a> <a href='/n'>News</a></nav></header>"), URL)
    assert refused.value.reason is Reason.SCRIPTS


def test_cards_of_other_stories_are_left_out() -> None:
    cards = "".join(
        f"<div class='i{n}'><h4><span>Opinion</span> <a href='/2026/10/{n}/a-story'>The unloved bridge, part {n}</a></h4>"
        f"<p>Our columnist on the {n} bridges of the bay, and on what they cost.</p></div>"
        for n in range(3, 6)
    )
    for body in (
        f"{_each(TEXTS)}<h2>Other columns</h2>{cards}",
        f"{_each(TEXTS[:4])}<div>{cards}</div>{_each(TEXTS[4:])}",
    ):
        assert _texts(_page(body)) == list(TEXTS)


def test_things_with_a_link_each_are_the_article_where_they_are_most_of_it() -> None:
    items = "".join(
        f"<div><h3><a href='https://inn.example/{n}'>The inn at bay number {n}</a></h3><p>{TEXTS[n]}</p></div>"
        for n in range(6)
    )
    found = _texts(_page(_each(TEXTS[6:]) + items))
    assert [text for text in TEXTS if text not in found] == []
    assert "The inn at bay number 3" in found


def test_lines_of_links_below_the_last_sentence_are_left_out() -> None:
    lines = "<p><a href='/a'>Ferry to the cape sails again</a></p><p><a href='/b'>A school closes after ninety years</a></p>"
    assert _texts(_page(_each(TEXTS) + lines)) == list(TEXTS)
    assert _texts(_page(_each(TEXTS[:4]) + lines + _each(TEXTS[4:]))) != list(TEXTS)


def test_what_a_page_tells_programs_is_left_out() -> None:
    told = (
        "<div itemprop='dateModified'>2026-10-29T08:57:45+01:00</div><div itemprop='keywords'>tower,cape,sea walls</div>"
        "<div itemprop='image' itemscope><div itemprop='url'>https://img.example/tower.jpg</div></div>"
    )
    picture = f"<figure itemprop='image'><figcaption>{CAPTION}</figcaption></figure>"
    assert _texts(_page(_each(TEXTS) + told + picture)) == [*TEXTS, CAPTION]


def test_a_text_of_which_something_was_left_out_is_placed_piece_by_piece() -> None:
    pieces = read_pieces(parse(_page(_each(TEXTS[:4]) + "<p>Menu of the day</p>" + _each(TEXTS[4:]))))
    with_holes = " ".join(TEXTS[:2]) + "Buy a ticket here, please. " + TEXTS[4][:80]
    found = place(pieces, [TITLE, TEXTS[7], with_holes], fold(TITLE))
    assert [piece.text for n, piece in enumerate(pieces) if n in found] == [TITLE, *TEXTS[:2], TEXTS[4], TEXTS[7]]


def test_a_whole_page_in_one_line_gives_its_sentences() -> None:
    page = _page(_each(TEXTS[:4]) + "<p>By Anna Lind and others of the Harbour Echo</p>" + _each(TEXTS[4:]))
    pieces = read_pieces(parse(page))
    line = " ".join(piece.text for piece in pieces if piece.text != TEXTS[6])
    found = place(pieces, [line], fold(TITLE))
    assert [piece.text for n, piece in enumerate(pieces) if n in found and piece.text in TEXTS] == [
        *TEXTS[:6],
        TEXTS[7],
    ]
    assert all("Anna Lind" not in pieces[n].text for n in found)


def _texts(page: str) -> list[str]:
    return [block.text for block in extract(page, URL).content.blocks]


def _with_twins(middle: str = "", side: str = "") -> str:
    """A page whose text is read twice over, as it is where trafilatura takes the whole page for want of better."""
    menus = "".join(f"<div class='s{n}'><p>Harbour, item {n}</p></div>" for n in range(12))
    return (
        f"<html><head><title>{TITLE}</title></head><body><div id='all'><h1>{TITLE}</h1><div id='both'><div id='left'>"
        f"<p>{TEXTS[0]}</p>{middle}{''.join(f'<p>{text}</p>' for text in TEXTS[1:])}</div>"
        f"<div id='right'>{menus}{side}{menus}</div></div></div></body></html>"
    )


def _placed(html: str, *read: str) -> list[str]:
    return [piece.text for piece in choose(read_pieces(parse(html)), read, Subject(TITLE, ()))]


@pytest.mark.parametrize("n", range(3))
def test_a_text_that_a_box_far_off_repeats_is_read_once(n: int) -> None:
    html = _with_twins(side=f"<div class='pick'><p>{TEXTS[n]}</p></div>")
    assert _placed(html, *TEXTS, TEXTS[n]) == list(TEXTS)


def test_a_text_that_the_article_itself_repeats_stays() -> None:
    assert _placed(_with_twins(f"<p>{TEXTS[2]}</p>"), *TEXTS, TEXTS[2]).count(TEXTS[2]) == 2


def test_a_lone_text_far_off_stays_where_it_is_the_only_one() -> None:
    own = "The board will meet a last time in the spring, and then the line will be no more than a name."
    assert own in _placed(_with_twins(side=f"<div class='pick'><p>{own}</p></div>"), *TEXTS, own)


@pytest.mark.parametrize("tag", ["section", "div", "article"])
def test_parts_with_ids_made_of_their_headings_are_read(tag: str) -> None:
    headings = (
        *("Comments from the mayor", "Related costs of the move", "What the newsletter did not say"),
        *("Share of the council", "Topics for the next meeting", "Cookies for the helpers", "Social life on the cape"),
    )
    parts = "".join(
        f"<{tag} id='{heading.lower().replace(' ', '-')}'><h2>{heading}</h2><p>{text}</p></{tag}>"
        for heading, text in zip(headings, TEXTS[1:], strict=True)
    )
    found = [block.text for block in extract(_page(f"<p>{TEXTS[0]}</p>{parts}"), URL).content.blocks]
    assert found == [TEXTS[0], *(each for pair in zip(headings, TEXTS[1:], strict=True) for each in pair)]
