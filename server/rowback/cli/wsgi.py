"""The backend for another WSGI server than the one in `rowback serve`. It is the same app, with the same background:

granian --interface wsgi --http 1 --factory rowback.cli.wsgi:backend
"""

from __future__ import annotations

from multiprocessing.util import Finalize
from typing import TYPE_CHECKING

from rowback.capture.log import log_to_stderr
from rowback.cli.background import Background, make_app
from rowback.cli.base import opened, settings

if TYPE_CHECKING:
    from flask import Flask

LAST = 0  # priority of what is done at the end of a process


def backend() -> Flask:
    """The app over the store that the settings name, with what runs beside it. That ends, and the store is let go, when the
    process does, be it a server's own or one that it started (Python runs `atexit` in the first only). Raises
    `SettingsError`, `StoreError`."""
    chosen = settings()
    store = opened(chosen)
    log_to_stderr(as_json=chosen.log_json)
    app = make_app(store, chosen)
    background = Background(store, chosen, polls=chosen.poll)
    Finalize(None, background.end, exitpriority=LAST)
    background.start()
    return app
