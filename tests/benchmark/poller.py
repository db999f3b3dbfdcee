"""How many articles a minute the poller checks, fetching left out and with it, and whether its memory stays flat.

Run it with `python -m tests.benchmark.poller`. Every article lives on a host of its own, so that no gap is waited for; one in
ten is edited before it is checked. "With fetching" asks a web server in another process over loopback, robots.txt included.
`lines` says what a check takes with one process that reads pages and with two, and how much of it is the poller's own: what
several processes cannot share. The time by the clock means something only on a machine that does nothing else.
"""

from __future__ import annotations

import gc
import multiprocessing
import random
import resource
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from rowback.apart.lanes import INCOMING
from rowback.apart.pool import Pool
from rowback.capture.captures import from_html
from rowback.capture.context import Context, Habits
from rowback.capture.fetch import Answer, Fetcher
from rowback.capture.poller import Poller
from rowback.capture.robots import Robots
from rowback.model import Origin
from rowback.store import Store
from tests.benchmark.interleaved import Line, Times, in_turns, show

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from multiprocessing.connection import Connection

ARTICLES, CHECKS, WORKERS = 500, 10_000, 8
PARAGRAPHS, WORDS = 30, 50
EDITED_EVERY = 10
MAX_GROWTH_MB = 16  # between the first thousands of checks and the last ones
SYLLABLES = "ba ke li mo nu pra ste vol dri fen gar hul".split()


ROUNDS, CHECKED = 5, 200
MOST_OWN = 0.25  # of a check's time of computing: more than two processes leave to a second processor


@dataclass(frozen=True)
class Taken:
    """Of one check, in milliseconds: by the clock, of the poller's own computing, and of that of the processes it asks."""

    clock: float
    own: float
    apart: float


def lines() -> Iterator[Line]:
    """What a check takes with one process and with two."""
    one, two = in_turns([partial(_taken, 1), partial(_taken, 2)], ROUNDS)
    yield Line("poller: a check, two processes read", _all(two, "clock"), "one reads", _all(one, "clock"), unit="ms")
    both = Times(tuple(each.own + each.apart for each in two))
    alone = Times(tuple(each.own + each.apart for each in one))
    yield Line("poller: computing of a check, two processes read", both, "one reads", alone)
    yield Line("poller: its own part of a check", _all(two, "own"), "all of it", both, MOST_OWN)


def _all(taken: Sequence[Taken], name: str) -> Times:
    return Times(tuple(getattr(each, name) for each in taken))


