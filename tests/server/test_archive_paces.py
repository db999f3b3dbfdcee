"""No archive is asked more often than it allows: a clock that only the test moves, and the log of when what was asked for."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from rowback.archive import sources
from rowback.archive.sources import SourceKind
from rowback.archive.wishes import wish_for
from rowback.store.pasts_wanted import AskedBy, BackfillState
from rowback.web.pages.wording import http_date

from .pretend_archive import pretend_archive
from .reading_room import ARTICLE, ReadingRoom, reading_room, told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    from .program import Program

LISTS_A_MINUTE, COPIES_A_MINUTE = 24, 480  # of web.archive.org's 30 and 600


@dataclass
class Log:
    """When the archive was asked for what; `turns_away` are answers to come instead of its own, each a status with headers
    (`+600` is an instant, so many seconds later), or None for a connection that is closed."""

    room: ReadingRoom
    asked: list[tuple[datetime, str]] = field(default_factory=list)
    turns_away: list[tuple[int, dict[str, str]] | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.room.archive.respond = self.answer

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Notes the instant, and answers."""
        self.asked.append((self.room.clock(), "list" if "/cdx" in request.path else "copy"))
        if not self.turns_away:
            self.room.archive.answer(request)
            return
        found = self.turns_away.pop(0)
        if found is None:
            request.close_connection = True
            return
        request.send_response(found[0])
        for name, value in ({"Content-Length": "0"} | found[1]).items():
            later = timedelta(seconds=int(value[1:])) if value.startswith("+") else None
            request.send_header(name, value if later is None else http_date(self.room.clock() + later))
        request.end_headers()

    def gaps(self) -> list[tuple[str, float]]:
        """After what, and how many seconds later, each request was made."""
        pairs = zip(self.asked, self.asked[1:], strict=False)
        return [(kind, (after - before).total_seconds()) for (before, kind), (after, _) in pairs]

    def run(self, seconds: float, tick: float = 0.25) -> None:
        """Lets two pollers work while so much time goes by."""
        until = self.room.clock() + timedelta(seconds=seconds)
        pollers = [self.room.poller(holder) for holder in ("one", "other")]
        while self.room.clock() < until:
            for each in pollers:
                each.step()
            self.room.clock.advance(seconds=tick)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[ReadingRoom]:
    with reading_room(tmp_path) as open_room:
        yield open_room


