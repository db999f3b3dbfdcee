"""The page of who may use this backend: tokens and what they may do, readers and their devices, browsers that are signed in,
secret addresses of feeds, who waits to be paired."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, flash, render_template, request

from rowback.errors import BadInput
from rowback.model import Scope
from rowback.store.audience import OWNER
from rowback.text.tongue import gettext
from rowback.web.guard.sessions import check_csrf
from rowback.web.guard.visibility import MAX_ID
from rowback.web.pages import reader_acts
from rowback.web.pages.feed_names import named, new_address
from rowback.web.pages.form_slips import Slip
from rowback.web.pages.form_slips import slip as slip_in
from rowback.web.pages.wording import SCOPES
from rowback.web.request import base, whole_number
from rowback.web.sent import root, see

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from werkzeug.wrappers import Response

    from rowback.store import Store
    from rowback.web.guard.sessions import Visitors

PATH = "/access"
MAX_DAYS = 3_650
_FIELDS = {"new-token": ("name", "scope", "days"), "invite": ("name", "scope"), "new-feed": ("feed",)}  # of each form


def create_access(store: Store, sessions: Visitors, now: Callable[[], datetime]) -> Blueprint:
    """The blueprint. Its routes are the owner's (`guard/rights.py`)."""
    pages = Blueprint("access", __name__)

    def page(
        made: str | None = None,
        name: str = "",
        feed: str = "",
        invited: reader_acts.Invitation | None = None,
        slip: Slip | None = None,
    ) -> str:
        at = now()
        tokens, browsers = store.access.tokens(), store.sessions.all(at)
        mine = sessions.visitor().session
        return render_template(
            "access.html",
            tokens=[each for each in tokens if each.reader == OWNER],
            sessions=[each for each in browsers if each.reader == OWNER],
            readers=reader_acts.devices_of(store, tokens, browsers, at),
            invited=invited,
            mine=mine.id if mine else None,
            waiting=store.pairings.waiting(at),
            scopes=SCOPES,
            now=at,
            made=made,
            name=name,
            feeds=[(each, named(each.feed)) for each in store.feed_addresses.all()],
            feed=feed,
            slip=slip,
        )

    @pages.get(PATH)
    def access() -> str:
        return page(feed=request.args.get("feed", ""))

    @pages.post(PATH)
    def act() -> str | Response | tuple[str, int]:
        check_csrf()
        done = request.form.get("do", "")
        if done in _FIELDS:
            try:
                return make(done)
            except BadInput as error:
                return page(slip=slip_in(done, error, _FIELDS[done])), 400
        if done not in _ACTS:
            raise BadInput(f"What can be done here: {', '.join([*_FIELDS, *_ACTS])}.")
        flash(_ACTS[done](store))
        return see(PATH, 303)

    def make(what: str) -> str:
        if what == "new-token":
            name = request.form.get("name", "").strip()
            # Shown in this answer and nowhere else: a redirect would have to keep it.
            token = store.access.new_token(name, now(), None, _scope(), _expiry(now()))
            return page(token, gettext("The token %(name)s", name=name))
        if what == "invite":
            return page(invited=reader_acts.invite(store, now()))
        which, path = new_address(store, request.form.get("feed", ""), now(), root())
        return page(base() + path, gettext("The address of the feed of %(what)s", what=which))

    return pages


def _revoke(store: Store) -> str:
    name = request.form.get("name", "")
    store.access.revoke(name)
    return gettext("Revoked: %(name)s. The browsers that were signed in with it are signed out.", name=name)


def _revoke_feed(store: Store) -> str:
    number = whole_number(request.form.get("feed", ""), MAX_ID)
    if number is None:
        raise BadInput("Choose a feed of the list.")
    store.feed_addresses.revoke(number)
    return gettext("That address opens nothing any more.")


def _end(store: Store) -> str:
    given = request.form.get("session", "")
    session_id = whole_number(given, MAX_ID)
    if session_id is None:
        raise BadInput("Choose a session of the list.")
    store.sessions.end(session_id)
    return gettext("That browser is signed out.")


def _end_all(store: Store) -> str:
    store.sessions.end_all()
    return gettext("All browsers are signed out.")


_ACTS: dict[str, Callable[[Store], str]] = {
    "revoke": _revoke,
    "revoke-feed": _revoke_feed,
    "end": _end,
    "end-all": _end_all,
    "rename-reader": reader_acts.rename,
    "end-reader": reader_acts.end,
    "delete-reader": reader_acts.delete,
}


def _scope() -> Scope:
    try:
        return Scope(request.form.get("scope", Scope.READ))
    except ValueError as error:
        raise BadInput(f"A scope is one of {', '.join(Scope)}.", "scope") from error


def _expiry(at: datetime) -> datetime | None:
    given = request.form.get("days", "").strip()
    if not given:
        return None
    days = whole_number(given, MAX_DAYS)
    if not days:
        raise BadInput(f"A token lasts 1 to {MAX_DAYS} days, or, with nothing said, until it is revoked.", "days")
    return at + timedelta(days=days)
