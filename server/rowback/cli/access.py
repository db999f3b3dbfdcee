"""`rowback pair`, `rowback tokens`, `rowback sign-in` and `rowback sign-out`: who may use the backend."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from rowback.cli.base import backend_named, backend_option, counted, db_option, json_option, open_store, told_plainly
from rowback.cli.printer import echo, print_json, row
from rowback.clock import format_instant, utc_now
from rowback.errors import BadInput
from rowback.model import Scope
from rowback.store.sessions import SignInLink
from rowback.text.plain import line
from rowback.web.guard.one_time import BY_LINK, LINK_LASTS

if TYPE_CHECKING:
    from pathlib import Path

    from rowback.store import Store
    from rowback.store.access import Token

MAX_DAYS = 3_650
scope_option = click.option(
    "--scope",
    type=click.Choice([scope.value for scope in Scope]),
    default=Scope.OWNER.value,
    show_default=True,
    help="read: what is stored; capture: storing and following, too; owner: everything.",
)


@click.command(short_help="List who asks to be connected, or say yes to one.")
@click.argument("code", required=False)
@scope_option
@click.option("--deny", is_flag=True, help="Say no instead.")
@json_option
@db_option
@told_plainly
def pair(code: str | None, scope: str, deny: bool, db: Path | None, as_json: bool) -> None:
    """List who asks to be connected, or say yes to the one that shows CODE."""
    store = open_store(db)
    if code is None:
        _list_pairings(store, as_json=as_json)
        return
    found = store.pairings.decide(code, None if deny else Scope(scope), utc_now())
    name = line(found.name)
    echo(f"Refused: {name}." if deny else f"Connected: {name} ({scope}).")


def _list_pairings(store: Store, *, as_json: bool) -> None:
    waiting = store.pairings.waiting(utc_now())
    if as_json:
        print_json(
            [
                {
                    "user_code": each.user_code,
                    "name": each.name,
                    "origin": each.origin,
                    "asked_from": each.asked_from,
                    "created_at": format_instant(each.created_at),
                }
                for each in waiting
            ]
        )
        return
    for each in waiting:
        row(each.user_code, each.name, each.origin or "a program", f"from {each.asked_from}")
    if waiting:
        echo("Say yes to one whose code you see: `rowback pair CODE`", err=True)
    else:
        echo("No one asks. Press Connect in the extension: it shows a code, and waits here.", err=True)


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
        print_json([_as_json(token) for token in found])
        return
    for token in found:
        made = format_instant(token.created_at)
        used = f"last used {format_instant(token.last_used_at)}" if token.last_used_at else "never used"
        ends = f", ends {format_instant(token.expires_at)}" if token.expires_at else ""
        row(token.name, token.scope, token.origin or "any program", f"made {made}, {used}{ends}")
    if not found:
        echo("There are no tokens. `rowback tokens new NAME` makes one.", err=True)


def _as_json(token: Token) -> dict[str, str | None]:
    return {
        "name": token.name,
        "scope": token.scope.value,
        "origin": token.origin,
        "created_at": format_instant(token.created_at),
        "last_used_at": format_instant(token.last_used_at) if token.last_used_at else None,
        "expires_at": format_instant(token.expires_at) if token.expires_at else None,
    }


@tokens.command()
@click.argument("name")
@scope_option
@click.option("--expires", type=click.IntRange(1, MAX_DAYS), metavar="DAYS", help="Let it end after so many days.")
@db_option
@click.pass_obj
@told_plainly
def new(group_db: Path | None, name: str, scope: str, expires: int | None, db: Path | None) -> None:
    """Make a token and print it; it is shown this once."""
    at = utc_now()
    ends = at + timedelta(days=expires) if expires else None
    echo(open_store(db or group_db).access.new_token(name, at, None, Scope(scope), ends))


@tokens.command(short_help="Make a token invalid at once.")
@click.argument("name")
@db_option
@click.pass_obj
@told_plainly
def revoke(group_db: Path | None, name: str, db: Path | None) -> None:
    """Make a token invalid at once, and sign out the browsers that were signed in with it."""
    open_store(db or group_db).access.revoke(name)
    echo(f"Revoked {line(name)}.")


@click.command("sign-in", short_help="Print a link that signs one browser in, once.")
@backend_option
@db_option
@told_plainly
def sign_in(address: str | None, db: Path | None) -> None:
    """Print a link that signs one browser in, once, within ten minutes."""
    at = backend_named(address)
    echo(sign_in_link(open_store(db), at))


def sign_in_link(store: Store, address: str, lasts: timedelta = LINK_LASTS) -> str:
    """A fresh link to the backend at an address."""
    code = store.sessions.new_link(SignInLink(Scope.OWNER, None, "/"), utc_now(), lasts)
    return f"{address.rstrip('/')}{BY_LINK}?code={code}"


@click.command("sign-out", short_help="End the sessions of all signed-in browsers.")
@click.option("--everywhere", is_flag=True, help="All browsers, and links that were not used yet.")
@db_option
@told_plainly
def sign_out(everywhere: bool, db: Path | None) -> None:
    """End the sessions of all signed-in browsers. Tokens and paired extensions go on."""
    if not everywhere:
        raise BadInput("Say --everywhere. One browser alone is signed out on the page /access.")
    echo(f"Signed out: {counted(open_store(db).sessions.end_all(), 'browser')}.")
