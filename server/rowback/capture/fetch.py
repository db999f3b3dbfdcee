"""Fetches pages, safely: http(s) only, public addresses only, bounded in size, time and redirects.

The address is resolved once and the connection is made to that very address, so that a name cannot point elsewhere
between the check and the connection (DNS rebinding). Every redirect goes through the same door.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.util import Timeout

from rowback import __version__
from rowback.errors import BadURL, FetchFailed, ForbiddenURL, TooLarge
from rowback.text.extract import MAX_HTML_BYTES
from rowback.text.urls import identify

if TYPE_CHECKING:
    from collections.abc import Collection

    from urllib3.response import BaseHTTPResponse

USER_AGENT = f"Rowback/{__version__} (keeps the history of news articles)"
TIMEOUT = Timeout(connect=10, read=20)
MAX_SECONDS = 60  # for a whole fetch: a server that sends a byte now and then
MAX_REDIRECTS = 8
_REDIRECTS = {301, 302, 303, 307, 308}
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Page:
    """What a server answered: the address after redirects, and the body as bytes."""

    url: str
    body: bytes


def fetch(url: str, allowed_hosts: Collection[str] = ()) -> Page:
    """The page at an address.

    `allowed_hosts` may be private. Raises `BadURL`, `ForbiddenURL`, `TooLarge`, `FetchFailed`.
    """
    ends_at = time.monotonic() + MAX_SECONDS
    for _ in range(MAX_REDIRECTS + 1):
        response = _request(url, allowed_hosts)
        try:
            location = response.headers.get("Location")
            if response.status in _REDIRECTS and location:
                url = urljoin(url, location)
                continue
            if response.status != 200:
                raise FetchFailed(
                    f"{urlsplit(url).hostname} answered {response.status} {response.reason or ''}".strip() + "."
                )
            return Page(url, _body(response, ends_at))
        except urllib3.exceptions.HTTPError as error:
            raise FetchFailed(f"The page could not be read: {error}.") from error
        finally:
            response.close()
    raise FetchFailed(f"More than {MAX_REDIRECTS} redirects.")


def _request(url: str, allowed_hosts: Collection[str]) -> BaseHTTPResponse:
    identify(url)
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _public_address(host, port, allowed_hosts)
    headers = {
        "Host": parts.netloc.rpartition("@")[2],
        "User-Agent": USER_AGENT,
        "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
        "Accept-Encoding": "gzip, deflate",
    }
    if parts.scheme == "https":
        pool: urllib3.HTTPConnectionPool = urllib3.HTTPSConnectionPool(
            address, port, timeout=TIMEOUT, server_hostname=host, assert_hostname=host, maxsize=1
        )
    else:
        pool = urllib3.HTTPConnectionPool(address, port, timeout=TIMEOUT, maxsize=1)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        return pool.urlopen("GET", target, headers=headers, redirect=False, retries=False, preload_content=False)
    except urllib3.exceptions.HTTPError as error:
        raise FetchFailed(f"{host} could not be reached: {_reason(error)}.") from error


def _public_address(host: str, port: int, allowed_hosts: Collection[str]) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchFailed(f"The host {host} is not known.") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses:
        raise BadURL(f"The host {host} has no address.")
    if host not in allowed_hosts:
        for address in addresses:
            if not _is_public(address):
                raise ForbiddenURL(f"{host} is on a private network ({address}). Rowback fetches public pages only.")
    return addresses[0]


def _is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        embedded = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo[1] if parsed.teredo else None)
        if embedded is not None:
            parsed = embedded
        elif parsed in ipaddress.ip_network("64:ff9b::/96"):
            parsed = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
    return parsed.is_global and not parsed.is_multicast


def _body(response: BaseHTTPResponse, ends_at: float) -> bytes:
    parts, size = [], 0
    for chunk in response.stream(_CHUNK, decode_content=True):
        size += len(chunk)
        if size > MAX_HTML_BYTES:
            raise TooLarge(f"The page has more than {MAX_HTML_BYTES // 1024 // 1024} MB of HTML.")
        if time.monotonic() > ends_at:
            raise FetchFailed(f"The page took longer than {MAX_SECONDS} seconds.")
        parts.append(chunk)
    return b"".join(parts)


def _reason(error: urllib3.exceptions.HTTPError) -> str:
    return str(error).rpartition(": ")[2].rstrip(".)")
