"""The status page: what the owner looks at when something seems not to be watched."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, flash, render_template, request

from rowback import __version__
from rowback.command import command
from rowback.errors import BadURL, NotFound
from rowback.store.feeds import FeedKind
from rowback.store.following import found
from rowback.text.archive_words import backfills_told, requests_told
from rowback.text.tongue import gettext, ngettext
from rowback.text.urls import identify
from rowback.web.guard.sessions import check_csrf
from rowback.web.pages.search import with_scheme
from rowback.web.pages.wording import lasting
from rowback.web.sent import see

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from werkzeug.wrappers import Response

    from rowback.store import Store
    from rowback.store.feeds import Feed
    from rowback.store.overview import Note, Overview
    from rowback.web.guard.heard import Heard

PATH = "/status"
FAILED_CAPTURES = 30


@dataclass(frozen=True, slots=True)
class Disk:
    """Bytes of the database, of its write-ahead log, and free beside them."""

    database: int
    log: int
    free: int


def create_status(
    store: Store, heard: Heard, now: Callable[[], datetime], look: Callable[[Feed], Feed] | None
) -> Blueprint:
    """The blueprint. `look` reads what is followed at once."""
    pages = Blueprint("status", __name__)

    @pages.get(PATH)
    def status() -> str:
        at = now()
        seen = store.overview(at)
        return render_template(
            "status.html",
            found=seen,
            poller=poller(seen, at),
            archives=requests_told(seen.archives.asked, seen.archives.limit),
            pasts=backfills_told(seen.archives.backfills),
            is_running=seen.is_running,
            feeds=store.feeds.all(),
            troubles=by_host(seen.troubles),
            alerts=store.deliveries.troubles(at),
            failed=store.failures.newest(limit=FAILED_CAPTURES),
            counts=store.counts(),
            disk=disk(store),
            damage=store.known_damage,
            notice=store.notice(at),
            version=__version__,
            extensions=heard.all(),
            now=at,
        )

    @pages.post(f"{PATH}/feeds")
    def feeds() -> Response:
        check_csrf()
        url = request.form.get("url", "").strip()
        do = request.form.get("do", "")
        flash(_DO[do](store, url, now()) if do in _DO else _follow(store, url, now(), look))
        return see(f"{PATH}#feeds", 303)

    return pages


def _follow(store: Store, url: str, at: datetime, look: Callable[[Feed], Feed] | None) -> str:
    if not url:
        raise BadURL(gettext("Paste the address of a feed, or of a site that has one."))
    feed, is_new = store.feeds.add(with_scheme(url), FeedKind.SITE, "", at)
    said = (
        gettext("Followed: %(feed)s.", feed=feed.url)
        if is_new
        else gettext("Followed already: %(feed)s.", feed=feed.url)
    )
    then = gettext("It is read next.") if look is None else found(look(feed))
    return f"{said} {then}"


def _unfollow(store: Store, url: str, _: datetime) -> str:
    feed: Feed | None = store.feeds.find(url)
    if feed is None:
        raise NotFound(gettext("No feed at %(address)s is followed.", address=url[:200]))
    store.feeds.remove(feed.id)
    return gettext("No longer followed: %(feed)s. Articles found in it stay followed.", feed=feed.title or feed.url)


def _drop(store: Store, url: str, at: datetime) -> str:
    return ngettext(
        "Dropped: %(num)s article that waited. “Bring back” lets it wait again.",
        "Dropped: %(num)s articles that waited. “Bring back” lets them wait again.",
        store.finds.drop(url, at),
    )


def _bring_back(store: Store, url: str, at: datetime) -> str:
    return ngettext(
        "Brought back: %(num)s article.", "Brought back: %(num)s articles.", store.finds.bring_back(url, at)
    )


_DO = {"unfollow": _unfollow, "drop": _drop, "bring back": _bring_back}


def poller(seen: Overview, now: datetime) -> str:
    """What is known of the poller, and what to do where none runs."""
    serve, poll = f"{command()} serve", f"{command()} poll"
    if seen.alive_at is None:
        return gettext("The poller has not run yet: “%(serve)s” and “%(poll)s” run it.", serve=serve, poll=poll)
    if seen.is_running and seen.lost is not None:
        ago = lasting(now - seen.lost[0])
        return gettext(
            "The poller is running; %(ago)s ago %(happened)s. Its log says more.", ago=ago, happened=seen.lost[1]
        )
    if seen.is_running:
        return gettext("The poller is running.")
    return gettext(
        "No poller runs; one was last seen %(ago)s ago. Nothing is checked until “%(serve)s” or “%(poll)s” runs.",
        ago=lasting(now - seen.alive_at),
        serve=serve,
        poll=poll,
    )


def by_host(troubles: Iterable[Note]) -> list[tuple[str, list[Note]]]:
    """Failures by host, the one with most first."""
    hosts: dict[str, list[Note]] = {}
    for note in troubles:
        hosts.setdefault(identify(note.url).host, []).append(note)
    return sorted(hosts.items(), key=lambda each: -len(each[1]))


def disk(store: Store) -> Disk:
    """What the store takes, and what room there is."""
    log = store.path.with_name(f"{store.path.name}-wal")
    free = shutil.disk_usage(store.path.parent).free
    return Disk(store.size(), log.stat().st_size if log.exists() else 0, free)
