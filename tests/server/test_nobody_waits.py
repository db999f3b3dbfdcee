"""While a page that takes its time is captured, readers are answered as fast as before.

The one comparison of times in these tests: within one run, of the same requests, and the best of several attempts counts on
both sides, so that a busy machine has little say.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .samples import PARAGRAPHS, URL, changed

if TYPE_CHECKING:
    from .backend import Answer, Client
    from .program import Program

LOOKS, ATTEMPTS, MOST = 200, 6, 3.0
HARDLY_S = 0.8  # of some seconds: receiving it, and handing it on
ITEMS = 11_900  # links; with some more it is refused before it is read. It takes some seconds, and is refused then


def _page() -> str:
    items = "".join(f"<li><a href=/a/{n}>The ferry {n} leaves at six in the morning</a></li>" for n in range(ITEMS))
    return f"<html><title>Ferries</title><body><article><h1>Ferries</h1><ul>{items}</ul></article>"


def _slowest_hundredth(client: Client) -> float:
    took = []
    for _ in range(LOOKS):
        begun = time.perf_counter()
        answer = client.post("/api/v1/lookup", {"urls": [URL]})
        took.append(time.perf_counter() - begun)
        assert answer.json["results"][URL]["edit_count"] == 1
    return sorted(took)[-LOOKS // 100]


class _Capturing(threading.Thread):
    """Sends the page again and again, until told to stop."""

    def __init__(self, client: Client) -> None:
        super().__init__()
        self._client = client
        self._body = json.dumps({"url": f"{URL}-long", "html": _page()}).encode()
        self.stopping = threading.Event()
        self.answers: list[Answer] = []

    def run(self) -> None:
        while not self.stopping.is_set():
            self.answers.append(
                self._client.send("POST", "/api/v1/captures", self._body, Content_Type="application/json")
            )


def test_look_ups_do_not_wait_for_a_page_that_is_captured(rowback: Program) -> None:
    alone, beside = list[float](), list[float]()
    with rowback.serving("--no-poll") as serving:
        client = serving.client
        client.capture(PARAGRAPHS)
        client.capture(changed("400 commuters", "300 commuters"))
        _slowest_hundredth(client)
        for _ in range(ATTEMPTS):
            alone.append(_slowest_hundredth(client))
            capturing = _Capturing(client)
            capturing.start()
            beside.append(_slowest_hundredth(client))
            capturing.stopping.set()
            capturing.join()
            assert {answer.status for answer in capturing.answers} <= {413, 422}
            if min(beside) <= MOST * min(alone):
                return
    raise AssertionError(f"alone {alone}, beside {beside}")


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_backend_itself_hardly_computes_for_such_a_page(rowback: Program) -> None:
    with rowback.serving("--no-poll") as serving:
        serving.client.capture(PARAGRAPHS)
        before = _computed_s(serving.process.pid)
        answer = serving.client.post("/api/v1/captures", {"url": f"{URL}-long", "html": _page()})
        assert answer.status in (413, 422)
        assert _computed_s(serving.process.pid) - before < HARDLY_S


def _computed_s(pid: int) -> float:
    """The processor's time that a process took, without the processes it started."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
