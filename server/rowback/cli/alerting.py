"""`rowback alerts`: where edits that fit a saved search are told, and what became of it."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

import click

from rowback.alerts.sending import Sender
from rowback.alerts.setting import chosen_schedule, new_alert
from rowback.alerts.timing import HOURS
from rowback.cli.base import counted, db_option, json_option, open_store, readers_reach, settings, told_plainly
from rowback.cli.poll import make_fetcher
from rowback.cli.printer import ask_secret, echo, print_json, row
from rowback.clock import format_instant, format_maybe, utc_now
from rowback.errors import BadInput
from rowback.store.alerts import Rhythm
from rowback.store.audience import OWNER
from rowback.text.plain import line

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from rowback.store.alerts import Alert
    from rowback.store.deliveries import Delivery

number_argument = click.argument("number", type=click.IntRange(min=1, max=2**63 - 1))


@click.group(invoke_without_command=True, short_help="Tell of edits by mail, chat or webhook.")
@json_option
@db_option
@click.pass_context
@told_plainly
def alerts(context: click.Context, db: Path | None, as_json: bool) -> None:
    """List the alerts: where edits that fit a saved search are told, by mail, chat or webhook. The poller sends them."""
    context.obj = db
    if context.invoked_subcommand is not None:
        return
    found = open_store(db).alerts.all()
    if as_json:
        print_json([_as_json(each) for each in found])
        return
    for each in found:
        row(str(each.id), each.search.name, each.target.shown, _when(each), "paused" if each.paused_at else "on")
    if not found:
        echo("There are none. `rowback searches save NAME QUERY`, then `rowback alerts add NAME` makes one.", err=True)


@alerts.command("add", short_help="Tell of what a saved search finds.")
@click.argument("search")
@click.argument("target", required=False)
@click.option("--digest", type=click.Choice(["hourly", "daily"]), help="Many edits in one message.  [default: at once]")
@click.option(
    "--hour", type=click.IntRange(0, HOURS - 1), default=8, show_default=True, help="When a daily digest is sent."
)
@click.option("--quiet", metavar="22-7", help="Hold messages between these hours, then send one.")
@click.option("--zone", default="UTC", show_default=True, help="Whose clocks show these hours: Europe/Berlin.")
@click.option("--unlisted", is_flag=True, help="Tell also of articles that only browsers brought: what was read here.")
@db_option
@click.pass_obj
@told_plainly
def add(
    group_db: Path | None,
    search: str,
    target: str | None,
    digest: str | None,
    hour: int,
    quiet: str | None,
    zone: str,
    unlisted: bool,
    db: Path | None,
) -> None:
    """Tell of what becomes known from now on and fits SEARCH, at TARGET: https://, mailtos://, ntfys:// and so on. TARGET is
    a secret: left out, it is asked for without being shown, or read from standard input."""
    schedule = chosen_schedule(digest or Rhythm.AT_ONCE.value, str(hour), zone, *_hours(quiet))
    store = open_store(db or group_db)
    found = store.searches.named(OWNER, search)
    address = target if target is not None else _asked()
    alert = new_alert(store, found, address, schedule, utc_now(), settings().fetch_hosts, listed_only=not unlisted)
    echo(f"Alert {alert.id}: {line(found.name)} is told at {alert.target.shown} {_when(alert)}.", err=True)
    if alert.target.secret:
        echo("What its messages are signed with, shown this once:", err=True)
        echo(alert.target.secret)


@alerts.command("test", short_help="Send a message that tells of no edit.")
@number_argument
@db_option
@click.pass_obj
@told_plainly
def test(group_db: Path | None, number: int, db: Path | None) -> None:
    """Send a message that tells of no edit to the target of alert NUMBER, now."""
    store, chosen = open_store(db or group_db), settings(db=db or group_db)
    alert, ended = store.alerts.get(number), threading.Event()
    fetcher = make_fetcher(store, chosen)
    failure = Sender(store, fetcher, utc_now, readers_reach(chosen), ended, ended.wait).test(alert)
    if failure is not None:
        raise failure
    echo(f"{alert.target.shown} took it.")


@alerts.command("pause", short_help="Tell nothing until it is resumed.")
@number_argument
@db_option
@click.pass_obj
@told_plainly
def pause(group_db: Path | None, number: int, db: Path | None) -> None:
    """Let alert NUMBER tell nothing until it is resumed. What waits is dropped."""
    open_store(db or group_db).alerts.pause(number, utc_now())
    echo(f"Paused {number}.")


@alerts.command("resume", short_help="Tell again, of what becomes known from now on.")
@number_argument
@db_option
@click.pass_obj
@told_plainly
def resume(group_db: Path | None, number: int, db: Path | None) -> None:
    """Let alert NUMBER tell again, of what becomes known from now on."""
    open_store(db or group_db).alerts.resume(number, utc_now())
    echo(f"Resumed {number}.")


@alerts.command("remove", short_help="Remove an alert, its address and its log.")
@number_argument
@db_option
@click.pass_obj
@told_plainly
def remove(group_db: Path | None, number: int, db: Path | None) -> None:
    """Remove alert NUMBER, with its target's address and its log."""
    open_store(db or group_db).alerts.remove(number)
    echo(f"Removed {number}.")


