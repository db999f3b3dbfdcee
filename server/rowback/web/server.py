"""Serves an app with waitress: in the foreground until stopped, or in a thread beside other work."""

from __future__ import annotations

import signal
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.trigger import trigger

from rowback.errors import SettingsError
from rowback.web.app import MAX_REQUEST_BYTES
from rowback.web.connections import Listener, Workers

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from flask import Flask

THREADS = 24  # captures and comparisons that take their time keep ten for long: some are left for what is quick
# Of an answer that waits to be sent; beyond it a thread would wait for the client. No answer comes near.
MAX_UNSENT_BYTES = 256 * 1024 * 1024


class Server:
    """An app listening on a host and port (0: any free one, see `port`). Raises `SettingsError` when it cannot listen.

    `clock` counts seconds, from any moment: how slow a client may be is in `connections.py`.
    """

    def __init__(self, app: Flask, host: str, port: int, clock: Callable[[], float] = time.monotonic) -> None:
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            listening = socket.create_server((host, port), family=family, backlog=128)
        except (OSError, OverflowError) as error:
            raise SettingsError(_advice(host, port, error)) from error
        self._open: Any = {}  # what waitress listens and talks on, kept by it; its published types do not fit it
        self._waker: Any = trigger(self._open)
        # Bodies up to twice our own limit are read, so that one over it is told so instead of being cut off.
        settings = Adjustments(
            sockets=[listening],
            ident=None,
            max_request_body_size=2 * MAX_REQUEST_BYTES,
            outbuf_high_watermark=MAX_UNSENT_BYTES,
            log_socket_errors=False,  # a client that goes away is none of our failures
            # We trust no proxy's word, but must see that there is one: what comes through it is not from this machine.
            clear_untrusted_proxy_headers=False,
        )
        workers = Workers()
        workers.set_thread_count(THREADS)
        self._server = Listener(
            app,
            self._open,
            clock,
            _sock=listening,
            dispatcher=workers,
            adj=settings,
            sockinfo=(listening.family, listening.type, listening.proto, listening.getsockname()),
            bind_socket=False,
        )
        self.port = int(listening.getsockname()[1])
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{self.port}"
        self._thread: threading.Thread | None = None

    def run(self, ready: Callable[[], None]) -> None:
        """Serves until Ctrl-C or SIGTERM; requests under way are finished. `ready` is called when it listens."""
        previous = signal.signal(signal.SIGTERM, _interrupt)
        try:
            ready()
            self._server.run()
        except KeyboardInterrupt:
            pass
        finally:
            self._server.task_dispatcher.shutdown()
            wasyncore.close_all(self._open)
            signal.signal(signal.SIGTERM, previous)

    def start(self) -> None:
        """Serves in a thread until `stop`."""
        self._thread = threading.Thread(target=self._server.run, name=f"serve {self.port}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stops what `start` began and waits for it; requests under way are finished."""
        self._server.task_dispatcher.shutdown()
        if self._thread is not None:
            # The thread waits on these sockets: only it may close them, and with the last one its loop ends.
            self._waker.pull_trigger(lambda: wasyncore.close_all(self._open))
            self._thread.join(timeout=10)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _advice(host: str, port: int, error: Exception) -> str:
    if "in use" in str(error):
        return f"Port {port} is in use already: is another Rowback running? Choose another port with --port."
    if "ermission" in str(error):
        return f"Port {port} needs more rights. Choose one above 1023 with --port."
    return f"Cannot listen on {host}:{port}: {error}."
