"""Finds what a template says to people past the catalogues: words between its tags, in attributes that are read out or shown,
and in strings of its expressions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import Environment

if TYPE_CHECKING:
    from collections.abc import Iterator

SAYS = frozenset({"_", "gettext", "ngettext", "pgettext"})
REL = "noreferrer external"  # what links say to browsers
TYPED = frozenset({"code", "key"})
GAP = "\x00"  # stands for what an expression writes
# Names, formats, marks and paths that are the same in every language; what is typed, too.
SAME = re.compile(
    r"\b(?:Rowback|Atom|RSS|JSON|Feed|TimeMap|UTC|https|Tab|Alt|Shift|Control|Option|Prometheus)\b|^/[a-z]+$"
)
_TYPED = re.compile(r"<(code|kbd|pre)\b[^>]*>.*?</\1>|<style.*?</style>", re.DOTALL)
_SHOWN = re.compile(r"\b(?:aria-label|title|placeholder|alt)=\"([^\"]*)\"")
_TAG = re.compile(r"<[^>]*>|\b[a-z-]+=\"[^\"]*\"")  # or an attribute that a macro writes
_LETTERS = re.compile(r"[^\W\d_]{2,}")
# A string of an expression that is said: it has words with a space between, or begins with a capital.
_SENTENCE = re.compile(r"[A-Za-z]+,? [a-z]|^ ?[a-z]+ $|^[A-Z][a-z]+$")


def bare(source: str) -> list[str]:
    """What a template says by itself."""
    tokens = list(Environment(extensions=["jinja2.ext.i18n"], autoescape=True).lex(source))
    return [*_between_tags("".join(_markup(tokens))), *_in_expressions(tokens)]


def _markup(tokens: list[tuple[int, str, str]]) -> Iterator[str]:
    """The template's own text, with a gap for each expression; of statements only those count that hold translations."""
    is_translated, statement = False, ""
    for _, kind, value in tokens:
        if kind == "block_begin":
            statement = ""
        elif kind == "name" and not statement:
            statement = value
        elif kind == "block_end":
            is_translated = statement == "trans" or (is_translated and statement != "endtrans")
        elif kind == "variable_end":
            yield GAP
        elif kind == "data" and not is_translated:
            yield value


def _between_tags(markup: str) -> Iterator[str]:
    markup = _TYPED.sub(GAP, markup)
    for text in (*_SHOWN.findall(markup), *_TAG.split(markup)):
        left = SAME.sub("", text.replace("&amp;", ""))
        if _LETTERS.search(left):
            yield " ".join(text.replace(GAP, "{}").split())


def _in_expressions(tokens: list[tuple[int, str, str]]) -> Iterator[str]:
    """Strings that stand in no call of a function that translates."""
    depth, said_at = 0, [0]
    kept = [(kind, value) for _, kind, value in tokens if kind != "whitespace"]
    for place, (kind, value) in enumerate(kept):
        if kind == "operator" and value == "(":
            depth += 1
            if kept[place - 1][1] in SAYS | TYPED:
                said_at.append(depth)
        elif kind == "operator" and value == ")":
            if said_at[-1] == depth and depth:
                said_at.pop()
            depth -= 1
        elif kind == "string" and not said_at[-1] and value[1:-1] != REL and _SENTENCE.search(value[1:-1]):
            yield value[1:-1]
