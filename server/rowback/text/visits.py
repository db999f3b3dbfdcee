"""Parts of an address that a server writes for one visitor or one visit, never for one article: session ids, and what is to
keep a cache from answering. The cases and sources are `sessions` and `busters` in `tests/cases/tracking.json`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from rowback.text.paths import is_code

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

# Names that programs gave to nothing else.
_SESSIONS = frozenset("phpsessid jsessionid asp.net_sessionid oscsid xtcsid zenid cftoken".split())
_SESSION_PREFIX = "aspsessionid"
# Words that may name an article elsewhere: only with a value that nobody writes by hand.
_LIKELY_SESSIONS = frozenset("sid sessid sessionid session_id session s".split())
MIN_TOKEN = 16  # characters; as web archives have it
_HEX = regex.compile(r"[\da-f]{32}|[\da-f]{40}|[\da-f]{64}", regex.IGNORECASE)
_CFID = "cfid"  # a number, and only beside a `CFTOKEN` ColdFusion's
_BUSTERS = frozenset("_ nocache no_cache no-cache cachebuster cache_buster cache-buster cachebust".split())
_LIKELY_BUSTERS = frozenset("cb rnd rand random ts timestamp t _t _ts zx".split())
# Seconds and milliseconds since 1970, and a random number as programs draw it.
_TIME = regex.compile(r"1[0-9]{9}(?:[0-9]{3})?(?:\.\d+)?|0?\.\d{4,}")
_RANDOM = regex.compile(r"\d{6,}")
MIN_RANDOM = 8  # characters of one with letters
_RANDOMS = frozenset("cb rnd rand random zx".split())
_PATH_PARAMETER = regex.compile(r";(?:jsessionid|phpsessid|sid|sessionid)=[^/;]*+", regex.IGNORECASE)
_COOKIELESS = regex.compile(r"/\((?:X\(1\))?(?:[a-z]\([\w-]{16,}+\))+\)(?=/|$)|/\([a-z\d]{24}\)(?=/)", regex.IGNORECASE)


def is_of_a_visit(name: str, value: str, names: Collection[str]) -> bool:
    """Whether a parameter is a session id or there for caches. `names` are those of the whole query, in lower case."""
    lowered = name.lower()
    if lowered in _SESSIONS or lowered.startswith(_SESSION_PREFIX) or lowered in _BUSTERS:
        return True
    if lowered == _CFID:
        return "cftoken" in names
    if lowered == "s":
        return _HEX.fullmatch(value) is not None
    if lowered in _LIKELY_SESSIONS:
        return is_code(value.replace(",", "").replace("-", ""), MIN_TOKEN) or _HEX.fullmatch(value) is not None
    if lowered in _RANDOMS and (_RANDOM.fullmatch(value) or is_code(value, MIN_RANDOM)):
        return True
    return lowered in _LIKELY_BUSTERS and _TIME.fullmatch(value) is not None


def without_visit(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The parameters of a query that are none of a visit's."""
    names = {name.lower() for name, _ in pairs}
    return [(name, value) for name, value in pairs if not is_of_a_visit(name, value, names)]


def path_without_visit(path: str) -> str:
    """A path without the session id of a servlet (`;jsessionid=`) or of ASP.NET without cookies (`/(S(…))/`)."""
    return _COOKIELESS.sub("", _PATH_PARAMETER.sub("", path)) if ";" in path or "(" in path else path
