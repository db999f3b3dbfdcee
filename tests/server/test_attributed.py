"""Who showed a version first is told wherever its text is: on pages, in feeds, to programs, in the terminal, to strangers."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest

from rowback.model import Attribution, Origin
from rowback.store import Store
from rowback.text.attributed import attributed
from rowback.web.app import create_app

from .backend import Clock
from .samples import PARAGRAPHS, URL, at, capture, changed

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from .program import Program

COPY = "https://web.archive.org/web/20260105183600/https://www.harbour-echo.example/ferry?a=1&b=2"
PEERS = "http://reader.example:8484/memento/20260107120000/x"
DAY = 24 * 60
LINE = "as archived by the Wayback Machine on 5 January 2026, 08:00 UTC"
STORED = "as stored by reader.example on 7 January 2026, 08:00 UTC"
HTML = {"Accept": "text/html"}


def _fill(store: Store) -> None:
    """An archive's copy, another backend's version, and a check of ours, some days apart."""
    sights = (
        (-5, PARAGRAPHS, Origin.ARCHIVE, Attribution("Wayback Machine", COPY)),
        (-3, changed("400", "900"), Origin.ROWBACK, Attribution("reader.example", PEERS)),
        (0, changed("400", "500"), Origin.POLL, None),
    )
    for days, texts, origin, memento in sights:
        found = replace(capture(texts, minutes=days * DAY), origin=origin, memento=memento)
        store.record(found, at(0))
    store.owner.set_listed(1, listed=True)


@pytest.fixture(params=["owner", "stranger"])
def reader(store: Store, request: pytest.FixtureRequest) -> FlaskClient:
    """Whoever may see the article."""
    _fill(store)
    client = create_app(store, is_public=True, now=Clock()).test_client()
    if request.param == "owner":
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {store.access.new_token('reader', at(0))}"
    return client


def _page(reader: FlaskClient, path: str) -> Any:
    answer = reader.get(path, headers=HTML)
    assert answer.status_code == 200, path
    return lxml.html.document_fromstring(answer.get_data(as_text=True))


def _text(found: Any) -> str:
    return re.sub(r"\s+", " ", found.text_content()).strip()


def _credits(page: Any) -> list[str]:
    return [_text(each) for each in page.xpath("//*[contains(concat(' ', @class, ' '), ' credit ')]")]


def test_the_article_page_tells_it_of_versions_and_of_what_its_edits_struck_out(reader: FlaskClient) -> None:
    page = _page(reader, "/articles/1")
    assert _credits(page) == [
        "as archived by the Wayback Machine",
        "as stored by reader.example",
        f"before: {LINE}",
    ]
    assert page.xpath("//section[h2[@id='versions']]//*[contains(@class, 'credit')]/a/@href") == [COPY, PEERS]


def test_a_version_says_whose_copy_it_is_and_does_not_date_the_edit_by_it(reader: FlaskClient) -> None:
    page = _page(reader, "/articles/1/versions/0")
    assert f"this is how the article read, {LINE}. It read so until version 1" in _text(page)
    assert "Words marked like this had changed by then" in _text(page)
    assert f"The text is {LINE}: {COPY}." in _text(page.xpath("//section[@class='cite']")[0])
    assert f"read, {STORED}. It read so until" in _text(_page(reader, "/articles/1/versions/1"))
    own = _text(_page(reader, "/articles/1/versions/2"))
    assert "read from 10 January 2026, 08:00 UTC. It read so at" in own
    assert "as archived" not in own


def test_a_diff_says_whose_copies_its_sides_are(reader: FlaskClient) -> None:
    for path, told in (("0/1", ["as archived by the Wayback Machine", "as stored by reader.example"]), ("2/2", [])):
        assert _credits(_page(reader, f"/articles/1/diff/{path}")) == told
    page = _page(reader, "/articles/1/diff/0/1?view=inline")
    assert page.xpath("//*[@class='credit']/a/@href") == [COPY, PEERS]
    assert page.xpath("//*[@class='credit']/a/@rel") == ["noreferrer external"] * 2


def test_a_change_between_two_copies_is_not_told_as_if_it_had_happened_at_the_second(reader: FlaskClient) -> None:
    for path in ("/articles/1", "/articles/1/diff/0/2"):
        told = _text(_page(reader, path))
        assert "reworded between 5 January 2026, 08:00 UTC and 7 January 2026, 08:00 UTC" in told
    facts = _text(_page(reader, "/articles/1").xpath("//dl[@class='facts']")[0])
    assert "Last changed between 7 January 2026, 08:00 UTC and 10 January 2026, 08:00 UTC" in facts


def test_the_memento_names_the_copy_as_where_it_comes_from(reader: FlaskClient) -> None:
    path = f"/memento/20260105080000/{URL}"
    assert LINE in _text(_page(reader, path))
    for each in (path, "/articles/1/versions/0.json", "/articles/1/versions/0.txt"):
        link = reader.get(each, headers=HTML).headers["Link"]
        assert f'<{COPY}>; rel="via"' in link
        assert link.count("via") == 1
    assert "via" not in reader.get("/articles/1/versions/2", headers=HTML).headers["Link"]


def test_plain_text_and_json_tell_it(reader: FlaskClient) -> None:
    text = reader.get("/articles/1/versions/0.txt").get_data(as_text=True)
    assert f"Version 0, {LINE}\n{COPY}\n" in text
    assert "Version 2, seen 10 January 2026, 08:00 UTC\n" in reader.get("/articles/1/versions/2.txt").get_data(
        as_text=True
    )
    told = reader.get("/articles/1/versions/1.json").get_json()["version"]
    assert (told["origin"], told["memento"]) == ("rowback", {"archive": "reader.example", "href": PEERS})


@pytest.mark.parametrize("path", ["/", "/search?q=label:figure"])
def test_lists_of_edits_say_whose_copy_showed_what_was_there_before(reader: FlaskClient, path: str) -> None:
    assert _credits(_page(reader, path)) == [f"before: {STORED}", f"before: {LINE}"]


def test_what_a_search_finds_says_whose_copy_showed_it_first(reader: FlaskClient) -> None:
    assert _credits(_page(reader, "/search?q=commuters")) == [
        "as stored by reader.example",
        "as archived by the Wayback Machine",
    ]


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_feeds_tell_it_in_their_entries(reader: FlaskClient, form: str) -> None:
    for path in ("/feed", "/articles/1/feed"):
        told = reader.get(f"{path}.{form}").get_data(as_text=True)
        assert told.count("Wayback Machine") == 1, "of the first step"
        assert told.count("as stored by") == 2, "after the first step, and before the second"
        assert "web.archive.org/web/20260105183600" in told
    assert reader.get(f"/search/feed.{form}?q=commuters").get_data(as_text=True).count("Wayback Machine") == 1


def test_a_feed_is_another_when_a_copy_becomes_known(reader: FlaskClient, store: Store) -> None:
    paths = ("/feed.atom", "/search/feed.atom?q=commuters")
    before = [reader.get(path).headers["ETag"] for path in paths]
    with closing(sqlite3.connect(store.path)) as db, db:
        db.execute("delete from mementos")
    after = [reader.get(path, headers={"If-None-Match": etag}) for path, etag in zip(paths, before, strict=True)]
    assert [answer.status_code for answer in after] == [200, 200]
    assert all("Wayback" not in answer.get_data(as_text=True) for answer in after)


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", ""])
def test_a_link_that_leads_nowhere_on_the_web_is_on_no_page(reader: FlaskClient, store: Store, href: str) -> None:
    with closing(sqlite3.connect(store.path)) as db, db:
        db.execute("update mementos set href = ?", [href])
    for path in ("/", "/articles/1", "/articles/1/versions/0", "/articles/1/diff/0/1", "/search?q=commuters"):
        assert _credits(_page(reader, path)) == []
    for path in ("/feed.atom", "/articles/1/versions/0.txt", "/articles/1/versions/0.json"):
        assert "as archived" not in reader.get(path).get_data(as_text=True)


def test_a_name_that_means_harm_stays_text(reader: FlaskClient, store: Store) -> None:
    with closing(sqlite3.connect(store.path)) as db, db:
        db.execute("update mementos set archive = '<script>\u202e\"x', href = 'https://a.example/\">'")
    page = _page(reader, "/articles/1/versions/0")
    (link, *_) = page.xpath("//main//a[starts-with(@href, 'https://a.example/')]")
    assert (link.get("href"), link.xpath("bdi/text()")) == ("https://a.example/%22%3E", ['<script>\u202e"x'])
    header = reader.get("/articles/1/versions/0", headers=HTML).headers["Link"]
    assert '<https://a.example/%22%3E>; rel="via"' in header


def test_the_terminal_tells_it_with_the_versions(rowback: Program) -> None:
    store = Store(rowback.db)
    _fill(store)
    store.close()
    told = rowback.ok("edits", URL).out
    assert f"    as archived by the Wayback Machine: {COPY}\n" in told
    assert f"    as stored by reader.example: {PEERS}\n" in told


def test_a_search_in_the_terminal_tells_who_showed_a_text_first(rowback: Program) -> None:
    store = Store(rowback.db)
    _fill(store)
    store.close()
    told = rowback.ok("search", "commuters").out.splitlines()
    after = {line.split(":")[0].strip(): told[n + 1 : n + 2] for n, line in enumerate(told) if line.startswith("  v")}
    assert after["version 0"] == [f"    as archived by the Wayback Machine: {COPY}"]
    assert after["version 1"] == [f"    as stored by reader.example: {PEERS}"]
    assert not any(line.startswith("    as") for line in after["version 2"])


def test_a_name_is_one_line_in_the_terminal(rowback: Program) -> None:
    store = Store(rowback.db)
    _fill(store)
    store.close()
    with closing(sqlite3.connect(rowback.db)) as db, db:
        db.execute("update mementos set archive = ?", ["a\n  version 9\x1b[2J" + "b" * 999])
    told = rowback.ok("edits", URL).out
    assert "    as archived by a version 9[2Jbbb" in told
    assert max(map(len, told.splitlines())) < 400


@pytest.mark.parametrize(
    ("archive", "origin", "href", "said"),
    [
        ("Wayback Machine", Origin.ARCHIVE, COPY, "as archived by the Wayback Machine"),
        ("Arquivo.pt", Origin.ARCHIVE, COPY, "as archived by Arquivo.pt"),
        ("news.example", Origin.ROWBACK, PEERS, "as stored by news.example"),
        (
            "news.example",
            Origin.ROWBACK,
            "https://a.example/r/memento/20260107120000000001/x",
            "as stored by news.example",
        ),
        ("Wayback Machine", Origin.ROWBACK, COPY, "as archived by the Wayback Machine"),
        ("news.example", Origin.ARCHIVE, PEERS, "as archived by news.example"),
        ("Wayback Machine", None, COPY, "as archived by the Wayback Machine"),
        ("Wayback Machine", Origin.IMPORT, COPY, "as archived by the Wayback Machine"),
    ],
)
def test_who_has_a_copy_is_said_as_it_stands_in_a_sentence(
    archive: str, origin: Origin | None, href: str, said: str
) -> None:
    assert attributed(Attribution(archive, href), origin) == said
