"""How long one pair of versions takes, as ratios to other public tools in the same run, and a whole history alone.

Run it with `python -m tests.benchmark.diffs`. Articles are invented and the same each time. The tools say less than a
telling does: Rowback's time includes labels, wordings, anchors and markup.
"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from rowback.diff.telling.history import tell
from rowback.diff.words.tokens import is_word
from rowback.text.normalize import kept_comparable
from tests.benchmark.articles import Newsroom
from tests.benchmark.engines import edgi, engines, jsdiff_ms

if TYPE_CHECKING:
    from tests.benchmark.engines import Engine, Texts

# Per kind: paragraphs, edits (None: all written anew), how many such pairs, how often each is timed.
KINDS = {
    "news article, 1,000 words": (28, 12, 10, 3),
    "live blog, 10,000 words": (270, 60, 2, 1),
    "rewritten, 1,000 words": (28, None, 4, 1),
}
HISTORY_VERSIONS, HISTORY_PARAGRAPHS, HISTORY_EDITS = 20, 40, 3
HISTORY_AIM_MS = 30
HISTORY_ROUNDS = 15


def main() -> None:
    """Prints the tables."""
    for kind, (paragraphs, edits, count, rounds) in KINDS.items():
        pairs = [_pair(seed, paragraphs, edits) for seed in range(count)]
        print(kind)
        _table(pairs, rounds)
    if edgi() is None:
        print("EDGI's web-monitoring-diff does not run here.")
    _history()


def _pair(seed: int, paragraphs: int, edits: int | None) -> tuple[Texts, Texts]:
    newsroom = Newsroom(seed)
    old = newsroom.paragraphs(paragraphs)
    return old, newsroom.paragraphs(paragraphs) if edits is None else newsroom.edited(old, edits)


def _table(pairs: list[tuple[Texts, Texts]], rounds: int) -> None:
    """Median over the pairs. Engines take turns on each pair, so that all meet the same machine."""
    times: dict[str, list[float]] = {name: [] for name in engines()}
    for old, new in pairs:
        for _ in range(rounds):
            for name, engine in engines().items():
                times[name].append(_timed(engine, old, new))
    medians = {name: statistics.median(found) for name, found in times.items()}
    elsewhere = jsdiff_ms(pairs, rounds)
    if elsewhere is None:
        print("  (no node, or no jsdiff: npm --prefix tests ci)")
    else:
        medians["jsdiff diffWords (node)"] = statistics.median(elsewhere)
    ours = medians["Rowback"]
    for name, value in medians.items():
        print(f"  {name:<26}{value:>10.2f} ms   {value / ours:>8.1f} ×")


def _timed(engine: Engine, old: Texts, new: Texts) -> float:
    _forget()
    start = time.perf_counter()
    engine(old, new)
    return (time.perf_counter() - start) * 1_000


def _forget() -> None:
    """Cold: nothing is known of any text."""
    kept_comparable.cache_clear()
    is_word.cache_clear()


def _history() -> None:
    versions = Newsroom(7).history(HISTORY_PARAGRAPHS, HISTORY_VERSIONS, HISTORY_EDITS)
    times = []
    for _ in range(HISTORY_ROUNDS):
        _forget()
        start = time.perf_counter()
        tell(versions, 0, HISTORY_VERSIONS - 1)
        times.append((time.perf_counter() - start) * 1_000)
    print(f"whole history of {HISTORY_VERSIONS} versions of {HISTORY_PARAGRAPHS} paragraphs, cold")
    print(f"  Rowback                   {statistics.median(times):>10.2f} ms   (aim {HISTORY_AIM_MS} ms)")


if __name__ == "__main__":
    main()
