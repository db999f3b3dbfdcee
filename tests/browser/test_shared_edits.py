"""The page of one edit in real browsers: fit for everyone however it is looked at, and its picture shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .cases import COST, RUST, TITLE, story
from .test_pages import ARABIC, LONG_WORD, faults

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


@pytest.mark.parametrize("told", STORIES)
def test_the_page_of_an_edit_is_whole_and_so_is_its_picture(
    told: str, connected: Reader, backend: Backend, snap: Callable[[Reader, str], None]
) -> None:
    reader = connected
    reader.open(backend.sign_in_link())
    backend.tell(STORIES[told])
    reader.open(f"{backend.url}/articles/{backend.edits(STORIES[told].url)['article']['id']}")
    reader.open(reader.run_in_page(SHARED)[0])
    assert faults(reader, f"shared-{told}", snap) == {}
    assert reader.run_in_page(SEEN) == [True, 1200]
    assert reader.run_in_page("() => !document.querySelector('button.copy').hidden")
