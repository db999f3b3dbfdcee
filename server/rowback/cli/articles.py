"""`rowback capture`, `edits`, `merge`, `split`, `search`: single articles."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rowback.cli.base import base, counted, db_option, json_option, known_article, open_store, settings, told_plainly
from rowback.cli.printer import address, echo, print_json
from rowback.cli.terminal import print_history, title_line
from rowback.clock import parse_instant, utc_now
from rowback.deferred import Deferred
from rowback.errors import BadInput
from rowback.model import Origin
from rowback.text.archived import archived
from rowback.text.attributed import attributed
from rowback.text.hosts import behind_viewer
from rowback.text.plain import line
from rowback.text.runs import spans
from rowback.web.api import shapes
from rowback.web.api.bounds import told_whole

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.capture import captures
    from rowback.capture import fetch as fetching
    from rowback.cli import poll
    from rowback.model import Capture, Recorded
    from rowback.store import Store
    from rowback.web.api import edit_answers
else:
    captures, fetching = Deferred("rowback.capture.captures"), Deferred("rowback.capture.fetch")
    edit_answers, poll = Deferred("rowback.web.api.edit_answers"), Deferred("rowback.cli.poll")

MAX_DIGITS = 9  # of the number of a version
MAX_FOUND = 400  # characters of a text that is found
at_option = click.option(
    "--at", metavar="INSTANT", help="When the page was seen, as 2026-01-31T09:30:00Z.  [default: now]"
)


@click.command(short_help="Store what an article says now.")
@click.argument("source", metavar="URL | FILE.html | -")
@click.option("--url", help="The address of the article in FILE.html or on standard input.")
@at_option
@click.option(
    "--anyway", is_flag=True, help="Store it although it looks like no article: a section, a shop's page, a forum."
)
@json_option
@db_option
@told_plainly
def capture(source: str, url: str | None, at: str | None, anyway: bool, as_json: bool, db: Path | None) -> None:
    """Store what an article says now: fetched from its URL, or read from a saved page (- for standard input)."""
    seen_at = parse_instant(at) if at else utc_now()
    captures.check_not_future(seen_at, utc_now())
    store = open_store(db)
    recorded = store.record(replace(_capture(store, source, url, seen_at), is_anyway=anyway), utc_now())
    _tell(recorded, as_json)


@click.command(short_help="Show what was edited in an article.")
@click.argument("url")
@click.option(
    "--from",
    "from_",
    default="first",
    show_default=True,
    help="first, previous, the number of a version, or an instant.",
)
@click.option("--to", default="latest", show_default=True, help="latest or the number of a version.")
@json_option
@db_option
@told_plainly
def edits(url: str, from_: str, to: str, as_json: bool, db: Path | None) -> None:
    """Show what was edited in an article, from its first version to its latest."""
    store = open_store(db, create=False)
    article = known_article(store, url)
    asked = edit_answers.Asked(article, from_, to, base())
    told, aside = edit_answers.Histories(store).history(asked), store.notes.asides(article.id)
    if as_json:
        print_json(shapes.history(told_whole(told, aside), article, base()))
    else:
        print_history(article, told, aside, utc_now())


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 500), default=20, show_default=True, help="The most to show.")
@json_option
@db_option
@told_plainly
def search(words: tuple[str, ...], limit: int, as_json: bool, db: Path | None) -> None:
    """Find words in every version of every article."""
    store = open_store(db, create=False)
    found = store.search.find(" ".join(words), limit)
    if as_json:
        print_json([shapes.found_text(each, base()) for each in found])
        return
    for each in found:
        echo(title_line(each.article), bold=True)
        echo(f"  {spans(each.spans)}: {line(each.text, MAX_FOUND)}")
        first = store.versions.spans(each.article.id)[each.first_version]
        if first.memento is not None:
            echo(f"    {line(attributed(first.memento, first.origin))}: {address(first.memento.href)}")
    if not found:
        echo("Nothing found.", err=True)


@click.command()
@click.argument("url")
@click.argument("other_url")
@json_option
@db_option
@told_plainly
def merge(url: str, other_url: str, as_json: bool, db: Path | None) -> None:
    """Make one article of two that are the same story. No version is lost; all addresses of both lead to it."""
    store = open_store(db, create=False)
    kept, other = known_article(store, url), known_article(store, other_url)
    merged = store.merge(kept.id, other.id)
    if as_json:
        print_json(shapes.article(merged, base()))
    else:
        echo(f"One article, {merged.version_count} versions: {title_line(merged)}.")


@click.command(short_help="Make two articles of one that are two stories.")
@click.argument("url")
@click.option(
    "--versions",
    "numbers",
    metavar="N[,N...]",
    help="The versions to part, where Rowback does not know which were read there.",
)
@click.option("--undo", is_flag=True, help="Make one article again of what was split last.")
@json_option
@db_option
@told_plainly
def split(url: str, numbers: str | None, undo: bool, as_json: bool, db: Path | None) -> None:
    """Make two articles of one: what was read at URL gets an article of its own, to which URL leads from then on. No
    version is lost, and nothing joins the two again but `rowback merge` and --undo."""
    store = open_store(db, create=False)
    if undo:
        if numbers is not None:
            raise click.UsageError("--undo takes no --versions.")
        parts = [store.join_again(url)]
    else:
        parts = list(store.part(url, utc_now(), None if numbers is None else _numbers(numbers)))
    if as_json:
        print_json([shapes.article(each, base()) for each in parts])
        return
    echo("One article again:" if undo else "Two articles:")
    for each in parts:
        echo(f"  {counted(each.version_count, 'version')} of {title_line(each)}")


def _numbers(text: str) -> list[int]:
    numbers = [part.strip() for part in text.split(",")]
    if not all(number.isascii() and number.isdigit() and len(number) < MAX_DIGITS for number in numbers):
        raise BadInput("--versions takes numbers of versions with commas between: 1,2.")
    return [int(number) for number in numbers]


def _capture(store: Store, source: str, url: str | None, seen_at: datetime) -> Capture:
    if source.startswith(("http://", "https://")):
        if url is not None:
            raise BadInput("--url goes with a file: a URL is captured under its own address.")
        page = fetching.page(poll.make_fetcher(store, settings()), behind_viewer(source))
        if archived(page.url) is not None:
            return captures.from_copy(page.url, page.text())
        return captures.from_html(page.url, page.text(), seen_at, Origin.FETCH)
    if url is None:
        raise BadInput("Say with --url which article the file is, or name a URL.")
    try:
        saved = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        return captures.from_html(url, saved, seen_at, Origin.FILE)
    except OSError as error:
        raise BadInput(f"{source} cannot be read: {error.strerror}.") from error


def _tell(recorded: Recorded, as_json: bool) -> None:
    if as_json:
        article = shapes.article(recorded.article, base())
        print_json({"article": article, "version": recorded.version, "new_version": recorded.new_version})
    elif recorded.new_version:
        echo(f"Stored version {recorded.version} of {title_line(recorded.article)}.")
    else:
        echo(f"Unchanged: still version {recorded.version} of {title_line(recorded.article)}.")
