"""Which network addresses may be connected to: public ones, for hosts that the owner did not allow by name."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Collection

from rowback.errors import FetchFailed, ForbiddenURL, NoAnswer

# Host and port to addresses, in the order in which they are to be tried.
Resolver = Callable[[str, int], list[str]]

_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")  # all that IANA has given out (RFC 4291, section 2.4)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
# Web servers do not listen on other ports below 1024; mail, printer and file servers do, and read what we send.
_LOW_WEB_PORTS = (80, 443)
_FIRST_FREE_PORT = 1024


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host. Raises `FetchFailed`."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoAnswer(f"The host {host} is not known.") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def permitted(host: str, port: int, allowed_hosts: Collection[str], resolver: Resolver) -> list[str]:
    """The addresses at which a host may be reached. Raises `FetchFailed`, `ForbiddenURL`.

    One private address among public ones is enough to refuse: such a name is made to deceive.
    """
    if host in allowed_hosts:
        return resolver(host, port)
    check_port(port)
    addresses = resolver(host, port)
    if not addresses:
        raise FetchFailed(f"The host {host} has no address.")
    for address in addresses:
        if not is_public(address):
            raise ForbiddenURL(
                f"{host} is on a private network ({address}). Rowback fetches public pages only; "
                "the setting fetch_hosts allows a host."
            )
    return addresses


def check_port(port: int) -> None:
    """Raises `ForbiddenURL` for a port at which other servers than the web's listen."""
    if port not in _LOW_WEB_PORTS and port < _FIRST_FREE_PORT:
        raise ForbiddenURL(f"Port {port} is not one of the web's. Rowback fetches web pages only.")


def is_public(address: str) -> bool:
    """Whether an address, also one that holds an IPv4 address inside, is one of the public internet's."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv4Address):
        return parsed.is_global and not parsed.is_multicast
    if parsed.ipv4_mapped is not None:
        return is_public(str(parsed.ipv4_mapped))
    if parsed in _NAT64:
        return is_public(str(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)))
    if parsed not in _GLOBAL_UNICAST or not parsed.is_global:
        return False
    embedded = parsed.sixtofour or (parsed.teredo[1] if parsed.teredo else None)
    return embedded is None or is_public(str(embedded))
