"""Reads back what became of a capture, on every road there is, and says what is wrong with the answers."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from lxml import etree
from lxml import html as lxml_html

from rowback.text.normalize import comparable
from rowback.text.urls import identify, identify_asked
from tests.server import promises
from tests.server.backend import PROBLEM, Answer, Client
from tests.soaking.fuzz.bodies import JSON, URLS, VALUES
from tests.soaking.fuzz.mutations import CHARACTERS
from tests.soaking.fuzz.paths import LISTS, OF_ARTICLE, SEARCHES
from tests.soaking.tally import Tally

BROWSER = {"Accept": "text/html"}
# So many of the captures are followed by a look at all that is told of the article, and at what lists all.
PAGES, OTHERS = 1 / 10, 1 / 10
MAX_COMPARED = 4_000  # blocks times edits, in thousands: a rewritten page of thousands of blocks is not gone through
ATTEMPTS = 5
NO_CONTENT = 204
QUERIES = (
    "ferry", '"harbour office"', "removed:ferry", "label:figure", "title:ferry", "source:packet.example", "after:2026-01",
    "東京", "船", '"', "*", "(", ")", "a OR b AND NOT c", "-ferry", "NEAR(a b)", "^ferry", "a:b:c", "removed:",
    "ferry*", "'", "%",
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
        if self.chance.random() < OTHERS:
            self._lists(article)
            self._writes(article)

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
        if identify_asked(article["url"]) == identify(
            article["url"]
        ):  # of a page in an AMP viewer, the publisher's is meant
            assert told["article"]["id"] == article["id"], "its own address leads to another article"
        _check_edits(told, old, new)

    def _texts(self, article_id: int, number: int) -> list[str]:
        told = _json(self._get("version", f"/api/v1/articles/{article_id}/versions/{number}"))["version"]
        return [told["title"], *(block["text"] for block in told["blocks"])]

    def _pages(self, article: dict[str, Any]) -> None:
        for path in OF_ARTICLE:
            asked = filled(path, article)
            answer = self._get("page", asked, **BROWSER)
            assert answer.status < 400, f"{asked} answered {answer.status}"

    def _lists(self, article: dict[str, Any]) -> None:
        for path in (*self.chance.sample(LISTS, 2), *self.chance.sample(SEARCHES, 4)):
            self._get("list", filled(path, article, self._query(article)), **BROWSER)

    def _writes(self, article: dict[str, Any]) -> None:
        """What else takes addresses: look-ups, following an article, following a feed."""
        urls = [*self.chance.sample(URLS, 5), article["url"]]
        odd = self.chance.choice((*VALUES, {"urls": urls}, {"url": self.chance.choice(URLS), "kind": "feed"}))
        for method, path, body in (
            ("POST", "/api/v1/lookup", {"urls": urls}),
            ("POST", "/api/v1/lookup", odd),
            ("POST", "/api/v1/feeds", odd),
            ("DELETE", "/api/v1/feeds", odd),
            ("PUT", f"/api/v1/articles/{article['id']}/follow", {}),
        ):
            data = json.dumps(body).encode()
            answer = self.tally.timed("write", partial(self.client.send, method, path, data, Content_Type=JSON))
            if answer.status != NO_CONTENT:
                _json(answer)

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
        if told["next"] is None and not told["left_out"]["edits"]:
            promises.every_difference_is_told(edits, old, new)
        promises.anchors_stand([*edits, *passing], new)


def filled(path: str, article: dict[str, Any], query: str = "") -> str:
    """An address of `paths` for an article as the API tells it."""
    return path.format(
        id=article["id"],
        last=article["version_count"] - 1,
        url=quote(article["url"], safe="" if "?" in path else "/:"),
        at=quote(article["first_seen_at"], safe=""),
        query=quote(query.encode("utf-8", "surrogatepass"), safe=""),
    )


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
