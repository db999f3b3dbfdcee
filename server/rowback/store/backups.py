"""Backups that follow one another: their names, and which of them go when there are enough."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rowback.errors import BadInput
from rowback.store.family import JOURNAL, SHM, WAL, beside, is_rowback
from rowback.store.holding import LOCK

if TYPE_CHECKING:
    from pathlib import Path

NAME = "rowback-%Y-%m-%d-%H%M%S.db"
_DIGITS = {"Y": 4, "m": 2, "d": 2, "H": 2, "M": 2, "S": 2, "j": 3}
_DIRECTIVE = re.compile(r"%(.?)")


def pattern_of(given: Path, *, is_series: bool) -> Path:
    """The file that is to be written, with a date pattern in its name where `given` is a folder. Raises `BadInput`.

    A series, of which the oldest go, needs a whole date in the names.
    """
    is_folder = given.is_dir() or (is_series and not given.exists() and "%" not in given.name and not given.suffix)
    pattern = given / NAME if is_folder else given
    directives = set(_DIRECTIVE.findall(pattern.name))
    unknown = directives - _DIGITS.keys()
    if unknown:
        raise BadInput(f"{pattern.name}: a date is written with %Y, %m, %d, %H, %M and %S, or %j.")
    if is_series and not ({"Y", "m", "d"} <= directives or {"Y", "j"} <= directives):
        raise BadInput("--keep wants a folder, or a name with a whole date in it: rowback-%Y-%m-%d.db.")
    return pattern


def named(pattern: Path, at: datetime) -> Path:
    """The file's name at an instant."""
    utc = at.astimezone(UTC)
    return pattern.with_name(_DIRECTIVE.sub(lambda found: utc.strftime(found[0]), pattern.name))


def outdated(pattern: Path, made: Path, keep: int, database: Path) -> list[Path]:
    """The backups of a series that are too many beside the one just `made`, oldest first by the dates in their names. Files
    that are no databases of Rowback, and the database itself, are never among them."""
    expected = re.compile(
        _DIRECTIVE.sub(lambda found: f"[0-9]{{{_DIGITS[found[1]]}}}", re.escape(pattern.name).replace(r"\%", "%"))
    )
    dated = []
    for each in pattern.parent.iterdir():
        if each == made or not expected.fullmatch(each.name) or each.is_symlink() or not each.is_file():
            continue
        if (database.exists() and each.samefile(database)) or not is_rowback(each):
            continue
        with suppress(ValueError):  # digits that are no date
            dated.append((datetime.strptime(each.name, pattern.name).replace(tzinfo=UTC), each))
    dated.sort()
    return [each for _, each in dated[: max(0, len(dated) - (keep - 1))]]


def remove(backup: Path) -> None:
    """Deletes a backup with what SQLite may have left beside it. Raises `OSError`."""
    backup.unlink(missing_ok=True)
    for ending in (WAL, SHM, JOURNAL, LOCK):
        beside(backup, ending).unlink(missing_ok=True)
