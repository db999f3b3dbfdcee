"""Many small edits at the edges of the rules, made by machine: what a table of pairs, made by hand, has no row for.

Each group is one sentence with something put in its place, before and after; what is told of the group is noted as one
(see `told`). The groups are noted under their texts: other words make another group, not another telling.
"""

from __future__ import annotations

from functools import cache
from itertools import permutations, product
from typing import TYPE_CHECKING

from rowback.diff.labels.change import read
from rowback.diff.labels.rules import label
from rowback.diff.telling import step
from rowback.diff.words.compare import compare
from rowback.model import Block, Content
from rowback.told import EditKind

from .languages import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Texts = tuple[str, str]
KINDS_OF_TWO_TEXTS = (EditKind.CHANGE, EditKind.MOVE, EditKind.SPLIT, EditKind.MERGE)
WORDS = (
    "government received separate harbour their there charge colour occurred naïve 4th well-known said Ruiz may".split()
)
FIGURES = (
    "1;2;one;20;21;40;5 1984;6 1984;"
    "twenty;twenty-one;twenty-four;twenty-twenty;one-off;three-year-old;3-year-old;half;hundred;dozen;"
    "1,000;1.000;1 000;12%;12 per cent;12 cent;12 per boat;per cent;per;cent;$3.50;½;4th;a;some;21st;−5;10km;5-a-side;"
    "5 May;May 5;5. May;5th of May;5 of the May;5 warm May days;12 March;12 march;May;may;Monday;14:05;2pm;1984;1884;"
    "6/7/2020"
).split(";")
NAMES = (
    "Ruiz;ruiz;RUIZ;Ruiz's;Ruiz';J. Ruiz;J;A B. Ruiz;U.S.;US;us;Reyes;Anna Ruiz;anna Ruiz;Boats;boats;May;March;nobody"
).split(";")
QUOTED = "{x};“{x}”;‘{x}’;„{x}“;« {x} »;「{x}」;\"{x};'{x}';“{x}” and “more”;“They” {x}".split(";")
FRAMES = (
    "Then {x} came to the quay.",
    "{x} came.",
    "He saw {x}",
    "It ended in 1984, {x} left; so it was.",
    "It ended. {x} left.",
    "It was plan b. {x} left.",
)
SAYINGS = (
    "{x} said so.",
    "So said the captain of {x}.",
    "The boat, said {x}, was late.",
    "“{x} said so,” he wrote.",
    "He claimed {x}.",
)
# At both sides of every length that a line is cut by: 24, 48, 60, 110, 120 and 240.
LENGTHS = tuple(sorted({edge + more for edge in (1, 24, 48, 60, 110, 120, 240) for more in (-1, 0, 1)}))


_AROUND = (Block("p", SENTENCES["en"]), Block("p", "Then 4, Reyes and Ruiz were told of it."))


@cache
def groups() -> dict[str, tuple[Texts, ...]]:
    """Texts before and after, by what they are to show of labels."""
    figures = ["Some {x} boats came in.", "{x} boats came in", "They came on {x}."]
    said = [each.format(x=words) for each, words in product(QUOTED, ("we leave soon", "we stay"))]
    return {
        "slips": tuple(_in(["They saw the {x} there."], [pair for word in WORDS for pair in _mistyped(word)])),
        "figures": tuple(_in(figures, permutations(FIGURES, 2))),
        "names": tuple(_in(FRAMES, permutations(NAMES, 2))),
        "speakers": tuple(_in(SAYINGS, permutations(NAMES, 2))),
        "quotations": tuple(_in(["He said {x} then."], permutations(said, 2))),
        "lengths": tuple((" ".join(WORDS[:n]), " ".join(WORDS[m:])) for n, m in product(range(15), repeat=2)),
    }


def _in(frames: Iterable[str], pairs: Iterable[Texts]) -> Iterator[Texts]:
    for frame, (old, new) in product(frames, list(pairs)):
        yield frame.format(x=old), frame.format(x=new)


def _mistyped(word: str) -> Iterator[Texts]:
    """A word, and each thing that a finger can do to it, both ways."""
    others = {word.upper(), word.capitalize(), word.lower(), f"{word}s", f"{word}'s", f"un{word}", f"{word}-{word}"}
    for place in range(len(word)):
        start, letter, end = word[:place], word[place], word[place + 1 :]
        others |= {start + end, start + letter * 2 + end, f"{start}{letter}-{end}", f"{start}{letter} {end}"}
        others |= {start + other + end for other in "aeznæ9"} | {start + end[:1] + letter + end[1:]}
        others |= {start + letter + other + end for other in "ie"}
    for other in sorted(others - {word}):
        yield word, other
        yield other, word


def told_of(group: str) -> list[str]:
    """The labels of each edit of a group, in an article that knows some names."""
    kinds = KINDS_OF_TWO_TEXTS if group == "slips" else KINDS_OF_TWO_TEXTS[:1]
    known = read(_AROUND)
    told = []
    for old, new in groups()[group]:
        reading = read((Block("p", new), *_AROUND), (Block("p", old),)) if group == "names" else known
        segments = compare(old, new)
        told += [" ".join(label(kind, 3, old, new, segments, reading)) for kind in kinds]
    return told


def lines() -> list[str]:
    """Excerpts, and the words around, of edits with so much before, within and after them."""
    letters, words = "".join(chr(ord("a") + n % 26) for n in range(300)), "word after word after word and " * 10
    told = []
    for text, n in product((letters, words), LENGTHS):
        for before, within, after in ((n, 1, 5), (5, n, 5), (5, 1, n), (5, 120, n)):
            old = f"{text[:before]} It was so. {text[:after]}"
            new = f"{text[:before]} It was {text[:within]} so. And {text[:after]} it is."
            said = step.tell_step(_article(old), _article(new))
            told.append(f"{said.excerpt}{said.before}{said.after}")
    return told


def _article(text: str) -> Content:
    return Content("Headline", (Block("p", text), Block("p", SENTENCES["en"])))
