"""`rowback searches`: the owner's saved searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rowback.cli.base import db_option, json_option, open_store, told_plainly
from rowback.cli.printer import echo, print_json, row
from rowback.clock import format_instant, utc_now
from rowback.store.audience import OWNER
from rowback.text.plain import line

if TYPE_CHECKING:
    from pathlib import Path


@click.group(invoke_without_command=True, short_help="List saved searches; save and remove them.")
@json_option
@db_option
@click.pass_context
@told_plainly
def searches(context: click.Context, db: Path | None, as_json: bool) -> None:
    """List your saved searches: queries with a name, each with a page, a feed and, where you want them, alerts."""
    context.obj = db
    if context.invoked_subcommand is not None:
        return
    found = open_store(db).searches.all(OWNER)
    if as_json:
        told = [
            {"name": each.name, "query": each.query, "created_at": format_instant(each.created_at)} for each in found
        ]
        print_json(told)
        return
    for each in found:
        row(each.name, each.query)
    if not found:
        echo("There are none. `rowback searches save NAME QUERY` saves one.", err=True)


@searches.command("save", short_help="Give a query a name.")
@click.argument("name")
@click.argument("query")
@db_option
@click.pass_obj
@told_plainly
def save(group_db: Path | None, name: str, query: str, db: Path | None) -> None:
    """Give a QUERY, written as in `rowback search`, a NAME. It finds edits, of passages that have its words."""
    saved = open_store(db or group_db).searches.save(OWNER, name, query, utc_now())
    echo(f"Saved {line(saved.name)}. `rowback alerts add NAME` tells of what it finds.")


@searches.command("remove", short_help="Remove a search, with its alerts.")
@click.argument("name")
@db_option
@click.pass_obj
@told_plainly
def remove(group_db: Path | None, name: str, db: Path | None) -> None:
    """Remove the search NAME, with its alerts."""
    removed = open_store(db or group_db).searches.remove(OWNER, name)
    echo(f"Removed {line(removed.name)}, with its alerts.")
