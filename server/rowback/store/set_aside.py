"""What older rules stored and today's would not: articles that are sections or shops, versions that are shells.

Set aside, an article is watched and listed no more, and a version reads like the one beside it, so that no history tells
of it and every number stays; all that brings them back is kept. Nothing is deleted.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rowback.deferred import Deferred
from rowback.model import Block, Content, Reason, Status
from rowback.store.articles import refresh_article
from rowback.store.instants import from_text, to_text
from rowback.store.kept_copies import drop_copies_at
from rowback.store.origins import as_origin
from rowback.store.public import refresh_public
from rowback.store.putting import insert, put
from rowback.store.recording import Seen, count_capture, place_capture
from rowback.store.version_rows import rewrite_version, shrink_version
from rowback.store.versions import Text, read_spans, read_text
from rowback.text.normalize import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from rowback.model import Capture
    from rowback.store.database import Connection
    from rowback.store.engine import Db
    from rowback.text import prose
else:
    prose = Deferred("rowback.text.prose")

MAX_SHELL_CHARACTERS = 600  # a menu, a copyright line; longer texts are not looked at
MIN_ARTICLE_WORDS = 120  # of the version beside a shell: less may be all that an article says


class MisfitKind(StrEnum):
    """What is set aside."""

    ARTICLE = "article"
    VERSION = "version"


@dataclass(frozen=True, slots=True)
class Misfit:
    """An article, or its version first seen at an instant (`version_id` is its row), that is none by today's rules."""

    kind: MisfitKind
    article_id: int
    url: str
    seen_at: datetime
    why: str
    version_id: int | None = None


class SetAside:
    """What is, or could be, set aside in a store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def found(self) -> list[Misfit]:
        """What could be set aside: articles first. Reads all short texts."""
        with self._connection.read() as db:
            return [*_sections(db), *_shells(db)]

    def put(self, misfits: list[Misfit], at: datetime) -> None:
        """Sets some aside."""
        with self._connection.write() as db:
            for each in misfits:
                if each.version_id is None:
                    _put_article(db, each, at)
                else:
                    _put_version(db, each, each.version_id, at)

    def kept(self) -> list[Misfit]:
        """What is set aside."""
        with self._connection.read() as db:
            rows = db.execute(
                "select kind, article_id, url, at, why from set_aside join articles on articles.id = article_id "
                "order by set_aside.id"
            ).fetchall()
        return [
            Misfit(MisfitKind(kind), article_id, url, from_text(at), why) for kind, article_id, url, at, why in rows
        ]

    def bring_back(self, at: datetime) -> int:
        """Takes all of it back. Returns how many there were."""
        with self._connection.write() as db:
            rows = db.execute("select id, article_id, kind, kept from set_aside order by id desc").fetchall()
            for id_, article_id, kind, kept in rows:
                (_back_article if kind == MisfitKind.ARTICLE else _back_version)(db, article_id, json.loads(kept), at)
                db.execute("delete from set_aside where id = ?", [id_])
        return len(rows)


def note_front(db: Db, article_id: int, capture: Capture) -> None:
    """Remembers whether an article's page reads like the front of a section now."""
    if not capture.is_page:
        return
    if capture.is_front:
        put(db, "fronts", {"article_id": article_id, "seen_at": to_text(capture.seen_at)}, key="article_id")
    else:
        db.execute("delete from fronts where article_id = ?", [article_id])


def _sections(db: Db) -> Iterator[Misfit]:
    """Articles whose page, when it was looked at last, was the front of a section or shop."""
    rows = db.execute(
        "select articles.id, url, max(seen_at) from articles join ("
        "select article_id, seen_at from fronts union all "
        "select article_id, seen_at from failed_captures join aliases on aliases.key = failed_captures.key "
        "where reason = ?) as told on told.article_id = articles.id "
        "where told.seen_at >= last_checked_at and hidden_reason is null and is_anyway = 0 "
        "group by articles.id order by articles.id",
        [Reason.FRONT.value],
    ).fetchall()
    for id_, url, seen_at in rows:
        yield Misfit(
            MisfitKind.ARTICLE, id_, url, from_text(seen_at), "Its page is the front of a site or section, no article."
        )


def _shells(db: Db) -> Iterator[Misfit]:
    """Versions of next to no text and no sentence, before or after ones that say something."""
    rows = db.execute(
        "select version_id, versions.article_id, url, versions.seen_at from version_blocks "
        "join blocks on blocks.id = block_id join versions on versions.id = version_id "
        "join articles on articles.id = versions.article_id where version_count > 1 and versions.reading is not null "
        "group by version_id having sum(length(text)) <= ? order by versions.article_id, versions.seen_at",
        [MAX_SHELL_CHARACTERS],
    ).fetchall()
    for version_id, article_id, url, seen_at in rows:
        texts = [block.text for block in read_text(db, version_id).content.blocks]
        if not prose.has_prose(texts) and _beside(db, article_id, version_id) is not None:
            yield Misfit(
                MisfitKind.VERSION,
                article_id,
                url,
                from_text(seen_at),
                "It holds none of the article's text.",
                version_id,
            )


