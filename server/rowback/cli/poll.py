"""`rowback poll`, and the poller that `rowback serve` runs beside the backend."""

from __future__ import annotations

import random
import signal
import threading
import time
from typing import TYPE_CHECKING

import click

from rowback.alerts.sending import Sender
from rowback.capture.context import Context, Habits
from rowback.capture.fetch import Fetcher
from rowback.capture.log import log_to_stderr
from rowback.capture.poller import Poller
from rowback.capture.robots import Robots
from rowback.capture.tunnels import proxy_at
from rowback.cli.base import db_option, json_option, open_store, readers_reach, settings, told_plainly
from rowback.cli.printer import echo, print_json
from rowback.clock import utc_now
from rowback.deferred import Deferred
from rowback.store.work import JobKind
from rowback.waits import until_set

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta
    from pathlib import Path
    from types import FrameType

    from rowback.archive import backfill, peers, save_now
    from rowback.capture.visit import Done
    from rowback.config import Settings
    from rowback.store import Store
    from rowback.store.work import Job
else:
    backfill = Deferred("rowback.archive.backfill")
    peers = Deferred("rowback.archive.peers")
    save_now = Deferred("rowback.archive.save_now")

log_option = click.option("--log-json", is_flag=True, default=None, help="Log as JSON, one object a line.")


def make_fetcher(store: Store, chosen: Settings) -> Fetcher:
    """What fetches for one who asked, as the settings want it. Raises `SettingsError`."""
    return Fetcher(
        chosen.fetch_hosts,
        before_each=store.spending.by_hand(utc_now),
        proxy=proxy_at(chosen.fetch_proxy, resolves=chosen.fetch_proxy_resolves),
        contact=chosen.contact,
    )


def make_context(store: Store, chosen: Settings, stopping: threading.Event) -> Context:
    """Everything that jobs need, from the settings."""
    fetcher = make_fetcher(store, chosen)
    return Context(
        store=store,
        fetcher=fetcher,
        robots=Robots(lambda url: fetcher.get(url, any_type=True), time.monotonic),
        habits=Habits(store, chosen.daily_requests),
        now=utc_now,
        pause=stopping.wait,
        daily_requests=chosen.daily_requests,
        archive_requests=chosen.archive_requests,
        archive_tokens=_tokens(chosen),
        save_keys=chosen.save_page_now_keys if chosen.save_page_now else "",
        contact=chosen.contact,
    )


def _tokens(chosen: Settings) -> Mapping[str, str]:
    return peers.tokens_by_address(chosen.archive_tokens) if chosen.archive_tokens else {}


def _backfill(context: Context, job: Job) -> Done:
    return backfill.step(context, job)  # loaded when the first is due


def _save(context: Context, job: Job) -> Done:
    return save_now.step(context, job)


def _without_copy(context: Context, job: Job) -> timedelta | None:
    return backfill.leave_out(context, job)


def make_poller(store: Store, chosen: Settings) -> Poller:
    """A poller as the settings want it."""
    stopping = threading.Event()
    context = make_context(store, chosen, stopping)
    return Poller(
        context,
        random.random,
        stopping,
        beside=Sender(store, context.fetcher, utc_now, readers_reach(chosen), stopping, stopping.wait),
        others={JobKind.BACKFILL: _backfill, JobKind.SAVE: _save},
        leave_out={JobKind.BACKFILL: _without_copy},
    )


@click.command(short_help="Check followed articles and feeds when they are due.")
@click.option("--once", is_flag=True, help="Do what is due now, then end: for cron.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something is wrong with Rowback itself.")
@log_option
@json_option
@db_option
@told_plainly
def poll(once: bool, quiet: bool, log_json: bool | None, as_json: bool, db: Path | None) -> None:
    """Check followed articles and feeds when they are due, until Ctrl-C. `rowback serve` does so by itself.

    Any number of pollers may run on one database: none does the work of another.
    """
    chosen = settings(db=db, log_json=log_json)
    store = open_store(db)
    poller = make_poller(store, chosen)
    log_to_stderr(as_json=chosen.log_json, only_warnings=quiet)
    previous = signal.signal(signal.SIGTERM, _interrupt)
    try:
        if once:
            _tell(poller.run_once(), as_json, quiet=quiet)
        else:
            poller.start()
            if not quiet:
                echo(f"Polling for {chosen.db}. Stop it with Ctrl-C.", err=True)
            until_set(poller.stopping)
    except KeyboardInterrupt:
        if not quiet:
            echo("Stopping.", err=True)
    finally:
        poller.stop()
        signal.signal(signal.SIGTERM, previous)
        store.end()


def _tell(counts: dict[str, int], as_json: bool, *, quiet: bool) -> None:
    if as_json:
        print_json(counts)
    elif quiet:
        return
    elif counts:
        echo(", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())) + ".")
    else:
        echo("Nothing was due.")


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
