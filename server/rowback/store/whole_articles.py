"""Articles one after the other, each as a whole: what exports read, in memory that does not grow with the store.

Of each article the versions, their texts and the kept steps are read in one transaction, so that they fit each other;
from article to article the store may change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.model import Paging
from rowback.store.articles import article_columns, as_article
from rowback.store.audience import Audience
from rowback.store.instants import to_text
from rowback.store.steps import ATTEMPTS, as_kept_step, step_columns, told_step
from rowback.store.versions import MAX_EARLIER, read_spans, with_mementos, with_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rowback.diff.telling.step import Step
    from rowback.model import Article, Version
    from rowback.store.database import Connection
    from rowback.store.engine import Db
    from rowback.store.latest import Filters
    from rowback.store.steps import KeptStep, KeptSteps
    from rowback.store.stretches import Condition
    from rowback.store.versions import Span

BATCH = 200  # articles whose ids are read at once: numbers, but only so many can be outdated


@dataclass(frozen=True, slots=True)
class WholeArticle:
    """An article's versions, numbered from 0, with what each is without its text, and its kept steps by the number of
    the version that they led to."""

    article: Article
    spans: tuple[Span, ...]
    versions: tuple[Version, ...]
    steps: dict[int, KeptStep]

    def wanted(self, filters: Filters) -> Iterator[Version]:
        """The versions that were first seen in a period; with labels, those that a step with all of them led to."""
        for version in self.versions:
            step = self.steps.get(version.number)
            if filters.after is not None and version.seen_at < filters.after:
                continue
            if filters.before is not None and version.seen_at >= filters.before:
                continue
            if not filters.labels or (step is not None and set(filters.labels) <= set(step.labels)):
                yield version

    def told(self, number: int) -> Step:
        """The step to a version that is not the first, with its edits: they are kept nowhere, so it is told anew."""
        old, new = self.versions[number - 1], self.versions[number]
        start = max(0, number - 1 - MAX_EARLIER)
        earlier = () if new.content.paging is Paging.NONE else self.versions[start : number - 1]
        return told_step(old.content, new.content, [version.content for version in earlier])


class WholeArticles:
    """The articles of a store, as an audience sees them."""

    def __init__(self, connection: Connection, steps: KeptSteps, audience: Audience = Audience.TRUSTED) -> None:
        self._connection = connection
        self._steps = steps
        self._audience = audience

    def count(self, filters: Filters, *, with_hidden: bool = False) -> int:
        """How many articles `each` looks at."""
        where, values = self._where(filters, with_hidden=with_hidden)
        with self._connection.read() as db:
            return int(db.execute(f"select count(*) from articles where {where}", values).fetchone()[0])

    def each(self, filters: Filters, *, with_hidden: bool = False) -> Iterator[WholeArticle]:
        """The articles that may have what is wanted (of an article, of sources, with labels, of a period), by their
        ids. An article that is merged into another or forgotten meanwhile is left out."""
        self._steps.catch_up(limit=0)  # what older rules told becomes due
        where, values = self._where(filters, with_hidden=with_hidden)
        last = 0
        while True:
            with self._connection.read() as db:
                query = f"select id from articles where {where} and id > ? order by id limit ?"
                ids = [int(row[0]) for row in db.execute(query, [*values, last, BATCH]).fetchall()]
            for last in ids:
                found = self._read(last)
                if found is not None:
                    yield found
            if len(ids) < BATCH:
                return

    def _where(self, filters: Filters, *, with_hidden: bool) -> tuple[str, list[object]]:
        """The condition on `articles`, with its values. When an article last changed its newest version was first seen."""
        first, last = (self._audience.instant(name) for name in ("first_seen_at", "last_changed_at"))
        labelled = " and ".join(["instr(labels, ?) > 0"] * len(filters.labels))
        given: list[tuple[bool, str, list[object]]] = [
            (filters.article_id is not None, "id = ?", [filters.article_id]),
            (bool(filters.sources), f"source in ({', '.join('?' * len(filters.sources))})", list(filters.sources)),
            (filters.after is not None, f"{last} >= ?", [filters.after and to_text(filters.after)]),
            (filters.before is not None, f"{first} < ?", [filters.before and to_text(filters.before)]),
            (
                bool(filters.labels),
                f"id in (select article_id from changes where {labelled} union all select article_id from changes_due)",
                [f" {label} " for label in filters.labels],
            ),
            (not with_hidden, "hidden_reason is null", []),
        ]
        chosen: list[Condition] = [(condition, values) for applies, condition, values in given if applies]
        chosen += [(condition, []) for condition in self._audience.listed("articles")]
        return " and ".join(["true", *(each for each, _ in chosen)]), [
            value for _, values in chosen for value in values
        ]

    def _read(self, article_id: int) -> WholeArticle | None:
        for _ in range(ATTEMPTS):
            with self._connection.read() as db:
                if db.execute("select 1 from changes_due where article_id = ?", [article_id]).fetchone() is None:
                    return self._whole(db, article_id)
            self._steps.refresh(article_id)
        with self._connection.read() as db:  # it is written to without a pause: edits are told of what there is
            return self._whole(db, article_id)

    def _whole(self, db: Db, article_id: int) -> WholeArticle | None:
        seen = " and ".join(["id = ?", *self._audience.listed("articles")])
        columns = article_columns(self._audience)
        row = db.execute(f"select {columns} from articles where {seen}", [article_id]).fetchone()
        if row is None:
            return None
        spans = with_mementos(db, article_id, read_spans(db, article_id, self._audience))
        kept = db.execute(
            f"select {step_columns(self._audience)} from changes where article_id = ? order by number", [article_id]
        ).fetchall()
        steps = {step.number: step for step in map(as_kept_step, kept)}
        return WholeArticle(as_article(row), tuple(spans), tuple(with_texts(db, article_id, spans)), steps)
