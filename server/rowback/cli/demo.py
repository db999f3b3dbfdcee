"""`rowback demo`."""

from __future__ import annotations

import functools
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rowback.capture.captures import from_html
from rowback.cli.access import sign_in_link
from rowback.cli.base import config_option, told_plainly
from rowback.cli.printer import echo
from rowback.clock import utc_now
from rowback.demo.run import DemoOptions, run
from rowback.errors import BadInput
from rowback.extension import unpack
from rowback.model import Origin
from rowback.store import Store
from rowback.web.app import create_app
from rowback.web.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from rowback.model import Recorded


@click.command(short_help="Show Rowback on an invented newspaper.")
@click.option("--port", type=click.IntRange(0, 65_535), default=0, help="The backend's port.  [default: any free one]")
@click.option(
    "--newspaper-port",
    type=click.IntRange(0, 65_535),
    default=0,
    help="The newspaper's port.  [default: any free one]",
)
@click.option("--browser", metavar="NAME|PATH", help="Which browser to open.  [default: the best there is]")
@click.option("--no-browser", is_flag=True, help="Open none: for servers, and to use a browser of your own.")
@click.option("--headless", is_flag=True, help="Run the browser without a window.")
@click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep the database in this new file.  [default: a throwaway one]",
)
@config_option
@told_plainly
def demo(
    port: int, newspaper_port: int, browser: str | None, no_browser: bool, headless: bool, db: Path | None
) -> None:
    """Show Rowback on a small invented newspaper, in a throwaway browser with the extension loaded."""
    if db is not None and db.exists():
        raise BadInput(f"{db} exists already. The demo fills a new database only: name another file.")
    options = DemoOptions(port, newspaper_port, browser, no_browser, headless)
    run(
        options,
        open_backend=lambda throwaway, chosen_port: _open_backend(db or throwaway, chosen_port),
        unpack_extension=functools.partial(unpack, is_set_up=True),
        say=echo,
    )


@dataclass(frozen=True, slots=True)
class _Backend:
    url: str
    token: str
    home: str
    store: Store

    def record(self, url: str, html: str, seen_at: datetime) -> Recorded:
        """A page into the store, through the same door as every capture."""
        capture = from_html(url, html, seen_at, Origin.POLL)
        return self.store.record(replace(capture, is_listing=True), utc_now())


@contextmanager
def _open_backend(db: Path, port: int) -> Iterator[_Backend]:
    store = Store(db)
    # Invented stories for whoever is at this machine: reading them needs no leave.
    server = Server(create_app(store, is_public=True), "127.0.0.1", port)
    server.start()
    try:
        home = sign_in_link(store, server.url, timedelta(days=1))
        yield _Backend(server.url, store.access.new_token("demo", utc_now()), home, store)
    finally:
        server.stop()
        store.close()
