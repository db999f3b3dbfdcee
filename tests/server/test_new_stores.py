"""A store that tests copy is as one that the program makes."""

from __future__ import annotations

import re
from pathlib import Path

from rowback.store import Store
from rowback.store.family import HEADER_BYTES
from rowback.store.lineage import BEGINS, read_header

from .all_rows import all_rows
from .new_stores import NUMBER_AT, new_store


def test_a_copied_store_is_as_one_made_and_has_a_number_of_its_own(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("made.db", "copied.db", "other.db")]
    stores = [Store(paths[0]), new_store(paths[1]), new_store(paths[2])]
    starts = [(store.start.is_doubtful, store.start.notice) for store in stores]
    for store in stores:
        store.end()
    assert starts == [(False, None)] * 3
    headers = [read_header(path) for path in paths]
    assert len({header.number for header in headers if header and header.number >= BEGINS}) == 3
    assert [path.stat().st_mode for path in paths[1:]] == [paths[0].stat().st_mode] * 2
    for kept in (_header, _dump):
        assert kept(paths[0]) == kept(paths[1])


def _header(path: Path) -> bytes:
    made = bytearray(path.read_bytes()[:HEADER_BYTES])
    made[NUMBER_AT] = b""
    return bytes(made)


def _dump(path: Path) -> list[str]:
    """All that is in it, but for when its tables were made and its own secrets."""
    rows = [re.sub(r"\d{4}-\d\d-\d\d.\d\d:\d\d:[\d.]+", "then", row) for row in all_rows(path)]
    return [re.sub(r"\b[0-9a-f]{64}\b", "secret", row) for row in rows]
