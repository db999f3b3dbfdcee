"""How long `POST /api/v1/captures` takes over loopback: pages read in processes of their own, and read where they arrive.

Run it with `python -m tests.benchmark.capture_route`. Each capture is an article of its own; requests to both servers
alternate, so that both meet the same machine: this is time on the wall, for the work is spread over processes. For the
first page a process is started.
"""

from __future__ import annotations

import http.client
import json
import multiprocessing
import random
import tempfile
import time
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from rowback.apart.lanes import INCOMING, Lane
from rowback.capture import captures
from rowback.clock import utc_now
from rowback.store import Store, steps
from rowback.web.app import create_app
from rowback.web.server import Server
from tests.benchmark.interleaved import Line, exactly, show, take_turns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

ROUNDS, PARAGRAPHS, WORDS, LINKS = 200, 30, 50, 300
NEVER = 1 << 40  # characters: no page is so large
SYLLABLES = "ba ke li mo nu pra ste vol dri fen gar hul".split()
PAGES = {"small": (3, 10), "usual": (PARAGRAPHS, LINKS)}  # paragraphs, links


def lines() -> Iterator[Line]:
    """One for each size of page, and what the first page of all takes."""
    with tempfile.TemporaryDirectory() as folder, _serving(folder, "apart") as apart, _serving(folder, "here") as here:
        first = exactly(_capture(*apart, 0, *PAGES["usual"]))
        for name, (paragraphs, links) in PAGES.items():
            numbers = {side: count(1) for side in (apart, here)}
            ours, theirs = take_turns(
                *(partial(_next_capture, side, numbers[side], paragraphs, links) for side in (apart, here)),
                rounds=ROUNDS,
            )
            size = len(_page(0, paragraphs, links)) / 1024
            yield Line(
                f"capture: a {name} page, {size:.0f} KB, apart", ours, "read where it arrives", theirs, unit="ms"
            )
    yield Line("capture: the first page", first, unit="ms")


def _next_capture(side: tuple[int, str], numbers: Iterator[int], paragraphs: int, links: int) -> float:
    return _capture(*side, next(numbers), paragraphs, links)


@contextmanager
def _serving(folder: str, where: str) -> Iterator[tuple[int, str]]:
    """A backend in a process of its own: its port and a token."""
    ours, theirs = multiprocessing.Pipe()
    arguments = (Path(folder) / f"{where}.db", where == "here", theirs)
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=arguments)
    process.start()
    yield ours.recv()
    process.terminate()
    process.join()


def _serve(path: Path, is_here: bool, told: Connection) -> None:
    if is_here:
        for module in (captures, steps):
            vars(module)["INCOMING"] = Lane(INCOMING.pool, NEVER)
    store = Store(path)
    server = Server(create_app(store), "127.0.0.1", 0)
    told.send((server.port, store.access.new_token("benchmark", utc_now())))
    server.run(lambda: None)


def _capture(port: int, token: str, number: int, paragraphs: int, links: int) -> float:
    """Milliseconds for one capture on a connection of its own."""
    url = f"https://h{paragraphs}.example/news/story-{number}"
    body = json.dumps({"url": url, "html": _page(number, paragraphs, links)}).encode()
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    connection.request("POST", "/api/v1/captures", body, headers)
    answer = connection.getresponse()
    said = answer.read()
    connection.close()
    if answer.status != 201:
        raise SystemExit(f"{url} answered {answer.status}: {said[:200]!r}")
    return (time.perf_counter() - begun) * 1000


def _page(number: int, paragraphs: int, links: int) -> str:
    made = random.Random(number)  # noqa: S311 (words, not secrets)
    texts = [" ".join(_word(made) for _ in range(WORDS)).capitalize() + "." for _ in range(paragraphs)]
    body = "".join(f"<p class='story__text story__text--wide'>{text}</p>" for text in texts)
    more = "".join(
        f"<li class='more__item'><a href='/more/{n}'>{_word(made)} {_word(made)}</a></li>" for n in range(links)
    )
    return (
        f"<!doctype html><html><head><title>Story {number}</title></head><body><nav><ul>{more}</ul></nav>"
        f"<main><article><h1>Story {number}</h1>{body}</article></main></body></html>"
    )


def _word(made: random.Random) -> str:
    return "".join(made.choices(SYLLABLES, k=made.randint(1, 4)))


if __name__ == "__main__":
    show(lines())
