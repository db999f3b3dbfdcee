"""The check `big`."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tests.server.program import Program
from tests.soaking.big.growth import growth
from tests.soaking.big.holdings import COMMON_WORD, REMOVED_WORD, VERSIONS_EACH, Holdings, digest
from tests.soaking.check import Check, Extent, Figure, Run, Until, figure
from tests.soaking.tally import Tally, percentile

if TYPE_CHECKING:
    from pathlib import Path

    from tests.server.backend import Client

AT_ONCE = 500  # articles a file
IN_TIME_S = 3_600.0  # for one command
ROUNDS = 9  # of requests, the first of which finds nothing kept
AGAIN = 50  # articles that are imported a second time
MAX_PAGE_MS = 2_000  # for any page or search, on a machine that does other things too
BROWSER = {"Accept": "text/html"}


@dataclass
class Filling:
    """One run of the check."""

    run: Run
    program: Program
    holdings: Holdings
    wrong: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)

    def go(self) -> list[Figure]:
        """Fills the store and uses it."""
        self._timed("import", self._import)
        articles, versions = self.holdings.articles, len(self.holdings.digests)
        self.figures += [figure("articles", articles), figure("versions", versions), _size("database", self.program.db)]
        with self.program.serving("--no-poll") as serving:
            self._ask(serving.client)
        copy, exported = self.run.folder / "copy.db", self.run.folder / "all.jsonl"
        self._timed("backup", lambda: self.program.ok("backup", copy, within_s=IN_TIME_S))
        told = self._timed("doctor", lambda: self.program("doctor", "--json", "--db", copy, within_s=IN_TIME_S)).json
        found = next(each for each in told if each["check"] == "database")
        self._expect(
            "doctor",
            (found["ok"], *map(int, re.findall(r"(\d+) (?:articles|versions)", found["detail"]))),
            (True, articles, versions),
        )
        self._timed("export", lambda: self.program.ok("export", "--output", exported, within_s=IN_TIME_S))
        self.figures += [_size("backup", copy), _size("export", exported)]
        items = [json.loads(line) for line in exported.open(encoding="utf-8")]
        digests = {digest(item, [block["text"] for block in item["blocks"]]) for item in items}
        self._expect("exported", (len(items), digests == self.holdings.digests), (versions, True))
        self.figures += growth(self.run, articles)
        return [*self.figures, figure("answers that are wrong", len(self.wrong), at_most=0)]

    def _import(self) -> None:
        """Imports files until the extent is over, the first articles once more at the end."""
        until, path, first = Until(self.run.extent), self.run.folder / "history.jsonl", ""
        is_over = False
        while not is_over:
            texts: list[str] = []
            while len(texts) < AT_ONCE and not (is_over := not until.once_more()):
                texts.append(self.holdings.next())
            first = first or "".join(texts[:AGAIN])
            path.write_text("".join(texts), encoding="utf-8")
            self._expect("new versions", self._imported(path), (VERSIONS_EACH * len(texts), 0, 0))
            self.run.say(f"{self.holdings.articles:,} articles imported")
        path.write_text(first, encoding="utf-8")
        self._expect("imported again", self._imported(path), (0, first.count("\n"), 0))

    def _imported(self, path: Path) -> tuple[int, int, int]:
        (told,) = self.program("import", "--json", path, within_s=IN_TIME_S).json
        return told["new_versions"], told["unchanged"], told["bad_lines"]

    def _ask(self, client: Client) -> None:
        tally = Tally()
        for number in range(ROUNDS):
            self._ask_once(client, tally, (number * 7_919) % self.holdings.articles)
        for name, seconds in tally.seconds.items():
            self.figures.append(figure(f"{name}: p50", 1_000 * percentile(seconds, 0.5), "ms", at_most=MAX_PAGE_MS))
        listed, cursor = 0, ""
        while cursor is not None:
            before = f"&before={quote(cursor)}" if cursor else ""
            told = client.get(f"/api/v1/articles?limit=500{before}").json
            listed, cursor = listed + len(told["articles"]), told["next"]
        self._expect("articles listed", listed, self.holdings.articles)

    def _ask_once(self, client: Client, tally: Tally, number: int) -> None:
        def get(name: str, path: str) -> Any:
            answer = tally.timed(name, lambda: client.get(path, **({} if path.startswith("/api/") else BROWSER)))
            self._expect(f"{path} answered", answer.status, 200)
            return answer

        page = get("front page", "/").body.decode()
        self._expect("the front page shows articles", "of the day" in page, True)
        get("a source's page", "/?source=paper7.example")
        get("search page", f"/search?q={COMMON_WORD}")
        found = get("search for a common word", f"/api/v1/search?q={COMMON_WORD}&limit=100").json["results"]
        self._expect("found", len(found), min(100, self.holdings.articles))
        gone = get("search for what was removed", f"/api/v1/search?q=removed:{REMOVED_WORD}&limit=500").json["results"]
        self._expect("found removed", len(gone), min(500, self.holdings.removed))
        url = quote(f"https://paper{number % 60}.example/story-{number}", safe="")
        told = get("edits", f"/api/v1/edits?url={url}").json
        self._expect("versions of an article", told["article"]["version_count"], VERSIONS_EACH)
        self._expect("it has edits", bool(told["edits"]), True)

    def _expect(self, what: str, found: object, wanted: object) -> None:
        if found != wanted:
            self.wrong.append(f"{what}: {found} instead of {wanted}")
            self.run.say(self.wrong[-1])

    def _timed(self, name: str, act: Callable[[], Any]) -> Any:
        began = time.monotonic()
        found = act()
        self.figures.append(figure(name, time.monotonic() - began, "s"))
        return found


def _size(name: str, path: Path) -> Figure:
    return figure(f"{name}, size", path.stat().st_size / 2**20, "MB")


def _run(run: Run) -> list[Figure]:
    return Filling(run, Program(run.folder, serves_anew=True), Holdings(run.seed)).go()


BIG = Check(
    "a store of many articles: import, pages, search, backup, doctor, export; and how pages grow to one five times as large",
    f"articles of {VERSIONS_EACH} versions",
    _run,
    full=Extent(times=20_000),
    quick=Extent(times=1_000),
    smallest=Extent(times=12),
)
