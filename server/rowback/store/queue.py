"""The queue of jobs: what is due, who is at it, and what came of it.

Work is handed out by host: whoever takes a job holds its host until the job is finished or the lease runs out, so that
no host is asked twice at a time, by however many pollers and processes, and nothing is lost when one is killed.
`hosts.free_at` is all there is to it: it covers the lease, then the gap between two requests, or the pause after a block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.model import PAST_ORIGINS, Status
from rowback.store.begun import begin, end, forgive
from rowback.store.called_elsewhere import settle_named
from rowback.store.checks_wanted import end_wanted
from rowback.store.instants import from_text, maybe_from_text, maybe_to_text, to_text
from rowback.store.leads import led_of, note_leads
from rowback.store.readings import read_by_older
from rowback.store.turns import NEXT_HOST, NEXT_JOB, WANTED_CHECK, bounds
from rowback.store.watching import see_again
from rowback.store.work import MAX_REASON, HostNote, Job, JobKind, Next
from rowback.text.plain import line
from rowback.text.urls import identify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from rowback.model import Origin
    from rowback.store.database import Connection

MAX_PASTS = 2_000  # articles of a source that its habit is learned from: the latest ones


_PASTS = """
    select group_concat(seen_at), last_checked_at from (
        select case when versions.origin not in ({past}) then versions.seen_at else (
            select min(captures.seen_at) from captures
            where version_id = versions.id and aside is null and captures.origin not in ({past})
        ) end as seen_at, article_id, last_checked_at
        from (select id, last_checked_at from articles {where} order by id desc limit :most) as latest
        join versions on article_id = latest.id
    ) as seen where seen_at is not null group by article_id, last_checked_at
