"""Lines that offer something else than the article: letters, adverts, cookies. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from rowback.text.lines.offered import OFFERED, Offered
from rowback.text.lines.phrases import hints_at_a_letter
from rowback.text.lines.sorts import Line, Sort
from rowback.text.lines.vocabulary import MARK, WORD, vocabulary
from rowback.text.pieces import length_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rowback.text.lines.vocabulary import Part

MAX_OFFER_WORDS = 30  # of one sentence or two
MAX_SHORT_WORDS = 16  # more of them are an offer only where one says whose
MAX_BARE_WORDS = 12  # of one that does not say whose the letter is
_VERB, _LETTER, _MAIL, _OWN, _FILL = "vnmof"
_FIGURES = regex.compile(r"\d|@|www\.")

COOKIES = (
    r"(?:we|this (?:web)?site|our partners)\b.{0,30}\buses?\s+cookies\b.{0,80}",
    r"(?:accept|manage|reject)\s+(?:all\s+)?cookies\W*",
)
_PASSED = (
    "to|past|the|this|next|content|main|navigation|section|search|links?|advertisement|ads?|and|continue|reading|newsletter|"
    "promotion|video|photos?|gallery|in|after|end|of|related|articles?|stories|story|most|popular|accessibility|help|skip"
)
BELOW = (
    r"(?:(?:story|article|advertisement) continues below|continues? (?:reading )?(?:below|after))\b.{0,50}",
    rf"skip (?:(?:{_PASSED})\b\W*)+",
    r"(?:skip|end of) \p{L}+ (?:post|content|video)\b.{0,50}",
)


def _senses(offered: Offered) -> dict[str, str]:
    return {
        _VERB: offered.verbs,
        _LETTER: offered.letters,
        _MAIL: offered.mails,
        _OWN: offered.own,
        _FILL: offered.fill,
    }


VOCABULARY = vocabulary({language: _senses(offered) for language, offered in OFFERED.items()})


def offer_line(text: str) -> Line | None:
    """What a plain text offers, if that is all that it says. One with an address or a figure is somebody's service."""
    parts = VOCABULARY.parts(text)
    words = [part for part in parts if part.kind == WORD]
    if not words or len(words) > MAX_OFFER_WORDS:
        return None
    if len(words) == len([part for part in parts if part.kind != MARK]):
        for senses in VOCABULARY.languages(words).values():
            has = set("".join(senses))
            if _VERB in senses[0] and has & {_LETTER, _MAIL} and (_LETTER in has or _OWN in has):
                return Line(Sort.OFFER)
    if _FIGURES.search(text):
        return None
    is_long = length_in_words(text) > MAX_SHORT_WORDS
    if any(_is_offered(senses) for senses in _first_known(words)) and (not is_long or hints_at_a_letter(text)):
        return Line(Sort.OFFER, is_open=True)
    return None


def is_letter(text: str) -> bool:
    """Whether a plain text names a paper's letter and says nothing else, as a heading over an offer does."""
    words = [part for part in VOCABULARY.parts(text) if part.kind == WORD]
    return any(_LETTER in "".join(senses) for senses in VOCABULARY.languages(words).values())


def _first_known(words: Sequence[Part]) -> Iterator[list[str]]:
    """The senses of words in each language that knows the first as a verb; of a word it does not know, none."""
    for language, first in VOCABULARY.languages(words[:1]).items():
        if _VERB in first[0]:
            yield [VOCABULARY.languages([word]).get(language, [""])[0] for word in words]


def _is_offered(senses: Sequence[str]) -> bool:
    """Whether an offer is told of that also has words of its own."""
    has = set("".join(senses))
    return _LETTER in has and (_OWN in has or len(senses) <= MAX_BARE_WORDS)
