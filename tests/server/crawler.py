"""Goes wherever the backend's pages, feeds and headers lead, and notes what is not there."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

STARTS = ("/", "/search?q=harbour", "/search?q=label:figure", "/articles/1/diff/0/1")
WANT_A_CHOICE = ("/compare", "/export/table")  # where forms lead that say more than the address
_IN_PAGES = re.compile(r"""(?:href|action|src)="([^"]*)"|url=([^"]*)\"""")
_POSTED = re.compile(r"""<form[^>]*method="post"[^>]*action="([^"]*)\"""")


@dataclass(frozen=True)
class Got:
    """An answer, its headers by name in any case."""

    status: int
    headers: Mapping[str, str]
    text: str

    def header(self, name: str) -> str:
        """What a header says, or nothing."""
        return next((value for key, value in self.headers.items() if key.lower() == name), "")


@dataclass
class Walk:
    """A walk over one host (scheme, name and port), asking with `get`. Forms that post are noted and not sent."""

    host: str
    get: Callable[[str], Got]
    seen: set[str] = field(default_factory=set)
    posted: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)

    def from_(self, starts: Iterable[str]) -> None:
        """Goes on until everything that these paths lead to was seen."""
        todo = list(starts)
        self.seen |= set(todo)
        while todo:
            where = todo.pop()
            got = self.get(where)
            if got.status >= 400 and not where.endswith(WANT_A_CHOICE):
                self.broken.append(where)
            self.posted |= set(_POSTED.findall(got.text))
            for link in self._links(where, got):
                if link not in self.seen and "/sign-in" not in link:
                    self.seen.add(link)
                    todo.append(link)

    def _links(self, where: str, got: Got) -> Iterator[str]:
        """Where an answer leads on this host."""
        is_page = got.header("content-type").startswith("text/html")
        text = html.unescape(_POSTED.sub("", got.text))
        found = [each for pair in _IN_PAGES.findall(text) for each in pair] if is_page else []
        found += re.findall(rf"""{re.escape(self.host)}(?!\d)[^\s"<>&\\;,{{}}]*""", text)
        found += re.findall(r"<([^>]*)>", got.header("link"))
        found += [got.header("location")]
        for link in found:
            whole = urljoin(f"{self.host}{where}", link).partition("#")[0]
            if link and whole.startswith(f"{self.host}/"):
                yield whole.removeprefix(self.host)
