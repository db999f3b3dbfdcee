"""`/metrics` for Prometheus: what is stored, and how requests fare. For the owner, with a token.

Names after https://prometheus.io/docs/practices/naming/: base units, counters end in `_total`.
"""

from __future__ import annotations

import time
from functools import lru_cache
from typing import TYPE_CHECKING

from flask import Response, g
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest, values
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from rowback.store.overview import MAX_TROUBLES
from rowback.store.work import JobKind
from rowback.web.sent import sent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from flask import Flask

    from rowback.store import Store
    from rowback.store.overview import Overview

PATH = "/metrics"
# Seconds. A kept answer takes half a millisecond, a long history's first telling a tenth of a second, a page's reading more.
BUCKETS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10)
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"))  # all else is counted as one


def install(app: Flask, store: Store, now: Callable[[], datetime]) -> None:
    """Times every request of `app` and adds the route."""
    registry = CollectorRegistry()
    registry.register(_Stored(store, now))
    is_shared = _is_shared()
    if is_shared:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    seconds = Histogram(
        "rowback_request_seconds",
        "Time to answer a request.",
        ("method", "route", "status"),
        registry=CollectorRegistry() if is_shared else registry,
        buckets=BUCKETS,
    )
    # As long as the routes' list: the library's own look-up takes a lock, and makes text of each label.
    timer = lru_cache(maxsize=None)(seconds.labels)

    @app.before_request
    def begin() -> None:
        g.begun = time.perf_counter()

    @app.after_request
    def note(response: Response) -> Response:
        # The rule, not the path: what is counted must not grow with what is asked for.
        asked = sent()
        route = asked.url_rule.rule if asked.url_rule else "none"
        method = asked.method if asked.method in METHODS else "other"
        timer(method, route, str(response.status_code)).observe(time.perf_counter() - g.begun)
        return response

    @app.get(PATH)
    def metrics() -> Response:
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _is_shared() -> bool:
    """Whether processes write their times into files that all of them read: the library does where the environment names a
    folder in `PROMETHEUS_MULTIPROC_DIR` before it is loaded."""
    return bool(getattr(values.ValueClass, "_multiprocess", False))


class _Stored(Collector):
    """What is in the store, counted when asked."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, count in self._store.counts().items():
            yield GaugeMetricFamily(f"rowback_{name}", f"{name.capitalize()} in the store.", value=count)
        yield from _watched(self._store.overview(self._now()))
        yield GaugeMetricFamily("rowback_database_bytes", "Size of the database file.", value=self._store.size())


def _watched(found: Overview) -> Iterator[GaugeMetricFamily]:
    for name, told, value in (
        ("due", "Checks that are due.", found.due),
        ("leased_hosts", "Hosts that a poller asks just now.", found.leased),
        ("paused_hosts", "Hosts that are left alone after they turned us away.", len(found.paused_hosts)),
        ("feeds", "Feeds that are followed.", found.feeds),
        ("finds_waiting", "Articles named by feeds and not captured yet.", found.finds_waiting),
        ("requests_today", "Requests made to other servers since midnight UTC.", found.requests.asked),
        ("daily_requests", "Requests that a day may have; 0 for no limit.", found.requests.limit or 0),
        ("archive_requests_today", "Requests made to archives since midnight UTC.", found.archives.asked),
        (
            "archive_daily_requests",
            "Requests that archives may be asked a day; 0 for no limit.",
            found.archives.limit or 0,
        ),
        ("checked_last_day", "Articles checked in the last 24 hours.", found.checked_last_day),
        ("edited_last_day", "Articles edited in the last 24 hours.", found.edited_last_day),
    ):
        yield GaugeMetricFamily(f"rowback_{name}", told, value=value)
    pasts = GaugeMetricFamily(
        "rowback_backfills", "Pasts of articles that archives were asked for, by how far that is.", labels=["state"]
    )
    for state, count in found.archives.backfills.items():
        pasts.add_metric([state], count)
    yield pasts
    if found.alive_at is not None:
        seen = GaugeMetricFamily("rowback_poller_seen_timestamp_seconds", "When a poller was last known to run.")
        seen.add_metric([], found.alive_at.timestamp())
        yield seen
    failing = GaugeMetricFamily(
        "rowback_failing", f"What failed when last tried, by kind; at most {MAX_TROUBLES} in all.", labels=["kind"]
    )
    for kind in JobKind:
        failing.add_metric([kind.value], sum(note.kind == kind for note in found.troubles))
    yield failing
