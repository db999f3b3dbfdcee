"""Pairs of versions that between them show every rule of what is told of a step (see `told`).

Those of the tables of labels, words and blocks; pairs with two edits, of which one is the more telling; and long ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Any

from rowback.diff.labels.rules import LABELS
from rowback.model import BLOCK_KINDS, TITLE_KIND, Block, Content, Paging

from .cases import cases
from .languages import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Iterable

TITLE = "What the keeper saw"
BETWEEN = ("Rain fell on the roofs of the town.", "Nobody was to be seen on the stairs.")
Texts = tuple[str, ...]
# A text before and after, for each kind of edit that has no label but its kind's.
KINDS: dict[str, tuple[Texts, Texts]] = {
    "change": (("The mast is painted red this year.",), ("The mast is painted blue this year.",)),
    "split": (
        ("The yard was built on sand by the sea. A crane stands there on rock, and leans.",),
        ("The yard was built on sand by the sea.", "A crane stands there on rock, and leans."),
    ),
    "merge": (
        ("Sails are sewn in the long loft.", "Ropes are made beside it, by hand."),
        ("Sails are sewn in the long loft. Ropes are made beside it, by hand.",),
    ),
    "delete": (("A lantern was left on the steps of the chapel.",), ()),
    "insert": ((), ("A heron sat on the roof of the customs house.",)),
    "move": (
        ("The baker closes early in winter.", "Coal comes by cart.", "Milk comes by boat.", "Salt comes on foot."),
        ("Coal comes by cart.", "Milk comes by boat.", "Salt comes on foot.", "The baker closes early in winter."),
    ),
}


@dataclass(frozen=True)
class Pair:
    """Two versions of an article, and what they are there for."""

    why: str
    old: Content
    new: Content


@cache
def pairs() -> tuple[Pair, ...]:
    """All of them."""
    one = (*_labels(), *_paged(), *_words_and_blocks())
    return (*one, *_two_labels(), *_two_kinds(), *_kinds_of_blocks(), *_edges(), *_long())


def _content(texts: Iterable[str], title: str = TITLE) -> Content:
    """A title and blocks; `h2|…` is a heading."""
    parted = [text.partition("|") if text.partition("|")[0] in BLOCK_KINDS else ("p", "", text) for text in texts]
    return Content(title, tuple(Block(kind, text) for kind, _, text in parted))


def _labels() -> list[Pair]:
    return [Pair(f"labels: {row['why']}", *_of_row(row)) for row in cases("labels")]


def _paged() -> list[Pair]:
    """Texts that go on to another page when others come in before them, in every way in which a page may say that it does."""
    posts = [texts[0][0] for texts, _ in KINDS.values() if texts]
    sides = [
        ("pushed out", posts, ["A heron sat on the roof of the customs house, and slept.", *posts[:-1]]),
        ("taken from the middle", posts, ["A heron sat on the roof of the customs house.", posts[0], *posts[2:]]),
        ("cut", posts, posts[:-1]),
        ("all others", [*posts, *BETWEEN], [f"Flight {n} was late by {n} hours." for n in range(2, 9)]),
    ]
    return [
        Pair(f"paged: {why}, {paging.name.lower()}", _content(old), replace(_content(new), paging=paging))
        for why, old, new in sides
        for paging in Paging
    ]


def _of_row(row: dict[str, Any]) -> tuple[Content, Content]:
    """A row's text within an article in its language, where its names stand inside a sentence."""
    around = [SENTENCES[row.get("lang", "en")]] if row.get("lang", "en") else []
    around += [f"1, {name}" for name in row.get("names", ())]
    kind = row.get("kind", "change")
    if row.get("index") == 0:
        return _content(around, row["old"]), _content(around, row["new"])
    old = [row["old"]] if kind != "insert" else []
    new = re.split(r"(?<=\.)(?=\S)", row["new"]) if kind == "split" else [row["new"]] if kind != "delete" else []
    before = _content([*around, *BETWEEN, *old])
    return before, _content([*new, *around, *BETWEEN] if kind == "move" else [*around, *BETWEEN, *new])


def _words_and_blocks() -> list[Pair]:
    words = [(f"words: {row['why']}", [row["old"]], [row["new"]]) for row in cases("words")]
    blocks = [(f"blocks: {row['why']}", row["old"], row["new"]) for row in cases("alignments")]
    return [Pair(why, _content(old), _content(new)) for why, old, new in (*words, *blocks)]


def _two_labels() -> list[Pair]:
    """One edit of each two labels, in both orders, of which the excerpt shows one."""
    rows = {name: next((row for row in cases("labels") if _has_only(row, name)), None) for name in LABELS}
    found = {name: _of_row(row) for name, row in rows.items() if row}
    return [
        Pair(f"{one} or {other}", *map(_joined, zip(found[one], found[other], strict=True)))
        for one, other in permutations(found, 2)
    ]


