"""Saved searches: a reader's own queries with a name, each with a page and a feed. For the owner the page has its alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from flask import Blueprint, flash, render_template, request

from rowback.errors import BadInput, NotFound
from rowback.store.alerts import Rhythm
from rowback.text.tongue import gettext
from rowback.web.guard.sessions import check_csrf
from rowback.web.guard.visibility import MAX_ID, audience, seen
from rowback.web.pages.feed_names import FeedName, FeedOf
from rowback.web.pages.form_slips import Slip, slip
from rowback.web.pages.newest import PAGE_STEPS, SHOWN_STEPS, grouped
from rowback.web.pages.subscriptions import FORMATS, serve
from rowback.web.request import cursor, cursor_text, whole_number
from rowback.web.sent import root, see

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Response
    from werkzeug.wrappers import Response as Redirect

    from rowback.store import Store
    from rowback.store.latest import Page
    from rowback.store.removals import Removal
    from rowback.web.pages.told_once import ToldOnce

PATH = "/searches"
LOGGED = 20  # deliveries of an alert on the page; `rowback alerts log` has more


def create_saved_searches(store: Store, told: ToldOnce, now: Callable[[], datetime]) -> Blueprint:
    """The blueprint. Each reader is told of their own searches, strangers of none."""
    pages = Blueprint("searches", __name__)

    def own_searches(slip: Slip | None = None) -> str:
        mine = store.searches.all(audience().reader)
        removal = store.removals.last_search(audience().reader, now())
        asked = request.args.get("q", "")
        return render_template("searches.html", searches=mine, query=asked, removal=removal, slip=slip)

    @pages.get(PATH)
    def every() -> str:
        return own_searches()

    @pages.post(PATH)
    def act() -> Redirect | tuple[str, int]:
        check_csrf()
        name, do = request.form.get("name", ""), request.form.get("do")
        if do == "remove":
            search = store.searches.named(audience().reader, name)
            store.removals.remove_search(search, now())
            flash(gettext("Removed: %(name)s.", name=search.name))
            return see(PATH, 303)
        if do == "undo":
            flash(undone(store, store.removals.last_search(audience().reader, now())))
            return see(PATH, 303)
        try:
            saved = store.searches.save(audience().reader, name, request.form.get("q", ""), now())
        except BadInput as error:
            return own_searches(slip("new-search", error, ("q", "name"))), 400
        flash(gettext("Saved: %(name)s.", name=saved.name))
        return see(f"{PATH}/{quote(saved.name, safe='')}", 303)

    @pages.get(f"{PATH}/<name>")
    def one(name: str) -> str:
        return search_page(store, name, now())

    @pages.get(f"{PATH}/<name>/feed.<any({', '.join(FORMATS)}):form>")
    def feed(name: str, form: str) -> Response:
        return serve(store, told, FeedName(FeedOf.SAVED, name), form)

    return pages


def undone(store: Store, removal: Removal | None) -> str:
    """Brings back what was removed, if the form names it. What to say of it. Raises `BadInput` and `NotFound`."""
    number = whole_number(request.form.get("removal", ""), MAX_ID)
    if removal is None or removal.id != number:
        raise NotFound(gettext("That can be undone no more."))
    store.removals.undo(removal)
    return gettext("Undone: %(act)s", act=gettext("Removed: %(name)s.", name=removal.name))


def search_page(store: Store, name: str, at: datetime, made: str = "", slip: Slip | None = None) -> str:
    """The page of a search of this request's reader: the edits that it finds; `made` is the secret of an alert that was just
    set, `slip` what was wrong in the form of one. Raises `NotFound`."""
    search, view = store.searches.named(audience().reader, name), seen(store)
    page = view.latest.page(
        search.filters,
        PAGE_STEPS,
        older_than=cursor(request.args, "older"),
        newer_than=cursor(request.args, "newer"),
    )
    alerts = store.alerts.of_search(search.id) if audience().is_owner else []
    return render_template(
        "saved_search.html",
        search=search,
        groups=grouped(page.items),
        credits=view.versions.credits(item.step.previous_id for item in page.items),
        shown_steps=SHOWN_STEPS,
        links=_links(page, search.name),
        alerts=[(each, store.deliveries.log(each.id, LOGGED)) for each in alerts],
        rhythms=list(Rhythm),
        made=made,
        slip=slip,
        removal=store.removals.last_alert(search, at) if audience().is_owner else None,
    )


def _links(page: Page, name: str) -> dict[str, str | None]:
    own = f"{root()}{PATH}/{quote(name, safe='')}"
    return {
        "first": own,
        "newer": f"{own}?{urlencode({'newer': cursor_text(page.newer)})}" if page.newer else None,
        "older": f"{own}?{urlencode({'older': cursor_text(page.older)})}" if page.older else None,
    }
