"""Articles: what is asked about them, and their rows, which others read and write inside transactions of their own."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rowback.errors import UnknownArticle
from rowback.model import MAX_TITLE, Article, Status
from rowback.store.audience import Audience
from rowback.store.instants import from_text, maybe_from_text, maybe_to_text, to_text
from rowback.store.leads import lead_of, led_of, note_leads
from rowback.store.putting import insert
from rowback.store.sayings import note_led, note_listed
from rowback.text.urls import identify, identify_asked, site_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from rowback.model import Capture
    from rowback.store.database import Connection
    from rowback.store.engine import Db
    from rowback.store.leads import Led
    from rowback.text.urls import PageURL

ARTICLE = (
    "articles.id, articles.url, articles.source, articles.title, articles.published_at, articles.first_seen_at, "
    "articles.last_checked_at, articles.last_changed_at, articles.next_check_at, articles.status, "
    "articles.version_count, articles.revision, articles.hidden_reason, articles.listed"
)


MAX_REMEMBERED = 1_000  # addresses, and rows, of which is remembered what they say: some kilobytes each


def article_columns(audience: Audience) -> str:
    """`ARTICLE` as it is told. The next check is no stranger's: it is planned from when somebody read the article."""
    if not audience.is_strangers:
        return ARTICLE
    instants = {f"articles.{name}" for name in ("first_seen_at", "last_checked_at", "last_changed_at")}
    columns = [audience.instant(each) if each in instants else each for each in ARTICLE.split(", ")]
    return ", ".join("null" if each == "articles.next_check_at" else each for each in columns)


