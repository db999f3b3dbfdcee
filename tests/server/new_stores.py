"""New stores, without making every table of each: the file of one that was just made is copied.

A copy gets a number of its own, as every new store does (`rowback.store.lineage`): else two of them would be taken for
states of one.
"""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from rowback import files
from rowback.store import Store
from rowback.store.lineage import fresh

NUMBER_AT = slice(
    60, 64
)  # in the file's header: the user version, https://sqlite.org/fileformat.html#user_version_number


def new_store(path: Path) -> Store:
    """A store in a file that is made for it unless it is there, as `Store(path)` makes one."""
    if files.make_file(path):
        made = bytearray(_made())
        made[NUMBER_AT] = fresh().to_bytes(4, "big")
        path.write_bytes(made)
    return Store(path)


@functools.cache
def _made() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rowback.db"
        Store(path).end()
        return path.read_bytes()
