"""An edit as the rules of labels see it: two texts, what only one of them has, and what both amount to."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rowback.diff.labels.figures import MAY, Amounts, amounts, is_amount
from rowback.diff.labels.lexicon import NO_WORDS, Lexicon, lexicon_of
from rowback.diff.labels.names import known_names
from rowback.diff.labels.typeset import typeset
from rowback.diff.words.tokens import is_word
from rowback.text.normalize import comparable
from rowback.told import EditKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rowback.model import Block

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
class Change:
    """What the rules look at: both texts in comparable form and `typeset`, and the tokens that only one of them has."""

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
        return self.has_two_texts and any(map(is_word, (*self.gone, *self.come)))

    @property
    def has_two_texts(self) -> bool:
        """Whether something was there before and is there after."""
        return self.kind not in (EditKind.INSERT, EditKind.DELETE)

    @cached_property
    def amounts(self) -> tuple[Amounts, Amounts]:
        """The figures and dates of both texts."""
        if not any(is_amount(token, self.lexicon) for token in (*self.gone, *self.come)):
            return Amounts(), Amounts()
        return amounts(self.old, self.lexicon), amounts(self.new, self.lexicon)

    @cached_property
    def has_same_letters(self) -> bool:
        """Whether the texts differ in nothing but capitals, spaces and signs."""
        return letters(self.old) == letters(self.new)

    @cached_property
    def has_same_amounts(self) -> bool:
        """Whether they then also say the same figures, each with its sign and its decimals, in the same order."""
        old, new = self.amounts
        return self.has_same_letters and old.order == new.order and old.signs() == new.signs()

    def differs(self, known: frozenset[str]) -> bool:
        """Whether the two texts differ in some of the `known` words."""
        return known_among(self.gone, known) != known_among(self.come, known)


def form(text: str) -> str:
    """A text as rules compare it."""
    return typeset(comparable(text))


def known_among(tokens: Iterable[str], known: frozenset[str]) -> Counter[str]:
    """The known words among tokens. The month May is no hedge; of n'est and l'article each part counts."""
    words = [token.lower() for token in tokens if token != MAY]
    parts = [part for word in words if word not in known and "'" in word for part in word.split("'")]
    return Counter(word for word in (*words, *parts) if word in known)


def letters(text: str) -> str:
    """A text without its capitals, spaces and signs."""
    return _FORM.sub("", text).casefold()
