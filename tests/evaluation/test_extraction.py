"""Extraction on real pages whose text was typed in by people."""

from __future__ import annotations

from typing import Any

import regex

from rowback.text.extract import extract
from tests.evaluation.conftest import Score
from tests.evaluation.corpus import Corpus

SHINGLE_WORDS = 4


def test_the_text_of_pages_is_found(corpus: Corpus, score: Score) -> None:
    scores = [_f1(corpus, item) for item in corpus.json("pages/index.json")["items"] if item["gold_kind"] == "human"]
    score("extraction: F1 on human-typed pages", sum(scores) / len(scores))


def _f1(corpus: Corpus, item: Any) -> float:
    """F1 of 4-word shingles, as the corpus' own description computes it."""
    found = extract((corpus.folder / "pages" / item["file"]).read_bytes(), item["url"])
    got = _shingles(" ".join(block.text for block in found.content.blocks))
    gold = _shingles(item["gold_text"])
    right = len(got & gold)
    return 2 * right / (len(got) + len(gold)) if got or gold else 1.0


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = regex.findall(r"\w+", text.lower())
    return {tuple(words[n : n + SHINGLE_WORDS]) for n in range(max(1, len(words) - SHINGLE_WORDS + 1))}
