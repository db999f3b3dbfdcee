"""What pages call the labels of edits, and what they say each means. The extension uses the same words."""

from __future__ import annotations

from rowback.diff.labels.rules import LABELS
from rowback.text.tongue import gettext, in_context, marked, pgettext

_WORDS = {
    "headline": in_context("label", "headline"),
    "addition": in_context("label", "addition"),
    "removal": in_context("label", "removal"),
    "rolled-off": in_context("label", "rolled off"),
    "moved": in_context("label", "moved"),
    "correction": in_context("label", "correction"),
    "figure": in_context("label", "figure"),
    "name": in_context("label", "name"),
    "date": in_context("label", "date"),
    "negation": in_context("label", "negation"),
    "hedge": in_context("label", "hedge"),
    "quote": in_context("label", "quotation"),
    "attribution": in_context("label", "attribution"),
    "typo": in_context("label", "typo"),
    "punctuation": in_context("label", "punctuation"),
    "formatting": in_context("label", "formatting"),
    "rewritten": in_context("label", "rewritten"),
    "restored": in_context("label", "restored"),
    "flapping": in_context("label", "back and forth"),
}
MEANINGS = {
    "headline": marked("the headline reads otherwise"),
    "addition": marked("a paragraph was put in"),
    "removal": marked("a paragraph was taken out"),
    "rolled-off": marked("a post or paragraph went on to another page of the same text; nobody took it out"),
    "moved": marked("a paragraph stands elsewhere"),
    "correction": marked("the text now says that something was corrected or updated"),
    "figure": marked("a number, an amount, a percentage"),
    "name": marked("a person, a place, an organisation"),
    "date": marked("a day, a month, a year, a time"),
    "negation": marked("a “not”, “no” or “never” came or went"),
    "hedge": marked("a word that says how sure something is: “may”, “allegedly”, “appears to”"),
    "quote": marked("words between quotation marks"),
    "attribution": marked("who said it, or how: “said” became “claimed”"),
    "typo": marked("a word spelt otherwise"),
    "punctuation": marked("nothing but marks between words"),
    "formatting": marked("nothing but capitals, spaces, hyphens or how a figure is written"),
    "rewritten": marked("hardly a word of the paragraph was kept"),
}


def word(name: str) -> str:
    """What a label says to people."""
    return pgettext("label", _WORDS.get(name, name.replace("-", " ")))


def meaning(name: str) -> str:
    """What a label means, as half a sentence; empty for a name that is none."""
    return gettext(MEANINGS[name]) if name in MEANINGS else ""


def is_listed(name: str) -> bool:
    """Whether there are lists of the edits with a label: not for what only a whole history shows."""
    return name in LABELS
