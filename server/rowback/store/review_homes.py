"""Keeps what readers made of steps at these steps, when an article's versions are stored anew, cut in two or joined.

A step is known again by its two texts. Where it is none any more, because a version came between or was taken away, the
review stands at the step that leads to the same text, or else from it: there it counts as not seen, since nobody has seen
that step. When the step itself comes back, the review goes back, too. One that finds no step waits: nothing is lost.

Runs inside the write transactions of others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.store.act_log import forget_acts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rowback.store.engine import Db

_REVIEWS = (
    "select id, reader_id, article_id, change_id, old_print, new_print, seen_us, is_exact "
    "from reviews where article_id in ({}) order by id"
)
_STEPS = (
    "select changes.id, changes.article_id, substr(old.fingerprint, 1, 16), substr(new.fingerprint, 1, 16), changes.seen_us "
    "from changes join versions as old on old.id = changes.previous_id "
    "join versions as new on new.id = changes.version_id where changes.article_id in ({})"
)
# What was parted from an article, or it from another: what was made of the one may be of the other by now.
_KIN = (
    "select cast(:id as bigint) union select other_id from parted where article_id = :id "
    "union select article_id from parted where other_id = :id"
)


@dataclass(frozen=True, slots=True)
class _Homed:
    """A row of `reviews`, and where it stands."""

    id: int
    reader: int
    article_id: int
    change_id: int
    old: str
    new: str
    seen_us: int
    is_exact: int


@dataclass(frozen=True, slots=True)
class _Home:
    """A step, by its texts."""

    change_id: int
    article_id: int
    old: str
    new: str
    seen_us: int


def settle(db: Db, article_id: int) -> None:
    """Brings all that readers made of an article's steps to the steps that there are now."""
    if db.execute(f"select 1 from reviews where article_id in ({_KIN}) limit 1", {"id": article_id}).fetchone() is None:
        return
    homes = {row[0]: _Home(*row) for row in db.execute(_STEPS.format(_KIN), {"id": article_id}).fetchall()}
    for row in db.execute(_REVIEWS.format(_KIN), {"id": article_id}).fetchall():
        _settle_one(db, _Homed(*row), homes)


def _settle_one(db: Db, review: _Homed, homes: dict[int, _Home]) -> None:
    stands = homes.get(review.change_id)
    if stands is not None and review.is_exact:
        _note_texts(db, review, stands)
        return
    same = _nearest(review, (each for each in homes.values() if (each.old, each.new) == (review.old, review.new)))
    if same is not None:
        _move(db, review, same, is_exact=True)
    elif stands is None:
        found = _nearest(review, (each for each in homes.values() if each.new == review.new))
        found = found or _nearest(review, (each for each in homes.values() if each.old == review.old))
        if found is not None:
            _move(db, review, found, is_exact=False)


def _nearest(review: _Homed, homes: Iterable[_Home]) -> _Home | None:
    """The step nearest in time: a text may come and go, and stand more than once."""
    return min(homes, key=lambda each: (abs(each.seen_us - review.seen_us), each.change_id), default=None)


def _note_texts(db: Db, review: _Homed, home: _Home) -> None:
    """Of a step whose texts were read anew, or that is told to be of another instant."""
    now = (home.article_id, home.old, home.new, home.seen_us)
    if now != (review.article_id, review.old, review.new, review.seen_us):
        db.execute(
            "update reviews set article_id = ?, old_print = ?, new_print = ?, seen_us = ? where id = ?",
            [*now, review.id],
        )


def _move(db: Db, review: _Homed, home: _Home, *, is_exact: bool) -> None:
    """Puts a review to a step, into the one that its reader made of that step already where there is one."""
    seen = "seen = max(seen, was_seen), was_seen = 0" if is_exact else "was_seen = max(seen, was_seen), seen = 0"
    query = "select id from reviews where reader_id = ? and change_id = ? and id <> ?"
    other = db.execute(query, [review.reader, home.change_id, review.id]).fetchone()
    if other is None:
        db.execute(
            f"update reviews set article_id = ?, change_id = ?, is_exact = ?, {seen} where id = ?",
            [home.article_id, home.change_id, int(is_exact), review.id],
        )
        return
    if review.change_id == home.change_id:
        return
    _join(db, review.id, int(other[0]), is_exact=is_exact)
    forget_acts(db, review.reader)


def _join(db: Db, review_id: int, other_id: int, *, is_exact: bool) -> None:
    """Adds one review to another: either's star, both notes, all collections; seen where the same step was seen."""
    db.execute(
        "update reviews set (seen, starred, note, folded, noted_at) = (select "
        "max(reviews.seen, case when :exact = 1 then max(one.seen, one.was_seen) else 0 end), "
        "max(reviews.starred, one.starred), "
        "case when one.note in ('', reviews.note) then reviews.note else trim(reviews.note || :gap || one.note, :end) end, "
        "case when one.note in ('', reviews.note) then reviews.folded else trim(reviews.folded || ' ' || one.folded) end, "
        "coalesce(max(reviews.noted_at, one.noted_at), reviews.noted_at, one.noted_at) "
        "from reviews as one where one.id = :one) where id = :other",
        {"one": review_id, "other": other_id, "exact": int(is_exact), "gap": "\n\n", "end": "\n"},
    )
    db.execute(
        "insert into collected (collection_id, review_id) select collection_id, ? from collected where review_id = ? "
        "on conflict do nothing",
        [other_id, review_id],
    )
    db.execute("delete from reviews where id = ?", [review_id])
