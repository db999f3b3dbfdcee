"""The words of an element's class, id and role, as far as they can name what it is. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_NAMES = 2_000  # characters of an element's class, id and role
SLUG_WORDS = 3  # an id of so many words is made from a heading: `social-housing-on-the-quay`
_NAME = re.compile(r"[A-Z]*[a-z]+|[A-Z]+")  # of names as in "article-body mostRead"
# "no-share", "fig--has-shares", "withComments": what an element has or has not, and not what it is.
_MODIFIER = regex.compile(
    r"(?:(?<![a-z])(?:no|not|non|has|is|with|without)[-_]|"
    r"(?:(?<![A-Za-z])(?:no|has|is|with|without)|(?<=[a-z])(?:No|Has|Is|With|Without))(?=[A-Z])).*"
)
# What WordPress calls an article after its subjects: "category-social", "tag-gallery".
_SUBJECTS = ("category-", "tag-", "format-", "type-", "status-")
# Words that only the id of a part of a page has, and makers of such parts.
PARTS = frozenset(
    """
    addthis area articles back banner bar block body bottom box btn button buttons card cards column container
    content desktop dialog didomi disqus div feed footer form google gpt header inner item items js law lightbox
    link links list main menu message mobile modal module nav news notice onetrust outbrain overlay page panel
    placeholder plugin popup post posts region root row sdk section sharethis sidebar sidebars slot stories
    taboola tabs thread toggle tool toolbar tools top widget window wrap wrapper
    """.split()
)


def words_of(node: HtmlElement) -> frozenset[str]:
    """The words, in lower case."""
    words = _in_classes((node.get("class") or "")[:MAX_NAMES])
    name, role = (node.get("id") or "")[:MAX_NAMES], node.get("role")
    if name and not is_slug(name):
        words |= _in_name(name)
    return words | _in_name(role) if role else words


@lru_cache(maxsize=8_000)  # pages of a site have few different ones
def _in_classes(classes: str) -> frozenset[str]:
    return frozenset[str]().union(*map(_in_class, classes.split()))


@lru_cache(maxsize=8_000)
def _in_class(name: str) -> frozenset[str]:
    return frozenset() if name.startswith(_SUBJECTS) else _in_name(name)


@lru_cache(maxsize=8_000)
def _in_name(name: str) -> frozenset[str]:
    return frozenset(_words(_MODIFIER.sub("", name)))


def read_words(text: str) -> frozenset[str]:
    """The words of a text, as those of names are read."""
    return frozenset(_words(text))


@lru_cache(maxsize=4_096)  # asked twice for each page
def is_slug(name: str) -> bool:
    """Whether an id is made from a heading, and no name."""
    words = _words(name)
    return len(words) >= SLUG_WORDS and not PARTS.intersection(words)


def _words(name: str) -> list[str]:
    return [word.lower() for word in _NAME.findall(name)]
