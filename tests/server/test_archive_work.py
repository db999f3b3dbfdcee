"""What archives are asked is told on the status page, in the terminal, to programs and to Prometheus."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest

from rowback.clock import utc_now
from rowback.store import Store
from rowback.store.backfills import KEPT
from rowback.store.pasts_wanted import BackfillState
from rowback.store.shares import ARCHIVES, ARTICLES
from rowback.text.archive_words import backfills_told, requests_told

from .pasts import tell_pasts
from .scripted_web import ScriptedWeb
from .visitor import owner_at_home

if TYPE_CHECKING:
    from datetime import datetime

    from .backend import Backend
    from .program import Program

ALL = (
    "1 waits for its turn, 1 is being listed, 1 is being read, 1 waits for its archive, 2 done, "
    "1 stopped by a reader, 1 with nothing archived, 1 kept out by its publisher, 1 failed"
)


def _ask(store: Store, now: datetime, limit: int = 400, asked: int = 12) -> None:
    """Backfills in every state, two of them done, and some requests."""
    tell_pasts(store, now)
    store.spending.note_limit(1_000, limit)
    for _ in range(asked):
        store.spending.spend(ARCHIVES, now, 1_000, limit)
    store.spending.spend(ARTICLES, now, 1_000)


def test_the_status_page_tells_it_in_words(backend: Backend) -> None:
    owner = owner_at_home(backend)

    def text() -> str:
        page: Any = lxml.html.document_fromstring(owner.get("/status").body.decode())
        return " ".join(" ".join(page.xpath("//main//text()")).split())

    assert "Archives 0 requests today Earlier versions of articles, from archives none asked for" in text()
    _ask(backend.store, backend.clock())
    assert f"Archives 12 of 400 requests today Earlier versions of articles, from archives {ALL}" in text()


def test_programs_are_told_each_state(backend: Backend) -> None:
    told = backend.client.get("/api/v1/status").json["archives"]
    states = {state.value for state in BackfillState}
    assert told == {"requests_today": 0, "daily_limit": None, "backfills": dict.fromkeys(states, 0)}
    _ask(backend.store, backend.clock())
    told = backend.client.get("/api/v1/status").json["archives"]
    assert told == {
        "requests_today": 12,
        "daily_limit": 400,
        "backfills": dict.fromkeys(states, 1) | {"done": 2},
    }
    backend.clock.advance(days=1)
    assert backend.client.get("/api/v1/status").json["archives"]["requests_today"] == 0


def test_prometheus_is_told_each_state(backend: Backend) -> None:
    _ask(backend.store, backend.clock())
    told = backend.client.get("/metrics").body.decode().splitlines()
    assert 'rowback_backfills{state="done"} 2.0' in told
    assert sum(line.startswith("rowback_backfills{") for line in told) == len(BackfillState)
    assert "rowback_archive_requests_today 12.0" in told
    assert "rowback_archive_daily_requests 400.0" in told


def test_what_need_not_be_known_any_longer_is_not_counted(backend: Backend) -> None:
    store, now = backend.store, backend.clock()
    _ask(store, now)
    assert store.overview(now + KEPT).archives.backfills["done"] == 0
    assert store.overview(now + KEPT).archives.backfills["queued"] == 1
    assert store.overview(now + KEPT - timedelta(seconds=1)).archives.backfills["done"] == 2


def test_the_terminal_tells_it_where_there_is_something_to_tell(rowback: Program) -> None:
    with_none = Store(rowback.db)
    with_none.close()
    assert "archives" not in rowback.ok("status").out
    store = Store(rowback.db)
    _ask(store, utc_now(), limit=12)
    store.close()
    used_up = "archives  all 12 requests of today are used up: what is left waits for midnight UTC; "
    assert f"{used_up}{ALL}\n" in rowback.ok("status").out
    assert json.loads(rowback.ok("status", "--json").out)["archives"]["requests_today"] == 12


def test_the_poller_notes_how_often_archives_may_be_asked(store: Store) -> None:
    web = ScriptedWeb(store, 1_000)
    poller = web.poller()
    poller.context = replace(poller.context, archive_requests=7)
    poller._note()
    assert store.overview(web.clock()).archives.limit == 7
    assert store.overview(web.clock()).requests.limit == 1_000


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, ""),
        (dict.fromkeys(BackfillState, 0), ""),
        (dict.fromkeys(BackfillState, 1) | {"done": 2}, ALL),
        ({"queued": 1_200, "waiting": 2}, "1,200 wait for their turn, 2 wait for their archives"),
    ],
)
def test_backfills_are_counted_in_words(counts: dict[str, int], said: str) -> None:
    assert backfills_told(counts) == said


@pytest.mark.parametrize(
    ("asked", "limit", "said"),
    [
        (1, None, "1 request today"),
        (1_234, None, "1,234 requests today"),
        (399, 400, "399 of 400 requests today"),
        (400, 400, "all 400 requests of today are used up: what is left waits for midnight UTC"),
    ],
)
def test_requests_are_told_in_words(asked: int, limit: int | None, said: str) -> None:
    assert requests_told(asked, limit) == said
