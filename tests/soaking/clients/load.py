"""What a client does: reads most of the time, as readers' browsers do, and now and then sends a capture."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.server.samples import page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.server.backend import Answer, Client
    from tests.soaking.tally import Tally

BROWSER = {"Accept": "text/html"}
# Of a hundred requests.
MIX = {"edits": 40, "lookup": 15, "capture": 10, "search": 10, "page": 13, "list": 10, "check now": 2}
LOOKED_UP = 60  # addresses at once: the links of a front page
EXPECTED = {200, 201, 304}
QUERIES = ("ferry", "harbour office", "removed:ferry", "label:figure", "story", '"story number"', "source:127.0.0.11")
LISTS = ("/", "/articles", "/feed.atom", "/?label=figure", "/api/v1/articles?limit=100", "/api/v1/status", "/metrics")

TOLD = (
    "The harbour office said that the ferry leaves at noon as before, and that it will be as late as ever.",
    "Bicycles go on the upper deck, and dogs travel free of charge when kept on a lead by someone who knows them.",
)


@dataclass
class Load:
    """One client. `urls` are the articles that it reads; `own` is one that only this client sends captures of."""

    client: Client
    tally: Tally
    chance: random.Random
    urls: Sequence[str]
    own: str
    errors: list[str] = field(default_factory=list)
    _etags: dict[str, str] = field(default_factory=dict)
    _sent: int = 0

    def once(self) -> None:
        """One request of some kind."""
        kind = self.chance.choices([*MIX], [*MIX.values()])[0]
        ways: dict[str, Callable[[], Answer]] = {
            "edits": self._edits,
            "lookup": self._lookup,
            "capture": self._capture,
            "search": self._search,
            "page": self._page,
            "check now": lambda: self.client.put(f"/api/v1/articles/{self._number()}/follow"),
            "list": lambda: self.client.get(self.chance.choice(LISTS), **BROWSER),
        }
        try:
            answer = self.tally.timed(kind, ways[kind])
        except OSError as error:
            self.errors.append(f"{kind}: {type(error).__name__}: {error}")
            return
        if answer.status not in EXPECTED:
            self.errors.append(f"{kind}: answered {answer.status}: {answer.body[:200]!r}")

    def _edits(self) -> Answer:
        url = self.chance.choice(self.urls)
        known = {"If_None_Match": self._etags[url]} if url in self._etags else {}
        answer = self.client.get(f"/api/v1/edits?url={quote(url, safe='')}", **known)
        self._etags[url] = answer.headers.get("etag", "")
        return answer

    def _lookup(self) -> Answer:
        return self.client.post("/api/v1/lookup", {"urls": self.chance.choices(self.urls, k=LOOKED_UP)})

    def _capture(self) -> Answer:
        """One in two says something new."""
        self._sent += self.chance.random() < 0.5
        texts = [f"The {self._sent}th ferry of the day carried {100 + self._sent} people over the bay.", *TOLD]
        return self.client.post("/api/v1/captures", {"url": self.own, "html": page(texts, "Ferries of the day")})

    def _search(self) -> Answer:
        path = self.chance.choice(("/search", "/api/v1/search"))
        return self.client.get(f"{path}?q={quote(self.chance.choice(QUERIES))}", **BROWSER)

    def _page(self) -> Answer:
        return self.client.get(
            f"/articles/{self._number()}" + self.chance.choice(("", "/versions/0", "/feed.atom")), **BROWSER
        )

    def _number(self) -> int:
        """The id of one of the articles: they were the first to be stored."""
        return self.chance.randrange(1, len(self.urls) + 1)