def _has_only(row: dict[str, Any], name: str) -> bool:
    return row.get("lang", "en") == "en" and not row.get("is_paged") and row.get("labels") == [name]


def _joined(contents: tuple[Content, Content]) -> Content:
    """Two articles made one: the headline is the first that is not only there to be one."""
    one, other = contents
    return Content(other.title if one.title == TITLE else one.title, (*one.blocks, *other.blocks))


def _two_kinds() -> list[Pair]:
    """One edit of each two kinds, and of each alone."""
    alone = [
        Pair(f"only {kind}", _content((*old, *BETWEEN)), _content((*new, *BETWEEN)))
        for kind, (old, new) in KINDS.items()
    ]
    both = [
        Pair(
            f"{one} or {other}",
            _content((*BETWEEN, *KINDS[one][0], *BETWEEN, *KINDS[other][0])),
            _content((*BETWEEN, *KINDS[one][1], *BETWEEN, *KINDS[other][1])),
        )
        for one, other in combinations(KINDS, 2)
    ]
    return [*alone, *both]


def _kinds_of_blocks() -> list[Pair]:
    """An edit in each kind of block."""
    return [
        Pair(
            f"in {kind}", _content((f"{kind}|The keeper had 3 boats.",)), _content((f"{kind}|The keeper had 4 boats.",))
        )
        for kind in BLOCK_KINDS
        if kind != TITLE_KIND
    ]


def _edges() -> list[Pair]:
    """What rules leave out: each of these has no label that it nearly has."""
    said = [SENTENCES["en"], *BETWEEN]
    sides = [
        (
            "a word torn by a break and mended",
            ["The pilot said that the har", "bour is shut until the ice goes."],
            ["The pilot said that the harbour is shut until the ice goes."],
        ),
        ("a quotation put in is no other quotation", [], ["Then the clerk said: “We will see.”"]),
        (
            "a trade is no speaker's name",
            ["The captain said on the day before the trip that Ruiz left."],
            ["The keeper said on the day before the trip that Reyes left."],
        ),
        (
            "a slip in a split is no slip alone",
            ["The goverment met by the quay. It spoke of the crane for an hour."],
            ["The government met by the quay.", "It spoke of the crane for an hour."],
        ),
    ]
    headlines = [
        ("a short headline is never rewritten", "Ferry leaves", "Nobody knows yet"),
        (
            "just long enough to be rewritten",
            "The boats leave the bay at dawn today",
            "Nobody has seen any of those nets again",
        ),
        ("just enough is kept", "The boats leave the bay at dawn today", "The boats were sold by two other men"),
        (
            "rewritten in capitals",
            "The boats leave the bay at dawn each day",
            "NOBODY HAS SEEN ANY OF THOSE NETS AGAIN",
        ),
    ]
    return [
        *(Pair(why, _content(said, old), _content(said, new)) for why, old, new in headlines),
        *(Pair(why, _content([*said, *old]), _content([*said, *new])) for why, old, new in sides),
    ]


def _long() -> list[Pair]:
    """Texts that are cut short: around a change, within it, between two, and as wholes."""
    run = " ".join(BETWEEN * 8)
    many = [f"Boat {n} came home by {n} o'clock with nets and news." for n in range(30)]
    return [
        Pair(
            "a change in a long block",
            _content((f"{run} It was calm. {run}",)),
            _content((f"{run} It was stormy. {run}",)),
        ),
        Pair(
            "a long run put in",
            _content((f"It was calm. {BETWEEN[0]}",)),
            _content((f"It was calm. {run} {BETWEEN[0]}",)),
        ),
        Pair(
            "changes far apart",
            _content((f"Ann sat. {run} Bob stood. {run} Cleo lay.",)),
            _content((f"Ann slept. {run} Bob ate. {run} Cleo sang.",)),
        ),
        Pair("a long block moved", _content((run, *many[:9])), _content((*many[:9], run))),
        Pair("a long block put in", _content(BETWEEN), _content((*BETWEEN, run))),
        Pair("everything is new", _content(many), _content(text.upper()[::-1] for text in many)),
        Pair("white space", _content(("pre|one\ttwo\nthree four",)), _content(("pre|one\ttwo\nthree five",))),
        Pair("nothing differs", _content(BETWEEN), _content(BETWEEN)),
        Pair("corrected", _content(("We met 3 of them.",)), _content(("We met 4 of them.", "Correction: We met 4."))),
        Pair("corrected again", _content(("Correction: We met 3.",)), _content(("Correction: We met 4.",))),
        Pair(
            "corrected before",
            _content(("We met 3.", "Correction: 3 it was.")),
            _content(("We met 4.", "Correction: 3 it was.")),
        ),
        Pair("no title before", _content(BETWEEN, ""), _content(BETWEEN)),
    ]
