"""Sites whose articles come without their text to the server: several of one source in the same hours, and most of those
that were looked at. What a reader's browser sees does not count. Runs inside the transactions of others.

One article that shrinks to a sentence may have been taken down. Many at once are a site that changed how it shows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.model import Origin, Reason
from rowback.store.instants import to_text

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store.engine import Db

MANY = 3  # articles of one source
SAME_HOURS = timedelta(hours=12)  # before the first of an article's refusals: others may have been looked at sooner
TOLD_FOR = timedelta(days=2)  # a site that is looked at at all is looked at more often
# What a page says that holds none of its article. A cut text is told apart: a paywall lets some articles through.
TEXTLESS = (Reason.SHORT, Reason.ANOTHER, Reason.SCRIPTS, Reason.NO_TEXT, Reason.CONSENT, Reason.BOT_CHECK)

_SERVERS = f"origin <> '{Origin.BROWSER.value}'"
# The articles whose latest look by a server, after an instant, brought no text.
_SILENT = f"""
    select articles.id, articles.source from (
        select aliases.article_id, max(failed_captures.seen_at) as failed_at from failed_captures
        cross join aliases
        where aliases.key = failed_captures.key and failed_captures.seen_at > :since and failed_captures.{_SERVERS}
        and reason in ({", ".join(f"'{reason.value}'" for reason in TEXTLESS)})
        group by aliases.article_id
    ) as failed join articles on articles.id = article_id
    where not exists (
        select 1 from captures where captures.article_id = articles.id and captures.{_SERVERS} and seen_at >= failed_at
    )
"""
_HEARD = f"""
    select count(*) from articles where source = :source and last_checked_at > :since
    and id not in (select id from ({_SILENT}) as silent)
"""


@dataclass(frozen=True, slots=True)
class SilentSite:
    """A source that shows the server nothing of so many articles that are known."""

    source: str
    articles: int


def silent_articles(db: Db, article_id: int, since: datetime) -> int:
    """How many articles of an article's source came without their text after an instant, where that is most of those looked
    at; 0 where it is not, or these are few."""
    (source,) = db.execute("select source from articles where id = ?", [article_id]).fetchone()
    bounds = {"since": to_text(since), "source": source}
    (silent,) = db.execute(f"select count(*) from ({_SILENT}) as silent where source = :source", bounds).fetchone()
    return silent if silent >= MANY and _is_most(db, silent, bounds) else 0


def silent_sites(db: Db, now: datetime) -> tuple[SilentSite, ...]:
    """The sites of which that is true now, by name."""
    since = to_text(now - TOLD_FOR)
    counted = (
        f"select source, count(*) from ({_SILENT}) as silent group by source having count(*) >= {MANY} order by source"
    )
    rows = db.execute(counted, {"since": since}).fetchall()
    return tuple(
        SilentSite(source, count) for source, count in rows if _is_most(db, count, {"since": since, "source": source})
    )


def _is_most(db: Db, silent: int, bounds: dict[str, str]) -> bool:
    return bool(silent > int(db.execute(_HEARD, bounds).fetchone()[0]))