class Articles:
    """The articles of a store, as an audience sees them. Each method is one transaction."""

    def __init__(self, connection: Connection, audience: Audience = Audience.TRUSTED) -> None:
        self._connection = connection
        self._audience = audience
        self._query = f"select {article_columns(audience)} from articles "
        # In one look for whoever asks for edits: another query would cost a twentieth of all that the answer does.
        has_backfill = "exists (select 1 from backfills where backfills.article_id = articles.id)"
        self._query_by_key = (
            f"select {article_columns(audience)}, {has_backfill} from articles "
            f"join aliases on aliases.article_id = articles.id where {self._where('key = ?')}"
        )

    def find(self, url: str) -> Article | None:
        """The article that an address leads to; of a page in an AMP viewer the publisher's, or what was read in the viewer
        itself. Raises `BadURL`."""
        pages, key = _asked(url.strip())
        if key is not None:
            row = self._connection.row(self._query_by_key, (key,))
            return None if row is None else _read_before(row)
        with self._connection.read() as db:
            for page in pages:
                lead = lead_of(db, page)
                if lead is None:
                    continue
                row = db.execute(f"{self._query} where {self._where('id = ?')}", [lead.article_id]).fetchone()
                if row is not None:
                    return as_article(row)
        return None

    def lead(self, url: str, article_id: int, brought_by: int | None = None) -> None:
        """Makes an address that leads nowhere yet lead to an article. What is read there on another host brings no version.
        `brought_by` is the import that says so, if one does. Raises `BadURL`."""
        page = identify(url)
        with self._connection.write() as db:
            article_id, led = resolve(db, article_id), led_of(db, page)
            if led.lead is None or led.lead.article_id == article_id:
                note_led(db, article_id, [led.key], brought_by)
            note_leads(db, article_id, [led])

    def bring(self, article_id: int) -> None:
        """Lists an article that was brought for others to see, without capturing it: see `list_article`."""
        with self._connection.write() as db:
            article_id = resolve(db, article_id)
            note_listed(db, article_id)
            list_article(db, article_id)

    def get(self, article_id: int) -> Article | None:
        """The article with an id, also where that was merged into another."""
        with self._connection.read() as db:
            row = db.execute(f"{self._query} where {self._where('id = ?')}", [resolve(db, article_id)]).fetchone()
        return None if row is None else as_article(row)

    def kept_id(self, article_id: int) -> int:
        """The id of the article into which an article was merged; any other id itself, as is one merged into what is not
        shown."""
        with self._connection.read() as db:
            kept_id = resolve(db, article_id)
            query = f"select id from articles where {self._where('id = ?')}"
            return article_id if db.execute(query, [kept_id]).fetchone() is None else kept_id

    def newest(self, limit: int, before: tuple[datetime, int] | None = None) -> list[Article]:
        """Articles that are shown, by their last change, newest first; `before` is (last change, id) of the last one seen."""
        changed_at = self._audience.instant("last_changed_at")
        where = self._where("hidden_reason is null", *([f"({changed_at}, id) < (?, ?)"] if before else []))
        bounds = [to_text(before[0]), before[1]] if before else []
        with self._connection.read() as db:
            rows = db.execute(
                f"{self._query} where {where} order by {changed_at} desc, id desc limit ?", [*bounds, limit]
            ).fetchall()
        return [as_article(row) for row in rows]

    def by_id(self, limit: int, after: int = 0) -> list[Article]:
        """Articles by their ids, also hidden ones; `after` is the last id seen."""
        with self._connection.read() as db:
            rows = db.execute(
                f"{self._query} where {self._where('id > ?')} order by id limit ?", [after, limit]
            ).fetchall()
        return [as_article(row) for row in rows]

    def hidden_count(self) -> int:
        """How many are hidden from readers."""
        with self._connection.read() as db:
            return int(db.execute("select count(*) from articles where hidden_reason is not null").fetchone()[0])

    def known(self, urls: Mapping[str, PageURL]) -> dict[str, tuple[Article, int | None]]:
        """Of addresses, those that lead to an article that is shown, with its count of edits where noted."""
        with self._connection.read() as db:
            found = {}
            for url, page in urls.items():
                lead = lead_of(db, page)
                if lead is None:
                    continue
                row = db.execute(
                    f"select {article_columns(self._audience)}, edit_count from articles "
                    f"where {self._where('id = ?', 'hidden_reason is null')}",
                    [lead.article_id],
                ).fetchone()
                if row is not None:
                    found[url] = (as_article(row[:-1]), row[-1])
        return found

    def note_edit_count(self, article: Article, edit_count: int) -> None:
        """Keeps the number of an article's edits, as long as nothing new was recorded meanwhile."""
        with self._connection.write() as db:
            db.execute(
                "update articles set edit_count = ? where id = ? and revision = ?",
                [edit_count, article.id, article.revision],
            )

    def _where(self, *conditions: str) -> str:
        return " and ".join([*conditions, *self._audience.listed("articles")])


@lru_cache(maxsize=MAX_REMEMBERED)
def _asked(url: str) -> tuple[tuple[PageURL, ...], str | None]:
    """The pages that may be meant by an address, and the key under which alone it may lead somewhere; None where that takes a
    look at what was learned. Raises `BadURL`."""
    pages = tuple(dict.fromkeys((identify_asked(url), identify(url))))
    page = pages[0]
    is_plain = len(pages) == 1 and page.keys == (page.key,) and "?" not in page.key
    return pages, page.key if is_plain else None


def resolve(db: Db, article_id: int) -> int:
    """The id under which an article is known now."""
    row = db.execute("select article_id from moved_articles where id = ?", [article_id]).fetchone()
    return article_id if row is None else int(row[0])


def article_of(db: Db, article_id: int, audience: Audience = Audience.TRUSTED) -> Article:
    """The article with an id, as an audience is told of it, be it listed or not. Raises `UnknownArticle`."""
    row = db.execute(f"select {article_columns(audience)} from articles where id = ?", [article_id]).fetchone()
    if row is None:
        raise UnknownArticle(f"There is no article {article_id}.")
    return as_article(row)


@lru_cache(maxsize=MAX_REMEMBERED)
def _read_before(row: tuple[Any, ...]) -> Article:
    """As `as_article`, of articles that are asked for again and again, with what else that query tells."""
    return replace(as_article(row[:-1]), has_backfill=bool(row[-1]))


