"""Editors' notes and corrections: never furniture, wherever they stand. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from rowback.text.lines.line import is_line

if TYPE_CHECKING:
    from rowback.text.pieces import Piece

MIN_NOTE_WORDS = 4
MAX_NOTE_WORDS = 150  # a longer correction is the article's own text

_NOTE_WORDS = (
    r"corrections?(?:\s+(?:and|&)\s+clarifications?)?|clarifications?|(?:an?\s+)?editor[’']?s?[’']?\s+note|updated?|retraction|"
    r"note from the editors?|berichtigung|korrektur|(?:anmerkung|hinweis) der redaktion|richtigstellung|rectificatif|"
    r"correctif|note de la rédaction|mise à jour|corrección|fe de errores|nota del editor|rettifica|errata|"
    r"correctie|rectificatie|rättelse|rettelse|oikaisu|sprostowanie|oprava"
)
_NOTE = regex.compile(
    rf"\W*(?:{_NOTE_WORDS})\b[^:\n]{{0,60}}[:–—-]|"
    r"\W*(?:this|an earlier version of this|a previous version of this)\s+(?:article|story|post|piece|headline|report|page)\b"
    r".{0,80}\b(?:amended|corrected|updated|clarified|misstated|incorrectly|wrongly|erroneously|removed|retracted)\b",
    regex.IGNORECASE,
)
_NOTE_NAMES = frozenset(
    {"correction", "corrections", "clarification", "editorsnote", "errata", "amendment", "retraction"}
)


def is_note(piece: Piece) -> bool:
    """Whether a piece is an editors' note or a correction."""
    if not MIN_NOTE_WORDS <= piece.words <= MAX_NOTE_WORDS or piece.links > 0.5:
        return False
    is_named = is_note_text(piece.text) or any(element.words & _NOTE_NAMES for element in piece.around[-3:])
    return is_named and not is_line(piece.text)


def is_note_text(text: str) -> bool:
    """Whether a text begins as editors' notes and corrections do."""
    return _NOTE.match(text) is not None
