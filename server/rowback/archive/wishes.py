"""What may be asked of an archive about an article: which lists, and about which hosts never."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.archive.choosing import LOOKS
from rowback.archive.sources import source_of
from rowback.capture.addresses import is_public
from rowback.errors import ForbiddenURL
from rowback.store.pasts_wanted import AskedBy, Wish
from rowback.text.hosts import is_address
from rowback.text.urls import identify, identify_asked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

# Of networks behind a router: RFC 6762, RFC 8375, RFC 6761, ICANN's `internal`, and what routers are delivered with.
_PRIVATE = frozenset("local localhost internal intranet private lan home corp localdomain onion home.arpa".split())


def wish_for(
    url: str, told: str, most: int, by: AskedBy, more: Sequence[str] = (), since: datetime | None = None
) -> Wish:
    """What is wanted of the archive that its owner names `told`: the past of an address, and of others that lead to the same
    article; `since`: of a CDX server what is newer alone. Raises `BadURL`, `BadInput`, and `ForbiddenURL` for a host that is
    nobody's business."""
    source = source_of(told)
    links = list(dict.fromkeys(identify_asked(each).link for each in (url, *more)))
    for link in links:
        check_not_private(link)
    lists = tuple(dict.fromkeys(source.list_url(link, since=since) for link in links))
    host = identify(source.list_at).host
    return Wish(url, told, source.name, source.title, host, lists, most, LOOKS, by)


def check_not_private(url: str) -> None:
    """Raises `ForbiddenURL` for an address on a private network: an archive has no copy, and is not told that there is
    one."""
    host = identify(url).host
    if is_address(host):
        is_private = not is_public(host)
    else:
        labels = host.split(".")
        is_private = len(labels) == 1 or labels[-1] in _PRIVATE or ".".join(labels[-2:]) in _PRIVATE
    if is_private:
        raise ForbiddenURL(f"{host} is on a private network: no archive is asked about it.")
