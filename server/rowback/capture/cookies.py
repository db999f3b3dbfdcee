"""The cookies of one fetch: a server that sets one and sends us back to the same address is given it again, and nobody else.

RFC 6265 by `http.cookiejar`, which knows domains, paths, `Secure` and ends; a jar lives as long as its fetch and is never
written down. What a whole public suffix would be given (`co.uk`), and what is too long or no text, is not taken.
"""

from __future__ import annotations

from email.message import Message
from http.cookiejar import Cookie, CookieJar, DefaultCookiePolicy
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import Request

from w3lib.url import safe_url_string

from rowback.text.hosts import in_ascii
from rowback.text.urls import site_of

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_COOKIES = 50  # of one fetch, and …
MAX_COOKIE = 4_096  # characters of one: what RFC 6265, section 6.1, asks of browsers


class Cookies:
    """What servers set in the course of one fetch."""

    def __init__(self) -> None:
        self._jar = CookieJar(_OwnSite())

    def keep(self, url: str, set_cookies: Iterable[str]) -> None:
        """Takes what the server at an address set, one Set-Cookie header each."""
        for each in islice(set_cookies, MAX_COOKIES):
            if len(each) <= MAX_COOKIE and each.isascii() and each.isprintable() and len(self._jar) < MAX_COOKIES:
                said = Message()
                said["Set-Cookie"] = each
                self._jar.extract_cookies(_Said(said), _request(url))  # type: ignore[arg-type]

    def for_request(self, url: str) -> dict[str, str]:
        """The header to send to an address; empty for none."""
        if not len(self._jar):
            return {}
        request = _request(url)
        self._jar.add_cookie_header(request)
        found = request.get_header("Cookie")
        return {"Cookie": found} if found else {}


def _request(url: str) -> Request:
    parts = urlsplit(safe_url_string(in_ascii(url)))
    return Request(parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl())  # noqa: S310 (nothing is opened)


class _OwnSite(DefaultCookiePolicy):
    """No cookie for more than the site that sets it."""

    def set_ok_domain(self, cookie: Cookie, request: Request) -> bool:
        domain, site = cookie.domain.lstrip(".").lower(), site_of(request.host.partition(":")[0])
        is_own = not cookie.domain_specified or domain == site or domain.endswith(f".{site}")
        return is_own and bool(super().set_ok_domain(cookie, request))


class _Said:
    """An answer's headers, as `http.cookiejar` asks for them."""

    def __init__(self, headers: Message) -> None:
        self._headers = headers

    def info(self) -> Message:
        """The headers."""
        return self._headers
