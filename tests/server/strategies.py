"""Documents and the ways editors change them, for Hypothesis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from rowback.model import BLOCK_KINDS, Block, Content
from rowback.text.normalize import comparable

if TYPE_CHECKING:
    from collections.abc import Callable

    Blocks = list[Block]
    Op = Callable[[Blocks, "Pick"], Blocks]

WORDS = (
    "ferry harbour office Monday Friday six seven morning 400 1,250 12.5% $3.50 said not never may the a of and in "
    "captain Ruiz “quoted” 'single' time\u00adtable caf\u00e9 cafe\u0301 <b>bold</b> &amp; </p> <ins> x&y "
    "船は月曜日に出る نهر 👩\u200d🚒 "
    "https://echo.example/a?x=1&y=2 U.S. well-known a\u00a0b line\nbreak return\r\n tab\there"
).split(" ")
KINDS = tuple(kind for kind in BLOCK_KINDS if kind != "h1")
_BY_SIGN = {chr(ord("A") + number): word for number, word in enumerate(WORDS)}


def _words(least: int, most: int) -> st.SearchStrategy[str]:
    """So many words. They are drawn as one text with a sign for each: drawing each by itself took longer than the tests."""
    signs = st.text("".join(_BY_SIGN), min_size=least, max_size=most)
    return signs.map(lambda drawn: " ".join(_BY_SIGN[sign] for sign in drawn))


PROSE = _words(0, 25)
_SENTENCE = _words(1, 14).map("{}.".format)
_BLOCK = st.builds(
    Block,
    st.sampled_from(("p", "p", "p", *KINDS)),
    st.lists(_SENTENCE, min_size=1, max_size=3).map(" ".join),
)
_TITLE = st.one_of(st.just(""), _SENTENCE)


class Pick:
    """Random choices for one operation."""

    def __init__(self, data: st.DrawFn) -> None:
        self._draw = data

    def place(self, size: int) -> int:
        """A place in a sequence that is not empty."""
        return self._draw(st.integers(0, size - 1))

    def block(self) -> Block:
        """A new block."""
        return self._draw(_BLOCK)

    def word(self) -> str:
        """A word."""
        return self._draw(st.sampled_from(WORDS))


def _insert(blocks: Blocks, pick: Pick) -> Blocks:
    at = pick.place(len(blocks) + 1)
    return [*blocks[:at], pick.block(), *blocks[at:]]


def _delete(blocks: Blocks, pick: Pick) -> Blocks:
    at = pick.place(len(blocks))
    return [*blocks[:at], *blocks[at + 1 :]] or [pick.block()]


def _change(blocks: Blocks, pick: Pick) -> Blocks:
    at = pick.place(len(blocks))
    words = blocks[at].text.split(" ")
    words[pick.place(len(words))] = pick.word()
    return [*blocks[:at], Block(blocks[at].kind, " ".join(words)), *blocks[at + 1 :]]


def _move(blocks: Blocks, pick: Pick) -> Blocks:
    at = pick.place(len(blocks))
    rest = [*blocks[:at], *blocks[at + 1 :]]
    to = pick.place(len(rest) + 1)
    return [*rest[:to], blocks[at], *rest[to:]]


def _split(blocks: Blocks, pick: Pick) -> Blocks:
    at = pick.place(len(blocks))
    kind, words = blocks[at].kind, blocks[at].text.split(" ")
    cut = pick.place(len(words))
    pieces = [Block(kind, " ".join(part)) for part in (words[:cut], words[cut:]) if " ".join(part).strip()]
    return [*blocks[:at], *pieces, *blocks[at + 1 :]]


def _merge(blocks: Blocks, pick: Pick) -> Blocks:
    at = pick.place(len(blocks))
    joined = " ".join(block.text for block in blocks[at : at + 2])
    return [*blocks[:at], Block(blocks[at].kind, joined), *blocks[at + 2 :]]


def _repeat(blocks: Blocks, pick: Pick) -> Blocks:
    at = pick.place(len(blocks))
    return [*blocks[:at], blocks[at], *blocks[at:]]


OPERATIONS: tuple[Op, ...] = (_insert, _delete, _change, _change, _move, _split, _merge, _repeat)


@st.composite
def histories(draw: st.DrawFn, max_versions: int = 4) -> list[Content]:
    """An article's versions: a document, then each time some operations on it, a new headline, or an earlier text again."""
    told = [Content(draw(_TITLE), tuple(draw(st.lists(_BLOCK, min_size=1, max_size=7))))]
    for _ in range(draw(st.integers(1, max_versions - 1))):
        last = told[-1]
        how = draw(st.sampled_from(("edit", "edit", "edit", "title", "revert")))
        if how == "revert":
            told.append(draw(st.sampled_from(told)))
        elif how == "title":
            told.append(Content(draw(_TITLE), last.blocks))
        else:
            blocks = list(last.blocks)
            for operation in draw(st.lists(st.sampled_from(OPERATIONS), min_size=1, max_size=4)):
                blocks = operation(blocks, Pick(draw))
            told.append(Content(last.title, tuple(blocks)))
    return told


IN_PLACE: tuple[Op, ...] = (_insert, _delete, _change, _split, _merge)


@st.composite
def edited_in_one_place(draw: st.DrawFn) -> tuple[Content, Content]:
    """A document of different blocks, and the same after one operation that moves nothing."""
    blocks = draw(st.lists(_BLOCK, min_size=2, max_size=8, unique_by=lambda block: comparable(block.text)))
    edited = draw(st.sampled_from(IN_PLACE))(blocks, Pick(draw))
    title = draw(_TITLE)
    return Content(title, tuple(blocks)), Content(title, tuple(edited))
