"""Whether what a front page or a feed calls an article is another headline than the article's own. Pure.

What is cut short, what stands before or behind a headline (a kicker, the paper's name, "Video") and what only leads on ("Read
more") is none, nor is the same in other letters, quotes or hyphens. Where it cannot be told apart from a kicker or a teaser
it is taken for that: a headline that is missed does less harm than an edit that nobody made.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import regex

from rowback.text.plain import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_CHARACTERS = 300  # a longer one is a teaser; the longest real headline measured has 170
MIN_WORDS, MAX_WORDS = 3, 24
MIN_UNSPACED = 7  # letters of a script without spaces
MAX_KICKER_WORDS = 4
_TAG = regex.compile(r"<[^<>]{0,200}>")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_APOSTROPHE = regex.compile(r"(?<=\p{L})['’ʼ`´](?=\p{L})")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
_CUT = ("[…]", "[...]", "…", "...")  # what stands where a headline was cut
_BREAK = regex.compile(r"\s*[|•·/»]\s*|\s+[–—-]+\s+|:\s+|：|\s*[\[\](){}]\s*|\s{2,}|(?<=[\p{L}\p{N}])[.!?]\s+(?=by\b)")
# What is put behind a headline, and what leads on and is none. Words in lower case.
_LABELS = frozenset(
    "video videos live livestream liveblog ticker updated update updates exclusive watch photos pictures gallery "
    "podcast audio analysis opinion comment comments premium plus abo free paid subscribers only min minute minutes "
    "read new now aktualisiert exklusiv bilder fotostrecke kommentar kommentare vidéo direct abonnés réservé "
    "commentaires galería directo suscriptores exclusiva exclusivo ao vivo galeria assinantes commento diretta foto "
    "fotos abbonati".split()
)
_BY = frozenset("by von par por di door av af".split())
_LEADS_ON = regex.compile(
    r"(?:read|learn|see|find out|show|view|watch|listen|continue|click|tap|go to|jump to|skip to|"
    r"more (?:on|from|about)|full story|weiter ?lesen|mehr (?:lesen|dazu|zum)|zum artikel|"
    r"jetzt lesen|lire (?:la suite|plus|aussi)|en savoir plus|voir plus|leer más|seguir leyendo|"
    r"ver más|leggi (?:tutto|anche|di più)|continua a leggere|leia mais|saiba mais|ler mais|"
    r"lees (?:meer|verder)|läs (?:mer|vidare)|les (?:mer|også)|læs mere|lue lisää|"
    r"czytaj (?:więcej|dalej)|číst dál|читать|читайте|devamı|اقرأ|続きを読む|もっと見る|阅读全文|"
    r"閱讀全文|더보기)(?![\p{L}\p{M}])",
    regex.IGNORECASE,
)
_READING_ON = regex.compile(
    r"\b(?:more|full|story|article|here|now|live|gallery|video|coverage|lesen|suite|más)\b", regex.IGNORECASE
)

Words = tuple[str, ...]


def cleaned(told: str) -> str:
    """A headline as a document gives it, without markup that was escaped twice. Empty where it is too long to be one."""
    text = _TAG.sub(" ", html.unescape(told[: 4 * MAX_CHARACTERS]))
    return line(text) if len(text) <= MAX_CHARACTERS else ""


def is_another(told: str, own: Iterable[str]) -> bool:
    """Whether `told` is a headline, and none of the article's `own`, which it had at any time."""
    if not _is_headline(told):
        return False
    return all(not _is_same(told, each) for each in own if each.strip())


def _is_headline(told: str) -> bool:
    words = _words(told.replace("&", " "))
    if _UNSPACED.search(told):
        return len("".join(words)) >= MIN_UNSPACED and not _LEADS_ON.match(told)
    if not MIN_WORDS <= len(words) <= MAX_WORDS:
        return False
    leads_on = _LEADS_ON.match(told) is not None and (len(words) <= MAX_KICKER_WORDS or _READING_ON.search(told[:40]))
    return not leads_on


def _is_same(told: str, own: str) -> bool:
    (told, told_is_cut), (own, own_is_cut) = _uncut(told), _uncut(own)
    is_cut, forms = told_is_cut or own_is_cut, [*_forms(told)]
    return any(_is_alike(one, other, is_cut=is_cut) for one in forms for other in _forms(own))


def _uncut(headline: str) -> tuple[str, bool]:
    """A headline without the mark at which it was cut, and whether it had one."""
    headline = headline.rstrip()
    mark = next((each for each in _CUT if headline.endswith(each)), "")
    return headline.removesuffix(mark).rstrip(), bool(mark)


def _forms(text: str) -> Iterator[Words]:
    """The words of a headline: all, and without what is parted from it at its beginning, at its end, or at both."""
    parts = [words for part in _BREAK.split(text) if part and (words := _words(part))]
    for start in range(min(len(parts), 3)):
        for end in range(len(parts), max(start, len(parts) - 3), -1):
            before = sum(map(len, parts[:start]))
            behind = sum(map(len, parts[end:]))
            found = tuple(word for part in parts[start:end] for word in part)
            if (
                found
                and before <= MAX_KICKER_WORDS
                and behind <= MAX_KICKER_WORDS
                and len(found) >= min(MIN_WORDS, before + 1)
            ):
                yield found


def _is_alike(told: Words, own: Words, *, is_cut: bool) -> bool:
    one, other = "".join(told), "".join(own)
    if one == other or own[: len(told)] == told or (is_cut and (other.startswith(one) or one.startswith(other))):
        return True
    if told[-len(own) :] == own or own[-len(told) :] == told:
        return abs(len(told) - len(own)) <= MAX_KICKER_WORDS
    rest = told[len(own) :] if told[: len(own)] == own else ()
    return bool(rest) and (rest[0] in _BY or all(word in _LABELS or word.isdigit() for word in rest))


def _words(text: str) -> Words:
    return tuple(_WORD.findall(_APOSTROPHE.sub("", text.replace("&", " and ")).casefold()))
