"""The pages about sources in real browsers: gone through by keyboard, fit to read in every look and language."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from .cases import BUSES, COST, RUST, TITLE, story
from .deadline import until
from .looks import LOOKS, TELEPHONE, asked, looking, tab_to
from .test_accessibility import violations
from .test_pages import CUT
from .test_pages_small import COARSE, FINE, SMALL

if TYPE_CHECKING:
    from collections.abc import Callable

    from .backend import Backend
    from .reader import Reader

TOLD = (
    story("looked-at", *((TITLE, COST.format(figure), RUST, BUSES) for figure in ("four", "nine", "twelve"))),
    story("looked-at-once", (TITLE, COST.format("four"))),
)
SITE, ONCE = (urlsplit(each.url).netloc for each in TOLD)
PAGES = {
    "sources": "/sources",
    "source": f"/sources/{SITE}",
    "source-once": f"/sources/{ONCE}",
    "source-empty": f"/sources/{SITE}?from=2001-01-01&to=2001-01-31",
    "source-articles": f"/sources/{SITE}/articles?which=edited",
}
UNFOLD = "() => document.querySelectorAll('main details').forEach((each) => { each.open = true; })"


@pytest.fixture(scope="module", autouse=True)
def _signed_in(connected: Reader, backend: Backend) -> None:
    connected.open(backend.sign_in_link())
    for each in TOLD:
        backend.tell(each)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("look", LOOKS)
def test_it_is_readable_in_every_look(
    page: str, look: str, reader: Reader, backend: Backend, snap: Callable[[Reader, str], None]
) -> None:
    with looking(reader, backend.url + PAGES[page], look):
        reader.run_in_page(UNFOLD)
        snap(reader, f"{page}-{look}")
        assert reader.run_in_page(CUT) == []
        assert not reader.ask("overflows")
        assert reader.run_in_page(SMALL, COARSE if look == TELEPHONE else FINE) == []
        assert violations(reader, "html") == []


def test_the_keyboard_leads_from_all_sources_to_what_a_number_counts(reader: Reader, backend: Backend) -> None:
    reader.open(f"{backend.url}/sources")
    tab_to(reader, f"th a[href$='/sources/{SITE}']")
    reader.press("Enter")
    until(lambda: urlsplit(reader.address()).path == f"/sources/{SITE}", "the page of the source")
    until(lambda: asked(reader, "() => document.readyState === 'complete'"), "the whole page")
    tab_to(reader, "details.told > summary")
    reader.press("Enter")
    assert reader.run_in_page("() => document.activeElement.parentNode.open")
    tab_to(reader, "details.told td a")
    day = reader.run_in_page("() => new URL(document.activeElement.href).searchParams.get('from')")
    steps = int(reader.run_in_page("() => document.activeElement.textContent"))
    reader.press("Enter")
    until(lambda: "from" in parse_qs(urlsplit(reader.address()).query), "the list of that day")
    assert parse_qs(urlsplit(reader.address()).query) == {"source": [SITE], "from": [day], "to": [day]}
    until(
        lambda: len(asked(reader, "() => [...document.querySelectorAll('li.step')].map(String)") or []) == steps, "all"
    )


def test_a_period_is_chosen_by_the_keyboard(reader: Reader, backend: Backend) -> None:
    reader.open(f"{backend.url}/sources/{SITE}")
    tab_to(reader, "nav.jumps a[href*='from=']")
    reader.press("Enter")
    until(lambda: {"from", "to"} <= parse_qs(urlsplit(reader.address()).query).keys(), "the last days")
    until(lambda: asked(reader, "() => document.querySelector('details.filters').open"), "the form, with the days")
    start = "() => document.querySelector('#from').value"
    assert parse_qs(urlsplit(reader.address()).query)["from"] == [reader.run_in_page(start)]
    assert reader.run_in_page("() => document.querySelectorAll('dl.numbers > div').length") == 8


def test_pictures_say_what_their_tables_say(reader: Reader, backend: Backend) -> None:
    reader.open(f"{backend.url}/sources/{SITE}")
    reader.run_in_page(UNFOLD)
    for picture in ("section[aria-labelledby=days] svg", "section[aria-labelledby=week] svg"):
        role, name = reader.accessible(picture)
        assert role in ("img", "image", "graphic")
        assert "the table has the same" in name
    cells = "() => [...document.querySelectorAll('table.week td')].map((cell) => Number(cell.textContent))"
    assert sum(reader.run_in_page(cells)) == len(TOLD[0].versions) - 1
