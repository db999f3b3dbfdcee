"""A standfirst is a block before and after it is edited, whatever the page says of itself; a site's date never is one."""

from __future__ import annotations

import pytest

from rowback.text.choice.standfirst import standfirsts
from rowback.text.extract import extract
from rowback.text.page import parse
from rowback.text.pieces import read_pieces

from .test_boxes import TEXTS, TITLE, URL

OLD = "The tower goes eighty metres inland, at a price of three million crowns"
NEW = "The tower goes ninety metres inland, at a price of four million crowns"
OTHER = "A decision of the parish council, and what it means for ships"
PLACES = {
    "under the headline": "{h1}<p>{standfirst}</p><p class='by'>By Anna Lind</p>",
    "a heading": "{h1}<h2>{standfirst}</h2><p class='by'>By Anna Lind</p>",
    "in a box of its own": "<header><div>{h1}</div><div class='x7'><p>{standfirst}</p></div></header>",
    "below a picture": "{h1}<figure><figcaption>The tower on the day of the vote</figcaption></figure><h3>{standfirst}</h3>",
    "two sentences": "{h1}<p>{standfirst}. Half of it has been collected.</p>",
    "below a label": "{h1}<p>Politics</p><p>{standfirst}</p>",
}
# Where other lines stand between the two it is known by what the page says it is about, or by its name.
LOW = {
    "below the byline": "{h1}<p>By Anna Lind, on the northern cape</p><p>{standfirst}</p>",
    "by its name": "{h1}<p>By Anna Lind, on the northern cape</p><p class='article-dek'>{standfirst}</p>",
}


def _page(top: str, standfirst: str, description: str) -> str:
    body = "".join(f"<p>{text}</p>" for text in TEXTS)
    told = f"<meta name='description' content='{description}'>" if description else ""
    above = top.format(h1=f"<h1>{TITLE}</h1>", standfirst=standfirst)
    return (
        f"<!doctype html><html lang='en'><head><title>{TITLE}</title>{told}</head><body><nav><a href='/'>Home</a></nav>"
        f"<div class='today'>Monday 4 May 2026</div><main><article>{above}<div class='body'>{body}</div></article></main>"
        "<footer><p>Harbour Echo, Pier Street 1</p></footer></body></html>"
    )


@pytest.mark.parametrize("description", [OLD, NEW, f"{OLD}. {TEXTS[0]}", OTHER, TEXTS[0], ""])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("standfirst", [OLD, NEW])
def test_a_standfirst_is_a_block_whatever_the_page_says_it_is_about(
    place: str, standfirst: str, description: str
) -> None:
    texts = _texts(_page(PLACES[place], standfirst, description))
    assert any(text.startswith(standfirst) for text in texts)
    assert texts[-len(TEXTS) :] == list(TEXTS)


@pytest.mark.parametrize("description", [OLD, NEW, f"{OLD}. {TEXTS[0]}"])
@pytest.mark.parametrize("place", LOW)
@pytest.mark.parametrize("standfirst", [OLD, NEW])
def test_a_standfirst_further_down_is_known_by_its_name_or_by_what_it_says(
    place: str, standfirst: str, description: str
) -> None:
    assert standfirst in _texts(_page(LOW[place], standfirst, description))


@pytest.mark.parametrize(
    "line",
    [
        "By Anna Lind, on the northern cape",
        "Anna Lind and Peter Holm in Northquay",
        "Published on 4 May 2026 at 10:15",
        "Harbour Echo, 4 May 2026, page 3 of the local part",
    ],
)
def test_a_byline_is_no_standfirst(line: str) -> None:
    pieces = read_pieces(parse(_page(f"{{h1}}<p>{line}</p>", "", "")))
    top = next(n for n, piece in enumerate(pieces) if piece.text == TITLE)
    assert pieces[top + 1].text == line
    assert standfirsts(pieces, (top, top + 2), [], set()) == set()


def test_the_date_of_today_above_the_headline_is_no_block() -> None:
    for today in ("Monday 4 May 2026", "Lunes, 4 de mayo de 2026", "Edition of the north"):
        page = _page("{h1}<p>{standfirst}</p>", OLD, "").replace("Monday 4 May 2026", today)
        page = page.replace("<main><article>", f"<main><article><p>{today}</p>")
        assert today not in _texts(page)


def _texts(page: str) -> list[str]:
    return [block.text for block in extract(page, URL).content.blocks]
