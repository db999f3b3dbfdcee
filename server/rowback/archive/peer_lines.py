"""The bulk format among other collections: lines of JSON, ours or what a peer's database printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.archive import bulk
from rowback.archive.held import Cause, HeldAt, HeldKind, Unread
from rowback.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rowback.archive.held import Glance, Held, Wanted


def read(path: Path, wanted: Wanted) -> Iterator[Held]:
    """The captures of a file's lines. Raises `BadInput` for a file that cannot be read."""
    try:
        with path.open("rb") as file:

            def lines() -> Iterator[str]:
                for line in file:
                    wanted.passed(len(line))
                    yield line.decode("utf-8", "replace")

            for found in bulk.read(lines()):
                if isinstance(found, bulk.BadLine):
                    yield Unread(HeldAt(path.name, found.number), Cause.DAMAGED, found.reason)
                elif wanted.is_url(found.url):
                    yield found
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error


def _fits(glance: Glance) -> bool:
    begin = glance.begin.lstrip(b"\xef\xbb\xbf \t\r\n")
    return begin.startswith(b"{") and b'"seen_at"' in begin and not glance.is_folder


KIND = HeldKind("bulk", "Rowback's JSON Lines", _fits, read)
