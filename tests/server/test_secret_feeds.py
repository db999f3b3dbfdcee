"""A feed's secret address opens that feed to whoever knows it, nothing else, and only until it is revoked."""

from __future__ import annotations

import hmac
import json
import logging
import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from rowback.errors import BadInput
from rowback.model import Scope
from rowback.web.pages.feed_names import MAX_ADDRESS, FeedName, FeedOf, named

from .all_rows import all_rows
from .samples import PARAGRAPHS, START, TITLE, changed
from .visitor import at_home, by_link, owner_at_home

if TYPE_CHECKING:
    from .backend import Answer, Backend
    from .program import Program

OTHER = "https://harbour-echo.example/other"
FEEDS = {
    "/feed": "/feed.atom",
    "/sources/harbour-echo.example/feed.rss": "/sources/harbour-echo.example/feed.atom",
    "/labels/figure/feed": "/labels/figure/feed.atom",
    "/articles/1/feed.json?older=x": "/articles/1/feed.atom",
    "https://rowback.example.org/search/feed.atom?q=removed%3A400&older=x": "/search/feed.atom?q=removed%3A400",
    "/search/feed?q=commuters": "/search/feed.atom?q=commuters",
}


@pytest.fixture
def edited(backend: Backend) -> Backend:
    """A backend with two articles, each edited once, one of which strangers would not be told of."""
    for n, paragraphs in enumerate((PARAGRAPHS, changed("400", "900"))):
        seen_at = (START + timedelta(hours=n)).isoformat()
        backend.client.capture(paragraphs, seen_at=seen_at, origin="browser")
        backend.client.capture([*paragraphs, "Another one."], f"{TITLE}, too", url=OTHER, seen_at=seen_at)
    return backend


def _made(backend: Backend, feed: str) -> str:
    """The path of a new secret address, made on the page as an owner does."""
    page = owner_at_home(backend).press("/access", "/access", do="new-feed", feed=feed)
    assert page.status == 200, page
    found = re.search(r'class="secret">([^<]+)<', page.body.decode())
    assert found, page.body
    return urlsplit(found[1]).path


def _told(answer: Answer) -> list[str]:
    assert answer.status == 200, answer
    return [each.decode() for each in re.findall(rb"<id>(urn:[^<]+)</id>", answer.body)]


@pytest.mark.parametrize("feed", FEEDS)
def test_it_says_what_the_feed_says_to_its_owner(edited: Backend, feed: str) -> None:
    path, own = _made(edited, feed), edited.client.get(FEEDS[feed])
    found = edited.anyone.get(path)
    assert _told(found) == _told(own) != []
    itself = f"http://127.0.0.1:{edited.server.port}"
    assert found.body.replace(f"{itself}{path}".encode(), b"X") == own.body.replace(
        f'rel="self" type="application/atom+xml" href="{itself}{FEEDS[feed]}"'.encode(),
        b'rel="self" type="application/atom+xml" href="X"',
    ), "but for the address that leads to it, and an id that is none"


def test_it_has_every_format_and_is_not_sent_twice(edited: Backend) -> None:
    path = _made(edited, "/feed").removesuffix(".atom")
    for form, kind in (("atom", "atom+xml"), ("rss", "rss+xml"), ("json", "feed+json")):
        first = edited.anyone.get(f"{path}.{form}")
        assert first.headers["content-type"] == f"application/{kind}; charset=utf-8"
        assert "public" not in first.headers["cache-control"]
        assert edited.anyone.get(f"{path}.{form}", If_None_Match=first.headers["etag"]).status == 304
    assert json.loads(edited.anyone.get(f"{path}.json").body)["feed_url"].endswith(f"{path}.json")


def test_its_pages_follow_each_other_under_it(edited: Backend) -> None:
    for n in range(45):
        edited.client.capture(
            changed("six", str(n + 100)), url=f"{OTHER}-{n}", seen_at=(START + timedelta(hours=2)).isoformat()
        )
        edited.client.capture(
            changed("six", str(n + 500)), url=f"{OTHER}-{n}", seen_at=(START + timedelta(hours=3)).isoformat()
        )
    path, seen = _made(edited, "/feed"), []
    base = f"http://127.0.0.1:{edited.server.port}"
    while path:
        answer = edited.anyone.get(path)
        seen += _told(answer)
        (following,) = re.findall(rb'rel="next"[^>]*href="([^"]+)"', answer.body) or [b""]
        path = following.decode().replace("&amp;", "&").removeprefix(base)
        assert not path or path.startswith("/secret-feed/")
    assert len(seen) == len(set(seen)) == 47


