"""`rowback serve`."""

from __future__ import annotations

import ipaddress
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from rowback.capture.log import log_to_stderr
from rowback.cli.access import sign_in_link
from rowback.cli.background import Background, make_app
from rowback.cli.base import db_option, opened, settings, told_plainly
from rowback.cli.desktop import may_open, open_privately
from rowback.cli.poll import log_option
from rowback.cli.printer import echo
from rowback.clock import utc_now
from rowback.errors import StoreError
from rowback.store.trouble import RESTORE
from rowback.web.server import Server, hosts

if TYPE_CHECKING:
    from pathlib import Path

    from rowback.store import Store

CHECK_S = 5.0  # of looking for damage before the backend answers: a gigabyte is read in so long


@click.command(short_help="Run the backend, and check what is followed.")
@click.option("--host", help="The address to listen on, or several with commas between.  [default: 127.0.0.1]")
@click.option(
    "--port", type=click.IntRange(0, 65_535), help="The port to listen on; 0 for any free one.  [default: 8484]"
)
@click.option("--no-open", is_flag=True, help="Do not open the sign-in link in a browser.")
@click.option("--no-poll", is_flag=True, help="Do not check articles and feeds: `rowback poll` does that elsewhere.")
@log_option
@db_option
@told_plainly
def serve(
    host: str | None, port: int | None, no_open: bool, no_poll: bool, log_json: bool | None, db: Path | None
) -> None:
    """Run the backend, and check followed articles and feeds when they are due, until Ctrl-C."""
    chosen = settings(host=host, port=port, db=db, log_json=log_json)
    store = opened(chosen)
    log_to_stderr(as_json=chosen.log_json)
    app = make_app(store, chosen)
    server = Server(app, chosen.host, chosen.port)

    background = Background(store, chosen, polls=chosen.poll and not no_poll)

    def ready() -> None:
        _look_over(store)
        echo(f"Rowback is running at {' and '.join(server.urls)} with {chosen.db}. Stop it with Ctrl-C.")
        if any(not is_this_machine(each) for each in hosts(chosen.host)):
            echo("Others can reach it, unencrypted: put a reverse proxy with HTTPS before it.", err=True)
        link = sign_in_link(store, _local(server))
        echo(f"Sign in here (once, within ten minutes): {link}")
        if chosen.open_browser and not no_open and may_open() and not store.sessions.all(utc_now()):
            open_privately(link)
        background.start()

    server.run(ready)
    background.end()
    echo("Stopped.")


def _local(server: Server) -> str:
    """The server's address for a browser on this machine: one that listens everywhere is found at loopback, too."""
    return server.url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")


def is_this_machine(host: str) -> bool:
    """Whether only this machine reaches what listens there."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _look_over(store: Store) -> None:
    """After an end that was none (a power cut, `kill -9`): says what is broken, as far as it is found soon enough."""
    if not store.start.is_doubtful:
        return
    with suppress(StoreError):
        if not store.check_within(CHECK_S):
            echo("Rowback was not stopped in order. `rowback doctor` looks whether the database is whole.", err=True)
    if store.known_damage:
        echo(f"{store.path} is damaged ({store.known_damage}). {RESTORE}", err=True)
