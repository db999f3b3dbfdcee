"""Triage in real browsers: worked through by mouse and by keys; readable in every look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .cases import BUSES, COST, RUST, TITLE, story
from .conftest import OUTPUT
from .deadline import until
from .looks import LOOKS, TELEPHONE, asked, looking
from .test_accessibility import violations
from .test_pages import CUT
from .test_pages_small import COARSE, FINE, SMALL

if TYPE_CHECKING:
    from .backend import Backend
    from .reader import Reader

TOLD = story(
    "triage", *((TITLE, COST.format(figure), RUST, BUSES) for figure in ("four", "nine", "twelve", "fourteen"))
)
HERE = "() => document.activeElement.closest('[data-step]')?.id ?? ''"
STEPS = "() => [...document.querySelectorAll('[data-step]')].map((step) => step.id)"
STATES = "() => [...document.querySelectorAll('.review')].map((step) => step.classList.contains('is-seen'))"
NOTES = "() => [...document.querySelectorAll('p.own-note')].map((note) => note.textContent)"
STARRED = "() => document.querySelectorAll('.starred').length"


@pytest.fixture(scope="module", autouse=True)
def _signed_in(connected: Reader, backend: Backend) -> None:
    connected.open(backend.sign_in_link())
    backend.tell(TOLD)


@pytest.fixture
def triage(reader: Reader, backend: Backend) -> str:
    """The page with the steps of one article, nothing made of them."""
    page = f"{backend.url}/triage?q=source%3A{TOLD.url.split('/')[2]}"
    ids = [each["id"] for each in backend.api("GET", "/api/v1/triage?limit=500")["changes"]]
    for act in ("unsee", "unstar", "note"):
        backend.api("POST", "/api/v1/triage", {"do": act, "changes": ids, "note": ""})
    reader.open(page)
    return page


def test_ticked_steps_are_marked_and_it_is_undone(triage: str, reader: Reader) -> None:
    for place in (1, 2):
        reader.run_in_page(f"() => document.querySelectorAll('input[name=change]')[{place}].click()")
    reader.click(".acts button[value=see]")
    until(lambda: (asked(reader, STATES) or [])[:3] == [False, True, True], "two steps to be marked")
    assert reader.address() == triage
    reader.click("form.undo button")
    until(lambda: (asked(reader, STATES) or [])[:3] == [False, False, False], "the act to be undone")


@pytest.mark.usefixtures("triage")
def test_keys_go_through_the_steps_and_mark_them(reader: Reader) -> None:
    steps = reader.run_in_page(STEPS)
    for key, place in (("j", 0), ("j", 1), ("k", 0), ("j", 1)):
        reader.press(key)
        assert reader.run_in_page(HERE) == steps[place]
    reader.press("e")
    until(lambda: (asked(reader, STATES) or [0, 0])[1], "the second step to be seen")
    until(lambda: asked(reader, HERE) == steps[1], "the focus to come back")
    reader.press("s")
    until(lambda: asked(reader, STARRED) == 1, "a star")
    until(lambda: asked(reader, HERE) == steps[1], "the focus to come back")
    reader.press("n")
    reader.type("jeses?")  # letters are letters while one types
    assert reader.run_in_page("() => document.activeElement.value") == "jeses?"
    reader.press("Tab")
    reader.press("Enter")
    until(lambda: asked(reader, NOTES) == ["jeses?"], "the note to be kept")


@pytest.mark.usefixtures("triage")
def test_a_key_opens_the_step(reader: Reader) -> None:
    for _ in range(2):
        reader.press("j")
    link = "() => document.activeElement.closest('[data-step]').querySelector('.excerpt a').href"
    wanted = reader.run_in_page(link)
    reader.press("o")
    until(lambda: reader.address() == wanted, "the step that the keys led to")


@pytest.mark.usefixtures("triage")
def test_the_keys_are_told_and_can_be_switched_off(reader: Reader) -> None:
    reader.press("?")
    until(lambda: asked(reader, "() => document.querySelector('dialog').open"), "the list of keys")
    assert violations(reader, "dialog") == []
    reader.press("Escape")
    until(lambda: not asked(reader, "() => document.querySelector('dialog').open"), "the list to close")
    reader.run_in_page("() => document.querySelector('#keys-on').click()")
    reader.press("j")
    assert reader.run_in_page(HERE) == ""
    reader.run_in_page("() => document.querySelector('#keys-on').click()")
    reader.press("j")
    assert reader.run_in_page(HERE) != ""


@pytest.mark.parametrize("page", ["/triage", "/triage/collections"])
@pytest.mark.parametrize("look", LOOKS)
def test_it_is_readable_in_every_look(page: str, look: str, reader: Reader, backend: Backend) -> None:
    changes = backend.api("GET", "/api/v1/triage")["changes"]
    for act, more in (
        ("note", {"note": "Ask the council’s office."}),
        ("star", {}),
        ("collect", {"collection": "Bridges"}),
    ):
        backend.api("POST", "/api/v1/triage", {"do": act, "changes": [changes[0]["id"]]} | more)
    with looking(reader, backend.url + page, look):
        assert reader.run_in_page(CUT) == []
        assert reader.run_in_page(SMALL, COARSE if look == TELEPHONE else FINE) == []
        assert violations(reader, "body") == []
        name = f"triage-{page.rpartition('/')[2]}-{look}-{type(reader).__name__}.png"
        reader.screenshot(OUTPUT / name)
