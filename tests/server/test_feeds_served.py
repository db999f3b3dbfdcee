"""Feeds as feed readers read them: complete, stable, and not sent twice."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import feedparser
import lxml.etree
import lxml.html
import pytest

from .feed_rules import atom_faults, rss_faults
from .samples import PARAGRAPHS, START, TITLE, changed

if TYPE_CHECKING:
    from .backend import Answer, Backend, Client

NEW_TITLE = "Ferry timetable changes from Tuesday"
HOSTILE = "<script>alert(1)</script> & <ins>fake</ins> ]]>"
# Neither a store nor a URL refuses these, and XML 1.0 cannot hold them (2.2), escaped or not.
NO_XML = "\ufffe\uffff\x0b\x00"
FEEDS = {
    "/feed": 2,
    "/sources/harbour-echo.example/feed": 2,
    "/sources/elsewhere.example/feed": 0,
    "/labels/figure/feed": 1,
    "/articles/1/feed": 2,
    "/search/feed": 1,
}
QUERIES = {"/search/feed": "?q=removed%3A400"}
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def told(client: Client) -> Client:
    """An article in which a figure, then the headline changes."""
    texts = ((PARAGRAPHS, TITLE), (changed("400", "900"), TITLE), (changed("400", "900"), NEW_TITLE))
    for n, (paragraphs, title) in enumerate(texts):
        client.capture(paragraphs, title=title, seen_at=(START + timedelta(hours=n)).isoformat())
    return client


def _get(client: Client, feed: str, form: str) -> Answer:
    answer = client.get(f"{feed}.{form}{QUERIES.get(feed, '')}")
    assert answer.status == 200
    return answer


def _parsed(answer: Answer) -> Any:
    found = feedparser.parse(io.BytesIO(answer.body), response_headers={"content-type": answer.headers["content-type"]})
    assert not found.bozo, found.get("bozo_exception")
    return found


@pytest.mark.parametrize("form", ["atom", "rss"])
@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_is_read_by_a_feed_reader(told: Client, feed: str, form: str) -> None:
    answer = _get(told, feed, form)
    found = _parsed(answer)
    assert found.version == {"atom": "atom10", "rss": "rss20"}[form]
    assert answer.headers["content-type"].startswith(f"application/{form}+xml")
    assert len(found.entries) == FEEDS[feed]
    assert found.feed.title
    (itself,) = [link.href for link in found.feed.links if link.rel == "self"]
    assert itself == f"http://127.0.0.1:{told.port}{feed}.{form}{QUERIES.get(feed, '')}"
    for entry in found.entries:
        assert entry.id.startswith("urn:uuid:")
        assert entry.link.startswith(f"http://127.0.0.1:{told.port}/articles/1/diff/")
        assert entry.published_parsed[:4] == (2026, 1, 10, 8 + int(entry.link[-1]))
        assert entry.author == "harbour-echo.example"


@pytest.mark.parametrize("feed", FEEDS)
def test_a_json_feed_has_what_its_specification_asks_for(told: Client, feed: str) -> None:
    answer = _get(told, feed, "json")
    found = json.loads(answer.body)
    assert answer.headers["content-type"].startswith("application/feed+json")
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["title"]
    assert found["feed_url"].endswith(f"{feed}.json{QUERIES.get(feed, '')}")
    assert len(found["items"]) == FEEDS[feed]
    assert all(isinstance(item["id"], str) and item["content_html"] for item in found["items"])


def test_entries_hold_the_changed_words_with_their_styles(told: Client) -> None:
    for content in (
        _parsed(_get(told, "/labels/figure/feed", "atom")).entries[0].content[0].value,
        _parsed(_get(told, "/labels/figure/feed", "rss")).entries[0].summary,
        json.loads(_get(told, "/labels/figure/feed", "json").body)["items"][0]["content_html"],
    ):
        page: Any = lxml.html.fragment_fromstring(content, create_parent="div")
        assert page.xpath(".//del/text()") == ["400"]
        assert page.xpath(".//ins/text()") == ["900"]
    raw = json.loads(_get(told, "/labels/figure/feed", "json").body)["items"][0]["content_html"]
    assert "line-through" in raw
    assert "underline" in raw


def test_hostile_texts_stay_texts_in_entries(client: Client) -> None:
    client.capture([HOSTILE, *PARAGRAPHS], title=HOSTILE, seen_at=START.isoformat())
    client.capture([HOSTILE + " 1", *PARAGRAPHS], title=HOSTILE, seen_at=(START + timedelta(hours=1)).isoformat())
    atom = lxml.etree.fromstring(client.get("/feed.atom").body)
    (content,) = atom.findall(f"{ATOM}entry/{ATOM}content")
    page: Any = lxml.html.fragment_fromstring(content.text or "", create_parent="div")
    assert page.xpath(".//script") == []
    assert page.xpath(".//ins/text()") == [" 1"]
    (title,) = atom.findall(f"{ATOM}entry/{ATOM}title")
    assert (title.text or "").startswith(HOSTILE)
    lxml.etree.fromstring(client.get("/articles/1/feed.rss").body)


def test_ids_stay_when_an_older_version_shifts_the_numbers(told: Client) -> None:
    before = {entry.title.partition(" (")[0]: entry.id for entry in _parsed(_get(told, "/feed", "atom")).entries}
    told.capture([*PARAGRAPHS, "More to come."], seen_at=(START - timedelta(hours=1)).isoformat())
    after = _parsed(_get(told, "/feed", "atom")).entries
    assert len(after) == 3
    assert {entry.id for entry in after} > set(before.values())
    assert after[0].link.endswith("/diff/2/3")


def test_an_unchanged_feed_is_not_sent_again(told: Client) -> None:
    for path in ("/feed.atom", "/articles/1/feed.rss", "/search/feed.json?q=ferry"):
        first = told.get(path)
        assert first.headers["last-modified"].endswith("GMT")
        assert told.get(path, If_None_Match=first.headers["etag"]).status == 304
        assert told.get(path, If_Modified_Since=first.headers["last-modified"]).status == 304
        told.capture(
            [*PARAGRAPHS, path], title=NEW_TITLE, seen_at=(START + timedelta(hours=3, minutes=len(path))).isoformat()
        )
        assert told.get(path, If_None_Match=first.headers["etag"]).status == 200


def test_what_is_hidden_leaves_the_feeds_of_readers_that_go_by_date(told: Client, backend: Backend) -> None:
    for n, word in enumerate(("six", "ten")):
        seen_at = (START + timedelta(hours=9 + n)).isoformat()
        told.capture([f"The lamp is lit at {word}."], url="https://lantern-post.example/lamp", seen_at=seen_at)
    first = told.get("/feed.atom")
    backend.store.owner.hide(2, "A court forbids it.")
    second = told.get("/feed.atom", If_Modified_Since=first.headers["last-modified"])
    assert (second.status, b"lamp" in second.body) == (200, False)
    assert told.get("/feed.atom", If_None_Match=f"W/{second.headers['etag']}").status == 304, "through a proxy"


def test_long_feeds_lead_to_their_older_entries(client: Client) -> None:
    for n in range(45):
        client.capture(
            [f"It was {n} degrees at noon.", *PARAGRAPHS], seen_at=(START + timedelta(minutes=n)).isoformat()
        )
    first = _parsed(client.get("/feed.atom"))
    (following,) = [link.href for link in first.feed.links if link.rel == "next"]
    second = _parsed(client.get("/" + following.split("/", 3)[3]))
    ids = [entry.id for entry in (*first.entries, *second.entries)]
    assert len(ids) == len(set(ids)) == 44


def test_a_search_for_texts_is_a_feed_of_texts(told: Client) -> None:
    found = _parsed(told.get("/search/feed.atom?q=commuters")).entries
    assert len(found) == 2
    pages = [told.get("/" + entry.link.split("/", 3)[3]) for entry in found]
    assert {re.sub("<[^>]+>", "", page.body.decode()).partition("Version ")[2][0] for page in pages} == {"0", "2"}
    assert told.get("/search/feed.atom?q=").status == 400


def test_the_link_that_the_api_gives_is_a_feed(told: Client) -> None:
    link = told.get("/api/v1/articles/1").json["article"]["links"]["atom"]
    assert _parsed(told.get("/" + link.split("/", 3)[3])).entries


HOSTILE_FEEDS = (
    "/feed",
    "/articles/2/feed",
    f"/sources/{NO_XML}/feed",
    "/search/feed?q=fake",
    f"/search/feed?q=a{NO_XML}",
    '/sources/a"b<c>\u202e/feed',
    "/labels/%20/feed",
    "/search/feed",
)
HOSTILE_QUERY = {"/search/feed": "?q=label:headline+before:2030+%22%3Cb%3E%22"}


def test_feeds_keep_the_rules_of_their_formats(told: Client) -> None:
    for n in range(2):
        seen_at = (START + timedelta(hours=n)).isoformat()
        told.capture(
            [f"{HOSTILE}{NO_XML} {n}"],
            title=f"{HOSTILE}{NO_XML} {n}",
            url="https://h.example/a?b=1&c=%22",
            seen_at=seen_at,
        )
    for feed in (*FEEDS, *HOSTILE_FEEDS, "/search/feed?q=commuters", "/feed?older=2026-01-10T09:30:00Z,99"):
        name, _, query = feed.partition("?")
        query = f"?{query}" if query else QUERIES.get(feed, HOSTILE_QUERY.get(feed, ""))
        for form, faults in (("atom", atom_faults), ("rss", rss_faults)):
            answer = told.get(f"{quote(name, safe='/%')}.{form}{quote(query, safe='?=&%+:,-')}")
            assert answer.status == 200
            assert faults(answer.body) == [], f"{feed} as {form}"


def test_the_rules_find_faults(told: Client) -> None:
    atom, rss = (told.get(f"/feed.{form}").body for form in ("atom", "rss"))
    assert atom_faults(atom) == rss_faults(rss) == []
    for part in (
        b'rel="self" ',
        b"http://",
        b'type="html"',
        b"urn:uuid:",
        b"<author><name>Rowback</name></author>",
        b"Z</up",
    ):
        broken = atom.replace(part, b"</up" if part == b"Z</up" else b"", 1)
        assert atom_faults(broken), part
    for part in (b'version="2.0"', b" GMT", b"http://127", b' isPermaLink="false"'):
        assert rss_faults(rss.replace(part, b"", 1)), part


def test_a_headline_and_a_text_that_read_alike_are_two_entries(client: Client) -> None:
    client.capture(["Lighthouse lit again", *PARAGRAPHS], title="Lighthouse lit again", seen_at=START.isoformat())
    body = client.get("/search/feed.atom?q=lighthouse").body
    assert atom_faults(body) == []
    assert len(feedparser.parse(io.BytesIO(body)).entries) == 2


def test_the_feed_of_a_search_for_texts_leads_to_older_ones(client: Client) -> None:
    for n in range(50):
        client.capture([f"The bell rang {n} times."], url=f"https://bells.example/{n}", seen_at=START.isoformat())
    seen, path = [], "/search/feed.atom?q=bell"
    while path:
        found = _parsed(client.get(path))
        seen += [entry.id for entry in found.entries]
        path = "".join("/" + link.href.split("/", 3)[3] for link in found.feed.links if link.rel == "next")
    assert len(seen) == len(set(seen)) == 50


def test_a_text_that_came_back_says_so_in_its_entry(client: Client) -> None:
    for n, old in enumerate(("400", "900", "400")):
        client.capture(
            [text.replace("400", old) for text in PARAGRAPHS], seen_at=(START + timedelta(hours=n)).isoformat()
        )
    (entry,) = _parsed(client.get("/search/feed.atom?q=400")).entries
    assert "stood in version 0 and version 2." in entry.content[0].value
