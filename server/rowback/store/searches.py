"""Saved searches: queries that a reader gave a name, for coming back, for feed readers, and for alerts. Each reader has their
own, and they go with the reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.errors import BadInput, NotFound
from rowback.store.instants import from_text, to_text
from rowback.store.putting import inserted
from rowback.store.search import filters_of
from rowback.text.plain import is_whole
from rowback.text.query import MAX_QUERY_CHARACTERS, parse
from rowback.text.tongue import gettext

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store.database import Connection
    from rowback.store.latest import Filters

MAX_NAME = 60  # characters: it is a heading, a line in lists and a part of addresses
MAX_SEARCHES = 200  # of a reader: a list that a person still reads
COLUMNS = "searches.id, searches.reader_id, searches.name, searches.query, searches.created_at"
_IN_NO_NAME = frozenset("/\\?#%")  # what means something else in an address, or what some proxies make of it


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query with a name, of the reader with a number."""

    id: int
    reader: int
    name: str
    query: str
    created_at: datetime

    @property
    def filters(self) -> Filters:
        """The edits that it finds: for words alone, those of passages that have the words before or after."""
        return filters_of(parse(self.query))


class Searches:
    """The saved searches of a store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, reader: int, name: str, query: str, at: datetime) -> SavedSearch:
        """Gives a query a name. Raises `BadInput` for a query that cannot be read, and for a name that is taken."""
        name, query = checked_name(name), " ".join(query.split())
        if len(query) > MAX_QUERY_CHARACTERS:
            raise BadInput(gettext("A search has at most %(most)s characters.", most=MAX_QUERY_CHARACTERS), "q")
        filters_of(parse(query))
        if not is_whole(query):
            raise BadInput(gettext("Type at least one word to look for."), "q")
        with self._connection.write() as db:
            if db.execute("select 1 from searches where reader_id = ? and name = ?", [reader, name]).fetchone():
                raise BadInput(
                    gettext("You have a search named %(name)s already. Choose another name.", name=name), "name"
                )
            (count,) = db.execute("select count(*) from searches where reader_id = ?", [reader]).fetchone()
            if count >= MAX_SEARCHES:
                raise BadInput(
                    gettext("A reader saves up to %(most)s searches. Remove one first.", most=MAX_SEARCHES), "name"
                )
            row = {"reader_id": reader, "name": name, "query": query, "created_at": to_text(at)}
            number = inserted(db, "searches", row)
        return SavedSearch(int(str(number)), reader, name, query, at)

    def all(self, reader: int) -> list[SavedSearch]:
        """A reader's searches, by name."""
        with self._connection.read() as db:
            rows = db.execute(f"select {COLUMNS} from searches where reader_id = ? order by name", [reader]).fetchall()
        return [as_search(row) for row in rows]

    def named(self, reader: int, name: str) -> SavedSearch:
        """A reader's search with a name. Raises `NotFound`, alike for one that only another reader has."""
        query = f"select {COLUMNS} from searches where reader_id = ? and name = ?"
        row = self._connection.row(query, [reader, name]) if is_whole(name) else None
        if row is None:
            raise NotFound(gettext("You have no search named %(name)s.", name=name[:MAX_NAME]))
        return as_search(row)

    def remove(self, reader: int, name: str) -> SavedSearch:
        """Removes a search, with its alerts. Raises `NotFound`."""
        found = self.named(reader, name)
        with self._connection.write() as db:
            db.execute("delete from searches where id = ?", [found.id])
        return found


def checked_name(given: str) -> str:
    """A name as it is kept, in one line. Raises `BadInput`."""
    name = " ".join(given.split())
    is_told = 0 < len(name) <= MAX_NAME and name.isprintable() and name.strip(".") and not _IN_NO_NAME & set(name)
    if not is_told:
        raise BadInput(
            gettext(
                "A search needs a name: 1 to %(most)s characters that can be printed, without %(signs)s.",
                most=MAX_NAME,
                signs=" ".join(sorted(_IN_NO_NAME)),
            ),
            "name",
        )
    return name


def as_search(row: tuple[int, int, str, str, str]) -> SavedSearch:
    """The search that a row of `COLUMNS` holds."""
    id_, reader, name, query, created_at = row
    return SavedSearch(id_, reader, name, query, from_text(created_at))
