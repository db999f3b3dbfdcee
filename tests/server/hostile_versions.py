"""Two versions of a text made to take long to compare, each by its size; the same every time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from rowback.model import Block, Content

Texts = list[str]
Pair = tuple[Content, Content]
SEED = 20_260_131
WORDS = ["".join(Random(f"{SEED} {n}").choices("abcdefghiklmnoprstuvw", k=2 + n % 8)) for n in range(2_000)]  # noqa: S311
LINE = "The first ferry leaves the harbour at six in the morning from Monday on, the office said"
# Two sentences that tell the language: German nouns have capitals.
GERMAN = (
    "Der Hafen ist nicht mehr das, was er war, und die Stadt hat das auch den Leuten gesagt, die auf die Insel wollen."
)


def pair(old: Texts, new: Texts, kind: str = "p") -> Pair:
    """Two contents under one headline."""
    one, other = (tuple(Block(kind, text) for text in texts) for texts in (old, new))
    return Content("Ferry timetable", one), Content("Ferry timetable", other)


def sentences(count: int, seed: int = 1, words: int = 12) -> Texts:
    """Sentences of words that say nothing."""
    chance = Random(SEED + seed)  # noqa: S311 - the same documents each time
    return [" ".join(chance.choices(WORDS, k=words)).capitalize() + "." for _ in range(count)]


def of_few(signs: Sequence[str], count: int, seed: int, between: str = " ") -> str:
    """A text of few different tokens."""
    return between.join(Random(SEED + seed).choices(signs, k=count))  # noqa: S311


def blocks(old: Callable[[Texts], Texts], new: Callable[[Texts], Texts], words: int = 12) -> Callable[[int], Pair]:
    """Two versions made of so many sentences."""
    return lambda size: pair(old(sentences(size, words=words)), new(sentences(size, words=words)))


def same(texts: Texts) -> Texts:
    """As they are."""
    return texts


def one(old: str, new: str, before: str = "x ", after: str = " y") -> Callable[[int], Pair]:
    """Two versions of one block of a text so many times."""
    return lambda size: pair([before + old * size + " z"], [before + new * size + after])


def joined(texts: Texts) -> Texts:
    """Two and two as one."""
    return [f"{a} {b}" for a, b in zip(texts[::2], texts[1::2], strict=False)]


def shuffled(texts: Texts) -> Texts:
    """In another order."""
    return Random(SEED).sample(texts, len(texts))  # noqa: S311


def changed(texts: Texts) -> Texts:
    """With a word changed in each."""
    return [text.replace(" ", " other ", 1) for text in texts]


def numbered(text: Callable[[int], str]) -> Callable[[int], Pair]:
    """So many blocks on both sides, none of the newer ones with a number of the older ones."""
    return lambda size: pair([text(n) for n in range(size)], [text(n + size) for n in range(size)])


def rows(size: int) -> tuple[Texts, Texts]:
    """Of a table in which each figure changed."""
    return [f"cell {n} │ word {n}" for n in range(size)], [f"cell {n} │ word {2 * n}" for n in range(size)]


MANY: dict[str, Callable[[int], Pair]] = {
    "all reworded": blocks(same, changed),
    "all others": lambda size: pair(sentences(size), sentences(size, 2)),
    "all deleted": lambda size: pair(sentences(size), ["x y z"]),
    "all inserted": lambda size: pair(["x y z"], sentences(size)),
    "all moved": blocks(same, lambda texts: texts[::-1]),
    "all moved and reworded": blocks(same, lambda texts: changed(texts)[::-1]),
    "in another order": blocks(same, shuffled),
    "turned about": blocks(same, lambda texts: texts[len(texts) // 2 :] + texts[: len(texts) // 2]),
    "nearly equal": numbered(lambda n: f"{LINE} {n}"),
    "equal": lambda size: pair([LINE] * size, [LINE] * (size + 1)),
    "equal, all reworded": lambda size: pair([LINE] * size, [f"{LINE} again"] * size),
    "of two texts": lambda size: pair(list(of_few("ab", size, 1, "")), list(of_few("ab", size, 2, ""))),
    "of one character": lambda size: pair(
        [chr(0x4E00 + n) for n in range(size)], [chr(0x4E00 + 7 * n % size) for n in range(size)]
    ),
    "of few words": numbered(lambda n: of_few("abcde", 20, n)),
    "of many edits": numbered(lambda n: of_few(WORDS[:9], 40, n)),
    "split": blocks(joined, same),
    "merged": blocks(same, joined),
    "one split into all": blocks(lambda texts: [" ".join(texts)], same),
    "all merged into one": blocks(same, lambda texts: [" ".join(texts)]),
    "inserted between": blocks(lambda texts: texts[::2], same),
    "every other one written anew": blocks(
        same, lambda texts: [t if n % 2 else t[: len(t) // 2] + " x y" for n, t in enumerate(texts)], 20
    ),
    "held by longer ones": blocks(same, lambda texts: [f"{text} {text[::-1]}" for text in texts]),
    "rows": lambda size: pair(*rows(size), "tr"),
    "corrections": lambda size: pair(["x"], [f"Correction: an earlier version misstated it {n}" for n in range(size)]),
    "long blocks": lambda size: numbered(lambda n: of_few(WORDS, 400, n))(size // 20 + 1),
}
ONE: dict[str, Callable[[int], Pair]] = {
    "a block reworded": blocks(lambda texts: [" ".join(texts)], lambda texts: [" ".join(changed(texts))]),
    "another block": lambda size: pair([" ".join(sentences(size))], [" ".join(sentences(size, 2))]),
    "a block of two tokens": lambda size: pair([of_few("ab", size, 1)], [of_few("ab", size, 2)]),
    "a block of eight tokens": lambda size: pair([of_few("abcdefgh", size, 1)], [of_few("abcdefgh", size, 2)]),
    "a block of signs": lambda size: pair([of_few(".,;!", size, 1, "")], [of_few(".,;!", size, 2, "")]),
    "a block of characters": lambda size: pair(
        [of_few("漢字文書新聞港船", size, 1, "")], [of_few("漢字文書新聞港船", size, 2, "")]
    ),
    "islands behind a long text of signs": lambda size: pair(
        ["x " + ". , " * size + "a . b " * size], ["y " + ". , " * size + "c . d " * size]
    ),
    "brackets": one("(" * 95 + ")" * 95, "(" * 95 + ")" * 95 + "x "),
    "marks": one("„" * 95 + "“" * 95 + "x ", ("„" * 95 + "“" * 95) * 2 + "x "),
    "letters that changed places": lambda size: pair([f"ab {'lake' * size}"], [f"ab {'lkae' * size}"]),
    "a long German word": lambda size: pair([GERMAN, f"Das {'A' * size} ist"], [GERMAN, f"Das {'A' * size} ist nicht"]),
    "long German words": lambda size: pair(
        [GERMAN, f"Das {'A.b' * size} ist"], [GERMAN, f"Das {'A.b' * size} ist nicht"]
    ),
    "a long headline": lambda size: (
        Content("Ferry x " * size, (Block("p", LINE),)),
        Content("Ferry y " * size, (Block("p", LINE),)),
    ),
    **{
        f"a run of {text!r}": one(text, text)
        for text in (
            *(
                "a",
                "A",
                "a ",
                "Aa ",
                "A.",
                "A'",
                "A-",
                "a.",
                "a@",
                "a&",
                "www.",
                "http://a(",
                "1",
                "1 ",
                "1,111",
                ",111",
                "one-",
            ),
            *("'a ", "'a", '"a ', "「", "-", " ", "\n", "1 May ", "12 men, 15 women ", "Ruiz said to ", "% ", "│ "),
            *("e\u0301 ", "\u0301", "\U0001f468\u200d", "\u0627\u0644", "\u0e01\u0e34"),
        )
    },
}
VERSIONS = {**MANY, **ONE}
