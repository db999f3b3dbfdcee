"""How long the pages of a large store take over loopback, as ratios to a static page of the same size from the same server.

Run it with `python -m tests.benchmark.pages [DATABASE]`. The database is made first where it does not exist: 20,000 invented
articles with 80,000 versions, which takes some minutes; name one to keep it. Requests of all pages alternate, so that
each meets the same machine.
"""

from __future__ import annotations

import http.client
import random
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Response

from rowback.model import Block, Capture, Content
from rowback.store import Store
from rowback.store.recording import write_capture
from rowback.web.app import create_app, utc_now
from rowback.web.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTICLES, VERSIONS_EACH, SOURCES = 20_000, 4, 60
PARAGRAPHS, WORDS, EDITED = 20, 40, 3  # 800 words, of whose paragraphs three change from version to version
LONG_WORDS = 1_500
BATCH = 400  # articles a transaction
ROUNDS = 60
FLOORS_MS = {"front page": 20, "search: a common word": 50, "search: two words": 50, "search: removed": 50}
COMMON = "the of and in to said on for that with was at by from office council harbour ferry town minister".split()
SYLLABLES = "ba ke li mo nu pra ste vol dri fen gar hul".split()
RARE = [a + b + c for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]
START = datetime(2026, 1, 1, tzinfo=UTC)
PAGES = {
    "front page": "/",
    "front page, by label": "/?label=figure",
    "front page, one source": "/?source=paper7.example",
    "front page, far back": "/?older=2026-01-20T00:00:00Z,1000",
    "articles": "/articles",
    "article, each for the first time": "/articles/{n}",
    "diff of 1,500 words": f"/articles/{ARTICLES + 1}/diff/0/1",
    "diff of 800 words, each once": "/articles/{n}/diff/0/1",
    "version, each once": "/articles/{n}/versions/0",
    "search: a common word": "/search?q=the",
    "search: two words": "/search?q=harbour+bakeli",
    "search: a common word, one source": "/search?q=the+source%3Apaper7.example",
    "search: removed": "/search?q=removed%3Aharbour",
    "search: label": "/search?q=label%3Afigure",
    "feed of everything": "/feed.atom",
    "feed of a search": "/search/feed.json?q=harbour",
}


def main() -> None:
    """Makes the store where need be, and prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "rowback.db"
        if not path.exists():
            make(path)
        print(f"{path.stat().st_size / 2**20:,.0f} MB")
        with _serving(path) as port:
            _measure(port)


def make(path: Path) -> None:
    """The store, through its own code, many captures a transaction."""
    began = time.perf_counter()
    store, chance = Store(path), random.Random(20)  # noqa: S311
    for first in range(0, ARTICLES, BATCH):
        # Batches outside the store's own methods, one transaction each: a commit for every capture would take an hour.
        with store._connection.write() as db:
            for number in range(first, min(first + BATCH, ARTICLES)):
                for capture in _history(number, chance):
                    write_capture(db, capture, capture.seen_at)
        print(f"\r{first + BATCH:,} articles, {time.perf_counter() - began:.0f} s", end="", flush=True)
    for capture in _history(ARTICLES, chance, LONG_WORDS // WORDS + 1, versions=2):
        store.record(capture, capture.seen_at)
    print()
    store.changes.catch_up()
    print(f"{store.counts()}, compared after {time.perf_counter() - began:.0f} s")
    store.close()


def _history(
    number: int, chance: random.Random, paragraphs: int = PARAGRAPHS, versions: int = VERSIONS_EACH
) -> Iterator[Capture]:
    texts = [_sentence(chance, WORDS) for _ in range(paragraphs)]
    title = _sentence(chance, 8)
    at = START + timedelta(seconds=400 * number)
    for version in range(versions):
        if version:
            for place in chance.sample(range(paragraphs), EDITED):
                words = texts[place].split()
                words[chance.randrange(len(words))] = chance.choice(RARE if version % 2 else COMMON)
                texts[place] = " ".join(words)
            title = _sentence(chance, 8) if chance.random() < 0.2 else title
        blocks = tuple(Block("p", text) for text in texts)
        url = f"https://paper{number % SOURCES}.example/story-{number}"
        yield Capture(url, Content(title, blocks), at + timedelta(hours=version**2), "import")


def _sentence(chance: random.Random, words: int) -> str:
    chosen = [chance.choice(COMMON) if chance.random() < 0.5 else chance.choice(RARE) for _ in range(words)]
    chosen[chance.randrange(words)] = str(chance.randrange(2, 900))
    return " ".join(chosen).capitalize() + "."


def _measure(port: int) -> None:
    sizes = {name: _timed(port, path.format(n=777))[1] for name, path in PAGES.items()}
    times: dict[str, list[float]] = {name: [] for name in PAGES}
    static: dict[str, list[float]] = {name: [] for name in PAGES}
    for number in range(1, ROUNDS + 1):
        for name, path in PAGES.items():
            times[name].append(_timed(port, path.format(n=97 * number))[0])
            static[name].append(_timed(port, f"/static-page/{sizes[name]}")[0])
    for name in PAGES:
        page, same = statistics.median(times[name]), statistics.median(static[name])
        floor = f"   (aim {FLOORS_MS[name]} ms)" if name in FLOORS_MS else ""
        print(f"{name:36} p50 {page:7.2f} ms  {sizes[name] / 1024:6.1f} KB  ratio {page / same:6.2f}{floor}")


def _timed(port: int, path: str) -> tuple[float, int]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    began = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    took = 1000 * (time.perf_counter() - began)
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return took, len(body)


@contextmanager
def _serving(path: Path) -> Iterator[int]:
    """The server in a process of its own."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(path, theirs), daemon=True)
    process.start()
    yield ours.recv()
    process.terminate()
    process.join()


def _serve(path: Path, said: Any) -> None:
    app = create_app(Store(path), now=utc_now)

    @app.get("/static-page/<int:size>")
    def static_page(size: int) -> Response:
        return Response(b"x" * size, mimetype="text/html")

    server = Server(app, "127.0.0.1", 0)
    server.run(lambda: said.send(server.port))


if __name__ == "__main__":
    main()
