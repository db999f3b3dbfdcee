"""`rowback pair` and `rowback tokens`: who may use the API."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from rowback.cli.base import db_option, json_option, open_store, print_json, told_plainly
from rowback.clock import format_instant, utc_now

if TYPE_CHECKING:
    from pathlib import Path

PAIRING_MINUTES = 5


@click.command()
@db_option
@told_plainly
def pair(db: Path | None) -> None:
    """Let one more extension connect, within five minutes."""
    open_store(db).access.open_pairing(utc_now() + timedelta(minutes=PAIRING_MINUTES))
    click.echo(f"Open for {PAIRING_MINUTES} minutes: press Connect in the extension now.")


@click.group(invoke_without_command=True)
@json_option
@db_option
@click.pass_context
@told_plainly
def tokens(context: click.Context, db: Path | None, as_json: bool) -> None:
    """List the tokens that may use the API; make and revoke them."""
    context.obj = db
    if context.invoked_subcommand is not None:
        return
    found = open_store(db).access.tokens()
    if as_json:
        print_json(
            [
                {
                    "name": token.name,
                    "origin": token.origin,
                    "created_at": format_instant(token.created_at),
                    "last_used_at": token.last_used_at and format_instant(token.last_used_at),
                }
                for token in found
            ]
        )
        return
    for token in found:
        used = f"last used {format_instant(token.last_used_at)}" if token.last_used_at else "never used"
        click.echo(f"{token.name}\t{token.origin or 'any program'}\tmade {format_instant(token.created_at)}, {used}")
    if not found:
        click.echo("There are no tokens. `rowback tokens new NAME` makes one.", err=True)


@tokens.command()
@click.argument("name")
@db_option
@click.pass_obj
@told_plainly
def new(group_db: Path | None, name: str, db: Path | None) -> None:
    """Make a token and print it; it is shown this once."""
    click.echo(open_store(db or group_db).access.new_token(name, utc_now()))


@tokens.command()
@click.argument("name")
@db_option
@click.pass_obj
@told_plainly
def revoke(group_db: Path | None, name: str, db: Path | None) -> None:
    """Make a token invalid at once."""
    open_store(db or group_db).access.revoke(name)
    click.echo(f"Revoked {name}.")
