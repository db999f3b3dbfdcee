"""`rowback import`: histories in, from JSON Lines and from what others collected."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rowback.archive.bulk import BadLine, read
from rowback.cli.base import counted, db_option, json_option, open_store, told_plainly
from rowback.cli.printer import MAX_MESSAGE, echo, print_json, progress
from rowback.clock import utc_now
from rowback.deferred import Deferred
from rowback.errors import BadInput
from rowback.store.imports import ImportKind
from rowback.store.peer_queries import QUERIES
from rowback.text.plain import line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rowback.cli import collecting
    from rowback.model import Capture
    from rowback.store import Store
else:
    collecting = Deferred("rowback.cli.collecting")

MAX_TOLD_LINES = 20
STANDARD_INPUT = "-"


@click.command("import", short_help="Store what others collected, or JSON Lines.")
@click.argument("files", nargs=-1, metavar="FILE|FOLDER...", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--as", "kind", metavar="KIND", help="What FILE is, where that is not recognised.")
@click.option("--only", metavar="PATTERN", help="Only addresses with this text in them; * stands for any text.")
@click.option(
    "--all", "is_all", is_flag=True, help="Of a WACZ or ArchiveBox also pages that were not visited themselves."
)
@click.option("--zone", metavar="ZONE", help="The zone of times that say none, such as Europe/Berlin.")
@click.option("--dry-run", is_flag=True, help="Only say what is there, and how its times are read; store nothing.")
@click.option("--query", type=click.Choice(sorted(QUERIES)), help="Print a query whose output is such JSON Lines.")
@json_option
@db_option
@told_plainly
def import_(
    files: tuple[Path, ...],
    kind: str | None,
    only: str | None,
    is_all: bool,
    zone: str | None,
    dry_run: bool,
    query: str | None,
    as_json: bool,
    db: Path | None,
) -> None:
    """Store what others collected, or captures from JSON Lines files (- for standard input).

    What each file is, or what there is in a folder, is recognised: WARC, WACZ, HAR, MHTML and SingleFile, folders of
    ArchiveBox, changedetection.io, NewsDiffs and Open Terms Archive, databases of News Sniffer, diffengine and urlwatch.
    What was imported before makes no new versions; Ctrl-C loses nothing, and the same command goes on.

    Each line of JSON Lines is {"url", "seen_at", "title", and "blocks", "paragraphs", "text" or "html"}. What does not fit
    is listed and left out; the exit code is then 1.
    """
    if query is not None:
        if files:
            raise click.UsageError("--query prints a query and takes no FILE.")
        echo(QUERIES[query], nl=False)
        return
    if not files:
        raise click.UsageError("Say which FILE or FOLDER to import, or - for standard input.")
    how = (kind, only, zone, is_all, dry_run)
    if any(how) or not all(map(_is_lines, files)):
        collecting.bring(files, collecting.WantedOf(kind, only, zone, is_all, dry_run), db, as_json=as_json)
        return
    store = open_store(db)
    number = store.imports.begin(ImportKind.FILE, ", ".join(path.name for path in files), utc_now())
    told = []
    for path in files:
        told.append(_import_file(store, path, number))
        if not as_json:
            echo(told[-1].in_words(), err=bool(told[-1].bad_lines))
    store.imports.end(number, utc_now())
    if as_json:
        print_json([asdict(each) for each in told])
    if any(each.bad_lines for each in told):
        sys.exit(1)


def _is_lines(path: Path) -> bool:
    """Whether a file is taken for JSON Lines: whatever is no other kind of collection, and text."""
    return str(path) == STANDARD_INPUT or not (path.is_dir() or (path.is_file() and collecting.is_other(path)))


@dataclass(frozen=True, slots=True)
class _Imported:
    """What came of a file; lines that were not taken were listed on stderr."""

    file: str
    new_versions: int
    unchanged: int
    bad_lines: int

    def in_words(self) -> str:
        untold = self.bad_lines - MAX_TOLD_LINES
        more = f" ({untold} bad lines not listed)" if untold > 0 else ""
        return (
            f"{self.file}: {counted(self.new_versions, 'new version')}, {self.unchanged} unchanged, "
            f"{counted(self.bad_lines, 'bad line')}{more}."
        )


def _import_file(store: Store, path: Path, number: int) -> _Imported:
    stored, unchanged, bad = 0, 0, 0
    for found in _progress(path):
        if isinstance(found, BadLine):
            bad += 1
            if bad <= MAX_TOLD_LINES:
                echo(f"{path}:{found.number}: {line(found.reason, MAX_MESSAGE)}", err=True)
            continue
        is_new = store.record(replace(found, brought_by=number), utc_now()).new_version
        stored, unchanged = stored + is_new, unchanged + (not is_new)
    return _Imported(str(path), stored, unchanged, bad)


def _progress(path: Path) -> Iterator[Capture | BadLine]:
    if str(path) == "-":
        yield from read(each.decode("utf-8", "replace") for each in sys.stdin.buffer)
        return
    try:
        with (
            path.open("rb") as file,
            progress(path.stat().st_size, path.name) as bar,
        ):

            def lines() -> Iterator[str]:
                for each in file:
                    yield each.decode("utf-8", "replace")
                    bar.update(len(each))

            yield from read(lines())
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
