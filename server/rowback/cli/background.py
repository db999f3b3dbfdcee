"""What runs beside the backend's answers, whichever server gives them: checks of what is followed, and answers told ahead."""

from __future__ import annotations

import threading
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from rowback.apart.pool import Ended
from rowback.cli.poll import make_context, make_fetcher, make_poller
from rowback.deferred import DeferredFunction
from rowback.errors import StoreError
from rowback.web.api.ahead import Ahead
from rowback.web.app import create_app

if TYPE_CHECKING:
    from flask import Flask

    from rowback.capture.asking_first import look_first
    from rowback.capture.looking import look
    from rowback.config import Settings
    from rowback.store import Store
else:
    look = DeferredFunction("rowback.capture.looking", "look")
    look_first = DeferredFunction("rowback.capture.asking_first", "look_first")

END_S = 2.0  # that the end waits for what is told ahead; what is not told then, is at the next start


def make_app(store: Store, chosen: Settings) -> Flask:
    """The app as the settings want it."""
    context = make_context(store, chosen, threading.Event())
    return create_app(
        store,
        allowed_hosts=chosen.allowed_hosts,
        fetcher=make_fetcher(store, chosen),
        is_public=chosen.public,
        trusted_proxies=chosen.trusted_proxies,
        archives=chosen.archives,
        archive_captures=chosen.archive_captures,
        stranger_requests=chosen.stranger_requests,
        look=partial(look, context),
        look_first=partial(look_first, context),
    )


class Background:
    """The threads. They begin with `start`; `end` stops them and lets go of the store."""

    def __init__(self, store: Store, chosen: Settings, *, polls: bool = True) -> None:
        self._store = store
        self._poller = make_poller(store, chosen) if polls else None
        self._stopping = threading.Event()
        self._telling = threading.Thread(target=_tell, args=[store, self._stopping], name="tell", daemon=True)

    def start(self) -> None:
        """Begins."""
        self._telling.start()
        if self._poller is not None:
            self._poller.start()

    def end(self) -> None:
        """Stops what has begun. Nothing may be asked of the store afterwards."""
        if self._poller is not None:
            self._poller.stop()
        self._stopping.set()
        if self._telling.is_alive():
            self._telling.join(END_S)
        self._store.end()


def _tell(store: Store, stopping: threading.Event) -> None:
    """Tells what an upgrade or a crash left untold, then what is recorded; what another program locks meanwhile, pages do
    later."""
    with suppress(StoreError, Ended):
        store.steps.catch_up()
    Ahead(store).run(stopping)
