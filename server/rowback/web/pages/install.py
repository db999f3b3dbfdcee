"""Pages and feeds for people, one blueprint a concern. Server-rendered; no page needs a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template

from rowback import __version__
from rowback.diff.labels.rules import LABELS
from rowback.web.guard import visibility
from rowback.web.pages import wording
from rowback.web.pages.alert_acts import create_alert_acts
from rowback.web.pages.article import create_article
from rowback.web.pages.export_page import create_export_page
from rowback.web.pages.memento import create_memento
from rowback.web.pages.newest import create_front
from rowback.web.pages.saved_searches import create_saved_searches
from rowback.web.pages.search import create_find
from rowback.web.pages.secret_feeds import create_secret_feeds
from rowback.web.pages.shared_edits import create_shared_edits
from rowback.web.pages.side_by_side import create_diff
from rowback.web.pages.source_pages import create_sources
from rowback.web.pages.status import create_status
from rowback.web.pages.subscriptions import create_feeds
from rowback.web.pages.told_once import ToldOnce
from rowback.web.pages.triage import create_triage
from rowback.web.pages.version import create_version
from rowback.web.pages.whats_new import Upgrade, create_whats_new

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Flask

    from rowback.capture.fetch import Fetcher
    from rowback.store import Store
    from rowback.store.feeds import Feed
    from rowback.web.guard.guard import Guard

# Lists that go on for ever, and texts that belong to their publishers, are not for search engines.
ROBOTS = """\
User-agent: *
Disallow: /api/
Disallow: /search
Disallow: /find
Disallow: /triage
Disallow: /export
Disallow: /memento/
Disallow: /timegate/
Disallow: /timemap/
Disallow: /secret-feed/
Disallow: /articles/*/versions/
Disallow: /articles/*/compare
Disallow: /*?
"""


def install(
    app: Flask,
    store: Store,
    guard: Guard,
    now: Callable[[], datetime],
    fetcher: Fetcher,
    look: Callable[[Feed], Feed] | None,
) -> None:
    """Adds all pages and feeds to `app`."""
    wording.install(app)
    app.add_template_global(lambda: _work_waits(store, now()), "work_waits")
    visibility.lead_on(app, store)
    told = ToldOnce(store)
    upgrade = Upgrade(store)
    app.add_template_global(upgrade.untold, "upgraded_to")
    for blueprint in (
        create_front(store, now),
        create_article(store, told, guard, now),
        create_diff(store, now),
        create_version(store, now),
        create_shared_edits(store, now),
        create_find(store, now, fetcher),
        create_triage(store, guard, now),
        create_sources(store, now),
        create_export_page(store),
        create_feeds(store, told),
        create_secret_feeds(store, told, now),
        create_saved_searches(store, told, now),
        create_alert_acts(store, now, fetcher),
        create_memento(store),
        create_status(store, guard.heard, now, look),
        create_whats_new(upgrade),
        _create_about(),
        _create_removed(),
        _create_robots(),
    ):
        app.register_blueprint(blueprint)


def _create_robots() -> Blueprint:
    pages = Blueprint("robots", __name__)

    @pages.get("/robots.txt")
    def robots() -> Response:
        return Response(ROBOTS, mimetype="text/plain")

    return pages


def _create_removed() -> Blueprint:
    """Where browsers lead once the extension was removed. It is told nothing, and the same for everyone."""
    pages = Blueprint("removed", __name__)

    @pages.get("/removed")
    def removed() -> str:
        return render_template("removed.html")

    return pages


def _create_about() -> Blueprint:
    pages = Blueprint("about", __name__)

    @pages.get("/about")
    def about() -> str:
        return render_template("about.html", version=__version__, labels=LABELS)

    return pages


def _work_waits(store: Store, at: datetime) -> bool:
    """Whether something would fall due, and no poller runs that would do it."""
    return store.queue.next_due_at() is not None and not store.presence.is_running(at)
