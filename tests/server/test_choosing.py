"""What is chosen among a page's pieces where it is given what trafilatura took of them."""

from __future__ import annotations

import pytest

from rowback.text.choice.choose import Subject, choose
from rowback.text.choice.parts import is_for_programs
from rowback.text.choice.standfirst import standfirsts
from rowback.text.furniture import LABELS, NAMES
from rowback.text.page import parse
from rowback.text.pieces import read_pieces

from .test_boxes import TEXTS, TITLE
from .test_standfirsts import NEW, OLD, OTHER, PLACES

BODY = "".join(f"<p>{text}</p>" for text in TEXTS)
FAR = "We and those we work with keep small files on your device, and read them, so that we know what you like to read."
LINKS = "".join(f"<li><a href='/{n}'>Harbour {n}</a></li>" for n in range(12))


def _chosen(body: str, *taken: str, about: str = "") -> list[str]:
    """The texts chosen in a page of which trafilatura took those and all of `TEXTS` that are in it."""
    pieces = read_pieces(parse(f"<!doctype html><html><body>{body}</body></html>"))
    here = [piece.text for piece in pieces]
    read = [text for text in here if text in TEXTS or text in taken]
    return [piece.text for piece in choose(pieces, read, Subject(TITLE, (about,) if about else ()))]


@pytest.mark.parametrize("place", ["{far}{links}{article}", "{article}{links}{far}"])
def test_a_banner_that_was_taken_is_no_block_and_hides_no_standfirst(place: str) -> None:
    article = f"<main><article><h1>{TITLE}</h1><p>{OLD}</p><div>{BODY}</div></article></main>"
    page = place.format(far=f"<div><p>{FAR}</p></div>", links=f"<nav><ul>{LINKS}</ul></nav>", article=article)
    assert _chosen(page, FAR) == [OLD, *TEXTS]


def test_a_part_of_the_article_right_below_it_is_not_far() -> None:
    halves = [f"<div>{''.join(f'<p>{text}</p>' for text in part)}</div>" for part in (TEXTS[:5], TEXTS[5:])]
    assert _chosen(f"<div><h1>{TITLE}</h1>{halves[0]}</div>{halves[1]}") == list(TEXTS)


def test_components_like_the_one_that_was_taken_are_read() -> None:
    more = (
        "The keeper is said to be glad of it, and so are both of his daughters.",
        "The bell of the church rang for a whole hour after that.",
    )
    parts = [f"<div class='text'><div><p>{text}</p></div></div>" for text in (*TEXTS[:3], *more)]
    assert _chosen(f"<main><h1>{TITLE}</h1>{''.join(parts)}</main>") == [*TEXTS[:3], *more]


def test_a_date_above_the_headline_is_no_block_though_it_was_taken() -> None:
    assert _chosen(f"<article><p>Monday 4 May 2026</p><h1>{TITLE}</h1>{BODY}</article>", "Monday 4 May 2026") == list(
        TEXTS
    )


@pytest.mark.parametrize("description", [OLD, NEW, OTHER, ""])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("standfirst", [OLD, NEW])
def test_a_standfirst_that_was_not_taken_is_known_by_its_place(place: str, standfirst: str, description: str) -> None:
    above = PLACES[place].format(h1=f"<h1>{TITLE}</h1>", standfirst=standfirst)
    found = _chosen(f"<main><article>{above}<div>{BODY}</div></article></main>", about=description)
    assert any(text.startswith(standfirst) for text in found)


@pytest.mark.parametrize("description", [OLD, NEW])
@pytest.mark.parametrize("standfirst", [OLD, NEW])
def test_a_standfirst_below_the_byline_is_known_by_being_like_the_description(
    standfirst: str, description: str
) -> None:
    page = f"<article><h1>{TITLE}</h1><p>By Anna Lind, on the northern cape</p><p>{standfirst}</p><p>x</p></article>"
    pieces = read_pieces(parse(page))
    places = {text: n for n, text in enumerate(piece.text for piece in pieces)}
    assert standfirsts(pieces, (places[TITLE], places["x"]), [description], set()) == {places[standfirst]}
    assert standfirsts(pieces, (places[TITLE], places["x"]), [OTHER], set()) == set()


def test_a_sentence_in_a_box_of_links_and_labels_is_the_articles() -> None:
    for name in sorted(LABELS):
        body = BODY.replace(f"<p>{TEXTS[3]}</p>", f"<div class='{name}'><p>{TEXTS[3]}</p></div>")
        assert _chosen(f"<article><h1>{TITLE}</h1>{body}</article>") == list(TEXTS), name


