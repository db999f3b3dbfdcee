"""The page of one edit in real browsers: fit for everyone however it is looked at, and its picture shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .cases import COST, RUST, TITLE, story
from .deadline import until
from .looks import LANGUAGES, looking, tab_to
from .test_pages import ARABIC, LONG_WORD, faults
from .test_pages_small import UNFOLD

if TYPE_CHECKING:
    from collections.abc import Callable

    from .backend import Backend
    from .reader import Reader

STORIES = {
    "english": story("shared-edit", (TITLE, COST.format("four"), RUST), (TITLE, COST.format("nine"), RUST)),
    "arabic": ARABIC,
    "long": story("shared-long", (LONG_WORD, RUST), (f"{LONG_WORD}s", RUST)),
}
SHARED = "() => [...document.querySelectorAll('a[href*=\"/edits/\"]')].map((link) => link.href)"
SEEN = "() => { const img = document.querySelector('figure.card img'); return [img.complete, img.naturalWidth]; }"


@pytest.fixture
def shared(connected: Reader, backend: Backend) -> Callable[[str], str]:
    """Opens the page of a story's edit, and says its address."""
    connected.open(backend.sign_in_link())

    def opened(told: str) -> str:
        backend.tell(STORIES[told])
        connected.open(f"{backend.url}/articles/{backend.edits(STORIES[told].url)['article']['id']}")
        address = str(connected.run_in_page(SHARED)[0])
        connected.open(address)
        return address

    return opened


@pytest.mark.parametrize("told", STORIES)
def test_the_page_of_an_edit_is_whole_and_so_is_its_picture(
    told: str, reader: Reader, shared: Callable[[str], str], snap: Callable[[Reader, str], None]
) -> None:
    shared(told)
    assert faults(reader, f"shared-{told}", snap) == {}
    assert reader.run_in_page(SEEN) == [True, 1200]
    assert reader.run_in_page("() => !document.querySelector('button.copy').hidden")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_readers_language(
    language: str, reader: Reader, shared: Callable[[str], str], snap: Callable[[Reader, str], None]
) -> None:
    with looking(reader, shared("long"), language):
        reader.run_in_page(UNFOLD)
        assert faults(reader, f"shared-{language}", snap) == {}
        assert reader.run_in_page(SEEN) == [True, 1200]


def test_its_address_is_copied_by_the_keyboard(reader: Reader, shared: Callable[[str], str]) -> None:
    address = shared("english")
    tab_to(reader, "button[data-copies=address]")
    reader.press("Enter")
    until(lambda: reader.run_in_page("() => document.querySelector('.said').textContent"), "the copying to be told")
    assert reader.run_in_page("() => document.querySelector('.said').textContent") == "Copied."
    reader.run_in_page("() => document.querySelector('#q').focus()")
    reader.press("Control+v")
    until(lambda: reader.run_in_page("() => document.querySelector('#q').value") == address, "the address to be pasted")


def test_citations_are_copied_as_they_stand(reader: Reader, shared: Callable[[str], str]) -> None:
    shared("english")
    reader.run_in_page(UNFOLD)
    reader.click("button[data-copies=cite-md]")
    until(lambda: reader.run_in_page("() => document.querySelector('.said').textContent"), "the copying to be told")
    cited = str(reader.run_in_page("() => document.querySelector('#cite-md').textContent"))
    assert "Original: <https:" in cited
    reader.run_in_page("() => document.querySelector('#q').focus()")
    reader.press("Control+v")
    pasted = until(lambda: reader.run_in_page("() => document.querySelector('#q').value"), "it to be pasted")
    assert str(pasted).split() == cited.split()
