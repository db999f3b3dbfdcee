"""Earlier versions are wanted over the API and at the command line, and it is told how far that is."""

from __future__ import annotations

import json
import signal
import sqlite3
import threading
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from rowback.capture.captures import from_html
from rowback.model import Attribution, Origin, Scope
from rowback.store.backfills import Backfills
from rowback.store.pasts_wanted import ReadCopy
from rowback.web.api.edit_answers import Histories
from rowback.web.app import create_app

from . import forked
from .pretend_archive import pretend_archive
from .program import COMMAND, ENDS_WITHIN_S
from .reading_room import ARTICLE, ReadingRoom, reading_room, told
from .samples import page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    from werkzeug.test import TestResponse

    from .program import Program


class Desk:
    """A client of an app over a reading room's store, which may ask the room's archive."""

    def __init__(self, room: ReadingRoom, scope: Scope = Scope.CAPTURE, *, is_public: bool = False) -> None:
        app = create_app(room.store, now=room.clock, archives=[room.told], archive_captures=16, is_public=is_public)
        self._client = app.test_client()
        self._token = room.store.access.new_token(f"desk {scope} {is_public}", room.clock(), scope=scope)

    def want(self, **body: object) -> TestResponse:
        """Asks for a past."""
        return self._client.post("/api/v1/backfills", json=body, headers=self._headers(), base_url="http://127.0.0.1")

    def get(self, path: str, *, is_stranger: bool = False, headers: Mapping[str, str] | None = None) -> TestResponse:
        """Reads."""
        own = {} if is_stranger else self._headers()
        return self._client.get(path, headers=own | dict(headers or {}), base_url="http://127.0.0.1")

    def edits(self, **headers: str) -> TestResponse:
        """The edits of the article."""
        return self.get(f"/api/v1/edits?url={quote(ARTICLE, safe='')}", headers=headers)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[ReadingRoom]:
    with reading_room(tmp_path) as open_room:
        yield open_room


def test_a_past_that_is_wanted_comes_by_itself(room: ReadingRoom) -> None:
    desk = Desk(room)
    room.keep("20260305090000", told(1))
    room.keep("20260306090000", told(2))
    assert desk.edits().json["code"] == "unknown-article"  # type: ignore[index]
    wanted = desk.want(url=ARTICLE)
    assert (wanted.status_code, _backfill(wanted)["state"]) == (202, "queued")
    unknown = desk.edits()
    assert (unknown.status_code, unknown.get_json()["backfill"]["state"]) == (404, "queued")
    room.step()
    assert _backfill(desk.get(f"/api/v1/backfills?url={quote(ARTICLE, safe='')}"))["listed"] == 2
    room.step(seconds=3)
    assert desk.edits().get_json()["backfill"]["state"] == "reading"
    room.work()
    answer = desk.edits().get_json()
    assert answer["backfill"]["state"] == "done"
    assert [each["origin"] for each in answer["versions"]] == ["archive", "archive"]
    for each in answer["versions"]:
        assert each["memento"]["archive"] == answer["backfill"]["source"]["title"]
        assert each["memento"]["href"].startswith("http://")
    assert len(answer["edits"]) == 1


def test_an_answer_changes_its_etag_with_the_backfill_and_only_then(room: ReadingRoom) -> None:
    desk = Desk(room)
    desk.want(url=ARTICLE, html=told(2))
    first = desk.edits()
    assert desk.edits(**{"If-None-Match": first.headers["ETag"]}).status_code == 304
    room.work()
    later = desk.edits(**{"If-None-Match": first.headers["ETag"]})
    assert (later.status_code, later.get_json()["backfill"]["state"]) == (200, "none")


