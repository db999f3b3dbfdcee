"""Names what an edit touches. One small rule each, over the deleted and inserted words.

English word lists; texts in other languages get only the labels that need no words. An edit is `minor` when it touches
nothing but spelling, punctuation or quotation style; never when a figure, a name or a negation changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex
from rapidfuzz.distance import OSA

from rowback.diff.tokens import is_word, tokenize
from rowback.diff.words import DELETE, INSERT
from rowback.model import EditKind
from rowback.text.normalize import comparable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rowback.diff.words import Segment

NUMBER_WORDS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million "
    "millions billion billions trillion dozen dozens half third quarter double triple".split()
)
NEGATIONS = frozenset(
    "not no never none nobody nothing nor neither without cannot can't won't don't doesn't didn't isn't aren't wasn't "
    "weren't hasn't haven't hadn't wouldn't shouldn't couldn't denied denies deny".split()
)
HEDGES = frozenset(
    "allegedly alleged reportedly apparently appeared appears seemingly seemed seems possibly perhaps maybe probably "
    "likely unlikely might may could suspected purportedly purported supposedly unconfirmed believed claimed claims "
    "claim roughly approximately nearly almost".split()
)
MONTHS_AND_DAYS = frozenset(
    "january february march april june july august september october november december jan feb mar apr jun jul aug sept "
    "sep oct nov dec monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow".split()
)
_DIGIT = regex.compile(r"\p{N}")
_CLOCK = regex.compile(
    r"^\d{1,2}[:.]\d{2}(?:[ap]m)?$|^\d{1,2}[ap]m$|^(?:19|20)\d{2}$|^\d{1,2}(?:st|nd|rd|th)$", regex.IGNORECASE
)
_CORRECTION = regex.compile(
    r"^\W*(?:correction|clarification|editor['’]s note|an earlier version|this (?:article|story) (?:has been|was) "
    r"(?:updated|amended|corrected|changed)|update[d]?\b\s*[:(])",
    regex.IGNORECASE,
)
_QUOTED = regex.compile(r'"[^"]*"')
MINOR = frozenset({"typo", "punctuation", "formatting"})


@dataclass(frozen=True, slots=True)
class _Change:
    """What the rules look at: the words only one side has, and both whole texts in comparable form."""

    kind: EditKind
    index: int
    old: str
    new: str
    gone: tuple[str, ...]
    come: tuple[str, ...]

    def words(self) -> set[str]:
        """Words that only one side has, lower case."""
        return {word.lower() for word in (*self.gone, *self.come) if is_word(word)}


def label(kind: EditKind, index: int, old: str, new: str, segments: Sequence[Segment]) -> tuple[str, ...]:
    """The labels of an edit, in a fixed order. `index` is the block's place (0: the headline)."""
    gone = _tokens_of(segments, DELETE)
    come = _tokens_of(segments, INSERT)
    change = _Change(kind, index, comparable(old), comparable(new), gone, come)
    return tuple(name for name, applies in _RULES if applies(change))


def is_minor(kind: EditKind, labels: Sequence[str]) -> bool:
    """Whether an edit touches form only."""
    substance = set(labels) - {"headline"}
    return kind is EditKind.CHANGE and bool(substance) and substance <= MINOR


def _tokens_of(segments: Sequence[Segment], op: int) -> tuple[str, ...]:
    return tuple(
        token for segment in segments if segment.op == op for token in tokenize(segment.text) if not token.isspace()
    )


def _is_headline(change: _Change) -> bool:
    return change.index == 0


def _differing(change: _Change, test: Callable[[str], bool]) -> bool:
    gone, come = (sorted(word for word in map(_plain, words) if test(word)) for words in (change.gone, change.come))
    return gone != come


def _plain(word: str) -> str:
    """Lower case, but for the month that is otherwise a hedge."""
    return word if word == "May" else word.lower()


def _is_number(word: str) -> bool:
    return (_DIGIT.search(word) is not None and not _CLOCK.match(word)) or word in NUMBER_WORDS


def _is_figure(change: _Change) -> bool:
    return change.kind in (EditKind.CHANGE, EditKind.MOVE) and _differing(change, _is_number)


def _is_date(change: _Change) -> bool:
    return change.kind in (EditKind.CHANGE, EditKind.MOVE) and _differing(
        change, lambda word: word in MONTHS_AND_DAYS or word == "May" or _CLOCK.match(word) is not None
    )


def _is_name(change: _Change) -> bool:
    """Capitalised words changed that do not stand at the beginning of a sentence on either side."""
    if change.kind not in (EditKind.CHANGE, EditKind.MOVE) or change.index == 0:
        return False
    gone, come = (_names(side, words) for side, words in ((change.old, change.gone), (change.new, change.come)))
    return gone != come


def _names(text: str, words: Sequence[str]) -> set[str]:
    inner = {match.group() for match in regex.finditer(r"(?<=[\p{Ll}\p{N},;] )\p{Lu}[\p{L}\p{M}'-]+", text)}
    return {word for word in words if comparable(word) in inner and word.lower() not in MONTHS_AND_DAYS | {"may"}}


def _is_negation(change: _Change) -> bool:
    return change.kind in (EditKind.CHANGE, EditKind.MOVE) and _differing(
        change, lambda word: comparable(word) in NEGATIONS
    )


def _is_hedge(change: _Change) -> bool:
    return change.kind in (EditKind.CHANGE, EditKind.MOVE) and _differing(change, lambda word: word in HEDGES)


def _is_quote(change: _Change) -> bool:
    return change.kind in (EditKind.CHANGE, EditKind.MOVE) and _QUOTED.findall(change.old) != _QUOTED.findall(
        change.new
    )


def _is_correction(change: _Change) -> bool:
    return bool(_CORRECTION.match(change.new)) and not _CORRECTION.match(change.old)


def _is_typo(change: _Change) -> bool:
    """One word for another that is a letter or two away, and no number."""
    gone = [word for word in change.gone if is_word(word)]
    come = [word for word in change.come if is_word(word)]
    if change.kind is not EditKind.CHANGE or not gone or len(gone) != len(come):
        return False
    return all(_is_slip(a, b) for a, b in zip(gone, come, strict=True))


def _is_slip(a: str, b: str) -> bool:
    # A capital may begin a name, and a changed name is no slip of the pen.
    if (
        a != a.lower()
        or b != b.lower()
        or _DIGIT.search(a + b)
        or {a, b} & (NEGATIONS | NUMBER_WORDS | HEDGES)
        or min(len(a), len(b)) < 4
    ):
        return False
    return a[0] == b[0] and OSA.distance(a, b) <= (1 if len(a) < 8 else 2)


def _is_punctuation(change: _Change) -> bool:
    return change.kind is EditKind.CHANGE and not change.words()


def _is_rewritten(change: _Change) -> bool:
    return (
        change.kind is EditKind.CHANGE and len(change.gone) > 8 and len(" ".join(change.gone)) > 0.8 * len(change.old)
    )


_RULES: tuple[tuple[str, Callable[[_Change], bool]], ...] = (
    ("headline", _is_headline),
    ("correction", _is_correction),
    ("figure", _is_figure),
    ("name", _is_name),
    ("date", _is_date),
    ("negation", _is_negation),
    ("hedge", _is_hedge),
    ("quote", _is_quote),
    ("typo", _is_typo),
    ("punctuation", _is_punctuation),
    ("rewritten", _is_rewritten),
)