def _beside(db: Db, article_id: int, version_id: int) -> int | None:
    """The version before another, else the one after it, that says something; its row."""
    ids = [span.id for span in read_spans(db, article_id)]
    at = ids.index(version_id)
    beside = (*ids[max(0, at - 1) : at], *ids[at + 1 : at + 2])
    return next((each for each in beside if _is_article(read_text(db, each).content)), None)


def _is_article(content: Content) -> bool:
    return sum(count_words(block.text) for block in content.blocks) >= MIN_ARTICLE_WORDS


def _keep(db: Db, misfit: Misfit, at: datetime, kept: object) -> None:
    row = {"article_id": misfit.article_id, "kind": misfit.kind.value, "why": misfit.why, "at": to_text(at)}
    insert(db, "set_aside", row | {"kept": json.dumps(kept, ensure_ascii=False)})


def _put_article(db: Db, misfit: Misfit, at: datetime) -> None:
    query = "select status, next_check_at from articles where id = ? and hidden_reason is null"
    row = db.execute(query, [misfit.article_id]).fetchone()
    if row is None:
        return
    _keep(db, misfit, at, {"status": row[0], "next_check_at": row[1]})
    db.execute(
        "update articles set status = ?, next_check_at = null, hidden_reason = ?, revision = revision + 1 where id = ?",
        [Status.PAUSED.value, misfit.why, misfit.article_id],
    )


def _back_article(db: Db, article_id: int, kept: dict[str, Any], _: datetime) -> None:
    db.execute(
        "update articles set status = ?, next_check_at = ?, hidden_reason = null, revision = revision + 1 where id = ?",
        [kept["status"], kept["next_check_at"], article_id],
    )


def _put_version(db: Db, misfit: Misfit, version_id: int, at: datetime) -> None:
    """Gives it the text that stood beside it: it stays where it is, so that no number of another means something else."""
    beside = _beside(db, misfit.article_id, version_id)
    if beside is None:
        return
    text = read_text(db, version_id)
    seen = db.execute(
        "select seen_at, received_at, origin, aside, brought_by from captures where version_id = ? "
        "order by seen_at, id",
        [version_id],
    ).fetchall()
    drop_copies_at(db, misfit.article_id, [row[0] for row in seen])
    kept = {
        "title": text.content.title,
        "blocks": [[block.kind, block.text] for block in text.content.blocks],
        "reading": text.reading,
        "captures": seen,
    }
    _keep(db, misfit, at, kept)
    rewrite_version(db, misfit.article_id, version_id, read_text(db, beside))
    _refresh(db, misfit.article_id)


def _back_version(db: Db, article_id: int, kept: dict[str, Any], _: datetime) -> None:
    """Places its captures anew. Of one that was set aside before versions kept their places, they are gone."""
    for seen_at, received_at, origin, *_ in kept["captures"]:
        _drop_capture(db, [article_id, seen_at, received_at, origin])
    content = Content(kept["title"], tuple(Block(kind, text) for kind, text in kept["blocks"]))
    text = Text.of(content, kept["reading"])
    for seen_at, received_at, origin, aside, *by in kept["captures"]:  # from before imports had numbers: nothing behind
        seen = Seen(from_text(seen_at), from_text(received_at), as_origin(origin), aside, None, *by)
        same = [span.id for span in read_spans(db, article_id) if span.fingerprint == text.fingerprint]
        if aside and same:
            count_capture(db, article_id, same[-1], seen)
        else:
            place_capture(db, article_id, read_spans(db, article_id), text, seen)
    _refresh(db, article_id)


def _drop_capture(db: Db, known: list[Any]) -> None:
    """Takes one away that counts for the text beside it, by its article, its instants and its origin."""
    query = (
        "select id, version_id from captures where article_id = ? and seen_at = ? and received_at = ? and origin = ?"
    )
    row = db.execute(f"{query} order by id limit 1", known).fetchone()
    if row is not None:
        db.execute("delete from captures where id = ?", [row[0]])
        shrink_version(db, row[1])


def _refresh(db: Db, article_id: int) -> None:
    (checked,) = db.execute("select last_checked_at from articles where id = ?", [article_id]).fetchone()
    refresh_article(db, article_id, from_text(checked))
    refresh_public(db, article_id)