def _taken(processes: int) -> Taken:
    with tempfile.TemporaryDirectory() as folder:
        poller = _poller(Path(folder) / "a.db", "memory", WORKERS, CHECKED)
        INCOMING.pool.end()
        INCOMING.pool = Pool(processes)
        before, began, begun = _children_s(), time.perf_counter(), time.process_time()
        poller.run_once()
        clock, own = time.perf_counter() - began, time.process_time() - begun
        INCOMING.pool.end()  # what they took is known when they are over
        return Taken(*(1_000 * each / CHECKED for each in (clock, own, _children_s() - before)))


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Prints the table."""
    show(lines())
    with tempfile.TemporaryDirectory() as folder:
        _rate("fetching left out, 1 worker", Path(folder) / "a.db", "memory", 1)
        _rate(f"fetching left out, {WORKERS} workers", Path(folder) / "b.db", "memory", WORKERS)
        with_server = multiprocessing.Pipe(duplex=False)
        server = multiprocessing.Process(target=_serve, args=(with_server[1],), daemon=True)
        server.start()
        port = int(with_server[0].recv())
        _rate(f"with fetching, {WORKERS} workers", Path(folder) / "c.db", f"port {port}", WORKERS)
        server.kill()
        _memory(Path(folder) / "d.db")


def _rate(name: str, db: Path, source: str, workers: int) -> None:
    poller = _poller(db, source, workers, ARTICLES)
    began = time.perf_counter()
    counts = poller.run_once()
    seconds = time.perf_counter() - began
    told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
    print(f"{name:34}{60 * ARTICLES / seconds:8.0f} articles a minute   ({told})")


def _memory(db: Path) -> None:
    articles = 200
    poller = _poller(db, "memory", 1, articles)
    readings = []
    for done in range(0, CHECKS, articles):
        for _ in range(articles):
            if poller.step() is None:
                raise SystemExit("nothing was due")
        _due_again(poller, articles)
        if done % 2_000 == 0:
            gc.collect()
            readings.append(_resident_mb())
            print(f"{'memory':34}{readings[-1]:8.1f} MB after {done + articles} checks", flush=True)
    grown = _resident_mb() - readings[1]
    print(f"{'memory grown from check 2,200 on':34}{grown:8.1f} MB (limit {MAX_GROWTH_MB})")


def _due_again(poller: Poller, articles: int) -> None:
    clock = poller.context.now
    if not isinstance(clock, _Clock):
        raise TypeError("the benchmark moves its own clock")
    clock.at += timedelta(hours=1)
    for article_id in range(1, articles + 1):
        poller.context.store.set_followed(article_id, clock.at)


class _Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 1, 10, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


class _Memory(Fetcher):
    """Answers from memory: what is left when fetching is left out."""

    def get(self, url: str, more: Mapping[str, str] | None = None, *, any_type: bool = False) -> Answer:  # noqa: ARG002
        if url.endswith("/robots.txt"):
            return Answer(url, 404, {})
        return Answer(url, 200, {"content-type": "text/html; charset=utf-8"}, _answered(_number(url)))


def _poller(db: Path, source: str, workers: int, articles: int) -> Poller:
    store, clock = Store(db), _Clock()
    port = int(source.split()[-1]) if source != "memory" else 80
    hosts = {f"h{number}.example" for number in range(articles)}
    for number in range(articles):
        url = f"http://h{number}.example:{port}/news/story-{number}"
        recorded = store.record(from_html(url, _page(number, "once"), clock(), Origin.BROWSER), clock())
        store.set_followed(recorded.article.id, clock())
        _answered(number)  # made now: that is no part of a check
    fetcher = _Memory() if source == "memory" else Fetcher(hosts, lambda *_: ["127.0.0.1"])
    robots = Robots(lambda url: fetcher.get(url, any_type=True), time.monotonic)
    stopping = threading.Event()
    context = Context(store, fetcher, robots, Habits(store, 20_000), clock, lambda _: None)
    return Poller(context, random.random, stopping, workers=workers)


@lru_cache(maxsize=ARTICLES)
def _answered(number: int) -> bytes:
    return _page(number).encode()


def _number(url: str) -> int:
    return int(url.rpartition("-")[2])


def _page(number: int, when: str = "now") -> str:
    """An article of some sixty kilobytes; one in ten reads otherwise now than it did once."""
    made = random.Random(number)  # noqa: S311 (words, not secrets)
    texts = [" ".join(_word(made) for _ in range(WORDS)).capitalize() + "." for _ in range(PARAGRAPHS)]
    if when == "now" and number % EDITED_EVERY == 0:
        texts[3] = texts[3].replace(" ", " not ", 1)
    body = "".join(f"<p class='story__text story__text--wide'>{text}</p>" for text in texts)
    links = "".join(
        f"<li class='more__item'><a href='/more/{n}'>{_word(made)} {_word(made)}</a></li>" for n in range(200)
    )
    return (
        f"<!doctype html><html><head><title>Story {number}</title><style>{'.a{b:c}' * 3000}</style></head><body>"
        f"<nav><ul>{links}</ul></nav><main><article><h1>Story {number}</h1>{body}</article></main></body></html>"
    )


def _word(made: random.Random) -> str:
    return "".join(made.choices(SYLLABLES, k=made.randint(1, 4)))


def _serve(ready: Connection) -> None:
    pages = {number: _page(number).encode() for number in range(ARTICLES)}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = b"" if self.path == "/robots.txt" else pages[_number(self.path)]
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    ready.send(server.server_address[1])
    server.serve_forever()


def _resident_mb() -> float:
    """What the process holds in memory (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
