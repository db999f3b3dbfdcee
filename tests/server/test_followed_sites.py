"""Whether the site of a page is followed, by which feeds, and what is stored of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from rowback.model import Scope
from rowback.store.feeds import Entry, FeedKind

from .samples import PARAGRAPHS, START, URL

if TYPE_CHECKING:
    from typing import Any

    from rowback.store import Store

    from .backend import Backend, Client

HOME = "https://echo.example.org/"


def _ask(client: Client, url: str) -> dict[str, Any]:
    told: dict[str, Any] = client.get(f"/api/v1/sites?url={quote(url, safe='')}").json
    return told


@pytest.mark.parametrize(
    ("feed", "kind", "page", "is_of"),
    [
        (HOME, FeedKind.FRONT, "https://echo.example.org/city/ferry", True),
        (HOME, FeedKind.FRONT, "https://www.example.org/city/ferry", True),
        ("https://feeds.example.org/all.xml", FeedKind.FEED, HOME, True),
        ("https://echo.example.org/sport/feed.xml", FeedKind.FEED, HOME, True),
        ("https://echo.example.org/news.xml", FeedKind.SITEMAP, "https://m.example.org/", True),
        ("https://echo.example.org/sport/", FeedKind.FRONT, "https://echo.example.org/sport", True),
        ("https://echo.example.org/sport/", FeedKind.FRONT, "https://echo.example.org/sport/cup/final", True),
        ("https://echo.example.org/sport/", FeedKind.FRONT, HOME, False),
        ("https://echo.example.org/sport/", FeedKind.SITE, "https://echo.example.org/sports", False),
        ("https://other.example.net/", FeedKind.FRONT, HOME, False),
        ("https://notexample.org/", FeedKind.FRONT, HOME, False),
    ],
)
def test_a_feed_is_of_the_sites_pages_that_it_brings(
    feed: str, kind: FeedKind, page: str, store: Store, *, is_of: bool
) -> None:
    store.feeds.add(feed, kind, "", START)
    assert [each.kind for each in store.followed_sites.site(page).feeds] == [kind] * is_of


def test_what_is_followed_is_named_without_saying_what_is_read(backend: Backend) -> None:
    assert backend.client.get("/api/v1/sites").json == {"sites": [], "may_follow": True}
    for feed, kind in (("sport/", FeedKind.FRONT), ("a.xml", FeedKind.FEED), ("b.xml", FeedKind.FEED)):
        backend.store.feeds.add(HOME + feed, kind, "", START)
    told = backend.client.get("/api/v1/sites").json["sites"]
    assert told == [{"source": "example.org", "section": section} for section in ("", "/sport")]


@pytest.mark.parametrize(("own", "others", "is_of"), [(3, 0, True), (3, 2, True), (2, 2, False), (0, 3, False)])
def test_a_feed_that_lies_elsewhere_is_of_the_site_that_most_of_its_articles_are_of(
    own: int, others: int, store: Store, *, is_of: bool
) -> None:
    feed, _ = store.feeds.add("https://service.example.net/echo", FeedKind.FEED, "", START)
    named = [f"{HOME}{n}" for n in range(own)] + [f"https://paper{n}.example.com/a" for n in range(others)]
    store.feeds.take_in(feed.id, map(Entry, named), START)
    assert bool(store.followed_sites.site(HOME).feeds) is is_of


def test_what_is_stored_of_a_site_is_counted(backend: Backend) -> None:
    store, client = backend.store, backend.client
    edited = client.capture().json["article"]
    client.capture([*PARAGRAPHS, "A second boat sails."])
    first = client.capture(url=f"{URL}-two").json["article"]
    store.owner.set_listed(edited["id"], listed=False)
    told = _ask(client, URL)["site"]
    assert (told["article_count"], told["edited_count"]) == (1, 0), "what only a browser brought is not counted"
    store.owner.set_listed(edited["id"], listed=True)
    store.feeds.add(URL, FeedKind.FEED, "", START)
    told = _ask(client, URL)["site"]
    assert (told["followed"], told["article_count"], told["edited_count"]) == (True, 2, 1)
    assert told["newest"]["title"] == first["title"]
    assert told["links"]["html"].endswith(f"/?source={told['source']}")


def test_only_who_may_follow_feeds_is_shown_their_addresses(backend: Backend) -> None:
    backend.store.feeds.add(f"{HOME}feed.xml?key=secret", FeedKind.FEED, "", START)
    for scope in Scope:
        ends = backend.clock() + timedelta(days=1)
        secret = backend.store.access.new_token(f"a {scope}", backend.clock(), None, scope, ends)
        answer = backend.client.get(f"/api/v1/sites?url={HOME}", Authorization=f"Bearer {secret}")
        is_owner = scope is Scope.OWNER
        assert (answer.json["may_follow"], answer.json["site"]["followed"]) == (is_owner, True)
        assert (b"secret" in answer.body) is is_owner, scope


def test_what_is_no_address_has_no_site(client: Client) -> None:
    assert client.get("/api/v1/sites?url=nowhere").code == "bad-url"
    assert client.get("/api/v1/sites?url=").code == "bad-url"