def _preset(room: ReadingRoom, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Lets a preset lead to the pretended archive."""
    own = room.archive.source()
    known = sources.PRESETS[name]
    monkeypatch.setitem(sources.PRESETS, name, replace(known, list_at=own.list_at, copy_at=own.copy_at))


def _want(room: ReadingRoom, source: str, articles: int = 3, copies: int = 5) -> None:
    for number in range(articles):
        url = f"{ARTICLE}-{number}"
        for day in range(1, copies + 1):
            room.keep(f"2026030{day}090000", told(day), url)
        room.store.backfills.ask(wish_for(url, source, 16, AskedBy.READER), room.clock())


@pytest.mark.parametrize(
    ("source", "after_list", "after_copy"), [("wayback", 2.5, 1.0), ("arquivo", 1.0, 1.0), ("its address", 1.0, 1.0)]
)
def test_between_two_requests_there_is_the_archive_s_own_gap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, after_list: float, after_copy: float
) -> None:
    with reading_room(tmp_path, SourceKind.PYWB if source == "arquivo" else SourceKind.WAYBACK) as room:
        if source == "its address":
            source = room.told
        else:
            _preset(room, monkeypatch, source)
        log = Log(room)
        _want(room, source)
        log.run(60)
    assert Counter(kind for _, kind in log.asked) == {"list": 3, "copy": 15}
    shortest = {kind: min(gap for each, gap in log.gaps() if each == kind) for kind in ("list", "copy")}
    assert shortest == {"list": after_list, "copy": after_copy}


@pytest.mark.parametrize("url", ["wayback+https://web.archive.org", "memento+http://web.archive.org/web/timemap/link"])
def test_a_known_archive_keeps_its_pace_under_whatever_name(url: str) -> None:
    found, known = sources.source_of(url), sources.WAYBACK
    assert (found.list_gap_s, found.copy_gap_s) == (known.list_gap_s, known.copy_gap_s)


DAY = 86_400.0
TURNED_AWAY: list[tuple[str, list[tuple[int, dict[str, str]] | None], list[float]]] = [
    ("429 without a word", [(429, {})] * 4, [60, 120, 240, 480]),
    ("429 that asks for less", [(429, {"Retry-After": "5"})] * 2, [60, 120]),
    ("429 that asks for more", [(429, {"Retry-After": "300"})] * 2, [300, 300]),
    ("429 that names an instant", [(429, {"Retry-After": "+600"})], [600]),
    ("429 that asks for a year", [(429, {"Retry-After": "31536000"})], [DAY]),
    ("429 that asks for nonsense", [(429, {"Retry-After": "soon"})], [60]),
    ("403 without a reason", [(403, {})] * 2, [60, 120]),
    ("refused connections", [None] * 7, [3600, 7200, 14400, 28800, 57600, DAY, DAY]),
    ("its own trouble", [(503, {})] * 3, [900, 1800, 3600]),
    ("a gateway's trouble", [(502, {}), (504, {})], [900, 1800]),
    ("one after the other", [(429, {}), None, (503, {})], [60, 7200, 3600]),
]


@pytest.mark.parametrize(("answers", "waits"), [row[1:] for row in TURNED_AWAY], ids=[row[0] for row in TURNED_AWAY])
@pytest.mark.parametrize("at_list", [True, False])
def test_after_a_refusal_the_whole_archive_is_let_alone(
    room: ReadingRoom, answers: list[tuple[int, dict[str, str]] | None], waits: list[float], at_list: bool
) -> None:
    log = Log(room)
    _want(room, room.told, articles=2, copies=2)
    if not at_list:
        room.step()
        room.step(seconds=3)
        log.asked.clear()
    log.turns_away = list(answers)
    tick = min(waits) / 4
    log.run(sum(waits) + 10 * tick, tick)
    gaps = [gap for _, gap in log.gaps()][: len(waits)]
    for gap, wait in zip(gaps, waits, strict=True):
        assert wait <= gap <= wait + tick, (gaps, waits)


def test_a_success_between_refusals_lets_the_count_begin_anew(room: ReadingRoom) -> None:
    log = Log(room)
    for number in range(3):
        room.keep("20260301090000", told(number), f"{ARTICLE}-{number}")
        room.ask(f"{ARTICLE}-{number}")
        log.turns_away = [(429, {})]
        log.asked.clear()
        log.run(65, 0.5)
        assert [gap for _, gap in log.gaps()] == [60.0, 1.0]


def test_an_excluded_publisher_pauses_nobody(room: ReadingRoom) -> None:
    log = Log(room)
    log.turns_away = [(403, {"X-Archive-Wayback-Runtime-Error": "RobotAccessControlException: Blocked By Robots"})]
    room.store.backfills.ask(wish_for("https://closed.example/a", room.told, 16, AskedBy.READER), room.clock())
    room.clock.advance(seconds=0.1)
    _want(room, room.told, articles=1, copies=1)
    log.run(5)
    assert [gap for _, gap in log.gaps()] == [1.0, 1.0]


def test_an_archive_that_shuts_out_who_goes_on_never_has_to(room: ReadingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """It counts by the minute, answers 429 beyond, and whoever asks within a minute of that is shut out."""
    _preset(room, monkeypatch, "wayback")
    log, shut_out, refused_at = Log(room), list[datetime](), list[datetime]()

    def strict(request: BaseHTTPRequestHandler) -> None:
        now = room.clock()
        if any(now - at < timedelta(seconds=60) for at in refused_at):
            shut_out.append(now)
        last = Counter(kind for at, kind in log.asked if now - at < timedelta(seconds=60))
        if last["list"] >= LISTS_A_MINUTE + 1 or last["copy"] >= COPIES_A_MINUTE + 1 or len(log.asked) == 20:
            refused_at.append(now)
            log.turns_away = [(429, {})]
        log.answer(request)

    room.archive.respond = strict
    _want(room, "wayback", articles=30, copies=1)
    log.run(240, 0.5)
    assert shut_out == []
    assert len(refused_at) == 1, "the one that the test asked for"
    assert Counter(kind for _, kind in log.asked) == {"list": 31, "copy": 30} or len(log.asked) == 61


MIDNIGHTS = [
    ("UTC", "2026-12-31T00:00:00+00:00"),
    ("Europe/Berlin", "2026-03-29T00:00:00+00:00"),  # clocks go forward
    ("Europe/Berlin", "2026-10-25T01:00:00+00:00"),  # and back
    ("America/New_York", "2026-03-08T07:00:00+00:00"),
    ("Asia/Kolkata", "2026-06-01T18:30:00+00:00"),  # midnight there
]


@pytest.mark.parametrize(("zone", "around"), MIDNIGHTS)
def test_a_day_s_requests_are_counted_by_the_day_of_utc(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str, around: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        begin = datetime.fromisoformat(around) - timedelta(hours=2)
        with reading_room(tmp_path, now=begin) as room:
            room.most_a_day = 5
            log = Log(room)
            _want(room, room.told, articles=3, copies=4)
            log.run(4 * 86_400, 900)
            days = Counter(at.astimezone(UTC).date() for at, _ in log.asked)
            assert max(days.values()) <= 5
            assert len(log.asked) == 15
            spent = [at for at, _ in log.asked]
            firsts = [min(at for at in spent if at.date() == day) for day in sorted(days)][1:]
            assert all(at.hour == 0 and at.minute < 20 for at in firsts), "it goes on as soon as the day turns"
            assert {room.found(f"{ARTICLE}-{n}").state for n in range(3)} == {BackfillState.DONE}
    finally:
        monkeypatch.undo()
        time.tzset()


def test_who_only_looks_what_there_is_waits_like_all_others(rowback: Program) -> None:
    with pretend_archive() as archive:
        named = f"wayback+http://127.0.0.1:{archive.site.port}"
        look = partial(rowback, "backfill", ARTICLE, "--from", named, "--dry-run", ROWBACK_FETCH_HOSTS="127.0.0.1")
        archive.fail(503)
        first = look()
        assert (first.code, "in trouble" in first.err) == (1, True)
        assert (look().code, len(archive.site.asked)) == (1, 1), "it is let alone now"


def test_who_only_looks_is_told_that_the_day_s_requests_are_used_up(rowback: Program) -> None:
    with pretend_archive() as archive:
        named = f"wayback+http://127.0.0.1:{archive.site.port}"
        run = partial(rowback, ROWBACK_FETCH_HOSTS="127.0.0.1", ROWBACK_ARCHIVE_REQUESTS="1")
        assert run("backfill", ARTICLE, "--from", named, "--dry-run").code == 0
        second = run("backfill", ARTICLE, "--from", named, "--dry-run")
        assert (second.code, "used up (archive_requests)" in second.err) == (1, True)
        assert len(archive.site.asked) == 1
