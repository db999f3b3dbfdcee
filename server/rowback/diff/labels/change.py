"""An edit as the rules of labels see it: two texts, what only one of them has, and what both amount to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from rowback.diff.labels.figures import MAY, Amounts, amounts, is_amount, is_date
from rowback.diff.labels.lexicon import NO_WORDS, Lexicon, lexicon_of
from rowback.diff.labels.names import is_known_name, known_names, read_of
from rowback.diff.labels.typeset import typeset
from rowback.diff.words.compare import DELETE, EQUAL, INSERT
from rowback.diff.words.tokens import count_words, is_word, solid_tokens, tokenize
from rowback.text.normalize import comparable
from rowback.told import EditKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rowback.diff.words.compare import Segment
    from rowback.model import Block

_FORM = re.compile(r"[\W_]+")
_RUNS = re.compile(r"[^\W\d_](?:[^\W\d_]|[.&](?=[^\W\d_]))+")
_NO_AMOUNTS = Amounts()


class Reading(Protocol):
    """What is known beside the texts: the words of the article's language and its names."""

    @property
    def lexicon(self) -> Lexicon:
        """The words."""

    def names_among(self, words: set[str]) -> set[str]:
        """Those of some words that are its names."""


@dataclass(frozen=True, slots=True)
class GivenReading:
    """What was read before, or nothing."""

    lexicon: Lexicon = NO_WORDS
    names: frozenset[str] = frozenset()

    def names_among(self, words: set[str]) -> set[str]:
        return words & self.names


@dataclass(frozen=True, eq=False)
class _Late:
    """What is read when a rule first asks: of blocks that only came or went none does."""

    versions: Sequence[Sequence[Block]]
    most_sought: int = 24  # words that are looked for one by one before all names are read
    _sought: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def texts(self) -> list[str]:
        """Each once."""
        return list(dict.fromkeys(block.text for blocks in self.versions for block in blocks))

    @cached_property
    def lexicon(self) -> Lexicon:
        return lexicon_of(self.texts)

    def names_among(self, words: set[str]) -> set[str]:
        if self.lexicon.capital_nouns or len(self._sought) > self.most_sought:
            return words & self._names
        for word in words - self._sought.keys():
            self._sought[word] = is_known_name(word, self._read, self.lexicon)
        return {word for word in words if self._sought[word]}

    @cached_property
    def _read(self) -> str:
        return read_of(self.texts)

    @cached_property
    def _names(self) -> frozenset[str]:
        return known_names(self._read, self.lexicon)


def read(*versions: Sequence[Block]) -> Reading:
    """The reading of the versions that are compared, the newest first."""
    return _Late(versions)


@dataclass(frozen=True)
class Change:
    """What the rules look at: both texts in comparable form and `typeset`, and the tokens that only one of them has.
    `is_paged`: the block only went to another page of the text, or came from there."""

    kind: EditKind
    index: int
    old: str
    new: str
    segments: Sequence[Segment]
    reading: Reading
    is_paged: bool = False

    @cached_property
    def gone(self) -> tuple[str, ...]:
        """The tokens of what only the old text has."""
        return _tokens_of(self.segments, DELETE)

    @cached_property
    def come(self) -> tuple[str, ...]:
        """The tokens of what only the new text has."""
        return _tokens_of(self.segments, INSERT)

    @cached_property
    def old_tokens(self) -> list[str]:
        """All of the old text, but white space."""
        return solid_tokens(self.old)

    @cached_property
    def new_tokens(self) -> list[str]:
        """The same of the new text."""
        return solid_tokens(self.new)

    def keeps_words(self, least: float) -> bool:
        """Whether at least so many words are the same; looks no farther than to know it."""
        kept = 0
        for segment in self.segments:
            if kept >= least:
                break
            if segment.op == EQUAL:
                kept += count_words(tokenize(segment.text))
        return kept >= least

    @property
    def lexicon(self) -> Lexicon:
        """The words of the article's language."""
        return self.reading.lexicon

    @cached_property
    def rewords(self) -> bool:
        """Whether there are two texts whose words differ."""
        return self.has_two_texts and (any(map(is_word, self.gone)) or any(map(is_word, self.come)))

    @property
    def has_two_texts(self) -> bool:
        """Whether something was there before and is there after."""
        return self.kind not in (EditKind.INSERT, EditKind.DELETE)

    @cached_property
    def has_amounts(self) -> bool:
        """Whether some token that changed may be, or belong to, a figure or a date."""
        return any(is_amount(token, self.lexicon) for token in (*self.gone, *self.come))

    @cached_property
    def amounts(self) -> tuple[Amounts, Amounts]:
        """The figures and dates of both texts; none where nothing that changed can be one."""
        if not self.has_amounts:
            return _NO_AMOUNTS, _NO_AMOUNTS
        return amounts(self.old_tokens, self.lexicon), amounts(self.new_tokens, self.lexicon)

    @cached_property
    def has_same_letters(self) -> bool:
        """Whether the texts differ in nothing but capitals, spaces and signs."""
        return letters(self.old) == letters(self.new)

    @cached_property
    def has_same_amounts(self) -> bool:
        """Whether they then also say the same figures, each with its sign and its decimals, in the same order."""
        if not self.has_same_letters:
            return False
        old, new = self.amounts
        return old.order == new.order and old.signs() == new.signs()

    @cached_property
    def has_acronym(self) -> bool:
        """Whether "US" became "us": the same letters, another word."""
        gone, come = (self._acronyms(words) for words in (self.gone, self.come))
        return gone != come and not (self.old.isupper() or self.new.isupper())

    def _acronyms(self, words: Sequence[str]) -> set[str]:
        """The runs of capitals in words that are no dates."""
        capital = (word for word in words if not word.islower() and not is_date(word, self.lexicon))
        return {run for word in capital for run in _RUNS.findall(word) if run.isupper()}

    def differs(self, known: frozenset[str]) -> bool:
        """Whether the two texts differ in some of the `known` words."""
        return known_among(self.gone, known) != known_among(self.come, known)


def _tokens_of(segments: Sequence[Segment], op: int) -> tuple[str, ...]:
    return tuple(token for segment in segments if segment.op == op for token in solid_tokens(form(segment.text)))


def form(text: str) -> str:
    """A text as rules compare it."""
    return typeset(comparable(text))


def known_among(tokens: Iterable[str], known: frozenset[str]) -> list[str]:
    """The known words among tokens, sorted. The month May is no hedge; of n'est and l'article each part counts."""
    words = [token.lower() for token in tokens if token != MAY]
    parts = [part for word in words if "'" in word and word not in known for part in word.split("'")]
    return sorted(filter(known.__contains__, (*words, *parts)))


def letters(text: str) -> str:
    """A text without its capitals, spaces and signs."""
    return _FORM.sub("", text).casefold()
