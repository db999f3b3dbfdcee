"""Fetches pages, safely: http(s) only, public addresses only, bounded in size, time and redirects; cookies end with a fetch.

HTTP/1.1 and HTTP/2 by httpcore, over connections from `network.py`: every request, also that of a redirect, goes through
the same check. What is packed is unpacked in `decoding.py`.
"""

from __future__ import annotations

import codecs
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin, urlsplit

from w3lib.url import safe_url_string

from rowback import __version__
from rowback.capture.addresses import check_port, permitted, resolve
from rowback.capture.cookies import Cookies
from rowback.capture.decoding import ACCEPTED, told_encoding, unpacked
from rowback.capture.tunnels import check_name
from rowback.deferred import Deferred, DeferredFunction
from rowback.errors import BadURL, BrokenOff, FetchFailed, NoAnswer, NotAnArticle, RowbackError
from rowback.text import received
from rowback.text.hosts import in_ascii
from rowback.text.largest import MAX_HTML_BYTES
from rowback.text.roots import is_other_xml
from rowback.text.urls import identify

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Collection, Mapping

    import httpcore

    from rowback.capture import network
    from rowback.capture.addresses import Resolver
    from rowback.capture.network import Deadline, tls
    from rowback.capture.tunnels import Proxy
    from rowback.text.encoding import decoded
else:
    decoded = DeferredFunction("rowback.text.encoding", "decoded")
    httpcore = Deferred("httpcore")
    network = Deferred("rowback.capture.network")
    tls = DeferredFunction("rowback.capture.network", "tls")

HOME = "https://github.com/rowback/rowback"
USER_AGENT = f"Rowback/{__version__} (keeps the history of news articles; +{HOME})"
MAX_SECONDS = 60.0  # for a whole fetch with its redirects: a server may send a byte now and then
MAX_REDIRECTS = 8
PERMANENT = {301, 308}
_REDIRECTS = {*PERMANENT, 302, 303, 307}
HTML = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"
_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said in the end. `url` is the address after redirects, `moved_to` after the permanent ones among the
    first of them (None where there were none); the body of an answer other than 200 is not read."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    moved_to: str | None = None
    set_cookies: tuple[str, ...] = ()

    def text(self) -> str | bytes:
        """The body, decoded where the server names a character set that fits; else as it came, for the page to say. Raises
        `NotAnArticle` for XML that is no web page."""
        if received.is_xml(self.headers.get("content-type")) and is_other_xml(decoded(self.body), is_xml=True):
            raise NotAnArticle(f"{self.url[:200]} is XML, and no web page.")
        codec = received.charset(self.headers.get("content-type"))
        if codec is None or self.body.startswith(codecs.BOM_UTF8):
            return self.body
        try:
            return self.body.decode(codec)
        except ValueError:
            return self.body


