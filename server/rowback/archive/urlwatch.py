"""urlwatch's cache: what each of its jobs gave, by a digest of the job's address. The addresses stand in `urls.yaml` beside.

That file is not read as YAML: every address that stands in it is tried, and the digest says whether it is a job's.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from rowback.archive.folders import inside, read_whole
from rowback.archive.held import Cause, HeldAt, HeldKind, HeldPage, HeldText, Unread, paragraphs
from rowback.archive.told_times import instant_of
from rowback.errors import BadInput
from rowback.store.foreign import BrokenRow, ForeignTable, rows
from rowback.text.largest import MAX_HTML_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rowback.archive.held import Glance, Held, Wanted
    from rowback.store.foreign import ForeignRow

CACHE = ForeignTable("CacheEntry", "id", ("guid", "timestamp", "data", "tries"), optional=frozenset({"tries"}))
MAX_JOBS = 4 * 1024 * 1024  # bytes of a file of jobs
_OF_A_JOB = re.compile(r"https?://[^\s\x00-\x1f]{1,4096}", re.IGNORECASE)
_ENDS = "\"',;)]}"  # what may stand right behind an address in YAML
_MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml|head|body|article|main|section|div)\b", re.IGNORECASE)


def read(path: Path, wanted: Wanted) -> Iterator[Held]:
    """What the jobs gave that went well. Raises `BadInput` for another file."""
    addresses = _addresses(path.parent)
    for row in rows(path, CACHE):
        place = HeldAt(path.name, row.key)
        if isinstance(row, BrokenRow):
            yield Unread(place, Cause.DAMAGED, row.detail)
        elif not row.values["tries"] and (held := _held(row, place, addresses, wanted)) is not None:
            yield held
    wanted.passed(path.stat().st_size)


def _held(row: ForeignRow, place: HeldAt, addresses: Mapping[str, str], wanted: Wanted) -> Held | None:
    url, data = addresses.get(row.text("guid").lower()), row.text("data")
    if url is None:
        detail = "The address of a job is not known: put the file urls.yaml of urlwatch beside the cache."
        return Unread(place, Cause.NO_ADDRESS, detail)
    if not wanted.is_url(url) or not data.strip():
        return None
    try:
        seen_at = instant_of(row.values["timestamp"])
    except BadInput as error:
        return Unread(place, Cause.NO_TIME, str(error))
    if _MARKUP.match(data) is None:
        return HeldText(place, url, seen_at, "", paragraphs(data))
    if len(data) > MAX_HTML_BYTES:
        return Unread(place, Cause.TOO_LARGE, f"{url[:200]} has more than {MAX_HTML_BYTES // 1024 // 1024} MB.")
    return HeldPage(place, url, seen_at, data)


def _addresses(folder: Path) -> dict[str, str]:
    """Addresses that stand in the folder's YAML files, by the digest that urlwatch names a job by."""
    found = {}
    for name in sorted(each.name for each in folder.iterdir() if each.suffix in (".yaml", ".yml")):
        path = inside(folder, name)
        if path is None:
            continue
        try:
            text = read_whole(path, MAX_JOBS).decode("utf-8", "replace")
        except BadInput:
            continue
        for match in _OF_A_JOB.finditer(text):
            for address in _endings(match[0]):
                found[hashlib.sha1(address.encode(), usedforsecurity=False).hexdigest()] = address
    return found


def _endings(address: str) -> Iterator[str]:
    """An address as it stands, and without one sign after the other that may not belong to it."""
    yield address
    while address[-1:] and address[-1] in _ENDS:
        address = address[:-1]
        yield address


def _fits(glance: Glance) -> bool:
    return "CacheEntry" in glance.tables


KIND = HeldKind("urlwatch", "urlwatch", _fits, read)
