"""The page on which sites are chosen to be followed, without a script: read first, told, followed, taken back."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from rowback.capture.outlets import all_outlets
from rowback.capture.picking import MAX_TRIES, PickReading, as_text, from_text
from rowback.capture.sampled import Candidate, Nothing, Sample, Why
from rowback.command import VARIABLE
from rowback.errors import BadInput, BadURL
from rowback.model import Scope
from rowback.store.audience import OWNER
from rowback.store.feeds import FeedKind
from rowback.store.picks import LASTS, MAX_PICKS, READING_LASTS, Picked, PickState

from . import backend as backends
from .visitor import Visitor, at_home, owner_at_home

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .backend import Backend

SITE, FEED = "https://echo.example/", "https://echo.example/feed.xml"
MISSING = Nothing("https://gone.example/", Why.MISSING, "the server answered 404")
FOUND = Sample(FEED, FeedKind.FEED, "The Echo", 12, ("The ferry stays shut",), 24, None, MISSING)


def _look(pick: Candidate) -> Sample | Nothing:
    """What an address gives: nothing for a host of that name."""
    return MISSING if "gone" in pick.url else FOUND


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[Backend]:
    made = backends.start(tmp_path / "rowback.db", look_first=_look)
    yield made
    made.server.stop()
    made.store.close()


@pytest.fixture
def owner(backend: Backend) -> Visitor:
    """The owner, at a browser on the machine itself."""
    return owner_at_home(backend)


def _read() -> None:
    """Waits until what was chosen is read."""
    for each in threading.enumerate():
        if each.name == "picks":
            each.join()


def _act(visitor: Visitor, **values: str) -> str:
    assert visitor.press("/follow", "/follow", **values).status == 303
    _read()
    return visitor.get("/follow").body.decode()


def _pick(page: str) -> str:
    found = re.search(r'name="pick" value="(\d+)"', page)
    assert found is not None
    return found[1]


def test_what_is_found_is_said_before_it_is_followed_and_can_be_taken_back(backend: Backend, owner: Visitor) -> None:
    page = _act(owner, do="read", url="echo.example")
    for said in ("12 articles found.", "First: “The ferry stays shut”.", "Articles a day: about 24.", "14 MB a month"):
        assert said in page
    assert "There is nothing at this address." in page, "what was met on the way is told"
    assert backend.store.feeds.all() == [], "nothing is followed yet"
    page = _act(owner, do="follow", pick=_pick(page))
    assert "Followed: 1." in page
    assert [feed.url for feed in backend.store.feeds.all()] == [FEED]
    page = _act(owner, do="stop", pick=_pick(page))
    assert "No longer following" in page
    assert backend.store.feeds.all() == []
    assert "Follow what is ticked" in page, "the way back"
    assert "Yours" not in _act(owner, do="drop", pick=_pick(page))


def test_an_address_that_gives_nothing_says_why_and_is_not_followed(backend: Backend, owner: Visitor) -> None:
    page = _act(owner, do="read", url="https://gone.example/")
    assert "There is nothing at this address. (\u2068the server answered 404\u2069)" in page
    assert owner.press("/follow", "/follow", do="follow", pick=_pick(page)).status == 400
    assert backend.store.feeds.all() == []


def test_nothing_is_ticked_and_only_what_is_offered_can_be(backend: Backend, owner: Visitor) -> None:
    page = owner.get("/follow").body.decode()
    assert re.search(r"<input[^>]* checked", page) is None
    assert owner.press("/follow", "/follow", do="tick", feed="https://evil.example/feed").status == 400
    outlet = all_outlets()[0]
    page = _act(owner, do="tick", feed=outlet.feed_url)
    assert outlet.name in page
    assert [each.picked.site for each in backend.store.picks.of(OWNER, backend.clock())] == [outlet.site]
    assert f'value="{outlet.feed_url}"' in owner.get(f"/follow?country={outlet.country.lower()}").body.decode()


def test_a_feed_readers_list_is_shown_and_read_only_where_it_is_ticked(backend: Backend, owner: Visitor) -> None:
    opml = (
        "<opml version='2.0'><body><outline title='Echo' xmlUrl='https://echo.example/a' htmlUrl='https://echo.example/'/>"
        "<outline title='Script' xmlUrl='javascript:alert(1)'/><outline title='&lt;b&gt;' xmlUrl='https://b.example/f'/>"
        "</body></opml>"
    )
    csrf = re.search(r'name="csrf" value="([^"]+)"', owner.get("/follow").body.decode())
    assert csrf is not None
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n'
        for name, more, value in (("csrf", "", csrf[1]), ("do", "", "list"), ("opml", '; filename="a.opml"', opml))
    )
    headers = owner._sent() | {
        "Content_Type": "multipart/form-data; boundary=x",
        "Origin": f"http://{owner.headers['Host']}",
    }
    assert owner._kept(owner.client.send("POST", "/follow", f"{body}--x--\r\n".encode(), **headers)).status == 303
    _read()
    page = owner.get("/follow").body.decode()
    assert "Feeds in the list: 2." in page
    assert "&lt;b&gt;" in page and "<b>" not in page
    assert {each.state for each in backend.store.picks.of(OWNER, backend.clock())} == {PickState.LISTED}
    _act(owner, do="tick", pick=_pick(page))
    states = [each.state for each in backend.store.picks.of(OWNER, backend.clock())]
    assert states == [PickState.FOUND, PickState.LISTED]


def test_while_something_is_read_the_page_asks_again_unless_told_not_to(backend: Backend, owner: Visitor) -> None:
    store, now = backend.store, backend.clock()
    store.picks.add(OWNER, [Picked(SITE)], now)
    assert store.picks.begin(now) is not None  # by somebody else, who is not done
    answer = owner.get("/follow")
    assert answer.headers["refresh"] == "3; url=/follow", "with its address: Chromium reloads none that has a fragment"
    below = owner.get("/follow", X_Forwarded_Prefix="/rowback")
    assert below.headers["refresh"] == "3; url=/rowback/follow"
    assert "Read: 0 of 1 …" in answer.body.decode()
    answer = owner.get("/follow?wait=no")
    assert "refresh" not in answer.headers
    assert 'name="url"' in answer.body.decode()


def test_forms_are_refused_without_their_token_and_what_is_no_act(owner: Visitor) -> None:
    assert owner.send("/follow", do="read", url=SITE).status == 403
    assert owner.press("/follow", "/follow", do="fly").status == 400
    assert owner.press("/follow", "/follow", do="read", url="").status == 400
    assert owner.press("/follow", "/follow", do="list").status == 400
    assert owner.press("/follow", "/follow", do="stop", pick="99").status == 404


@pytest.mark.parametrize("typed", ["rowback", "server/run"])
def test_where_nothing_can_be_read_page_and_api_name_the_command_of_here(
    typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, typed)
    made = backends.start(tmp_path / "rowback.db")
    try:
        page = owner_at_home(made).get("/follow").body.decode()
        assert f">{typed} serve</code>" in page
        assert 'name="url"' not in page, "nothing is offered that cannot be done"
        answer = made.client.post("/api/v1/feeds/look", {"url": SITE})
        assert answer.status == 400
        assert f"`{typed} serve`" in answer.json["detail"]
    finally:
        made.server.stop()
        made.store.close()


@pytest.mark.parametrize(("scope", "status"), [(Scope.CAPTURE, 200), (Scope.READ, 403)])
def test_readers_who_may_capture_choose_their_own_and_stop_only_that(
    backend: Backend, owner: Visitor, scope: Scope, status: int
) -> None:
    page = _act(owner, do="read", url=SITE)
    _act(owner, do="follow", pick=_pick(page))
    code = backend.store.readers.invite("Ada", scope, backend.clock())
    ada = at_home(backend)
    assert ada.press(f"/join?code={code}", "/join", code=code).status in (200, 303)
    assert ada.get("/follow").status == status
    if scope is Scope.READ:
        return
    assert "Echo" not in ada.get("/follow").body.decode(), "what others chose is theirs"
    page = _act(ada, do="read", url=SITE)
    page = _act(ada, do="follow", pick=_pick(page))
    _act(ada, do="stop", pick=_pick(page))
    assert [feed.url for feed in backend.store.feeds.all()] == [FEED], "the owner followed it before"
    reader = next(each.id for each in backend.store.readers.all(backend.clock()) if each.name == "Ada")
    assert backend.store.picks.of(reader, backend.clock())
    backend.store.readers.delete(reader)
    assert backend.store.picks.of(reader, backend.clock()) == []


def test_one_of_a_host_is_read_at_a_time_and_what_was_left_is_begun_anew(backend: Backend) -> None:
    picks, now = backend.store.picks, backend.clock()
    picks.add(OWNER, [Picked(FEED), Picked(SITE), Picked("https://b.example/")], now)
    begun = [picks.begin(now), picks.begin(now), picks.begin(now)]
    assert [each and each.picked.url for each in begun] == [FEED, "https://b.example/", None]
    again = picks.begin(now + READING_LASTS + timedelta(seconds=1))
    assert again is not None and again.picked.url == FEED
    assert picks.of(OWNER, now + LASTS) == []


def test_a_busy_host_is_asked_again_and_given_up_at_last(backend: Backend) -> None:
    busy, asked = Nothing(SITE, Why.BUSY, ""), []

    def look(pick: Candidate) -> Nothing:
        asked.append(pick.url)
        return busy

    backend.store.picks.add(OWNER, [Picked(SITE)], backend.clock())
    PickReading(backend.store, look, backend.clock, lambda run: run()).go_on()
    assert len(asked) == MAX_TRIES + 1
    assert [each.state for each in backend.store.picks.of(OWNER, backend.clock())] == [PickState.NOTHING]


def test_what_was_found_comes_back_from_the_store_as_it_was() -> None:
    for found in (FOUND, MISSING, Sample(SITE, FeedKind.SITE, "", 0, ())):
        assert from_text(as_text(found)) == found


def test_a_list_has_bounds_and_takes_no_address_that_is_none(backend: Backend) -> None:
    picks, now = backend.store.picks, backend.clock()
    with pytest.raises(BadURL):
        picks.add(OWNER, [Picked("javascript:x")], now)
    with pytest.raises(BadInput):
        picks.add(OWNER, [Picked(f"https://h{number}.example/") for number in range(MAX_PICKS + 1)], now)
    assert picks.of(OWNER, now) == []
