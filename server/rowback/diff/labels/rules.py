"""Names what an edit touches. One small rule each, over the deleted and inserted words and both whole texts.

Rules that need words have those of the article's language (`lexicon/`), or none. An edit is `minor` when it touches nothing
but spelling, punctuation, capitals and spaces; never when a figure, a date, a name or a negation changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.diff.labels.change import Change, GivenReading, form, known_among
from rowback.diff.labels.figures import ONE, have_traded_places, is_figure
from rowback.diff.labels.lexicon import says_correction
from rowback.diff.labels.names import inner_names, without_genitive
from rowback.diff.labels.numerals import roman_figure
from rowback.diff.labels.quotes import outside, quotations
from rowback.diff.labels.slips import is_slip
from rowback.diff.words.tokens import count_words, is_word, solid_tokens
from rowback.told import EditKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rowback.diff.labels.change import Reading
    from rowback.diff.words.compare import Segment

MINOR = frozenset({"typo", "punctuation", "formatting"})
# A block that keeps less than this share of its words was rewritten.
REWRITTEN_KEPT_SHARE = 0.25
MIN_REWRITTEN_WORDS = 8
# Tokens between a changed name and the verb that makes it the one who said so: "Ruiz, the harbour captain, said".
MAX_ATTRIBUTION_GAP = 3


def label(
    kind: EditKind,
    index: int,
    old: str,
    new: str,
    segments: Sequence[Segment],
    reading: Reading | None = None,
    *,
    is_paged: bool = False,
) -> tuple[str, ...]:
    """The labels of an edit, in a fixed order. `index` is the block's place (0: the headline)."""
    change = Change(kind, index, form(old), form(new), segments, reading or GivenReading(), is_paged)
    return tuple(name for name, applies in _RULES if applies(change))


def is_minor(kind: EditKind, labels: Sequence[str]) -> bool:
    """Whether an edit touches form only, or where on the site a text stands."""
    if "rolled-off" in labels:
        return True
    substance = set(labels) - {"headline"}
    return kind is EditKind.CHANGE and bool(substance) and substance <= MINOR


def _is_headline(change: Change) -> bool:
    return change.index == 0


def _is_moved(change: Change) -> bool:
    return change.kind is EditKind.MOVE


def _is_addition(change: Change) -> bool:
    return change.kind is EditKind.INSERT and not change.is_paged


def _is_removal(change: Change) -> bool:
    return change.kind is EditKind.DELETE and not change.is_paged


def _is_rolled_off(change: Change) -> bool:
    return change.kind is EditKind.DELETE and change.is_paged


def _is_correction(change: Change) -> bool:
    return says_correction(change.new) and not says_correction(change.old)


def _is_figure(change: Change) -> bool:
    """Other figures, other units behind them, or the same where others stood."""
    if not change.has_two_texts or not change.has_amounts or change.has_same_amounts:
        return False
    old, new = change.amounts
    gone, come = old.figures - new.figures, new.figures - old.figures
    if set(gone | come) == {ONE} and not (gone and come):
        return any(map(_has_digit, change.gone + change.come))  # "one" alone is rather a pronoun
    has_other_units = old.units != new.units and not change.has_same_letters
    return bool(gone or come) or has_other_units or _trades_figures(change)


def _has_digit(token: str) -> bool:
    return any(map(str.isdigit, token))


def _trades_figures(change: Change) -> bool:
    old, new = change.amounts
    if old.order == new.order:
        return False
    has_only_turned = sorted(old.order) == sorted(new.order) and _are_figures(change)
    return has_only_turned or have_traded_places(change.old, change.new, change.lexicon)


def _are_figures(change: Change) -> bool:
    """Whether all words that changed are figures."""
    words = [word for word in (*change.gone, *change.come) if is_word(word)]
    return bool(words) and all(is_figure(word, change.lexicon) or word in ("per", "cent") for word in words)


def _is_date(change: Change) -> bool:
    if not change.rewords or not change.has_amounts:
        return False
    old, new = (each.dates for each in change.amounts)
    return old != new and not change.has_same_amounts


def _is_name(change: Change) -> bool:
    if not change.rewords or _is_shouted(change):
        return False
    old, new = _names(change.old, change.gone, change), _names(change.new, change.come, change)
    gone, come = old - new, new - old
    if not (gone and come) and not change.has_acronym:
        only_gone, only_come = (
            gone and _spelled(gone) - _spelled(change.come),
            come and _spelled(come) - _spelled(change.gone),
        )
        return bool(only_gone or only_come)
    return _spelled(gone) != _spelled(come)


