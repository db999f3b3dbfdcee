"""What the owner does with alerts, on the page of a saved search: set, try out, pause, resume, remove, undo."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Blueprint, flash, request

from rowback.alerts.sending import Sender
from rowback.alerts.setting import chosen_schedule, new_alert
from rowback.errors import BadInput, NotFound
from rowback.store.audience import OWNER
from rowback.text.tongue import gettext
from rowback.web.guard.sessions import check_csrf
from rowback.web.guard.visibility import MAX_ID
from rowback.web.pages.form_slips import slip
from rowback.web.pages.saved_searches import PATH, search_page, undone
from rowback.web.request import base, whole_number
from rowback.web.sent import see

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from werkzeug.wrappers import Response as Redirect

    from rowback.capture.fetch import Fetcher
    from rowback.store import Store
    from rowback.store.alerts import Alert
    from rowback.store.searches import SavedSearch

_NEW = "new-alert"
_FIELDS = ("target", "rhythm", "hour", "quiet_from", "quiet_until", "zone", "unlisted")


def create_alert_acts(store: Store, now: Callable[[], datetime], fetcher: Fetcher) -> Blueprint:
    """The blueprint of the forms. Its route is the owner's (`guard/rights.py`)."""
    acts = Blueprint("alerts", __name__)

    @acts.post(f"{PATH}/<name>/alerts")
    def act(name: str) -> Redirect | str | tuple[str, int]:
        check_csrf()
        search, do = store.searches.named(OWNER, name), request.form.get("do", "")
        if do == "set":
            try:
                alert = _set(store, search, now(), fetcher)
            except BadInput as error:
                return search_page(store, name, now(), slip=slip(_NEW, error, _FIELDS)), 400
            flash(gettext("Set: what becomes known from now on is told at %(target)s.", target=alert.target.shown))
            if alert.target.secret:  # shown in this answer and nowhere else
                return search_page(store, name, now(), alert.target.secret)
        elif do == "undo":
            flash(undone(store, store.removals.last_alert(search, now())))
        elif do in ("test", "pause", "resume", "remove"):
            flash(_done(store, _chosen(store, search), do, now, fetcher))
        else:
            raise BadInput("What can be done here: set, test, pause, resume, remove, undo.")
        return see(f"{PATH}/{quote(search.name, safe='')}#alerts", 303)

    return acts


def _set(store: Store, search: SavedSearch, at: datetime, fetcher: Fetcher) -> Alert:
    said = request.form
    schedule = chosen_schedule(
        said.get("rhythm", ""),
        said.get("hour", ""),
        said.get("zone", ""),
        said.get("quiet_from", ""),
        said.get("quiet_until", ""),
    )
    listed_only = not said.get("unlisted")
    return new_alert(
        store, search, said.get("target", ""), schedule, at, fetcher.allowed_hosts, listed_only=listed_only
    )


def _chosen(store: Store, search: SavedSearch) -> Alert:
    number = whole_number(request.form.get("alert", ""), MAX_ID)
    alert = None if number is None else store.alerts.get(number)
    if alert is None or alert.search.id != search.id:
        raise NotFound("Choose an alert of the list.")
    return alert


def _done(store: Store, alert: Alert, do: str, now: Callable[[], datetime], fetcher: Fetcher) -> str:
    """Does it. What to say of it."""
    if do == "test":
        ended = threading.Event()
        failure = Sender(store, fetcher, now, base(), ended, ended.wait).test(alert)
        if failure is None:
            return gettext("%(target)s took the test message.", target=alert.target.shown)
        return gettext("The test message could not be sent. %(reason)s", reason=failure)
    if do == "pause":
        store.alerts.pause(alert.id, now())
        return gettext("Paused. What waited is dropped.")
    if do == "resume":
        store.alerts.resume(alert.id, now())
        return gettext("Resumed: what becomes known from now on is told.")
    store.removals.remove_alert(alert, now())
    return gettext("Removed: %(name)s.", name=alert.target.shown)
