"""How fast a WARC file is read and imported, and whether that takes the same memory however large it is.

Run it with `python -m tests.benchmark.crawl [--mb 1000]`: a crawl of so many megabytes is made, of which one record in eight
is a page, and imported. It prints how much was read a second, how many processors were busy, and how much memory was in use
after each tenth. `lines` says what reading a megabyte of records takes beside reading their pages.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from rowback.apart.lanes import INCOMING
from rowback.archive.bringing import Bringing, HeldPart
from rowback.archive.held import EVERYTHING, HeldPage, Wanted, capture_of
from rowback.archive.warc import KIND
from rowback.clock import utc_now
from rowback.store import Store
from rowback.store.imports import ImportKind
from tests.benchmark.interleaved import Line, Times, in_turns, show

if TYPE_CHECKING:
    from collections.abc import Iterator

MEGABYTE = 1_000_000
SAMPLE_MB, ROUNDS = 16, 3
MOST_READ_MS = 50.0  # of a megabyte of records: twenty a second
PAGE_EVERY, PAGE_BYTES, PICTURE_BYTES = 8, 60_000, 60_000
VERSIONS = 3  # of each article
SYLLABLES = "ba ke li mo nu pra ste vol dri fen gar hul".split()
STATUS = Path("/proc/self/status")


def lines() -> Iterator[Line]:
    """Reading records, and reading their pages."""
    with tempfile.TemporaryDirectory() as folder:
        path = make(Path(folder) / "crawl.warc.gz", SAMPLE_MB)
        size_mb = path.stat().st_size / MEGABYTE
        records, pages = in_turns([partial(_read, path, size_mb), partial(_extract, path, size_mb)], ROUNDS)
    yield Line("crawl: reading a MB of records", Times(tuple(records)), goal=MOST_READ_MS)
    yield Line(
        "crawl: reading a MB of records", Times(tuple(records)), "reading the pages in it", Times(tuple(pages)), 1.0
    )


def make(path: Path, size_mb: float) -> Path:
    """A crawl of so many megabytes, packed record by record."""
    chance = random.Random(7)  # noqa: S311 (the same crawl each time)
    noise = chance.randbytes(4 * PICTURE_BYTES)
    with path.open("wb") as file:
        writer, number = WARCWriter(file, gzip=True), 0
        while file.tell() < size_mb * MEGABYTE:
            number += 1
            if number % PAGE_EVERY:
                begin = chance.randrange(3 * PICTURE_BYTES)
                _write(writer, f"https://crawl.example/{number}.jpg", "image/jpeg", noise[begin:][:PICTURE_BYTES], 1)
            else:
                article, version = divmod(number // PAGE_EVERY, VERSIONS)
                html = _page(random.Random(article), article, version)  # noqa: S311 (as above)
                _write(writer, f"https://crawl.example/news/{article}", "text/html", html.encode(), 10 + version)
    return path


def _write(writer: Any, url: str, kind: str, body: bytes, day: int) -> None:
    top = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
    told = {"WARC-Date": f"2026-01-{day:02}T08:00:00Z"}
    record = writer.create_warc_record(
        url, "response", payload=io.BytesIO(body), http_headers=top, warc_headers_dict=told
    )
    writer.write_record(record)


def _page(chance: random.Random, article: int, version: int) -> str:
    def words(count: int) -> str:
        return " ".join("".join(chance.choices(SYLLABLES, k=3)) for _ in range(count)).capitalize() + "."

    paragraphs = [words(50) for _ in range(24)]
    paragraphs[3] += f" The office counted {version + 3} boats on Monday."
    menu = "".join(f'<li><a href="/section/{n}">{words(2)}</a></li>' for n in range(60))
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    head = f"<!doctype html><html lang=en><title>Story {article} of the harbour</title><nav><ul>{menu}</ul></nav>"
    foot = "<script>" + "x" * max(0, PAGE_BYTES - len(head) - len(body)) + "</script>"
    return f"{head}<article><h1>Story {article} of the harbour</h1>{body}</article>{foot}"


def _read(path: Path, size_mb: float) -> float:
    began = time.process_time()
    for _ in KIND.read(path, EVERYTHING):
        pass
    return 1_000 * (time.process_time() - began) / size_mb


def _extract(path: Path, size_mb: float) -> float:
    pages = [held for held in KIND.read(path, EVERYTHING) if isinstance(held, HeldPage)]
    INCOMING.pool.end()
    before = _children_s()
    for held in pages:
        capture_of(held)
    INCOMING.pool.end()
    return 1_000 * (_children_s() - before) / size_mb


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory_mb() -> float:
    told = next(line for line in STATUS.read_text(encoding="utf-8").splitlines() if line.startswith("VmRSS"))
    return int(told.split()[1]) / 1_000


def main() -> None:
    """Makes a crawl and imports it."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.crawl")
    parser.add_argument("--mb", type=float, default=0, help="import a crawl of so many megabytes")
    size_mb = parser.parse_args().mb
    if not size_mb:
        show(lines())
        return
    with tempfile.TemporaryDirectory() as folder:
        path = make(Path(folder) / "crawl.warc.gz", size_mb)
        _import(Store(Path(folder) / "a.db"), path)


def _import(store: Store, path: Path) -> None:
    size, passed, tenths = path.stat().st_size, 0, 0
    number = store.imports.begin(ImportKind.FILE, path.name, utc_now())

    def note(count: int) -> None:
        nonlocal passed, tenths
        passed += count
        while passed * 10 >= size * (tenths + 1):
            tenths += 1
            print(f"{tenths * 10} %: {_memory_mb():.0f} MB in use")

    bringing, began, own = Bringing(store, utc_now, number), time.perf_counter(), time.process_time()
    for _ in bringing.bring([HeldPart(KIND, path, Wanted(passed=note))]):
        pass
    bringing.finish()
    took, own = time.perf_counter() - began, time.process_time() - own
    INCOMING.pool.end()
    print(bringing.tally.in_words())
    print(f"{size / MEGABYTE / took:.1f} MB/s, {bringing.tally.pages / took:.1f} pages/s in {took:.0f} s")
    print(f"{(own + _children_s()) / took:.2f} processors busy, {own / took:.2f} of them with reading and recording")


if __name__ == "__main__":
    main()