def test_what_no_archive_was_asked_about_costs_no_further_look(
    room: ReadingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(room)
    desk.want(url=ARTICLE, html=told(2))
    room.store.record(from_html(f"{ARTICLE}-2", told(1), room.clock(), Origin.BROWSER), room.clock())
    looks = list[int]()
    monkeypatch.setattr(Backfills, "of_article", lambda _, article_id, __: looks.append(article_id))
    assert desk.edits().get_json()["backfill"] is None
    assert desk.get(f"/api/v1/edits?url={quote(f'{ARTICLE}-2', safe='')}").get_json()["backfill"] is None
    assert looks == [1]


def test_an_answer_is_the_same_prepared_or_told_when_asked(room: ReadingRoom) -> None:
    """Of mementos, too: what is kept of an answer leaves a place for them."""
    room.keep("20260305090000", told(1))
    room.keep("20260306090000", told(2))
    room.ask()
    room.work()
    desk = Desk(room)
    histories = Histories(room.store)
    known = room.store.articles.find(ARTICLE)
    assert known is not None
    assert histories.prepare(known)
    earlier = from_html(ARTICLE, told(1), room.clock() - timedelta(days=100), Origin.ARCHIVE)
    seen_by = ReadCopy(room.found().id, (), Attribution("Echo Archive", "https://archive.example/earlier"))
    room.store.record_copy(earlier, room.clock(), seen_by)
    assert room.store.answers.of_article(known.id, histories.rules).packed is not None, "no text is new"
    told_now = desk.edits().get_json()
    article = room.store.articles.find(ARTICLE)
    assert article is not None
    from_first = desk.get(f"/api/v1/edits?url={quote(ARTICLE, safe='')}&from=0&to=1").get_json()
    assert from_first == told_now
    assert told_now["versions"][0]["memento"] == {"archive": "Echo Archive", "href": "https://archive.example/earlier"}
    version = desk.get(f"/api/v1/articles/{article.id}/versions/0").get_json()["version"]
    assert version["memento"] == told_now["versions"][0]["memento"]


def test_the_page_that_is_sent_along_is_the_newest_version(room: ReadingRoom) -> None:
    desk = Desk(room)
    room.keep("20260305090000", told(1))
    wanted = desk.want(url=f"{ARTICLE}?utm_source=x", html=told(2), captures=3)
    assert wanted.status_code == 202
    room.work()
    answer = desk.edits().get_json()
    assert [each["origin"] for each in answer["versions"]] == ["archive", "browser"]
    assert [bool(each["memento"]) for each in answer["versions"]] == [True, False]


def test_what_the_page_calls_its_own_address_is_asked_for_as_well(room: ReadingRoom) -> None:
    room.keep("20260305090000", told(1), "https://echo.example/story-1")
    head = "<link rel='canonical' href='https://echo.example/story-1'>"
    Desk(room).want(url=ARTICLE, html=page(head=head))
    room.work()
    assert len(room.texts()) == 2


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "bad-input"),
        ({"url": 7}, 400, "bad-input"),
        ({"url": "nonsense"}, 400, "bad-url"),
        ({"url": ARTICLE, "captures": 0}, 400, "bad-input"),
        ({"url": ARTICLE, "captures": True}, 400, "bad-input"),
        ({"url": ARTICLE, "captures": 501}, 400, "bad-input"),
        ({"url": ARTICLE, "html": "<p>x</p>", "blocks": []}, 400, "bad-input"),
        ({"url": ARTICLE, "html": "<title>x</title>"}, 422, "not-an-article"),
        ({"url": "http://192.168.1.4/a", "html": page()}, 403, "forbidden-url"),
        ({"url": f"https://web.archive.org/web/2026/{ARTICLE}", "html": page()}, 400, "bad-input"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_asked(
    room: ReadingRoom, body: dict[str, object], status: int, code: str
) -> None:
    answer = Desk(room).want(**body)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)
    assert _asked_for(room) == 0
    assert code != "forbidden-url" or not room.store.counts()["articles"]


def test_an_address_in_an_archive_is_the_articles(room: ReadingRoom) -> None:
    Desk(room).want(url=f"https://web.archive.org/web/20260101000000/{ARTICLE}")
    assert room.found().state == "queued"


def test_nobody_asked_is_told_so(room: ReadingRoom) -> None:
    desk = Desk(room)
    answer = desk.get(f"/api/v1/backfills?url={quote(ARTICLE, safe='')}")
    assert (answer.status_code, answer.get_json()["code"]) == (404, "unknown-backfill")
    assert desk.get("/api/v1/backfills").status_code == 400


def test_a_token_that_only_reads_may_not_ask(room: ReadingRoom) -> None:
    desk = Desk(room, Scope.READ)
    assert desk.want(url=ARTICLE).status_code == 403
    assert desk.get(f"/api/v1/backfills?url={quote(ARTICLE, safe='')}").status_code == 403


def test_strangers_see_no_word_of_who_wants_what(room: ReadingRoom) -> None:
    desk = Desk(room, is_public=True)
    desk.want(url=ARTICLE)
    stranger = desk.get(f"/api/v1/edits?url={quote(ARTICLE, safe='')}", is_stranger=True)
    assert "backfill" not in stranger.get_json()
    desk.want(url=f"{ARTICLE}-2", html=told(1))
    article = room.store.articles.find(f"{ARTICLE}-2")
    assert article is not None
    room.store.articles.bring(article.id)
    seen = desk.get(f"/api/v1/edits?url={quote(article.url, safe='')}", is_stranger=True).get_json()
    assert seen["backfill"] is None


