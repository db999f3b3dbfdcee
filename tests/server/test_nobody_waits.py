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
from bisect import bisect_left
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rowback.apart.lanes import SMALL, SMALL_HISTORY, weight_of
from rowback.capture.feed_documents import read
from rowback.diff.telling.history import tell
from rowback.errors import RowbackError
from rowback.text.extract import extract

from .hostile_documents import FEEDS
from .hostile_pages import PAGES
from .hostile_versions import VERSIONS
from .samples import PARAGRAPHS, URL, changed, versions

if TYPE_CHECKING:
    from collections.abc import Callable

    from rowback.model import Content

    from .backend import Answer, Client
    from .program import Program

LOOKS, ATTEMPTS, MOST = 200, 6, 3.0
LITTLE_S = 1.0  # most take some hundredths
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


def _read_feed(body: bytes) -> None:
    read(body, URL)


def _tell(pair: tuple[Content, Content]) -> None:
    tell(versions(pair), 0, 1)


@pytest.mark.parametrize(
    ("made", "work", "size", "most"),
    [
        *((each, partial(extract, url=URL), len, SMALL) for each in PAGES.values()),
        *((each, _read_feed, len, SMALL) for each in FEEDS.values()),
        *((each, _tell, lambda pair: weight_of(*pair), SMALL_HISTORY) for each in VERSIONS.values()),
    ],
    ids=[*PAGES, *FEEDS, *VERSIONS],
)
def test_what_is_small_enough_to_be_done_at_once_takes_little(
    made: Callable[[int], Any], work: Callable[[Any], object], size: Callable[[Any], int], most: int
) -> None:
    found = made(_largest(lambda count: size(made(count)) <= most))
    assert any(_computed_in(work, found) < LITTLE_S for _ in range(5))


def _largest(fits: Callable[[int], bool]) -> int:
    """The largest number that fits; 1 where none does."""
    high = 2
    while fits(high) and high < 1 << 20:
        high *= 2
    return bisect_left(range(high), True, lo=2, key=lambda count: not fits(count)) - 1


def _computed_in(work: Callable[[Any], object], found: object) -> float:
    begun = time.thread_time()
    with suppress(RowbackError):
        work(found)
    return time.thread_time() - begun


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
