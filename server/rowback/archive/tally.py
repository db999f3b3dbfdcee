"""What came of an import, in numbers and in a sentence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rowback.archive.held import Cause

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rowback.archive.held import HeldAt, Unread

MOST_TOLD = 20  # records that are named
_PAGES = "pages"
NOT_ARTICLES, REVISITS, COSTLY = "not-articles", "revisits", "too-costly"
# What is left out, one and several of it, in the order in which it is told.
_WORDS: dict[str, tuple[str, str]] = {
    NOT_ARTICLES: ("page that is no article", "not articles"),
    REVISITS: ("revisit without its page", "revisits without their page"),
    Cause.NO_BODY: ("without a text", "without a text"),
    Cause.NO_ADDRESS: ("without an address", "without an address"),
    Cause.NO_TIME: ("without a time", "without a time"),
    Cause.TOO_LARGE: ("too large", "too large"),
    COSTLY: ("that takes too long to read", "that take too long to read"),
    Cause.NOT_READ: ("of a kind that is not read", "of a kind that is not read"),
    Cause.DAMAGED: ("damaged record", "damaged records"),
}
_NO_FAULT = frozenset({NOT_ARTICLES, REVISITS})
"""What every crawl holds beside articles."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A record that is left out: where it stands, and why."""

    place: str
    reason: str


@dataclass(slots=True)
class Tally:
    """Counts as they grow. `pages` are the pages and texts that were stored, or stored again; at the end `articles` are how
    many have something of them, and `edited` how many of these have more than one version."""

    pages: int = 0
    articles: int = 0
    edited: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    told: list[PassedOver] = field(default_factory=list)

    def leave_out(self, why: str, place: HeldAt | str, reason: str = "", *, is_counted: bool = False) -> None:
        """Counts what is left out, unless that was done before."""
        self.left_out[why] += not is_counted
        if why not in _NO_FAULT and len(self.told) < MOST_TOLD:
            self.told.append(PassedOver(str(place), reason))

    def unread(self, found: Unread, *, is_counted: bool = False) -> None:
        """The same of what could not be read."""
        self.leave_out(found.cause, found.place, found.detail, is_counted=is_counted)

    def counts(self) -> dict[str, int]:
        """What `go_on` takes."""
        return {_PAGES: self.pages, **self.left_out}

    def go_on(self, counts: Mapping[str, int]) -> None:
        """Adds what was counted before a collection was cut off."""
        self.pages += counts.get(_PAGES, 0)
        self.left_out.update({why: counts.get(why, 0) for why in _WORDS})

    @property
    def is_whole(self) -> bool:
        """Whether everything that is an article's was taken."""
        return not {why for why, number in self.left_out.items() if number} - _NO_FAULT

    def in_words(self) -> str:
        """One sentence."""
        numbers = (
            f"{self.pages} page{'' if self.pages == 1 else 's'}, {self.articles} "
            f"article{'' if self.articles == 1 else 's'}, {self.edited} with edits"
        )
        left = ", ".join(self._left(why) for why in _WORDS if self.left_out[why])
        return f"{numbers}; left out: {left}." if left else f"{numbers}."

    def _left(self, why: str) -> str:
        number = self.left_out[why]
        words = f"{number} {_WORDS[why][number != 1]}"
        return f"{words} (first: {self.told[0].place})" if why == Cause.DAMAGED and self.told else words

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "pages": self.pages,
            "articles": self.articles,
            "with_edits": self.edited,
            "left_out": {why: self.left_out[why] for why in _WORDS if self.left_out[why]},
            "told": [{"place": each.place, "reason": each.reason} for each in self.told],
        }
