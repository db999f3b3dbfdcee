"""The card of a paragraph with more wordings than one answer holds: the newest stand there, the rest comes when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .cases import TITLE, story
from .deadline import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from .backend import Backend
    from .overlay import Overlay
    from .reader import Reader
    from .site import Site

LOOKS, PARAGRAPHS = 41, 9
BUTTON = "[role=dialog] .more"


def _paragraph(number: int, look: int) -> str:
    """Fifteen thousand characters, of which one word changes at each look."""
    rest = " ".join(f"Boat {number} of the harbour passed buoy {buoy} on its way out." for buoy in range(290))
    return f"Boat {number} left at hour {look} from its quay. {rest}"


MANY = story(
    "many-wordings",
    *((TITLE, *(_paragraph(number, look) for number in range(PARAGRAPHS))) for look in range(LOOKS)),
)


def test_the_newest_wordings_stand_in_the_card_and_the_rest_comes_when_asked(
    backend: Backend, site: Site, reader: Reader, overlay: Overlay, snap: Callable[[Reader, str], None]
) -> None:
    backend.tell(MANY)
    site.put(MANY.url, MANY.page())
    first = backend.edits(MANY.url)["edits"][0]
    assert first["more_wordings"]
    reader.open(MANY.url)
    overlay.wait()
    shown = overlay.open_card(f'[data-edit="{first["id"]}"]').text
    assert f"at hour {LOOKS - 2} from" in shown
    assert "at hour 0 from" not in shown
    while reader.ask("ring")["name"] != "Show all earlier wordings":
        reader.press("Tab")
        assert overlay.focus().inCard
    snap(reader, "newest-wordings")
    reader.press("Enter")

    def told() -> str:
        card = overlay.card()
        return card.text if card else ""

    until(lambda: "at hour 0 from" in told(), "all wordings to come")
    assert all(f"at hour {look} from" in told() for look in range(LOOKS - 1))
    assert not reader.ask("point", BUTTON)
    assert overlay.focus().inCard
    snap(reader, "all-wordings")
