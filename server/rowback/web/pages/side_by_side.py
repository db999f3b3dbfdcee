"""Any two versions of an article beside each other, or in one text."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from rowback.apart.lanes import ASKED, weight_of
from rowback.diff.telling.table import lay_out, lay_out_within
from rowback.errors import PageTooCostly
from rowback.model import Paging
from rowback.text.tongue import gettext, ngettext
from rowback.web.guard.visibility import by_id, seen, step_between
from rowback.web.numbering import check_number
from rowback.web.pages.open_graph import preview
from rowback.web.pages.wording import next_check

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from rowback.diff.telling.table import Row, Table
    from rowback.model import Article
    from rowback.store import Store
    from rowback.store.versions import Span
    from rowback.web.pages.open_graph import LinkPreview

# Runs of more unchanged rows than this can be folded away; they are, where the whole table is long.
FOLDABLE_ROWS = 3
LONG_TABLE_ROWS = 60
# Rows on both sides of a change that stay in sight.
KEPT_ROWS = 1


@dataclass(frozen=True, slots=True)
class RowRun:
    """Neighbouring rows; `folds` when all are unchanged and may be folded away."""

    rows: tuple[Row, ...]
    folds: bool


def create_diff(store: Store, now: Callable[[], datetime]) -> Blueprint:
    """The blueprint."""
    pages = Blueprint("diff", __name__)

    @pages.get("/articles/<int:article_id>/diff/<int:a>/<int:b>")
    def diff_page(article_id: int, a: int, b: int) -> str:
        article = by_id(store, article_id)
        check_number(article.version_count, a)
        check_number(article.version_count, b)
        versions = seen(store).versions.spans(article.id)
        old, new = versions[a], versions[b]
        table = table_of(store, article, old, new)
        return render_template(
            "diff.html",
            article=article,
            checks=next_check(article, now()),
            versions=versions,
            old=old,
            new=new,
            step=step_between(store, article.id, old, new),
            table=table,
            runs=runs(table.rows),
            folded=len(table.rows) > LONG_TABLE_ROWS,
            inline=request.args.get("view") == "inline",
            view="?view=inline" if request.args.get("view") == "inline" else "",
            preview=_preview(article, old, new, table),
        )

    return pages


def _preview(article: Article, old: Span, new: Span, table: Table) -> LinkPreview | None:
    """What sites show of the page: one of its edits has a picture where the older version stands first."""
    told = ngettext("%(num)s edit", "%(num)s edits", len(table.edits))
    between = gettext("Version %(old)s and version %(new)s", old=old.number, new=new.number)
    pair = (old, new) if old.number < new.number else None
    return preview(article, f"/diff/{old.number}/{new.number}", f"{between}: {told}", pair, table.edits)


def table_of(store: Store, article: Article, old: Span, new: Span) -> Table:
    """Two versions beside each other; where there are others between them, with what those tell of each edit."""
    if new.paging is not Paging.NONE:
        return _within(store, article, old, new)
    if new.number > old.number + 1:
        with suppress(PageTooCostly):
            return _within(store, article, old, new)
    contents = store.versions.contents(old.id, new.id)
    asked = article, old.id, new.id
    return ASKED.run_unless_refused(asked, weight_of(*contents), lay_out, *contents)


def table_as_told(store: Store, article: Article, old: Span, new: Span) -> Table:
    """The same with the edits of the article's page and of the API, which follow blocks through what lies between."""
    return _within(store, article, old, new, as_told=True)


def _within(store: Store, article: Article, old: Span, new: Span, *, as_told: bool = False) -> Table:
    versions = seen(store).versions.of_article(article.id)[: max(old.number, new.number) + 1]
    asked = "within", article, old.id, new.id, as_told
    weight = weight_of(*(version.content for version in versions))
    numbers = old.number, new.number
    return ASKED.run_unless_refused(asked, weight, lay_out_within, versions, *numbers, as_told=as_told)


def runs(rows: Sequence[Row]) -> list[RowRun]:
    """The rows in runs, so that long unchanged stretches can be folded but for what stands beside a change."""
    told: list[RowRun] = []
    start = 0
    while start < len(rows):
        end = start
        unchanged = rows[start].edit is None
        while end < len(rows) and (rows[end].edit is None) == unchanged:
            end += 1
        run = tuple(rows[start:end])
        told += _cut(run, is_first=start == 0, is_last=end == len(rows)) if unchanged else [RowRun(run, folds=False)]
        start = end
    return told


def _cut(rows: tuple[Row, ...], *, is_first: bool, is_last: bool) -> list[RowRun]:
    lead, trail = 0 if is_first else KEPT_ROWS, 0 if is_last else KEPT_ROWS
    middle = rows[lead : len(rows) - trail]
    if len(middle) <= FOLDABLE_ROWS:
        return [RowRun(rows, folds=False)]
    parts = (
        RowRun(rows[:lead], folds=False),
        RowRun(middle, folds=True),
        RowRun(rows[len(rows) - trail :], folds=False),
    )
    return [part for part in parts if part.rows]
