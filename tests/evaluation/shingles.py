"""How much of a text two readings have in common: 4-word shingles, as the corpus' own description computes it."""

from __future__ import annotations

import regex

SHINGLE_WORDS = 4


def shingles(text: str) -> set[tuple[str, ...]]:
    """All runs of four words; of a shorter text itself."""
    words = regex.findall(r"\w+", text.lower())
    return {tuple(words[n : n + SHINGLE_WORDS]) for n in range(max(1, len(words) - SHINGLE_WORDS + 1))}


def f1(text: str, gold: set[tuple[str, ...]]) -> float:
    """F1 of a text against the shingles that it should have."""
    got = shingles(text)
    right = len(got & gold)
    return 2 * right / (len(got) + len(gold)) if got or gold else 1.0


def recall(text: str, gold: set[tuple[str, ...]]) -> float:
    """The share of the shingles wanted that a text has."""
    return len(shingles(text) & gold) / len(gold) if gold else 1.0
