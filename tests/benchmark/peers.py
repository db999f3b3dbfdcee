"""How long one pair of versions takes beside other public tools, and a whole history beside nothing, for nobody has it.

Run it with `python -m tests.benchmark.peers`. Articles are invented and the same each time. The tools say less than a
telling does: Rowback's time includes labels, wordings, anchors and markup.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rowback.diff.telling.history import tell
from rowback.diff.words.tokens import is_word
from rowback.text.normalize import kept_comparable
from tests.benchmark.articles import Newsroom
from tests.benchmark.engines import NO_EDGI, NO_JSDIFF, edgi, engines, jsdiff_ms
from tests.benchmark.interleaved import Line, Skipped, Times, cpu_ms, show, take_named_turns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rowback.model import Version
    from tests.benchmark.engines import Engine, Texts

    Pair = tuple[Texts, Texts]

# Per kind: paragraphs, edits (None: all written anew), how many such pairs, how often all are timed.
KINDS = {
    "news, 1,000 words": (28, 12, 10, 3),
    "live blog, 10,000 words": (270, 60, 1, 2),
    "rewritten, 1,000 words": (28, None, 4, 2),
}
HISTORY_VERSIONS, HISTORY_PARAGRAPHS, HISTORY_EDITS = 20, 40, 3
HISTORY_GOAL_MS = 30


def lines() -> Iterator[Line | Skipped]:
    """The tools by kind of article, then the history."""
    for kind, (paragraphs, edits, count, rounds) in KINDS.items():
        yield from _lines(kind, [_pair(seed, paragraphs, edits) for seed in range(count)], rounds)
    if edgi() is None:
        yield Skipped("EDGI html_diff_render", NO_EDGI)
    versions = Newsroom(7).history(HISTORY_PARAGRAPHS, HISTORY_VERSIONS, HISTORY_EDITS)
    (taken,) = take_named_turns({"Rowback": partial(_history_ms, versions)}).values()
    what = f"invented history, {HISTORY_VERSIONS} × {HISTORY_PARAGRAPHS} blocks"
    yield Line(what, taken, goal=HISTORY_GOAL_MS)


def _pair(seed: int, paragraphs: int, edits: int | None) -> Pair:
    newsroom = Newsroom(seed)
    old = newsroom.paragraphs(paragraphs)
    return old, newsroom.paragraphs(paragraphs) if edits is None else newsroom.edited(old, edits)


def _lines(kind: str, pairs: list[Pair], rounds: int) -> Iterator[Line | Skipped]:
    ours, *others = take_named_turns(
        {name: partial(_ms, each, pairs) for name, each in engines().items()}, rounds
    ).values()
    for name, theirs in zip(list(engines())[1:], others, strict=True):
        yield Line(kind, ours, name, theirs)
    elsewhere = jsdiff_ms(pairs, rounds)
    yield Line(kind, ours, "jsdiff diffWords (node)", Times(elsewhere)) if elsewhere else Skipped("jsdiff", NO_JSDIFF)


def _ms(engine: Engine, pairs: list[Pair]) -> float:
    taken = 0.0
    for pair in pairs:
        _forget()
        taken += cpu_ms(partial(engine, *pair))
    return taken


def _history_ms(versions: list[Version]) -> float:
    _forget()
    return cpu_ms(lambda: tell(versions, 0, len(versions) - 1))


def _forget() -> None:
    """Cold: nothing is known of any text."""
    kept_comparable.cache_clear()
    is_word.cache_clear()


if __name__ == "__main__":
    show(lines())
