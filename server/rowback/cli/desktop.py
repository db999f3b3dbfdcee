"""Opens the backend's page in the browser of whoever started it at a desktop."""

from __future__ import annotations

import html
import os
import sys
import tempfile
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_LASTS_S = 60  # until any browser has read it


def is_at_hand(environment: Mapping[str, str], platform: str, *, is_terminal: bool) -> bool:
    """Whether someone sits before this machine's screen: a terminal that is not a remote one, and a display."""
    if not is_terminal or any(environment.get(name) for name in ("CI", "SSH_CONNECTION", "SSH_TTY")):
        return False
    if platform in ("win32", "darwin"):
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def may_open() -> bool:
    """Whether to open a browser without being asked."""
    return is_at_hand(os.environ, sys.platform, is_terminal=sys.stdout.isatty())


def open_privately(link: str) -> bool:
    """Opens a link in the browser; False where there is none.

    Commands with their arguments can be seen by everyone on the machine, and a sign-in link is for its owner alone: what the
    browser is told to open is a file that only the owner reads and that leads on.
    """
    handle, name = tempfile.mkstemp(prefix="rowback-", suffix=".html")  # for its owner alone: 0600
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(
            f'<!doctype html><meta http-equiv="refresh" content="0; url={html.escape(link)}"><title>Rowback</title>'
        )
    path = Path(name)
    cleaner = threading.Timer(FILE_LASTS_S, path.unlink, kwargs={"missing_ok": True})
    cleaner.daemon = True
    cleaner.start()
    return webbrowser.open(path.as_uri())
