"""What hosts answer that do not work: nothing, for ever, something else, too much."""

from __future__ import annotations

import gzip
import random
import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.server import BaseHTTPRequestHandler

    from tests.server.websites import Website

    Put = Callable[[Website, str], None]

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_NOISE = random.Random(20_260_110).randbytes(60_000)  # noqa: S311 (noise, not secrets)


def _silent(site: Website, path: str) -> None:
    def answer(_: BaseHTTPRequestHandler) -> None:
        site.over.wait()

    site.answers[path] = answer


def _loop(site: Website, path: str) -> None:
    site.put(path, status=302, Location=f"{path}?again=1")
    site.put(f"{path}?again=1", status=302, Location=path)


def _raw(*parts: bytes, forever: bytes = b"") -> Put:
    return lambda site, path: site.put_raw(path, *parts, forever=forever)


def _plain(body: bytes = b"", status: int = 200, **headers: str) -> Put:
    return lambda site, path: site.put(path, body, status, **headers)


ODD: dict[str, Put] = {
    "never answers": _silent,
    "drips for ever": _raw(HEAD + b"Content-Length: 5000000\r\n\r\n<html><body><p>", forever=b"a word "),
    "headers for ever": _raw(b"HTTP/1.1 200 OK\r\n", forever=b"X-More: and more\r\n"),
    "ends too soon": _raw(HEAD + b"Content-Length: 90000\r\n\r\n<html><body><p>The beginning"),
    "no HTTP": _raw(b"220 mail.example ESMTP\r\n"),
    "noise": _raw(_NOISE),
    "noise as a page": _plain(_NOISE),
    "noise as gzip": _plain(_NOISE, Content_Encoding="gzip"),
    "a bomb": _plain(gzip.compress(b"<p>" + b"x" * 60_000_000), Content_Encoding="gzip"),
    "a picture": _plain(b"\x89PNG\r\n" + _NOISE, Content_Type="image/png"),
    "an empty page": _plain(),
    "a wall": _plain(
        b"<html><title>Just a moment...</title><body>Checking your browser before accessing.</body></html>"
    ),
    "redirects in a circle": _loop,
    "redirects into the private network": _plain(status=302, Location="http://10.0.0.1/"),
    "redirects to no address": _plain(status=302, Location="http://[::1"),
    "broken": _plain(b"<h1>500</h1>", status=500),
    "turned away": _plain(status=403),
    "too many requests": _plain(status=429, Retry_After="86400"),
    "gone": _plain(status=410),
    "odd status": _plain(status=999),
    "cookies for ever": _plain(b"<p>Cookies</p>", Set_Cookie="a=" + "b" * 60_000),
}


def put_all(sites: list[Website]) -> list[tuple[Website, str]]:
    """One odd answer a site; the sites and the paths."""
    found = []
    for number, (site, put) in enumerate(zip(sites, ODD.values(), strict=True)):
        path = f"/news/an-odd-story-of-number-{number}"
        put(site, path)
        found.append((site, path))
    return found


def dead_port(address: str) -> int:
    """A port of an address on which nothing listens."""
    with socket.create_server((address, 0)) as probe:
        return int(probe.getsockname()[1])
