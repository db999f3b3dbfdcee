"""`rowback notes`: what a reader noted of edits, to be read or taken elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rowback.cli.base import base, db_option, open_store, told_plainly
from rowback.cli.printer import echo, echo_styled, print_json_lines
from rowback.cli.terminal import title_line
from rowback.deferred import Deferred
from rowback.store.audience import OWNER, Audience

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rowback.store.reviews import KeptNote
    from rowback.web import note_files
else:
    note_files = Deferred("rowback.web.note_files")


@click.command(short_help="Show your notes on edits, or write them as a file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines, one note a line.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV for spreadsheets.")
@click.option("--reader", metavar="NAME", help="The notes of another reader than the owner, for them to take along.")
@db_option
@told_plainly
def notes(as_json: bool, as_csv: bool, reader: str | None, db: Path | None) -> None:
    """Show your notes on edits in the order in which they were begun, or print them as JSON Lines or CSV."""
    if as_json and as_csv:
        raise click.UsageError("Choose one of --json and --csv.")
    store = open_store(db, create=False)
    number = OWNER if reader is None else store.readers.named(reader).id
    found = store.view(Audience(number)).reviews.notes()
    if as_json or as_csv:
        _print_file(found, as_csv=as_csv)
        return
    count = 0
    for count, each in enumerate(found, 1):  # noqa: B007 (counted for what is said where there is none)
        _print(each)
    if not count:
        echo("Nothing is noted yet: edits are noted under Triage on the backend's pages.", err=True)


def _print_file(found: Iterable[KeptNote], *, as_csv: bool) -> None:
    if not as_csv:
        print_json_lines(note_files.as_json_lines(found, base()))
        return
    for line in note_files.as_csv(found, base()):
        echo_styled([(line, {})], nl=False)


def _print(each: KeptNote) -> None:
    if each.article is not None:
        echo(title_line(each.article), bold=True)
    version = "" if each.version is None else f"version {each.version}  "
    noted = "" if each.noted_at is None else f"noted {each.noted_at:%Y-%m-%d %H:%M} UTC"
    lists = "".join(f" · {name}" for name in each.review.collections)
    echo(f"  {version}{noted}{lists}", dim=True)
    for line in each.review.note.splitlines():
        echo_styled([(f"  {line}", {})])