def test_boxes_of_one_name_with_more_than_a_paragraph_each_are_weighed_together() -> None:
    for name in sorted(NAMES):
        boxes = "".join(f"<div class='{name}'><h3>Part {n}</h3><p>{TEXTS[n]}</p></div>" for n in range(4, 8))
        first = "".join(f"<p>{text}</p>" for text in TEXTS[:4])
        found = _chosen(f"<article><h1>{TITLE}</h1>{first}{boxes}</article>")
        assert [text for text in TEXTS if text not in found] == [], name


def test_a_few_paragraphs_of_a_long_article_beside_each_other_are_no_box() -> None:
    long = "".join(
        f"<p>On day {n} of the work nothing of note was seen, as the keeper's book says.</p>" for n in range(40)
    )
    taken = [f"On day {n} of the work nothing of note was seen, as the keeper's book says." for n in range(40)]
    body = f"{long}<div class='promo'>{''.join(f'<p>{text}</p>' for text in TEXTS[:3])}</div>"
    assert _chosen(f"<article><h1>{TITLE}</h1>{body}</article>", *taken) == [*taken, *TEXTS[:3]]


@pytest.mark.parametrize("name", ["text has-promo", "text--no-newsletter", "textWithComments"])
def test_what_an_element_has_or_has_not_is_not_what_it_is(name: str) -> None:
    body = BODY.replace(f"<p>{TEXTS[3]}</p>", f"<div class='{name}'><p>{TEXTS[3]}</p></div>")
    assert _chosen(f"<article><h1>{TITLE}</h1>{body}</article>") == list(TEXTS)
    assert _chosen(f"<article><h1>{TITLE}</h1>{body.replace(name, 'promo')}</article>") != list(TEXTS)


def test_an_id_that_is_the_heading_below_it_is_no_name() -> None:
    box = f"<div id='{{}}'><h3>Related costs</h3><p>{TEXTS[3]}</p></div>"
    body = BODY.replace(f"<p>{TEXTS[3]}</p>", box)
    assert TEXTS[3] in _chosen(f"<article><h1>{TITLE}</h1>{body.format('related-costs')}</article>")
    assert TEXTS[3] not in _chosen(f"<article><h1>{TITLE}</h1>{body.format('related')}</article>")


def test_a_line_of_links_is_furniture_by_its_own_name() -> None:
    line = "<p class='topics'>Topics: <a href='/a'>the sea and its towers</a> and more</p>"
    assert "Topics: the sea and its towers and more" not in _chosen(f"<article><h1>{TITLE}</h1>{BODY}{line}</article>")
    assert "Topics: the sea and its towers and more" in _chosen(
        f"<article><h1>{TITLE}</h1>{BODY}{line.replace('topics', '')}</article>"
    )


def test_what_is_dropped_is_never_more_than_what_is_kept() -> None:
    """Boxes, and what stands far, may together be most of what was taken."""
    first = "".join(f"<p>{text}</p>" for text in TEXTS[:3])
    promo = f"<div class='promo'><p>{TEXTS[3]}</p></div>"
    rest = f"<div>{''.join(f'<p>{text}</p>' for text in TEXTS[4:7])}</div>"
    page = f"<div><article><h1>{TITLE}</h1>{first}{promo}</article></div><nav><ul>{LINKS}</ul></nav>{rest}"
    assert _chosen(page) == list(TEXTS[:7])


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<div itemprop='dateModified'>2026-10-29T08:57:45+01:00</div>", True),
        ("<div itemprop='keywords'>tower, cape, sea walls</div>", True),
        ("<div itemprop='image'><div itemprop='url'>https://img.example/tower.jpg</div></div>", True),
        ("<figure itemprop='image'><figcaption>Lighthouse</figcaption></figure>", False),
        ("<div itemprop='articleBody'>Tower</div>", False),
        (f"<div itemprop='publisher'>{TEXTS[0]}</div>", False),
    ],
)
def test_microdata_is_told_from_text(html: str, told: bool) -> None:
    assert is_for_programs(read_pieces(parse(html))[0]) is told


def test_microdata_among_the_paragraphs_is_no_block() -> None:
    told = "<div itemprop='keywords'><p>tower, cape, sea walls</p></div>"
    body = BODY.replace(f"<p>{TEXTS[3]}</p>", f"{told}<p>{TEXTS[3]}</p>")
    assert _chosen(f"<article><h1>{TITLE}</h1>{body}</article>", "tower, cape, sea walls") == list(TEXTS)
