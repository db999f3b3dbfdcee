"""Schemathesis with every check it has, over the whole document and a backend that has stored something: by its own command,
so that none is left out. The same cases on every run; about half a minute.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from . import stories
from .described import closed, openapi

if TYPE_CHECKING:
    from .backend import Backend

EXAMPLES = 8  # for each operation and phase
# What fits the document may be refused all the same: for what the address leads to (nothing, a hidden article), or for what
# no schema can say (one of three fields; a code that somebody was given).
SETTINGS = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "400", "401", "403", "404", "409", "410", "413", "422", "429"]
"""


def test_every_check_of_schemathesis_passes(backend: Backend, tmp_path: Path) -> None:
    stories.tell(backend.store)
    (tmp_path / "openapi.json").write_text(json.dumps(closed(openapi())), encoding="utf-8")
    (tmp_path / "schemathesis.toml").write_text(SETTINGS, encoding="utf-8")
    command = [str(Path(sys.executable).with_name("schemathesis")), "run", "openapi.json", "--checks", "all"]
    command += ["--url", f"http://127.0.0.1:{backend.server.port}", "--generation-deterministic", "--no-color"]
    command += ["--max-examples", str(EXAMPLES), "--header", f"Authorization: Bearer {backend.client.token}"]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert ran.returncode == 0, ran.stdout[-8_000:] + ran.stderr[-2_000:]
    assert f"Tested: {len(list(_operations()))}" in ran.stdout, ran.stdout[-2_000:]


def _operations() -> list[tuple[str, str]]:
    return [(method, path) for path, methods in openapi()["paths"].items() for method in methods]
