"""What an XML or HTML document is, told by its root element: whatever stands before it, and under any prefix. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import regex

FEEDS = frozenset({"rss", "feed", "rdf"})
SITEMAPS = frozenset({"urlset", "sitemapindex"})
_LISTS = FEEDS | SITEMAPS | {"opml"}
_SUBSET = r"\[(?P<subset>(?:<!--.*?-->|<\?.*?\?>|\"[^\"]*+\"|'[^']*+'|<(?!!--|\?)|[^\]\"'<])*+)\]\s*+"
_DOCTYPE = rf"<!DOCTYPE\s++(?P<doctype>[^\s>\[]++)(?:\"[^\"]*+\"|'[^']*+'|[^>\[\"'])*+(?:{_SUBSET})?+>"
# XML 1.0, section 2.8: all that may stand before the root element; blank lines also where they may not.
_PROLOG = regex.compile(
    rf"[\s\ufeff]*+(?P<declared>(?=<\?xml\s))?(?:[\s\ufeff]++|<\?.*?\?>|<!--.*?-->|{_DOCTYPE})*+",
    regex.DOTALL | regex.IGNORECASE,
)
_ROOT = regex.compile(r"<(?:[\w.-]++:)?(?P<name>[\w.-]++)")
_ENTITY = regex.compile(r"<!ENTITY\s++(?P<name>[\w.-]++)\s")
_HTML_TYPE = regex.compile(r"\s*+<!doctype\s++html\b", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Root:
    """The root element of a document: its name without prefix, in lower case, and where it begins; the entities that are
    declared before it; whether the document says that it is XML. Without a name there is none at the beginning."""

    name: str
    place: int
    entities: frozenset[str] = frozenset()
    is_declared: bool = False


def root_of(text: str) -> Root:
    """The root element of a document."""
    prolog = _PROLOG.match(text)
    if prolog is None:
        return Root("", 0)
    is_declared = prolog["declared"] is not None
    if _HTML_TYPE.match(text, prolog.end()) or (prolog["doctype"] or "").lower() == "html":
        return Root("html", prolog.end(), is_declared=is_declared)
    found = _ROOT.match(text, prolog.end())
    if found is None:
        return Root("", prolog.end(), is_declared=is_declared)
    entities = frozenset(_ENTITY.findall(prolog["subset"] or ""))
    return Root(found["name"].lower(), prolog.end(), entities, is_declared)


def is_other_xml(text: str, *, is_xml: bool = False) -> bool:
    """Whether a document is XML and no web page: a feed, a sitemap, a list of feeds, a picture, or anything else whose root
    element is another than `html`. `is_xml`: its server says that it is XML."""
    root = root_of(text)
    if root.name in ("", "html"):
        return False
    return is_xml or root.is_declared or root.name in _LISTS
