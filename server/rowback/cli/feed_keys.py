"""`rowback feed-keys`: secret addresses, under which feed readers elsewhere read one of our own feeds each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rowback.cli.base import backend_named, backend_option, db_option, json_option, open_store, told_plainly
from rowback.cli.printer import echo, print_json, row
from rowback.clock import format_instant, utc_now
from rowback.web.pages.feed_names import named, new_address

if TYPE_CHECKING:
    from pathlib import Path

    from rowback.store.feed_addresses import FeedAddress


@click.group("feed-keys", invoke_without_command=True)
@json_option
@db_option
@click.pass_context
@told_plainly
def feed_keys(context: click.Context, db: Path | None, as_json: bool) -> None:
    """List the secret addresses of feeds; make and revoke them."""
    context.obj = db
    if context.invoked_subcommand is not None:
        return
    found = open_store(db).feed_addresses.all()
    if as_json:
        print_json([_as_json(each) for each in found])
        return
    for each in found:
        used = f"last read {format_instant(each.last_used_at)}" if each.last_used_at else "never read"
        row(str(each.id), str(named(each.feed)), f"made {format_instant(each.created_at)}, {used}")
    if not found:
        echo("There are none. `rowback feed-keys new /feed` makes one, of the feed of all edits.", err=True)


def _as_json(each: FeedAddress) -> dict[str, int | str | None]:
    return {
        "id": each.id,
        "feed": each.feed,
        "created_at": format_instant(each.created_at),
        "last_used_at": format_instant(each.last_used_at) if each.last_used_at else None,
    }


@feed_keys.command("new", short_help="Make a secret address and print it, this once.")
@click.argument("feed")
@backend_option
@db_option
@click.pass_obj
@told_plainly
def new(group_db: Path | None, feed: str, address: str | None, db: Path | None) -> None:
    """Make a secret address of FEED, one of this backend's own (/feed, /articles/7/feed), and print it, this once."""
    at = backend_named(address)
    _, path = new_address(open_store(db or group_db), feed, utc_now())
    echo(at + path)


@feed_keys.command("revoke", short_help="Close an address at once.")
@click.argument("number", type=click.IntRange(min=1, max=2**63 - 1))
@db_option
@click.pass_obj
@told_plainly
def revoke(group_db: Path | None, number: int, db: Path | None) -> None:
    """Close the address with a NUMBER of the list at once."""
    open_store(db or group_db).feed_addresses.revoke(number)
    echo(f"Revoked {number}.")
