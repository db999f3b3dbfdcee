"""What pages call the labels of edits, and what they say each means. The extension uses the same words."""

from __future__ import annotations

from rowback.diff.labels.rules import LABELS

_WORDS = {"flapping": "back and forth", "quote": "quotation"}
MEANINGS = {
    "headline": "the headline reads otherwise",
    "addition": "a paragraph was put in",
    "removal": "a paragraph was taken out",
    "rolled-off": "a post or paragraph went on to another page of the same text; nobody took it out",
    "moved": "a paragraph stands elsewhere",
    "correction": "the text now says that something was corrected or updated",
    "figure": "a number, an amount, a percentage",
    "name": "a person, a place, an organisation",
    "date": "a day, a month, a year, a time",
    "negation": "a “not”, “no” or “never” came or went",
    "hedge": "a word that says how sure something is: “may”, “allegedly”, “appears to”",
    "quote": "words between quotation marks",
    "attribution": "who said it, or how: “said” became “claimed”",
    "typo": "a word spelt otherwise",
    "punctuation": "nothing but marks between words",
    "formatting": "nothing but capitals, spaces, hyphens or how a figure is written",
    "rewritten": "hardly a word of the paragraph was kept",
}


def word(name: str) -> str:
    """What a label says to people."""
    return _WORDS.get(name, name.replace("-", " "))


def meaning(name: str) -> str:
    """What a label means, as half a sentence; empty for a name that is none."""
    return MEANINGS.get(name, "")


def is_listed(name: str) -> bool:
    """Whether there are lists of the edits with a label: not for what only a whole history shows."""
    return name in LABELS
