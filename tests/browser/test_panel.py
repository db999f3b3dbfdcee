"""The panel, opened as a tab beside the page: versions, edits between any two, text of each, and the page's cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .cases import COST, MAYOR, RUST, TITLE, UNKNOWN, story
from .deadline import until
from .overlay import NO_EDITS
from .story import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from .backend import Backend
    from .conftest import Readers
    from .overlay import Overlay
    from .reader import Reader, Tab
    from .site import Site

BRIDGE = story(
    "panel",
    (TITLE, COST.format("four"), RUST, "Walkers may cross until the end of the month, at their own risk."),
    (TITLE, COST.format("six"), RUST, "Walkers may cross until the end of the month, at their own risk."),
    ("Council shuts the old harbour bridge", COST.format("nine"), RUST, MAYOR),
)
BACK_AND_FORTH = story(
    "panel-back", *((TITLE, COST.format(cost), RUST, MAYOR) for cost in ("four", "nine", "four", "nine"))
)
OTHER = story("panel-other", (TITLE, COST.format("four"), RUST, MAYOR))
SHOP = "https://panel.lantern-post.test/basket"


@pytest.fixture(scope="module", autouse=True)
def _published(backend: Backend, site: Site) -> None:
    for each in (BRIDGE, BACK_AND_FORTH, OTHER):
        backend.tell(each)
    for each in (BRIDGE, BACK_AND_FORTH, OTHER, UNKNOWN):
        site.put(each.url, each.page())
    site.put(SHOP, "<!doctype html><title>Basket</title><h1>Basket</h1><form><input><button>Pay</button></form>")


def open_panel(reader: Reader, state: str = "stored") -> Tab:
    """The panel over the page in front, once it knows what that is; of a stored article, once nothing more comes that would
    move what is below it."""
    panel = reader.open_beside("panel/index.html")
    wait_state(reader, state)
    if state == "stored":
        until(lambda: reader.ask("attribute", "#following", "data-state"), "what is followed of the site to be told")
    return panel


def wait_state(reader: Reader, state: str) -> None:
    until(
        lambda: reader.ask("attribute", "#page", "data-state") == state,
        lambda: f"the panel to say {state}; it says {reader.ask('attribute', '#page', 'data-state')}",
    )


def differences(reader: Reader) -> tuple[list[str], list[str]]:
    """Words shown as gone and as come, in the panel's order."""
    script = "(css) => Array.from(document.querySelectorAll(css), (each) => each.textContent)"
    return reader.run_in_page(script, "#edits del"), reader.run_in_page(script, "#edits ins")


def test_all_edits_are_listed_with_removed_passages_apart(
    reader: Reader, overlay: Overlay, snap: Callable[[Reader, str], None]
) -> None:
    reader.open(BRIDGE.url)
    overlay.wait()
    open_panel(reader)
    until(lambda: reader.ask("text", "#edits-title"), "the number of edits")
    gone, come = differences(reader)
    assert "four" in " ".join(gone)
    assert "nine" in " ".join(come)
    assert "Walkers may cross" in reader.ask("text", "[data-group=removed]")
    snap(reader, "panel")


def test_any_two_versions_can_be_compared(reader: Reader, overlay: Overlay) -> None:
    reader.open(BRIDGE.url)
    overlay.wait()
    open_panel(reader)
    reader.click("[name=to][value='1']")
    until(lambda: differences(reader) == (["four"], ["six"]), "the edits from the first to the second version")
    assert "0" in reader.ask("text", "#edits-title")
    reader.click("[name=to][value='2']")
    reader.click("[name=from][value='1']")
    until(lambda: "six" in " ".join(differences(reader)[0]), "the edits from the second to the third")
    reader.click("#whole")
    until(lambda: reader.ask("attribute", "#whole", "aria-pressed") == "true", "all edits again")


def test_the_timeline_says_what_came_back_and_the_list_what_nobody_said(
    reader: Reader, overlay: Overlay, snap: Callable[[Reader, str], None]
) -> None:
    reader.open(BACK_AND_FORTH.url)
    overlay.wait()
    open_panel(reader)
    until(lambda: "same text as version 0" in reader.ask("text", "[data-version='2']"), "the revert to be told")
    assert "goes back and forth" in reader.ask("text", "[data-version='3']")
    assert "nothing on the page says so" in reader.ask("text", "#unannounced")
    snap(reader, "panel-back-and-forth")
    reader.click("[name=to][value='2']")
    until(lambda: reader.ask("text", "#unannounced") is None, "nothing to be told where nothing differs")


