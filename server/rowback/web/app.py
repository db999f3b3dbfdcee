"""The Flask app: the API and the pages behind one guard."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify
from flask.json.provider import DefaultJSONProvider

from rowback import __version__
from rowback.capture.fetch import Fetcher
from rowback.clock import utc_now
from rowback.config import THIS_MACHINE
from rowback.web import metrics, problems
from rowback.web.api.access import create_access_api
from rowback.web.api.asked_archives import create_backfills_api
from rowback.web.api.beginning import create_beginning_api
from rowback.web.api.changes import create_changes_api
from rowback.web.api.check_now import create_checks_api
from rowback.web.api.edit_answers import Histories
from rowback.web.api.feeds import create_feeds_api
from rowback.web.api.owner import create_owner_api
from rowback.web.api.ready import create_ready
from rowback.web.api.routes import create_api
from rowback.web.api.site_answers import create_sites_api
from rowback.web.api.source_answers import create_sources_api
from rowback.web.api.triage_answers import create_triage_api
from rowback.web.api.wished_language import install as install_wished_language
from rowback.web.guard import headers, proxies
from rowback.web.guard.guard import Guard
from rowback.web.guard.login import create_signing_in
from rowback.web.guard.packed import Request
from rowback.web.guard.sessions import Visitors
from rowback.web.pages import languages
from rowback.web.pages.access import create_access
from rowback.web.pages.follow_page import create_follow_page
from rowback.web.pages.install import install as install_pages
from rowback.web.pages.joining import create_joining
from rowback.web.pages.owner import create_owner_acts
from rowback.web.pages.pairing import create_pairing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from rowback.capture.sampled import Candidate, Nothing, Sample
    from rowback.store import Store
    from rowback.store.feeds import Feed
    from rowback.web.api.bounds import Bounds

# A page of 6 MB in JSON, where every quote and line break takes two characters, with room to spare.
MAX_REQUEST_BYTES = 16 * 1024 * 1024


class _App(Flask):
    """Flask, told once that all our functions are plain: else it looks at each of them at each request."""

    request_class = Request

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is."""
        return func


class _Json(DefaultJSONProvider):
    """Bodies: sent as UTF-8 without escapes; one that is nested too deeply to be read is malformed like any other."""

    ensure_ascii = False

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        try:
            return super().loads(s, **kwargs)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error


def create_app(
    store: Store,
    *,
    allowed_hosts: Collection[str] = (),
    fetch_hosts: Collection[str] = (),
    fetcher: Fetcher | None = None,
    is_public: bool = False,
    trusted_proxies: Collection[str] = THIS_MACHINE,
    bounds: Bounds | None = None,
    now: Callable[[], datetime] = utc_now,
    look: Callable[[Feed], Feed] | None = None,
    look_first: Callable[[Candidate], Sample | Nothing] | None = None,
    archives: Sequence[str] = ("wayback",),
    archive_captures: int = 16,
    stranger_requests: int = 0,
) -> Flask:
    """The app over a store. `allowed_hosts` are names it answers to besides loopback's; `is_public` opens reading;
    `fetcher` fetches for one who asked, by default at public hosts and at `fetch_hosts`; `trusted_proxies` see
    `rowback.web.guard.proxies`; `bounds` are of answers about edits; `look` reads a feed at once when it is to be followed,
    else the poller does, and `look_first` an address before it is; `archives` may be asked for earlier versions, for up to
    `archive_captures` copies an article unless more are wanted; `stranger_requests` are how many an address without a token
    may make a minute, 0 for no limit."""
    app = _App(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST_BYTES
    app.json = _Json(app)
    proxies.install(app, trusted_proxies)
    headers.install(app)
    languages.install(app)
    install_wished_language(app, languages.speak_wished)
    problems.install(app)
    metrics.install(app, store, now)
    sessions = Visitors(store, now)
    sessions.install(app)
    guard = Guard(store, sessions, allowed_hosts, now, is_public=is_public, stranger_requests=stranger_requests)
    guard.install(app)
    histories = Histories(store, bounds)
    app.register_blueprint(create_api(store, histories, now))
    app.register_blueprint(create_ready(store))
    app.register_blueprint(create_changes_api(store))
    app.register_blueprint(create_triage_api(store, now))
    app.register_blueprint(create_feeds_api(store, now, look))
    app.register_blueprint(create_sites_api(store, sessions))
    app.register_blueprint(create_sources_api(store, now))
    app.register_blueprint(create_beginning_api(store, now, look_first))
    app.register_blueprint(create_owner_api(store))
    app.register_blueprint(create_checks_api(store, now))
    app.register_blueprint(create_backfills_api(store, now, archives, archive_captures))
    install_pages(
        app, store, guard, now, fetcher or Fetcher(fetch_hosts, before_each=store.spending.by_hand(now)), look
    )
    app.register_blueprint(create_signing_in(store, sessions, now))
    app.register_blueprint(create_joining(store, sessions, now))
    app.register_blueprint(create_access_api(store, sessions, now, archives))
    app.register_blueprint(create_access(store, sessions, now))
    app.register_blueprint(create_pairing(store, now))
    app.register_blueprint(create_follow_page(store, now, look_first))
    app.register_blueprint(create_owner_acts(store, now))
    document = json.loads((files("rowback.web.api") / "openapi.json").read_text(encoding="utf-8"))
    document["info"]["version"] = __version__

    @app.get("/openapi.json")
    def openapi() -> Response:
        return jsonify(document)

    return app
