"""Names what an edit touches. One small rule each, over the deleted and inserted words and both whole texts.

Rules that need words have those of the article's language (`lexicon/`), or none. An edit is `minor` when it touches nothing
but spelling, punctuation, capitals and spaces; never when a figure, a date, a name or a negation changed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rowback.diff.labels.figures import MAY, ONE, Amounts, amounts, have_traded_places, is_date, is_figure
from rowback.diff.labels.lexicon import NO_WORDS, Lexicon, lexicon_of, says_correction
from rowback.diff.labels.names import inner_names, known_names, without_genitive
from rowback.diff.labels.quotes import outside, quotations
from rowback.diff.labels.slips import is_slip
from rowback.diff.words.compare import DELETE, EQUAL, INSERT
from rowback.diff.words.tokens import count_words, is_word, tokenize
from rowback.text.normalize import comparable
from rowback.told import EditKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rowback.diff.words.compare import Segment
    from rowback.model import Block

MINOR = frozenset({"typo", "punctuation", "formatting"})
# A block that keeps less than this share of its words was rewritten.
REWRITTEN_KEPT_SHARE = 0.25
MIN_REWRITTEN_WORDS = 8
# Tokens between a changed name and the verb that makes it the one who said so: "Ruiz, the harbour captain, said".
MAX_ATTRIBUTION_GAP = 3
_FORM = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known beside the texts: the words of the article's language and its names; whether the block
    only went to another page of the text, or came from there."""

    lexicon: Lexicon = NO_WORDS
    names: frozenset[str] = frozenset()
    is_paged: bool = False


def read(*versions: Sequence[Block]) -> Reading:
    """Reads the versions that are compared, the newest first."""
    texts = list(dict.fromkeys(block.text for blocks in versions for block in blocks))
    lexicon = lexicon_of(texts)
    return Reading(lexicon, known_names(texts, lexicon))


@dataclass(frozen=True)
class _Change:
    """What the rules look at: both texts in comparable form, and the tokens that only one of them has."""

    kind: EditKind
    index: int
    old: str
    new: str
    gone: tuple[str, ...]
    come: tuple[str, ...]
    kept_words: int
    reading: Reading

    @property
    def lexicon(self) -> Lexicon:
        """The words of the article's language."""
        return self.reading.lexicon

    @cached_property
    def rewords(self) -> bool:
        """Whether there are two texts whose words differ."""
        return self.kind not in (EditKind.INSERT, EditKind.DELETE) and any(map(is_word, (*self.gone, *self.come)))

    @cached_property
    def amounts(self) -> tuple[Amounts, Amounts]:
        """The figures and dates of both texts."""
        tokens = (*self.gone, *self.come)
        if not any(is_figure(token, self.lexicon) or is_date(token, self.lexicon) for token in tokens):
            return Amounts(), Amounts()
        return amounts(self.old, self.lexicon), amounts(self.new, self.lexicon)

    def differs(self, known: frozenset[str]) -> bool:
        """Whether the two texts differ in some of the `known` words."""
        return _known(self.gone, known) != _known(self.come, known)


def label(
    kind: EditKind, index: int, old: str, new: str, segments: Sequence[Segment], reading: Reading | None = None
) -> tuple[str, ...]:
    """The labels of an edit, in a fixed order. `index` is the block's place (0: the headline)."""
    gone, come = _tokens_of(segments, DELETE), _tokens_of(segments, INSERT)
    kept = sum(count_words(tokenize(segment.text)) for segment in segments if segment.op == EQUAL)
    change = _Change(kind, index, comparable(old), comparable(new), gone, come, kept, reading or Reading())
    return tuple(name for name, applies in _RULES if applies(change))


def is_minor(kind: EditKind, labels: Sequence[str]) -> bool:
    """Whether an edit touches form only, or where on the site a text stands."""
    if "rolled-off" in labels:
        return True
    substance = set(labels) - {"headline"}
    return kind is EditKind.CHANGE and bool(substance) and substance <= MINOR


def _tokens_of(segments: Sequence[Segment], op: int) -> tuple[str, ...]:
    return tuple(
        token
        for segment in segments
        if segment.op == op
        for token in tokenize(comparable(segment.text))
        if not token.isspace()
    )


def _known(tokens: Iterable[str], known: frozenset[str]) -> Counter[str]:
    """The known words among tokens. The month May is no hedge; of n'est and l'article each part counts."""
    words = [token.lower() for token in tokens if token != MAY]
    parts = [part for word in words if word not in known and "'" in word for part in word.split("'")]
    return Counter(word for word in (*words, *parts) if word in known)


def _is_headline(change: _Change) -> bool:
    return change.index == 0


def _is_moved(change: _Change) -> bool:
    return change.kind is EditKind.MOVE


def _is_addition(change: _Change) -> bool:
    return change.kind is EditKind.INSERT and not change.reading.is_paged


def _is_removal(change: _Change) -> bool:
    return change.kind is EditKind.DELETE and not change.reading.is_paged


def _is_rolled_off(change: _Change) -> bool:
    return change.kind is EditKind.DELETE and change.reading.is_paged


def _is_correction(change: _Change) -> bool:
    return says_correction(change.new) and not says_correction(change.old)


def _is_figure(change: _Change) -> bool:
    old, new = (each.figures for each in change.amounts)
    gone, come = old - new, new - old
    if set(gone | come) == {ONE} and not (gone and come):
        return change.rewords and any(map(str.isdecimal, change.gone + change.come))  # "one" alone is rather a pronoun
    return change.rewords and (bool(gone or come) or _trades_figures(change))


