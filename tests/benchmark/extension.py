"""What the extension costs pages in Chromium: time on their main thread by the thread's own clock, its longest task, layout
shift, and what is put into a page that is no article; beside the extension as it was, or as another checkout has it.

Run it with `python -m tests.benchmark.extension [--reference PATH] [--rounds N]`.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Playwright, sync_playwright

from tests.benchmark.interleaved import Line, Skipped, Times, exactly, in_turns, show
from tests.benchmark.main_thread import CATEGORIES, Spent, spent
from tests.benchmark.reference import COMMIT, MISSING, reference_tree
from tests.browser.backend import Backend
from tests.browser.cases import story
from tests.browser.chromium import Chromium
from tests.browser.deadline import until
from tests.browser.overlay import Overlay
from tests.browser.site import Site, make_certificate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.browser.story import Story

CHECKOUT = Path(__file__).parents[2]
ROUNDS = 8
MOST_BYTES = 50_000  # put into every page
LONGEST_MS = 12.0
MS_OF_THREAD = "ms thread"
QUIET = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}  # no script but the extension's
REST = "() => new Promise((resolve) => requestIdleCallback(() => requestIdleCallback(() => resolve())))"
TITLE = "The ferry leaves an hour later from Monday on"
ARTICLES = ((30, 4), (200, 24), (3_000, 360))  # blocks, edits
LONG = 100  # blocks; of more, each is a line
WORDS = [f"{stem}{ending}" for stem in ("harbour", "council", "ferry", "morning", "report") for ending in "abcdefghij"]
LIST = "https://list.lantern-post.test/news/section"
FRONT = "https://front.lantern-post.test/"


@dataclass(frozen=True)
class Visit:
    """A page to open, and whether marks are awaited on it."""

    name: str
    url: str
    has_marks: bool


def lines(reference: Path | None = None, rounds: int = ROUNDS) -> Iterator[Line | Skipped]:
    """Some for each page. `reference`: a checkout to tell ratios to."""
    binary = shutil.which("chromium") or shutil.which("chromium-browser")
    if binary is None:
        yield Skipped("extension", "Chromium is not installed (chromium or chromium-browser on PATH).")
        return
    with ExitStack() as stack:
        other = reference or stack.enter_context(reference_tree(folders=("extension",)))
        if other is None:
            yield Skipped("extension: ratios", f"There is {MISSING}.")
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        start = partial(_reader, stack.enter_context(sync_playwright()), binary, stack=stack)
        site, backend = _site(folder, stack), _backend(folder, stack)
        trees = [CHECKOUT, other] if other else [CHECKOUT]
        readers = [start(folder / f"{n}", tree / "extension", backend, site) for n, tree in enumerate(trees)]
        for visit in _visits(site, backend):
            taken = in_turns([partial(_visited, reader, visit) for reader in readers], rounds)
            yield from _told(visit, taken, str(reference) if reference else COMMIT)


def _told(visit: Visit, taken: Sequence[Sequence[Spent]], name: str) -> Iterator[Line]:
    """Our side comes first."""
    ours = taken[0]
    for measure, told, goal in (("scripts", "our scripts", 1.0 if visit.has_marks else None), ("thread", "all", None)):
        times = [Times(tuple(getattr(each, measure) for each in side)) for side in taken]
        theirs = times[1] if len(times) > 1 else None
        # Without a reference the goal, a ratio, says nothing.
        yield Line(
            f"extension: {visit.name}: {told}",
            times[0],
            name if theirs else "",
            theirs,
            goal if theirs else None,
            MS_OF_THREAD,
        )
    longest = Times(tuple(each.longest for each in ours))
    yield Line(f"extension: {visit.name}: longest task of ours", longest, goal=LONGEST_MS, unit=MS_OF_THREAD)
    shift = exactly(max(each.shift for each in ours))
    yield Line(f"extension: {visit.name}: layout shift", shift, goal=0, unit="")
    if not visit.has_marks:
        put = exactly(max(map(_bytes, ours)))
        yield Line(f"extension: {visit.name}: put into the page", put, goal=MOST_BYTES, unit="bytes")


def _bytes(visit: Spent) -> int:
    """Of the files of this checkout's extension that ran in the page."""
    paths = [url.split("/", 3)[3] for url in visit.urls if url.startswith("chrome-extension://")]
    return sum((CHECKOUT / "extension" / path).stat().st_size for path in paths)


def _site(folder: Path, stack: ExitStack) -> Site:
    site = Site(make_certificate(folder))
    site.start()
    stack.callback(site.stop)
    return site


def _backend(folder: Path, stack: ExitStack) -> Backend:
    (folder / "backend").mkdir()
    backend = Backend(folder / "backend")
    backend.start()
    stack.callback(backend.stop)
    return backend


def _reader(
    playwright: Playwright,
    binary: str,
    folder: Path,
    extension: Path,
    backend: Backend,
    site: Site,
    stack: ExitStack,
) -> Chromium:
    """Chromium with a copy of this extension, connected, on all sites."""
    copy = folder / "extension"
    shutil.copytree(extension, copy)
    preset = {"backend": backend.url, "token": backend.token()}
    (copy / "shared" / "preset.json").write_text(json.dumps(preset), encoding="utf-8")
    reader = Chromium(playwright, binary, copy, folder / "profile", site)
    stack.callback(reader.close)
    reader.accept_prompts()
    reader.new_tab()
    reader.open_extension("onboarding/index.html")
    told = (None, "", "checking")
    until(lambda: reader.ask("attribute", "#connection", "data-state") not in told, "the connection to be told")
    reader.click("#allow-all-sites")
    until(reader.has_all_sites, "all sites to be granted")
    return reader


def _visits(site: Site, backend: Backend) -> list[Visit]:
    chance = random.Random(4)  # noqa: S311  # pages, not secrets
    teasers = "".join(
        f'<div><h2><a href="/{n}-a-story-to-be-read">A teaser of story number {n}</a></h2><p>{_line(chance, 20)}</p></div>'
        for n in range(150)
    )
    page = f"<!doctype html><title>News</title><h1>All of it</h1>{teasers}"
    visits = [Visit(name, site.put(url, page, QUIET), False) for name, url in (("front", FRONT), ("list", LIST))]
    for blocks, edits in ARTICLES:
        told = _edited(chance, blocks, edits)
        backend.tell(told)
        site.put(told.url, told.page(), QUIET)
        visits.append(Visit(f"{blocks} blocks, {edits} edits", told.url, True))
    return visits


def _edited(chance: random.Random, blocks: int, edits: int) -> Story:
    old = [_line(chance, 8 if blocks > LONG else 30) for _ in range(blocks)]
    places = range(2, blocks, blocks // edits)[:edits]
    new = [line.replace(" ", " newly ", 1) if at in places else line for at, line in enumerate(old)]
    return story(f"cost-of-{blocks}", (TITLE, *old), (TITLE, *new))


def _line(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + f" {chance.random()}."


def _visited(reader: Chromium, visit: Visit) -> Spent:
    with reader.trace(CATEGORIES) as events:
        reader.open(visit.url)
        if visit.has_marks:
            Overlay(reader).wait()
        reader.await_in_page(REST)
    return spent(events, visit.url)


def _main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--reference", type=Path, metavar="PATH", help=f"a checkout to tell ratios to, not {COMMIT}")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    show(lines(given.reference, given.rounds))


if __name__ == "__main__":
    _main()
