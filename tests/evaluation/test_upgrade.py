"""An upgrade invents no edits: pages that other rules read before, which took lines too many, lost paragraphs, cut blocks
elsewhere and joined them. Those rules are made up here, from what each page says: whatever the last release's were, the next
one's differ from today's in these ways."""

from __future__ import annotations

import hashlib
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from rowback.diff.telling.step import tell_step
from rowback.errors import NotAnArticle, TooLarge
from rowback.model import Block, Content
from rowback.reread.baseline import baseline
from rowback.text.extract import extract
from tests.evaluation.articles import read_articles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rowback.text.extracted import Extracted
    from tests.evaluation.corpus import Corpus

LOST, CUT, JOINED, TAKEN = 0.15, 0.3, 0.4, 0.1  # shares of blocks, the first three in steps; of the page's other lines
MIN_CUT_CHARACTERS = 80
MIN_WORDS = 12  # of a paragraph that is edited
WORD = "zebra"
MOST_WRONG = 0.02  # of edits: one measured, where a paragraph was edited, cut and joined at once
MOST_MISSED = 0.1  # of edits: in what the older rules had lost, there is nothing to tell


@pytest.fixture(scope="module")
def read(corpus: Corpus) -> list[tuple[str, str, Extracted]]:
    return list(_read(corpus))


def _read(corpus: Corpus) -> Iterator[tuple[str, str, Extracted]]:
    for page in read_articles(corpus):
        try:
            yield page.text, page.url, extract(page.text, page.url)
        except (NotAnArticle, TooLarge):
            continue


def _chance(*about: object) -> float:
    """Between 0 and 1, the same on every run."""
    return int.from_bytes(hashlib.blake2b(repr(about).encode(), digest_size=4).digest()) / 2**32


def _older(found: Extracted) -> Content:
    """What other rules might have read."""
    kept = {block.text: block for block in found.content.blocks}
    blocks: list[Block] = []
    last = -1  # the place of the piece that was read before: only neighbours are joined
    for place, text in enumerate(found.page.pieces):
        chance = _chance("block", text)
        block = kept.pop(text, None)
        if block is None:
            if _chance("line", text) >= TAKEN or text == found.content.title:
                continue
            blocks.append(Block("p", text))
        elif chance < LOST:
            continue
        else:
            blocks += _cut(block, chance, blocks if last == place - 1 else [])
        last = place
    return Content(found.content.title, tuple(blocks))


def _cut(block: Block, chance: float, before: list[Block]) -> list[Block]:
    at = block.text.find(". ", MIN_CUT_CHARACTERS // 4) + 1
    if chance < CUT and at and len(block.text) > MIN_CUT_CHARACTERS:
        return [Block(block.kind, block.text[:at]), Block(block.kind, block.text[at + 1 :])]
    if CUT <= chance < JOINED and before:
        block = Block(block.kind, f"{before.pop().text} {block.text}")
    return [block]


def test_pages_that_were_not_edited_have_no_edit(read: list[tuple[str, str, Extracted]]) -> None:
    invented, read_otherwise = list[str](), 0
    for _, url, found in read:
        older = _older(found)
        read_otherwise += older.blocks != found.content.blocks
        stands = baseline(older, found.content, found.page)
        if stands is None or tell_step(stands.content, found.content).edits:
            invented.append(url)
    assert read_otherwise > len(read) / 2
    assert invented == []


def _edited(page: str, blocks: tuple[Block, ...], older: Content) -> str | None:
    """The page with one word edited in a paragraph that both rules read."""
    known = "\n".join(block.text for block in older.blocks)
    for block in sorted(blocks, key=lambda block: _chance("edited", block.text)):
        words = block.text.split(" ")
        if len(words) < MIN_WORDS or block.text not in known:
            continue
        places = range(3, len(words) - 3)
        for place in places:
            said = " ".join(words[place - 3 : place + 3])
            if page.count(said) == 1 and said.replace(" ", "").isalpha():
                return page.replace(said, " ".join([*words[place - 3 : place], WORD, *words[place + 1 : place + 3]]))
    return None


def test_an_edit_in_the_same_moment_is_told_and_no_other(read: list[tuple[str, str, Extracted]]) -> None:
    wrong, missed, made = list[str](), 0, 0
    for page, url, found in read:
        older = _older(found)
        edited = _edited(page, found.content.blocks, older)
        if edited is None:
            continue
        now = extract(edited, url)
        made += 1
        stands = baseline(older, now.content, now.page)
        edits = () if stands is None else tell_step(stands.content, now.content).edits
        missed += not edits
        if len(edits) > 1 or any(f"<ins>{WORD}" not in edit.markup for edit in edits):
            wrong.append(url)
    assert made > len(read) / 2
    assert len(wrong) <= MOST_WRONG * made, wrong
    assert missed <= MOST_MISSED * made


def test_the_rules_that_are_made_up_differ_in_every_way(read: list[tuple[str, str, Extracted]]) -> None:
    lost = taken = cut = joined = 0
    for _, _, found in read:
        older = {block.text for block in _older(found).blocks}
        now = [block.text for block in found.content.blocks]
        lost += sum(not any(text in each or each in text for each in older) for text in now)
        taken += sum(not any(text in each or each in text for each in now) for text in older)
        cut += sum(any(text.startswith(each) and text != each for each in older) for text in now)
        joined += sum(f"{first} {second}" in older for first, second in pairwise(now))
    assert min(lost, taken, cut, joined) > 0
