"""Two articles that turn out to be one: every capture of the other takes its place among those of the kept one, as if all had
been recorded into one from the start. The other's id keeps answering.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.model import Status
from rowback.store.arranging import arrange
from rowback.store.called_elsewhere import take_over
from rowback.store.instants import from_text
from rowback.store.kept_copies import has_copies, move_copies
from rowback.store.origins import as_origin
from rowback.store.putting import insert
from rowback.store.readings import copy_readings
from rowback.store.recording import Seen, count_capture, place_capture
from rowback.store.sayings import has_said, note_own
from rowback.store.versions import read_content, read_spans, read_text
from rowback.text.doubts import is_same_story
from rowback.text.urls import identify

if TYPE_CHECKING:
    from rowback.model import Content
    from rowback.store.engine import Db
    from rowback.store.versions import Text

# What is moved here, row by row; the rows of all other tables that speak of an article follow it as they are.
# Tables whose rows name an article, but those that are merged row by row: the column, and the rest of a key that it is part
# of; None where it is part of none.
_FOLLOWING: tuple[tuple[str, str, tuple[str, ...] | None], ...] = (
    ("aliases", "article_id", None),
    ("checks", "article_id", ()),
    ("passing_texts", "article_id", ("source", "hash")),
    ("moved_articles", "article_id", None),
    ("changes", "article_id", None),
    ("changes_due", "article_id", ()),
    ("loose_lines", "article_id", ("source", "hash")),
    ("set_aside", "article_id", None),
    ("fronts", "article_id", ()),
    ("inlays", "article_id", ()),
    ("parted", "other_id", ("article_id",)),
    ("parted", "article_id", ("other_id",)),
    ("told", "article_id", ()),
    ("told_due", "article_id", ()),
    ("copy_texts", "article_id", ("fingerprint",)),
    ("copies", "article_id", ("seen_at", "fingerprint")),
    ("backfills", "article_id", None),
    ("mementos", "article_id", ("seen_at",)),
    ("read_there", "article_id", ("seen_at",)),
    ("brought", "article_id", ("import", "what", "name")),
    ("saves", "article_id", None),
    ("reader_articles", "article_id", ("reader_id",)),
    ("checks_wanted", "article_id", ()),
    ("other_headlines", "article_id", None),
    ("reviews", "article_id", None),
)


def merge_joined(db: Db, page_id: int, canonical_id: int, said: Content) -> int:
    """Merges the two articles to which a capture's address and its canonical one lead, where what was captured (`said`)
    tells the story of both: a wrong canonical link must not merge strangers. The id of the article it belongs to."""
    other = read_content(db, read_spans(db, canonical_id)[-1].id)
    if not is_same_story(other, said):
        return page_id
    kept_id = min(page_id, canonical_id)
    merge_articles(db, kept_id, max(page_id, canonical_id))
    return kept_id


def merge_articles(db: Db, kept_id: int, other_id: int) -> None:
    """Moves everything of `other_id` into `kept_id`."""
    is_said = any(has_said(db, id_) for id_ in (kept_id, other_id))
    for id_ in (kept_id, other_id):
        _remember_address(db, id_)
        if is_said:
            note_own(db, id_)
    rows = db.execute(
        "select version_id, seen_at, received_at, origin, aside, key, brought_by from captures where article_id = ? "
        "order by seen_at, id",
        [other_id],
    ).fetchall()
    texts = {version_id: read_text(db, version_id) for version_id in {row[0] for row in rows}}
    for version_id, seen_at, received_at, origin, aside, key, by in rows:
        seen = Seen(from_text(seen_at), from_text(received_at), as_origin(origin), aside, key, by)
        copy_readings(db, version_id, move_capture(db, kept_id, texts[version_id], seen))
    move_copies(db, other_id, kept_id)
    _take_over(db, kept_id, other_id)
    _follow(db, kept_id, other_id)
    for table in ("captures", "versions", "blocks"):
        db.execute(f"delete from {table} where article_id = ?", [other_id])
    take_over(db, kept_id, other_id)
    db.execute("delete from articles where id = ?", [other_id])
    insert(db, "moved_articles", {"id": other_id, "article_id": kept_id})
    if has_copies(db, kept_id):
        arrange(db, kept_id)


def _remember_address(db: Db, article_id: int) -> None:
    """Captures from before their address was noted: that of their article is the likeliest, so that the two can be parted."""
    (url,) = db.execute("select url from articles where id = ?", [article_id]).fetchone()
    db.execute("update captures set key = ? where article_id = ? and key is null", [identify(url).keys[0], article_id])


def move_capture(db: Db, kept_id: int, text: Text, seen: Seen) -> int:
    """Gives a capture that was stored elsewhere its place in an article. One that was put aside stays so, where the text that
    it saw has a version. Returns the row id of its version."""
    spans = read_spans(db, kept_id)
    same = [span.id for span in spans if span.fingerprint == text.fingerprint]
    if seen.aside and same:
        count_capture(db, kept_id, same[-1], seen)
        return same[-1]
    return place_capture(db, kept_id, spans, text, seen).version_id


def _take_over(db: Db, kept_id: int, other_id: int) -> None:
    """What is known of the other and lies in no capture: when it was published, that it is followed, hidden,
    listed; what its owner chose counts before what brought it."""
    db.execute(
        """
        update articles set
            is_followed = max(is_followed, (select is_followed from articles where id = :other)),
            published_at = coalesce(published_at, (select published_at from articles where id = :other)),
            hidden_reason = coalesce(hidden_reason, (select hidden_reason from articles where id = :other)),
            (listed, listing_is_chosen) = (
                select case when max(listing_is_chosen) = 1
                    then min(case when listing_is_chosen = 1 then listed else 1 end)
                    else max(listed) end, max(listing_is_chosen)
                from articles where id in (:kept, :other)),
            next_check_at = case
                when status = :watching then next_check_at
                else (select next_check_at from articles where id = :other) end,
            status = case
                when status = :watching then status
                when (select status from articles where id = :other) = :watching then :watching
                else status end
        where id = :kept
        """,
        {"kept": kept_id, "other": other_id, "watching": Status.WATCHING.value},
    )


def _follow(db: Db, kept_id: int, other_id: int) -> None:
    """Rows of other tables that name the other article name the kept one; where it has such a row already, that one stays."""
    ids = {"kept": kept_id, "other": other_id}
    for table, column, rest in _FOLLOWING:
        rename = f"update {table} set {column} = :kept where {column} = :other"
        if rest is None:
            db.execute(rename, ids)
            continue
        same = "".join(f" and own.{name} = {table}.{name}" for name in rest)
        db.execute(f"{rename} and not exists (select 1 from {table} as own where own.{column} = :kept{same})", ids)
        db.execute(f"delete from {table} where {column} = :other", {"other": other_id})
