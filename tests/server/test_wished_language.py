"""The API tells a reason in English, and beside it in the language that a request asks for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from rowback.archive.wishes import wish_for
from rowback.errors import UnknownBackfill
from rowback.store.feeds import FeedKind
from rowback.store.pasts_wanted import AskedBy, BackfillState
from rowback.store.work import Next, Outcome
from rowback.text import reasons, tongue
from rowback.web.api.wished_language import in_wished_language
from rowback.web.app import create_app
from rowback.web.pages.catalogues import language

from .catalogues import TRANSLATED
from .samples import START, URL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .backend import Backend, Client

SITE = "https://echo.example.org/"
REASON = "The host echo.example.org has no address."
CHECK, FEEDS, SITES = "/api/v1/articles/1/check", "/api/v1/feeds", f"/api/v1/sites?url={quote(SITE, safe='')}"
PAST, EDITS = f"/api/v1/backfills?url={quote(URL, safe='')}", f"/api/v1/edits?url={quote(URL, safe='')}"
ASKED = (CHECK, FEEDS, SITES, PAST)


def _fail(backend: Backend, reason: str) -> Client:
    """A backend at which a look, a feed and the fetching of a past came to nothing, and a client of it."""
    store, now = backend.store, backend.clock()
    assert backend.client.capture().json["article"]["id"] == 1
    store.checks_wanted.ask(1, now)
    store.checks_wanted.fail(1, now, Outcome.FAILED, reason)
    feed, _ = store.feeds.add(SITE, FeedKind.FEED, "", START)
    store.feeds.finish(feed.id, now, Next(now + timedelta(hours=1), Outcome.FAILED, reason, 1), 3600)
    past = store.backfills.ask(wish_for(URL, "wayback", 16, AskedBy.READER), now)
    store.backfills.finish(past.id, BackfillState.FAILED, now, reason=reason)
    return backend.client


def _holders(said: Any) -> Iterator[dict[str, Any]]:
    """Each object in an answer that has a reason."""
    if isinstance(said, dict) and "reason_told" in said:
        yield said
    for each in said.values() if isinstance(said, dict) else said if isinstance(said, list) else ():
        yield from _holders(each)


def _in(tag: str, reason: str) -> str:
    tongue.speak(None if tag == "en" else language(tag))
    try:
        return reasons.told(reason)
    finally:
        tongue.speak(None)


@pytest.mark.parametrize("path", ASKED)
@pytest.mark.parametrize(
    ("wished", "tag"),
    [*((tag, tag) for tag in TRANSLATED), ("de-AT, en;q=0.5", "de"), ("nl", "en"), ("en-GB, de", "en"), ("", "en"),
     ("*", "en"), ("no language;;q=x, ,", "en")],
)  # fmt: skip
def test_a_reason_is_told_in_the_language_that_is_asked_for(backend: Backend, path: str, wished: str, tag: str) -> None:
    answer = _fail(backend, REASON).get(path, Accept_Language=wished)
    (found,) = _holders(answer.json)
    assert found["reason"] == REASON
    assert found["reason_told"] == _in(tag, REASON)
    assert (found["reason_told"] == REASON) == (tag == "en")
    assert answer.headers["vary"] == "Accept-Language, Origin"
    assert tongue.tag() == "en"


@pytest.mark.parametrize("path", ASKED)
def test_nothing_else_of_an_answer_is_in_another_language(backend: Backend, path: str) -> None:
    client = _fail(backend, REASON)
    plain, wished = client.get(path).json, client.get(path, Accept_Language="ja", Cookie="rowback_language=de").json
    (found,) = _holders(wished)
    assert found["reason_told"] == _in("ja", REASON), "what was chosen on a page is not for programs"
    found["reason_told"] = REASON
    assert wished == plain


def test_the_language_is_spoken_while_an_answer_is_put_together_and_no_longer(backend: Backend) -> None:
    app = create_app(backend.store)
    with app.test_request_context("/", headers={"Accept-Language": "de"}):
        with in_wished_language():
            assert tongue.tag() == "de"
        assert tongue.tag() == "en"
        with pytest.raises(UnknownBackfill), in_wished_language():
            raise UnknownBackfill("Nobody asked.")
        assert tongue.tag() == "en", "the error is told in English"


def test_what_others_say_stays_as_they_said_it_and_no_reason_is_none(backend: Backend) -> None:
    client = _fail(backend, "Errno 111 <b>%s</b>")
    for path in ASKED:
        (found,) = _holders(client.get(path, Accept_Language="de").json)
        assert found["reason_told"] == found["reason"] == "Errno 111 <b>%s</b>"
    new = client.post(f"{FEEDS}", {"url": f"{SITE}sport/"}, Accept_Language="de")
    assert (new.status, new.json["feed"]["reason_told"], new.headers["vary"]) == (201, None, "Accept-Language, Origin")


def test_what_is_followed_again_says_its_reason_too(backend: Backend) -> None:
    client = _fail(backend, REASON)
    asked = {"url": SITE, "kind": "feed"}
    for path, body in ((FEEDS, asked), (f"{FEEDS}/several", {"feeds": [asked]})):
        (found,) = _holders(client.post(path, body, Accept_Language="fr").json)
        assert found["reason_told"] == _in("fr", REASON)


def test_answers_about_edits_which_are_kept_are_the_same_in_every_language(backend: Backend) -> None:
    client = _fail(backend, REASON)
    plain, wished = client.get(EDITS), client.get(EDITS, Accept_Language="ar")
    assert wished.body == plain.body
    assert wished.json["backfill"]["reason_told"] == wished.json["backfill"]["reason"] == REASON
    assert wished.headers["etag"] == plain.headers["etag"]
    assert "accept-language" not in wished.headers["vary"].lower()
    again = client.get(EDITS, Accept_Language="ja", If_None_Match=plain.headers["etag"])
    assert again.status == 304
