"""How long the pages of a large store take over loopback, as ratios to a static page of the same size from the same server.

Run it with `python -m tests.benchmark.pages [DATABASE]`. The database is made first where it does not exist: 20,000 invented
articles with 80,000 versions, which takes some minutes; name one to keep it. Requests of all pages alternate, so that
each meets the same machine. `--script han` writes without spaces, as Japanese does, and `--articles N` fewer articles. The
sizes of the full-text indexes are printed as ratios to the texts they are of.
"""

from __future__ import annotations

import argparse
import http.client
import random
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flask import Response

from rowback.clock import utc_now
from rowback.model import Block, Capture, Content, Origin
from rowback.store import Store
from rowback.store.intake import write_capture
from rowback.web.app import create_app
from rowback.web.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTICLES, VERSIONS_EACH, SOURCES = 20_000, 4, 60
PARAGRAPHS, WORDS, EDITED = 20, 40, 3  # 800 words, of whose paragraphs three change from version to version
LONG_WORDS = 1_500
BATCH = 400  # articles a transaction
ROUNDS = 60
FLOORS_MS = {"front page": 20, "search: a common word": 50, "search: two words": 50, "search: removed": 50}
SYLLABLES = "ba ke li mo nu pra ste vol dri fen gar hul".split()
START = datetime(2026, 1, 1, tzinfo=UTC)
KANA, HAN = "のにはをたがでてとしれさあっるいなかもら", [chr(0x4E00 + 7 * n) for n in range(1_500)]


@dataclass(frozen=True)
class Script:
    """What an invented language is written with. `never` is a phrase of common characters that stands nowhere."""

    common: list[str]
    rare: list[str]
    between: str
    word: str
    two_words: str
    never: str


@dataclass(frozen=True)
class Served:
    """Where the server listens, and its owner's token."""

    port: int
    token: str


SCRIPTS = {
    "latin": Script(
        common="the of and in to said on for that with was at by from office council harbour ferry town minister".split(),
        rare=[a + b + c for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES],
        between=" ",
        word="the",
        two_words="harbour bakeli",
        never='"harbour ferry the town of minister"',
    ),
    # One kana or two between words of two characters each: about as many different characters as a newspaper has.
    "han": Script(
        common=[*KANA, *(a + b for a, b in zip(KANA, KANA[5:], strict=False)), "東京", "首相", "渡船"],
        rare=[HAN[n % 1_500] + HAN[(n * n + 7) % 1_500] for n in range(1_728)],
        between="",
        word="東京",
        two_words="渡船 首相",
        never="のらのらの",
    ),
}


ARTICLE = "article, each for the first time"


def pages(script: Script, last: int) -> dict[str, str]:
    """The pages by name; `last` is the id of the long article."""
    word, two_words, never = (quote(each) for each in (script.word, script.two_words, script.never))
    return {
        "front page": "/",
        "front page, by label": "/?label=figure",
        "front page, a label that is rare": "/?label=correction&source=paper7.example",
        "front page, one source": "/?source=paper7.example",
        "front page, far back": "/?older=2026-01-20T00:00:00Z,1000",
        "articles": "/articles",
        "sources": "/sources",
        "source": "/sources/paper7.example",
        "source, a month": "/sources/paper7.example?from=2026-02-01&to=2026-02-28",
        "articles of a source": "/sources/paper7.example/articles?which=edited",
        ARTICLE: "/articles/{n}",
        "diff of 1,500 words": f"/articles/{last}/diff/0/1",
        "diff of 800 words, each once": "/articles/{n}/diff/0/1",
        "version, each once": "/articles/{n}/versions/0",
        "search: a common word": f"/search?q={word}",
        "search: two words": f"/search?q={two_words}",
        "search: a common word, one source": f"/search?q={word}+source%3Apaper7.example",
        "search: a phrase that stands nowhere": f"/search?q={never}",
        "search: removed": f"/search?q=removed%3A{two_words.split('%20')[0]}",
        "search: label": "/search?q=label%3Afigure",
        "feed of everything": "/feed.atom",
        "feed of a search": f"/search/feed.json?q={two_words}",
        "status": "/status",
        "metrics": "/metrics",
    }


def main() -> None:
    """Makes the store where need be, and prints the table."""
    asked = argparse.ArgumentParser(prog="python -m tests.benchmark.pages")
    asked.add_argument("database", nargs="?", type=Path)
    asked.add_argument("--script", choices=SCRIPTS, default="latin")
    asked.add_argument("--articles", type=int, default=ARTICLES)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.database or Path(folder) / "rowback.db"
        if not path.exists():
            make(path, SCRIPTS[given.script], given.articles)
        print(f"{path.stat().st_size / 2**20:,.0f} MB")
        _weigh(path)
        with _serving(path) as served:
            _measure(served, pages(SCRIPTS[given.script], given.articles + 1), given.articles)


