"""Canonical URLs: which addresses lead to the same article.

`identify` gives `link`, the address as a person would open it, without tracking; and `key`, equal for all addresses of one
article. w3lib does the RFC 3986 part (case, dot segments, escapes, query order, IDN); what news sites add on top is ours:
paths in `paths.py`, pages behind a fragment in `fragments.py`, hosts in `hosts.py` (cases in `tests/cases/urls.json`);
tracking in `tracking.py` and what a server writes for one visit in `visits.py` (a case for every name in
`tests/cases/tracking.json`).
No address is ever another host's.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import regex
from tld import get_tld
from w3lib.url import canonicalize_url

from rowback.errors import BadURL
from rowback.text.archived import own_address
from rowback.text.fragments import ESCAPED, route_of
from rowback.text.hosts import behind_viewer, in_ascii, is_blog_of_google, site_host
from rowback.text.paths import former_path, is_script, plain_path
from rowback.text.tracking import AMBIGUOUS_PARAMETERS, is_tracking, was_tracking
from rowback.text.visits import path_without_visit, without_visit

MAX_URL_LENGTH = 4096  # characters; longer than any article's address, shorter than a memory problem
MAX_HOST_LENGTH = 300  # with user and port; names have at most 253 (RFC 1035). Each is looked at letter by letter
MAX_PARAMETERS = 200  # the most in a link of a real page are 12
DEFAULT_PORTS = {"http": 80, "https": 443}

# The same article as an AMP page.
AMP_PARAMETERS = frozenset({"amp", "outputtype", "usqp", "amp_js_v", "amp_gsa", "amp_ct"})
_NEWER_AMP = frozenset({"noamp", "nonamp", "_amp", "amp_markup"})
_AMP_VIEWS = frozenset({"view", "output", "layout", "template", "service"})  # with the value "amp"
_ESCAPES = regex.compile(r"(?:%[89A-F][\dA-F])++")  # of bytes outside ASCII
_PRINTABLE = "".join(chr(code) for code in range(0x21, 0x7F))
# After IDN encoding: labels of a name, or an IPv6 address. Underscores are no host names, but exist.
_HOST = regex.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|[0-9a-f.]*+:[0-9a-f:.]++")
_LONG_HOST = regex.compile(rf"[\x00- ]*+(?:[a-z][a-z\d+.-]*+:)?//[^/?#]{{{MAX_HOST_LENGTH + 1}}}", regex.IGNORECASE)
_IGNORED = str.maketrans("", "", "\t\r\n")  # in addresses, as `urlsplit` and browsers do


@dataclass(frozen=True, slots=True)
class PageURL:
    """One address. `link` opens the page; `key` is the article's identity; `port` is None where it is the scheme's own.

    `former` is the key by the rules under which stores from before know addresses. It tells more addresses apart, so that two
    articles that have one `key` by mistake can be told by it.
    """

    link: str
    key: str
    host: str
    port: int | None
    former: str = field(compare=False)

    @property
    def keys(self) -> tuple[str, ...]:
        """What leads to the article, the closest first."""
        return (self.key,) if self.former == self.key else (self.former, self.key)

    @property
    def site(self) -> str:
        """Whose address it is: the host without what names a device, and the port."""
        return self.key.partition("/")[0].partition("?")[0]

    @property
    def is_routed(self) -> bool:
        """Whether only a browser that runs the site's program can open it: its fragment names the page."""
        return "#" in self.link


