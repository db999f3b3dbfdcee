"""What there is in a collection, without reading a page: for a look before an import."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rowback.archive.held import Cause, HeldAt, HeldLead, HeldPage, SeenAgain, Unread
from rowback.archive.tally import MOST_TOLD, PassedOver
from rowback.clock import format_instant
from rowback.errors import BadInput, BadURL
from rowback.text.urls import identify

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from rowback.archive.held import HeldKind, Wanted

SHOWN = 3  # addresses
_NOWHERE = ".invalid"  # RFC 6761, section 6.4


@dataclass(slots=True)
class Look:
    """Counts: pages, texts that others read, revisits, addresses that lead elsewhere; addresses by what they are known by."""

    pages: int = 0
    texts: int = 0
    revisits: int = 0
    leads: int = 0
    unread: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    keys: set[int] = field(default_factory=set)
    shown: list[str] = field(default_factory=list)
    told: list[PassedOver] = field(default_factory=list)
    has_own_addresses: bool = False

    def see(self, url: str, at: datetime) -> None:
        """Counts an address and an instant."""
        self.first_at = at if self.first_at is None else min(at, self.first_at)
        self.last_at = at if self.last_at is None else max(at, self.last_at)
        try:
            page = identify(url)
        except BadURL:
            return
        self.has_own_addresses = self.has_own_addresses or page.host.endswith(_NOWHERE)
        if hash(page.key) not in self.keys:
            self.keys.add(hash(page.key))
            if len(self.shown) < SHOWN:
                self.shown.append(f"{at:%Y-%m-%d %H:%M} UTC {url}")

    def cannot(self, found: Unread) -> None:
        """Counts what cannot be read."""
        self.unread += 1
        if len(self.told) < MOST_TOLD:
            self.told.append(PassedOver(str(found.place), found.detail))

    def in_words(self) -> str:
        """One sentence."""
        parts = [
            f"{number} {one if number == 1 else several}"
            for number, one, several in (
                (self.pages, "page", "pages"),
                (self.texts, "text", "texts"),
                (self.revisits, "revisit", "revisits"),
                (self.leads, "redirect", "redirects"),
                (self.unread, "that cannot be read", "that cannot be read"),
            )
            if number
        ]
        when = f", from {self.first_at:%Y-%m-%d} to {self.last_at:%Y-%m-%d}" if self.first_at and self.last_at else ""
        at = f" of {len(self.keys)} {'address' if len(self.keys) == 1 else 'addresses'}" if self.keys else ""
        return f"{', '.join(parts)}{at}{when}." if parts else "nothing of what is wanted."

    def notes(self) -> list[str]:
        """What else is to be known."""
        own = ["Some texts do not say where they were read: an address of ours stands for it."]
        return [
            *self.shown,
            *(own if self.has_own_addresses else []),
            *(f"{each.place}: {each.reason}" for each in self.told),
        ]

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "pages": self.pages,
            "texts": self.texts,
            "revisits": self.revisits,
            "redirects": self.leads,
            "unread": self.unread,
            "addresses": len(self.keys),
            "first_at": None if self.first_at is None else format_instant(self.first_at),
            "last_at": None if self.last_at is None else format_instant(self.last_at),
            "told": [{"place": each.place, "reason": each.reason} for each in self.told],
        }


def look_in(kind: HeldKind, path: Path, wanted: Wanted) -> Look:
    """A look at all of it."""
    look = Look()
    try:
        for held in kind.read(path, wanted):
            if isinstance(held, Unread):
                look.cannot(held)
            elif isinstance(held, HeldLead):
                look.leads += 1
            else:
                look.pages += isinstance(held, HeldPage)
                look.revisits += isinstance(held, SeenAgain)
                look.texts += not isinstance(held, (HeldPage, SeenAgain))
                look.see(held.url, held.seen_at)
    except BadInput as error:
        look.cannot(Unread(HeldAt(path.name), Cause.NOT_READ, str(error)))
    return look