def _uncounted(_url: str) -> None:
    return


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches over the network. `allowed_hosts` may be private; `resolver`, `trust` and `clock` are the world outside."""

    allowed_hosts: Collection[str] = ()
    resolver: Resolver = resolve
    trust: Callable[[], ssl.SSLContext] = tls
    clock: Callable[[], float] = time.monotonic
    max_seconds: float = MAX_SECONDS
    max_bytes: int = MAX_HTML_BYTES
    max_redirects: int = MAX_REDIRECTS
    before_each: Callable[[str], object] = _uncounted
    """Called with the address before every request, also that of a redirect; what it raises ends the fetch."""
    proxy: Proxy | None = None
    """The outgoing proxy through which all is fetched that is not on one's own network."""
    contact: str = ""
    """Whom servers may write to about our requests: an address of mail or of a page."""

    def get(self, url: str, more: Mapping[str, str] | None = None, *, any_type: bool = False) -> Answer:
        """The answer at an address; `more` are further request headers. Unless `any_type`, only pages are read.

        Raises `BadURL`, `ForbiddenURL`, `TooLarge`, `NotAnArticle` (no page), `FetchFailed`.
        """
        deadline, cookies = network.Deadline(self.max_seconds, self.clock), Cookies()
        moved_to, is_permanent = None, True
        for _ in range(self.max_redirects + 1):
            self.before_each(url)
            identify(url)
            answer = self._ask(url, {**(more or {}), **cookies.for_request(url)}, deadline, any_type)
            cookies.keep(url, answer.set_cookies)
            location = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not location:
                return Answer(answer.url, answer.status, answer.headers, answer.body, moved_to)
            url = _next(url, location)
            is_permanent = is_permanent and answer.status in PERMANENT
            moved_to = url if is_permanent else moved_to
        raise FetchFailed(f"More than {self.max_redirects} redirects.")

    def once(self, url: str, more: Mapping[str, str], form: Mapping[str, str] | None = None) -> Answer:
        """The answer to one request, whatever it is, with no redirect followed: what `more` says is for this server alone.
        With a `form` it is posted. Raises as `get`."""
        self.before_each(url)
        identify(url)
        deadline = network.Deadline(self.max_seconds, self.clock)
        if form is None:
            return self._ask(url, more, deadline, any_type=True)
        told = {**more, "Content-Type": "application/x-www-form-urlencoded"}
        return self._send(url, told, deadline, any_type=True, body=urlencode(form).encode())

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """The answer to a body that is posted, whatever it is; no redirect is followed. Raises as `get`."""
        self.before_each(url)
        identify(url)
        return self._send(url, headers, network.Deadline(self.max_seconds, self.clock), any_type=True, body=body)

    def _ask(self, url: str, more: Mapping[str, str], deadline: Deadline, any_type: bool) -> Answer:
        return self._send(url, more, deadline, any_type)

    def _send(
        self, url: str, more: Mapping[str, str], deadline: Deadline, any_type: bool, body: bytes | None = None
    ) -> Answer:
        safe = safe_url_string(in_ascii(url))
        parts = urlsplit(safe)
        host, port = parts.hostname or "", parts.port
        target = httpcore.URL(
            scheme=parts.scheme.encode(),
            host=host.encode(),
            port=port,
            target=((parts.path or "/") + (f"?{parts.query}" if parts.query else "")).encode(),
        )
        headers: dict[bytes | str, bytes | str] = {
            "Host": parts.netloc.rpartition("@")[2],
            "User-Agent": agent(self.contact),
            "Accept": HTML,
            "Accept-Encoding": ACCEPTED,
        }
        headers.update(more)
        method = "GET" if body is None else "POST"
        if body is not None:
            headers["Content-Length"] = str(len(body))
        resolver = network.in_time(self.resolver, deadline)
        backend = network.CheckedBackend(partial(self._addresses, resolver=resolver), deadline, self.proxy)
        failure = NoAnswer
        try:
            with (
                httpcore.ConnectionPool(ssl_context=self.trust(), http2=True, network_backend=backend) as pool,
                pool.stream(
                    method, target, headers=headers, content=body, extensions={"timeout": network.TIMEOUTS}
                ) as response,
            ):
                failure = BrokenOff
                return self._read(url, response, any_type)
        except RowbackError:
            raise
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError, ValueError) as error:
            raise failure(f"{host} could not be read: {_reason(error)}.") from error

    def _addresses(self, host: str, port: int, resolver: Resolver) -> list[str]:
        """Where a host may be connected to: its name itself where the proxy is to look it up. Raises as `permitted`."""
        if self.proxy is None or not self.proxy.resolves or host in self.allowed_hosts:
            return permitted(host, port, self.allowed_hosts, resolver)
        check_port(port)
        check_name(host)
        return [host]

    def _read(self, url: str, response: httpcore.Response, any_type: bool) -> Answer:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
        if response.status != 200:
            set_cookies = (value.decode("latin-1") for name, value in response.headers if name.lower() == b"set-cookie")
            return Answer(url, response.status, headers, set_cookies=tuple(set_cookies))
        media_type = received.media_type(headers.get("content-type"))
        if not any_type and media_type and media_type not in _PAGE_TYPES:
            raise NotAnArticle(f"{url[:200]} is {media_type[:60]}, not a web page.")
        packing = told_encoding(
            value.decode("latin-1") for name, value in response.headers if name.lower() == b"content-encoding"
        )
        body = unpacked(response.iter_stream(), packing, self.max_bytes, is_page=not any_type)
        return Answer(url, response.status, headers, body)


def agent(contact: str = "") -> str:
    """What we call ourselves to servers."""
    return f"{USER_AGENT[:-1]}; {contact})" if contact else USER_AGENT


def page(fetcher: Fetcher, url: str) -> Answer:
    """The page at an address. Raises `BadURL`, `ForbiddenURL`, `TooLarge`, `NotAnArticle`, `FetchFailed`."""
    answer = fetcher.get(url)
    if answer.status != 200:
        raise FetchFailed(f"{urlsplit(answer.url).hostname} answered {answer.status}.")
    return answer


def _next(url: str, location: str) -> str:
    try:
        return urljoin(url, received.location(location)).partition("#")[0]
    except ValueError as error:
        raise BadURL("A redirect leads to no address.") from error


def _reason(error: Exception) -> str:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return f"its certificate is not valid ({str(error).rpartition(': ')[2].partition(' (_ssl')[0]})"
    if isinstance(error, httpcore.TimeoutException):
        return str(error) if "too long" in str(error) else "it did not answer in time"
    return str(error).rstrip(".")[:200] or type(error).__name__
