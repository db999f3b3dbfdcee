"""What a reverse proxy says of the request that it passes on: believed of those that the settings name, by default of this
machine's own.

Only the scheme, the visitor's address and the path that the backend lies below are taken from it. The host is the `Host`
header's: a page on a name that was made to lead here (DNS rebinding) sends from this machine, too, and could write any
other header.
"""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import regex

from rowback.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from flask import Flask

MAX_PEERS = 1_000  # addresses of which is remembered whether they are a proxy's
MAX_PREFIX = 200  # characters
# Segments of what needs no escape in a path (RFC 3986, section 2.3), none of them dots alone: all of our links begin so, and
# a proxy that passes on what it was sent tells the visitor's own words. `//` would lead to another host.
_PREFIX = regex.compile(rf"(?=.{{2,{MAX_PREFIX}}}$)(?:/(?!\.{{1,2}}(?:/|$))[A-Za-z0-9._~-]+)+/?")
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def install(app: Flask, trusted: Iterable[str]) -> None:
    """Makes requests through these proxies (addresses or networks) look as they reached the proxy. Raises `SettingsError`."""
    app.wsgi_app = _Passed(app.wsgi_app, [_network(each) for each in trusted])  # type: ignore[method-assign]


class _Passed:
    """The app behind its proxies."""

    def __init__(self, app: Callable[..., Any], trusted: list[Network]) -> None:
        self._app = app
        self._trusted = trusted
        self._is_trusted = lru_cache(maxsize=MAX_PEERS)(self._is_peer_trusted)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        prefix = ""  # and nobody else's word: some servers take it from a header of any visitor
        if self._is_trusted(environ.get("REMOTE_ADDR", "")):
            if _last(environ, "HTTP_X_FORWARDED_PROTO").lower() == "https":
                environ["wsgi.url_scheme"] = "https"
            environ["rowback.visitor"] = _address(_last(environ, "HTTP_X_FORWARDED_FOR"))
            if _PREFIX.fullmatch(_last(environ, "HTTP_X_FORWARDED_PREFIX")):
                prefix = _last(environ, "HTTP_X_FORWARDED_PREFIX").rstrip("/")
        environ["SCRIPT_NAME"] = prefix
        found: Iterator[bytes] = self._app(environ, start_response)
        return found

    def _is_peer_trusted(self, address: str) -> bool:
        try:
            peer = ipaddress.ip_address(address)
        except ValueError:
            return False
        # A socket for both kinds of addresses tells those of version 4 inside one of version 6 (RFC 4291, section 2.5.5.2).
        mapped = peer.ipv4_mapped if peer.version == 6 else None
        return any((mapped or peer) in network for network in self._trusted)


def visitor(environ: dict[str, Any]) -> str:
    """The address that a request came from, as far as is known."""
    return str(environ.get("rowback.visitor") or environ.get("REMOTE_ADDR", ""))


def _last(environ: dict[str, Any], name: str) -> str:
    """The value that the nearest proxy added: those before it may be the visitor's own words."""
    return str(environ.get(name, "")).rpartition(",")[2].strip()


def _address(told: str) -> str:
    """The address that a proxy tells, without the port that some add; empty where it is none. It is shown to the owner, and
    a proxy that passes on what it was sent tells the visitor's own words."""
    if not told:
        return ""
    host = told.removeprefix("[").partition("]")[0] if told.startswith("[") else told
    host = host.partition(":")[0] if host.count(":") == 1 else host
    try:
        return str(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        return ""


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError as error:
        raise SettingsError(f"trusted_proxies: {text!r} is no address, nor a network such as 172.18.0.0/16.") from error
