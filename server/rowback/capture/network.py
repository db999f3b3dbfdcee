"""Connections for the HTTP client: to checked addresses only; neither they nor the look-up outlive the fetch's deadline.

The client names a host; the address is looked up, checked and connected to right here, in one step, so that a name cannot
point elsewhere between the check and the connection (DNS rebinding). TLS still asks for the host's own certificate.
"""

from __future__ import annotations

import ssl
import threading
from concurrent.futures import Future
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import certifi
import httpcore

from rowback.capture.addresses import is_public
from rowback.capture.tunnels import open_through
from rowback.errors import NoAnswer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rowback.capture.addresses import Resolver
    from rowback.capture.tunnels import Proxy

CONNECT_S = 10.0  # for one address; the next one is tried then
READ_S = 20.0  # of silence
TIMEOUTS = {"connect": CONNECT_S, "read": READ_S, "write": READ_S, "pool": CONNECT_S}
LOOKUP_S = 10.0  # for a name; twice as long as resolvers wait for their first answer
MAX_LOOKUPS = 64  # at once: those that hang go on in their threads until the system gives them up
_lookups = threading.BoundedSemaphore(MAX_LOOKUPS)


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


def in_time(resolver: Resolver, deadline: Deadline) -> Resolver:
    """A resolver that is left alone when it takes too long: the system's own cannot be told how long it may."""

    def resolve(host: str, port: int) -> list[str]:
        if not _lookups.acquire(timeout=deadline.left(LOOKUP_S)):
            raise NoAnswer(f"The host {host} could not be looked up: too many other look-ups hang.")
        found: Future[list[str]] = Future()

        def look_up() -> None:
            try:
                found.set_result(resolver(host, port))
            except BaseException as error:  # noqa: BLE001 (raised where the answer is waited for)
                found.set_exception(error)
            finally:
                _lookups.release()

        threading.Thread(target=look_up, name=f"look-up of {host}", daemon=True).start()
        try:
            return found.result(deadline.left(LOOKUP_S))
        except TimeoutError as error:
            raise NoAnswer(f"The host {host} could not be looked up in time.") from error

    return resolve


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to the addresses that `addresses` gives for a host and port, one after the other; to those that are not on
    this machine's own networks through the proxy, where there is one."""

    def __init__(
        self, addresses: Callable[[str, int], list[str]], deadline: Deadline, proxy: Proxy | None = None
    ) -> None:
        self._addresses = addresses
        self._deadline = deadline
        self._proxy = proxy
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
            try:
                if self._proxy is not None and _is_out(address):
                    return self._through(self._proxy, address, port)
                return self._straight(address, port, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def _straight(self, address: str, port: int, *more: Any) -> httpcore.NetworkStream:
        left = self._deadline.left(CONNECT_S)
        return _Stream(self._inner.connect_tcp(address, port, left, *more), self._deadline)

    def _through(self, proxy: Proxy, address: str, port: int) -> httpcore.NetworkStream:
        try:
            stream = self._straight(proxy.host, proxy.port)
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            raise NoAnswer(f"The outgoing proxy at {proxy.host}:{proxy.port} does not answer.") from error
        try:
            open_through(stream, proxy, address, port)
        except BaseException:
            stream.close()
            raise
        return stream


def _is_out(address: str) -> bool:
    """Whether it is beyond one's own networks; names are told where the proxy looks them up."""
    try:
        return is_public(address)
    except ValueError:
        return True


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
