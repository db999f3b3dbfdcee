"""What sites ask of robots (RFC 9309), read by Protego and kept for a day per origin."""

from __future__ import annotations

import copy
import threading
from collections import OrderedDict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import regex
from protego import Protego

from rowback.errors import ForbiddenURL, RowbackError
from rowback.text.received import seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from rowback.capture.fetch import Answer

NAME = "rowback"  # the product token that a robots.txt can name
KEPT_S = 86_400.0  # RFC 9309, section 2.4: not longer than a day
UNREACHABLE_KEPT_S = 600.0  # a server in trouble is asked again soon
MAX_KEPT = 2_000  # origins in memory
MAX_BYTES = 512 * 1024  # section 2.5: at least 500 KiB must be read; what is behind is ignored
MAX_SITEMAPS = 100  # named in one robots.txt; large sites name some dozens, for each language and kind
MAX_DELAY_S = 300.0  # a crawl-delay longer than this would only fill the queue
_AGENT = regex.compile(r"\s*user(?:-|\s*+)agent(?:\s*+:|\s)(?P<name>[^#]*)", regex.IGNORECASE)
_ANOTHER = "User-agent: -"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an address may not be asked for. `again_s`: only for now, since the rules could not be read; how many seconds to
    wait. `is_ours`: the host is one that we do not ask."""

    reason: str
    again_s: float | None = None
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class _Kept:
    rules: Protego | Refusal
    until_s: float


class Robots:
    """The rules of all origins asked so far. Safe for threads."""

    def __init__(self, get: Callable[[str], Answer], clock: Callable[[], float]) -> None:
        self._get = get
        self._clock = clock
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def asked_by(self, get: Callable[[str], Answer]) -> Robots:
        """The same rules, where new ones are asked for by another function."""
        other = copy.copy(self)
        other._get = get
        return other

    def refusal(self, url: str) -> Refusal | None:
        """Why an address may not be asked for, None when it may."""
        rules = self._rules(url)
        if isinstance(rules, Refusal):
            return rules
        return None if rules.can_fetch(url, NAME) else Refusal("its robots.txt asks robots to stay away")

    def delay_s(self, url: str) -> float:
        """The seconds between two requests that a site asks for, 0 where it does not or was not asked yet."""
        with self._lock:
            kept = self._kept.get(_origin(url))
        rules = kept.rules if kept is not None else None
        return seconds(rules.crawl_delay(NAME) if isinstance(rules, Protego) else None, MAX_DELAY_S)

    def sitemaps(self, url: str) -> list[str]:
        """The sitemaps that a site names in its robots.txt, as it writes them; the first `MAX_SITEMAPS`."""
        rules = self._rules(url)
        return list(islice(rules.sitemaps if isinstance(rules, Protego) else (), MAX_SITEMAPS))

    def _rules(self, url: str) -> Protego | Refusal:
        origin = _origin(url)
        with self._lock:
            kept = self._kept.get(origin)
            if kept is not None and self._clock() < kept.until_s:
                self._kept.move_to_end(origin)
                return kept.rules
        rules, kept_s = self._ask(origin)
        with self._lock:
            self._kept[origin] = _Kept(rules, self._clock() + kept_s)
            if len(self._kept) > MAX_KEPT:
                self._kept.popitem(last=False)
        return rules

    def _ask(self, origin: str) -> tuple[Protego | Refusal, float]:
        """Section 2.3.1: unavailable (4xx) allows all; unreachable (5xx, no answer) allows nothing until it is reached. A
        429 is no leave to go on asking."""
        try:
            answer = self._get(f"{origin}/robots.txt")
        except ForbiddenURL as error:
            # A network that one must sign in to says so of every host.
            return Refusal(str(error), is_ours=True), UNREACHABLE_KEPT_S
        except RowbackError as error:
            return _unreachable(str(error).rstrip(".")), UNREACHABLE_KEPT_S
        if answer.status == 429 or answer.status >= 500:
            return _unreachable(f"the server answered {answer.status}"), UNREACHABLE_KEPT_S
        body = answer.body[:MAX_BYTES] if answer.status == 200 else b""
        return Protego.parse(for_us(body.decode("utf-8", "replace"))), KEPT_S


def for_us(text: str) -> str:
    """A robots.txt in which all robots but us have one name: Protego gives each rule to each robot named above it."""
    return "\n".join(_ANOTHER if _is_of_another(line) else line for line in text.splitlines())


def _is_of_another(line: str) -> bool:
    found = _AGENT.match(line)
    name = found["name"].replace("*", "").strip().lower() if found is not None else ""
    return not NAME.startswith(name)


def _unreachable(cause: str) -> Refusal:
    return Refusal(f"its robots.txt cannot be read just now ({cause}), so nothing is asked for", UNREACHABLE_KEPT_S)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower()
