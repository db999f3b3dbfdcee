"""`rowback status`: what the poller is at, and what goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rowback.cli.base import counted, db_option, json_option, open_store, told_plainly
from rowback.cli.printer import address, echo, print_json
from rowback.clock import utc_now
from rowback.store.work import MAX_REASON
from rowback.text.archive_words import backfills_told, requests_told
from rowback.text.elapsed import in_words
from rowback.text.plain import line
from rowback.web.api import shapes

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from rowback.store.overview import Overview


@click.command(short_help="Show what is watched and due, and what gives trouble.")
@json_option
@db_option
@told_plainly
def status(as_json: bool, db: Path | None) -> None:
    """Show what is watched and due, and which articles, feeds and hosts give trouble, with the reasons."""
    now = utc_now()
    found = open_store(db, create=False).overview(now)
    if as_json:
        print_json(shapes.overview(found))
    else:
        _print(found, now)


def _print(found: Overview, now: datetime) -> None:
    echo(f"poller    {_poller(found, now)}")
    echo("articles  " + ", ".join(f"{count} {name}" for name, count in found.articles.items()))
    echo(
        f"checks    {counted(found.checked_last_day, 'article')} in the last day, {found.edited_last_day} of them edited"
    )
    next_due = f", the next {_distance(found.next_due_at, now)}" if found.next_due_at else ""
    echo(f"due       {found.due}{next_due}")
    echo(f"feeds     {found.feeds}, {counted(found.finds_waiting, 'article')} found and not captured yet")
    echo(f"requests  {_requests(found, now)}")
    pasts = backfills_told(found.archives.backfills)
    if pasts or found.archives.asked:
        echo(f"archives  {'; '.join(filter(None, [requests_told(found.archives.asked, found.archives.limit), pasts]))}")
    for host in found.paused_hosts:
        echo(f"paused    {line(host.host)}, again {_distance(host.free_at, now)}: {line(host.reason, MAX_REASON)}")
    for site in found.silent_sites:
        told = f"{line(site.source)} no longer shows its text to the server: {counted(site.articles, 'article')}"
        echo(f"silent    {told} came without it, and none of that is believed")
    for note in found.troubles:
        again = f"again {_distance(note.next_check_at, now)}" if note.next_check_at else "not tried again"
        echo(f"trouble   {note.kind} {address(note.url)}: {line(note.reason, MAX_REASON)} ({note.failures}×, {again})")


def _poller(found: Overview, now: datetime) -> str:
    if found.is_running and found.lost is not None:
        return f"is running; {in_words((now - found.lost[0]).total_seconds())} ago {found.lost[1]}"
    if found.is_running:
        return "is running"
    if found.alive_at is None:
        return "has not run yet: `rowback serve` and `rowback poll` run it"
    ago = in_words((now - found.alive_at).total_seconds())
    return f"is not running; it was last seen {ago} ago. `rowback serve` and `rowback poll` run it"


def _requests(found: Overview, now: datetime) -> str:
    asked, limit, again_at = found.requests.asked, found.requests.limit, found.requests.again_at
    if again_at is not None:
        return f"all {limit:,} of today are used up: what is due waits for midnight UTC, {_distance(again_at, now)}"
    told = f"{asked:,} of {limit:,} today" if limit else f"{asked:,} today"
    waits = ["articles"] if found.requests.articles_wait else []
    waits += [counted(len(found.requests.feeds_wait), "feed")] if found.requests.feeds_wait else []
    return told + (f"; what is due of {' and '.join(waits)} waits for its share" if waits else "")


def _distance(at: datetime | None, now: datetime) -> str:
    if at is None or at <= now:
        return "now"
    return f"in {in_words((at - now).total_seconds())}"
