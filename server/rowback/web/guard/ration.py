"""How much strangers may ask where reading is public: each address so many requests a minute, those that search more dearly.

Whoever brings a token or is signed in is not counted. Behind a proxy that does not say who asks, all strangers are one.
"""

from __future__ import annotations

import ipaddress
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from rowback.errors import TooManyRequests

if TYPE_CHECKING:
    from datetime import datetime

MINUTE_S = 60.0
MAX_ADDRESSES = 10_000  # that are remembered: some 2 MB
# What looks through every text or asks about many articles costs a tenth of a second where a page costs a hundredth.
DEAR = 10.0
DEAR_ROUTES = frozenset("api.lookup api.search feeds.of_search find.search".split())
_HOUSEHOLD = 64  # bits of an IPv6 address that a provider gives to one customer (RFC 6177)


class Ration:
    """A bucket for each address, which holds what may be asked in a minute and fills again within one. Safe for threads."""

    def __init__(self, a_minute: int) -> None:
        self._most = float(a_minute)
        self._left: OrderedDict[str, tuple[float, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def spend(self, address: str, endpoint: str | None, at: datetime) -> None:
        """Counts a request. Raises `TooManyRequests`, which costs nothing, where its address has asked too much."""
        # A route that costs more than all there is may still be asked now and then.
        price = min(DEAR if endpoint in DEAR_ROUTES else 1.0, self._most)
        whose = _household(address)
        with self._lock:
            left, since = self._left.pop(whose, (self._most, at))
            passed_s = max(0.0, (at - since).total_seconds())  # a clock may be set back
            left = min(self._most, left + passed_s * self._most / MINUTE_S)
            self._left[whose] = (left - price if left >= price else left, at)
            if len(self._left) > MAX_ADDRESSES:
                self._left.popitem(last=False)
        if left < price:
            wait_s = int((price - left) * MINUTE_S / self._most) + 1
            raise TooManyRequests(f"Too much was asked from this address. Go on in {wait_s} seconds.", wait_s)


def _household(address: str) -> str:
    """All addresses of one customer as one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    mapped = parsed.ipv4_mapped
    return str(mapped) if mapped else str(ipaddress.ip_network((parsed, _HOUSEHOLD), strict=False))
