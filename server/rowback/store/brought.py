"""What a reading of a feed brought: how much it named, how much of it is new, what was left out and why."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from rowback.text.plain import line

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_SHOWN = 3  # headlines, or addresses
MAX_SHOWN_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Brought:
    """Numbers of addresses at the last reading that was not answered with "nothing new"."""

    named: int = 0
    """Articles that are named, each once; what was left out for its date or address is counted here, too."""
    new: int = 0
    too_old: int = 0
    """Published and updated too long ago."""
    too_many: int = 0
    """More than a feed may bring, see `finds.py`; or more than are read of one document."""
    unwanted: int = 0
    """Not what the feed's patterns ask for."""
    no_address: int = 0
    """Entries without an address, or with one that is none."""
    unlike: int = 0
    """Links of a front page that do not look like an article's."""
    elsewhere: int = 0
    """Links of a front page to articles of others; sitemaps of others in an index."""
    unread: int = 0
    """Sitemaps of an index that could not be read."""
    undated: int = 0
    """Entries with a date that cannot be believed. They are not left out, but taken as if they had none."""
    first: tuple[str, ...] = ()
    """The headlines of the first articles; their addresses where there are none."""
    try_feeds: tuple[str, ...] = ()
    """Feeds that a page without articles points to."""

    def __add__(self, other: Brought) -> Brought:
        """Of two documents together."""
        both = Brought(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Brought)))
        return replace(both, first=shown(both.first), try_feeds=shown(both.try_feeds))

    def in_words(self) -> str:
        """One line for a log or a page."""
        none = _counted(0, "article") + " named" if self.unread else NO_ARTICLES
        said = f"{_counted(self.named, 'article')} named, {self.new} new" if self.named else none
        if self.named and self.first:
            said += f"; first: {self.first[0]}"
        if reasons := [f"{getattr(self, name)} {words}" for name, words in LEFT_OUT.items() if getattr(self, name)]:
            said += f"; left out: {', '.join(reasons)}"
        if self.unread:
            said += f"; {_counted(self.unread, 'sitemap')} could not be read"
        if self.undated:
            said += f"; {_counted(self.undated, 'date')} not believed"
        if self.try_feeds and not self.named:
            said += f"; try its feed: {', '.join(self.try_feeds)}"
        return said


NOTHING = Brought()
NO_ARTICLES = "nothing that looks like an article"
LEFT_OUT = {
    "too_old": "older than a week",
    "too_many": "more than one feed may bring",
    "unwanted": "by your patterns",
    "no_address": "without an address",
    "unlike": "not like an article",
    "elsewhere": "on other sites",
}


def to_json(found: Brought) -> str:
    """As it is stored."""
    return json.dumps({name: count for name, count in asdict(found).items() if count})


def from_json(stored: str | None) -> Brought | None:
    """What was stored; None where there was no reading yet. What this release does not count is passed over."""
    if stored is None:
        return None
    known = {each.name for each in fields(Brought)}
    return Brought(**{name: _read(found) for name, found in json.loads(stored).items() if name in known})


def shown(texts: Iterable[str]) -> tuple[str, ...]:
    """The first few of some texts, each in a line."""
    return tuple(line(text, MAX_SHOWN_CHARACTERS) for text in dict.fromkeys(texts) if text)[:MAX_SHOWN]


def _read(found: Any) -> Any:
    return shown(map(str, found)) if isinstance(found, list) else int(found)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
