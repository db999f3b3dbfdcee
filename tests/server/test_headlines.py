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
