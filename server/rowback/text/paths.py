"""What a path says: AMP spellings and default pages, which name no other article, and whether it names one page at all. Pure.

`tells` has a twin in `extension/background/canonical.js`; the cases are `canonicals` in `tests/cases/urls.json`.
"""

from __future__ import annotations

from urllib.parse import unquote

import regex

_SLASHES = regex.compile(r"/{2,}")
_DEFAULT_PAGE = regex.compile(r"/(?:index|default)\.(?:s?html?|php|aspx?)$", regex.IGNORECASE)
_AMP_BEFORE = regex.compile(r"(?:/amp|/amp\.html|\.amp|/\.amp)$|\.amp(?=\.html?$)|^/amp(?=/)", regex.IGNORECASE)
# The same within a path ("/news/amp/ferry-sails"), and as Arc and Washington Post ("/amphtml/"), Vox ("/platform/amp/") and
# programs that write files ("ferry-amp" with an ending) spell it.
_AMP = regex.compile(
    r"(?:/amp|/amp\.html|\.amp|/\.amp)$|[.-]amp(?=\.html?$)|^/(?:amphtml|platform/amp)(?=/)|/amp(?=/)", regex.IGNORECASE
)
_EXTENSION = regex.compile(r"\.[a-z]{2,5}$", regex.IGNORECASE)
_SCRIPT = regex.compile(r"\.(?:php\d?|aspx?|jspx?|cgi|cfml?|pl|do|exe|dll|nsf)$", regex.IGNORECASE)
_DATE = regex.compile(r"(?:19|20)\d\d(?:[-_]?\d\d){0,2}|\d{1,2}")
_YEAR = regex.compile(r"(?:19|20)\d\d")
_NUMBER = regex.compile(r"\d{5}")
_BETWEEN = regex.compile(r"[-_+. ]")
MIN_WORDS = 3  # of a headline
MIN_CODE = 8  # characters of a code of letters and digits ("c5y9x0dy8jeo")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]{6}")  # a headline in a script without spaces
_NOUNS = frozenset("article articles story stories artikel articulo artigo noticia nachricht post posts".split())
# What a template leaves in an address when it has no value for it.
_UNFILLED = regex.compile(r"(?:^|/)(?:undefined|null|nan|none|\[object object\])(?:/|$)|[{}<>]|\$\(", regex.IGNORECASE)


def plain_path(path: str) -> str:
    """A path without what is the same article as an AMP page, and without the name of a default page."""
    path = _AMP.sub("", _SLASHES.sub("/", path).rstrip("/"))
    return _DEFAULT_PAGE.sub("", path).rstrip("/")


def former_path(path: str) -> str:
    """The same by the rules under which stores from before know addresses."""
    path = _AMP_BEFORE.sub("", _SLASHES.sub("/", path).rstrip("/"))
    return _DEFAULT_PAGE.sub("", path).rstrip("/")


def tells(path: str) -> bool:
    """Whether a path has the shape of one page's: a number, a code, a headline, a word below a year. What has not may be a
    section, a script or a story with a short name."""
    *before, last = [unquote(part) for part in path.split("/") if part] or [""]
    stem = _EXTENSION.sub("", last)
    if _DATE.fullmatch(stem):
        return bool(before) and before[-1].lower() in _NOUNS
    if any(_YEAR.match(part) for part in before) or (before and before[-1].lower() in _NOUNS):
        return bool(stem)
    return (
        any(pattern.search(stem) for pattern in (_NUMBER, _UNSPACED)) or is_code(stem, MIN_CODE) or _is_headline(stem)
    )


def is_code(text: str, least: int) -> bool:
    """Whether a text is ASCII letters and digits, both of them, and so many."""
    return len(text) >= least and text.isascii() and text.isalnum() and not text.isalpha() and not text.isdigit()


def _is_headline(stem: str) -> bool:
    return sum(any(map(str.isalnum, word)) for word in _BETWEEN.split(stem)) >= MIN_WORDS


def is_script(path: str) -> bool:
    """Whether a path is a program's, which is told by its parameters which page to show, or the site's own."""
    return path in ("", "/") or _SCRIPT.search(path) is not None


def is_unfilled(path: str) -> bool:
    """Whether a template forgot to fill in an address."""
    return _UNFILLED.search(unquote(path)) is not None
