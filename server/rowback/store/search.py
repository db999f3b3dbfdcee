"""Full-text search of all versions: blocks and headlines with the span of versions in which they stood.

Newest first, a page at a time. A page goes on until it is full, or all was looked at; where filters let next to nothing
through it stops after very many, and says that there may be more.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.deferred import Deferred
from rowback.errors import BadInput
from rowback.model import Found
from rowback.store.articles import article_of
from rowback.store.audience import Audience
from rowback.store.beginnings import spelled_out
from rowback.store.bodies import bodies_of
from rowback.store.handfuls import handfuls
from rowback.store.latest import Filters
from rowback.store.marking import Marker
from rowback.store.matching import matching
from rowback.store.own_filters import own_filters
from rowback.store.sqlite.fts5_texts import match_of
from rowback.store.versions import read_spans
from rowback.text.query import Query, all_of, of_edits, parse
from rowback.text.snippet import MAX_READ_CHARACTERS, Pieces, around, around_marked
from rowback.text.spacing import has_unspaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from rowback.diff.labels import rules
    from rowback.diff.words import compare
    from rowback.model import Article
    from rowback.store.database import Connection
    from rowback.store.engine import Db
    from rowback.store.latest import Latest, Listed
    from rowback.store.versions import Span
    from rowback.text.query import Term
else:
    rules = Deferred("rowback.diff.labels.rules")
    compare = Deferred("rowback.diff.words.compare")

# What a page looks at before it stops and says so: matches whose article does not fit, and such as have to be read to know.
MOST, MOST_READ = 250_000, 10_000  # a quarter of a second
CHUNK = 50
HEADLINES_FIRST = 5  # headlines above the texts on a first page


@dataclass(frozen=True, slots=True)
class TextFound(Found):
    """A block or headline. `snippet` is the text around the words as (text, is a hit) pairs; `first_version_id` is the row of
    the oldest version that has it."""

    snippet: tuple[tuple[str, bool], ...]
    is_headline: bool
    seen_at: datetime
    last_seen_at: datetime
    first_version_id: int

    @property
    def still_stands(self) -> bool:
        """Whether the newest version has it."""
        return self.last_version == self.article.version_count - 1


@dataclass(frozen=True, slots=True)
class Texts:
    """A page of found texts. `next` continues the search, None at its end; `is_partial`: it may continue with nothing."""

    items: tuple[TextFound, ...]
    next: int | None
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found; `next` where it is less than was asked for and not all was looked at: where to go on."""

    items: tuple[Found, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class _Place:
    """What is searched: a table with its two indexes and how a row of it is read."""

    table: str
    rows: str
    is_headline: bool


_BLOCKS = _Place(
    "blocks",
    "select id, article_id, text from blocks where id in ({})",
    is_headline=False,
)
_HEADLINES = _Place(
    "versions",
    "select id, article_id, title from versions where id in ({})",
    is_headline=True,
)


def filters_of(query: Query, reader: int | None = None) -> Filters:
    """The steps that a query about edits looks for, among them those that a reader marked. Raises `BadInput` for a label
    that does not exist, and for `is:` where no reader is meant."""
    unknown = [label for label in query.labels if label not in rules.LABELS]
    if unknown:
        raise BadInput(f"There is no label {unknown[0][:40]}. The labels are: {', '.join(rules.LABELS)}.")
    return Filters(
        sources=query.sources,
        labels=query.labels,
        after=query.after,
        before=query.before,
        words=match_of(edited) if (edited := of_edits(query)) is not None else None,
        title=match_of(all_of(query.title)) if query.title else None,
        own=own_filters(query, reader),
    )


class Search:
    """The search of a store's texts and edits, as an audience sees them."""

    def __init__(self, connection: Connection, latest: Latest, audience: Audience = Audience.TRUSTED) -> None:
        self._connection = connection
        self._latest = latest
        self._audience = audience

    def find(self, words: str, limit: int) -> list[Found]:
        """What fits a query (see `look`), for as long as it takes. Raises `BadInput`."""
        found: list[Found] = []
        older: int | None = None
        while True:
            looked = self.look(words, limit - len(found), older)
            found += looked.items
            older = looked.next
            if older is None or len(found) == limit:
                return found

    def look(self, words: str, limit: int, older_than: int | None = None) -> Looked:
        """Texts that fit a query (see `rowback.text.query`), newest first; for a query about edits, the edited words as they
        stood before (where it looks for what was removed) or after. Raises `BadInput`."""
        query = parse(words)
        if query.is_about_edits:
            edits = self._latest.page(filters_of(query), limit).items
            return Looked(tuple(_edited(listed, query) for listed in edits), None)
        page = self.texts(query, limit, older_than)
        items = tuple(Found(item.article, item.text, item.spans) for item in page.items[:limit])
        # Of headlines that were not all looked at, only the first page tells: behind it there may be texts alone.
        further = page.next or (1 if page.is_partial else None)
        return Looked(items, further if len(items) < limit else None)

    def texts(self, query: Query, limit: int, older_than: int | None = None) -> Texts:
        """What a query that is not about edits finds; `older_than` is the `next` of the page before."""
        if not query.terms:
            return self._page(_HEADLINES, query.title, query, limit, older_than)
        found = self._page(_BLOCKS, query.terms, query, limit, older_than)
        if older_than is not None or query.title:
            return found
        headlines = self._page(_HEADLINES, query.terms, query, min(limit, HEADLINES_FIRST), None)
        is_partial = found.is_partial or headlines.is_partial
        return Texts((*headlines.items, *found.items), found.next, is_partial)

    def _page(self, place: _Place, terms: Sequence[Term], query: Query, limit: int, older_than: int | None) -> Texts:
        items: list[TextFound] = []
        looked_at = read = last = 0
        with self._connection.read() as db, closing(Marker(match_of(all_of(terms, query.without)))) as marker:
            wanted, without = ([spelled_out(db, place.table, term) for term in each] for each in (terms, query.without))
            match = match_of(all_of(wanted, without))
            looker = _Looker(db, place, query, marker, self._audience)
            for handful in handfuls(db, place.table, match, older_than, query, self._audience):
                for row in looker.rows(handful.fitting):
                    if len(items) == limit:
                        return Texts(tuple(items), last)
                    if read == MOST_READ:
                        return Texts(tuple(items), last, is_partial=True)
                    item = looker.shown(*row)
                    if item is not None:
                        items.append(item)
                    read, last = read + 1, row[0]
                looked_at += handful.looked_at
                last = handful.last
                if looked_at >= MOST and not handful.is_last:
                    return Texts(tuple(items), last, is_partial=True)
        return Texts(tuple(items), None)


def _edited(listed: Listed, query: Query) -> Found:
    """An edit as the text that it left or made, and the version that had it."""
    step = listed.step
    side, number = (compare.DELETE, step.number - 1) if query.removed else (compare.INSERT, step.number)
    text = "".join(segment.text for segment in step.excerpt if segment.op in (compare.EQUAL, side))
    return Found(listed.article, text, ((number, number),))


class _Looker:
    """Reads matches in order and lets through what the query's other conditions allow."""

    def __init__(self, db: Db, place: _Place, query: Query, marker: Marker, audience: Audience) -> None:
        self._db, self._place, self._query, self._marker, self._audience = db, place, query, marker, audience
        self._articles: dict[int, Article] = {}
        self._spans: dict[int, list[Span]] = {}
        self._bodies: dict[int, dict[int, frozenset[int]]] = {}
        self._seen: set[tuple[int, str]] = set()
        self._titled = _titled(db, query) if query.title and query.terms else None

    def rows(self, matches: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
        """The matches, each an id and its article's, that are of articles with the headline asked for, with their texts."""
        ids = [id_ for id_, article_id in matches if self._titled is None or article_id in self._titled]
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            sql = self._place.rows.format(", ".join("?" * len(chunk)))
            yield from sorted(self._db.execute(sql, chunk).fetchall(), reverse=True)

    def shown(self, id_: int, article_id: int, text: str) -> TextFound | None:
        """What is to be shown of a match; None where that is nothing."""
        if (article_id, text) in self._seen:
            return None
        self._seen.add((article_id, text))
        article = self._article(article_id)
        numbers = self._numbers(id_, article_id)
        if not numbers:
            return None
        spans = self._of(article_id)
        return TextFound(
            article=article,
            text=text,
            snippet=self._snippet(text),
            is_headline=self._place.is_headline,
            spans=_runs(numbers),
            seen_at=spans[numbers[0]].seen_at,
            last_seen_at=spans[numbers[-1]].last_seen_at,
            first_version_id=spans[numbers[0]].id,
        )

    def _numbers(self, id_: int, article_id: int) -> list[int]:
        """The numbers of the versions in which a row stood, if any of them lies in the period asked for."""
        after, before = self._query.after, self._query.before
        stood = self._stood(id_, article_id)
        if not any(
            (not before or span.seen_at < before) and (not after or span.last_seen_at >= after) for span in stood
        ):
            return []
        return [span.number for span in stood]

    def _stood(self, id_: int, article_id: int) -> list[Span]:
        """The versions that have a block, or the headline of another version."""
        spans = self._of(article_id)
        if self._place.is_headline:
            title = next((span.title for span in spans if span.id == id_), None)
            return [span for span in spans if span.title == title]
        if article_id not in self._bodies:
            self._bodies[article_id] = {
                version_id: frozenset(ids) for version_id, ids in bodies_of(self._db, article_id).items()
            }
        bodies = self._bodies[article_id]
        return [span for span in spans if id_ in bodies.get(span.id, ())]

    def _article(self, article_id: int) -> Article:
        if article_id not in self._articles:
            self._articles[article_id] = article_of(self._db, article_id, self._audience)
        return self._articles[article_id]

    def _of(self, article_id: int) -> list[Span]:
        if article_id not in self._spans:
            self._spans[article_id] = read_spans(self._db, article_id, self._audience)
        return self._spans[article_id]

    def _snippet(self, text: str) -> Pieces:
        if len(text) > MAX_READ_CHARACTERS or has_unspaced(text):
            return around(text, self._query)
        return around_marked(self._marker.marked(text))


def _runs(numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Numbers as runs of neighbours: 0, 1, 3 are 0 to 1, and 3."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        first, last = runs[-1] if runs else (number, number)
        if runs and number == last + 1:
            runs[-1] = first, number
        else:
            runs.append((number, number))
    return tuple(runs)


def _titled(db: Db, query: Query) -> set[int]:
    """The articles that had a headline with the words asked for."""
    match = match_of(all_of(query.title))
    rows = db.execute(
        f"select distinct article_id from versions where id in ({matching('versions')})", [match, match]
    ).fetchall()
    return {row[0] for row in rows}