def test_it_opens_nothing_else(edited: Backend) -> None:
    path = _made(edited, "/articles/1/feed")
    secret = path.removeprefix("/secret-feed/").removesuffix(".atom")
    ids = _told(edited.anyone.get(path + "?q=ferry&older=&article_id=2&source=x"))
    assert ids == _told(edited.client.get("/articles/1/feed.atom"))
    for other in ("/feed.atom", "/articles/2/feed.atom", "/articles/1/feed.atom", "/articles/1", "/metrics"):
        for key in (f"?token={secret}", f"?secret={secret}", ""):
            answer = edited.anyone.get(other + key, Authorization=f"Bearer {secret}") if key else None
            assert answer is None or answer.code == "no-token"
    assert edited.anyone.get(f"{path.removesuffix('.atom')}/../articles/2/feed.atom").status in (401, 404)
    assert edited.anyone.get("/api/v1/articles", Authorization=f"Bearer {secret}").code == "no-token"
    assert edited.anyone.get(path.replace("/secret-feed/", "/sign-in?code=")).status == 410
    assert edited.anyone.post("/api/v1/captures", {}, Authorization=f"Bearer {secret}").code == "no-token"


def test_what_is_not_quite_it_opens_nothing(edited: Backend) -> None:
    one, two = (_made(edited, feed) for feed in ("/feed", "/articles/1/feed"))
    number, _, secret = one.removeprefix("/secret-feed/").removesuffix(".atom").partition("-")
    other = two.partition("-")[2].removesuffix(".atom")
    for wrong in (
        f"{number}-{other}",
        f"2-{secret}",
        f"{number}-{secret[:-1]}",
        f"{number}-{secret}x",
        f"{number}-",
        f"{number}",
        f"-{secret}",
        f"٠{number}-{secret}",
        f"{number}.0-{secret}",
        f"{'9' * 60}-{secret}",
        f"-1-{secret}",
        "0-",
        secret,
    ):
        answer = edited.anyone.get(f"/secret-feed/{wrong.replace('٠', '%D9%A0')}.atom")
        assert (answer.status, answer.code) == (404, "not-found"), wrong
    assert edited.anyone.get(one).status == 200


def test_secrets_are_compared_in_constant_time_whether_there_is_such_a_number_or_not(
    edited: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[str, str]] = []

    def compare(one: str, other: str) -> bool:
        compared.append((one, other))
        return one == other

    address = edited.store.feed_addresses.new("/feed", edited.clock())
    monkeypatch.setattr(hmac, "compare_digest", compare)
    for given in (address, "1-wrong", "99-wrong", "none"):
        edited.store.feed_addresses.feed(given, edited.clock())
    assert len(compared) == 4
    assert {len(each) for pair in compared for each in pair} == {64}


def test_only_its_digest_is_stored_and_it_is_shown_once(edited: Backend) -> None:
    path = _made(edited, "/labels/figure/feed")
    secret = path.partition("-")[2].removesuffix(".atom")
    page = owner_at_home(edited).get("/access").body.decode()
    assert "label figure" in page
    assert secret not in page
    assert secret not in "\n".join(all_rows(edited.store.path))


def test_it_is_revoked_at_once_and_its_neighbours_go_on(edited: Backend) -> None:
    one, two = (_made(edited, feed) for feed in ("/feed", "/feed"))
    edited.clock.advance(minutes=5)
    assert edited.anyone.get(one).status == 200
    (first, second) = edited.store.feed_addresses.all()
    assert (first.last_used_at, second.last_used_at) == (edited.clock(), None)
    owner = owner_at_home(edited)
    assert owner.press("/access", "/access", do="revoke-feed", feed=str(first.id)).status == 303
    assert edited.anyone.get(one).code == "not-found"
    assert edited.anyone.get(two).status == 200
    assert owner.press("/access", "/access", do="revoke-feed", feed=str(first.id)).status == 404
    assert owner.press("/access", "/access", do="revoke-feed", feed="x").status == 400


@pytest.mark.parametrize(
    "feed", ["", "/", "/feed.xml", "/articles/1", "/articles/x/feed", "/search/feed", "//[", "/../feed"]
)
def test_what_names_no_feed_is_told_as_such(edited: Backend, feed: str) -> None:
    assert owner_at_home(edited).press("/access", "/access", do="new-feed", feed=feed).status == 400
    assert edited.store.feed_addresses.all() == []


@pytest.mark.parametrize(("feed", "status"), [("/articles/99/feed", 404), (f"/search/feed?q={'x' * 501}", 400)])
def test_what_opens_nothing_is_not_made(edited: Backend, feed: str, status: int) -> None:
    assert owner_at_home(edited).press("/access", "/access", do="new-feed", feed=feed).status == status


@pytest.mark.parametrize("scope", [Scope.READ, Scope.CAPTURE])
def test_only_the_owner_makes_one(edited: Backend, scope: Scope) -> None:
    visitor = by_link(edited, at_home(edited), scope)
    assert visitor.press("/articles/1", "/access", do="new-feed", feed="/feed").status == 403
    assert b"/access?feed=" not in visitor.get("/articles/1").body
    assert b"/access?feed=/articles/1/feed#feeds" in owner_at_home(edited).get("/articles/1").body
    assert edited.store.feed_addresses.all() == []


def test_another_article_that_gets_the_number_is_not_told_of(edited: Backend) -> None:
    path, other = _made(edited, "/articles/2/feed"), _made(edited, "/articles/1/feed")
    edited.store.owner.forget(2)
    new = edited.client.capture(PARAGRAPHS, url=f"{OTHER}-new").json["article"]["id"]
    assert new == 2, "the number is given again"
    assert edited.anyone.get(path).code == "not-found"
    assert edited.anyone.get(other).status == 200


