"""`rowback doctor`: is everything where it should be?"""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING

import click
import urllib3

from rowback import __version__
from rowback.cli import condition
from rowback.cli.base import counted, db_option, json_option, opened, settings, told_plainly
from rowback.cli.printer import MAX_MESSAGE, echo, print_json
from rowback.clock import utc_now
from rowback.errors import RowbackError
from rowback.extension import source_folder
from rowback.store import Store
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
@db_option
@told_plainly
def doctor(db: Path | None, as_json: bool, date_back: bool) -> None:
    """Check the installation, the database and the running backend. Changes nothing, unless with --date-back."""
    chosen = settings(db=db)
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
        print_json([{"check": name, "ok": is_ok, "detail": detail} for name, is_ok, detail in checks])
    else:
        for name, is_ok, detail in checks:
            echo(f"{'ok ' if is_ok else 'NO '} {name}: {line(detail, MAX_MESSAGE)}")
    if not all(is_ok for _, is_ok, _ in checks):
        sys.exit(1)


def _failed_captures(chosen: Settings) -> list[tuple[str, bool, str]]:
    """Pages that were not taken for their article: nothing is wrong with the installation, but someone may want to know."""
    try:
        found = Store(chosen.db, create=False).failures.newest(limit=TOLD_FAILURES)
    except RowbackError:
        return []
    return [("not believed", True, f"{each.url} at {each.seen_at:%Y-%m-%d %H:%M} ({each.reason})") for each in found]


def _backend(chosen: Settings) -> tuple[str, bool, str]:
    url = f"http://{chosen.host}:{chosen.port}"
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
