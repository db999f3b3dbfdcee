"""A paragraph that was added and later reworded says both times, in the card on the page and in the panel."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from .cases import BUSES, COST, MAYOR, RUST, TITLE, story
from .deadline import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from .backend import Backend
    from .overlay import Overlay
    from .reader import Reader
    from .site import Site

MORE = "A ferry takes walkers across from {} in the morning, the council said."
ADDED = story(
    "dated-added",
    (TITLE, COST.format("four"), RUST, BUSES),
    (TITLE, COST.format("four"), RUST, MORE.format("six"), BUSES),
    (TITLE, COST.format("four"), RUST, MORE.format("six"), BUSES),
    (TITLE, COST.format("four"), RUST, MORE.format("seven"), BUSES),
    (TITLE, COST.format("four"), RUST, MORE.format("eight"), BUSES, MAYOR),
)


@pytest.fixture(scope="module", autouse=True)
def _published(backend: Backend, site: Site) -> None:
    backend.tell(ADDED)
    site.put(ADDED.url, ADDED.page())


def test_an_addition_that_was_reworded_says_all_its_times(
    backend: Backend, reader: Reader, overlay: Overlay, snap: Callable[[Reader, str], None]
) -> None:
    ferry = next(edit for edit in backend.edits(ADDED.url)["edits"] if edit["anchor"]["exact"] == MORE.format("eight"))
    reader.open(ADDED.url)
    overlay.wait()
    card = overlay.open_card(f'[data-edit="{ferry["id"]}"]')
    snap(reader, "card")
    added, *reworded = (card.text.index(word) for word in ("Added · Between", "Reworded · Between"))
    assert added < reworded[0]
    assert card.text.count("Reworded · ") == 2
    told = {datetime.fromisoformat(time) for time in card.times}
    assert {ADDED.times()[1], ADDED.times()[3]} <= told
    reader.open_beside("panel/index.html")
    until(lambda: reader.ask("text", "#edits .times"), "the times in the panel")
    shown = reader.ask("text", "#edits .times")
    assert shown.startswith("Added · Between")
    assert shown.count("Reworded · ") == 2
    snap(reader, "panel")
