"""Whether the canonical address that a page names for itself may be believed: it must be on the page's own host, and must not
drop what tells the page from others. Source: RFC 6596, and what sites do instead.

`extension/background/canonical.js` says the same; the cases are `canonicals` in `tests/cases/urls.json`. That two stories may
claim one address shows only in their texts: see `store/known.py`.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urljoin

import regex

from rowback.errors import BadURL
from rowback.text.paths import is_script, is_unfilled, tells
from rowback.text.urls import PageURL, identify, is_overlong

# Below a path that names a page, sites add much to an address that changes nothing; these choose another page even so.
_CHOOSING = frozenset(
    "id p nid aid pid page paged pg seite pagina story storyid story_id article articleid article_id newsid news_id postid "
    "post_id docid itemid".split()
)
_LANGUAGE = regex.compile(r"[a-z]{2}(?:[-_][a-z]{2})?")
# Words that name sections and front pages; others are believed until two stories claim them.
_SECTIONS = frozenset(
    "news latest headlines home start index main live world local local-news national international politics "
    "business economy finance money opinion comment analysis sport sports culture arts entertainment lifestyle life "
    "health science technology tech travel weather video videos real-estate obituaries features articles stories "
    "posts blog archive startseite nachrichten aktuell lokales regional politik wirtschaft kultur panorama wissen "
    "meinung accueil actualite actualites actu politique economie culture monde portada inicio noticias politica "
    "economia deportes mundo cronaca notizie esportes nieuws nyheter nyheder wiadomosci".split()
)
_NUMBER = regex.compile(r"\d+")


def believable_canonical(page: str, canonical: str | None) -> str | None:
    """The canonical URL that a page names for itself, when it may be believed: see the module. A path
    alone is one on the page's host.

    A wrong `rel=canonical` (to the home page, to a section, to a script without its parameters) would merge strangers.
    """
    there = _named(page, canonical)
    if there is None:
        return None
    here = identify(page)
    return there.link if there.site == here.site and not _is_lesser(here, there) else None


def foreign_canonical(page: str, canonical: str | None) -> str | None:
    """The canonical URL that a page names on another host, which has to say so itself."""
    there = _named(page, canonical)
    return there.link if there is not None and there.site != identify(page).site else None


def _named(page: str, canonical: str | None) -> PageURL | None:
    if not canonical or is_overlong(canonical):
        return None
    try:
        here, there = identify(page), identify(urljoin(page.strip(), canonical.strip()))
    except (BadURL, ValueError):
        return None
    return None if _is_root(there) and not _is_root(here) else there


def _is_root(page: PageURL) -> bool:
    return "/" not in page.key and "?" not in page.key


def _is_lesser(page: PageURL, canonical: PageURL) -> bool:
    """Whether a canonical address names less than the page's own does: a script without what it was told, a section above the
    page, a template that was not filled in."""
    path, query, route = _parts(page)
    its_path, its_query, its_route = _parts(canonical)
    if page.key == canonical.key:
        return False
    if is_unfilled(its_path):
        return True
    is_telling = tells(its_path) or bool(its_query) or bool(its_route)
    dropped = set(query) - set(its_query)
    if path == its_path:
        if route and route != its_route:
            return True
        return (bool(dropped) and not is_telling) or any(_chooses(*pair) for pair in dropped)
    is_below = path.startswith(f"{its_path}/")
    is_untold = bool(dropped or route) and is_script(path) and is_script(its_path)
    return not is_telling and (is_below or is_untold or (_is_section(its_path) and not _is_section(path)))


def _is_section(path: str) -> bool:
    """Whether a path ends like a section's or a front page's in some language."""
    last = path.rpartition("/")[2].lower()
    return last in _SECTIONS or _LANGUAGE.fullmatch(last) is not None


def _chooses(name: str, value: str) -> bool:
    return name.lower() in _CHOOSING and _NUMBER.fullmatch(value) is not None


def _parts(page: PageURL) -> tuple[str, list[tuple[str, str]], str]:
    """Path, parameters and route of a key."""
    rest, _, route = page.key.partition("#")
    place, _, query = rest.partition("?")
    return "/" + place.partition("/")[2], parse_qsl(query, keep_blank_values=True), route
