"""A page that only leads its reader on is no article; one that is read again after a while is."""

from __future__ import annotations

import pytest

from rowback.errors import NotAnArticle
from rowback.model import Reason
from rowback.text.extract import extract

from .samples import PARAGRAPHS, page

SHORT = ("You are on your way to the front page of this newspaper.",)


def _refresh(content: str, name: str = "refresh") -> str:
    return f'<meta http-equiv="{name}" content="{content}">'


@pytest.mark.parametrize(
    "head",
    [
        _refresh("0; url=/"),
        _refresh("0;URL='https://echo.example/'"),
        _refresh("5, url=/"),
        _refresh("; url=/"),
        _refresh("1.5 /front"),
        _refresh("0;url=/", "REFRESH"),
    ],
)
def test_what_leads_on_at_once_is_no_article(head: str) -> None:
    with pytest.raises(NotAnArticle, match="only leads on") as caught:
        extract(page(SHORT, head=head))
    assert caught.value.reason is Reason.ANOTHER


@pytest.mark.parametrize(
    "head",
    [
        "",
        _refresh("300"),
        _refresh("0"),
        _refresh("600; url=/news"),
        _refresh(""),
        _refresh("url=/"),
        f"<noscript>{_refresh('0; url=/plain')}</noscript>",
        '<meta name="refresh" content="0; url=/">',
    ],
)
def test_a_short_text_that_stays_on_the_screen_is_read(head: str) -> None:
    assert extract(page(SHORT, head=head)).content.blocks[-1].text == SHORT[0]


def test_a_long_text_is_read_wherever_its_page_leads() -> None:
    found = extract(page([*PARAGRAPHS, *PARAGRAPHS[::-1]], head=_refresh("0; url=/")))
    assert found.content.blocks[0].text == PARAGRAPHS[0]