def _trades_figures(change: _Change) -> bool:
    both = set(change.gone) & set(change.come)
    return any(is_figure(token, change.lexicon) for token in both) and have_traded_places(
        change.old, change.new, change.lexicon
    )


def _is_date(change: _Change) -> bool:
    old, new = (each.dates for each in change.amounts)
    return change.rewords and old != new


def _is_name(change: _Change) -> bool:
    return (
        change.rewords
        and not _is_shouted(change)
        and _names(change.old, change.gone, change) != _names(change.new, change.come, change)
    )


def _names(text: str, words: Sequence[str], change: _Change) -> set[str]:
    """The names among the words that one text alone has."""
    inner = inner_names(text, change.lexicon) if change.index else set()
    return {word for word in map(without_genitive, words) if word in inner or word in change.reading.names}


def _is_negation(change: _Change) -> bool:
    return change.rewords and change.differs(change.lexicon.negations)


def _is_hedge(change: _Change) -> bool:
    return change.rewords and change.differs(change.lexicon.hedges)


def _is_quote(change: _Change) -> bool:
    return change.kind not in (EditKind.INSERT, EditKind.DELETE) and quotations(change.old) != quotations(change.new)


def _is_attribution(change: _Change) -> bool:
    """Another verb of saying outside of what is quoted, or another name beside such a verb."""
    verbs = change.lexicon.attributions
    if not change.rewords or not verbs:
        return False
    old, new = (_spoken(text) for text in (change.old, change.new))
    return _known(old, verbs) != _known(new, verbs) or (
        _is_name(change) and _speakers(old, change.gone, verbs) != _speakers(new, change.come, verbs)
    )


def _spoken(text: str) -> list[str]:
    """The tokens of a text outside of its quotations."""
    return [token for token in tokenize(outside(text)) if not token.isspace()]


def _speakers(tokens: Sequence[str], words: Sequence[str], verbs: frozenset[str]) -> set[str]:
    """Capitalised words among `words` that stand beside a verb of saying."""
    places = [place for place, token in enumerate(tokens) if token.lower() in verbs]
    near = {
        token
        for place in places
        for token in tokens[max(0, place - MAX_ATTRIBUTION_GAP) : place + MAX_ATTRIBUTION_GAP + 1]
    }
    return {word for word in words if word in near and word[0].isupper()}


def _is_typo(change: _Change) -> bool:
    """One word for another that is a slip of the pen away, and no figure, hedge or negation."""
    gone, come = ([word for word in words if is_word(word)] for words in (change.gone, change.come))
    if change.kind is not EditKind.CHANGE or not gone or len(gone) != len(come):
        return False
    lexicon = change.lexicon
    telling = lexicon.negations | lexicon.hedges | lexicon.dates | lexicon.attributions | lexicon.numbers.keys()
    return all(is_slip(a, b) and telling.isdisjoint((a, b)) for a, b in zip(gone, come, strict=True))


def _is_punctuation(change: _Change) -> bool:
    return change.kind is EditKind.CHANGE and not change.rewords and bool(change.gone or change.come)


def _is_formatting(change: _Change) -> bool:
    """Nothing but capitals, spaces, hyphens or how a figure is written."""
    if change.kind is not EditKind.CHANGE or _has_acronym(change) or _is_punctuation(change) or _is_figure(change):
        return False
    return _letters(change.old) == _letters(change.new) or _same_amounts(change)


def _letters(text: str) -> str:
    return _FORM.sub("", text).casefold()


def _is_shouted(change: _Change) -> bool:
    """Whether one text is the other, all in capitals."""
    return change.old.isupper() != change.new.isupper() and _letters(change.old) == _letters(change.new)


def _has_acronym(change: _Change) -> bool:
    """Whether "US" became "us": the same letters, another word."""
    gone, come = ({word for word in words if word.isupper() and len(word) > 1} for words in (change.gone, change.come))
    return gone != come and not (change.old.isupper() or change.new.isupper())


def _same_amounts(change: _Change) -> bool:
    """Whether all that changed are figures that amount to the same."""
    words = [word for word in (*change.gone, *change.come) if is_word(word)]
    old, new = change.amounts
    return (
        bool(old.figures)
        and old == new
        and all(is_figure(word, change.lexicon) or word in ("per", "cent") for word in words)
    )


def _is_rewritten(change: _Change) -> bool:
    if _is_shouted(change):
        return False
    changed = max(count_words(change.gone), count_words(change.come))
    total = change.kept_words + changed
    both = count_words(change.gone) and count_words(change.come)
    return bool(both) and total >= MIN_REWRITTEN_WORDS and change.kept_words < REWRITTEN_KEPT_SHARE * total


_RULES: tuple[tuple[str, Callable[[_Change], bool]], ...] = (
    ("headline", _is_headline),
    ("addition", _is_addition),
    ("removal", _is_removal),
    ("rolled-off", _is_rolled_off),
    ("moved", _is_moved),
    ("correction", _is_correction),
    ("figure", _is_figure),
    ("name", _is_name),
    ("date", _is_date),
    ("negation", _is_negation),
    ("hedge", _is_hedge),
    ("quote", _is_quote),
    ("attribution", _is_attribution),
    ("typo", _is_typo),
    ("punctuation", _is_punctuation),
    ("formatting", _is_formatting),
    ("rewritten", _is_rewritten),
)
LABELS = tuple(name for name, _ in _RULES)