def test_the_list_can_be_narrowed_to_the_headline(reader: Reader, overlay: Overlay) -> None:
    reader.open(BRIDGE.url)
    overlay.wait()
    open_panel(reader)
    reader.click("#filter label:last-of-type")
    until(lambda: len(reader.run_in_page("() => [...document.querySelectorAll('[data-go]')].map(String)")) == 1, "one")
    assert "shuts" in reader.ask("text", "#edits")


def test_the_article_can_be_read_as_of_any_version(
    reader: Reader, overlay: Overlay, snap: Callable[[Reader, str], None]
) -> None:
    reader.open(BRIDGE.url)
    overlay.wait()
    open_panel(reader)
    reader.click("[data-version='1'] button")
    until(lambda: "six million" in (reader.ask("text", "#reading") or ""), "the text of the second version")
    snap(reader, "panel-reading")
    reader.click("#reading [data-act=reading_older]")
    until(lambda: "four million" in reader.ask("text", "#reading"), "the text of the first version")
    reader.press("Escape")
    until(lambda: reader.ask("text", "#article"), "the list again")


def test_an_edit_in_the_panel_opens_its_card_on_the_page(reader: Reader, overlay: Overlay) -> None:
    reader.open(BRIDGE.url)
    overlay.wait()
    page = reader.tab()
    panel = open_panel(reader)
    reader.press("j")
    reader.press("j")
    until(lambda: reader.ask("attribute", ".edit.current [data-go]", "data-go"), "an edit to be the current one")
    reader.switch(page)
    card = until(overlay.card, "the card to open")
    assert "nine" in " ".join(card.inserted)
    assert panel in reader.tabs()


def test_an_edit_whose_card_is_open_stays_open_when_the_panel_goes_to_it(reader: Reader, overlay: Overlay) -> None:
    reader.open(BRIDGE.url)
    overlay.wait()
    page = reader.tab()
    edit = overlay.badges()[0].id
    before = overlay.open_card(f'[data-edit="{edit}"]')
    open_panel(reader)
    until(lambda: reader.ask("text", "#edits-title"), "the number of edits")
    reader.click(f'[data-go="{edit}"]')
    until(lambda: reader.ask("attribute", ".edit.current [data-go]", "data-go") == edit, "it to be the current one")
    reader.switch(page)
    card = overlay.card()
    assert card
    assert card.inserted == before.inserted


def told_by_card(edit: str, reader: Reader, overlay: Overlay) -> list[str]:
    """All words of an edit's card but those of its head and foot."""
    overlay.open_card(f'[data-edit="{edit}"]')
    until(lambda: "current" in reader.ask("attribute", f'[data-edit="{edit}"]', "class"), "its own card")
    return str(reader.ask("text", "[role=dialog] .body")).split()


def told_by_panel(edit: str, reader: Reader) -> list[str]:
    """All words of an edit in the panel, unfolded, but those of its name, and of what a page must not copy."""
    item = f'.edit:has([data-go="{edit}"])'
    if reader.ask("text", f"{item} summary"):
        reader.click(f"{item} summary")
        until(lambda: reader.ask("text", f"{item} .wordings"), "the earlier wordings to be unfolded")
    name = str(reader.ask("text", f"{item} [data-go]")).split()
    words = str(reader.ask("text", item)).split()
    assert words[: len(name)] == name
    copy = str(reader.ask("text", f"{item} .copy-link")).split()
    told = " ".join(words[len(name) :])
    assert " ".join(copy) in told
    return told.replace(" ".join(copy), "").split()


def test_the_panel_tells_of_an_edit_what_its_card_tells(reader: Reader, overlay: Overlay) -> None:
    reader.open(BRIDGE.url)
    overlay.wait()
    told = {badge.id: told_by_card(badge.id, reader, overlay) for badge in overlay.badges()}
    open_panel(reader)
    until(lambda: reader.ask("text", "#edits-title"), "the number of edits")
    assert {edit: told_by_panel(edit, reader) for edit in told} == told
    assert any("six" in words for words in told.values()), "what it said in between, too"


