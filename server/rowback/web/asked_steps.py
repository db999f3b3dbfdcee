"""Which steps a query of a request asks for: the same on pages, in feeds and in the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.errors import BadInput
from rowback.store.latest import Filters
from rowback.store.search import filters_of
from rowback.text.query import MAX_QUERY_CHARACTERS, parse

if TYPE_CHECKING:
    from rowback.store.view import View
    from rowback.text.query import Query


def read_query(words: str) -> Query:
    """A query of bounded length. Raises `BadInput`."""
    if len(words) > MAX_QUERY_CHARACTERS:
        raise BadInput(f"A search has at most {MAX_QUERY_CHARACTERS} characters.")
    return parse(words)


def wanted_steps(view: View, words: str) -> Filters:
    """The steps that a reader's query lists; all where there is none. Raises `BadInput`."""
    if not words:
        return Filters()
    query = read_query(words)
    view.reviews.check_collections(query.collections)
    return filters_of(query, view.audience.reader)
