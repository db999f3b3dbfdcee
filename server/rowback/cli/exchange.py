"""`rowback export`: histories out, as they came, or as tables of edits, versions and blocks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import regex

from rowback import files
from rowback.archive.export import all_articles, lines
from rowback.archive.rows import TABLES
from rowback.cli.base import counted, db_option, open_store, told_plainly
from rowback.cli.printer import echo, print_json_lines
from rowback.cli.table_files import FORMATS, Exported, check_target, print_table, write_tables
from rowback.clock import parse_instant
from rowback.errors import BadInput, UnknownArticle
from rowback.store.audience import Audience
from rowback.store.flat_file import check_replaceable
from rowback.store.latest import Filters
from rowback.text.plain import line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from rowback.archive.rows import RowTable
    from rowback.model import Article
    from rowback.store import Store

_DAY = regex.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OPTIONS = (
    click.option("--edits", is_flag=True, help="A table with a row an edit."),
    click.option("--versions", is_flag=True, help="A table with a row a version."),
    click.option("--blocks", is_flag=True, help="A table with a row a block (paragraph, heading) of a version."),
    click.option("--format", "form", type=click.Choice(FORMATS), help="How a table is written.  [default: jsonl]"),
    click.option("--source", "at_sources", multiple=True, help="Only of this source: example.com. May be repeated."),
    click.option("--label", "labels", multiple=True, help="Only edits with this label: figure. Repeated: with all."),
    click.option("--after", metavar="DAY | INSTANT", help="Only what was first seen since then: 2026-01-31."),
    click.option("--before", metavar="DAY | INSTANT", help="Only what was first seen before that."),
    click.option("--public", is_flag=True, help="Only what strangers may see, with nothing of who read when."),
    click.option("--replace", is_flag=True, help="Write over an older file of this name."),
)


@dataclass(frozen=True, slots=True)
class TablesWanted:
    """What was asked for of tables."""

    edits: bool
    versions: bool
    blocks: bool
    form: str | None
    at_sources: tuple[str, ...]
    labels: tuple[str, ...]
    after: str | None
    before: str | None
    public: bool
    replace: bool

    @property
    def tables(self) -> list[RowTable]:
        """The tables that were named."""
        return [table for name, table in TABLES.items() if getattr(self, name)]

    @property
    def is_about_tables(self) -> bool:
        """Whether anything was said that only tables know."""
        return any(getattr(self, name) for name in self.__slots__)


def _table_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command(short_help="Write versions as JSON Lines, or tables of edits.")
@click.argument("url", required=False)
@_table_options
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write, or -.  [default: standard output]",
)
@click.option("--hidden", is_flag=True, help="With the articles that are hidden from readers.")
@db_option
@told_plainly
def export(url: str | None, output: Path | None, hidden: bool, db: Path | None, **chosen: Any) -> None:
    """Write an article's versions, or all articles', as JSON Lines that `rowback import` reads.

    With --edits, --versions or --blocks: a table for other programs, of one article or of all that is wanted. A SQLite file
    may hold all three.

    Hidden articles are left out, unless one is named or --hidden asks for them: a copy does not say that they are hidden.
    """
    wanted = TablesWanted(**chosen)
    if wanted.is_about_tables:
        store = _export_tables(wanted, url, output, hidden=hidden, db=db)
    else:
        store = _export_lines(url, output, hidden=hidden, db=db)
    left_out = 0 if url or hidden else store.articles.hidden_count()
    if left_out:
        echo(f"Left out: {counted(left_out, 'hidden article')}. --hidden exports them, too.", err=True)


def _export_lines(url: str | None, output: Path | None, *, hidden: bool, db: Path | None) -> Store:
    is_file = output is not None and str(output) != "-"
    if output is not None and is_file:
        check_replaceable(output)
    store = open_store(db, create=False)
    article = _named(url, store, Audience.TRUSTED)
    found = lines(store, [article] if article else all_articles(store, with_hidden=hidden))
    if output is not None and is_file:
        _write(output, found)
    else:
        print_json_lines(found)
    return store


def _export_tables(
    wanted: TablesWanted, url: str | None, output: Path | None, *, hidden: bool, db: Path | None
) -> Store:
    form, tables = wanted.form or "jsonl", wanted.tables
    if not tables:
        raise BadInput("Say which table: --edits, --versions or --blocks.")
    if len(tables) > 1 and form != "sqlite":
        raise BadInput(f"{form} holds one table. Name one, or add --format sqlite.")
    if wanted.public and hidden:
        raise BadInput("--public has no hidden articles. Leave --hidden out.")
    filters = _filters(wanted)
    target = check_target(output, form, may_replace=wanted.replace)
    store = open_store(db, create=False)
    audience = Audience.STRANGERS if wanted.public else Audience.TRUSTED
    article = _named(url, store, audience)
    if article is not None:
        filters = replace(filters, article_id=article.id)
    exported = Exported(store.view(audience).whole, filters, hidden or (article is not None and not wanted.public))
    if target is None:
        if not print_table(exported, tables[0], form):
            echo(f"There are no {tables[0].name} of this kind. `rowback latest` shows what was edited last.", err=True)
    else:
        counts = write_tables(exported, tables, form, target)
        told = ", ".join(counted(number, name.removesuffix("s")) for name, number in counts.items())
        echo(f"Wrote {told} to {line(str(output))}.", err=True)
    return store


def _named(url: str | None, store: Store, audience: Audience) -> Article | None:
    """The article that is named. Raises `BadURL`, and `UnknownArticle` where this audience sees none."""
    if not url:
        return None
    article = store.view(audience).articles.find(url)
    if article is None or (audience.is_strangers and article.hidden_reason is not None):
        raise UnknownArticle(f"No version of {url} is stored.")
    return article


def _filters(wanted: TablesWanted) -> Filters:
    after, before = _instant("--after", wanted.after), _instant("--before", wanted.before)
    if after and before and before <= after:
        raise BadInput("The period ends before it begins: exchange --after and --before.")
    return Filters(
        sources=tuple(name.lower() for name in wanted.at_sources),
        labels=tuple(name.lower() for name in wanted.labels),
        after=after,
        before=before,
    )


def _instant(option: str, given: str | None) -> datetime | None:
    """A day in UTC, or an instant. Raises `BadInput`."""
    if given is None:
        return None
    try:
        return parse_instant(f"{given}T00:00:00Z" if _DAY.fullmatch(given) else given)
    except BadInput:
        raise BadInput(f"{option} is a day or an instant: 2026-01-31, or 2026-01-31T09:30:00Z.") from None


def _write(output: Path, found: Iterable[str]) -> None:
    try:
        out = files.open_to_write(output)
    except OSError as error:
        raise BadInput(f"{output} cannot be written: {error.strerror}.") from error
    with out:
        out.writelines(found)
