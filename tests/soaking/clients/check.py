"""The check `clients`."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tests.server.program import Program
from tests.soaking.check import Check, Extent, Figure, Run, Until, figure
from tests.soaking.clients.load import Load
from tests.soaking.hosts import Serial, address, sites
from tests.soaking.tally import Tally, percentile, resident_mb, together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.server.backend import Client

CLIENTS_AT_ONCE = 50
HOSTS, ARTICLES_EACH = 20, 10  # that the poller has to look at
EDITED_SHARE = 0.5
WARM_REQUESTS = 2  # of each client, before memory is first looked at
MAX_GROWTH_MB = 250  # answers and comparisons that are kept: 64 MB, 2,000 steps and 64 articles at most


def _run(run: Run) -> list[Figure]:
    program, hosts = Program(run.folder, serves_anew=True), ",".join(address(number) for number in range(HOSTS))
    with sites(HOSTS) as served:
        serials = [Serial(site, address(n), run.seed + n, EDITED_SHARE) for n, site in enumerate(served)]
        with program.serving(ROWBACK_FETCH_HOSTS=hosts, ROWBACK_DAILY_REQUESTS="0") as serving:
            urls = list(_follow(serving.client, serials))
            loads = [_load(serving.client, run.seed, number, urls) for number in range(CLIENTS_AT_ONCE)]
            _all_at_once(loads, Until(Extent(times=WARM_REQUESTS * CLIENTS_AT_ONCE)))
            before = resident_mb(serving.process.pid)
            for load in loads:
                load.tally = Tally()
            began = time.monotonic()
            _all_at_once(loads, Until(run.extent))
            seconds = time.monotonic() - began
            after = resident_mb(serving.process.pid)
    errors = [error for load in loads for error in load.errors]
    _keep(run, errors)
    return [
        *_figures(together(load.tally for load in loads), seconds, sum(serial.asked for serial in serials)),
        figure("memory at the start", before, "MB"),
        figure("memory at the end", after, "MB"),
        figure("memory grown", after - before, "MB", at_most=MAX_GROWTH_MB),
        figure("tracebacks in the log", program.log.read_text(encoding="utf-8").count("Traceback"), at_most=0),
        figure("errors", len(errors), at_most=0),
    ]


def _follow(client: Client, serials: list[Serial]) -> Iterator[str]:
    """Articles that are there from the start, and followed: the poller looks at each at once and then as it sees fit."""
    for number in range(ARTICLES_EACH):
        for serial in serials:
            url = serial.publish(number)
            body = {"url": url, "title": f"Story {number}", "paragraphs": ["This is what it said first."]}
            article = client.post("/api/v1/captures", body).json["article"]
            assert client.put(f"/api/v1/articles/{article['id']}/follow").status == 200
            yield url


def _load(client: Client, seed: int, number: int, urls: list[str]) -> Load:
    """A client whose own article is on a host that the poller may not ask: nothing leaves this machine."""
    chance = random.Random(f"{seed} {number}")  # noqa: S311 (requests, not secrets)
    return Load(client, Tally(), chance, urls, f"http://{address(HOSTS + number)}/ferries-of-the-day")


def _all_at_once(loads: list[Load], until: Until) -> None:
    def work(load: Load) -> None:
        while until.once_more():
            load.once()

    with ThreadPoolExecutor(len(loads)) as pool:
        for each in [pool.submit(work, load) for load in loads]:
            each.result()


def _keep(run: Run, errors: list[str]) -> None:
    if errors:
        run.kept.mkdir(parents=True, exist_ok=True)
        (run.kept / "errors.txt").write_text("\n".join(errors), encoding="utf-8")


def _figures(tally: Tally, seconds: float, checked: int) -> list[Figure]:
    requests = sum(map(len, tally.seconds.values()))
    times = [
        Figure(f"{kind}: p50, p99", f"{1000 * percentile(each, 0.5):,.0f} ms, {1000 * percentile(each, 0.99):,.0f} ms")
        for kind, each in sorted(tally.seconds.items())
    ]
    return [
        figure("clients", CLIENTS_AT_ONCE),
        figure("requests", requests),
        figure("requests a second", requests / seconds),
        *times,
        *tally.status_figures(),
        figure("pages that the poller asked for", checked),
    ]


CLIENTS = Check(
    "50 clients that read, search and send captures, with the poller at work beside them",
    "requests",
    _run,
    full=Extent(minutes=5),
    quick=Extent(minutes=1),
    smallest=Extent(times=150),
)
