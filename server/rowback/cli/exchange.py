"""`rowback import`, `export`: histories in and out."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rowback import files
from rowback.archive.bulk import BadLine, read
from rowback.archive.export import all_articles, lines
from rowback.cli.base import counted, db_option, json_option, open_store, told_plainly
from rowback.cli.printer import MAX_MESSAGE, echo, print_json, print_json_lines, progress
from rowback.clock import utc_now
from rowback.errors import BadInput, UnknownArticle
from rowback.text.plain import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rowback.model import Capture
    from rowback.store import Store

MAX_TOLD_LINES = 20


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path, allow_dash=True))
@json_option
@db_option
@told_plainly
def import_(files: tuple[Path, ...], as_json: bool, db: Path | None) -> None:
    """Store captures from JSON Lines files (- for standard input). What was imported before makes no new versions.

    Each line is {"url", "seen_at", "title", and "blocks", "paragraphs" or "html"}. Lines that do not fit are listed and
    left out; the exit code is then 1.
    """
    store = open_store(db)
    told = []
    for path in files:
        told.append(_import_file(store, path))
        if not as_json:
            echo(told[-1].in_words(), err=bool(told[-1].bad_lines))
    if as_json:
        print_json([asdict(each) for each in told])
    if any(each.bad_lines for each in told):
        sys.exit(1)


@click.command(short_help="Write the versions of articles as JSON Lines.")
@click.argument("url", required=False)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write, or -.  [default: standard output]",
)
@click.option("--hidden", is_flag=True, help="With the articles that are hidden from readers.")
@db_option
@told_plainly
def export(url: str | None, output: Path | None, hidden: bool, db: Path | None) -> None:
    """Write an article's versions, or all articles', as JSON Lines that `rowback import` reads.

    Hidden articles are left out, unless one is named or --hidden asks for them: a copy does not say that they are hidden.
    """
    store = open_store(db, create=False)
    article = store.articles.find(url) if url else None
    if url and article is None:
        raise UnknownArticle(f"No version of {url} is stored.")
    found = lines(store, [article] if article else all_articles(store, with_hidden=hidden))
    if output is None or str(output) == "-":
        print_json_lines(found)
    else:
        _write(output, found)
    left_out = 0 if article or hidden else store.articles.hidden_count()
    if left_out:
        echo(f"Left out: {counted(left_out, 'hidden article')}. --hidden exports them, too.", err=True)


def _write(output: Path, found: Iterable[str]) -> None:
    try:
        out = files.open_to_write(output)
    except OSError as error:
        raise BadInput(f"{output} cannot be written: {error.strerror}.") from error
    with out:
        out.writelines(found)


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


def _import_file(store: Store, path: Path) -> _Imported:
    stored, unchanged, bad = 0, 0, 0
    for found in _progress(path):
        if isinstance(found, BadLine):
            bad += 1
            if bad <= MAX_TOLD_LINES:
                echo(f"{path}:{found.number}: {line(found.reason, MAX_MESSAGE)}", err=True)
            continue
        is_new = store.record(found, utc_now()).new_version
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
