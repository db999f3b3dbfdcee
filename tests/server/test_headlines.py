"""Which heading is the article's: one that the page's titles speak of, else the one above the text."""

from __future__ import annotations

import pytest

from rowback.text.extract import extract

from .test_boxes import TEXTS, TITLE, URL

OTHER = "Nobody knows where the geese of the north bay went"
SLOGAN = "All that happens by the sea, each morning"
BODY = "".join(f"<p>{text}</p>" for text in TEXTS)


@pytest.mark.parametrize(
    ("title", "body", "headline"),
    [
        (TITLE, f"<article><h2>{TITLE}</h2>{BODY}</article><section><h1>{OTHER}</h1><p>Read on.</p></section>", TITLE),
        (TITLE, f"<article>{BODY}</article><section><h1>{OTHER}</h1><p>Read on.</p></section>", TITLE),
        (TITLE, f"<section><h1><a href='/geese'>{OTHER}</a></h1></section><article>{BODY}</article>", TITLE),
        (TITLE, f"<header><h1>{SLOGAN}</h1></header><article><h2>{TITLE}</h2>{BODY}</article>", TITLE),
        (TITLE, f"<article><h1>{OTHER}</h1>{BODY}</article>", OTHER),
        (TITLE, f"<header><h1>{OTHER}</h1></header><article>{BODY}</article>", OTHER),
        ("Harbour Echo", f"<article><h1>{OTHER}</h1>{BODY}</article>", OTHER),
        (
            "Staryy mayak perenesut ot obryva",
            f"<article><h1>Старый маяк перенесут от обрыва</h1>{BODY}</article>",
            "Старый маяк перенесут от обрыва",
        ),
        (
            f"{TITLE} | Harbour Echo",
            f"<article><h1>{TITLE}, says council</h1>{BODY}</article>",
            f"{TITLE}, says council",
        ),
    ],
    ids=[
        "another story below, the own headline is no h1",
        "another story below, and no headline",
        "a link to another story",
        "a slogan",
        "other words above the text",
        "other words in a header",
        "only the site's name",
        "another script",
        "more words than the title",
    ],
)
def test_the_headline_is_the_articles_own(title: str, body: str, headline: str) -> None:
    page = f"<!doctype html><html><title>{title}</title><body><nav><a href='/'>Home</a></nav>{body}</body></html>"
    assert extract(page, URL).content.title == headline


SECTION = "Science and environment"


@pytest.mark.parametrize("name", ["News", SECTION, "All the news from the harbours", "ニュース"])
@pytest.mark.parametrize(
    "above",
    [
        "<nav><ul><li><a href='/s'>{name}</a></li></ul></nav>",
        "<div class='menu'><a href='/s'>{name}</a></div>",
        "<div class='kicker'>{name}</div>",
        "<p class='crumb'>{name}</p>",
        "<header><span>{name}</span></header>",
        "<div><h2>{name}</h2></div>",
    ],
)
def test_a_sections_name_over_the_headline_is_none(above: str, name: str) -> None:
    body = f"{above.format(name=name)}<article><h1>{OTHER}</h1>{BODY}</article>"
    page = f"<!doctype html><html><title>{name} | Harbour Echo</title><body>{body}</body></html>"
    found = extract(page, URL).content
    assert found.title == OTHER
    assert OTHER not in [block.text for block in found.blocks], "and no block as well"


@pytest.mark.parametrize("name", ["News", SECTION])
def test_a_sections_name_below_the_headline_is_none(name: str) -> None:
    body = f"<article><h1>{OTHER}</h1><div class='label'>{name}</div>{BODY}</article>"
    page = f"<!doctype html><html><title>{name} | Harbour Echo</title><body>{body}</body></html>"
    assert extract(page, URL).content.title == OTHER
