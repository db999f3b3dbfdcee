"""Takes back which facts of an article an import alone said (`sayings.py`). Runs inside write transactions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rowback.model import PAST_ORIGINS
from rowback.store.arranging import rows_of
from rowback.store.claims import set_address
from rowback.store.copy_intake import plainness
from rowback.store.leads import keys_of
from rowback.store.sayings import Fact, plan_of
from rowback.text.urls import identify

if TYPE_CHECKING:
    from rowback.store.engine import Db


def take_back_facts(db: Db, article_id: int, number: int) -> None:
    """Makes an article's facts what is left of them without an import."""
    _address(db, article_id, number)
    _aliases(db, article_id, number)
    _published(db, article_id, number)
    if "" in _alone(db, article_id, number, Fact.LISTED):
        db.execute("update articles set listed = 0 where id = ? and listed = 1 and listing_is_chosen = 0", [article_id])
    if "" in _alone(db, article_id, number, Fact.ANYWAY):
        db.execute("update articles set is_anyway = 0 where id = ?", [article_id])
    _readings(db, article_id, number)
    _mementos(db, article_id, number)
    _plan(db, article_id, number)


def _said(db: Db, article_id: int, fact: Fact, but: int) -> dict[str, str | None]:
    """What others than an import say, in the order in which they said it first."""
    rows = db.execute(
        "select name, value from brought where article_id = ? and what = ? and import <> ? order by id",
        [article_id, fact.value, but],
    ).fetchall()
    return dict(rows)


def _of(db: Db, article_id: int, fact: Fact, number: int) -> dict[str, str | None]:
    """What an import says."""
    rows = db.execute(
        "select name, value from brought where article_id = ? and what = ? and import = ? order by id",
        [article_id, fact.value, number],
    ).fetchall()
    return dict(rows)


def _alone(db: Db, article_id: int, number: int, fact: Fact) -> set[str]:
    """What nobody else says."""
    return _of(db, article_id, fact, number).keys() - _said(db, article_id, fact, number).keys()


def _address(db: Db, article_id: int, number: int) -> None:
    (url,) = db.execute("select url from articles where id = ?", [article_id]).fetchone()
    others = list(_said(db, article_id, Fact.URL, number))
    if url not in _alone(db, article_id, number, Fact.URL) or not others:
        return
    has_live = any(row.origin not in PAST_ORIGINS for row in rows_of(db, article_id))
    set_address(db, article_id, others[0] if has_live else min(others, key=plainness))


def _aliases(db: Db, article_id: int, number: int) -> None:
    (url,) = db.execute("select url from articles where id = ?", [article_id]).fetchone()
    for key in _alone(db, article_id, number, Fact.ALIAS).difference(keys_of(db, identify(url))):
        db.execute("delete from aliases where key = ? and article_id = ?", [key, article_id])
    for key in _alone(db, article_id, number, Fact.GIVEN):
        db.execute("update aliases set is_given = 0 where key = ? and article_id = ?", [key, article_id])


def _published(db: Db, article_id: int, number: int) -> None:
    (published,) = db.execute("select published_at from articles where id = ?", [article_id]).fetchone()
    if published in _of(db, article_id, Fact.PUBLISHED, number):
        others = list(_said(db, article_id, Fact.PUBLISHED, number))
        db.execute("update articles set published_at = ? where id = ?", [others[0] if others else None, article_id])


def _readings(db: Db, article_id: int, number: int) -> None:
    left: dict[str, int | None] = {}
    for told in _said(db, article_id, Fact.READING, number):
        printed, _, reading = told.partition(" ")
        known = left.get(printed)
        left[printed] = max(int(reading), known or 0) if reading else known
    for told in _alone(db, article_id, number, Fact.READING):
        printed, _, reading = told.partition(" ")
        if printed in left and reading:
            db.execute(
                "update versions set reading = ? where article_id = ? and fingerprint = ? and reading = ?",
                [left[printed], article_id, printed, int(reading)],
            )


def _mementos(db: Db, article_id: int, number: int) -> None:
    others = _said(db, article_id, Fact.MEMENTO, number)
    for seen_at, value in _of(db, article_id, Fact.MEMENTO, number).items():
        where = [article_id, seen_at, *json.loads(value or "[null, null]")]
        which = "where article_id = ? and seen_at = ? and archive = ? and href = ?"
        if seen_at in others:
            told = json.loads(others[seen_at] or "[null, null]")
            db.execute(f"update mementos set archive = ?, href = ? {which}", [*told, *where])
        else:
            db.execute(f"delete from mementos {which}", where)


def _plan(db: Db, article_id: int, number: int) -> None:
    """Checks it as before, where nothing planned otherwise since; what another import found is then what was before this."""
    mine = _of(db, article_id, Fact.PLAN, number).get("")
    if mine is None:
        return
    before, after = json.loads(mine)
    if before is not None and plan_of(db, article_id) == after:
        db.execute("update articles set status = ?, next_check_at = ? where id = ?", [*before, article_id])
    rows = db.execute(
        "select id, value from brought where article_id = ? and what = ? and import <> ?",
        [article_id, Fact.PLAN.value, number],
    ).fetchall()
    for id_, value in rows:
        found, then = json.loads(value)
        if found == after:
            db.execute("update brought set value = ? where id = ?", [json.dumps([before, then]), id_])
