"""WACZ files (Webrecorder's specification, 1.1.1): a zip of WARC files, with lists of the pages that were visited."""

from __future__ import annotations

import json
import zipfile
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from rowback.archive import warc
from rowback.archive.held import Cause, HeldAt, HeldKind, HeldLead, Unread, key_of
from rowback.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

    from rowback.archive.held import Glance, Held, Wanted
    from rowback.archive.unpacking import Readable

_LISTS = ("pages/pages.jsonl", "pages/extraPages.jsonl")
_MAX_LINE = 16 * 1024 * 1024  # bytes; a page's text may stand in its line
_MAX_RATIO = 100  # times that all may be larger unpacked: WARC files in it are packed already, and plain ones are text
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


def read(path: Path, wanted: Wanted) -> Iterator[Held]:
    """What the archive holds of the pages that were visited, at any time; with `is_all`, or where it has no list of them, of
    all pages. Raises `BadInput` for what is no zip."""
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN as error:
        raise BadInput(f"{path} is no WACZ file: {error}.") from error
    with archive:
        visited = None if wanted.is_all else _visited(archive)
        left = _MAX_RATIO * path.stat().st_size
        for member in archive.infolist():
            if not (member.filename.startswith("archive/") and member.filename.endswith((".warc", ".warc.gz"))):
                continue
            left -= member.file_size
            if left < 0:  # several members may be made of the same bytes
                detail = f"{member.filename[:200]} and those before it unpack to far more than the file has."
                yield Unread(HeldAt(member.filename), Cause.TOO_LARGE, detail)
                return
            yield from _member(archive, member, visited, wanted)


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, visited: set[str] | None, wanted: Wanted
) -> Iterator[Held]:
    chosen = replace(wanted, is_url=lambda url: wanted.is_url(url) and (visited is None or key_of(url) in visited))
    try:
        with archive.open(member) as file:
            for held in warc.read_file(cast("Readable", file), member.file_size, member.filename, chosen):
                if isinstance(held, HeldLead) and visited is not None:
                    visited.add(key_of(held.to))  # a page is listed where its visit began
                yield held
    except _BROKEN as error:
        yield Unread(HeldAt(member.filename), Cause.DAMAGED, f"{member.filename[:200]} cannot be unpacked: {error}.")


def _visited(archive: zipfile.ZipFile) -> set[str] | None:
    """Keys of the addresses in the lists of pages; None where there is no list that can be read."""
    found: set[str] = set()
    for name in _LISTS:
        try:
            with archive.open(name) as file:
                found.update(_listed(file))
        except (KeyError, *_BROKEN):
            continue
    return found or None


def _listed(file: IO[bytes]) -> Iterator[str]:
    while line := file.readline(_MAX_LINE):
        try:
            told = json.loads(line)
        except (ValueError, RecursionError):  # the rest of a line that is too long is none, either
            continue
        if isinstance(told, dict) and isinstance(told.get("url"), str):
            yield key_of(told["url"])


def _fits(glance: Glance) -> bool:
    return any(name.startswith("archive/") and name.endswith((".warc", ".warc.gz")) for name in glance.names) and (
        not glance.is_folder
    )


KIND = HeldKind("wacz", "WACZ", _fits, read, is_crawl=True)