@alerts.command("log", short_help="Show what was sent, and what could not be.")
@click.argument("number", type=click.IntRange(min=1, max=2**63 - 1), required=False)
@click.option("--limit", type=click.IntRange(1, 1_000), default=20, show_default=True, help="The most to show.")
@json_option
@db_option
@click.pass_obj
@told_plainly
def log(group_db: Path | None, number: int | None, limit: int, as_json: bool, db: Path | None) -> None:
    """Show the newest messages of alert NUMBER, or of all, and what became of them."""
    store = open_store(db or group_db)
    if number is not None:
        store.alerts.get(number)
    found = store.deliveries.log(number, limit)
    if as_json:
        print_json([_delivery(each) for each in found])
        return
    for each in found:
        what = "a test" if each.is_test else counted(len(each.steps), "edit")
        tries = "1 try" if each.tries == 1 else f"{each.tries} tries"
        row(f"{each.made_at:%Y-%m-%d %H:%M} UTC", f"alert {each.alert_id}", what, each.state, tries, each.reason or "")
    if not found:
        echo("Nothing was to be sent yet.", err=True)


def _asked() -> str:
    """The target's address, from who types it or from a pipe."""
    if sys.stdin.isatty():
        return ask_secret("The target's address (it is not shown)")
    return sys.stdin.readline()


def _hours(quiet: str | None) -> tuple[str, str]:
    """The two hours of `--quiet`. Raises `BadInput`."""
    if quiet is None:
        return "", ""
    start, dash, end = quiet.partition("-")
    if not dash:
        raise BadInput("--quiet is two hours with a dash between them: 22-7.")
    return start, end


def _when(alert: Alert) -> str:
    schedule = alert.schedule
    when = {
        Rhythm.AT_ONCE: "at once",
        Rhythm.HOURLY: "hourly",
        Rhythm.DAILY: f"daily at {schedule.hour} ({schedule.zone})",
    }[schedule.rhythm]
    if schedule.quiet_from is None:
        return when
    return f"{when}, quiet from {schedule.quiet_from} to {schedule.quiet_until} ({schedule.zone})"


def _as_json(alert: Alert) -> dict[str, Any]:
    schedule = alert.schedule
    return {
        "id": alert.id,
        "search": alert.search.name,
        "query": alert.search.query,
        "kind": alert.target.kind,
        "target": alert.target.shown,
        "rhythm": schedule.rhythm.value,
        "hour": schedule.hour,
        "zone": schedule.zone,
        "quiet_from": schedule.quiet_from,
        "quiet_until": schedule.quiet_until,
        "listed_only": alert.is_listed_only,
        "created_at": format_instant(alert.created_at),
        "paused_at": format_maybe(alert.paused_at),
    }


def _delivery(each: Delivery) -> dict[str, Any]:
    return {
        "alert": each.alert_id,
        "key": each.key,
        "test": each.is_test,
        "edits": len(each.steps),
        "state": each.state.value,
        "tries": each.tries,
        "reason": each.reason,
        "made_at": format_instant(each.made_at),
        "ended_at": format_maybe(each.ended_at),
    }
