"""Canonical URLs: which addresses lead to the same article.

`identify` gives two strings: `link`, the address as a person would open it, without tracking; and `key`, equal for
all addresses of one article. w3lib does the RFC 3986 part (case, dot segments, escapes, query order, IDN); what news
sites add on top is ours: hosts, AMP and default pages here (cases in `tests/cases/urls.json`), tracking in `tracking.py`
(a case for every name in `tests/cases/tracking.json`).
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

import regex
from tld import get_tld, is_tld
from w3lib.url import canonicalize_url

from rowback.errors import BadURL
from rowback.text.tracking import is_tracking

MAX_URL_LENGTH = 4096  # characters; longer than any article's address, shorter than a memory problem
DEFAULT_PORTS = {"http": 80, "https": 443}

# The same article as an AMP page.
AMP_PARAMETERS = frozenset({"amp", "outputtype", "usqp", "amp_js_v", "amp_gsa", "amp_ct"})
SITE_PREFIXES = ("www.", "m.", "mobile.", "amp.")
_DEFAULT_PAGE = regex.compile(r"/(?:index|default)\.(?:s?html?|php|aspx?)$", regex.IGNORECASE)
_AMP_PATH = regex.compile(r"(?:/amp|/amp\.html|\.amp|/\.amp)$|\.amp(?=\.html?$)|^/amp(?=/)", regex.IGNORECASE)
_GOOGLE_AMP = regex.compile(r"^/amp/(?:s/)?(?P<rest>[^/]+\..+)$")
# After IDN encoding: labels of a name, or an IPv6 address. Underscores are no host names, but exist.
_HOST = regex.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|[0-9a-f:.]*:[0-9a-f:.]+")
_AMP_CACHE = regex.compile(r"^/[a-z]/(?:s/)?(?P<rest>[^/]+\..+)$")


@dataclass(frozen=True, slots=True)
class PageURL:
    """One address. `link` opens the page; `key` is the article's identity; `port` is None where it is the scheme's own."""

    link: str
    key: str
    host: str
    port: int | None


@lru_cache(maxsize=4096)
def identify(url: str) -> PageURL:
    """Read an http(s) URL. Raises `BadURL`, saying what is wrong, for anything that is no address of a page."""
    scheme, host, port, path, query = _split(_without_amp_cache(_checked(url)))
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not is_tracking(name, value)]
    link = urlunsplit((scheme, _netloc(host, port), path or "/", urlencode(kept), ""))
    plain = [(name, value) for name, value in kept if not _is_amp(name, value)]
    key = urlunsplit(("", _netloc(_site_host(host), port), _plain_path(path), urlencode(plain), "")).removeprefix("//")
    return PageURL(link, key, host, port)


def believable_canonical(page: str, canonical: str | None) -> str | None:
    """The canonical URL that a page names for itself, when it may be believed: same site, and not just the site's root.

    A wrong `rel=canonical` (to the home page, to another site) would merge strangers. Source: RFC 6596.
    """
    if not canonical:
        return None
    try:
        here, there = identify(page), identify(canonical)
    except BadURL:
        return None
    if site_of(here.host) != site_of(there.host) or here.port != there.port:
        return None
    if _is_root(there) and not _is_root(here):
        return None
    return there.link


def is_root(url: str) -> bool:
    """Whether an address is a site's own. Raises `BadURL`."""
    return _is_root(identify(url))


@lru_cache(maxsize=4096)
def site_of(host: str) -> str:
    """The registrable domain by the Public Suffix List; the host itself where the list knows none."""
    found = get_tld(f"http://{host}", as_object=True, fail_silently=True)
    if found is not None and not isinstance(found, str):
        return str(found.fld)
    return _site_host(host)


def _checked(url: str) -> str:
    url = url.strip()
    if not url:
        raise BadURL("The address is empty.")
    if len(url) > MAX_URL_LENGTH:
        raise BadURL(f"The address is longer than {MAX_URL_LENGTH} characters.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadURL(f"Not the address of a web page: {error}.") from error
    if parts.scheme.lower() not in DEFAULT_PORTS:
        raise BadURL("Only http:// and https:// addresses are articles.")
    if not parts.hostname or any(char.isspace() or ord(char) < 0x20 for char in parts.netloc) or port == 0:
        raise BadURL("The address has no host.")
    return url


def _split(url: str) -> tuple[str, str, int | None, str, str]:
    """Scheme, host, port (None when it is the scheme's own), path, query of an address in normal form."""
    try:
        parts = urlsplit(canonicalize_url(url))
        host = (parts.hostname or "").rstrip(".")
        port = parts.port
    except ValueError as error:
        raise BadURL(f"Not the address of a web page: {error}.") from error
    if not _HOST.fullmatch(host):
        raise BadURL("The address has no host that could exist.")
    return parts.scheme, host, None if port == DEFAULT_PORTS[parts.scheme] else port, parts.path, parts.query


def _without_amp_cache(url: str) -> str:
    """The publisher's address behind `google.com/amp/s/…` and `….cdn.ampproject.org/c/s/…`."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if host.startswith(("www.google.", "google.")):
        found = _GOOGLE_AMP.match(parts.path)
    elif host.endswith("cdn.ampproject.org"):
        found = _AMP_CACHE.match(parts.path)
    else:
        return url
    if found is None:
        return url
    return f"https://{unquote(found['rest'])}" + (f"?{parts.query}" if parts.query else "")


def _is_amp(name: str, value: str) -> bool:
    lowered = name.lower()
    return lowered in AMP_PARAMETERS and (lowered != "outputtype" or value.lower() == "amp")


def _netloc(host: str, port: int | None) -> str:
    shown = f"[{host}]" if ":" in host else host
    return shown if port is None else f"{shown}:{port}"


def _site_host(host: str) -> str:
    """The host without `www.`, `m.` and the like, as long as a name that someone can own is left."""
    if _is_address(host):
        return host
    while host.startswith(SITE_PREFIXES):
        rest = host.split(".", 1)[1]
        if "." not in rest or is_tld(rest):
            break
        host = rest
    return host


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _plain_path(path: str) -> str:
    path = regex.sub(r"/{2,}", "/", path)
    path = _AMP_PATH.sub("", path.rstrip("/"))
    path = _DEFAULT_PAGE.sub("", path)
    return path.rstrip("/")


def _is_root(page: PageURL) -> bool:
    return "/" not in page.key and "?" not in page.key
