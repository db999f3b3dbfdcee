"""What changed inside one block: word by word with diff-match-patch (its only importer), tidied for reading.

diff-match-patch compares strings; each token is given a private character, so that it never cuts a word. Its search
takes time with the square of the changes. rapidfuzz counts those beforehand: texts that share little are shown as
rewritten, and where there are very many changes rapidfuzz's bit-parallel search takes over, by words, then by sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from math import isqrt
from typing import TYPE_CHECKING

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import Indel, LCSseq

from rowback.diff.words.effort import FULL
from rowback.diff.words.fixed_points import equal_pairs
from rowback.diff.words.tidy import tidy
from rowback.diff.words.tokens import tokenize
from rowback.diff.words.untangle import untangle

if TYPE_CHECKING:
    from collections.abc import Sequence

DELETE, EQUAL, INSERT = -1, 0, 1
# Two texts that share less than this part of their tokens were rewritten: a word diff would be confetti.
REWRITTEN_LIKENESS = 0.15
# Token edits up to which diff-match-patch answers in some ten milliseconds; and with however little effort in some tenths
# of one.
MAX_WORD_EDITS, FEW_WORD_EDITS = 400, 40
# Pairs (of tokens, of sentences) up to which rapidfuzz lists the edits within 50 MB and a tenth of a second.
MAX_LISTED_PAIRS = 400_000_000
_SURROGATES_START, _SURROGATES_SIZE = 0xD800, 0x800
SENTENCE_ENDS = frozenset(".!?…。！？")
MAX_SENTENCE_TOKENS = 500
# Longer texts (a whole article in one block is shorter) are compared between their equal sentences.
MAX_WHOLE_CHARACTERS = 50_000
_SENTENCE = re.compile(r"[^.!?…。！？\n]+(?:[.!?…。！？\n]+\s*)?|[.!?…。！？\n]+\s*")


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text: `op` is EQUAL (in both texts), DELETE (only in the old one) or INSERT (only in the new one)."""

    op: int
    text: str


def compare(old: str, new: str, effort: int = FULL) -> list[Segment]:
    """The segments that turn `old` into `new`: never empty, no two neighbours alike.

    Without INSERT they join to `old` exactly, without DELETE to `new`. Bounded: a few seconds for texts of 2 MB that differ
    everywhere, a tenth of that where most sentences are equal; what cannot be told apart so comes out coarser, never wrong.
    With less effort than full (`effort`), texts that differ much do so sooner.
    """
    if old == new:
        return [Segment(EQUAL, old)] if old else []
    if not old or not new:
        return [Segment(INSERT, new) if new else Segment(DELETE, old)]
    if max(len(old), len(new)) > MAX_WHOLE_CHARACTERS:
        return _between_equal_sentences(old, new, effort)
    return _compared(old, new, effort)


def _compared(old: str, new: str, effort: int) -> list[Segment]:
    runs = tidy(_token_runs(tokenize(old), tokenize(new), effort))
    return [Segment(op, "".join(tokens)) for op, tokens in runs]


def _between_equal_sentences(old: str, new: str, effort: int) -> list[Segment]:
    """Compares what stands between equal sentences, rare ones first, each stretch for itself."""
    olds, news = _SENTENCE.findall(old), _SENTENCE.findall(new)
    segments: list[Segment] = []
    i = j = 0
    for a, b in [*equal_pairs(olds, news), (len(olds), len(news))]:
        gone, come = "".join(olds[i:a]), "".join(news[j:b])
        if gone or come:
            segments += (
                _compared(gone, come, effort)
                if gone and come
                else [Segment(DELETE, gone) if gone else Segment(INSERT, come)]
            )
        segments += [Segment(EQUAL, sentence) for sentence in olds[a : a + 1]]
        i, j = a + 1, b + 1
    return _joined(segments)


def _joined(segments: Sequence[Segment]) -> list[Segment]:
    """Neighbours alike as one; a deletion behind an insertion in front of it."""
    joined: list[Segment] = []
    for is_equal, group in groupby(segments, key=lambda segment: segment.op == EQUAL):
        found = list(group)
        for op in (EQUAL,) if is_equal else (DELETE, INSERT):
            text = "".join(segment.text for segment in found if segment.op == op)
            if text:
                joined.append(Segment(op, text))
    return joined


def _token_runs(old: list[str], new: list[str], effort: int) -> list[tuple[int, list[str]]]:
    """Runs of tokens by operation; the common beginning and end are taken off first."""
    start = _common_prefix(old, new)
    end = _common_prefix(old[start:][::-1], new[start:][::-1])
    old_middle, new_middle = _Spaced(old[start : len(old) - end]), _Spaced(new[start : len(new) - end])
    middle = _middle(old_middle.solid, new_middle.solid, effort)
    if any(op == EQUAL for op, _ in middle):
        middle = _with_spaces(middle, old_middle, new_middle)
    else:
        middle = [(DELETE, old[start : len(old) - end]), (INSERT, new[start : len(new) - end])]
    return [(EQUAL, old[:start]), *middle, (EQUAL, old[len(old) - end :])]


class _Spaced:
    """Tokens without white space, and the white space before each (`spaces` has one more: what follows the last).

    White space is left out of the comparison: spaces are all alike and would be matched in place of words.
    """

    def __init__(self, tokens: Sequence[str]) -> None:
        self.solid: list[str] = []
        self.spaces: list[str] = [""]
        for token in tokens:
            if token.isspace():
                self.spaces[-1] += token
            else:
                self.solid.append(token)
                self.spaces.append("")


