"""Makes a token diff read as an editor would have marked it.

Works on runs `(op, tokens)` with op −1 deleted, 0 equal, 1 inserted. Every step keeps the two texts as they are: it only
moves borders between runs or turns equal tokens into a deleted and inserted copy.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from rowback.diff.words.tokens import count_words, is_word

if TYPE_CHECKING:
    from collections.abc import Iterable

# One short word (or a sign) between two changes is swallowed when the changes around it have this many words together: a
# single "of" or "the" left standing helps nobody. Values chosen on one half of the human-marked spans of
# tests/evaluation and confirmed on the other.
MAX_ISLAND_LETTERS = 6
ISLAND_OUTWEIGHED = 6
# So is a longer word when each of the two changes has so many; a still longer one says enough to stay.
MAX_LONG_ISLAND_LETTERS = 10
LONG_ISLAND_OUTWEIGHED = 3
# In a paragraph of so many words of which less than half were kept, so is what is left of a phrase: the reader is shown the
# passages that were written anew, not the words that happen to stand in both. Hardly a sentence is as long.
MIN_PASSAGE_WORDS, MAX_PASSAGE_KEPT, MAX_PASSAGE_ISLAND = 80, 0.5, 3
# Below this share of words kept, a changed text is shown as rewritten.
MIN_KEPT_SHARE = 0.1
MIN_REWRITTEN_WORDS = 8
# Tokens that a change may slide over, to either side: a sentence or two.
MAX_SLIDE = 200
# Longer changes are whole passages: their quotation marks are in order. So many marks in a shorter one are no quotations.
MAX_BALANCED_TOKENS = 400
MAX_BALANCED_SIGNS = 40
_PAIRS = (("“", "”"), ("„", "“"), ("«", "»"), ("»", "«"), ("「", "」"), ("『", "』"), ("(", ")"), ("[", "]"))
_SIGNS = frozenset('“”„«»「」『』()[]"')
_ENDS_SENTENCE = (".", "!", "?", "…", "。", "！", "？", "”", "»")


@dataclass
class _Hunk:
    """One change and the equal tokens that follow it."""

    deleted: list[str] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)
    equal: list[str] = field(default_factory=list)
    words_deleted: int = 0  # counted as they come: a change that grows is asked for them again and again
    words_inserted: int = 0
    island: list[str] | None = None  # the first words of `equal`; None: not looked at yet

    def delete(self, tokens: list[str]) -> None:
        self.deleted += tokens
        self.words_deleted += count_words(tokens)

    def insert(self, tokens: list[str]) -> None:
        self.inserted += tokens
        self.words_inserted += count_words(tokens)

    def words(self) -> int:
        return max(self.words_deleted, self.words_inserted)

    def swallow(self, other: _Hunk) -> None:
        """Takes the following change in, with the equal tokens between the two."""
        self.delete(self.equal + other.deleted)
        self.insert(self.equal + other.inserted)
        self.equal, self.island = other.equal, other.island

    def kept_words(self) -> list[str]:
        """The words among the equal tokens, one more than an island may have at most."""
        if self.island is None:
            self.island = list(islice(filter(is_word, self.equal), MAX_PASSAGE_ISLAND + 1))
        return self.island


def tidy(runs: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Tidied runs: no empty ones, no neighbours alike, deletions before insertions."""
    lead, hunks = _as_hunks(runs)
    hunks = _without_islands(hunks, MAX_PASSAGE_ISLAND if _is_in_passages(lead, hunks) else 1)
    if _is_rewritten(lead, hunks):
        hunks = _as_one(lead, hunks)
        lead = []
    _trim(lead, hunks)
    _slide(lead, hunks)
    return _as_runs(lead, hunks)


def _as_hunks(runs: list[tuple[int, list[str]]]) -> tuple[list[str], list[_Hunk]]:
    lead: list[str] = []
    hunks: list[_Hunk] = []
    for op, tokens in runs:
        if not tokens:
            continue
        if op == 0:
            (hunks[-1].equal if hunks else lead).extend(tokens)
            continue
        if not hunks or hunks[-1].equal:
            hunks.append(_Hunk())
        (hunks[-1].delete if op < 0 else hunks[-1].insert)(tokens)
    return lead, hunks


def _as_runs(lead: list[str], hunks: list[_Hunk]) -> list[tuple[int, list[str]]]:
    runs = [(0, list(lead))]
    for hunk in hunks:
        if hunk.deleted or hunk.inserted:
            runs += [(-1, hunk.deleted), (1, hunk.inserted), (0, list(hunk.equal))]
        else:
            runs[-1][1].extend(hunk.equal)
    return [(op, tokens) for op, tokens in runs if tokens]


def _without_islands(hunks: list[_Hunk], most: int) -> list[_Hunk]:
    """Joins changes that only white space, punctuation or up to `most` stray words keep apart."""
    kept: list[_Hunk] = []
    for hunk in hunks:
        while kept and _is_island(kept[-1], hunk, most):
            earlier = kept.pop()
            earlier.swallow(hunk)
            hunk = earlier  # noqa: PLW2901
        kept.append(hunk)
    return kept


