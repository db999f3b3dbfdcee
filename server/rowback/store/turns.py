"""Whose turn it is among what is due: the queries that choose the next job, and what they are asked with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rowback.store.instants import to_text
from rowback.store.shares import ARTICLES, of_feed
from rowback.store.spending import asked_on, shut_purses

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store.engine import Db

KEEPER = "web.archive.org"  # the host that is asked to keep copies

# Each kind in order of its index, so that the search ends at the first that is due on a free host. What its purse has no
# request for is passed over; where not all that is due can be done today (`is_scarce`), what matters more comes first. First
# of all is what a reader waits for.
_ARTICLES_DUE = """
    select 'article', articles.id, url, host, next_check_at as due_at, failures, misses, etag, last_modified, {rank} as rank
    from articles join checks on article_id = articles.id where {which} and next_check_at <= :due_by and :may_check = 1
    and not exists (select 1 from hosts where hosts.host = checks.host and free_at > :now)
    order by next_check_at limit 1
"""
_WANTED_DUE = """
    select 'check', articles.id, url, host, checks_wanted.next_at as due_at, failures, misses, etag, last_modified, -1 as rank
    from checks_wanted join articles on articles.id = checks_wanted.article_id
    join checks on checks.article_id = articles.id where {which} and checks_wanted.next_at <= :now and :may_check = 1
    and not exists (select 1 from hosts where hosts.host = checks.host and free_at > :now)
    order by checks_wanted.next_at limit 1
"""
WANTED_CHECK = f"select * from ({_WANTED_DUE.format(which='articles.id = :only')}) as wanted"
NEXT_JOB = f"""
    select * from ({_ARTICLES_DUE.format(rank="cast(:is_scarce as bigint)", which="true")}) as due_articles
    union all select * from (
        {_ARTICLES_DUE.format(rank=0, which=":is_scarce = 1 and version_count > 1")}
    ) as edited_articles
    union all select * from (
        select 'feed', id, url, host, next_check_at, failures, 0, etag, last_modified, cast(:is_scarce as bigint)
        from feeds where next_check_at <= :due_by and id not in (select cast(value as bigint) from json_each(:shut))
        and not exists (select 1 from hosts where hosts.host = feeds.host and free_at > :now)
        order by next_check_at limit 1
    ) as due_feeds union all select * from (
        select 'find', feed_id, url, host, next_check_at, failures, 0, null, null, 2 * :is_scarce
        from finds where next_check_at <= :now and feed_id not in (select cast(value as bigint) from json_each(:shut))
        and not exists (select 1 from hosts where hosts.host = finds.host and free_at > :now)
        order by next_check_at limit 1
    ) as due_finds union all select * from (
        select 'backfill', id, host, host, next_at, failures, 0, null, null,
            case when asked_by = 'reader' then -1 else 2 * :is_scarce end
        from backfills where next_at <= :now
        and not exists (select 1 from hosts where hosts.host = backfills.host and free_at > :now)
        order by case when asked_by = 'reader' then 0 else 1 end, next_at, id limit 1
    ) as due_backfills union all select * from (
        select 'save', saves.id, url, '{KEEPER}', next_at, tries, 0, null, null, 2 * :is_scarce
        from saves join articles on articles.id = article_id where next_at <= :now
        and not exists (select 1 from hosts where hosts.host = '{KEEPER}' and free_at > :now)
        order by next_at, saves.id limit 1
    ) as due_saves union all select * from ({_WANTED_DUE.format(which="true")}) as wanted
    order by rank, due_at limit 1
"""
NEXT_HOST = f"""
    select min(free_at) from hosts where blocks = 0 and (
        (:may_check = 1 and exists (
            select 1 from articles join checks on article_id = id where next_check_at <= :due_by and host = hosts.host
        )) or exists (
            select 1 from feeds where next_check_at <= :due_by and host = hosts.host
            and id not in (select cast(value as bigint) from json_each(:shut))
        ) or exists (
            select 1 from finds where next_check_at <= :now and host = hosts.host
            and feed_id not in (select cast(value as bigint) from json_each(:shut))
        ) or exists (select 1 from backfills where next_at <= :now and host = hosts.host)
        or (:may_check = 1 and exists (
            select 1 from checks_wanted join checks using (article_id) where next_at <= :now and host = hosts.host
        )) or (host = '{KEEPER}' and exists (select 1 from saves where next_at <= :now))
    )
"""
_DUE = """
    select (select count(*) from (select 1 from articles where next_check_at <= :due_by limit :most) as articles)
        + (select count(*) from (select 1 from feeds where next_check_at <= :due_by limit :most) as feeds)
        + (select count(*) from (select 1 from finds where next_check_at <= :now limit :most) as finds)
"""


def bounds(db: Db, now: datetime, due_by: datetime, limit: int) -> dict[str, object]:
    """What `NEXT_JOB` and `NEXT_HOST` are asked with."""
    found: dict[str, object] = {"now": to_text(now), "due_by": to_text(due_by)}
    if not limit:
        return found | {"may_check": 1, "shut": "[]", "is_scarce": 0}
    shut = shut_purses(db, now, limit)
    feeds = [row[0] for row in db.execute("select id from feeds").fetchall()] if shut else []
    left = limit - sum(asked_on(db, now).values())
    due = db.execute(_DUE, found | {"most": max(0, left) + 1}).fetchone()[0]
    return found | {
        "may_check": int(ARTICLES not in shut),
        "shut": json.dumps([feed_id for feed_id in feeds if of_feed(feed_id) in shut]),
        "is_scarce": int(due > left),
    }
