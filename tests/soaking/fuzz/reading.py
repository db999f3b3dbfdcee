"""Reads back what became of a capture, on every road there is, and says what is wrong with the answers."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from lxml import etree
from lxml import html as lxml_html

from rowback.text.normalize import comparable
from tests.server import promises
from tests.server.backend import PROBLEM, Answer, Client
from tests.soaking.fuzz.mutations import CHARACTERS
from tests.soaking.tally import Tally

BROWSER = {"Accept": "text/html"}
PAGES, LISTS = 1 / 6, 1 / 20  # of the captures are followed by a look at the article's pages, and at what lists all
MAX_COMPARED = 4_000  # blocks times edits, in thousands: a rewritten page of thousands of blocks is not gone through
ATTEMPTS = 5
QUERIES = (
    "ferry", '"harbour office"', "removed:ferry", "label:figure", "title:ferry", "source:packet.example", "after:2026-01",
    "東京", "船", '"', "*", "(", ")", "a OR b AND NOT c", "-ferry", "NEAR(a b)", "^ferry", "a:b:c", "removed:",
    "ferry*", "'", "%",
)  # fmt: skip
LIST_PATHS = (
    "/", "/articles", "/status", "/metrics", "/feed.atom", "/feed.rss", "/feed.json", "/?label=figure", "/?older=x",
    "/?source=packet.example", "/api/v1/articles?limit=50", "/api/v1/status", "/sources/packet.example/feed.atom",
    "/labels/figure/feed.rss",
)  # fmt: skip


@dataclass
class Reader:
    """One thread's requests."""

    client: Client
    tally: Tally
    chance: random.Random

    def send(self, body: bytes, media_type: str) -> dict[str, Any] | None:
        """Sends a capture; the article where it was taken."""
        headers = {"Content-Type": media_type} if media_type else {}
        answer = self.tally.timed("capture", lambda: self.client.send("POST", "/api/v1/captures", body, **headers))
        told = _json(answer)
        if answer.status not in (200, 201):
            return None
        assert told["new_version"] is (answer.status == 201)
        article: dict[str, Any] = told["article"]
        assert told["version"] < article["version_count"]
        return article

    def look(self, article: dict[str, Any]) -> None:
        """Holds the API's answers about an article to the promises, and now and then asks for pages, feeds and searches."""
        self._edits(article)
        if self.chance.random() < PAGES:
            self._pages(article)
        if self.chance.random() < LISTS:
            self._lists(article)

    def _get(self, kind: str, path: str, **headers: str) -> Answer:
        answer = self.tally.timed(kind, lambda: self.client.get(path, **headers))
        _check_body(answer)
        return answer

    def _edits(self, article: dict[str, Any]) -> None:
        asked = f"/api/v1/edits?url={quote(article['url'], safe='')}&from={self.chance.choice(('first', 'previous'))}"
        for _ in range(ATTEMPTS):
            answer = self._get("edits", asked)
            told = _json(answer)
            old, new = (self._texts(told["article"]["id"], told[end]) for end in ("from", "to"))
            # Another thread may have sent a capture of the same article meanwhile: the texts are another answer's then.
            if self._get("edits again", asked, If_None_Match=answer.headers["etag"]).status == 304:
                break
        else:
            return
        assert told["article"]["id"] == article["id"], "its own address leads to another article"
        _check_edits(told, old, new)

    def _texts(self, article_id: int, number: int) -> list[str]:
        told = _json(self._get("version", f"/api/v1/articles/{article_id}/versions/{number}"))["version"]
        return [told["title"], *(block["text"] for block in told["blocks"])]

    def _pages(self, article: dict[str, Any]) -> None:
        at, last = f"/articles/{article['id']}", article["version_count"] - 1
        paths = [at, f"{at}/versions/{last}", f"{at}/feed.atom", f"{at}/feed.rss", f"{at}/feed.json", f"{at}/timemap"]
        paths += [f"{at}/versions/{last}.json", f"{at}/versions/{last}.txt"]
        paths += [f"{at}/diff/0/{last}", f"{at}/diff/{last}/0?view=inline"] if last else []
        for path in paths:
            answer = self._get("page", path, **BROWSER)
            assert answer.status == 200, f"{path} answered {answer.status}"

    def _lists(self, article: dict[str, Any]) -> None:
        self._get("list", self.chance.choice(LIST_PATHS), **BROWSER)
        query = quote(self._query(article).encode("utf-8", "surrogatepass"))
        for path in ("/search", "/api/v1/search", "/search/feed.atom", "/search/feed.json"):
            self._get("search", f"{path}?q={query}", **(BROWSER if path == "/search" else {}))

    def _query(self, article: dict[str, Any]) -> str:
        how = self.chance.random()
        if how < 0.4:
            return self.chance.choice(QUERIES)
        words = article["title"].split(" ")
        found = words[self.chance.randrange(len(words))] or "ferry"
        return found + self.chance.choice(CHARACTERS) if how < 0.6 else str(found)


def _check_edits(told: dict[str, Any], old: list[str], new: list[str]) -> None:
    spans = told["versions"]
    assert [each["version"] for each in spans] == list(range(told["article"]["version_count"]))
    seen = [datetime.fromisoformat(span[end]) for span in spans for end in ("seen_at", "last_seen_at")]
    assert seen == sorted(seen), "versions out of time order"
    edits = [promises.edit_of(each) for each in told["edits"]]
    passing = [promises.edit_of(each) for each in told["passing"]]
    promises.are_well_formed([*edits, *passing])
    promises.unchanged_words_are_shown_once(edits)
    if [*map(comparable, old)] == [*map(comparable, new)]:
        assert not edits, "equal versions have edits"
    if len(edits) * (len(old) + len(new)) < MAX_COMPARED * 1_000:
        promises.markup_gives_both_sides(edits, old, new)
        promises.every_difference_is_told(edits, old, new)
        promises.anchors_stand([*edits, *passing], new)


def _json(answer: Answer) -> Any:
    """The decoded body of an API's answer; what was refused must be a problem document."""
    _check_body(answer)
    if answer.status >= 400:
        assert answer.code
    return answer.json


def _check_body(answer: Answer) -> None:
    """A body is what its type says: JSON, XML, or a page without scripts of its own."""
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if answer.status >= 500:
        raise AssertionError(f"answered {answer.status}: {answer.body[:300]!r}")
    if kind.endswith("json"):
        assert kind != PROBLEM or answer.status >= 400
        assert answer.json is not None
    elif kind.endswith("xml"):
        etree.fromstring(answer.body, etree.XMLParser(resolve_entities=False, no_network=True))
    elif kind == "text/html" and answer.status == 200:
        _check_page(answer.body)


def _check_page(body: bytes) -> None:
    tree = lxml_html.document_fromstring(body.decode("utf-8"))
    for node in tree.iter():
        names = [name for name in node.attrib if str(name).startswith("on")]
        assert not names, f"a page runs {names}"
        link = str(node.get("href") or node.get("src") or "").strip().lower()
        assert not link.startswith(("javascript:", "vbscript:", "data:text")), f"a page leads to {link[:60]}"
        assert node.tag != "script" or link.startswith("/static/"), "a page has a script that is not ours"
