"""One article that turns out to be two: the captures made at one address get an article of their own, and the versions of
both are as if they had never been one. Nothing joins the two again but their owner. Runs inside write transactions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.errors import BadInput, UnknownArticle
from rowback.model import Capture, Content
from rowback.store.arranging import arrange
from rowback.store.articles import add_article, refresh_article
from rowback.store.claims import give_back, read_link, set_address
from rowback.store.instants import from_text, to_text
from rowback.store.kept_copies import has_copies, move_copies
from rowback.store.leads import keys_of, lead_of, led_of, page_of
from rowback.store.made_at import Made, made_at
from rowback.store.mementos import share_mementos
from rowback.store.merging import merge_articles, move_capture
from rowback.store.origins import as_origin
from rowback.store.public import refresh_public
from rowback.store.putting import insert, insert_all
from rowback.store.read_there import share_read_there
from rowback.store.reader_articles import share_readers
from rowback.store.readings import copy_readings
from rowback.store.recording import Seen
from rowback.store.sayings import share_said
from rowback.store.versions import read_text
from rowback.text.urls import identify

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from rowback.store.engine import Db
    from rowback.store.leads import Led
    from rowback.store.versions import Text
    from rowback.text.urls import PageURL

_BOTH_WAYS = "(cast(? as bigint), cast(? as bigint)), (cast(? as bigint), cast(? as bigint))"  # the ids of a pair
# What the owner chose for an article is chosen for both that it becomes.
_CHOSEN = "hidden_reason, listed, listing_is_chosen, is_anyway, is_followed, status, next_check_at"


@dataclass(frozen=True, slots=True)
class Parted:
    """The article that stayed and the one that was parted from it."""

    kept_id: int
    other_id: int


def part(db: Db, url: str, numbers: Collection[int] | None, at: datetime) -> Parted:
    """Parts what was read at an address from the article that it leads to; with `numbers` the versions with these.

    Raises `BadURL`, `UnknownArticle`, `BadInput` where nothing or everything was read there, or where nobody remembers."""
    page = identify(url)
    led = led_of(db, page)
    if led.lead is None:
        raise UnknownArticle("No article is stored for this address.")
    kept_id = led.lead.article_id
    sights = _sights(db, kept_id)
    chosen = made_at(db, sights, page, led.lead, numbers)
    other_id = add_article(db, _like(sights, chosen), page)
    rest = [each for each in sights if each.id not in chosen]
    share_mementos(db, kept_id, other_id)
    share_read_there(db, kept_id, other_id)
    share_readers(db, kept_id, other_id)
    share_said(db, kept_id, other_id)
    _rebuild(db, kept_id, other_id, rest, [each for each in sights if each.id in chosen])
    url_before = _url_of(db, kept_id)
    _choose_as(db, other_id, kept_id)
    _lead_away(db, led, kept_id, other_id)
    _settle_address(db, kept_id, page)
    row = {"article_id": kept_id, "other_id": other_id, "key": led.key, "url": url_before, "at": to_text(at)}
    insert(db, "parted", row)
    return Parted(kept_id, other_id)


def join_again(db: Db, url: str) -> int:
    """Makes one article again of the two that the article at an address was parted into last. Returns its id. Raises
    `BadURL`, `UnknownArticle`, `BadInput`."""
    lead = led_of(db, identify(url)).lead
    if lead is None:
        raise UnknownArticle("No article is stored for this address.")
    row = db.execute(
        "select id, article_id, other_id, url from parted where ? in (article_id, other_id) order by id desc limit 1",
        [lead.article_id],
    ).fetchone()
    if row is None:
        raise BadInput("This article was not parted from another.")
    id_, kept_id, other_id, url_before = row
    db.execute("delete from parted where id = ?", [id_])
    merge_articles(db, kept_id, other_id)
    set_address(db, kept_id, url_before)
    return int(kept_id)


def are_parted(db: Db, one: int, other: int) -> bool:
    """Whether the owner parted two articles."""
    query = f"select 1 from parted where (article_id, other_id) in (values {_BOTH_WAYS})"
    return db.execute(query, [one, other, other, one]).fetchone() is not None


def parted_from(db: Db, article_id: int) -> int | None:
    """The article that another was parted from last, either way."""
    row = db.execute(
        "select article_id, other_id from parted where ? in (article_id, other_id) order by id desc limit 1",
        [article_id],
    ).fetchone()
    return None if row is None else int(row[1] if row[0] == article_id else row[0])


def forget_parting(db: Db, one: int, other: int) -> None:
    """Lets canonical addresses join two articles again: their owner says that they are one."""
    db.execute(f"delete from parted where (article_id, other_id) in (values {_BOTH_WAYS})", [one, other, other, one])


def _sights(db: Db, article_id: int) -> list[Made]:
    rows = db.execute(
        "select id, version_id, seen_at, received_at, origin, aside, key, brought_by from captures where article_id = ? "
        "order by seen_at, id",
        [article_id],
    ).fetchall()
    return [
        Made(id_, version_id, Seen(from_text(seen_at), from_text(received_at), as_origin(origin), aside, key, by))
        for id_, version_id, seen_at, received_at, origin, aside, key, by in rows
    ]


def _like(sights: Sequence[Made], chosen: Collection[int]) -> Capture:
    """What a new article is made of; its versions say the rest."""
    first = next(each for each in sights if each.id in chosen)
    return Capture("", Content("", ()), first.seen.seen_at, first.seen.origin)


def _rebuild(db: Db, kept_id: int, other_id: int, rest: Sequence[Made], chosen: Sequence[Made]) -> None:
    """Gives each article its captures, as if they had been recorded into it alone. The rest is built beside what is stored,
    which is taken away then, and moves into its place."""
    texts = {id_: read_text(db, id_) for id_ in {each.version_id for each in (*rest, *chosen)}}
    page = identify(_url_of(db, kept_id))
    beside_id = add_article(db, _like(rest, {each.id for each in rest}), page)
    for article_id, sights in ((other_id, chosen), (beside_id, rest)):
        _record(db, article_id, sights, texts)
    move_copies(db, kept_id, other_id, {(each.seen.seen_at, each.seen.key) for each in chosen})
    move_copies(db, kept_id, beside_id)
    db.execute("delete from captures where article_id = ?", [kept_id])
    for table in ("copies", "copy_texts", "versions", "blocks"):
        db.execute(f"delete from {table} where article_id = ?", [kept_id])
    for table in ("blocks", "versions", "captures", "copies", "copy_texts"):
        db.execute(f"update {table} set article_id = ? where article_id = ?", [kept_id, beside_id])
    db.execute("delete from changes_due where article_id = ?", [beside_id])
    db.execute("delete from articles where id = ?", [beside_id])
    for article_id in (kept_id, other_id):
        if has_copies(db, article_id):
            arrange(db, article_id)
    (checked_at,) = db.execute("select last_checked_at from articles where id = ?", [kept_id]).fetchone()
    refresh_article(db, kept_id, from_text(checked_at))
    refresh_public(db, kept_id)


def _record(db: Db, article_id: int, sights: Sequence[Made], texts: dict[int, Text]) -> None:
    for each in sights:
        copy_readings(db, each.version_id, move_capture(db, article_id, texts[each.version_id], each.seen))


def _choose_as(db: Db, other_id: int, kept_id: int) -> None:
    db.execute(
        f"update articles set ({_CHOSEN}) = (select {_CHOSEN} from articles where id = ?) where id = ?",
        [kept_id, other_id],
    )
    row = {"article_id": other_id, "host": identify(_url_of(db, other_id)).host}
    insert(db, "checks", row, ignore=True)


def _lead_away(db: Db, led: Led, kept_id: int, other_id: int) -> None:
    """Makes an address lead to the new article; where what stays was read at another spelling of it, by the form that
    tells the two apart."""
    namesakes = _namesakes(db, led, kept_id)
    is_plain = led.page.keys[0] == led.page.key
    keys = led.keys if is_plain or not namesakes else led.keys[:1]
    marks = ", ".join("?" * len(keys))
    db.execute(f"update aliases set article_id = ? where key in ({marks})", [other_id, *keys])
    rows = [{"key": led.page.keys[0], "article_id": other_id, "link": led.page.link}]
    rows += [{"key": key, "article_id": kept_id} for key in namesakes]
    insert_all(db, "aliases", rows, ignore=True)


def _namesakes(db: Db, led: Led, kept_id: int) -> list[str]:
    """The addresses at which what stays was read and that come to the same key."""
    rows = db.execute(
        "select distinct key from captures where article_id = ? and key is not null", [kept_id]
    ).fetchall()
    return [key for (key,) in rows if keys_of(db, page_of(key))[-1] == led.keys[-1]]


def _settle_address(db: Db, kept_id: int, parted: PageURL) -> None:
    """Gives an article whose own address was parted from it, or only claimed, another that leads to it."""
    own = identify(_url_of(db, kept_id))
    lead = lead_of(db, own)
    if lead is not None and lead.article_id == kept_id:
        give_back(db, kept_id, own)
        return
    link = read_link(db, kept_id, parted)
    if link is not None:
        set_address(db, kept_id, link)


def _url_of(db: Db, article_id: int) -> str:
    return str(db.execute("select url from articles where id = ?", [article_id]).fetchone()[0])
