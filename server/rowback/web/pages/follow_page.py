"""The page on which sites are chosen to be followed, without any script: the third step of the extension's first page.
Each address is read before it is followed; while that goes on the page asks again by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, make_response, render_template, request, url_for

from rowback.capture.opml import from_opml
from rowback.capture.outlets import RULE, all_outlets
from rowback.capture.picking import PickReading, from_text
from rowback.capture.sampled import Nothing, Sample
from rowback.errors import BadInput, BadURL, NotFound
from rowback.store.feeds import FeedKind
from rowback.store.picks import Picked, PickState
from rowback.text.tongue import gettext, tag
from rowback.text.urls import identify_asked
from rowback.web.guard.sessions import check_csrf
from rowback.web.guard.visibility import MAX_ID, audience
from rowback.web.pages.found_words import cost_in_words, found_in_words
from rowback.web.pages.outlet_offers import about, countries, in_country, packs_for
from rowback.web.pages.search import with_scheme
from rowback.web.request import whole_number
from rowback.web.sent import see

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from werkzeug.wrappers import Response as AnyResponse

    from rowback.capture.sampled import Candidate
    from rowback.store import Store
    from rowback.store.picks import Pick

PATH = "/follow"
MAX_OPML_BYTES = 4_000_000  # some ten thousand feeds
AGAIN_S = 3  # an address is read in a second or two


@dataclass(frozen=True, slots=True)
class PickRow:
    """A pick as it is shown: what was found there, in words."""

    pick: Pick
    name: str
    said: str


def create_follow_page(
    store: Store, now: Callable[[], datetime], look_first: Callable[[Candidate], Sample | Nothing] | None
) -> Blueprint:
    """The blueprint. `look_first` reads an address that is to be followed; without it nothing can be chosen here."""
    pages = Blueprint("follow", __name__)
    reading = None if look_first is None else PickReading(store, look_first, now)

    @pages.get(PATH)
    def choose() -> Response:
        picks = store.picks.of(audience().reader, now())
        is_pending = any(each.is_pending for each in picks)
        if is_pending and reading is not None:
            reading.go_on()
        waits = is_pending and request.args.get("wait") != "no"
        response = make_response(_shown(picks, waits=waits, can_read=reading is not None))
        if waits:
            # By its address without `#chosen`, to which each act leads: Chromium does not load that one again.
            response.headers["Refresh"] = f"{AGAIN_S}; url={url_for('follow.choose')}"
        return response

    @pages.post(PATH)
    def act() -> AnyResponse:
        check_csrf()
        do = request.form.get("do", "")
        if do not in _ACTS:
            raise BadInput(f"What can be done here: {', '.join(_ACTS)}.")
        flash(_ACTS[do](store, audience().reader, now()))
        if reading is not None:
            reading.go_on()
        return see(f"{PATH}#chosen", 303)

    return pages


def _shown(picks: Sequence[Pick], *, waits: bool, can_read: bool) -> str:
    rows = [_row(each) for each in picks]
    country = request.args.get("country", "").upper()
    found = [from_text(each.found) for each in picks if each.state is PickState.FOUND and each.found]
    return render_template(
        "follow.html",
        rows=rows,
        waits=waits,
        can_read=can_read,
        read=sum(not each.is_pending for each in picks),
        cost=cost_in_words(each for each in found if isinstance(each, Sample)) if found else "",
        packs=[] if waits else packs_for([tag(), *request.accept_languages.values()]),
        countries=[] if waits else countries(tag()),
        country=country,
        in_country=in_country(country),
        about=about,
        rule=RULE,
    )


def _row(pick: Pick) -> PickRow:
    found = None if pick.found is None else from_text(pick.found)
    title = found.title if isinstance(found, Sample) else ""
    return PickRow(pick, pick.picked.name or title or pick.picked.url, "" if found is None else found_in_words(found))


def _add(store: Store, reader: int, at: datetime) -> str:
    typed = request.form.get("url", "").strip()
    if not typed:
        raise BadURL(gettext("Paste the address of a feed, or of a site that has one."))
    store.picks.add(reader, [Picked(with_scheme(typed))], at)
    return gettext("It is being read.")


def _tick(store: Store, reader: int, at: datetime) -> str:
    """Outlets that were ticked in packs and lists of countries: only what is offered, with what is known of it."""
    ticked = set(request.form.getlist("feed"))
    picked = [
        Picked(each.feed_url, each.kind, each.site, each.name) for each in all_outlets() if each.feed_url in ticked
    ]
    listed = _numbers()
    if not picked and not listed:
        raise BadInput(gettext("Nothing is chosen yet. Tick a site to have it read."))
    store.picks.add(reader, picked, at)
    store.picks.choose(reader, listed)
    return gettext("They are being read: %(sites)s.", sites=len(picked) + len(listed))


def _list(store: Store, reader: int, at: datetime) -> str:
    sent = request.files.get("opml")
    if sent is None or not sent.filename:
        raise BadInput(gettext("Choose the file that your feed reader wrote (OPML)."))
    text = sent.read(MAX_OPML_BYTES + 1)
    if len(text) > MAX_OPML_BYTES:
        raise BadInput(gettext("This file is too large for a list of feeds."))
    feeds = [each for each in from_opml(text) if each.url.lower().startswith(("http://", "https://"))]
    if not feeds:
        return gettext("This list names no feeds.")
    picked = [Picked(each.url, FeedKind.FEED, each.site, each.title) for each in feeds if _is_address(each.url)]
    store.picks.add(reader, picked, at, is_chosen=False)
    return gettext("Feeds in the list: %(feeds)s. Tick what you want.", feeds=len(picked))


def _is_address(url: str) -> bool:
    try:
        identify_asked(url)
    except BadURL:
        return False
    return True


def _follow(store: Store, reader: int, at: datetime) -> str:
    wanted = set(_numbers())
    followed = 0
    for pick in store.picks.of(reader, at):
        found = from_text(pick.found) if pick.found and pick.id in wanted else None
        if pick.state is PickState.FOUND and isinstance(found, Sample):
            feed, is_new = store.feeds.add(found.url, found.kind, found.title or pick.picked.name, at)
            store.picks.follow(pick, feed.url, is_brought=is_new)
            followed += 1
    if not followed:
        raise BadInput(gettext("Nothing is chosen yet. Tick a site to have it read."))
    return gettext("Followed: %(sites)s. Their articles are stored as they appear.", sites=followed)


def _stop(store: Store, reader: int, at: datetime) -> str:
    """Takes back what was followed here. What others followed before is not this reader's to stop."""
    pick = _one(store, reader, at)
    feed = store.feeds.find(pick.feed) if pick.feed else None
    if pick.is_brought and feed is not None:
        store.feeds.remove(feed.id)
    store.picks.stop(pick)
    return gettext("No longer following %(site)s. What is stored stays.", site=_row(pick).name)


def _drop(store: Store, reader: int, at: datetime) -> str:
    pick = _one(store, reader, at)
    store.picks.drop(reader, [pick.id])
    return gettext("Taken off the list: %(site)s.", site=_row(pick).name)


_ACTS: dict[str, Callable[[Store, int, datetime], str]] = {
    "read": _add,
    "tick": _tick,
    "list": _list,
    "follow": _follow,
    "stop": _stop,
    "drop": _drop,
}


def _numbers() -> list[int]:
    found = [whole_number(each, MAX_ID) for each in request.form.getlist("pick")]
    return [each for each in found if each is not None]


def _one(store: Store, reader: int, at: datetime) -> Pick:
    wanted = next(iter(_numbers()), None)
    found = next((each for each in store.picks.of(reader, at) if each.id == wanted), None)
    if found is None:
        raise NotFound(gettext("That is not on your list any more."))
    return found