def _is_island(before: _Hunk, after: _Hunk, most: int) -> bool:
    if len(before.equal) <= 1 and not any(map(is_word, before.equal)):
        return True
    changed = before.words(), after.words()
    words = before.kept_words()
    if not all(changed) or sum(changed) < ISLAND_OUTWEIGHED or len(words) > most:
        return False
    letters = sum(map(len, words))
    is_outweighed = letters <= MAX_LONG_ISLAND_LETTERS and min(changed) >= LONG_ISLAND_OUTWEIGHED
    return most > 1 or letters <= MAX_ISLAND_LETTERS or is_outweighed


def _is_in_passages(lead: list[str], hunks: list[_Hunk]) -> bool:
    """Whether a text is long, and most of it was written anew."""
    kept, changed = _weighed(lead, hunks)
    return kept + changed >= MIN_PASSAGE_WORDS and kept < MAX_PASSAGE_KEPT * (kept + changed)


def _is_rewritten(lead: list[str], hunks: list[_Hunk]) -> bool:
    if len(hunks) < 2:
        return False
    kept, changed = _weighed(lead, hunks)
    return kept + changed >= MIN_REWRITTEN_WORDS and kept < MIN_KEPT_SHARE * (kept + changed)


def _weighed(lead: list[str], hunks: list[_Hunk]) -> tuple[int, int]:
    """How many words were kept, and how many changed."""
    return (
        count_words(lead) + sum(count_words(hunk.equal) for hunk in hunks),
        sum(hunk.words() for hunk in hunks),
    )


def _as_one(lead: list[str], hunks: list[_Hunk]) -> list[_Hunk]:
    whole = _Hunk()
    for tokens in (lead, *(hunk.deleted + hunk.equal for hunk in hunks)):
        whole.delete(tokens)
    for tokens in (lead, *(hunk.inserted + hunk.equal for hunk in hunks)):
        whole.insert(tokens)
    return [whole]


def _trim(lead: list[str], hunks: list[_Hunk]) -> None:
    """Gives equal tokens at the border of a replacement back to its surroundings."""
    before = lead
    for hunk in hunks:
        start = _alike(hunk.deleted, hunk.inserted)
        before += hunk.deleted[:start]
        del hunk.deleted[:start], hunk.inserted[:start]
        end = _alike(reversed(hunk.deleted), reversed(hunk.inserted))
        if end:
            hunk.equal[:0] = hunk.deleted[-end:]
            del hunk.deleted[-end:], hunk.inserted[-end:]
        before = hunk.equal


def _alike(one: Iterable[str], other: Iterable[str]) -> int:
    """How many tokens are the same until the first that is not."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _slide(lead: list[str], hunks: list[_Hunk]) -> None:
    """Moves a pure insertion or deletion between its equal neighbours to where it reads best: whole sentences, then
    whole words with the space behind them."""
    before = lead
    for place, hunk in enumerate(hunks):
        run = hunk.deleted or hunk.inserted
        if not (hunk.deleted and hunk.inserted) and run:
            follows_change = place + 1 < len(hunks)
            _slide_one(before, run, hunk.equal, keep_before=place > 0, keep_after=follows_change)
        before = hunk.equal


def _slide_one(before: list[str], run: list[str], after: list[str], *, keep_before: bool, keep_after: bool) -> None:
    """Slides `run` in place. A neighbour between two changes keeps one token, so that the changes stay apart."""
    back = 0
    while back < MAX_SLIDE and len(before) > keep_before and before[-1] == run[-1]:
        after.insert(0, run.pop())
        run.insert(0, before.pop())
        back += 1
    best, shift, steps = _boundary(before, run, after), 0, 0
    while steps < back + MAX_SLIDE and len(after) > keep_after and run[0] == after[0]:
        before.append(run.pop(0))
        run.append(after.pop(0))
        steps += 1
        score = _boundary(before, run, after)
        if score >= best:
            best, shift = score, steps
    for _ in range(steps - shift):
        after.insert(0, run.pop())
        run.insert(0, before.pop())


def _boundary(before: list[str], run: list[str], after: list[str]) -> int:
    """How well a run stands alone: begins where a word or sentence begins, ends with the space or the text, and leaves
    no quotation mark or bracket behind."""
    score = 0
    if not before or before[-1].isspace():
        score += 2 if is_word(run[0]) else 1
        if not before or (len(before) > 1 and before[-2].endswith(_ENDS_SENTENCE)):
            score += 3 if len(run) > 3 else 0
    if run[-1].isspace() or not after:
        score += 1
    return score + (4 if _is_balanced(run) else 0)


def _is_balanced(run: list[str]) -> bool:
    """Whether each quotation mark and bracket in a run has its other half there too."""
    if len(run) > MAX_BALANCED_TOKENS:
        return True
    signs = [token for token in run if token in _SIGNS]
    if not signs or len(signs) > MAX_BALANCED_SIGNS:
        return True
    return signs.count('"') % 2 == 0 and _nested("".join(signs).replace('"', ""))


def _nested(signs: str) -> bool:
    """Whether signs vanish when neighbouring halves are taken out in pairs."""
    while signs:
        rest = signs
        for opening, closing in _PAIRS:
            rest = rest.replace(opening + closing, "")
        if rest == signs:
            return False
        signs = rest
    return True
