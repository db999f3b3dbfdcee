"""`rowback prune`: room where the disk is small."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from rowback.cli.base import counted, db_option, json_option, opened, settings, told_plainly
from rowback.cli.printer import address, confirm, echo, print_json
from rowback.clock import utc_now
from rowback.errors import BadInput
from rowback.store.owner import LOG_HELD

if TYPE_CHECKING:
    from pathlib import Path

MAX_DAYS = 36_500
TOLD = 20  # addresses


@click.command()
@click.option(
    "--unedited-for",
    "days",
    type=click.IntRange(1, MAX_DAYS),
    metavar="DAYS",
    help="Those that nobody has seen for so long.  [default: the setting keep_unedited_days]",
)
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@json_option
@db_option
@told_plainly
def prune(days: int | None, dry_run: bool, yes: bool, as_json: bool, db: Path | None) -> None:
    """Delete articles that were never edited and not seen for long. Those that somebody follows, or that are still checked,
    stay. Backups keep what they have.
    """
    chosen = settings(db=db)
    days = days or min(chosen.keep_unedited_days, MAX_DAYS)
    if not days:
        raise BadInput("Nothing goes unless you say how old it must be: --unedited-for DAYS, or keep_unedited_days.")
    store = opened(chosen, create=False)
    before = utc_now() - timedelta(days=days)
    found, oldest = store.retention.ripe(before, TOLD)
    what = f"{counted(found, 'article')} never edited and not seen for {counted(days, 'day')}"
    if not dry_run and found and not yes:
        confirm(f"Delete {what} for good?")
    gone = 0
    while not dry_run and (turn := store.retention.prune(before)):
        gone += turn
    is_done = True
    if gone:
        store.retention.finish()
        is_done = store.owner.finish_forgetting()
    if as_json:
        print_json({"found": found, "deleted": gone})
        return
    for url in oldest if dry_run else []:
        echo(f"  {address(url)}")
    if dry_run and found > len(oldest):
        echo(f"  and {found - len(oldest)} more")
    echo(f"{what}: {'would be deleted' if dry_run else f'{gone} deleted'}.")
    if not is_done:
        echo(LOG_HELD, err=True)
