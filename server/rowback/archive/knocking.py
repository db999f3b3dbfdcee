"""One request to an archive, and what its refusals come to."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rowback.archive.sources import HEADERS, NoCopy, refusal
from rowback.capture.fetch import agent
from rowback.capture.pacing import retry_after
from rowback.errors import BrokenOff, FetchFailed, NoAnswer

if TYPE_CHECKING:
    from rowback.capture.context import Context
    from rowback.capture.fetch import Answer

SAID = {
    NoCopy.EXCLUDED: "The archive shows no copies of this publisher.",
    NoCopy.BUSY: "The archive is busy.",
    NoCopy.REFUSED: "The archive does not answer.",
    NoCopy.TROUBLED: "The archive is in trouble.",
}
_NAMED = re.compile(r"https?://\S+")


class NotNow(Exception):
    """The archive gave nothing: why, and how long it asks to be left alone."""

    def __init__(self, kind: NoCopy, retry_after_s: float | None = None) -> None:
        super().__init__(kind.value)
        self.kind, self.retry_after_s = kind, retry_after_s


def ask(context: Context, url: str, *, any_type: bool = False) -> Answer:
    """The answer at an address of the archive. Nobody else is asked, wherever it leads. Raises `NotNow`, `BrokenOff` for a
    part of an answer, and what `Fetcher.get` raises."""
    home, count = _place(url), context.fetcher.before_each

    def stay(to: str) -> None:
        if _place(to) != home:
            raise FetchFailed("The archive leads elsewhere.")
        count(to)

    called = agent(context.contact)
    try:
        fetcher = replace(context.fetcher, before_each=stay)
        answer = fetcher.get(url, {**HEADERS, "User-Agent": called}, any_type=any_type)
    except BrokenOff:
        raise
    except NoAnswer as error:
        raise NotNow(NoCopy.REFUSED) from error
    kind = refusal(answer.status, answer.headers, answer.body)
    if kind is None and not any_type and "memento-datetime" not in answer.headers:
        kind = NoCopy.TROUBLED  # RFC 7089, section 2.1.1: every copy says when it was made
    if kind is not None:
        raise NotNow(kind, retry_after(answer.headers.get("retry-after"), context.now()))
    return answer


def _place(url: str) -> tuple[str | None, int | None]:
    """Who answers at an address: by https what is asked for by http, too."""
    parts = urlsplit(url)
    return parts.hostname, None if parts.port in (80, 443) else parts.port


def nameless(message: str) -> str:
    """A message without addresses: the log is no list of what was read."""
    return _NAMED.sub("It", message)


def said_of(message: str) -> str:
    """The same of its first sentence."""
    first, stop, _ = nameless(message).partition(". ")
    return first + stop.strip()
