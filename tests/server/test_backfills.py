"""The past of an article is fetched from an archive: a real server, a real store, and a clock that only the test moves."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from rowback.archive.sources import SourceKind
from rowback.archive.wishes import wish_for
from rowback.capture.captures import from_html
from rowback.capture.poller import LEASE
from rowback.cli.poll import make_poller
from rowback.config import Settings
from rowback.errors import BadInput, ForbiddenURL, StoreError
from rowback.model import Origin
from rowback.store import Store
from rowback.store.pasts_wanted import AskedBy, BackfillState, CopyState
from rowback.store.work import JobKind, Outcome

from .reading_room import ARTICLE, PRIVATE, ReadingRoom, reading_room, told
from .samples import page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path


@pytest.fixture
def room(tmp_path: Path) -> Iterator[ReadingRoom]:
    with reading_room(tmp_path) as open_room:
        yield open_room


def test_copies_become_versions_at_their_instants(room: ReadingRoom) -> None:
    room.keep("20260305090000", told(1))
    room.keep("20260306100000", told(2))
    room.ask()
    room.work()
    article = room.store.articles.find(ARTICLE)
    assert article is not None
    versions = room.store.versions.of_article(article.id)
    assert [f"{each.seen_at:%d %H}" for each in versions] == ["05 09", "06 10"]
    assert {each.origin for each in versions} == {Origin.ARCHIVE}
    found = room.found()
    assert (found.state, found.listed, found.read, found.versions) == (BackfillState.DONE, 2, 2, 2)
    memento = versions[0].memento
    assert memento is not None
    assert memento.href.endswith(f"/web/20260305090000/{ARTICLE}")


def test_each_step_is_one_request(room: ReadingRoom) -> None:
    for day in range(1, 5):
        room.keep(f"2026030{day}090000", told(day))
    room.ask()
    before = 0
    while room.step(seconds=3) is not None:
        assert len(room.asked()) - before <= 1
        before = len(room.asked())
    assert before == 5


def test_what_is_stored_is_the_right_end(room: ReadingRoom) -> None:
    for minute in range(20):
        room.keep(f"202603050900{minute:02d}", told(1) + f"<!-- {minute} -->")
    room.store.record(from_html(ARTICLE, told(1), room.clock(), Origin.BROWSER), room.clock())
    room.ask()
    room.work()
    assert room.found().read == 3, "the oldest is as the newest; two looks, and no more"
    (version,) = room.store.versions.of_article(1)
    assert (version.origin, version.memento is not None) == (Origin.ARCHIVE, True), "who showed it first"


def test_no_more_copies_are_read_than_wanted_and_more_on_request(room: ReadingRoom) -> None:
    for minute in range(30):
        room.keep(f"202603050900{minute:02d}", told(minute))
    room.ask(most=5)
    room.work()
    assert (room.found().state, room.found().planned, room.found().read) == (BackfillState.DONE, 5, 5)
    room.ask(most=5)
    assert not room.work()
    assert room.ask(most=8).state is BackfillState.READING
    room.work()
    assert (room.found().read, len(room.texts())) == (8, 8)


@pytest.mark.parametrize("kind", [SourceKind.WAYBACK, SourceKind.PYWB, SourceKind.MEMENTO])
def test_every_kind_of_archive_is_read(tmp_path: Path, kind: SourceKind) -> None:
    with reading_room(tmp_path, SourceKind.WAYBACK if kind is SourceKind.MEMENTO else kind) as room:
        for day in range(1, 4):
            room.keep(f"2026030{day}090000", told(day))
        named = f"memento+{room.archive.site.url('/web/timemap/link')}" if kind is SourceKind.MEMENTO else room.told
        room.store.backfills.ask(wish_for(ARTICLE, named, 16, AskedBy.READER), room.clock())
        room.work()
        assert [text.split(":")[0] for text in room.texts()] == ["Notice 1", "Notice 2", "Notice 3"]
        hrefs = [each.memento and each.memento.href for each in room.store.versions.of_article(1)]
        assert all(href and "id_/" not in href for href in hrefs)


@pytest.mark.parametrize("kind", [SourceKind.WAYBACK, SourceKind.PYWB])
def test_a_list_in_parts_is_read_to_its_end(tmp_path: Path, kind: SourceKind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rowback.archive.sources.LIST_ROWS", 2)
    monkeypatch.setattr("rowback.archive.listing.LIST_ROWS", 2)
    with reading_room(tmp_path, kind) as room:
        for day in range(1, 6):
            room.keep(f"2026030{day}090000", told(day))
        room.ask()
        room.work()
        assert (room.found().listed, len(room.texts())) == (5, 5)


def test_a_kill_between_request_and_answer_loses_nothing(room: ReadingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is cut off at any write is done again by the next poller."""
    for day in range(1, 6):
        room.keep(f"2026030{day}090000", told(day))
    room.ask()
    room.work_through_cuts(monkeypatch)
    assert (room.found().state, len(room.texts())) == (BackfillState.DONE, 5)
    assert room.found().read == 5, "what was not written was not counted"


