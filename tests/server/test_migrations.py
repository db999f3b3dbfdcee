"""A migration that has been released is never edited: a store that ran it would differ from one that runs it now.

`tests/cases/migrations.json` holds a digest of each. After adding one,

    python -m tests.server.test_migrations

notes it. It refuses to note one anew.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import sys
from typing import TYPE_CHECKING

from rowback.store.schema import migrations

from .cases import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable

NOTED = FOLDER / "migrations.json"


def _digest(function: Callable[..., object]) -> str:
    """Of its text, wherever its lines break."""
    return hashlib.sha256("".join(inspect.getsource(function).split()).encode()).hexdigest()[:16]


def _digests() -> dict[str, str]:
    return {each.name: _digest(each.fn) for each in migrations._migrations}


def _noted() -> dict[str, str]:
    noted: dict[str, str] = json.loads(NOTED.read_text(encoding="utf-8")) if NOTED.exists() else {}
    return noted


def _edited() -> list[str]:
    found = _digests()
    return [name for name, digest in _noted().items() if found.get(name) != digest]


def test_no_migration_was_edited_or_taken_away() -> None:
    assert _edited() == [], "a new migration changes what an old one made"


def test_each_migration_is_noted() -> None:
    assert _digests().keys() == _noted().keys(), "python -m tests.server.test_migrations notes it"


def test_they_run_in_the_order_of_their_numbers() -> None:
    names = [each.name for each in migrations._migrations]
    here, there = names.index("0010_changes"), names.index("0012_hidden")
    assert there == here - 1, "what makes an index over the column needs it"
    assert [*names[:there], *names[there + 1 :]] == sorted({*names} - {"0012_hidden"})


if __name__ == "__main__":
    if _edited():
        sys.exit(f"Edited: {', '.join(_edited())}. Add a new migration instead.")
    NOTED.write_text(json.dumps(_digests(), indent=1) + "\n", encoding="utf-8")
