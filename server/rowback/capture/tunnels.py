"""Connections through an outgoing proxy: a tunnel by HTTP's CONNECT or by SOCKS5, to an address that was checked here.

The proxy is told the address and not the name, so that it cannot be led elsewhere than where the check looked. Only where
its owner says that it looks names up (as Tor must) is it told the name; then no more can be checked than the name itself.
"""

from __future__ import annotations

import ipaddress
from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from rowback.capture.addresses import is_public
from rowback.deferred import Deferred
from rowback.errors import ForbiddenURL, NoAnswer, SettingsError

if TYPE_CHECKING:
    import h11
    from httpcore import NetworkStream
else:
    h11 = Deferred("h11")

PORTS = {"http": 8080, "socks5": 1080}  # where none is named
MAX_SECRET = 255  # bytes of a name or a password, by SOCKS5 (RFC 1929)
_CHUNK = 4_096
# Names that lead nowhere but into one's own network (RFC 6761, RFC 6762, RFC 8375, and what IANA and ICANN keep for that).
_PRIVATE_ENDS = frozenset("localhost local internal intranet lan home corp private test invalid home.arpa".split())
_REPLIES = {1: "it failed", 2: "it is not allowed", 3: "no network", 4: "no host", 5: "refused", 6: "too late"}


@dataclass(frozen=True, slots=True)
class Proxy:
    """An outgoing proxy. `resolves` says that it looks up names."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    resolves: bool = False


def proxy_at(address: str, *, resolves: bool = False) -> Proxy | None:
    """The proxy at `http://[USER:PASSWORD@]HOST[:PORT]`, or `socks5://…`; None for an empty address. Raises `SettingsError`,
    which does not quote it."""
    if not address:
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    secrets = unquote(parts.username or ""), unquote(parts.password or "")
    is_more = parts.path.strip("/") or parts.query or parts.fragment
    if parts.scheme not in PORTS or not parts.hostname or is_more or port == 0 or any(map(_is_too_long, secrets)):
        raise SettingsError(
            "fetch_proxy: http://HOST:PORT or socks5://HOST:PORT is wanted, perhaps with USER:PASSWORD@."
        )
    return Proxy(parts.scheme, parts.hostname, port or PORTS[parts.scheme], *secrets, resolves)


def check_name(host: str) -> None:
    """Whether a host may be asked for that the proxy looks up: nothing is known but its name. Raises `ForbiddenURL`."""
    try:
        is_fit = is_public(str(ipaddress.ip_address(host)))
    except ValueError:
        name = host.rstrip(".").lower()
        last = name.rpartition(".")[2]
        ends = {last, ".".join(name.split(".")[-2:])}
        # What an address looks like to a resolver that is lenient (0x7f.1, 2130706433) is no name.
        is_fit = "." in name and not ends & _PRIVATE_ENDS and not last[0].isdigit()
    if not is_fit:
        raise ForbiddenURL(f"{host} is on a private network. Rowback fetches public pages only.")


def open_through(stream: NetworkStream, proxy: Proxy, host: str, port: int) -> None:
    """Makes of a stream to the proxy one to a host or address beyond it. Raises `NoAnswer`, and what the stream raises."""
    if proxy.scheme == "http":
        _connect(stream, proxy, host, port)
    else:
        _socks(stream, proxy, host, port)


def _connect(stream: NetworkStream, proxy: Proxy, host: str, port: int) -> None:
    """RFC 9110, section 9.3.6."""
    authority = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    headers = [("Host", authority)]
    if proxy.user:
        known_by = b64encode(f"{proxy.user}:{proxy.password}".encode()).decode()
        headers.append(("Proxy-Authorization", f"Basic {known_by}"))
    talk = h11.Connection(h11.CLIENT)
    stream.write(talk.send(h11.Request(method="CONNECT", target=authority, headers=headers)) or b"")
    while True:
        try:
            event = talk.next_event()
        except h11.RemoteProtocolError as error:
            raise NoAnswer("The outgoing proxy speaks no HTTP.") from error
        if isinstance(event, h11.Response):
            break
        if event is h11.NEED_DATA:
            talk.receive_data(_some(stream))
    if not 200 <= event.status_code < 300:
        raise NoAnswer(f"The outgoing proxy answered {event.status_code}.")
    if talk.trailing_data[0]:
        raise NoAnswer("The outgoing proxy said more than it was asked.")


def _socks(stream: NetworkStream, proxy: Proxy, host: str, port: int) -> None:
    """RFC 1928, with RFC 1929 where a name is set."""
    stream.write(b"\x05\x02\x00\x02" if proxy.user else b"\x05\x01\x00")
    version, method = _exactly(stream, 2)
    if version != 5 or method not in (0, 2) or (method == 2 and not proxy.user):
        raise NoAnswer("The outgoing proxy does not let us in.")
    if method == 2:
        user, password = proxy.user.encode(), proxy.password.encode()
        stream.write(bytes([1, len(user)]) + user + bytes([len(password)]) + password)
        if _exactly(stream, 2)[1] != 0:
            raise NoAnswer("The outgoing proxy does not know the name and password.")
    stream.write(b"\x05\x01\x00" + _as_socks(host) + port.to_bytes(2))
    version, reply, _, kind = _exactly(stream, 4)
    if version != 5 or reply != 0:
        raise NoAnswer(f"The outgoing proxy could not connect: {_REPLIES.get(reply, f'reply {reply}')}.")
    bound = {1: 4, 4: 16}.get(kind) or _exactly(stream, 1)[0]
    _exactly(stream, bound + 2)


def _as_socks(host: str) -> bytes:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        name = host.encode("ascii")
        return bytes([3, len(name)]) + name
    return bytes([1 if address.version == 4 else 4]) + address.packed


def _some(stream: NetworkStream) -> bytes:
    data = stream.read(_CHUNK)
    if not data:
        raise NoAnswer("The outgoing proxy hung up.")
    return data


def _exactly(stream: NetworkStream, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = stream.read(count - len(data))
        if not more:
            raise NoAnswer("The outgoing proxy hung up.")
        data += more
    return data


def _is_too_long(text: str) -> bool:
    return len(text.encode()) > MAX_SECRET
