"""Saved searches: each reader's own, with a page and a feed; the owner's with alerts, set on the page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.capture.fetch import Fetcher
from rowback.errors import BadInput
from rowback.model import Scope
from rowback.store.audience import OWNER
from rowback.store.searches import MAX_NAME, MAX_SEARCHES, checked_name
from rowback.web.app import create_app

from .alert_targets import HOST, webhook_target
from .backend import Clock
from .samples import PARAGRAPHS, START, URL, at, capture, changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from rowback.store import Store

NAME = "Figures & „Zahlen“"
OWN = f"/searches/{quote(NAME, safe='')}"
TOKENS = re.compile(r'name="csrf" value="([^"]+)"')


class Reader:
    """A signed-in browser of a reader's."""

    def __init__(self, store: Store, name: str = "", *, is_public: bool = False) -> None:
        self.app = create_app(store, now=Clock(), is_public=is_public, fetcher=Fetcher({HOST}))
        self.browser: FlaskClient = self.app.test_client()
        if name:
            code = store.readers.invite(name, Scope.READ, START)
            self.browser.get(f"/join/{code}")
        self.secret = ""

    def get(self, path: str, language: str = "en") -> TestResponse:
        return self.browser.get(path, headers=self._headers() | {"Accept": "text/html", "Accept-Language": language})

    def post(self, path: str, **form: str) -> TestResponse:
        token = TOKENS.search(self.get("/searches").text)
        assert token is not None
        return self.browser.post(path, data={"csrf": token[1], **form}, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"} if self.secret else {}


def reader(store: Store, name: str = "") -> Reader:
    """The owner, or another reader by name: who brings a token may use the pages, too."""
    made = Reader(store)
    if name:
        made.secret = store.readers.join(store.readers.invite(name, Scope.READ, START), "a browser", None, START)[0]
    else:
        made.secret = store.access.new_token("owner", START)
    return made


@pytest.fixture
def edited(store: Store) -> Iterator[Store]:
    for n, texts in enumerate((PARAGRAPHS, changed("400", "401"), changed("six", "seven"))):
        store.record(replace(capture(texts), seen_at=at(60 * n)), at(60 * n))
    yield store


def test_a_saved_search_has_a_page_and_a_feed_of_the_edits_that_it_finds(edited: Store) -> None:
    owner = reader(edited)
    saved = owner.post("/searches", do="save", name=f"  {NAME} ", q="added:401")
    assert (saved.status_code, saved.headers["Location"]) == (303, OWN)
    page, feed = owner.get(OWN), owner.get(f"{OWN}/feed.atom")
    assert page.status_code == feed.status_code == 200
    assert "/diff/0/1" in page.text
    assert "/diff/1/2" not in page.text
    assert feed.text.count("<entry>") == 1
    assert feed.mimetype == "application/atom+xml"
    assert {owner.get(f"{OWN}/feed.{form}").status_code for form in ("rss", "json")} == {200}
    assert OWN in owner.get("/searches").text


def test_words_alone_find_the_edits_of_passages_that_have_them(edited: Store) -> None:
    owner = reader(edited)
    owner.post("/searches", do="save", name="Ferries", q="ferry")
    page = owner.get("/searches/Ferries")
    assert "/diff/1/2" in page.text
    assert "/diff/0/1" not in page.text


def test_each_reader_has_their_own(edited: Store) -> None:
    owner, bea = reader(edited), reader(edited, "Bea")
    owner.post("/searches", do="save", name="Mine", q="added:401")
    bea.post("/searches", do="save", name="Hers", q="ferry")
    assert "Mine" not in bea.get("/searches").text
    unknown, others = bea.get("/searches/Nobodys"), bea.get("/searches/Mine")
    assert unknown.status_code == others.status_code == 404
    assert unknown.text.replace("Nobodys", "Mine") == others.text
    assert bea.get("/searches/Mine/feed.atom").status_code == 404
    assert bea.post("/searches", do="remove", name="Mine").status_code == 404
    assert owner.get("/searches/Mine").status_code == 200
    assert owner.get("/searches/Hers").status_code == 404
    assert "target" not in bea.get("/searches/Hers").text
    assert bea.post("/searches/Hers/alerts", do="set", target="https://a.example/").status_code == 403


@pytest.mark.parametrize("path", ["/searches", OWN, f"{OWN}/feed.atom"])
def test_strangers_are_told_of_no_search(edited: Store, path: str) -> None:
    edited.searches.save(OWNER, NAME, "added:401", START)
    stranger = Reader(edited, is_public=True)
    unknown = stranger.get(path.replace(OWN, "/searches/nobodys"))
    answer = stranger.get(path)
    assert answer.status_code == unknown.status_code
    assert answer.status_code in (302, 401)


def test_a_secret_address_opens_the_feed_of_a_saved_search(edited: Store) -> None:
    owner = reader(edited)
    owner.post("/searches", do="save", name=NAME, q="added:401")
    made = owner.post("/access", do="new-feed", feed=f"{OWN}/feed")
    found = re.search(r"http://localhost(/secret-feed/[^<]+)", made.text)
    assert found is not None
    assert Reader(edited).get(found[1]).text.count("<entry>") == 1
    assert owner.post("/access", do="new-feed", feed="/searches/nothing/feed").status_code == 404


@pytest.mark.parametrize(
    ("name", "query"),
    [("", "x"), ("a/b", "x"), ("..", "x"), ("a" * 61, "x"), ("a\x00b", "x"), ("Good", "label:nothing"), ("Good", ""),
     ("Good", "-x"), ("Good", "x" * 501), ("Good", "nofield:x")],
)  # fmt: skip
def test_what_cannot_be_saved_is_refused_with_the_reason(edited: Store, name: str, query: str) -> None:
    answer = reader(edited).post("/searches", do="save", name=name, q=query)
    assert answer.status_code == 400
    assert edited.searches.all(OWNER) == []


def test_a_name_is_given_once_and_there_is_an_end_to_them(store: Store) -> None:
    store.searches.save(OWNER, "One", "ferry", START)
    with pytest.raises(BadInput, match="already"):
        store.searches.save(OWNER, "  One ", "boat", START)
    for number in range(MAX_SEARCHES - 1):
        store.searches.save(OWNER, f"Search {number}", "ferry", START)
    with pytest.raises(BadInput, match="Remove one"):
        store.searches.save(OWNER, "Too many", "ferry", START)


@given(st.text(max_size=MAX_NAME + 5))
def test_a_name_that_is_taken_is_a_part_of_an_address(given_name: str) -> None:
    try:
        name = checked_name(given_name)
    except BadInput:
        return
    assert checked_name(name) == name
    assert not set(name) & set("/\\?#%")
    assert name not in (".", "..", "")
    assert name.isprintable()


def test_the_owner_sets_tries_and_removes_an_alert_on_the_page(edited: Store) -> None:
    owner = reader(edited)
    owner.post("/searches", do="save", name=NAME, q="added:401")
    acts = f"{OWN}/alerts"
    with webhook_target() as target:
        made = owner.post(
            acts,
            do="set",
            target=target.url(),
            rhythm="daily",
            hour="7",
            zone="Europe/Berlin",
            quiet_from="22",
            quiet_until="6",
        )
        (alert,) = edited.alerts.all()
        assert made.status_code == 200
        assert alert.target.secret in made.text
        assert (alert.schedule.hour, alert.schedule.zone, alert.is_listed_only) == (7, "Europe/Berlin", True)
        assert owner.post(acts, do="test", alert=str(alert.id)).status_code == 303
        assert len(target.posted) == 1
        page = owner.get(OWN).text
        assert f"http://{HOST}/…" in page
        for secret in ("s3cret-of-the-hook", alert.target.secret, "/hook"):
            assert secret not in page + owner.get("/status").text + owner.get("/searches").text
        for do in ("pause", "resume", "remove"):
            assert owner.post(acts, do=do, alert=str(alert.id)).status_code == 303
    assert edited.alerts.all() == []


@pytest.mark.parametrize(
    "form",
    [
        {"do": "set", "target": "file:///etc/passwd", "rhythm": "daily"},
        {"do": "set", "target": "https://a.example/x", "rhythm": "yearly"},
        {"do": "set", "target": "https://a.example/x", "rhythm": "daily", "hour": "99"},
        {"do": "set", "target": "https://a.example/x", "rhythm": "daily", "hour": "٣"},
        {"do": "set", "target": "mastodons://token-of-mine@social.example", "rhythm": "at-once", "unlisted": "1"},
        {"do": "nothing"},
    ],
)
def test_a_form_that_does_not_fit_sets_nothing(edited: Store, form: dict[str, str]) -> None:
    owner = reader(edited)
    owner.post("/searches", do="save", name=NAME, q="added:401")
    answer = owner.post(f"{OWN}/alerts", **form)
    assert answer.status_code == 400
    assert "passwd" not in answer.text
    assert "token-of-mine" not in answer.text
    assert edited.alerts.all() == []


def test_an_alert_is_acted_on_from_the_page_of_its_own_search_only(edited: Store) -> None:
    owner = reader(edited)
    for name in ("One", "Other"):
        owner.post("/searches", do="save", name=name, q="added:401")
    owner.post("/searches/One/alerts", do="set", target="https://a.example/x", rhythm="daily")
    (alert,) = edited.alerts.all()
    for number in (str(alert.id), "99", "x", "9" * 30):
        assert owner.post("/searches/Other/alerts", do="remove", alert=number).status_code == 404
    assert owner.post("/searches/One/alerts", do="remove", alert=str(alert.id), csrf="wrong").status_code == 403
    assert edited.alerts.all() == [alert]


def test_articles_that_others_read_alone_are_not_in_a_readers_search(edited: Store) -> None:
    article = edited.articles.find(URL)
    assert article is not None
    edited.owner.set_listed(article.id, listed=False)
    owner, bea = reader(edited), reader(edited, "Bea")
    for each in (owner, bea):
        each.post("/searches", do="save", name="Same", q="added:401")
    assert "/diff/0/1" in owner.get("/searches/Same").text
    assert "/diff/0/1" not in bea.get("/searches/Same").text
    assert "<entry>" not in bea.get("/searches/Same/feed.atom").text
