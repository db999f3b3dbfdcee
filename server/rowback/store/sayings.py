"""Who said which fact of an article that is no text of it: rows of `brought`, for articles in which an import has a part.

Each import says its own, and `OWN` stands for all that no import brought. What an import said alone can so be taken back, and
what was said otherwise as well stays, whoever came first. Runs inside the transactions of others.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING

from rowback.store.instants import to_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rowback.model import Capture
    from rowback.store.engine import Db
    from rowback.store.known import Leads
    from rowback.store.versions import Text

OWN = 0  # in the place of an import's number


class Fact(StrEnum):
    """What is said of an article; `name` and `value` as told there."""

    URL = "url"
    """`name` is an address that was said to be its own."""
    ALIAS = "alias"
    """`name` is a key that leads to it."""
    GIVEN = "given"
    """`name` is a key that does so by the owner's word."""
    PUBLISHED = "published"
    """`name` is when it was published."""
    LISTED = "listed"
    ANYWAY = "anyway"
    FOLLOWED = "followed"
    """That somebody follows it, since an import had a part in it."""
    READING = "reading"
    """`name` is a text's fingerprint, a space, and the number of the rules that read it, or nothing where none did."""
    MEMENTO = "memento"
    """`name` is an instant, `value` an archive and an address as JSON."""
    PLAN = "plan"
    """`value` is how it was watched before and after, as JSON."""


# What an article's rows say when an import first has a part in it.
_KNOWN = (
    "select ?, id, 'url', url, null from articles where id = ?",
    "select ?, id, 'published', published_at, null from articles where id = ? and published_at is not null",
    "select ?, id, 'listed', '', null from articles where id = ? and listed = 1",
    "select ?, id, 'anyway', '', null from articles where id = ? and is_anyway = 1",
    "select ?, article_id, 'alias', key, null from aliases where article_id = ?",
    "select ?, article_id, 'given', key, null from aliases where article_id = ? and is_given = 1",
    (
        "select ?, article_id, 'reading', fingerprint || ' ' || coalesce(cast(max(reading) as text), ''), null from versions "
        "where article_id = ? group by article_id, fingerprint"
    ),
)


def has_said(db: Db, article_id: int) -> bool:
    """Whether an import has a part in an article."""
    return db.execute("select 1 from brought where article_id = ? limit 1", [article_id]).fetchone() is not None


def has_own(db: Db, article_id: int) -> bool:
    """Whether anything of an article came by no import."""
    own = "select 1 from captures where article_id = ? and brought_by is null limit 1"
    return db.execute(own, [article_id]).fetchone() is not None


def note_own(db: Db, article_id: int) -> None:
    """Notes what is known of an article in which no import had a part yet."""
    if has_said(db, article_id):
        return
    for each in _KNOWN:
        db.execute(f"insert into brought (import, article_id, what, name, value) {each}", [OWN, article_id])
    mementos = "select seen_at, archive, href from mementos where article_id = ? order by seen_at"
    for seen_at, *copy in db.execute(mementos, [article_id]).fetchall():
        say(db, article_id, None, Fact.MEMENTO, seen_at, json.dumps(copy, ensure_ascii=False))


def note_said(db: Db, article_id: int, capture: Capture, leads: Leads, text: Text) -> None:
    """Notes what a capture says of an article in which an import has a part."""
    by = capture.brought_by
    say(db, article_id, by, Fact.URL, leads.canonical.page.link)
    for each in leads.both:
        say(db, article_id, by, Fact.ALIAS, each.key)
        for key in each.keys if capture.is_given else ():
            say(db, article_id, by, Fact.GIVEN, key)
    if capture.published_at is not None:
        say(db, article_id, by, Fact.PUBLISHED, to_text(capture.published_at))
    if capture.is_anyway and capture.taken_for is not None:
        say(db, article_id, by, Fact.ANYWAY)
    if capture.lists:
        say(db, article_id, by, Fact.LISTED)
    say(db, article_id, by, Fact.READING, f"{text.fingerprint} {'' if text.reading is None else text.reading}")


def note_listed(db: Db, article_id: int, by: int | None = None) -> None:
    """Notes who brought an article for others to see, where an import had a part in it or now has."""
    if by is not None:
        note_own(db, article_id)
    if by is not None or has_said(db, article_id):
        say(db, article_id, by, Fact.LISTED)


def note_led(db: Db, article_id: int, keys: Iterable[str], by: int | None = None) -> None:
    """The same of keys that lead to an article."""
    if by is not None:
        note_own(db, article_id)
    if by is not None or has_said(db, article_id):
        for key in keys:
            say(db, article_id, by, Fact.ALIAS, key)


def note_followed(db: Db, article_id: int, *, is_followed: bool) -> None:
    """Notes that somebody follows an article in which an import had a part, or stopped to."""
    if is_followed and has_said(db, article_id):
        say(db, article_id, None, Fact.FOLLOWED)
    elif not is_followed:
        db.execute("delete from brought where article_id = ? and what = ?", [article_id, Fact.FOLLOWED.value])


def plan_of(db: Db, article_id: int) -> list[str | None] | None:
    """How an article is watched: its status, and when it is checked next."""
    row = db.execute(
        "select status, next_check_at from articles join checks on article_id = id where id = ?", [article_id]
    ).fetchone()
    return None if row is None else list(row)


def note_plan(db: Db, article_id: int, by: int, before: list[str | None] | None) -> None:
    """Notes how an import changed the watch of an article."""
    after = plan_of(db, article_id)
    if after == before:
        return
    row = db.execute(
        "select value from brought where article_id = ? and import = ? and what = ?", [article_id, by, Fact.PLAN.value]
    ).fetchone()
    found = None if row is None else json.loads(row[0])
    first = found[0] if found is not None and found[1] == before else before
    say(db, article_id, by, Fact.PLAN, "", json.dumps([first, after]))


def say(db: Db, article_id: int, by: int | None, fact: Fact, name: str = "", value: str | None = None) -> None:
    """Notes that an import says something of an article, or with None that something else does."""
    db.execute(
        "insert into brought (import, article_id, what, name, value) values (?, ?, ?, ?, ?) "
        "on conflict (article_id, import, what, name) do update set value = excluded.value",
        [OWN if by is None else by, article_id, fact.value, name, value],
    )


def share_said(db: Db, article_id: int, other_id: int) -> None:
    """Gives an article that was parted from another all that was said of both."""
    db.execute(
        "insert into brought (import, article_id, what, name, value) "
        "select import, ?, what, name, value from brought where article_id = ? order by id on conflict do nothing",
        [other_id, article_id],
    )