def make(path: Path, script: Script, articles: int) -> None:
    """The store, through its own code, many captures a transaction."""
    began = time.perf_counter()
    store, chance = Store(path), random.Random(20)  # noqa: S311
    for first in range(0, articles, BATCH):
        # Batches outside the store's own methods, one transaction each: a commit for every capture would take an hour.
        with store._connection.write() as db:
            for number in range(first, min(first + BATCH, articles)):
                for capture in _history(script, number, chance):
                    write_capture(db, capture, capture.seen_at)
        print(f"\r{first + BATCH:,} articles, {time.perf_counter() - began:.0f} s", end="", flush=True)
    for capture in _history(script, articles, chance, LONG_WORDS // WORDS + 1, versions=2):
        store.record(capture, capture.seen_at)
    print()
    store.steps.catch_up()
    print(f"{store.counts()}, compared after {time.perf_counter() - began:.0f} s")
    store.close()


def _history(
    script: Script, number: int, chance: random.Random, paragraphs: int = PARAGRAPHS, versions: int = VERSIONS_EACH
) -> Iterator[Capture]:
    texts = [_sentence(script, chance, WORDS) for _ in range(paragraphs)]
    title = _sentence(script, chance, 8)
    at = START + timedelta(seconds=400 * number)
    for version in range(versions):
        if version:
            for place in chance.sample(range(paragraphs), EDITED):
                texts[place] = _edited(script, chance, texts[place], script.rare if version % 2 else script.common)
            title = _sentence(script, chance, 8) if chance.random() < 0.2 else title
        blocks = tuple(Block("p", text) for text in texts)
        url = f"https://paper{number % SOURCES}.example/story-{number}"
        yield Capture(url, Content(title, blocks), at + timedelta(hours=version**2), Origin.IMPORT)


def _sentence(script: Script, chance: random.Random, words: int) -> str:
    chosen = [chance.choice(script.common if chance.random() < 0.5 else script.rare) for _ in range(words)]
    chosen[chance.randrange(words)] = str(chance.randrange(2, 900))
    return script.between.join(chosen).capitalize() + "."


def _edited(script: Script, chance: random.Random, text: str, words: list[str]) -> str:
    """The text with one word (in a script without spaces: two characters) replaced."""
    if not script.between:
        at = chance.randrange(len(text) - 3)
        return text[:at] + chance.choice(words) + text[at + 2 :]
    parts = text.split(script.between)
    parts[chance.randrange(len(parts))] = chance.choice(words)
    return script.between.join(parts)


def _weigh(path: Path) -> None:
    """Prints what the texts and their full-text indexes take."""
    with closing(sqlite3.connect(path)) as db:

        def size(table: str, column: str) -> int:
            query = f"select coalesce(sum(length(cast({column} as blob))), 0) from {table}"  # noqa: S608
            return int(db.execute(query).fetchone()[0])

        texts = size("blocks", "text")
        print(f"{'texts of blocks':36} {texts / 2**20:7.1f} MB")
        own = size("blocks_spaced_content", "c0") + size("blocks_spaced_docsize", "sz")
        for index, more in (("blocks_fts", 0), ("blocks_spaced", own)):
            whole = size(f"{index}_data", "block") + more
            print(f"{index:36} {whole / 2**20:7.1f} MB  ratio {whole / texts:6.2f}")


def _measure(served: Served, pages: dict[str, str], articles: int) -> None:
    sizes = {name: _timed(served, path.format(n=min(777, articles)))[1] for name, path in pages.items()}
    times: dict[str, list[float]] = {name: [] for name in pages}
    static: dict[str, list[float]] = {name: [] for name in pages}
    for number in range(1, ROUNDS + 1):
        for name, path in pages.items():
            times[name].append(_timed(served, path.format(n=1 + 97 * number % articles))[0])
            static[name].append(_timed(served, f"/static-page/{sizes[name]}")[0])
    for name in pages:
        page, same = statistics.median(times[name]), statistics.median(static[name])
        floor = f"   (aim {FLOORS_MS[name]} ms)" if name in FLOORS_MS else ""
        print(f"{name:36} p50 {page:7.2f} ms  {sizes[name] / 1024:6.1f} KB  ratio {page / same:6.2f}{floor}")
    article = statistics.median(times[ARTICLE])
    for name in (each for each in pages if each.startswith("source")):
        print(f"{name:36} ratio to an article's page {statistics.median(times[name]) / article:6.2f}")


def _timed(served: Served, path: str) -> tuple[float, int]:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    began = time.perf_counter()
    connection.request("GET", path, headers={"Authorization": f"Bearer {served.token}"})
    answer = connection.getresponse()
    body = answer.read()
    took = 1000 * (time.perf_counter() - began)
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return took, len(body)


@contextmanager
def _serving(path: Path) -> Iterator[Served]:
    """The server in a process of its own."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(path, theirs), daemon=True)
    process.start()
    yield Served(*ours.recv())
    process.terminate()
    process.join()


def _serve(path: Path, said: Any) -> None:
    store = Store(path)
    token = store.access.new_token(f"benchmark {utc_now()}", utc_now())
    app = create_app(store, now=utc_now)

    @app.get("/static-page/<int:size>")
    def static_page(size: int) -> Response:
        return Response(b"x" * size, mimetype="text/html")

    server = Server(app, "127.0.0.1", 0)
    server.run(lambda: said.send((server.port, token)))


if __name__ == "__main__":
    main()
