"""The backend's own pages in real browsers: readable in every theme, width and medium, by keyboard, without scripts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from .cases import BUSES, CASES, COST, GONE_MARKUP, MAYOR, NEW_MARKUP, RUST, TITLE, story
from .deadline import until
from .reader import WINDOW
from .test_accessibility import violations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .backend import Backend
    from .reader import Reader
    from .story import Story

    Addresses = dict[str, str]

NARROW = (360, 800)  # a telephone
HALF = (WINDOW[0] // 2, WINDOW[1] // 2)  # what is left of a window at twice the size
LONG_WORD = "Landungsbrückenpfeilerschutzanstrich" * 6
EDITED = story(
    "pages",
    (TITLE, COST.format("four"), RUST, f"{BUSES} {MAYOR}", "Walkers may cross until dusk, as they always could."),
    (TITLE, COST.format("nine"), RUST, BUSES, MAYOR, "Walkers may cross until dusk, as they always could."),
    ("Council opens the old harbour bridge", RUST, BUSES, MAYOR, "Walkers may cross until dusk.", COST.format("nine")),
)
OFTEN = story("often", *((TITLE, COST.format(n), RUST, BUSES) for n in range(4, 34)))  # more steps than a pager shows
PARAGRAPHS = tuple(f"At kilometre {n} the walkers were given tea, and a stamp in their books." for n in range(90))
LONG = story("long-pages", (TITLE, *PARAGRAPHS), (TITLE, *PARAGRAPHS[1:], PARAGRAPHS[0]))
HIDDEN = story("hidden-pages", (TITLE, COST.format("four")), (TITLE, COST.format("nine")))
HOSTILE = story("hostile-pages", (GONE_MARKUP, GONE_MARKUP, RUST), (NEW_MARKUP, NEW_MARKUP, RUST, LONG_WORD))
ARABIC = next(case.story for case in CASES if case.story.lang == "ar")
PAGES = (
    "front",
    "filtered",
    "nothing",
    "articles",
    "article",
    "often",
    "diff",
    "inline",
    "moved",
    "step",
    "long",
    "version",
    "search",
    "edits",
    "unknown",
    "error",
    "gone",
    "status",
    "access",
    "pair",
    "about",
    "new",
    "login",
    "hostile",
    "hostile article",
    "rtl",
    "rtl article",
    "rtl version",
)
# What a page is looked at in, and by which of a reader's powers.
LOOKS: dict[str, Callable[[Reader, bool], None]] = {
    "light": lambda reader, _: reader.dark(False),
    "dark": lambda reader, on: reader.dark(on),
    "own colours": lambda reader, on: reader.own_colours(on),
    "half": lambda reader, on: reader.resize(*(HALF if on else WINDOW)),
    "narrow": lambda reader, on: reader.resize(*(NARROW if on else WINDOW)),
    "paper": lambda reader, on: reader.on_paper(on),
}
# What reaches beyond the page's sides, or holds more than it shows. A field may hold more: it is made for that.
CUT = """() => {
  const width = document.documentElement.clientWidth;
  const holdsMore = (node) => node instanceof HTMLElement && !node.matches("input, select")
    && getComputedStyle(node).overflowX !== "visible" && node.scrollWidth > node.clientWidth + 1;
  const reachesOut = ({ left, right }) => right > left && (left < -1 || right > width + 1);
  return Array.from(document.body.querySelectorAll("*"))
    .filter((node) => node.checkVisibility() && !node.closest(".hidden, .skip, svg *"))
    .filter((node) => holdsMore(node) || reachesOut(node.getBoundingClientRect()))
    .map((node) => node.outerHTML.slice(0, 80));
}"""
SHOWN = "(css) => [...document.querySelectorAll(css)].some((node) => node.getClientRects().length > 0)"


@pytest.fixture(scope="module")
def addresses(backend: Backend) -> Iterator[Addresses]:
    """The pages under test, by name."""
    pages = {}
    stories = {
        "article": EDITED,
        "hostile article": HOSTILE,
        "rtl article": ARABIC,
        "often": OFTEN,
        "long": LONG,
        "gone": HIDDEN,
    }
    for name, told in stories.items():
        backend.tell(told)
        pages[name] = f"/articles/{_article(backend, told)}"
    backend.api("PUT", f"/api/v1{pages['gone']}/hidden", {"reason": "A court in Ostrey forbids it."})
    article = pages["article"]
    yield pages | {
        "front": "/",
        "filtered": "/?substance=1&label=figure&unannounced=1",
        "nothing": "/?source=nowhere.example&headline=1",
        "articles": "/articles",
        "diff": f"{article}/diff/0/1",
        "inline": f"{article}/diff/0/2?view=inline",
        "moved": f"{article}/diff/1/2",
        "step": f"{pages['often']}/diff/14/15",
        "long": f"{pages['long']}/diff/0/1",
        "gone": f"{pages['gone']}/diff/0/1",
        "version": f"{article}/versions/0",
        "search": "/search?q=council",
        "edits": "/search?q=removed:four",
        "unknown": "/find?url=https%3A%2F%2Fnowhere.lantern-post.test%2Fa",
        "error": "/articles/99999",
        "status": "/status",
        "access": "/access",
        "pair": "/pair",
        "about": "/about",
        "new": "/new",
        "login": "/login",
        "hostile": f"{pages['hostile article']}/diff/0/1",
        "rtl": f"{pages['rtl article']}/diff/0/1",
        "rtl version": f"{pages['rtl article']}/versions/0",
    }
    backend.api("DELETE", f"/api/v1{pages['gone']}/hidden")  # the other browser's turn finds it as it was


def _article(backend: Backend, told: Story) -> int:
    return int(backend.edits(told.url)["article"]["id"])


@pytest.fixture(scope="module", autouse=True)
def _signed_in(connected: Reader, backend: Backend) -> None:
    connected.open(backend.sign_in_link())
    backend.api("POST", "/api/v1/pair", {"name": "Rowback in Firefox on Linux"})


@pytest.fixture
def go(reader: Reader, backend: Backend, addresses: Addresses) -> Callable[[str], None]:
    """Opens a page by its name."""
    # A page that is not there is what is asked for; some browsers note it in their console.
    reader.provoked |= {"404", "NOT FOUND", "410", "GONE"}
    return lambda name: reader.open(backend.url + addresses[name])


@pytest.fixture
def on_paper(reader: Reader) -> Iterator[Callable[[], None]]:
    """To be called after the visit: browsers forget it when they change processes."""
    yield lambda: reader.on_paper(True)
    reader.on_paper(False)


@pytest.fixture
def narrow(reader: Reader) -> Iterator[None]:
    reader.resize(*NARROW)
    yield
    reader.resize(*WINDOW)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_whole_and_fit_for_everyone_however_it_is_looked_at(
    page: str, go: Callable[[str], None], reader: Reader, snap: Callable[[Reader, str], None]
) -> None:
    go(page)
    assert not reader.run_in_page(SHOWN, "script")
    assert faults(reader, f"page-{page}", snap) == {}


def faults(reader: Reader, name: str, snap: Callable[[Reader, str], None]) -> dict[str, list[object]]:
    """What is wrong with the page that is open, by the look that it has there."""
    found = {}
    for look, put in LOOKS.items():
        put(reader, True)
        try:
            if look != "half":
                snap(reader, f"{name}-{look}".replace(" ", "-"))
            sideways = ["needs sideways scrolling"] if reader.ask("overflows") else []
            found[look] = [*violations(reader, "html"), *reader.run_in_page(CUT), *sideways]
        finally:
            put(reader, False)
    return {look: wrong for look, wrong in found.items() if wrong}


def test_a_backend_without_articles_says_how_to_begin(
    own_backend: Backend, reader: Reader, snap: Callable[[Reader, str], None]
) -> None:
    own_backend.start()
    reader.open(own_backend.sign_in_link())
    assert "five ways to begin" in str(reader.ask("text", "main"))
    assert faults(reader, "page-empty", snap) == {}


def test_a_narrow_window_shows_changes_in_one_text(narrow: None, go: Callable[[str], None], reader: Reader) -> None:
    go("diff")
    assert reader.run_in_page(SHOWN, "#p1 .both del")
    assert reader.run_in_page(SHOWN, "#p1 .both ins")
    assert not reader.run_in_page(SHOWN, "#p1 .cell")


@pytest.mark.parametrize("page", ["front", "article", "diff", "version"])
def test_paper_holds_the_text_its_address_and_no_controls(
    page: str, go: Callable[[str], None], reader: Reader, on_paper: Callable[[], None]
) -> None:
    go(page)
    on_paper()
    assert reader.run_in_page(SHOWN, "main h1")
    assert not reader.run_in_page(SHOWN, "nav, button, input, select")
    assert reader.address() in str(reader.ask("text", ".printed"))


def test_paper_holds_both_columns(go: Callable[[str], None], reader: Reader, on_paper: Callable[[], None]) -> None:
    go("diff")
    reader.resize(650, WINDOW[1])  # a sheet of A4 between its margins
    try:
        on_paper()
        old, new = (reader.ask("box", f"#p1 .{side}") for side in ("old", "new"))
        assert 0 <= old["left"] < old["right"] <= new["left"] < new["right"] <= 650
        assert not reader.run_in_page(SHOWN, "#p1 .both")
    finally:
        reader.resize(*WINDOW)


@pytest.mark.parametrize("page", ["rtl article", "rtl"])
def test_lines_that_run_the_other_way_stand_with_ours(page: str, go: Callable[[str], None], reader: Reader) -> None:
    go(page)
    aligned = "(css) => [...document.querySelectorAll(css)].map((node) => getComputedStyle(node).textAlign)"
    assert set(reader.run_in_page(aligned, "main > h1, td .excerpt")) <= {"left", "-webkit-left"}


def test_the_keyboard_leads_to_the_content_and_to_the_search(go: Callable[[str], None], reader: Reader) -> None:
    go("article")
    reader.press("Tab")
    focused = "() => document.activeElement.getAttribute('href') ?? document.activeElement.id"
    assert reader.run_in_page(focused) == "#main"
    reader.press("Enter")
    until(lambda: reader.run_in_page(focused) == "main", "the skip link to lead to the content")
    reader.run_in_page("() => document.querySelector('header input[name=q]').focus()")
    reader.type("bridge")
    reader.press("Enter")
    until(lambda: reader.address().endswith("/search?q=bridge"), f"the search to be sent from {reader.address()}")
    until(lambda: reader.ask("text", "mark") == "bridge", "something to be found")


@pytest.mark.parametrize("page", ["front", "diff"])
def test_every_link_and_control_is_reached_by_the_keyboard_and_shows_it(
    page: str, go: Callable[[str], None], reader: Reader
) -> None:
    go(page)
    each = (
        "[...document.querySelectorAll('a, button, input, select, summary')].filter((node) => node.checkVisibility())"
    )
    wanted = reader.run_in_page(f"() => {each}.length")
    at = "document.activeElement"
    here = f"() => [{each}.indexOf({at}), getComputedStyle({at}).outlineStyle]"
    reached = {}
    for _ in range(wanted + 12):  # some presses lead to the page itself and through the browser's own controls
        reader.press("Tab")
        place, ring = reader.run_in_page(here)
        reached[place] = ring
        if place == wanted - 1:
            break
    assert set(range(wanted)) <= reached.keys()
    assert {ring for place, ring in reached.items() if place >= 0} <= {"solid", "auto"}


@pytest.mark.parametrize(("page", "row"), [("moved", "p1"), ("long", "p40")])
def test_a_row_can_be_linked_to_even_one_that_is_folded_away(
    page: str, row: str, reader: Reader, backend: Backend, addresses: Addresses
) -> None:
    reader.open(f"{backend.url}{addresses[page]}#{row}")
    assert reader.run_in_page("() => document.querySelector('.row:target').id") == row
    until(lambda: reader.run_in_page(SHOWN, f"#{row}"), "the row to be unfolded")


def test_the_owner_can_stop_and_begin_checks(reader: Reader, backend: Backend, addresses: Addresses) -> None:
    """A form of ours is sent with our origin: browsers withhold it under some referrer policies."""
    page = f"{backend.url}{addresses['article']}"
    for act, status in (("pause", "paused"), ("resume", "watching")):
        reader.open(f"{page}?asked")
        reader.run_in_page("() => { document.querySelector('details.owner').open = true; }")
        reader.click(f"button[value={act}]")
        until(lambda: reader.address() == page, "the page that follows the form")
        until(partial(_has, backend, addresses["article"], status), f"the article to be {status}")


def _has(backend: Backend, page: str, status: str) -> bool:
    return bool(backend.api("GET", f"/api/v1{page}")["article"]["status"] == status)


def test_an_article_that_cannot_be_had_is_told(go: Callable[[str], None], reader: Reader) -> None:
    go("unknown")
    reader.provoked |= {"502", "403", "BAD GATEWAY"}
    reader.click("form.begin button")
    until(lambda: reader.address().endswith("/find"), "the form to be sent")
    until(lambda: "nowhere.lantern-post.test" in str(reader.ask("text", ".problem .lead")), "the failure to be told")
