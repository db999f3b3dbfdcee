"""`rowback demo` as the README says it, with a real browser that it starts itself."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import urllib.request
from typing import TYPE_CHECKING

from .backend import ROWBACK, rowback
from .deadline import until

if TYPE_CHECKING:
    from pathlib import Path

START_S = 60.0  # a browser's first start with both cores busy
ENDS_WITHIN_S = 60


def test_the_demo_opens_a_browser_whose_extension_is_connected(browser: str, tmp_path: Path) -> None:
    db = tmp_path / "demo.db"
    command = [ROWBACK, "demo", "--headless", "--browser", browser, "--db", str(db)]
    log = tmp_path / "demo.log"
    with log.open("w") as said, subprocess.Popen(command, stdout=said, stderr=said) as demo:
        try:
            until(lambda: "to end the demo" in log.read_text(), "the demo to be ready", START_S)
            newspaper, backend = re.findall(r"http://127\.0\.0\.1:\d+/", log.read_text())[:2]
            for address in (newspaper, backend):
                with urllib.request.urlopen(address, timeout=30) as answer:
                    assert answer.status == 200
            # The token was given to the extension alone: its use is the extension at work in that browser.
            until(lambda: _last_used(db) is not None, "the extension to ask the backend", START_S)
        finally:
            demo.send_signal(signal.SIGINT)
            assert demo.wait(ENDS_WITHIN_S) == 0, log.read_text()
    assert "by hand" not in log.read_text()


def _last_used(db: Path) -> str | None:
    (token,) = json.loads(rowback("tokens", "--json", "--db", db))
    used: str | None = token["last_used_at"]
    return used
