"""What a reader sees of Rowback on the page: the extension's observable contract as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .deadline import until

if TYPE_CHECKING:
    from .reader import Reader


@dataclass(frozen=True)
class State:
    """`hosts` counts our elements on the page; `state` and `anchored` are what the first says of itself."""

    hosts: int
    state: str | None
    anchored: str | None


@dataclass(frozen=True)
class Badge:
    """The button beside an edited block. `top` is measured on the page, the sides in the window."""

    id: str
    tag: str
    shown: bool
    left: float
    right: float
    top: float


@dataclass(frozen=True)
class Card:
    """The open card. `elements` are the names of all elements in it."""

    text: str
    deleted: list[str]
    inserted: list[str]
    times: list[str]
    links: list[str]
    elements: list[str]
    box: dict[str, float]


@dataclass(frozen=True)
class Focus:
    """Where the keyboard is."""

    edit: str | None
    role: str | None
    inCard: bool  # noqa: N815  # as probe.js says it
    inOverlay: bool  # noqa: N815


@dataclass(frozen=True)
class Overlay:
    """Rowback on the current tab of a reader's browser."""

    reader: Reader

    def state(self) -> State:
        return State(**self.reader.ask("overlay"))

    def wait(self) -> State:
        """Until marks are shown."""
        last = [self.state()]

        def arrived() -> State | None:
            last[0] = self.state()
            return last[0] if last[0].state == "ready" else None

        try:
            return until(arrived, "the overlay to be ready")
        except AssertionError as error:
            raise AssertionError(f"{error}; the overlay was {last[0]}") from None

    def wait_over(self, told: str) -> None:
        """Until a look is over that shows nothing: then the toolbar's button says why, and nothing of ours is in the page."""
        until(lambda: told in self.reader.toolbar_title(), lambda: f"{told}, not {self.reader.toolbar_title()}")
        assert self.state() == State(0, None, None), "a page cannot tell that we looked"

    def badges(self) -> list[Badge]:
        """In the order of the page's text."""
        return sorted((Badge(**badge) for badge in self.reader.ask("badges")), key=lambda badge: badge.top)

    def marks(self) -> dict[str, list[str]]:
        """Highlight name → the texts under it, from top to bottom; names with no text left out."""
        marks: dict[str, list[str]] = self.reader.ask("marks")
        return marks

    def words_marked(self) -> list[str]:
        """Everything marked as changed or inserted."""
        marks = self.marks()
        return marks.get("rowback-changed", []) + marks.get("rowback-inserted", [])

    def card(self) -> Card | None:
        card = self.reader.ask("card")
        return Card(**card) if card else None

    def open_card(self, css: str) -> Card:
        """Click a badge or the summary and wait for the card."""
        self.reader.click(css)
        return until(self.card, "the card to open")

    def wait_closed(self) -> None:
        until(lambda: self.card() is None, "the card to close")

    def focus(self) -> Focus:
        return Focus(**self.reader.ask("focus"))


def badge_of(badge: Badge) -> str:
    """The selector of a badge."""
    return f'[data-edit="{badge.id}"]'


SUMMARY = "[data-role=summary]"
# What the toolbar's button says.
NO_EDITS = "no edits seen"
NOT_STORED = "no versions of this page stored"
