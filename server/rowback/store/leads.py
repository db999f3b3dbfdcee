"""Where addresses lead: the one place that knows which keys an address has in a store. Runs inside the transactions of
others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from rowback.store.putting import insert_all
from rowback.text.urls import identify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.store.engine import Db
    from rowback.text.urls import PageURL

OLD_KEYS = "rekey"  # in `settings`: that the rules for addresses are newer than the keys that are stored


def has_old_keys(db: Db) -> bool:
    """Whether a store knows addresses by older rules."""
    return db.execute("select 1 from settings where name = ?", [OLD_KEYS]).fetchone() is not None


@dataclass(frozen=True, slots=True)
class Lead:
    """Where an address leads: the article, whose own address is `url`, and the key by which it does. `is_given`: the owner
    said so."""

    article_id: int
    url: str
    is_given: bool
    key: str

    def takes(self, page: PageURL) -> bool:
        """Whether what was read at an address may be a version: on the article's own host, or by the owner's word."""
        return self.is_given or identify(self.url).site == page.site


@dataclass(frozen=True, slots=True)
class Led:
    """An address with the keys that may lead from it, the closest first, and where the first of them that leads anywhere
    does."""

    page: PageURL
    keys: tuple[str, ...]
    lead: Lead | None

    @property
    def key(self) -> str:
        """The key by which the address leads to its article, or would lead to a new one."""
        return self.keys[-1] if self.lead is None else self.lead.key


def page_of(address: str) -> PageURL:
    """The page of an address, or of one in key form, which has no scheme. Raises `BadURL`."""
    if address.startswith(("http://", "https://")):
        return identify(address)
    host = address.partition("/")[0].partition("?")[0]
    return identify(f"{'http' if host.endswith(':443') else 'https'}://{address}")


def keys_of(db: Db, page: PageURL) -> tuple[str, ...]:
    """The keys that may lead from an address to its article, the closest first; the last is the one for a new article."""
    learned = _learned_key(db, page)
    return page.keys if learned is None else (*page.keys, learned)


def led_of(db: Db, page: PageURL) -> Led:
    """Where an address leads."""
    keys = keys_of(db, page)
    marks = ", ".join("?" * len(keys))
    rows = db.execute(
        f"select key, article_id, url, is_given from aliases join articles on id = article_id where key in ({marks})",
        keys,
    ).fetchall()
    found = {key: Lead(article_id, url, bool(is_given), key) for key, article_id, url, is_given in rows}
    return Led(page, keys, next((found[key] for key in keys if key in found), None))


def lead_of(db: Db, page: PageURL) -> Lead | None:
    """The article that an address leads to."""
    return led_of(db, page).lead


def leading_key(db: Db, page: PageURL) -> str:
    """See `Led.key`."""
    return led_of(db, page).key


def note_leads(db: Db, article_id: int, addresses: Sequence[Led]) -> None:
    """Makes addresses that lead nowhere yet lead to an article."""
    rows = [
        {"key": each.key, "article_id": article_id, "link": each.page.link} for each in addresses if each.lead is None
    ]
    insert_all(db, "aliases", rows, ignore=True)


def visit_parameters(db: Db, site: str) -> set[str]:
    """The parameters of which was learned that a site writes them anew at each visit, in lower case."""
    return {name for (name,) in db.execute("select name from visit_parameters where site = ?", [site]).fetchall()}


def without(key: str, names: Sequence[str] | set[str]) -> str:
    """A key without parameters of these names, in lower case."""
    rest, hash_, route = key.partition("#")
    place, _, query = rest.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name.lower() not in names]
    return place + (f"?{urlencode(kept)}" if kept else "") + hash_ + route


def _learned_key(db: Db, page: PageURL) -> str | None:
    if "?" not in page.key:
        return None
    names = visit_parameters(db, page.site)
    learned = without(page.key, names) if names else page.key
    return None if learned == page.key else learned
