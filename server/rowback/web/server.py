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
from rowback.web.connections import Listener, Workers, serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from flask import Flask

THREADS = 24  # captures and comparisons that take their time keep ten for long: some are left for what is quick
# Of an answer that waits to be sent, most of it in a file; beyond it a thread waits for the client. Only an export, of which
# one runs at a time, comes near.
MAX_UNSENT_BYTES = 256 * 1024 * 1024


class Server:
    """An app listening at hosts (addresses with commas between) and a port (0: any free one, see `port`). Raises
    `SettingsError` when it cannot listen at one of them.

    `clock` counts seconds, from any moment: how slow a client may be is in `connections.py`.
    """

    def __init__(self, app: Flask, host: str, port: int, clock: Callable[[], float] = time.monotonic) -> None:
        sockets = _listening(hosts(host), port)
        self._open: Any = {}  # what waitress listens and talks on, kept by it; its published types do not fit it
        self._waker: Any = trigger(self._open)
        self._clock = clock
        # Bodies up to twice our own limit are read, so that one over it is told so instead of being cut off.
        settings = Adjustments(
            sockets=sockets,
            ident=None,
            max_request_body_size=2 * MAX_REQUEST_BYTES,
            outbuf_high_watermark=MAX_UNSENT_BYTES,
            log_socket_errors=False,  # a client that goes away is none of our failures
            # We trust no proxy's word, but must see that there is one: what comes through it is not from this machine.
            clear_untrusted_proxy_headers=False,
        )
        self._workers = Workers()
        self._workers.set_thread_count(THREADS)
        self._listeners = [
            Listener(
                app,
                self._open,
                clock,
                share=len(sockets),
                _sock=each,
                dispatcher=self._workers,
                adj=settings,
                sockinfo=(each.family, each.type, each.proto, each.getsockname()),
                bind_socket=False,
            )
            for each in sockets
        ]
        self.port = int(sockets[0].getsockname()[1])
        self.urls = [address(each, self.port) for each in hosts(host)]
        self.url = self.urls[0]
        self._thread: threading.Thread | None = None

    def run(self, ready: Callable[[], None]) -> None:
        """Serves until Ctrl-C or SIGTERM; requests under way are finished. `ready` is called when it listens."""
        previous = signal.signal(signal.SIGTERM, _interrupt)
        try:
            ready()
            serve(self._listeners, self._open, self._clock)
        except KeyboardInterrupt:
            pass
        finally:
            self._workers.shutdown()
            wasyncore.close_all(self._open)
            signal.signal(signal.SIGTERM, previous)

    def start(self) -> None:
        """Serves in a thread until `stop`."""
        self._thread = threading.Thread(
            target=serve, args=(self._listeners, self._open, self._clock), name=f"serve {self.port}", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stops what `start` began and waits for it; requests under way are finished."""
        self._workers.shutdown()
        if self._thread is not None:
            # The thread waits on these sockets: only it may close them, and with the last one its loop ends.
            self._waker.pull_trigger(lambda: wasyncore.close_all(self._open))
            self._thread.join(timeout=10)


def hosts(told: str) -> list[str]:
    """The addresses that a setting names; `::` alone is every address there is, of both kinds."""
    named = [each.strip() for each in told.split(",") if each.strip()]
    return ["0.0.0.0", "::"] if named == ["::"] else named or [told]  # noqa: S104 (that is what was asked for)


def address(host: str, port: int) -> str:
    """Where a browser finds what listens at a host and port."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _listening(named: list[str], port: int) -> list[socket.socket]:
    """A socket for each host, all at one port."""
    made: list[socket.socket] = []
    for host in named:
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            made.append(socket.create_server((host, port), family=family, backlog=128))
        except (OSError, OverflowError) as error:
            for each in made:
                each.close()
            raise SettingsError(_advice(host, port, error)) from error
        port = int(made[0].getsockname()[1])
    return made


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _advice(host: str, port: int, error: Exception) -> str:
    if "in use" in str(error):
        return f"Port {port} is in use already: is another Rowback running? Choose another port with --port."
    if "ermission" in str(error):
        return f"Port {port} needs more rights. Choose one above 1023 with --port."
    return f"Cannot listen on {host}:{port}: {error}."
