"""Connections for the HTTP client: to checked addresses only, and none of them outlives the fetch's deadline.

The client names a host; the address is looked up, checked and connected to right here, in one step, so that a name cannot
point elsewhere between the check and the connection (DNS rebinding). TLS still asks for the host's own certificate.
"""

from __future__ import annotations

import ssl
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import certifi
import httpcore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CONNECT_S = 10.0  # for one address; the next one is tried then
READ_S = 20.0  # of silence


class Deadline:
    """The instant at which a whole fetch is over, however slowly its bytes drip."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._ends_at = clock() + seconds

    def left(self, at_most: float) -> float:
        """Seconds for the next step. Raises `httpcore.ReadTimeout` when there are none."""
        left = self._ends_at - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout("the whole page took too long")
        return min(left, at_most)


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to the addresses that `addresses` gives for a host and port, one after the other."""

    def __init__(self, addresses: Callable[[str, int], list[str]], deadline: Deadline) -> None:
        self._addresses = addresses
        self._deadline = deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 (the deadline's is used)
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A stream to the first address that answers."""
        failure: Exception = httpcore.ConnectError("no address")
        for address in self._addresses(host, port):
            left = self._deadline.left(CONNECT_S)
            try:
                stream = self._inner.connect_tcp(address, port, left, local_address, socket_options)
                return _Stream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure


class _Stream(httpcore.NetworkStream):
    """A stream whose every step ends with the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout or READ_S))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout or READ_S))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(timeout or CONNECT_S)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


@lru_cache(maxsize=1)
def tls() -> ssl.SSLContext:
    """The authorities that this machine trusts, and the web's usual ones."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