def test_capture_and_note_are_written_together_or_not_at_all(
    room: ReadingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.keep("20260305090000", told(1))
    room.ask()
    room.step()

    def broken(*_: object) -> None:
        raise StoreError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("rowback.store.store.note_read", broken)
        with pytest.raises(StoreError):
            room.step(seconds=3)
    assert room.store.articles.find(ARTICLE) is None
    assert [each.state for each in room.store.backfills.copies(room.found().id)] == [CopyState.WAITING]
    room.step(minutes=11)
    assert len(room.texts()) == 1


def test_an_archive_without_a_copy_is_not_asked_again_for_a_day_and_its_address_is_not_kept(room: ReadingRoom) -> None:
    room.ask()
    room.work()
    assert room.found().state is BackfillState.NONE
    assert "echo.example" not in _dump(room)
    room.clock.advance(hours=23)
    room.ask()
    room.work()
    assert len(room.asked()) == 1
    room.clock.advance(hours=2)
    assert room.store.backfills.find(ARTICLE, room.clock()) is None
    room.poller()._note()
    assert _row(room.store, "select count(*) from backfills") == "0"
    room.keep("20260305090000", told(1))
    room.ask()
    room.work()
    assert room.found().state is BackfillState.DONE


def test_what_an_old_article_has_not_is_not_asked_for_in_two_weeks(room: ReadingRoom) -> None:
    seen_at = room.clock() - timedelta(days=4)
    room.store.record(from_html(ARTICLE, told(1), seen_at, Origin.BROWSER), room.clock())
    room.ask()
    room.work()
    room.clock.advance(days=13)
    room.ask()
    assert room.found().state is BackfillState.NONE
    room.clock.advance(days=2)
    assert room.ask().state is BackfillState.QUEUED


def test_the_hash_of_an_address_differs_from_store_to_store(room: ReadingRoom, tmp_path: Path) -> None:
    hashes = set[str]()
    for name in ("one.db", "other.db"):
        store = Store(tmp_path / name)
        store.backfills.ask(wish_for(ARTICLE, room.told, 16, AskedBy.OWNER), room.clock())
        hashes.add(_row(store, "select key_hash from backfills"))
        store.close()
    assert len(hashes) == 2


def test_an_excluded_site_is_not_asked_about_again_and_others_are(room: ReadingRoom) -> None:
    room.archive.fail("excluded")
    room.ask()
    assert room.step() is not None
    assert room.found().state is BackfillState.EXCLUDED
    assert "echo.example" not in _dump(room)
    other_story = "https://www.echo.example/news/another"
    assert room.ask(other_story).state is BackfillState.EXCLUDED
    room.keep("20260305090000", told(1), "https://other.example/news/ferry")
    room.ask("https://other.example/news/ferry")
    room.work()
    assert len(room.texts("https://other.example/news/ferry")) == 1
    room.clock.advance(days=31)
    assert room.ask(other_story).state is BackfillState.QUEUED


@pytest.mark.parametrize(("kind", "seconds"), [(429, 60), ("refused", 3600), (503, 900)])
def test_a_refusal_pauses_the_archive_longer_each_time(room: ReadingRoom, kind: int | str, seconds: int) -> None:
    room.keep("20260305090000", told(1))
    room.archive.fail(kind, 2)
    room.ask()
    done = room.step()
    assert done is not None
    assert done.outcome is Outcome.BLOCKED
    found = room.found()
    assert (found.state, found.next_at) == (BackfillState.WAITING, room.clock() + timedelta(seconds=seconds))
    assert room.step(seconds=seconds - 1) is None
    assert room.step(seconds=1) is not None
    assert room.step(seconds=2 * seconds - 1) is None
    room.clock.advance(seconds=1)
    room.work()
    assert (room.found().state, len(room.texts())) == (BackfillState.DONE, 1)


def test_an_archive_that_never_answers_is_given_up(room: ReadingRoom) -> None:
    room.archive.fail("refused", 50)
    room.ask()
    for _ in range(20):
        room.step(days=1.1)
    assert room.store.backfills.find(ARTICLE, room.clock()) is None or room.found().state is BackfillState.FAILED
    assert len(room.asked()) == 8


def test_a_copy_that_is_always_in_trouble_is_passed_over(room: ReadingRoom) -> None:
    room.keep("20260305090000", told(1))
    room.keep("20260306090000", told(2))
    room.ask()
    room.step()
    room.archive.fail(500, 3)
    for _ in range(6):
        room.step(hours=5)
    room.work()
    assert room.found().state is BackfillState.DONE
    assert len(room.texts()) == 1


def test_a_copy_that_is_no_article_is_refused_and_its_neighbour_read(room: ReadingRoom) -> None:
    room.keep("20260305090000", "<title>Page not found</title><p>Page not found. The page you look for is gone.</p>")
    room.keep("20260306090000", told(1))
    room.keep("20260307090000", told(2))
    room.ask()
    room.work()
    states = [each.state for each in room.store.backfills.copies(room.found().id)]
    assert states == [CopyState.REFUSED, CopyState.READ, CopyState.READ]


@pytest.mark.parametrize(
    "leads_to",
    ["/web/20260305090000id_/https://evil.example/x", "http://elsewhere.example/web/20260305090000id_/" + ARTICLE],
)
def test_what_an_archive_leads_away_to_is_not_taken(room: ReadingRoom, leads_to: str) -> None:
    room.keep("20260305090000", told(1))
    room.ask()
    room.step()
    room.archive.site.answers = {}
    room.addresses["elsewhere.example"] = "127.0.0.1"
    if leads_to.startswith("http:"):
        leads_to = leads_to.replace("elsewhere.example", f"elsewhere.example:{room.archive.site.port}")
    room.archive.site.put(f"/web/20260305090000id_/{ARTICLE}", status=302, Location=leads_to)
    for path in (leads_to, f"/web/20260305090000id_/{ARTICLE}?x"):
        room.archive.site.put(path, told(2), Memento_Datetime="Thu, 05 Mar 2026 09:00:00 GMT")
    room.step(seconds=3)
    assert room.found().state is BackfillState.DONE
    assert room.store.counts()["articles"] == 0


def test_copies_that_were_read_before_are_known_before_anything_is_asked(room: ReadingRoom) -> None:
    room.keep("20260305090000", told(1))
    room.keep("20260306090000", told(2))
    room.ask()
    room.work()
    room.clock.advance(days=31)
    room.store.backfills.drop_expired(room.clock())
    room.asked().clear()
    room.ask()
    room.work()
    assert len(room.asked()) == 1, "the list, and no copy"
    assert (room.found().state, room.found().read) == (BackfillState.DONE, 0)


def test_a_wall_that_an_archive_puts_up_is_no_copy(room: ReadingRoom) -> None:
    room.keep("20260305090000", told(1))
    room.ask()
    room.step()
    path = f"/web/20260305090000id_/{ARTICLE}"
    answers = room.archive.site.answers
    plain: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
    room.archive.site.answers = plain
    room.archive.site.put(path, page())
    done = room.step(seconds=3)
    assert done is not None
    assert done.outcome is Outcome.BLOCKED
    assert room.store.articles.find(ARTICLE) is None
    room.archive.site.answers = answers
    room.clock.advance(hours=1)
    room.work()
    assert len(room.texts()) == 1


def test_the_nearest_copy_is_stored_at_its_own_instant(room: ReadingRoom) -> None:
    room.keep("20260305090000", told(1))
    room.ask()
    room.step()
    room.archive.copies[:] = [replace(each, stamp="20260309120000") for each in room.archive.copies]
    room.work()
    article = room.store.articles.find(ARTICLE)
    assert article is not None
    assert f"{article.first_seen_at:%d %H}" == "09 12"


def test_no_more_is_asked_in_a_day_than_allowed(room: ReadingRoom) -> None:
    room.most_a_day = 3
    for day in range(1, 6):
        room.keep(f"2026030{day}090000", told(day))
    room.ask()
    room.work()
    assert len(room.asked()) == 3
    assert room.found().state is BackfillState.WAITING
    room.clock.advance(days=1)
    room.work()
    assert len(room.asked()) == 6
    assert room.found().state is BackfillState.DONE


def test_no_archive_hears_of_a_private_host(room: ReadingRoom) -> None:
    for url in (
        "http://intranet/a",
        "http://10.1.2.3/a",
        "http://wiki.corp/a",
        "http://nas.local/a",
        "http://[fd00::1]/a",
    ):
        with pytest.raises(ForbiddenURL):
            room.ask(url)
    room.addresses["wiki.example.com"] = PRIVATE
    room.ask("https://wiki.example.com/plan")
    room.work()
    assert room.asked() == []
    assert "wiki.example.com" not in _dump(room)


def test_an_archive_gets_no_cookies_no_referrer_and_a_contact(room: ReadingRoom) -> None:
    room.contact = "desk@echo.example"
    room.keep("20260305090000", told(1))
    room.ask()
    room.work()
    assert len(room.asked()) == 2
    for _, headers in room.asked():
        names = {name.lower() for name in headers}
        assert not names & {"cookie", "referer", "authorization", "origin", "from"}
        assert headers["User-Agent"].endswith("desk@echo.example)")
        assert "br" not in headers["Accept-Encoding"]


def test_a_reader_is_served_before_checks_that_are_due(room: ReadingRoom) -> None:
    article = room.store.record(from_html(ARTICLE, page(), room.clock(), Origin.BROWSER), room.clock()).article
    room.store.set_followed(article.id, room.clock() - timedelta(days=3))
    room.keep("20260305090000", told(1))
    room.ask()
    room.step()
    assert len(room.asked()) == 1


def test_a_step_that_took_two_pollers_down_is_put_off(room: ReadingRoom) -> None:
    room.ask()
    for number in range(2):
        room.clock.advance(seconds=LEASE.total_seconds() + 1)
        assert room.store.queue.take(room.clock(), f"killed-{number}", room.clock() + LEASE, room.clock()) is not None
    done = room.step(seconds=LEASE.total_seconds() + 1)
    assert done is not None
    assert done.outcome is Outcome.COSTLY
    assert room.asked() == []
    assert room.store.failures.newest() == [], "it says nothing of an address"
    assert room.step(hours=23) is None
    room.step(hours=2)
    assert len(room.asked()) == 1


@pytest.mark.parametrize("is_killed", [True, False])
def test_a_copy_that_takes_pollers_down_or_breaks_the_program_costs_itself_alone(
    room: ReadingRoom, monkeypatch: pytest.MonkeyPatch, is_killed: bool
) -> None:
    for day in range(1, 4):
        room.keep(f"2026030{day}090000", told(day))
    room.ask()
    room.step()
    if is_killed:
        for number in range(2):
            room.clock.advance(seconds=LEASE.total_seconds() + 1)
            assert room.store.queue.take(room.clock(), f"killed-{number}", room.clock() + LEASE, room.clock())
        done = room.step(seconds=LEASE.total_seconds() + 1)
        assert len(room.asked()) == 1, "it is not read a third time"
    else:
        with monkeypatch.context() as patch:
            patch.setattr("rowback.archive.reading_copies.from_html", _breaks)
            done = room.step(seconds=3)
    assert done is not None
    assert (done.outcome, done.then) == (
        Outcome.COSTLY if is_killed else Outcome.FAILED,
        "it goes on without what it was at",
    )
    room.work()
    assert room.found().state is BackfillState.DONE
    states = [each.state for each in room.store.backfills.copies(room.found().id)]
    assert sorted(states) == [CopyState.READ, CopyState.READ, CopyState.REFUSED]
    assert room.store.failures.newest() == [], "it says nothing of an address"


def test_the_program_s_own_poller_knows_what_to_leave_out(room: ReadingRoom) -> None:
    poller = make_poller(room.store, Settings(db=room.store.path))
    for day in range(1, 3):
        room.keep(f"2026030{day}090000", told(day))
    room.ask()
    room.step()
    job = room.store.backfills.job(room.found().id)
    assert job is not None
    assert poller.leave_out[JobKind.BACKFILL](poller.context, job) == timedelta(seconds=1)
    assert CopyState.REFUSED in [each.state for each in room.store.backfills.copies(room.found().id)]


def test_a_step_that_cannot_even_choose_is_put_off(room: ReadingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    room.keep("20260305090000", told(1))
    room.keep("20260306090000", told(2))
    room.ask()
    room.step()
    with monkeypatch.context() as patch:
        patch.setattr("rowback.archive.backfill.chosen", _breaks)
        done = room.step(seconds=3)
    assert done is not None
    assert (done.outcome, done.then) == (Outcome.FAILED, "again in a day")
    assert room.step(hours=23) is None
    room.clock.advance(hours=2)
    room.work()
    assert len(room.texts()) == 2


@pytest.mark.parametrize("kind", [SourceKind.WAYBACK, SourceKind.PYWB])
def test_a_month_later_only_what_is_newer_is_listed(tmp_path: Path, kind: SourceKind) -> None:
    with reading_room(tmp_path, kind) as room:
        for day in range(1, 8):
            room.keep(f"2026030{day}090000", told(min(day, 3)) + f"<!-- {day} -->")
        room.ask()
        room.work()
        assert _row(room.store, "select count(*) from backfill_copies") == "7"
        room.clock.advance(days=31)
        room.poller()._note()
        assert room.store.backfills.find(ARTICLE, room.clock()) is None, "nothing is told of it any more"
        assert _row(room.store, "select count(*) from backfill_copies") == "0"
        room.keep("20260620090000", told(4))
        room.asked().clear()
        room.ask()
        room.work()
        assert "from=20260307090000" in room.asked()[0][0]
        assert (room.found().listed, room.found().read, len(room.texts())) == (2, 1, 4)
        room.clock.advance(days=31)
        room.archive.copies.clear()
        room.ask()
        room.work()
        assert (room.found().state, len(room.texts())) == (BackfillState.DONE, 4), "it had copies"


def test_who_wants_more_than_was_read_is_told_the_whole_list(room: ReadingRoom) -> None:
    for minute in range(20):
        room.keep(f"202603050900{minute:02d}", told(minute))
    room.ask(most=5)
    room.work()
    room.clock.advance(days=31)
    room.asked().clear()
    room.ask(most=8)
    room.work()
    assert "from=" not in room.asked()[0][0]
    assert (room.found().listed, room.found().read, len(room.texts())) == (20, 8, 13)


def test_a_past_that_was_given_up_is_listed_whole_again(room: ReadingRoom) -> None:
    for day in range(1, 6):
        room.keep(f"2026030{day}090000", told(day))
    room.ask()
    for _ in range(3):
        room.step(seconds=3)
    room.archive.fail("refused", 50)
    for _ in range(12):
        room.step(days=1.1)
    room.archive.failures.clear()
    room.clock.advance(days=2)
    room.asked().clear()
    room.ask()
    room.work()
    assert "from=" not in room.asked()[0][0]
    assert len(room.texts()) == 5


def test_what_is_forgotten_takes_its_backfill_along(room: ReadingRoom) -> None:
    room.keep("20260305090000", told(1))
    room.ask()
    room.work()
    article = room.store.articles.find(ARTICLE)
    assert article is not None
    room.store.owner.forget(article.id)
    assert "echo.example" not in _dump(room)
    assert room.store.backfills.find(ARTICLE, room.clock()) is None


def test_an_article_that_is_split_and_joined_keeps_its_copies(room: ReadingRoom) -> None:
    room.keep("20260305090000", told(1))
    room.keep("20260306090000", told(2))
    room.ask()
    room.work()
    kept, other = room.store.part(ARTICLE, room.clock(), [1])
    for article in (kept, other):
        (version,) = room.store.versions.of_article(article.id)
        assert version.memento is not None
    joined = room.store.join_again(ARTICLE)
    assert all(each.memento for each in room.store.versions.of_article(joined.id))


def test_what_is_no_archive_is_refused() -> None:
    for name in ("nowhere", "wayback+ftp://x", "rowback+ftp://peer.example"):
        with pytest.raises(BadInput):
            wish_for(ARTICLE, name, 16, AskedBy.OWNER)


def _breaks(*_: object) -> None:
    raise ValueError("nobody foresaw this")


def _dump(room: ReadingRoom) -> str:
    """All rows of all tables that can be read."""
    with sqlite3.connect(room.store.path) as db:
        names = db.execute("select name from sqlite_master where type = 'table' and sql not like 'create virtual%'")
        return "\n".join(repr(row) for (name,) in names.fetchall() for row in db.execute(f"select * from [{name}]"))  # noqa: S608


def _row(store: Store, query: str) -> str:
    with sqlite3.connect(store.path) as db:
        return str(db.execute(query).fetchone()[0])
