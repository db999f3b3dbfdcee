"""What Rowback costs the page in Chromium: time on its main thread, the longest stretch of it, and layout shift.

The times are printed, not held to a floor: they double on a machine that does something else beside. So does what they are
printed with: how long the page takes, then and there, to be laid out once and give its text.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Any

import pytest

from tests.browser.backend import Backend
from tests.browser.chromium import Chromium
from tests.browser.conftest import Readers
from tests.browser.overlay import Overlay
from tests.browser.site import Site
from tests.evaluation.conftest import Score
from tests.evaluation.corpus import Corpus
from tests.evaluation.test_anchoring import QUIET
from tests.evaluation.test_pages import store

SAMPLE_US = 100
# Of shifts that our element has a part in: pages shift by themselves while they load.
SHIFT = """() => new Promise((resolve) => {
  let sum = 0;
  const ours = ({node}) => node?.localName === "rowback-overlay" || node?.getRootNode().host?.localName === "rowback-overlay";
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.sources.some(ours)) sum += entry.value;
  }).observe({type: "layout-shift", buffered: true});
  requestIdleCallback(() => requestIdleCallback(() => resolve(sum)));
})"""
# Two times idle: what our script has put off to a later frame is done.
REST = "() => new Promise((resolve) => requestIdleCallback(() => requestIdleCallback(() => resolve())))"
# The whole page laid out anew, and its text read: what everything that reads a page costs at least.
REFERENCE = """() => {
  const {style} = document.documentElement;
  const before = performance.now();
  style.setProperty("font-size", "101%", "important");
  style.setProperty("padding-left", "1px", "important");
  const read = document.documentElement.offsetHeight + document.body.textContent.length;
  const spent = performance.now() - before;
  style.removeProperty("font-size");
  style.removeProperty("padding-left");
  return read && spent;
}"""
FRONT = "<!doctype html><title>Front</title><nav>" + "".join(
    f'<a href="/{n}">A teaser of a story that can be read elsewhere, number {n}</a> ' for n in range(400)
)


@dataclass(frozen=True)
class Cost:
    """Milliseconds on the page's main thread with our code on the stack: all, and the longest stretch without a pause."""

    total: float
    longest: float


@pytest.fixture(scope="module")
def reader(module_readers: Readers, backend: Backend) -> Chromium:
    """Chromium with the extension, connected, on all sites."""
    if module_readers.browser != "chromium":
        pytest.skip("measured in Chromium: it has the profiler")
    started = module_readers.connect(backend)
    assert isinstance(started, Chromium)
    return started


def test_time_on_the_main_thread_of_real_pages(
    corpus: Corpus,
    score: Score,
    reader: Chromium,
    backend: Backend,
    site: Site,
) -> None:
    costs: list[Cost] = []
    references: list[float] = []
    shifts: list[float] = []
    for item in corpus.json("pages/index.json")["items"]:
        url = store(backend, site, corpus, item, QUIET).url
        with reader.profile(SAMPLE_US) as profile:
            reader.open(url)
            Overlay(reader).wait()
            reader.await_in_page(REST)
        cost = cost_of(profile)
        costs.append(cost)
        shifts.append(reader.await_in_page(SHIFT))
        references.append(median(reader.run_in_page(REFERENCE) for _ in range(3)))
        beside = f"beside {references[-1]:.1f} ms"
        print(f"{item['id']}: {cost.total:.1f} ms ({beside}), longest {cost.longest:.1f} ms, {top(profile)}")
    totals, stretches = [cost.total for cost in costs], [cost.longest for cost in costs]
    print(f"an article: {median(totals):.1f} ms in the median, {max(totals):.1f} at worst")
    print(f"all of them: {sum(totals) / sum(references):.1f} × laying the pages out once and reading their text")
    print(f"longest stretch: {median(stretches):.1f} ms in the median, {max(stretches):.1f} at worst")
    score("cost: layout shift on articles, sum", sum(shifts))


def test_time_on_a_page_that_is_no_article(reader: Chromium, site: Site) -> None:
    url = site.put("http://front.corpus-post.test/", FRONT, QUIET)
    totals = []
    for _ in range(9):
        with reader.profile(SAMPLE_US) as profile:
            reader.open(url)
            reader.await_in_page(REST)
        totals.append(cost_of(profile).total)
        print(f"no article: {totals[-1]:.1f} ms, {top(profile)}")
    print(f"no article: {median(totals):.1f} ms in the median")


def cost_of(profile: dict[str, Any]) -> Cost:
    """The time of all samples with a frame of the extension on their stack; a stretch ends where the thread is idle
    or somebody else's code runs: then we had let the page have its turn."""
    nodes = {node["id"]: node for node in profile["nodes"]}
    parents = {child: node["id"] for node in nodes.values() for child in node.get("children", ())}

    def is_ours(number: int | None) -> bool:
        while number is not None:
            if nodes[number]["callFrame"]["url"].startswith("chrome-extension://"):
                return True
            number = parents.get(number)
        return False

    ours = {number for number in nodes if is_ours(number)}
    total = longest = stretch = 0.0
    for number, delta in zip(profile["samples"], [*profile["timeDeltas"][1:], 0], strict=True):
        if number in ours:
            total += delta / 1000
            stretch += delta / 1000
            longest = max(longest, stretch)
        elif nodes[number]["callFrame"]["functionName"] != "(garbage collector)":
            stretch = 0.0
    return Cost(total, longest)


def top(profile: dict[str, Any], most: int = 6) -> str:
    """The functions of ours that took longest themselves."""
    spent: dict[str, float] = {}
    nodes = {node["id"]: node for node in profile["nodes"]}
    for number, delta in zip(profile["samples"], [*profile["timeDeltas"][1:], 0], strict=True):
        frame = nodes[number]["callFrame"]
        if frame["url"].startswith("chrome-extension://"):
            name = f"{frame['functionName']}@{frame['url'].rsplit('/', 1)[-1]}"
            spent[name] = spent.get(name, 0) + delta / 1000
    longest = sorted(spent.items(), key=lambda each: -each[1])[:most]
    return ", ".join(f"{name} {time:.1f}" for name, time in longest)
