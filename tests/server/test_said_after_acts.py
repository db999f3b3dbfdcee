"""What the owner's pages say, and what they say after an act, in the reader's language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest

from rowback.store.feeds import FeedKind
from rowback.web.pages.catalogues import language
from rowback.web.pages.languages import LANGUAGES

from .catalogues import said
from .visitor import Visitor, owner_at_home

if TYPE_CHECKING:
    from .backend import Backend

FEED = "https://www.harbour-echo.example/feed.xml"
ARTICLE, ACT = "/articles/1", "/articles/1/act"
ACTS = [
    (ARTICLE, ACT, {"do": "hide", "reason": "Weg"}),
    (ARTICLE, ACT, {"do": "show"}),
    (ARTICLE, ACT, {"do": "unlist"}),
    (ARTICLE, ACT, {"do": "list"}),
    (ARTICLE, ACT, {"do": "pause"}),
    (ARTICLE, ACT, {"do": "resume"}),
    ("/status", "/status/feeds", {"do": "follow", "url": FEED}),
    ("/status", "/status/feeds", {"do": "drop", "url": FEED}),
    ("/status", "/status/feeds", {"do": "bring back", "url": FEED}),
    ("/status", "/status/feeds", {"do": "unfollow", "url": FEED}),
    ("/access", "/access", {"do": "revoke-feed", "feed": "1"}),
    ("/access", "/access", {"do": "revoke", "name": "Laptop"}),
    ("/access", "/access", {"do": "rename-reader", "reader": "2", "name": "Ida"}),
    ("/access", "/access", {"do": "end-reader", "reader": "2"}),
    ("/access", "/access", {"do": "delete-reader", "reader": "2"}),
    (ARTICLE, ACT, {"do": "forget", "sure": "yes"}),
]


@pytest.fixture
def owner(backend: Backend) -> Visitor:
    """The owner, who reads German, with an article, a feed and a reader."""
    visitor = owner_at_home(backend)
    visitor.headers["Accept_Language"] = "de"
    backend.client.capture()
    backend.store.readers.invite("Ada", None, backend.clock())
    backend.store.access.new_token("Laptop", backend.clock())
    backend.store.feed_addresses.new("/feed", backend.clock(), None)
    return visitor


def _said(visitor: Visitor, path: str) -> list[str]:
    page: Any = lxml.html.document_fromstring(visitor.get(path).body.decode())
    return [each.text_content() for each in page.xpath("//p[@role='status']")]


def test_every_act_is_answered_in_german(owner: Visitor, backend: Backend) -> None:
    german = [re.compile(re.sub(r"%\\\(\w+\\\)s", ".*", re.escape(each))) for each in _sentences("de")]
    for page, action, form in ACTS:
        if form["do"] in ("drop", "bring back", "unfollow"):
            backend.store.feeds.add(FEED, FeedKind.FEED, "", backend.clock())
        answer = owner.press(page, action, **form)
        assert answer.status == 303, (form, answer.body)
        said_then = _said(owner, answer.headers["location"].partition("#")[0])
        assert said_then, form
        for each in said_then:
            assert any(sentence.fullmatch(each) for sentence in german), each


def test_stopping_says_what_lists_say(owner: Visitor) -> None:
    owner.headers["Accept_Language"] = "en"
    owner.press(ARTICLE, ACT, do="pause")
    (told,) = _said(owner, ARTICLE)
    assert told.startswith("Not followed")


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_owners_pages_speak_each_language(owner: Visitor, tag: str) -> None:
    owner.headers["Accept_Language"] = tag
    for path, heading in (("/status", "Status"), ("/access", "Access"), ("/pair", "Connect")):
        page: Any = lxml.html.document_fromstring(owner.get(path).body.decode())
        assert page.xpath("//h1/text()") == [heading if tag == "en" else language(tag).words.gettext(heading)]


def _sentences(tag: str) -> set[str]:
    """What a language says for the sentences of the sources, where that is not the English itself."""
    words = language(tag).words
    found = set()
    for each in said():
        one, more = (each.id, each.id) if isinstance(each.id, str) else (each.id[0], each.id[1])
        found |= {words.ngettext(one, more, number) for number in (1, 2)} if one != more else {words.gettext(one)}
        found -= {one, more, "", "%(num)s"}
    return {each for each in found if re.search(r"[^\W\d_]{4}", re.sub(r"%\(\w+\)s", "", each))}
