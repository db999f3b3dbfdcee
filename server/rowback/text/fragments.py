"""Fragments that name a page: of sites that are one program in the browser. All others name a place on the page. Pure."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, unquote, urlencode

import regex

from rowback.text.paths import tells
from rowback.text.tracking import is_tracking

# The query in which crawlers asked for such a page: Google's AJAX crawling scheme (2009–2015).
ESCAPED = "_escaped_fragment_"
_BANG = regex.compile(r"!.*[^\W_]", regex.DOTALL)  # "#!" alone is a link that does nothing
_SLASH = regex.compile(r"/[^/?]++/[^/?]")  # "#/comments" is a place, "#/story/5" a page
_SAFE = "!$&'()*+,;=:@/?~%"


def route_of(fragment: str, path: str) -> str:
    """What of a fragment tells pages apart, without its `#`; empty for most. `path` is the address's: below one that names a
    page by itself, only `#!` names another."""
    if not (_BANG.match(fragment) or (_SLASH.match(fragment) and not tells(path))):
        return ""
    place, _, query = fragment.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not is_tracking(name, value)]
    told = quote(unquote(place).rstrip("/"), safe=_SAFE.replace("%", "").replace("?", ""))
    return f"{told}?{urlencode(kept)}" if kept else told
