"""What web.archive.org is asked to keep of articles that are followed: a copy of each new version, soon after it was seen.

Followed is what a person asked to have watched, and what a feed or site that is followed named: an article that only a
reader's browser brought is told to nobody. One row a copy that is wanted; a step of the work is one request.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from rowback.model import PAST_ORIGINS, Origin, Status
from rowback.store.instants import from_text, to_text
from rowback.store.putting import put
from rowback.store.work import MAX_REASON
from rowback.text.plain import line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rowback.store.database import Connection
    from rowback.store.versions import Span

SAVED_WITHIN = timedelta(hours=6)  # after a version was seen: later, the page may say something else
KEPT = timedelta(days=30)  # what failed, to be told
_NEVER = "9999"  # behind all instants, as text
_REFUSED = "save_keys_refused"  # in `settings`: a digest of the keys that were refused
_IS_FOLLOWED = (
    f"status = '{Status.WATCHING.value}' and hidden_reason is null and (is_followed or exists ("
    f"select 1 from captures where article_id = articles.id and origin = '{Origin.FEED.value}'))"
)
_PAST = ", ".join(f"'{origin.value}'" for origin in sorted(PAST_ORIGINS))
_WANT = f"""
    insert into saves (article_id, state, wanted_at, next_at)
    select articles.id, 'wanted', :now, :now from articles
    join versions on versions.article_id = articles.id and versions.seen_at = articles.last_changed_at
    where last_changed_at > :since and versions.origin not in ({_PAST}) and {_IS_FOLLOWED}
    and not exists (select 1 from saves where article_id = articles.id and wanted_at >= last_changed_at)
    group by articles.id
"""
_SHOWN = """
    select saved_at, href from saves where article_id = ? and saved_at >= ? and saved_at < ? order by saved_at limit 1
"""


class SaveState(StrEnum):
    """How far it is."""

    WANTED = "wanted"
    ASKED = "asked"
    SAVED = "saved"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Save:
    """A copy that is wanted of an article, whose address is `url` and which still is followed, or not. `job` is the archive's
    name for it, once it was asked; `tries` counts requests that brought nothing yet."""

    id: int
    url: str
    wanted_at: datetime
    job: str | None
    tries: int
    is_followed: bool


@dataclass(frozen=True, slots=True)
class SavedCopy:
    """A copy that the archive made, and where people look at it."""

    saved_at: datetime
    href: str
    archive: str = "Wayback Machine"


@dataclass(frozen=True, slots=True)
class SavesOverview:
    """How many copies are wanted, were made and could not be made in the last 30 days; why the last one failed."""

    wanted: int
    saved: int
    failed: int
    reason: str | None


class Saves:
    """The saves of a store. Each method is one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def want_new(self, now: datetime, keys: str) -> None:
        """Wants a copy of what is new of articles that are followed; not with keys (a digest of them) that were refused."""
        with self._connection.read() as db:
            refused = db.execute("select value from settings where name = ?", [_REFUSED]).fetchone()
        if refused is not None and refused[0] == keys:
            return
        with self._connection.write() as db:
            db.execute(_WANT, {"now": to_text(now), "since": to_text(now - SAVED_WITHIN)})
            gone = [to_text(now - KEPT), SaveState.FAILED.value]
            db.execute("delete from saves where wanted_at < ? and state = ?", gone)

    def get(self, save_id: int) -> Save | None:
        """One by its id; None for one that is over, or whose article was forgotten."""
        with self._connection.read() as db:
            row = db.execute(
                f"select saves.id, url, wanted_at, job, tries, {_IS_FOLLOWED} from saves "
                "join articles on articles.id = article_id where saves.id = ? and next_at is not null",
                [save_id],
            ).fetchone()
        if row is None:
            return None
        id_, url, wanted_at, job, tries, is_followed = row
        return Save(id_, url, from_text(wanted_at), job, tries, bool(is_followed))

    def ask(self, save_id: int, job: str, next_at: datetime) -> None:
        """Notes that the archive was asked, and when to look what came of it."""
        with self._connection.write() as db:
            db.execute(
                "update saves set state = ?, job = ?, reason = null, next_at = ? where id = ?",
                [SaveState.ASKED.value, job, to_text(next_at), save_id],
            )

    def wait(self, save_id: int, next_at: datetime, reason: str, *, is_anew: bool = False) -> None:
        """Goes on later: with the next look, or where `is_anew` by asking again."""
        with self._connection.write() as db:
            db.execute(
                "update saves set next_at = ?, reason = ?, tries = tries + 1, job = case when ? = 1 then null else job end "
                "where id = ?",
                [to_text(next_at), line(reason, MAX_REASON), int(is_anew), save_id],
            )

    def keep(self, save_id: int, saved_at: datetime, href: str) -> None:
        """Notes the copy that the archive made."""
        with self._connection.write() as db:
            db.execute(
                "update saves set state = ?, saved_at = ?, href = ?, job = null, next_at = null, reason = null where id = ?",
                [SaveState.SAVED.value, to_text(saved_at), href, save_id],
            )
            db.execute(
                "update articles set revision = revision + 1 where id = (select article_id from saves where id = ?)",
                [save_id],
            )

    def fail(self, save_id: int, reason: str) -> None:
        """Gives one up."""
        with self._connection.write() as db:
            db.execute(
                "update saves set state = ?, job = null, next_at = null, reason = ? where id = ?",
                [SaveState.FAILED.value, line(reason, MAX_REASON), save_id],
            )

    def refuse(self, keys: str, reason: str) -> None:
        """Notes that the archive does not know the keys (a digest of them): nothing is asked with them any more."""
        with self._connection.write() as db:
            put(db, "settings", {"name": _REFUSED, "value": keys}, key="name")
        self.fail_all(reason)

    def fail_all(self, reason: str) -> None:
        """Gives all up that are wanted."""
        with self._connection.write() as db:
            db.execute(
                "update saves set state = ?, job = null, next_at = null, reason = ? where next_at is not null",
                [SaveState.FAILED.value, line(reason, MAX_REASON)],
            )

    def are_refused(self, keys: str) -> bool:
        """Whether the archive did not know these keys (a digest of them)."""
        row = self._connection.row("select value from settings where name = ?", [_REFUSED])
        return row is not None and row[0] == keys

    def overview(self, now: datetime) -> SavesOverview:
        """How it goes."""
        with self._connection.read() as db:
            told = dict(
                db.execute(
                    "select state, count(*) from saves where wanted_at > ? group by state", [to_text(now - KEPT)]
                ).fetchall()
            )
            last = db.execute(
                "select state, reason from saves where state in ('saved', 'failed') order by id desc limit 1"
            ).fetchone()
        wanted = told.get(SaveState.WANTED.value, 0) + told.get(SaveState.ASKED.value, 0)
        reason = None if last is None or last[0] != SaveState.FAILED.value else last[1]
        return SavesOverview(wanted, told.get(SaveState.SAVED.value, 0), told.get(SaveState.FAILED.value, 0), reason)

    def of_version(self, article_id: int, spans: Sequence[Span], number: int) -> SavedCopy | None:
        """The first copy that was made while a version stood: since it was seen, and before the next one was (`spans` are the
        article's versions). None of one of which strangers learn but the day: it would tell when somebody read it."""
        if spans[number].is_day:
            return None
        until = _NEVER if number + 1 == len(spans) else to_text(spans[number + 1].seen_at)
        row = self._connection.row(_SHOWN, [article_id, to_text(spans[number].seen_at), until])
        return None if row is None else SavedCopy(from_text(row[0]), row[1])
