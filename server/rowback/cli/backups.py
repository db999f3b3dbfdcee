"""`rowback backup` and `rowback restore`: copies of everything, and the way back from them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rowback import files
from rowback.cli.base import counted, db_option, open_store, opened, settings, told_plainly
from rowback.cli.printer import echo
from rowback.clock import utc_now
from rowback.errors import BadInput, StoreError
from rowback.store import restoring
from rowback.store.backups import named, outdated, pattern_of, remove
from rowback.text.plain import line

if TYPE_CHECKING:
    from rowback.store import Store


@click.command(short_help="Copy the database, also while the backend runs.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--keep", type=click.IntRange(1), metavar="N", help="Delete the oldest of these backups, so that N are left."
)
@db_option
@told_plainly
def backup(file: Path, keep: int | None, db: Path | None) -> None:
    """Copy the database to FILE, also while the backend runs.

    FILE may have a date in its name (rowback-%Y-%m-%d.db, in UTC), or be a folder: there, each backup gets a date. With
    --keep, the oldest of the same kind are deleted once the new one is there and whole.
    """
    pattern = pattern_of(file, is_series=keep is not None)
    now = utc_now()
    target = named(pattern, now)
    if target.exists():
        raise BadInput(f"{target} exists already. Name another file.")
    store = open_store(db, create=False)
    if keep is not None:
        _make_folder(target.parent)
    store.backup(target)
    with suppress(StoreError):  # the copy is there, whatever can be noted
        store.note_backup(target.resolve(), now)
    echo(f"Copied to {target}.")
    for each in outdated(pattern, target, keep, store.path) if keep else ():
        try:
            remove(each)
        except OSError as error:
            echo(f"{each} could not be deleted: {error.strerror}.", err=True)
        else:
            echo(f"Deleted {each}.")


@click.command(short_help="Put a backup in the place of the database.")
@click.argument("file", type=click.Path(path_type=Path))
@db_option
@told_plainly
def restore(file: Path, db: Path | None) -> None:
    """Put a backup in the place of the database. What is there is kept beside it under another name.

    Stop the backend first. FILE is looked through before anything is changed, and stays as it is.
    """
    chosen = settings(db=db)
    kept = restoring.restore(file, chosen.db, utc_now())
    store = opened(chosen, create=False)
    store.dismiss_notice()
    store.sessions.end_all()  # one that was ended since the backup must not come back
    echo(f"Restored {chosen.db} from {file}: {_told(store)}.")
    if kept is not None:
        echo(f"What was there is kept as {kept}.")
    tokens = store.access.tokens()
    if tokens:
        echo(f"Browsers sign in again. Tokens hold as in the backup: {', '.join(line(each.name) for each in tokens)}.")
    if store.feed_addresses.all():
        echo("So do secret addresses of feeds: `rowback feed-keys` lists them.")
    store.end()


def _make_folder(folder: Path) -> None:
    try:
        files.make_folder(folder)
    except OSError as error:
        raise BadInput(f"{folder} cannot be made: {error.strerror}.") from error


def _told(store: Store) -> str:
    counts = store.counts()
    told = ", ".join(counted(counts[name], name.removesuffix("s")) for name in ("articles", "versions", "captures"))
    latest = store.articles.newest(1)
    return f"{told}, the last change at {latest[0].last_changed_at:%Y-%m-%d %H:%M} UTC" if latest else told
