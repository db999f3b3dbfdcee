"""Text from elsewhere as it may stand in a line of ours: on a terminal, in a log, in a list.

A terminal obeys control characters (ECMA-48), and shows what follows a bidirectional control in another order (UAX #9): a
title could clear the screen, or read as another one.
"""

from __future__ import annotations

import json

import regex

MAX_LINE_CHARACTERS = 200  # of a title, name or reason in a list
_BREAKS = regex.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# C0 without tab and line feed, delete, C1; the marks, embeddings, overrides and isolates of UAX #9, and the forerunners of
# these that Unicode deprecates; what is no character, which XML cannot hold.
OBEYED = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ufffe\uffff"
_OBEYED = regex.compile(f"[{OBEYED}]")
_HALVES = regex.compile(r"[\ud800-\udfff]")  # of characters: no encoding has them
_ESCAPED_IN_JSON = regex.compile(f"[{OBEYED}\u2028\u2029\ud800-\udfff]")
_NOT_ASCII = regex.compile(r"[^\x00-\x7e]")
_SPACES = regex.compile(r"\s+")


def visible(text: str) -> str:
    """The text without what a terminal obeys. Line breaks, as line feeds, and tabs stay; half a character is U+FFFD."""
    return _HALVES.sub("\ufffd", _OBEYED.sub("", _BREAKS.sub("\n", text)))


def line(text: str, most: int = MAX_LINE_CHARACTERS) -> str:
    """The same in one line of at most so many characters; a longer one ends with an ellipsis."""
    one = _SPACES.sub(" ", visible(text[: 8 * most])).strip()  # what is cut off need not be read
    return one if len(one) <= most else f"{one[: most - 1].rstrip()}…"


def is_whole(text: str) -> bool:
    """Whether a text has whole characters only: halves come from JSON, and from bytes that are no text."""
    return not _HALVES.search(text)


def in_json(text: str, *, ascii_only: bool = False) -> str:
    """A JSON text in which what a terminal obeys, or all but ASCII, is escaped: it says the same (RFC 8259, section 7)."""
    return (_NOT_ASCII if ascii_only else _ESCAPED_IN_JSON).sub(lambda found: json.dumps(found[0])[1:-1], text)