def _with_spaces(runs: Sequence[tuple[int, list[str]]], old: _Spaced, new: _Spaced) -> list[tuple[int, list[str]]]:
    """Puts the white space back: before its token, and where it differs before equal tokens, as a change of its own."""
    spaced: list[tuple[int, list[str]]] = []
    i = j = 0
    for op, tokens in runs:
        for token in tokens:
            if op == EQUAL:
                spaced += _space(old.spaces[i], new.spaces[j])
                i, j = i + 1, j + 1
            elif op == DELETE:
                spaced.append((DELETE, [old.spaces[i]] if old.spaces[i] else []))
                i += 1
            else:
                spaced.append((INSERT, [new.spaces[j]] if new.spaces[j] else []))
                j += 1
            spaced.append((op, [token]))
    return spaced + _space(old.spaces[i], new.spaces[j])


def _space(old: str, new: str) -> list[tuple[int, list[str]]]:
    if old == new:
        return [(EQUAL, [old])] if old else []
    return [(op, [text]) for op, text in ((DELETE, old), (INSERT, new)) if text]


def _common_prefix(old: Sequence[str], new: Sequence[str]) -> int:
    for place, (a, b) in enumerate(zip(old, new, strict=False)):
        if a != b:
            return place
    return min(len(old), len(new))


def _middle(old: list[str], new: list[str], effort: int) -> list[tuple[int, list[str]]]:
    if not old or not new or set(old).isdisjoint(new):
        return [(DELETE, old), (INSERT, new)]
    if len(old) * len(new) > MAX_LISTED_PAIRS:
        return _by_sentence(old, new, effort)
    old_ids, new_ids = _as_characters(old, new)
    edits = Indel.distance(old_ids, new_ids)
    if 1 - edits / (len(old) + len(new)) < REWRITTEN_LIKENESS:
        return [(DELETE, old), (INSERT, new)]
    characters = sum(map(len, old)) + sum(map(len, new))
    if edits > max(FEW_WORD_EDITS, min(MAX_WORD_EDITS, isqrt(effort * characters))):
        return _listed(old_ids, new_ids, old, new)
    engine = diff_match_patch()
    engine.Diff_Timeout = 0  # no clock: the bound is MAX_WORD_EDITS, and the answer is the same on every machine
    runs, i, j = [], 0, 0
    for op, ids in engine.diff_main(old_ids, new_ids, False):
        size = len(ids)
        runs.append((op, new[j : j + size] if op == INSERT else old[i : i + size]))
        i += size if op != INSERT else 0
        j += size if op != DELETE else 0
    return untangle(runs, effort)


def _listed(
    old_ids: Sequence[str], new_ids: Sequence[str], old: list[str], new: list[str]
) -> list[tuple[int, list[str]]]:
    """Runs by rapidfuzz's longest common subsequence; `old_ids` and `new_ids` stand for the items of `old` and `new`."""
    runs: list[tuple[int, list[str]]] = []
    for step in LCSseq.opcodes(old_ids, new_ids):
        gone, come = old[step.src_start : step.src_end], new[step.dest_start : step.dest_end]
        runs += [(EQUAL, gone)] if step.tag == "equal" else [(DELETE, gone), (INSERT, come)]
    return runs


def _as_characters(old: list[str], new: list[str]) -> tuple[str, str]:
    """Both token lists as strings in which equal tokens are equal characters (surrogates left out)."""
    ids: dict[str, str] = {}
    for token in (*old, *new):
        if token not in ids:
            place = len(ids) + 1
            ids[token] = chr(place if place < _SURROGATES_START else place + _SURROGATES_SIZE)
    return "".join(map(ids.__getitem__, old)), "".join(map(ids.__getitem__, new))


def _by_sentence(old: list[str], new: list[str], effort: int) -> list[tuple[int, list[str]]]:
    """Sentences as wholes: for texts too long to compare word by word."""
    old_sentences, new_sentences = _sentences(old), _sentences(new)
    if len(old_sentences) * len(new_sentences) > MAX_LISTED_PAIRS:
        return [(DELETE, old), (INSERT, new)]
    runs: list[tuple[int, list[str]]] = []
    for step in LCSseq.opcodes(old_sentences, new_sentences):
        gone = [token for sentence in old_sentences[step.src_start : step.src_end] for token in sentence]
        come = [token for sentence in new_sentences[step.dest_start : step.dest_end] for token in sentence]
        if step.tag == "equal":
            runs.append((EQUAL, gone))
        elif gone and come and len(gone) * len(come) <= MAX_LISTED_PAIRS:
            runs += _middle(gone, come, effort)
        else:
            runs += [(DELETE, gone), (INSERT, come)]
    return runs


def _sentences(tokens: Sequence[str]) -> list[tuple[str, ...]]:
    """Tokens by sentence; a text without sentences is cut into pieces."""
    sentences: list[tuple[str, ...]] = []
    start = 0
    for place, token in enumerate(tokens, start=1):
        if token in SENTENCE_ENDS or place - start >= MAX_SENTENCE_TOKENS or place == len(tokens):
            sentences.append(tuple(tokens[start:place]))
            start = place
    return sentences
