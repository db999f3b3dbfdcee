"""`rowback invite` and `rowback readers`: who else reads with this backend."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from rowback.cli.base import backend_named, backend_option, counted, db_option, json_option, open_store, told_plainly
from rowback.cli.printer import echo, print_json, row
from rowback.clock import format_instant, utc_now
from rowback.errors import BadInput
from rowback.model import Scope
from rowback.store.readers import LASTS, MAX_LASTS, SCOPES
from rowback.text.plain import line
from rowback.web.guard.one_time import invitation_link

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rowback.store import Store
    from rowback.store.readers import Reader


@click.command(short_help="Print a link that lets a reader's device in, once.")
@click.argument("name")
@click.option(
    "--scope",
    type=click.Choice([scope.value for scope in SCOPES]),
    help="read: what is stored; capture: storing and following, too.  [default: capture, or as it was]",
)
@click.option(
    "--expires",
    type=click.IntRange(1, MAX_LASTS.days),
    default=LASTS.days,
    show_default=True,
    metavar="DAYS",
    help="Let the link end after so many days.",
)
@backend_option
@db_option
@told_plainly
def invite(name: str, scope: str | None, expires: int, address: str | None, db: Path | None) -> None:
    """Print a link that lets one device of the reader NAME in, once; the code in it can be typed, too."""
    at = backend_named(address)
    code = open_store(db).readers.invite(name, Scope(scope) if scope else None, utc_now(), timedelta(days=expires))
    echo(f"For {line(name)}. In the extension's settings the code alone will do: {code}", err=True)
    echo(invitation_link(at, code))


@click.group(invoke_without_command=True, short_help="List who reads here; rename, end and delete readers.")
@json_option
@db_option
@click.pass_context
@told_plainly
def readers(context: click.Context, db: Path | None, as_json: bool) -> None:
    """List who reads with this backend; rename readers, end their devices, delete them."""
    context.obj = db
    if context.invoked_subcommand is not None:
        return
    store = open_store(db)
    found = store.readers.all(utc_now())
    used = {each.id: _devices(store, each) for each in found}
    if as_json:
        print_json([_as_json(each, used[each.id]) for each in found])
        return
    for each in found:
        row(each.name, each.scope, counted(len(used[each.id]), "device"), _last(used[each.id]))
    if len(found) == 1:
        echo("You read here alone. `rowback invite NAME` lets somebody else in.", err=True)


def _devices(store: Store, reader: Reader) -> list[str]:
    """When each of a reader's devices was used last; of one that was never used it is empty."""
    tokens = [each.last_used_at for each in store.access.tokens() if each.reader == reader.id]
    sessions = [each.last_seen_at for each in store.sessions.all(utc_now()) if each.reader == reader.id]
    return [format_instant(at) if at else "" for at in (*tokens, *sessions)]


def _last(used: Sequence[str]) -> str:
    last = max(used, default="")
    return f"last used {last}" if last else "never used"


def _as_json(reader: Reader, used: Sequence[str]) -> dict[str, str | int | None]:
    return {
        "name": reader.name,
        "scope": reader.scope.value,
        "devices": len(used),
        "last_used_at": max(used, default="") or None,
        "created_at": format_instant(reader.created_at) if reader.created_at else None,
        "invited_until": format_instant(reader.invited_until) if reader.invited_until else None,
    }


@readers.command()
@click.argument("name")
@click.argument("new_name")
@db_option
@click.pass_obj
@told_plainly
def rename(group_db: Path | None, name: str, new_name: str, db: Path | None) -> None:
    """Give a reader another name."""
    store = open_store(db or group_db)
    store.readers.rename(store.readers.named(name).id, new_name)
    echo(f"Renamed {line(name)}: {line(new_name)}.")


@readers.command()
@click.argument("name")
@db_option
@click.pass_obj
@told_plainly
def revoke(group_db: Path | None, name: str, db: Path | None) -> None:
    """End all devices of a reader; what was read stays."""
    store = open_store(db or group_db)
    count = store.readers.end(store.readers.named(name).id)
    echo(f"Ended {counted(count, 'device')} of {line(name)}.")


@readers.command(short_help="Delete a reader, with all that no one else has.")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do it: it cannot be undone.")
@db_option
@click.pass_obj
@told_plainly
def delete(group_db: Path | None, name: str, yes: bool, db: Path | None) -> None:
    """Delete a reader, with every article that no one else has, for good."""
    store = open_store(db or group_db)
    found = store.readers.named(name)
    if not yes:
        raise BadInput(f"This deletes {line(name)} and what no one else has read, for good. Say --yes to do it.")
    count = store.readers.delete(found.id)
    store.owner.finish_forgetting()
    echo(f"Deleted {line(name)}, with {counted(count, 'article')}.")
