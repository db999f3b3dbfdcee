"""What an address that is to be followed holds: an article, or what leads to articles. One rule for every way to follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.apart.lanes import INCOMING
from rowback.capture.feed_documents import GZIP, MAX_DOCUMENT_BYTES, read
from rowback.deferred import DeferredFunction
from rowback.errors import NotAnArticle
from rowback.model import Reason
from rowback.store.feeds import FeedKind
from rowback.text.fronts import WORDS_PER_LINK, has_place
from rowback.text.pieces import length_in_words
from rowback.text.urls import is_root

if TYPE_CHECKING:
    from rowback.capture.feed_documents import Named
    from rowback.capture.fetch import Answer
    from rowback.text.extract import extract
else:
    extract = DeferredFunction("rowback.text.extract", "extract")


def named_in(answer: Answer) -> Named:
    """What a document names, whichever of the kinds it is. Raises `BadInput` for none of them, `TooLarge`,
    `PageTooCostly`."""
    weight = MAX_DOCUMENT_BYTES if answer.body.startswith(GZIP) else len(answer.body)
    return INCOMING.run(weight, read, answer.body, answer.url, answer.headers.get("content-type", ""))


def leads_on(named: Named, answer: Answer) -> bool | None:
    """Whether a document is a feed, a sitemap, or the front page of a site or a section; False for an article, None for a
    page of which neither is sure. Raises `TooLarge`, `PageTooCostly`."""
    if named.kind is not FeedKind.FRONT or is_root(answer.url):
        return True
    try:
        text = answer.text()
        found = INCOMING.run(len(text), extract, text, answer.url)
    except NotAnArticle as error:
        return True if error.reason == Reason.FRONT else None
    if found.taken_for is Reason.FRONT:
        return True
    if found.is_article or not has_place(answer.url):
        return False
    words = sum(length_in_words(block.text) for block in found.content.blocks)
    return found.is_front or (None if words < WORDS_PER_LINK * len(named.entries) else False)