def test_earlier_wordings_are_copied_from_the_panel_and_stay_unfolded(reader: Reader, overlay: Overlay) -> None:
    reader.open(BRIDGE.url)
    overlay.wait()
    page = reader.tab()
    panel = open_panel(reader)
    until(lambda: reader.ask("text", ".edit summary"), "earlier wordings to be folded")
    assert reader.ask("text", ".edit .copy") is None
    reader.click(".edit summary")
    reader.click(".edit .copy")
    until(lambda: "copied" in (reader.ask("text", "#said") or "").lower(), "the copying to be confirmed")
    reader.click("#filter label:nth-of-type(2)")
    assert reader.ask("text", ".edit .copy"), "unfolded in the list that was drawn again"
    reader.switch(page)
    assert overlay.card() is None, "reading it in the panel moves nothing on the page"
    reader.switch(panel)


def test_the_page_of_an_edit_opens_from_the_panel(reader: Reader, overlay: Overlay, backend: Backend) -> None:
    reader.open(BRIDGE.url)
    overlay.wait()
    open_panel(reader)
    reader.click(".edit .edit-link [role=link]")
    reader.switch(until(lambda: reader.tab_at(f"{backend.url}/articles/"), "the edit's page to be opened"))
    address = until(lambda: reader.run_in_page("() => document.querySelector('#address')?.textContent"), "its address")
    assert "/edits/" in str(address)


def test_the_panel_copies_the_address_of_an_edit(reader: Reader, overlay: Overlay) -> None:
    reader.open(BRIDGE.url)
    overlay.wait()
    open_panel(reader)
    reader.click(".edit .copy-link")
    said = until(lambda: reader.ask("text", "#said"), "the copying to be confirmed")
    assert "this computer alone" in str(said), "the backend is on the reader's machine"


def test_the_panel_follows_the_tab_in_front(reader: Reader, overlay: Overlay) -> None:
    reader.open(BRIDGE.url)
    overlay.wait()
    first = reader.tab()
    panel = open_panel(reader)
    reader.switch(first)
    reader.open(OTHER.url)
    overlay.wait_over(NO_EDITS)
    reader.switch(panel)
    until(lambda: reader.ask("text", "#title") == TITLE, "the other article")
    assert reader.ask("text", "#edits-title")


@pytest.mark.parametrize(
    ("url", "state", "says"),
    [(UNKNOWN.url, "unknown", "stored"), (SHOP, "not-article", "shop")],
    ids=["unknown", "no article"],
)
def test_pages_without_a_history_are_told_as_in_the_popup(
    url: str, state: str, says: str, reader: Reader, snap: Callable[[Reader, str], None]
) -> None:
    reader.open(url)
    open_panel(reader, state)
    assert says in reader.ask("text", "#page")
    assert reader.ask("text", "#article") is None
    snap(reader, f"panel-{state}")


def test_what_changed_since_it_was_last_read_is_shown(
    reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    name = f"since-{reader.name}"
    before = story(name, (TITLE, COST.format("four"), RUST, MAYOR), (TITLE, COST.format("five"), RUST, MAYOR))
    after = story(
        name, *((text.title, *text.paragraphs) for text in before.versions), (TITLE, COST.format("eight"), RUST, MAYOR)
    )
    backend.tell(before)
    site.put(before.url, before.page())
    reader.open(before.url)
    overlay.wait()
    blocks = [{"kind": "p", "text": text} for text in after.versions[-1].paragraphs]
    newest = {"url": after.url, "title": TITLE, "blocks": blocks, "seen_at": TODAY.isoformat()}
    backend.api("POST", "/api/v1/captures", newest)
    site.put(after.url, after.page())
    reader.reload()
    overlay.wait()
    open_panel(reader)
    reader.click("#since")
    until(lambda: differences(reader) == (["five"], ["eight"]), "what changed since the first reading")


def test_the_popups_button_opens_the_panel_at_the_browsers_side(readers: Readers, backend: Backend) -> None:
    reader = readers.start(backend.url, backend.token())
    reader.go_to_onboarding()  # it opens by itself, and must not come in between
    reader.new_tab()
    reader.open(BRIDGE.url)
    reader.open_beside("popup/index.html")
    until(lambda: reader.ask("text", "#panel"), "the popup to be filled")
    assert not reader.has_panel_open()
    reader.click("#panel")
    until(reader.has_panel_open, "the panel to be at the side")
