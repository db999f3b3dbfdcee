"""`/metrics` for Prometheus: what is stored, and how requests fare. For the owner: on this machine, or with a token.

Names after https://prometheus.io/docs/practices/naming/: base units, counters end in `_total`.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from flask import Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from rowback.store import Store

PATH = "/metrics"
# Seconds. A kept answer takes half a millisecond, a long history's first telling a tenth of a second, a page's reading more.
BUCKETS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10)


def install(app: Flask, store: Store) -> None:
    """Times every request of `app` and adds the route."""
    registry = CollectorRegistry()
    registry.register(_Stored(store))
    seconds = Histogram(
        "rowback_request_seconds",
        "Time to answer a request.",
        ("method", "route", "status"),
        registry=registry,
        buckets=BUCKETS,
    )

    @app.before_request
    def begin() -> None:
        g.begun = time.perf_counter()

    @app.after_request
    def note(response: Response) -> Response:
        # The rule, not the path: what is counted must not grow with what is asked for.
        route = request.url_rule.rule if request.url_rule else "none"
        method = request.method if request.method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS") else "other"
        seconds.labels(method, route, str(response.status_code)).observe(time.perf_counter() - g.begun)
        return response

    @app.get(PATH)
    def metrics() -> Response:
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class _Stored(Collector):
    """What is in the store, counted when asked."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, count in self._store.counts().items():
            yield GaugeMetricFamily(f"rowback_{name}", f"{name.capitalize()} in the store.", value=count)
        size = self._store.path.stat().st_size
        yield GaugeMetricFamily("rowback_database_bytes", "Size of the database file.", value=size)
