"""Serves the newspaper on loopback, in a thread of its own.

The port is taken before there is an application: the newspaper's pages name the address they are served at.
"""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from waitress.server import create_server

from rowback.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

HOST = "127.0.0.1"
STOP_TIMEOUT_S = 10  # for a page on its way out


@contextmanager
def serving(port: int, create_app: Callable[[str], Flask]) -> Iterator[str]:
    """Serve `create_app(address)` while the context is open, and give that address (no slash at its end).

    Port 0 is any free one. Raises `SettingsError` when the port cannot be had.
    """
    try:
        listening = socket.create_server((HOST, port))
    except (OSError, OverflowError) as error:
        raise SettingsError(
            f"The newspaper cannot be served on port {port}: {error}. Choose another with --newspaper-port."
        ) from error
    address = f"http://{HOST}:{listening.getsockname()[1]}"
    server = create_server(create_app(address), sockets=[listening], ident=None)
    thread = threading.Thread(target=server.run, name="newspaper", daemon=True)
    thread.start()
    try:
        yield address
    finally:
        server.close()
        server.task_dispatcher.shutdown()
        thread.join(STOP_TIMEOUT_S)
