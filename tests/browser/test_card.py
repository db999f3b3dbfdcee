"""The card: what it tells, and that it can be used with the keyboard alone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from .cases import BUSES, COST, MAYOR, RUST, TITLE, WORDINGS, story
from .deadline import until
from .overlay import SUMMARY, badge_of

if TYPE_CHECKING:
    from .backend import Backend
    from .overlay import Card, Overlay
    from .reader import Reader
    from .site import Site

MANY_TABS = 30  # presses of Tab that reach everything on a page as small as ours


@pytest.fixture(scope="module", autouse=True)
def _published(backend: Backend, site: Site) -> None:
    backend.tell(WORDINGS)
    site.put(WORDINGS.url, WORDINGS.page())


@pytest.fixture
def opened(reader: Reader, overlay: Overlay) -> Overlay:
    reader.open(WORDINGS.url)
    overlay.wait()
    return overlay


def first_badge(overlay: Overlay) -> str:
    return badge_of(overlay.badges()[0])


def test_the_card_tells_every_earlier_wording_with_its_time_oldest_first(opened: Overlay) -> None:
    card = opened.open_card(first_badge(opened))
    four, six = (card.text.index(COST.format(word)) for word in ("four", "six"))
    assert four < six
    told = [datetime.fromisoformat(time) for time in card.times]
    assert set(WORDINGS.times()) <= set(told), "each version's time is told"


def test_the_card_shows_the_change_as_deletion_and_insertion(opened: Overlay) -> None:
    card = opened.open_card(first_badge(opened))
    assert (card.deleted, card.inserted) == (["four"], ["nine"])


def test_the_card_is_a_dialog_with_a_name(opened: Overlay, reader: Reader) -> None:
    opened.open_card(first_badge(opened))
    role, name = reader.accessible("[role=dialog]")
    assert role == "dialog"
    assert name


def test_the_card_stands_inside_the_window(opened: Overlay) -> None:
    box = opened.open_card(first_badge(opened)).box
    assert box["left"] >= 0
    assert box["top"] >= 0
    assert box["right"] <= 1280
    assert box["bottom"] <= 900


def test_the_card_of_a_moved_paragraph_says_where_it_stood(
    backend: Backend, site: Site, reader: Reader, overlay: Overlay
) -> None:
    first, *rest = (COST.format("four"), RUST, BUSES, MAYOR)
    moved = story("card-moves", (TITLE, first, *rest), (TITLE, *rest, first))
    backend.tell(moved)
    site.put(moved.url, moved.page())
    reader.open(moved.url)
    overlay.wait()
    edit = backend.edits(moved.url)["edits"][0]
    assert edit["kind"] == "move"
    text = overlay.open_card(first_badge(overlay)).text
    assert f"at place {edit['moved_from']} in the text, now at place {edit['block']['index']}." in text


@pytest.mark.parametrize("above", [0, 250, 500])
def test_the_card_leaves_the_words_it_is_about_to_be_read(
    above: int, reader: Reader, overlay: Overlay, site: Site
) -> None:
    moved = f"{WORDINGS.url}?{above}"
    site.put(moved, WORDINGS.page(head=f"<style>article {{ margin-top: {above}px }}</style>"))
    reader.open(moved)
    overlay.wait()
    box = overlay.open_card(first_badge(overlay)).box
    edited = reader.ask("box", "article p")
    assert box["bottom"] <= edited["top"] + 1 or box["top"] >= edited["bottom"] - 1, "below it or above it"
    assert 0 <= box["top"] < box["bottom"] <= 900


def test_a_second_click_elsewhere_opens_the_other_edit(opened: Overlay) -> None:
    first, second = map(badge_of, opened.badges())
    before = opened.open_card(first)
    after = opened.open_card(second)
    assert after.inserted != before.inserted


def tab_to(reader: Reader, overlay: Overlay, edit: str) -> None:
    for _ in range(MANY_TABS):
        reader.press("Tab")
        if overlay.focus().edit == edit:
            return
    raise AssertionError(f"{MANY_TABS} presses of Tab do not reach the badge")


def test_keyboard_alone_opens_reads_and_closes_a_card(opened: Overlay, reader: Reader) -> None:
    edit = opened.badges()[0].id
    tab_to(reader, opened, edit)
    reader.press("Enter")
    until(opened.card, "the card to open")
    assert opened.focus().inCard
    reader.press("Escape")
    opened.wait_closed()
    assert opened.focus().edit == edit, "the keyboard is where it was before"


def test_escape_from_a_card_opened_by_the_summary_returns_there(opened: Overlay, reader: Reader) -> None:
    opened.open_card(SUMMARY)
    reader.press("Escape")
    opened.wait_closed()
    until(lambda: opened.focus().inOverlay, "the keyboard to be back on Rowback's own buttons")


def test_arrows_step_to_the_next_edit_and_back(opened: Overlay, reader: Reader) -> None:
    first = opened.open_card(first_badge(opened))

    def shows(other: list[str]) -> Card | None:
        card = opened.card()
        return card if card and card.inserted == other else None

    reader.press("ArrowRight")
    until(lambda: opened.card() and not shows(first.inserted), "the next edit")
    reader.press("ArrowLeft")
    until(lambda: shows(first.inserted), "the first edit again")
    assert opened.focus().inCard


def test_keys_go_to_the_page_while_no_card_is_open(opened: Overlay, reader: Reader) -> None:
    reader.run_in_page(
        "() => { window.keys = ''; addEventListener('keydown', (event) => { window.keys += event.key; }); }"
    )
    for key in ("j", "k"):
        reader.press(key)
    assert reader.run_in_page("() => window.keys") == "jk"
    assert opened.card() is None


def test_an_earlier_wording_is_copied_with_its_source(opened: Overlay, reader: Reader) -> None:
    opened.open_card(first_badge(opened))
    reader.run_in_page("() => { window.copied = ''; }")
    reader.click(".copy")
    # The number of edits was said there before.
    until(lambda: "copied" in (reader.ask("text", ".said") or "").lower(), "the copying to be confirmed")
    reader.run_in_page(
        "() => { const field = document.createElement('textarea'); field.id = 'paste';"
        " document.body.append(field); field.focus(); }"
    )
    reader.press("Control+v")
    pasted = until(lambda: reader.run_in_page("() => document.querySelector('#paste').value"), "the text to be pasted")
    assert COST.format("four") in pasted
    assert WORDINGS.url in pasted


def test_the_card_leads_to_the_edits_own_page_by_keyboard_and_tells_the_page_no_address(
    opened: Overlay, reader: Reader, backend: Backend
) -> None:
    opened.open_card(first_badge(opened))
    assert reader.ask("text", ".edit-link [role=link]") == "Link to this edit"
    assert backend.url not in reader.run_in_page("() => document.documentElement.outerHTML")
    for _ in range(12):
        if "Link to this edit" in str(reader.ask("ring")):
            break
        reader.press("Tab")
    reader.press("Enter")
    page = reader.tab()
    reader.switch(until(lambda: reader.tab_at(f"{backend.url}/articles/"), "the edit's page to be opened"))
    shown = until(lambda: reader.run_in_page("() => document.querySelector('#address')?.textContent"), "its address")
    assert "/edits/" in str(shown)
    reader.close_tab()
    reader.switch(page)


def test_the_card_says_between_which_visits_the_change_happened(opened: Overlay) -> None:
    assert "Between" in opened.open_card(first_badge(opened)).text
