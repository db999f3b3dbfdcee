"""Prints what is read from each page of the corpus, to see what to work on:

    python -m tests.evaluation.unseen               every article page, a line each, and every page that is none
    python -m tests.evaluation.unseen WORD …        only those whose name holds a word, with the blocks read from them

A line has the characters that Rowback and trafilatura read, the F1 of both where people typed the text in (Rowback's
without its captions), and what is wrong: REFUSED, LOST (under half of the article), HEADLINE, FIRST (no first paragraph),
MISSED and KEPT (strings that must, and must not, be read). `?` marks what may be wrong: a text a quarter shorter or longer
than trafilatura's, where there is no gold.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rowback.store import Store
from tests.evaluation.articles import read_articles, read_others
from tests.evaluation.corpus import find_corpus
from tests.evaluation.readings import is_first_there, is_headline_right, is_lost, missed, read, unwanted, why_refused
from tests.evaluation.shingles import f1, shingles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.evaluation.readings import Read

GOOD_F1 = 0.9
APART = 0.25  # of trafilatura's characters


def faults(found: Read) -> Iterator[str]:
    """What is wrong with what was read."""
    if found.refused:
        yield f"REFUSED {found.refused}"
    if is_lost(found):
        yield "LOST"
    if found.content is None:
        return
    if not is_headline_right(found):
        yield f"HEADLINE {found.content.title!r}"
    if found.page.first and not is_first_there(found):
        yield f"FIRST {found.page.first!r}"
    yield from (f"MISSED {each!r}" for each in missed(found, found.ours))
    yield from (f"KEPT {each!r}" for each in unwanted(found, found.ours))
    if found.page.gold:
        if f1(found.body, shingles(found.page.gold)) < GOOD_F1:
            yield "LOW"
    elif abs(len(found.ours) - len(found.theirs)) > APART * len(found.theirs):
        yield "?"


def _line(found: Read) -> str:
    gold = shingles(found.page.gold) if found.page.gold else None
    scores = f"{f1(found.body, gold):.3f}/{f1(found.theirs, gold):.3f}" if gold else "-"
    name = f"{found.page.group}/{found.page.id}"
    return f"{name:45} {len(found.ours):6}/{len(found.theirs):6} {scores:>11}  {'; '.join(faults(found))}"


def _blocks(found: Read) -> Iterator[str]:
    if found.content is None:
        return
    yield f"    # {found.content.title}"
    yield from (f"    [{block.kind}] {block.text}" for block in found.content.blocks)


def main() -> None:
    """See the module."""
    corpus = find_corpus()
    if corpus is None:
        sys.exit("No corpus: set ROWBACK_CORPUS to its folder.")
    words = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "unseen.db")
        for page in read_articles(corpus):
            if words and not any(word in page.id for word in words):
                continue
            found = read(store, page)
            print(_line(found))
            if words:
                print("\n".join(_blocks(found)))
        for other in read_others(corpus):
            if not words or any(word in other.id for word in words):
                print(f"{other.kind:9} {other.id:10} {why_refused(store, other) or 'STORED':10} {other.url}")


if __name__ == "__main__":
    main()
