"""`rowback doctor`: is everything where it should be?"""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING

import click
import urllib3

from rowback import __version__
from rowback.cli import condition
from rowback.cli.base import backend_at, counted, db_option, json_option, opened, settings, told_plainly
from rowback.cli.printer import MAX_MESSAGE, echo, print_json
from rowback.clock import format_instant, utc_now
from rowback.command import as_typed
from rowback.errors import RowbackError
from rowback.extension import source_folder
from rowback.store import Store
from rowback.store.set_aside import MisfitKind
from rowback.text.plain import line

if TYPE_CHECKING:
    from pathlib import Path

    from rowback.config import Settings

TOLD_FAILURES = 5  # the newest


@click.command()
@json_option
@click.option(
    "--date-back", is_flag=True, help="The clock was ahead and is right now: captures dated later count as made now."
)
@click.option(
    "--set-aside",
    is_flag=True,
    help="Sections and shops that older rules took for articles, and versions without text, are shown no more.",
)
@click.option("--bring-back", is_flag=True, help="Take back what was set aside.")
@click.option("--dry-run", is_flag=True, help="With either: only say what it would be.")
@db_option
@told_plainly
def doctor(db: Path | None, as_json: bool, date_back: bool, set_aside: bool, bring_back: bool, dry_run: bool) -> None:
    """Check the installation, the database and the running backend. Changes nothing, unless an option says so."""
    chosen = settings(db=db)
    if set_aside or bring_back:
        _move_misfits(chosen, is_back=bring_back, is_dry=dry_run, as_json=as_json)
        return
    if date_back:
        store = opened(chosen, create=False)
        count = store.clocks.date_back(utc_now())
        store.end()
        echo(f"Dated back: {counted(count, 'capture')}. The poller looks again at its next start.", err=True)
    checks = [
        ("rowback", True, f"{__version__} on Python {platform.python_version()}"),
        *condition.checks(chosen, utc_now()),
        *_failed_captures(chosen),
        _backend(chosen),
        _extension(),
    ]
    if as_json:
        print_json([{"check": name, "ok": is_ok, "detail": as_typed(detail)} for name, is_ok, detail in checks])
    else:
        for name, is_ok, detail in checks:
            echo(f"{'ok ' if is_ok else 'NO '} {name}: {line(detail, MAX_MESSAGE)}")
    if not all(is_ok for _, is_ok, _ in checks):
        sys.exit(1)


def _move_misfits(chosen: Settings, *, is_back: bool, is_dry: bool, as_json: bool) -> None:
    store = opened(chosen, create=False)
    found = store.set_aside.kept() if is_back else store.set_aside.found()
    if not is_dry and is_back:
        store.set_aside.bring_back(utc_now())
    elif not is_dry:
        store.set_aside.put(found, utc_now())
    for article_id in {each.article_id for each in found} if not is_dry else ():
        store.steps.refresh(article_id)
    store.end()
    if as_json:
        print_json(
            [
                {"kind": each.kind, "url": each.url, "seen_at": format_instant(each.seen_at), "why": each.why}
                for each in found
            ]
        )
        return
    for each in found:
        echo(f"{each.kind} {each.url} at {each.seen_at:%Y-%m-%d %H:%M}: {each.why}")
    done = "would be " if is_dry else ""
    done += "brought back" if is_back else "set aside"
    told = " and ".join(counted(sum(each.kind is kind for each in found), kind) for kind in MisfitKind)
    echo(f"{told} {done}.", err=True)


def _failed_captures(chosen: Settings) -> list[tuple[str, bool, str]]:
    """Pages that were not taken for their article: nothing is wrong with the installation, but someone may want to know."""
    try:
        found = Store(chosen.db, create=False).failures.newest(limit=TOLD_FAILURES)
    except RowbackError:
        return []
    return [("not believed", True, f"{each.url} at {each.seen_at:%Y-%m-%d %H:%M} ({each.reason})") for each in found]


def _backend(chosen: Settings) -> tuple[str, bool, str]:
    url = backend_at(chosen)
    try:
        answer = urllib3.request("GET", f"{url}/api/v1/health", timeout=3, retries=False)
        is_ours = answer.status == 200 and answer.json().get("status") == "ok"
    except (urllib3.exceptions.HTTPError, ValueError, AttributeError):
        return ("backend", False, f"nothing answers at {url}. Start it with `rowback serve`.")
    return ("backend", is_ours, f"running at {url}" if is_ours else f"{url} is another program's. Use --port.")


def _extension() -> tuple[str, bool, str]:
    try:
        return ("extension", True, str(source_folder()))
    except RowbackError as error:
        return ("extension", False, str(error))
