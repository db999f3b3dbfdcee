"""ArchiveBox's folders: a snapshot of a page each, whose WARC files are read; else the page that SingleFile saved.

What an index says of the time of a snapshot is when its address was noted, and not when the page was seen: it is not taken.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from rowback.archive import singlefile, warc
from rowback.archive.folders import folders_below, inside, read_whole
from rowback.archive.held import Cause, HeldAt, HeldKind, HeldLead, Unread, key_of
from rowback.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rowback.archive.held import Glance, Held, Wanted

_INDEXES = ("index.json", "index.jsonl")
_SAVED = ("singlefile.html",)
_MAX_INDEX = 4 * 1024 * 1024  # bytes of one snapshot's


def read(path: Path, wanted: Wanted) -> Iterator[Held]:
    """What the snapshots below a folder hold of their pages; with `is_all` also other pages in their WARC files."""
    for folder, names in folders_below(path):
        url = _url(folder, names)
        if url is not None and wanted.is_url(url):
            yield from _snapshot(folder, url, wanted)


def _snapshot(folder: Path, url: str, wanted: Wanted) -> Iterator[Held]:
    place, is_told = HeldAt(str(folder.name)), False
    for held in _in_warcs(folder, url, wanted):
        is_told = is_told or not isinstance(held, (HeldLead, Unread))
        yield held
    for name in () if is_told else _SAVED:
        saved = inside(folder, name)
        if saved is not None:
            is_told = True
            yield from _tried(singlefile.KIND, saved, wanted)
    if not is_told:
        yield Unread(place, Cause.NO_BODY, f"Of {url[:200]} there is neither a WARC file nor a page of SingleFile.")


def _in_warcs(folder: Path, url: str, wanted: Wanted) -> Iterator[Held]:
    inner = folder / "warc"
    if inner.is_symlink() or not inner.is_dir():
        return
    keys = {key_of(url)}
    chosen = replace(wanted, is_url=lambda each: wanted.is_url(each) and (wanted.is_all or key_of(each) in keys))
    for name in sorted(each.name for each in inner.iterdir()):
        file = inside(inner, name) if name.endswith((".warc", ".warc.gz")) else None
        if file is None:
            continue
        for held in _tried(warc.KIND, file, chosen):
            if isinstance(held, HeldLead):
                keys.add(key_of(held.to))
            yield held


def _tried(kind: HeldKind, path: Path, wanted: Wanted) -> Iterator[Held]:
    try:
        yield from kind.read(path, wanted)
    except BadInput as error:
        yield Unread(HeldAt(path.name), Cause.DAMAGED, str(error))


def _url(folder: Path, names: frozenset[str]) -> str | None:
    """The address of a snapshot; None for a folder that is none."""
    for name in _INDEXES:
        path = inside(folder, name) if name in names else None
        try:
            text = read_whole(path, _MAX_INDEX).decode("utf-8", "replace") if path is not None else ""
        except BadInput:
            continue
        for told in _values(text):
            if isinstance(told, dict) and isinstance(told.get("url"), str) and "timestamp" in told:
                return str(told["url"])
    return None


def _values(text: str) -> Iterator[object]:
    """The one JSON value of a text, or those of its lines."""
    for part in (text,) if text.lstrip()[:1] == "{" and "\n{" not in text else text.splitlines():
        try:
            yield json.loads(part)
        except (ValueError, RecursionError):
            continue


def _fits(glance: Glance) -> bool:
    if not glance.is_folder:
        return False
    if "ArchiveBox.conf" in glance.names:
        return True
    is_snapshot = any(name in glance.names for name in _INDEXES) and bool(glance.names & {"warc", *_SAVED})
    return is_snapshot or (
        "archive" in glance.names and any(name in glance.names for name in (*_INDEXES, "index.sqlite3"))
    )


KIND = HeldKind("archivebox", "ArchiveBox", _fits, read, is_crawl=True)