def test_a_merged_article_is_followed_and_forgotten_with_the_one_it_became(edited: Backend) -> None:
    path = _made(edited, "/articles/2/feed")
    assert edited.store.merge(1, 2).id == 1
    assert _told(edited.anyone.get(path)) == _told(edited.client.get("/articles/1/feed.atom"))
    edited.store.owner.forget(1)
    assert edited.anyone.get(path).code == "not-found"
    assert edited.store.feed_addresses.all() == []


def test_no_answer_below_the_prefix_is_a_referer(edited: Backend) -> None:
    path = _made(edited, "/articles/1/feed")
    edited.store.owner.hide(1, "A court asked for it.")
    page = {"Accept": "text/html"}
    for asked, status in ((path, 410), (f"{path}x", 404), ("/secret-feed/1-x.atom", 404)):
        answer = edited.anyone.get(asked, **page)
        assert (answer.status, answer.headers["referrer-policy"]) == (status, "no-referrer"), asked
    assert edited.anyone.get(f"/{path}", **page).headers["referrer-policy"] == "no-referrer"
    assert edited.client.get("/articles/2", **page).headers["referrer-policy"] == "same-origin"
    answer = edited.anyone.get(_made(edited, "/feed"))
    assert (answer.headers["referrer-policy"], answer.headers["x-robots-tag"]) == ("no-referrer", "noindex")


def test_it_stands_in_no_log(
    edited: Backend, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _made(edited, "/feed")
    secret = path.partition("-")[2].removesuffix(".atom")
    caplog.set_level(logging.DEBUG)
    assert edited.anyone.get(path).status == 200
    monkeypatch.setattr(edited.store.latest, "page", lambda *_, **__: 1 / 0)
    assert edited.anyone.get(path).status == 500
    with closing(sqlite3.connect(edited.store.path)) as db:
        db.execute("alter table feed_addresses rename to elsewhere")
        assert edited.anyone.get(path).status == 503
        db.execute("alter table elsewhere rename to feed_addresses")
    assert "/secret-feed/<secret>" in caplog.text, "what failed is told"
    assert secret not in caplog.text
    assert secret not in edited.client.get("/metrics").body.decode()


def test_guessing_is_slowed_and_keeps_nobody_out(edited: Backend) -> None:
    path = _made(edited, "/feed")
    codes = [edited.anyone.get(f"/secret-feed/1-{n}.atom").code for n in range(31)]
    assert codes == ["not-found"] * 30 + ["too-many-attempts"]
    assert edited.anyone.get(path).status == 200


def test_a_page_of_another_site_cannot_read_it(edited: Backend) -> None:
    path = _made(edited, "/feed")
    assert edited.anyone.get(path, Origin="https://evil.example").code == "foreign-origin"
    assert edited.anyone.get(path, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors").code == "foreign-origin"


@pytest.mark.parametrize(
    "which",
    [
        FeedName(FeedOf.EVERYTHING),
        FeedName(FeedOf.SOURCE, "xn--nachrichten.example"),
        FeedName(FeedOf.SOURCE, "a b/ü?#%2F"),
        FeedName(FeedOf.LABEL, "place-name"),
        FeedName(FeedOf.ARTICLE, "7"),
        FeedName(FeedOf.SEARCH, 'removed:"a+b & c" before:2026 #ü%'),
    ],
)
def test_an_address_says_which_feed_it_is_of(which: FeedName) -> None:
    assert named(which.address) == which
    assert named(f"https://x.example:1{which.path}.json?{which.query}#top") == which


def test_an_address_has_an_end() -> None:
    with pytest.raises(BadInput):
        named("/search/feed?q=" + "x" * MAX_ADDRESS)


def test_the_command_makes_lists_and_revokes(rowback: Program) -> None:
    made = rowback.ok("feed-keys", "new", "/sources/example.com/feed.atom", "--at", "https://rowback.example.org/")
    assert re.fullmatch(r"https://rowback\.example\.org/secret-feed/1-[\w-]{43}\.atom\n", made.out)
    listed = rowback.ok("feed-keys").out
    assert "source example.com" in listed
    assert made.out.partition("-feed/1-")[2].strip().removesuffix(".atom") not in listed
    (told,) = json.loads(rowback.ok("feed-keys", "--json").out)
    assert (told["id"], told["feed"], told["last_used_at"]) == (1, "/sources/example.com/feed", None)
    assert rowback.ok("feed-keys", "revoke", "1").out == "Revoked 1.\n"
    assert json.loads(rowback.ok("feed-keys", "--json").out) == []


def test_whoever_restores_a_backup_is_told_that_its_addresses_hold(rowback: Program) -> None:
    rowback.ok("feed-keys", "new", "/feed")
    rowback.ok("backup", rowback.folder / "copy.db")
    rowback.ok("feed-keys", "revoke", "1")
    assert "feed-keys" in rowback.ok("restore", rowback.folder / "copy.db").out
    (told,) = json.loads(rowback.ok("feed-keys", "--json").out)
    assert told["feed"] == "/feed"
