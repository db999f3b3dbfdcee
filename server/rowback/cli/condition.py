"""What `rowback doctor` finds of the database: whether it is whole, private, has room and a copy."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from rowback.capture.save_keys import digest_of
from rowback.config import data_folder
from rowback.errors import RowbackError
from rowback.store import Store
from rowback.store.family import open_to_others
from rowback.store.set_aside import MisfitKind
from rowback.store.trouble import RESTORE
from rowback.store.work import Outcome
from rowback.text.elapsed import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from rowback.config import Settings

    Check = tuple[str, bool, str]

LITTLE_ROOM = 100 << 20  # bytes; a copy of a small database, or some weeks of a large one
DAYS_WITHOUT_BACKUP = 30
TOLD_COSTLY = 3  # addresses
TOLD_SILENT = 5  # sites


def checks(chosen: Settings, now: datetime) -> Iterator[Check]:
    """Each check with whether all is well, and what was found."""
    found = open_to_others(chosen.db, data_folder())
    try:
        store = Store(chosen.db, create=False)
        yield _database(chosen, store)
        yield from _found_at_start(store, now)
        yield _backup(store, now)
        yield _disk(store)
        yield _clock(store, now)
        yield _requests(store, now)
        yield from _poller(store, now)
        yield from _misfits(store)
        yield from _saves(chosen, store, now)
        store.end()
    except RowbackError as error:
        yield ("database", False, str(error))
    if found:
        named = ", ".join(map(str, found))
        yield ("privacy", False, f"others on this machine may open {named}. `rowback serve` closes them.")
    elif chosen.db.exists():
        yield ("privacy", True, "nobody else on this machine may open what is stored")


def _database(chosen: Settings, store: Store) -> Check:
    damage, counts = store.damage(), store.counts()
    if damage:
        return ("database", False, f"{chosen.db} is damaged ({damage}). {RESTORE}")
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    return ("database", True, f"{chosen.db}: {told}")


def _found_at_start(store: Store, now: datetime) -> Iterator[Check]:
    if store.start.is_doubtful:
        yield ("last end", True, "Rowback was not stopped in order (a power cut, a kill): nothing is lost by that")
    noticed = store.notice(now)
    if noticed is not None:
        yield (
            "file",
            False,
            f"{noticed[1]} (at {noticed[0]:%Y-%m-%d %H:%M} UTC). `rowback restore FILE` ends this notice.",
        )


def _backup(store: Store, now: datetime) -> Check:
    made = store.last_backup()
    if made is None:
        return ("backup", True, "none was made yet. `rowback backup FOLDER --keep 14`, once a day, makes them")
    at, path = made
    ago = in_words(max(0.0, (now - at).total_seconds()))
    if not path.exists():
        return ("backup", False, f"the last one was made {ago} ago, and is not at {path} any more")
    is_old = (now - at).days >= DAYS_WITHOUT_BACKUP
    return ("backup", not is_old, f"the last one was made {ago} ago: {path}")


def _disk(store: Store) -> Check:
    free = shutil.disk_usage(store.path.parent).free
    return ("disk", free >= LITTLE_ROOM, f"{free >> 20:,} MB free beside the database")


def _poller(store: Store, now: datetime) -> Iterator[Check]:
    found = store.overview(now)
    if found.lost is not None:
        yield ("poller", False, f"{found.lost[1]} (at {found.lost[0]:%Y-%m-%d %H:%M} UTC). Its log says more.")
    for site in found.silent_sites[:TOLD_SILENT]:
        told = f"{site.source} no longer shows its text to the server: {site.articles} articles came without it"
        yield ("silent", True, f"{told}, and none of that is believed. Capture them from the browser")
    costly = [note.url for note in found.troubles if note.outcome == Outcome.COSTLY]
    if costly:
        named = ", ".join(costly[:TOLD_COSTLY])
        yield ("set aside", True, f"{len(costly)} pages take too much to read, and are seldom tried again: {named}")


def _misfits(store: Store) -> Iterator[Check]:
    found = store.set_aside.found()
    if found:
        told = ", ".join(f"{sum(each.kind is kind for each in found)} {kind}s" for kind in MisfitKind)
        yield (
            "older rules",
            True,
            f"{told} are none by today's rules. `rowback doctor --set-aside --dry-run` names them",
        )


def _clock(store: Store, now: datetime) -> Check:
    told = f"{now:%Y-%m-%d %H:%M} UTC"
    if store.clocks.is_behind(now):
        advice = "Set the clock; or, where it was ahead before and is right now, `rowback doctor --date-back`"
        return ("clock", False, f"{told} is before most of what is stored: nothing is checked. {advice}")
    ahead = store.clocks.ahead(now)
    if ahead:
        advice = "`rowback doctor --date-back` now, or the poller later, makes them count as made by now"
        return ("clock", True, f"{told}; {ahead} captures were made while it was ahead. {advice}")
    return ("clock", True, told)


def _requests(store: Store, now: datetime) -> Check:
    found = store.spending.standing(now)
    if found.again_at is not None:
        told = f"all {found.limit:,} of today are used up (daily_requests): what is due waits until midnight UTC"
    else:
        told = f"{found.asked:,} today" + (f" of {found.limit:,}" if found.limit else "")
        told += "; some of what is due waits for its share" if found.articles_wait or found.feeds_wait else ""
    return ("requests", True, told)


def _saves(chosen: Settings, store: Store, now: datetime) -> Iterator[Check]:
    """Whether copies of what is followed can be made; nothing where nobody wants them."""
    if not chosen.save_page_now:
        return
    if not chosen.save_page_now_keys:
        yield ("saving", False, "save_page_now is on, but there are no keys: see the setting save_page_now_keys.")
        return
    if store.saves.are_refused(digest_of(chosen.save_page_now_keys)):
        yield ("saving", False, "web.archive.org does not know the keys: see the setting save_page_now_keys.")
        return
    found = store.saves.overview(now)
    told = f"{found.saved} copies in web.archive.org in 30 days, {found.wanted} wanted, {found.failed} not made"
    yield ("saving", True, told + (f"; the last: {found.reason}" if found.reason else ""))
