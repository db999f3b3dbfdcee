"""The API's routes about sources: what is known of each in a period, and how closely it was watched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, request

from rowback.web.api import source_shapes
from rowback.web.api.answering import limit
from rowback.web.guard import visibility
from rowback.web.periods import asked_period
from rowback.web.request import base

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from rowback.store import Store
    from rowback.web.api.shapes import Json


def create_sources_api(store: Store, now: Callable[[], datetime]) -> Blueprint:
    """The blueprint of `/api/v1/sources`."""
    sources = Blueprint("sources_api", __name__, url_prefix="/api/v1")

    @sources.get("/sources")
    def all_sources() -> Json:
        period, wanted, seen_at = asked_period(request.args), limit(), now()
        by_source = visibility.seen(store).by_source
        names = by_source.names(wanted + 1, request.args.get("after", "").strip().lower())
        tallies = [by_source.tally(name, period, seen_at) for name in names[:wanted]]
        return source_shapes.sources(tallies, period, names[wanted - 1] if len(names) > wanted else None, base())

    @sources.get("/sources/<source>")
    def one_source(source: str) -> Json:
        period = asked_period(request.args)
        name = visibility.known_source(store, source)
        return source_shapes.source(visibility.seen(store).by_source.portrait(name, period, now()), period, base())

    return sources
