"""Addresses of copies in web archives: what they are a copy of, and from when.

Archives that are like the Wayback Machine or pywb put instant and address into one: `PREFIX/STAMP[MODIFIER]/ADDRESS`, where
the stamp is up to 14 digits (year to second, UTC) and a modifier such as `id_` says how the copy is given out. Only hosts
that are known to be archives, or that the caller names, are read so: elsewhere such a path is anybody's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import regex
from tld import get_tld

if TYPE_CHECKING:
    from collections.abc import Collection

# Archives by hosts without `www.`. These show copies, and give out none as it came.
_SHOWING_HOSTS = frozenset("archive.today archive.ph archive.is archive.li archive.vn archive.md archive.fo".split())
KNOWN_HOSTS = _SHOWING_HOSTS.union(
    "web.archive.org wayback.archive.org arquivo.pt wayback.archive-it.org webarchive.org.uk wayback.vefsafn.is "
    "webarchive.nationalarchives.gov.uk webarchive.parliament.uk webarchive.loc.gov webarchive.nla.gov.au".split()
)
DIGITS = 14  # of a whole stamp
_FILLING = "10000101000000"  # what a shorter stamp is filled up with: the first instant that it may mean
_PORTS = (None, 80, 443)
_NESTED = 4  # copies of copies that are looked through
_STAMP = r"\d{1,14}(?:[a-z]{2,4}_)?+/"
_SEGMENT = (
    rf"(?!{_STAMP}(?!{_STAMP}))[\w.~-]{{1,60}}+/"  # of a path above the stamp: a collection, which may be a number
)
_COPY = regex.compile(
    rf"(?P<above>/(?:{_SEGMENT}){{0,3}}+)(?P<stamp>\d{{1,14}})(?P<modifier>[a-z]{{2,4}}_)?+/(?P<original>.+)",
    regex.ASCII | regex.DOTALL,
)
_NEWEST = regex.compile(r"/(?:web|newest)/(?P<original>https?(?::|%3a).+)", regex.IGNORECASE | regex.DOTALL)
_SCHEME = regex.compile(r"(https?)(?::|%3a)(?:/|%2f){1,3}+", regex.IGNORECASE)
_BARE_HOST = regex.compile(
    r"((?:[\w-]{1,63}+\.){1,10}+[a-z][\w-]{1,62}+)\.?(?::\d{1,5}+)?+(?=[/?#]|$)", regex.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Archived:
    """One copy: of which address, and its `stamp` as the archive's address has it, which may be short or empty. `prefix` is
    what stands before the stamp, `modifier` what stands right behind it."""

    original: str
    stamp: str
    prefix: str
    modifier: str = ""

    @property
    def seen_at(self) -> datetime | None:
        """When the page was copied; None where the address names no instant."""
        return instant(self.stamp) if len(self.stamp) == DIGITS else None

    @property
    def is_only_shown(self) -> bool:
        """Whether the archive is one that gives out no copy as it came: its own changes cannot be told from edits."""
        return (urlsplit(self.prefix).hostname or "").removesuffix(".").removeprefix("www.") in _SHOWING_HOSTS

    def address(self, modifier: str = "") -> str:
        """Where the archive gives the copy out: as it came with `id_`, to be looked at without a modifier."""
        return f"{self.prefix}{self.stamp}{modifier}/{self.original}"


def archived(url: str, more_hosts: Collection[str] = ()) -> Archived | None:
    """What an address in an archive is a copy of; None for any other address, also for an archive's lists and calendars.
    Copies of copies are looked through. `more_hosts` are archives that the owner named, in lower case, with their ports."""
    found = None
    for _ in range(_NESTED):
        inner = _at_known(url if found is None else found.original, more_hosts)
        if inner is None:
            break
        found = inner
    return found


def own_address(url: str) -> str:
    """The address of which another is an archive's copy; any other address as it is."""
    found = archived(url)
    return url if found is None else found.original


def copy_at(url: str) -> Archived | None:
    """The same on whatever host: for addresses that an archive itself named."""
    parts = _parts(url)
    return None if parts is None else _copy(f"{parts[0]}://{parts[1]}", parts[2])


def instant(stamp: str) -> datetime | None:
    """The first instant that a stamp of 1 to 14 digits may mean, None for what is no date."""
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= DIGITS):
        return None
    try:
        return datetime.strptime(stamp + _FILLING[len(stamp) :] + "+0000", "%Y%m%d%H%M%S%z").astimezone(UTC)
    except ValueError:
        return None


def stamp_of(at: datetime) -> str:
    """The 14 digits of an instant."""
    return f"{at.astimezone(UTC):%Y%m%d%H%M%S}".zfill(DIGITS)


def _at_known(url: str, more_hosts: Collection[str]) -> Archived | None:
    parts = _parts(url)
    if parts is None:
        return None
    scheme, place, path = parts
    try:
        split = urlsplit(f"{scheme}://{place}")
        host, port = (split.hostname or "").removesuffix("."), split.port
    except ValueError:
        return None
    is_known = port in _PORTS and host.removeprefix("www.") in KNOWN_HOSTS
    if not (is_known or place.rpartition("@")[2].lower() in more_hosts):
        return None
    newest = _NEWEST.fullmatch(path)
    if newest is None:
        return _copy(f"{scheme}://{place}", path)
    original = _address(newest["original"])
    return None if original is None else Archived(original, "", f"{scheme}://{place}/web/")


def _parts(url: str) -> tuple[str, str, str] | None:
    """Scheme, host with port, and all the rest as it stands: the address within has a query and a fragment of its own."""
    scheme, colon, rest = url.strip().partition("://")
    place, slash, path = rest.partition("/")
    if not (colon and slash) or scheme.lower() not in ("http", "https") or any(char in place for char in "?#"):
        return None
    return scheme.lower(), place, f"/{path}"


def _copy(place: str, path: str) -> Archived | None:
    found = _COPY.fullmatch(path)
    original = _address(found["original"]) if found is not None else None
    if found is None or original is None:
        return None
    return Archived(original, found["stamp"], f"{place}{found['above']}", found["modifier"] or "")


def _address(told: str) -> str | None:
    """The address within one, as archives take them: with a scheme, with one that lost a slash, escaped, or a bare host."""
    found = _SCHEME.match(told)
    if found is not None:
        rest = told[found.end() :]
        if "%" in found[0]:
            rest = unquote(rest)
        return f"{found[1].lower()}://{rest}" if rest[:1].strip("/?#") else None
    bare = _BARE_HOST.match(told)
    if bare is None:
        return None
    is_host = told[bare.end() :].startswith("/") or get_tld(f"http://{bare[1].lower()}", fail_silently=True) is not None
    return f"http://{told}" if is_host else None  # and no file beside the copy