@lru_cache(maxsize=4096)
def identify(url: str) -> PageURL:
    """Read an http(s) URL. Raises `BadURL`, saying what is wrong, for anything that is no address of a page."""
    scheme, host, port, path, query, fragment = _split(_checked(url))
    pairs = parse_qsl(query, keep_blank_values=True)
    route = route_of(next((f"!{value}" for name, value in pairs if name == ESCAPED and value), fragment), path)
    own_path, kept = path_without_visit(path), _kept(pairs, path)
    link = urlunsplit((scheme, _netloc(host, port), own_path or "/", urlencode(kept), route))
    plain = [(name, value) for name, value in kept if not _is_amp(name, value, host, path)]
    place = _netloc(site_host(host), port)
    key = _key(place, _composed(plain_path(own_path)), _composed(urlencode(plain)), _composed(route))
    before = [(name, value) for name, value in pairs if not was_tracking(name, value) and not _was_amp(name, value)]
    return PageURL(link, key, host, port, _key(place, former_path(path), urlencode(before)))


def _kept(pairs: list[tuple[str, str]], path: str) -> list[tuple[str, str]]:
    """The parameters that may tell pages apart. A short word that mostly is tracking may be all that tells a script's."""
    own = [(name, value) for name, value in without_visit(pairs) if name != ESCAPED]
    kept = [(name, value) for name, value in own if not is_tracking(name, value)]
    if kept or not is_script(path) or plain_path(path) != path.rstrip("/") or not path.strip("/"):
        return kept
    return [(name, value) for name, value in own if name.lower() in AMBIGUOUS_PARAMETERS]


def identify_asked(url: str) -> PageURL:
    """The address that is meant when an article is asked for: of a page in an AMP viewer or a web archive, the publisher's.
    Never for what was read there. Raises `BadURL`."""
    return identify(asked_address(_checked(url)))


def asked_address(url: str) -> str:
    """The publisher's address of a page in an AMP viewer or a web archive; any other as it is."""
    return behind_viewer(own_address(url))


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
    if len(url) <= min(MAX_HOST_LENGTH, MAX_PARAMETERS):  # nothing in it can be too long
        return False
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


def _split(url: str) -> tuple[str, str, int | None, str, str, str]:
    """Scheme, host, port (None when it is the scheme's own), path, query of an address in normal form; and its fragment."""
    try:
        parts = urlsplit(canonicalize_url(in_ascii(url)))
        fragment = urlsplit(url).fragment
        host = (parts.hostname or "").rstrip(".")
        port = parts.port
    except ValueError as error:
        raise BadURL(f"Not the address of a web page: {error}.") from error
    if not _HOST.fullmatch(host):
        raise BadURL("The address has no host that could exist.")
    return parts.scheme, host, None if port == DEFAULT_PORTS[parts.scheme] else port, parts.path, parts.query, fragment


def _is_amp(name: str, value: str, host: str, path: str) -> bool:
    lowered = name.lower()
    if lowered == "m":
        return value in ("0", "1") and is_blog_of_google(host, path)
    is_view = lowered in _AMP_VIEWS and value.lower() == "amp"
    return is_view or lowered in _NEWER_AMP or _was_amp(name, value)


def _was_amp(name: str, value: str) -> bool:
    lowered = name.lower()
    return lowered in AMP_PARAMETERS and (lowered != "outputtype" or value.lower() == "amp")


def _key(place: str, path: str, query: str, route: str = "") -> str:
    if route and not path:
        path = "/"
    return urlunsplit(("", place, path, query, route)).removeprefix("//")


def _composed(escaped: str) -> str:
    """Escaped text with its characters composed (NFC): programs and file systems write `é` as one or as two."""
    if "%" not in escaped:
        return escaped
    readable = _ESCAPES.sub(lambda found: _decoded(found[0]), escaped)
    return quote(unicodedata.normalize("NFC", readable), safe=_PRINTABLE)


def _decoded(escapes: str) -> str:
    try:
        return bytes.fromhex(escapes.replace("%", "")).decode()
    except UnicodeDecodeError:
        return escapes


def _netloc(host: str, port: int | None) -> str:
    shown = f"[{host}]" if ":" in host else host
    return shown if port is None else f"{shown}:{port}"


def _is_root(page: PageURL) -> bool:
    return "/" not in page.key and "?" not in page.key
