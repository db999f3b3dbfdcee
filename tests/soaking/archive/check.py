"""The check `archive`."""

from __future__ import annotations

import gzip
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.server.program import Program
from tests.server.samples import PARAGRAPHS, page
from tests.server.warcs import Warc
from tests.soaking.archive import server
from tests.soaking.check import Check, Extent, Figure, Run, Until, figure

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = 5  # of an article at most
COPIES = 14
TYPE = ("Content-Type", "text/html; charset=utf-8")
GZIP = [("Content-Encoding", "gzip")]
OWN = {"ROWBACK_FETCH_HOSTS": "127.0.0.1"}


@dataclass
class Asking:
    """One run of the check: each time one more article with a past of its own is read from one pywb."""

    run: Run
    program: Program
    chance: random.Random
    wrong: list[str] = field(default_factory=list)
    read: int = 0
    listed: int = 0

    def go(self) -> list[Figure]:
        """Reads the pasts of articles until the extent is over."""
        server.install()
        pasts = [self._past(number) for number in range(self.run.extent.times or 0)]
        files = [self._file(number, past) for number, past in enumerate(pasts)]
        until = Until(self.run.extent)
        with server.serving(self.run.folder / "pywb", files) as archive:
            for number, past in enumerate(pasts):
                if until.once_more():
                    self._ask(number, past, archive)
        return [
            figure("articles", until.done),
            figure("copies listed", self.listed),
            figure("… of which were read", self.read),
            figure("texts that are wrong, missing or too many", len(self.wrong), at_most=0),
        ]

    def _past(self, number: int) -> list[int]:
        """Which text each of an article's copies has, in order of time; each at least once, and some come back."""
        texts = self.chance.randint(2, TEXTS)
        told = sorted([*self.chance.choices(range(texts), k=COPIES - texts), *range(texts)])
        return told if number % 3 else [*told, 0, 0]

    def _file(self, number: int, past: list[int]) -> Path:
        """A WARC file with an article's copies: packed or not, with another advertisement each time, or of the same bytes."""
        warc = Warc()
        for place, text in enumerate(past):
            body = _page(number, text)
            if number % 2:
                body = body.replace("<nav>", f"<nav><i>Offer {place}</i>")
            is_packed = place % 2 == 0
            data = gzip.compress(body.encode(), mtime=0) if is_packed else body
            warc.answer(data, _at(place), _url(number), headers=[TYPE, *GZIP] if is_packed else [TYPE])
        warc.answer("<p>Gone.</p>", _at(len(past)), _url(number), status="404 Not Found")
        path = self.run.folder / f"{number}.warc.gz"
        path.write_bytes(warc.out.getvalue())
        return path

    def _ask(self, number: int, past: list[int], archive: str) -> None:
        url = _url(number)
        (done,) = self.program.ok("backfill", url, "--from", f"pywb+{archive}", "--json", within_s=300, **OWN).json
        self.listed, self.read = self.listed + done["listed"], self.read + done["read"]
        wanted = [_at(n) for n, text in enumerate(past) if n == 0 or past[n - 1] != text]
        versions = self.program.ok("edits", url, "--json").json["versions"]
        found = [each["seen_at"] for each in versions]
        if found != wanted or done["state"] != "done":
            self.wrong.append(f"{url}: {found} instead of {wanted}, {done}")
            self.run.say(self.wrong[-1])


def _url(number: int) -> str:
    return f"https://packet.example/news/story-{number}"


def _at(place: int) -> str:
    return f"2026-03-{1 + place:02d}T09:00:00Z"


def _page(number: int, text: int) -> str:
    news = f"The harbour office named {100 + 7 * text} passengers of boat {number} in its notice number {text} of that week."
    return page([*PARAGRAPHS, news], title=f"Ferry {number} changes its timetable from Monday")


def _run(run: Run) -> list[Figure]:
    return Asking(run, Program(run.folder), random.Random(run.seed)).go()  # noqa: S311 (no secret)


ARCHIVE = Check(
    "a real pywb, installed from PyPI when it is first asked for: the pasts of articles are read from it",
    "articles",
    _run,
    full=Extent(times=24),
    quick=Extent(times=4),
    smallest=Extent(times=1),
)
