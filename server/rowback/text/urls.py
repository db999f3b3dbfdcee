"""Canonical URLs: which addresses lead to the same article.

`identify` gives two strings: `link`, the address as a person would open it, without tracking; and `key`, equal for
all addresses of one article. w3lib does the RFC 3986 part (case, dot segments, escapes, query order, IDN); what news
sites add on top is ours: AMP and default pages here, hosts in `hosts.py` (cases in `tests/cases/urls.json`), tracking in
`tracking.py` (a case for every name in `tests/cases/tracking.json`). No address is ever another host's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import regex
from tld import get_tld
from w3lib.url import canonicalize_url

from rowback.errors import BadURL
from rowback.text.hosts import behind_viewer, in_ascii, site_host
from rowback.text.tracking import is_tracking

MAX_URL_LENGTH = 4096  # characters; longer than any article's address, shorter than a memory problem
MAX_HOST_LENGTH = 300  # with user and port; names have at most 253 (RFC 1035). Each is looked at letter by letter
MAX_PARAMETERS = 200  # the most in a link of a real page are 12
DEFAULT_PORTS = {"http": 80, "https": 443}

# The same article as an AMP page.
AMP_PARAMETERS = frozenset({"amp", "outputtype", "usqp", "amp_js_v", "amp_gsa", "amp_ct"})
_SLASHES = regex.compile(r"/{2,}")
_DEFAULT_PAGE = regex.compile(r"/(?:index|default)\.(?:s?html?|php|aspx?)$", regex.IGNORECASE)
_AMP_PATH = regex.compile(r"(?:/amp|/amp\.html|\.amp|/\.amp)$|\.amp(?=\.html?$)|^/amp(?=/)", regex.IGNORECASE)
# After IDN encoding: labels of a name, or an IPv6 address. Underscores are no host names, but exist.
_HOST = regex.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|[0-9a-f.]*+:[0-9a-f:.]++")
_LONG_HOST = regex.compile(rf"[\x00- ]*+(?:[a-z][a-z\d+.-]*+:)?//[^/?#]{{{MAX_HOST_LENGTH + 1}}}", regex.IGNORECASE)
_IGNORED = str.maketrans("", "", "\t\r\n")  # in addresses, as `urlsplit` and browsers do


@dataclass(frozen=True, slots=True)
class PageURL:
    """One address. `link` opens the page; `key` is the article's identity; `port` is None where it is the scheme's own."""

    link: str
    key: str
    host: str
    port: int | None

    @property
    def site(self) -> str:
        """Whose address it is: the host without what names a device, and the port."""
        return self.key.partition("/")[0].partition("?")[0]


@lru_cache(maxsize=4096)
def identify(url: str) -> PageURL:
    """Read an http(s) URL. Raises `BadURL`, saying what is wrong, for anything that is no address of a page."""
    scheme, host, port, path, query = _split(_checked(url))
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not is_tracking(name, value)]
    link = urlunsplit((scheme, _netloc(host, port), path or "/", urlencode(kept), ""))
    plain = [(name, value) for name, value in kept if not _is_amp(name, value)]
    key = urlunsplit(("", _netloc(site_host(host), port), _plain_path(path), urlencode(plain), "")).removeprefix("//")
    return PageURL(link, key, host, port)


def identify_asked(url: str) -> PageURL:
    """The address that is meant when an article is asked for: of a page in an AMP viewer, the publisher's. Never for what was
    read there. Raises `BadURL`."""
    shown = behind_viewer(_checked(url))
    return identify(shown)


def believable_canonical(page: str, canonical: str | None) -> str | None:
    """The canonical URL that a page names for itself, when it may be believed: on its own host, and not just the root of it.

    A wrong `rel=canonical` (to the home page, to another host) would merge strangers. Source: RFC 6596.
    """
    there = _named(page, canonical)
    return there.link if there is not None and there.site == identify(page).site else None


def foreign_canonical(page: str, canonical: str | None) -> str | None:
    """The canonical URL that a page names on another host, which has to say so itself."""
    there = _named(page, canonical)
    return there.link if there is not None and there.site != identify(page).site else None


def _named(page: str, canonical: str | None) -> PageURL | None:
    if not canonical:
        return None
    try:
        here, there = identify(page), identify(canonical)
    except BadURL:
        return None
    return None if _is_root(there) and not _is_root(here) else there


def is_root(url: str) -> bool:
    """Whether an address is a site's own. Raises `BadURL`."""
    return _is_root(identify(url))


@lru_cache(maxsize=4096)
def site_of(host: str) -> str:
    """The registrable domain by the Public Suffix List; the host itself where the list knows none."""
    found = get_tld(f"http://{host}", as_object=True, fail_silently=True)
    if found is not None and not isinstance(found, str):
        return str(found.fld)
    return site_host(host)


def is_overlong(url: str) -> bool:
    """Whether an address, in full or as a link has it, is longer than any of an article, as a whole or in its parts.

    To be asked before anything else looks at what a page or a feed calls an address.
    """
    if len(url) > MAX_URL_LENGTH or url.count("&") > MAX_PARAMETERS:
        return True
    return _LONG_HOST.match(url.translate(_IGNORED)) is not None


def _checked(url: str) -> str:
    url = url.strip()
    if not url:
        raise BadURL("The address is empty.")
    if len(url) > MAX_URL_LENGTH:
        raise BadURL(f"The address is longer than {MAX_URL_LENGTH} characters.")
    if is_overlong(url):
        raise BadURL("The address has a longer host or more parameters than any that could exist.")
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
        parts = urlsplit(canonicalize_url(in_ascii(url)))
        host = (parts.hostname or "").rstrip(".")
        port = parts.port
    except ValueError as error:
        raise BadURL(f"Not the address of a web page: {error}.") from error
    if not _HOST.fullmatch(host):
        raise BadURL("The address has no host that could exist.")
    return parts.scheme, host, None if port == DEFAULT_PORTS[parts.scheme] else port, parts.path, parts.query


def _is_amp(name: str, value: str) -> bool:
    lowered = name.lower()
    return lowered in AMP_PARAMETERS and (lowered != "outputtype" or value.lower() == "amp")


def _netloc(host: str, port: int | None) -> str:
    shown = f"[{host}]" if ":" in host else host
    return shown if port is None else f"{shown}:{port}"


def _plain_path(path: str) -> str:
    path = _SLASHES.sub("/", path)
    path = _AMP_PATH.sub("", path.rstrip("/"))
    path = _DEFAULT_PAGE.sub("", path)
    return path.rstrip("/")


def _is_root(page: PageURL) -> bool:
    return "/" not in page.key and "?" not in page.key
