"""`/metrics`, read by Prometheus' own parser."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from prometheus_client.parser import text_string_to_metric_families

from rowback.model import Scope
from rowback.store.feeds import FeedKind
from rowback.store.work import Next, Outcome

if TYPE_CHECKING:
    from .backend import Backend


def _samples(backend: Backend) -> dict[tuple[str, str], float]:
    text = backend.client.get("/metrics").body.decode()
    families = text_string_to_metric_families(text)
    return {(each.name, each.labels.get("route", "")): each.value for family in families for each in family.samples}


def test_what_is_stored_and_asked_is_counted(backend: Backend) -> None:
    backend.client.capture()
    for number in range(3):
        backend.client.get(f"/api/v1/articles/{number}")
        backend.client.get(f"/nowhere/{number}")
    samples = _samples(backend)
    assert samples["rowback_articles", ""] == 1
    assert samples["rowback_captures", ""] == 1
    assert samples["rowback_database_bytes", ""] > 0
    assert samples["rowback_request_seconds_count", "/api/v1/captures"] == 1
    assert len({route for _, route in samples}) < 6, "addresses that lead nowhere are not kept apart"


def test_metrics_are_not_for_readers(backend: Backend) -> None:
    reader = backend.store.access.new_token("reader", backend.clock(), scope=Scope.READ)
    assert backend.anyone.get("/metrics").code == "no-token"
    assert backend.anyone.get("/metrics", Authorization=f"Bearer {reader}").code == "insufficient-scope"


def test_what_the_poller_is_at_is_counted(backend: Backend) -> None:
    assert ("rowback_poller_seen_timestamp_seconds", "") not in _samples(backend)
    store, now = backend.store, backend.clock()
    feed, _ = store.feeds.add("https://www.harbour-echo.example/feed", FeedKind.FEED, "", now)
    assert _samples(backend)["rowback_due", ""] == 1
    job = store.queue.take(now, "test", now + timedelta(minutes=5), now)
    assert job is not None
    assert _samples(backend)["rowback_leased_hosts", ""] == 1
    store.queue.release(job.host, "test", now + timedelta(hours=2), "It asked us to wait.")
    store.feeds.finish(feed.id, now, Next(now + timedelta(hours=2), Outcome.BLOCKED, "It answered 429.", 1), 900)
    store.presence.note("test", now)
    samples = _samples(backend)
    assert samples["rowback_due", ""] == samples["rowback_leased_hosts", ""] == 0
    assert samples["rowback_paused_hosts", ""] == samples["rowback_feeds", ""] == 1
    assert samples["rowback_poller_seen_timestamp_seconds", ""] == now.timestamp()
    text = backend.client.get("/metrics").body.decode()
    assert 'rowback_failing{kind="feed"} 1.0' in text
    assert 'rowback_failing{kind="article"} 0.0' in text
