"""Litestream beside Rowback, as the paper on hosting sets it up. Where Litestream is not installed this is left out:
`test_owner.py` then stands for it, with a reader that does the same in the same order."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from rowback.store import Store

from .documents import ROOT
from .samples import PARAGRAPHS, at, capture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LITESTREAM = shutil.which("litestream")
RARE = "zyxomma"
WITHIN_S, LOOKS_S = 60.0, 0.1
_CONFIG = re.compile(r"^```yaml\n(snapshot:.*?)^```$", re.MULTILINE | re.DOTALL)


def _config(folder: Path) -> Path:
    """The configuration of the paper, with our folder for its places, and with checkpoints after a second, not a minute."""
    paper = (ROOT / "server" / "docs" / "hosting.md").read_text(encoding="utf-8")
    found = _CONFIG.search(paper)
    assert found is not None
    told = found[1].replace("/var/lib/rowback/", f"{folder}/").replace("/mnt/other-disk/", f"{folder}/replica/")
    assert told.count(str(folder)) == 2
    config = folder / "litestream.yml"
    config.write_text(told.replace("    replica:", "    checkpoint-interval: 1s\n    replica:"), encoding="utf-8")
    return config


@pytest.fixture
def replicated(tmp_path: Path) -> Iterator[Store]:
    """A store with a few articles, which Litestream follows meanwhile."""
    if LITESTREAM is None:
        pytest.skip("Litestream is not installed")
    store = Store(tmp_path / "rowback.db")
    command = [LITESTREAM, "replicate", "-config", str(_config(tmp_path))]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(lambda: any((tmp_path / "replica").rglob("*.ltx")))
            yield store
        finally:
            process.terminate()
            store.end()


def test_what_is_forgotten_is_gone_and_what_is_left_can_be_restored(replicated: Store, tmp_path: Path) -> None:
    files = [replicated.path, replicated.path.with_name(f"{replicated.path.name}-wal")]
    forgotten = replicated.record(capture([f"The {RARE} was late.", *PARAGRAPHS]), at(1)).article.id
    replicated.record(capture(url="https://www.harbour-echo.example/news/lamp"), at(1))
    replicated.owner.forget(forgotten)

    def is_done() -> bool:
        replicated.presence.note("poller", at(2))  # as a poller does: something is written, and Litestream has work
        return replicated.owner.finish_forgetting()

    _wait(is_done)
    assert not any(RARE.encode() in path.read_bytes() for path in files)
    assert replicated.damage() is None
    restored = tmp_path / "from-replica.db"
    command = [LITESTREAM or "", "restore", "-config", str(tmp_path / "litestream.yml"), "-o", str(restored)]

    def is_restored() -> bool:
        restored.unlink(missing_ok=True)
        subprocess.run([*command, str(replicated.path)], check=True, capture_output=True)
        store = Store(restored)
        counts = store.counts()
        store.end()
        return counts == replicated.counts()

    _wait(is_restored)


def test_the_paper_s_configuration_names_the_database_and_a_replica(tmp_path: Path) -> None:
    told = _config(tmp_path).read_text(encoding="utf-8")
    assert f"path: {tmp_path}/rowback.db" in told
    assert f"path: {tmp_path}/replica/rowback" in told


def _wait(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + WITHIN_S
    while not is_so():
        assert time.monotonic() < until
        time.sleep(LOOKS_S)
