"""What the address of a page says of it: that it is a home page, a list, one of several pages of one, a forum, a shop, a
service. Pure; a hint and no judgement. `extension/content/page/places.js` says the same (`tests/cases/places.json`).
"""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import parse_qsl, urlsplit

import regex

from rowback.text.urls import MAX_PARAMETERS, is_overlong


class AddressKind(StrEnum):
    """What stands at addresses of this shape on many sites."""

    HOME = "home"
    LIST = "list"
    PAGED = "paged"
    FORUM = "forum"
    SHOP = "shop"
    SERVICE = "service"


_WHOLE = r"/(?:{})(?:\.\w{{2,5}})?(?:/|$)"  # one of the words as a whole part of a path, or the name of a file
_HOME = regex.compile(r"/(?:index\.\w+|default\.\w+|home/?|[a-z]{2}(?:[-_][a-z]{2})?/?)?", regex.IGNORECASE)
_PATHS = {
    AddressKind.LIST: regex.compile(
        _WHOLE.format(
            "tags?|topics?|them(?:a|en)|temas?|categor(?:y|ies|ias?|ie|ías?)|kategori(?:e|en|a|er)?|rubri(?:k|ken|que|ques|c|cs)|"
            "etiquetas?|schlagwort|authors?|autor(?:en|es)?|search|suche|recherche|buscar|busca|cerca|zoeken|(?:[\\w-]+-)?results?"
        ),
        regex.IGNORECASE,
    ),
    AddressKind.PAGED: regex.compile(r"/(?:(?:page|seite|pagina|strana|sida)[/_-]?|p)\d{1,5}(?:/|$)", regex.IGNORECASE),
    AddressKind.FORUM: regex.compile(
        r"/(?:forums?|foren|foros?|threads?|boards?|discussions?|viewtopic|viewforum|showthread|showforum|forumdisplay|"
        r"memberlist|messageboard)(?:[/.]|$)|/thread-?\d|/f\d+-|/r/[^/]+/",
        regex.IGNORECASE,
    ),
    AddressKind.SHOP: regex.compile(
        r"/(?:products?|produkte?|produits?|productos?|prodott[oi]|produtos?|termek(?:ek)?|shop|webshop|boutique|tienda|"
        r"cart|basket|warenkorb|checkout|dp|catalog(?:ue)?|sklep|obchod)(?:/|$)|/p/(?:.+/)?\d+/?$",
        regex.IGNORECASE,
    ),
    AddressKind.SERVICE: regex.compile(
        _WHOLE.format(
            "log-?in|sign-?(?:in|up)|register|registration|loginregister|(?:my-?)?account|settings|contact(?:o|-us)?|kontakt|"
            "(?:\\d+-)?about(?:-us)?|ueber-uns|impressum|help|support|helpandsupport|customer-?(?:care|service)|faqs?|careers|"
            "jobs|sitemap|feedback|downloads?"
        ),
        regex.IGNORECASE,
    ),
}
_HOSTS = {AddressKind.FORUM: regex.compile(r"(?:forums?|foro|board|boards|discuss|ask)\.", regex.IGNORECASE)}
_NAMES = {
    **dict.fromkeys("q s query search keyword keywords kws cat category tag".split(), AddressKind.LIST),
    **dict.fromkeys("page paged pagen_1 start offset".split(), AddressKind.PAGED),
    **dict.fromkeys("board forum".split(), AddressKind.FORUM),
}


def places_of(url: str) -> frozenset[AddressKind]:
    """Of each kind of page, whether an address has the shape of its addresses. What is no address has none."""
    if is_overlong(url):
        return frozenset()
    try:
        parts = urlsplit(url)
        found = {place for place, pattern in _PATHS.items() if pattern.search(parts.path)}
        found |= {place for place, pattern in _HOSTS.items() if pattern.match(parts.hostname or "")}
        names = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=MAX_PARAMETERS)
    except ValueError:
        return frozenset()
    found |= {_NAMES[name.lower()] for name, _ in names if name.lower() in _NAMES}
    if _HOME.fullmatch(parts.path or "/") and not parts.query:
        found.add(AddressKind.HOME)
    return frozenset(found)
