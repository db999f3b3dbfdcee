"""A backfill that somebody stopped keeps what it read, and goes on where it is asked for again."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from rowback.capture.captures import from_html
from rowback.model import Attribution, Origin, Scope
from rowback.store.pasts_wanted import BackfillState, ListedAt, ReadCopy
from rowback.web.app import create_app

from .reading_room import ARTICLE, ReadingRoom, reading_room, told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from flask.testing import FlaskClient


@pytest.fixture
def room(tmp_path: Path) -> Iterator[ReadingRoom]:
    with reading_room(tmp_path) as open_room:
        for day in range(1, 6):
            open_room.keep(f"2026030{day}090000", told(day))
        yield open_room


def client_of(room: ReadingRoom, scope: Scope = Scope.CAPTURE) -> FlaskClient:
    client = create_app(room.store, now=room.clock, archives=[room.told]).test_client()
    token = room.store.access.new_token(f"for {scope}", room.clock(), scope=scope)
    client.environ_base |= {"HTTP_AUTHORIZATION": f"Bearer {token}", "HTTP_HOST": "127.0.0.1"}
    return client


def want(client: FlaskClient, **body: object) -> dict[str, Any]:
    answer = client.post("/api/v1/backfills", json={"url": ARTICLE} | body)
    assert answer.status_code == 202, answer.get_data(as_text=True)
    return dict(answer.get_json()["backfill"])


def stop(client: FlaskClient, url: str = ARTICLE) -> dict[str, Any]:
    answer = client.delete(f"/api/v1/backfills?url={quote(url, safe='')}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return dict(answer.get_json()["backfill"])


def test_what_was_read_before_the_stop_stays_and_no_archive_is_asked_after_it(room: ReadingRoom) -> None:
    client = client_of(room)
    want(client, html=told(6))
    room.step()
    room.step(seconds=3)
    asked, texts = len(room.asked()), room.texts()
    assert len(texts) == 2
    stopped = stop(client)
    assert (stopped["state"], stopped["stopped"], stopped["next_at"]) == ("done", True, None)
    assert (stopped["listed"], stopped["read"]) == (5, 1)
    assert room.work() == []
    assert (len(room.asked()), room.texts()) == (asked, texts)
    assert client.get(f"/api/v1/edits?url={quote(ARTICLE, safe='')}").get_json()["backfill"] == stopped


def test_asked_again_it_goes_on_where_it_was(room: ReadingRoom) -> None:
    client = client_of(room)
    want(client, html=told(6))
    room.step()
    room.step(seconds=3)
    stop(client)
    again = want(client)
    assert (again["state"], again["stopped"], again["read"]) == ("reading", False, 1)
    room.work()
    assert [path for path, _ in room.asked() if "/cdx/" in path] == [room.asked()[0][0]], "the list was read once"
    done = room.found()
    assert (done.state, done.read) == (BackfillState.DONE, 5)
    assert len(room.texts()) == 6


def test_one_that_was_stopped_before_its_list_was_read_reads_it_then(room: ReadingRoom) -> None:
    client = client_of(room)
    want(client, html=told(6))
    stop(client)
    assert room.work() == []
    assert want(client)["state"] == "queued"
    room.work()
    assert len(room.texts()) == 6


@pytest.mark.parametrize("what", ["list", "wait", "finish", "listing"])
def test_what_was_on_its_way_at_the_stop_does_not_let_it_go_on(room: ReadingRoom, what: str) -> None:
    client = client_of(room)
    want(client, html=told(6))
    store, found, now = room.store, room.found(), room.clock()
    stop(client)
    if what == "list":
        store.backfills.note_list(found.id, [ListedAt(now, ARTICLE, "", "https://archive.example/x")], [], now)
    elif what == "wait":
        store.backfills.wait(found.id, now, "The archive is busy.")
    elif what == "finish":
        store.backfills.finish(found.id, BackfillState.FAILED, now)
    else:
        store.backfills.begin_listing(found.id)
    assert (room.found().state, room.found().next_at) == (BackfillState.STOPPED, None)


def test_a_copy_that_was_on_its_way_at_the_stop_is_counted(room: ReadingRoom) -> None:
    client = client_of(room)
    want(client, html=told(6))
    room.step()
    found, copy = room.found(), room.store.backfills.copies(room.found().id)[0]
    stop(client)
    read = ReadCopy(found.id, (copy.id,), Attribution(found.title, copy.address))
    room.store.record_copy(from_html(ARTICLE, told(1), copy.seen_at, Origin.ARCHIVE), room.clock(), read)
    stopped = room.found()
    assert (stopped.state, stopped.read, stopped.versions) == (BackfillState.STOPPED, 1, 1)


def test_of_an_article_that_is_not_stored_nothing_stays_that_tells_its_address(
    room: ReadingRoom, tmp_path: Path
) -> None:
    client = client_of(room)
    want(client)
    room.step()
    stop(client)
    with sqlite3.connect(tmp_path / "rowback.db") as db:
        assert db.execute("select url, to_list from backfills").fetchall() == [(None, "[]")]
        assert db.execute("select count(*) from backfill_copies").fetchone() == (0,)
    assert want(client)["state"] == "queued", "it begins anew"
    room.work()
    assert len(room.texts()) == 5


def test_one_that_is_over_is_not_stopped(room: ReadingRoom) -> None:
    client = client_of(room)
    want(client)
    room.work()
    assert (stop(client)["state"], stop(client)["stopped"]) == ("done", False)


def test_the_time_that_the_copies_span_is_told(room: ReadingRoom) -> None:
    client = client_of(room)
    before = want(client, html=told(6))
    assert (before["earliest_at"], before["latest_at"]) == (None, None)
    room.step()
    listed = room.found()
    assert listed.earliest_at is not None and listed.latest_at is not None
    assert f"{listed.earliest_at:%d %H}–{listed.latest_at:%d %H}" == "01 09–05 09"
    assert stop(client)["earliest_at"] == "2026-03-01T09:00:00Z"


def test_nobody_asked_is_told_so_and_who_only_reads_may_not_stop(room: ReadingRoom) -> None:
    client = client_of(room)
    address = f"/api/v1/backfills?url={quote(ARTICLE, safe='')}"
    assert client.delete(address).get_json()["code"] == "unknown-backfill"
    assert client.delete("/api/v1/backfills").get_json()["code"] == "bad-url"
    want(client)
    assert client_of(room, Scope.READ).delete(address).get_json()["code"] == "insufficient-scope"
    assert room.found().next_at is not None


@pytest.mark.parametrize(("scope", "count"), [(Scope.READ, 0), (Scope.CAPTURE, 1), (Scope.OWNER, 1)])
def test_a_token_is_told_which_archives_it_may_have_asked(room: ReadingRoom, scope: Scope, count: int) -> None:
    told_archives = client_of(room, scope).get("/api/v1/token").get_json()["archives"]
    title = room.archive.source().title
    assert told_archives == [{"name": title, "title": title}][:count]