def _names(text: str, words: Sequence[str], change: Change) -> set[str]:
    """The names among the words that one text alone has. The text and the article are read where a word may be one."""
    capitals = {
        word
        for word in (without_genitive(word) for word in words if word[:1].isupper())
        if word.lower() not in change.lexicon.frequent and not roman_figure(word)
    }
    if not capitals:
        return capitals
    inside = capitals & inner_names(text, change.lexicon) if change.index else set[str]()
    return inside if inside == capitals else inside | change.reading.names_among(capitals)


def _spelled(names: Iterable[str]) -> set[str]:
    """Words without their capitals, ß as ss: a name that only lost its capital is no other name."""
    return {without_genitive(name).casefold() for name in names}


def _is_negation(change: Change) -> bool:
    return change.rewords and change.differs(change.lexicon.negations)


def _is_hedge(change: Change) -> bool:
    return change.rewords and change.differs(change.lexicon.hedges)


def _is_quote(change: Change) -> bool:
    return change.has_two_texts and quotations(change.old) != quotations(change.new)


def _is_attribution(change: Change) -> bool:
    """Another verb of saying outside of what is quoted, or another name beside such a verb."""
    verbs = change.lexicon.attributions if change.rewords else frozenset[str]()
    if not verbs:
        return False
    old, new = _spoken(change)
    return known_among(old, verbs) != known_among(new, verbs) or (
        _speakers(old, change.gone, verbs) != _speakers(new, change.come, verbs) and _is_name(change)
    )


def _spoken(change: Change) -> tuple[list[str], list[str]]:
    """The tokens of both texts outside of their quotations."""
    old, new = outside(change.old), outside(change.new)
    return (
        change.old_tokens if old == change.old else solid_tokens(old),
        change.new_tokens if new == change.new else solid_tokens(new),
    )


def _speakers(tokens: Sequence[str], words: Sequence[str], verbs: frozenset[str]) -> set[str]:
    """Capitalised words among `words` that stand beside a verb of saying."""
    places = [place for place, token in enumerate(tokens) if token.lower() in verbs]
    near = {
        token
        for place in places
        for token in tokens[max(0, place - MAX_ATTRIBUTION_GAP) : place + MAX_ATTRIBUTION_GAP + 1]
    }
    return {word for word in words if word in near and word[0].isupper()}


def _is_typo(change: Change) -> bool:
    """One word for another that is a slip of the pen away, and no figure, hedge or negation."""
    if change.kind is not EditKind.CHANGE:
        return False
    gone, come = ([word for word in words if is_word(word)] for words in (change.gone, change.come))
    if not gone or len(gone) != len(come):
        return False
    lexicon = change.lexicon
    telling = (lexicon.negations, lexicon.hedges, lexicon.dates, lexicon.attributions, lexicon.numbers)
    return all(
        is_slip(a, b) and not any(a in words or b in words for words in telling)
        for a, b in zip(gone, come, strict=True)
    )


def _is_punctuation(change: Change) -> bool:
    if change.kind is not EditKind.CHANGE or change.rewords or _is_figure(change):
        return False
    return bool(change.gone or change.come)


def _is_formatting(change: Change) -> bool:
    """Nothing but capitals, spaces, hyphens or how a figure is written."""
    if change.kind is not EditKind.CHANGE or change.has_acronym or _is_punctuation(change) or _is_figure(change):
        return False
    return change.has_same_letters or _same_amounts(change)


def _is_shouted(change: Change) -> bool:
    """Whether one text is the other, all in capitals."""
    return change.old.isupper() != change.new.isupper() and change.has_same_letters


def _same_amounts(change: Change) -> bool:
    """Whether all that changed are figures that amount to the same."""
    old, new = change.amounts
    is_same = (old.figures, old.dates, old.units) == (new.figures, new.dates, new.units)
    return bool(old.figures) and is_same and _are_figures(change)


def _is_rewritten(change: Change) -> bool:
    """Whether words went and others came, enough in all, and too few were kept."""
    gone, come = (count_words(words) for words in (change.gone, change.come)) if change.has_two_texts else (0, 0)
    changed = max(gone, come)
    if not gone or not come or change.keeps_words(REWRITTEN_KEPT_SHARE * changed / (1 - REWRITTEN_KEPT_SHARE)):
        return False
    return change.keeps_words(MIN_REWRITTEN_WORDS - changed) and not change.has_same_letters


_RULES: tuple[tuple[str, Callable[[Change], bool]], ...] = (
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
