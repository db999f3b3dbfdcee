"""What is new in each release, as the changelog tells it: read from the data file that is made of the changelog.

The texts are English, and markup already: the file is ours, written by `tests/server/changelog.py`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

DATA = "changelog.json"


@dataclass(frozen=True, slots=True)
class ChangesOfKind:
    """The changes of one kind (added, changed, fixed, …)."""

    name: str
    items: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """A release with its day, what it is in short, and everything that it changed. `opening` is what the changelog says of it
    before its lists; empty where it says nothing."""

    version: str
    day: datetime
    opening: Markup
    in_short: tuple[Markup, ...]
    sections: tuple[ChangesOfKind, ...]

    @property
    def count(self) -> int:
        """How many changes are told."""
        return sum(len(section.items) for section in self.sections)


@cache
def all_releases() -> tuple[Release, ...]:
    """Every release, the newest first."""
    kept = json.loads(files("rowback.web.pages").joinpath(DATA).read_text(encoding="utf-8"))
    return tuple(_release(each) for each in kept)


def _release(kept: dict[str, Any]) -> Release:
    return Release(
        kept["version"],
        datetime.fromisoformat(kept["day"]).replace(tzinfo=UTC),
        Markup(kept["opening"]),  # noqa: S704  # our own data, made of our own changelog
        _marked_up(kept["in_short"]),
        tuple(ChangesOfKind(name, _marked_up(items)) for name, items in kept["sections"].items()),
    )


def _marked_up(items: list[str]) -> tuple[Markup, ...]:
    return tuple(Markup(each) for each in items)  # noqa: S704  # as above