def test_no_archives_are_asked_where_the_owner_named_none(room: ReadingRoom) -> None:
    client = create_app(room.store, now=room.clock, archives=[]).test_client()
    token = room.store.access.new_token("none", room.clock())
    answer = client.post(
        "/api/v1/backfills",
        json={"url": ARTICLE},
        headers={"Authorization": f"Bearer {token}"},
        base_url="http://127.0.0.1",
    )
    assert (answer.status_code, answer.get_json()["code"]) == (400, "bad-input")


def test_the_command_lists_reads_and_says_how_to_take_it_back(rowback: Program) -> None:
    with pretend_archive() as archive:
        named = f"wayback+http://127.0.0.1:{archive.site.port}"
        archive.keep(ARTICLE, "20260305090000", told(1))
        run = partial(rowback.ok, ROWBACK_FETCH_HOSTS="127.0.0.1")
        saved = rowback.db.parent / "now.html"
        saved.write_text(told(2), encoding="utf-8")
        rowback.ok("capture", saved, "--url", ARTICLE)
        dry = run("backfill", ARTICLE, "--from", named, "--dry-run")
        assert "1 copy in 127.0.0.1" in dry.out
        assert len(archive.site.asked) == 1
        done = run("backfill", ARTICLE, "--from", named)
        assert "1 copy, 1 read, 1 new version." in done.out
        assert "rowback split https://echo.example/news/ferry --versions 0" in done.out
        again = run("backfill", ARTICLE, "--from", named, "--json").json
        assert [(each["state"], each["versions"]) for each in again] == [("done", 1)]
        assert len(archive.site.asked) == 3
        assert len(rowback.ok("edits", ARTICLE, "--json").json["edits"]) == 1


def test_the_command_tells_what_it_could_not_do(rowback: Program) -> None:
    with pretend_archive() as archive:
        named = f"wayback+http://127.0.0.1:{archive.site.port}"
        none = rowback.ok("backfill", ARTICLE, "--from", named, ROWBACK_FETCH_HOSTS="127.0.0.1")
        assert "has no copy" in none.out
        archive.fail("excluded")
        other = "https://closed.example/news/a"
        shut = rowback("backfill", other, "--from", named, ROWBACK_FETCH_HOSTS="127.0.0.1")
        assert (shut.code, "shows no copies of this publisher" in shut.err) == (1, True)
        archive.fail(503)
        later = rowback("backfill", "https://third.example/a", "--from", named, ROWBACK_FETCH_HOSTS="127.0.0.1")
        assert (later.code, "It goes on at" in later.err) == (1, True)
    for wrong in (["--from", "nowhere"], ["--from", "rowback+https://peer.example"]):
        assert rowback("backfill", ARTICLE, *wrong).code == 1
    assert rowback("backfill", "http://intranet/a").code == 1
    assert rowback("backfill", ARTICLE, "--captures", "0").code == 2


def test_ctrl_c_loses_nothing_and_the_same_command_goes_on(rowback: Program) -> None:
    with pretend_archive() as archive, (rowback.folder / "err").open("w+", encoding="utf-8") as err:
        for day in (5, 6, 7):
            archive.keep(ARTICLE, f"2026030{day}090000", told(day))
        command = ["backfill", ARTICLE, "--from", f"wayback+http://127.0.0.1:{archive.site.port}"]
        answer, is_asked, goes_on = archive.answer, threading.Event(), threading.Event()

        def answer_two(request: BaseHTTPRequestHandler) -> None:
            if len(archive.site.asked) == 3:
                is_asked.set()
                goes_on.wait(ENDS_WITHIN_S)
            answer(request)

        archive.respond = answer_two
        own = rowback.environment() | {"ROWBACK_FETCH_HOSTS": "127.0.0.1"}
        process = forked.start(forked.MAIN, command, own, name=COMMAND, err=err)
        assert is_asked.wait(ENDS_WITHIN_S)
        process.send_signal(signal.SIGINT)
        assert process.wait(ENDS_WITHIN_S) == 1
        err.seek(0)
        assert err.read().splitlines()[-1:] == [
            "Stopped. What was read is stored; the same command goes on, and so does `rowback serve`."
        ]
        goes_on.set()
        done = rowback.ok(*command, ROWBACK_FETCH_HOSTS="127.0.0.1")
        assert "3 copies, 3 read, 3 new versions." in done.out
        assert len(archive.site.asked) == 5, "the one that was cut off once more, and what was left"


def _backfill(answer: TestResponse) -> dict[str, object]:
    found: dict[str, object] = json.loads(answer.data)["backfill"]
    return found


def _asked_for(room: ReadingRoom) -> int:
    with sqlite3.connect(room.store.path) as db:
        return int(db.execute("select count(*) from backfills").fetchone()[0])