def as_article(row: Sequence[Any]) -> Article:
    """The article that a row of `ARTICLE` holds."""
    (
        id_,
        url,
        source,
        title,
        published_at,
        first,
        checked,
        changed,
        next_check_at,
        status,
        versions,
        revision,
        hidden,
        listed,
    ) = row
    return Article(
        id=int(id_),
        url=url,
        source=source,
        title=title[:MAX_TITLE],
        published_at=maybe_from_text(published_at),
        first_seen_at=from_text(first),
        last_checked_at=from_text(checked),
        last_changed_at=from_text(changed),
        next_check_at=maybe_from_text(next_check_at),
        status=Status(status),
        version_count=int(versions),
        revision=int(revision),
        hidden_reason=hidden,
        is_listed=bool(listed),
    )


def add_article(db: Db, capture: Capture, address: PageURL) -> int:
    """An article without versions, at an address of its own. Returns its id."""
    article_id, seen_at = _free_id(db), to_text(capture.seen_at)
    row = {
        "id": article_id,
        "url": address.link,
        "source": site_of(address.host),
        "title": capture.content.title,
        "published_at": maybe_to_text(capture.published_at),
        "first_seen_at": seen_at,
        "last_checked_at": seen_at,
        "last_changed_at": seen_at,
        "public_first_seen_at": seen_at,
        "public_last_checked_at": seen_at,
        "public_last_changed_at": seen_at,
        "status": Status.PAUSED.value,
        "version_count": 0,
        "revision": 0,
    }
    insert(db, "articles", row)
    return article_id


def _free_id(db: Db) -> int:
    """SQLite would give the id of an article that was merged into another to the next one."""
    # Each maximum by itself is read from the end of a table; that of both together would read all ids.
    row = db.execute("select (select max(id) from articles), (select max(id) from moved_articles)").fetchone()
    return max(row[0] or 0, row[1] or 0) + 1


def note_capture(
    db: Db, article_id: int, addresses: Sequence[Led], published_at: datetime | None, *, is_given: bool
) -> None:
    """What a capture says of its article besides the text: addresses that lead to it, where none did before, by the owner's
    word where `is_given`; and when it was published, where that is not known yet."""
    note_leads(db, article_id, addresses)
    if is_given:
        give_aliases(db, article_id, addresses)
    if published_at is not None:
        db.execute(
            "update articles set published_at = ? where id = ? and published_at is null",
            [to_text(published_at), article_id],
        )


def store_anyway(db: Db, article_id: int) -> None:
    """Notes that a person had an article stored although it looks like none."""
    db.execute("update articles set is_anyway = 1 where id = ? and is_anyway = 0", [article_id])


def is_stored_anyway(db: Db, article_id: int) -> bool:
    """Whether a person had an article stored although it looks like none."""
    row = db.execute("select is_anyway from articles where id = ?", [article_id]).fetchone()
    return row is not None and bool(row[0])


def give_aliases(db: Db, article_id: int, addresses: Sequence[Led]) -> None:
    """Notes that the owner says that addresses are an article's, whatever hosts they are on."""
    for key in (key for each in addresses for key in each.keys):
        db.execute("update aliases set is_given = 1 where key = ? and article_id = ?", [key, article_id])


def refresh_article(db: Db, article_id: int, seen_at: datetime) -> None:
    """What an article tells of its versions, after one more capture; what strangers are told is `store.public`'s."""
    db.execute(
        """
        update articles set
            title = (select title from versions where article_id = :id order by seen_at desc, id desc limit 1),
            first_seen_at = (select min(seen_at) from versions where article_id = :id),
            last_changed_at = (select max(seen_at) from versions where article_id = :id),
            version_count = (select count(*) from versions where article_id = :id),
            last_checked_at = max(last_checked_at, :seen_at),
            edit_count = null,
            revision = revision + 1
        where id = :id
        """,
        {"id": article_id, "seen_at": to_text(seen_at)},
    )


def list_article(db: Db, article_id: int) -> None:
    """Lets strangers see an article that was brought for others to see, unless its owner said otherwise."""
    db.execute("update articles set listed = 1 where id = ? and listed = 0 and listing_is_chosen = 0", [article_id])