"""


class Queue:
    """The store's list of what to do."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(
        self,
        now: datetime,
        holder: str,
        lease_until: datetime,
        due_by: datetime,
        limit: int = 0,
        only: int | None = None,
    ) -> Job | None:
        """The job that is due longest on a host that is free, which `holder` then holds; None when there is none.

        `due_by` may lie in the past: what came due since is left for later, but not what a feed named meanwhile. Of what may
        not be asked for today any more, by a day's `limit` (0 for none), nothing is taken. `only` is an article: nothing but
        the check of it that somebody asked for is taken then.
        """
        query, which = (NEXT_JOB, {}) if only is None else (WANTED_CHECK, {"only": only})
        with self._connection.read() as db:
            if db.execute(query, bounds(db, now, due_by, limit) | which).fetchone() is None:
                return None
        with self._connection.write() as db:
            row = db.execute(query, bounds(db, now, due_by, limit) | which).fetchone()
            if row is None:
                return None
            db.execute(
                "insert into hosts (host, free_at, holder) values (?, ?, ?) "
                "on conflict (host) do update set free_at = excluded.free_at, holder = excluded.holder",
                [row[3], to_text(lease_until), holder],
            )
            begun = begin(db, row[0], str(row[2]) if row[0] == JobKind.FIND else str(row[1]), holder)
            is_outdated = row[0] in (JobKind.ARTICLE, JobKind.CHECK) and read_by_older(db, row[1])
        kind, id_, url, host, due_at, failures, misses, etag, last_modified, _ = row
        if is_outdated:  # the page is to be read again, also where it has not changed
            etag = last_modified = None
        return Job(JobKind(kind), id_, url, host, from_text(due_at), failures, misses, etag, last_modified, begun)

    def put_off(self, job: Job, until: datetime) -> None:
        """Makes a job due later that nothing came of, good or bad."""
        table, column, own = {
            JobKind.ARTICLE: ("articles", "id", job.id),
            JobKind.CHECK: ("checks_wanted", "article_id", job.id),
            JobKind.FEED: ("feeds", "id", job.id),
            JobKind.FIND: ("finds", "url", job.url),
            JobKind.BACKFILL: ("backfills", "id", job.id),
            JobKind.SAVE: ("saves", "id", job.id),
        }[job.kind]
        due = "next_at" if job.kind in (JobKind.BACKFILL, JobKind.SAVE, JobKind.CHECK) else "next_check_at"
        with self._connection.write() as db:
            db.execute(
                f"update {table} set {due} = ? where {column} = ? and {due} is not null",
                [to_text(until), own],
            )

    def claim(self, host: str, holder: str, now: datetime, lease_until: datetime) -> bool:
        """Holds a host for a request besides the jobs, if it is free: whether it is held now."""
        with self._connection.write() as db:
            return bool(
                db.execute(
                    "insert into hosts (host, free_at, holder) values (?, ?, ?) on conflict (host) do update set "
                    "free_at = excluded.free_at, holder = excluded.holder where hosts.free_at <= ?",
                    [host, to_text(lease_until), holder, to_text(now)],
                ).rowcount
            )

    def hold(self, host: str, holder: str, lease_until: datetime) -> None:
        """Lengthens the lease of a host that `holder` still holds."""
        with self._connection.write() as db:
            db.execute(
                "update hosts set free_at = ? where host = ? and holder = ?", [to_text(lease_until), host, holder]
            )

    def release(self, host: str, holder: str, free_at: datetime, blocked: str | None = None) -> None:
        """Gives a host back: free from `free_at` on, which is a gap, or after a block a pause with its reason."""
        with self._connection.write() as db:
            db.execute(
                "update hosts set free_at = ?, holder = null, reason = ?, blocks = case when ? then blocks + 1 else 0 end "
                "where host = ? and holder = ?",
                [to_text(free_at), blocked and line(blocked, MAX_REASON), blocked is not None, host, holder],
            )
            end(db, holder)

    def leave(self, holder: str) -> None:
        """A holder has left its job, and is still there: the job is not to blame."""
        with self._connection.write() as db:
            end(db, holder)

    def forgive(self, group: str) -> None:
        """What holders of a group (`GROUP-NUMBER`) are at was ended on purpose: it is begun anew as if for the first time."""
        with self._connection.write() as db:
            forgive(db, group)

    def free_at(self, now: datetime, due_by: datetime, limit: int = 0) -> datetime | None:
        """When the first host that has work due (see `take`), and is not in a pause, is free; None for no such host."""
        with self._connection.read() as db:
            row = db.execute(NEXT_HOST, bounds(db, now, due_by, limit)).fetchone()
        return maybe_from_text(row[0])

    def blocks(self, host: str) -> int:
        """How often in a row a host turned us away."""
        with self._connection.read() as db:
            row = db.execute("select blocks from hosts where host = ?", [host]).fetchone()
        return 0 if row is None else int(row[0])

    def finish_article(self, article_id: int, at: datetime, found: Next) -> None:
        """Notes what a check of an article came to, for those who asked for one as well. One that its reader stopped
        following meanwhile stays stopped."""
        with self._connection.write() as db:
            end_wanted(db, article_id, at, found.outcome, found.reason)
            db.execute(
                "update articles set status = ?, next_check_at = ?, revision = revision + 1 where id = ? and status <> ?",
                [found.status.value, maybe_to_text(found.next_check_at), article_id, Status.PAUSED.value],
            )
            db.execute(
                "update checks set failures = ?, misses = ?, outcome = ?, reason = ?, checked_at = ? where article_id = ?",
                [found.failures, found.misses, found.outcome.value, found.reason, to_text(at), article_id],
            )
            if found.validators is not None:
                db.execute(
                    "update checks set etag = ?, last_modified = ? where article_id = ?",
                    [found.validators.etag, found.validators.last_modified, article_id],
                )

    def finish_find(self, url: str, found: Next) -> None:
        """Notes what the capture of a find came to, also where an earlier release noted what is no address. One that was
        dropped meanwhile stays dropped."""
        with self._connection.write() as db:
            db.execute(
                "update finds set next_check_at = ?, failures = ?, outcome = ?, reason = ? "
                "where url = ? and dropped_at is null",
                [maybe_to_text(found.next_check_at), found.failures, found.outcome.value, found.reason, url],
            )
            if found.next_check_at is None:
                settle_named(db, url)

    def see_again(self, article_id: int, seen_at: datetime, origin: Origin) -> None:
        """Notes that an article's latest text still stands."""
        with self._connection.write() as db:
            see_again(db, article_id, seen_at, origin)

    def move(self, article_id: int, url: str) -> bool:
        """Makes the address that an article moved to its own, unless it is another article's: then nothing changes."""
        page = identify(url)
        with self._connection.write() as db:
            led = led_of(db, page)
            is_own = led.lead is None or led.lead.article_id == article_id
            if is_own:
                note_leads(db, article_id, [led])
                db.execute("update articles set url = ?, revision = revision + 1 where id = ?", [page.link, article_id])
                db.execute("update checks set host = ? where article_id = ?", [page.host, article_id])
        return is_own

    def pasts(self, source: str | None) -> Iterator[tuple[tuple[datetime, ...], datetime]]:
        """When the versions of a source's articles were first seen, oldest first, and until when each was watched.

        None stands for all sources together. What archives and imports tell counts for nothing: a copy was made some time
        after the edit that it shows, and by whom is no habit of the source.
        """
        with self._connection.read() as db:
            past = ", ".join(f"'{origin.value}'" for origin in PAST_ORIGINS)
            query = _PASTS.format(where="where source = :source" if source else "", past=past)
            rows = db.execute(query, {"source": source, "most": MAX_PASTS}).fetchall()
        for seen, last_checked_at in rows:
            times = sorted(seen.split(","))
            yield tuple(map(from_text, times)), from_text(last_checked_at)

    def watching(self) -> list[tuple[str, datetime, bool]]:
        """Of every article being watched: its source, its last change, and whether it was ever edited."""
        with self._connection.read() as db:
            rows = db.execute(
                "select source, last_changed_at, version_count > 1 from articles where next_check_at is not null"
            ).fetchall()
        return [(source, from_text(changed_at), bool(edited)) for source, changed_at, edited in rows]

    def next_due_at(self) -> datetime | None:
        """When the next job falls due, leaving aside whether its host is free then."""
        with self._connection.read() as db:
            row = db.execute(
                "select min(due) from (select min(next_check_at) as due from articles union all "
                "select min(next_check_at) from feeds union all select min(next_check_at) from finds union all "
                "select min(next_at) from backfills union all select min(next_at) from saves union all "
                "select min(next_at) from checks_wanted) as each"
            ).fetchone()
        return maybe_from_text(row[0])

    def held_hosts(self, now: datetime) -> list[HostNote]:
        """Hosts in a pause after a block."""
        with self._connection.read() as db:
            rows = db.execute(
                "select host, free_at, blocks, reason from hosts where free_at > ? and blocks > 0 order by free_at desc",
                [to_text(now)],
            ).fetchall()
        return [
            HostNote(host, from_text(free_at), blocks, line(reason or "", MAX_REASON))
            for host, free_at, blocks, reason in rows
        ]
