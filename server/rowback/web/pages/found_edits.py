"""Finds the edit that a permanent name means, as whoever asks may see it. Every part of what is shared of an edit (its page,
pictures, citations) goes through here, so that none is told where another is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.diff.telling.sides import read
from rowback.errors import UnknownEdit
from rowback.model import Paging
from rowback.text.tongue import gettext
from rowback.web.cards.line_breaks import sides
from rowback.web.edit_names import name_of, pair_named, read_name
from rowback.web.guard.visibility import audience, by_id, seen
from rowback.web.pages.side_by_side import table_as_told, table_of
from rowback.web.pages.told_once import Kept
from rowback.web.request import article_page

if TYPE_CHECKING:
    from rowback.diff.telling.table import Row, Table
    from rowback.diff.words.compare import Segment
    from rowback.model import Article
    from rowback.store import Store
    from rowback.store.versions import Span
    from rowback.told import Edit

KEPT_EDITS = 256  # some 5 KB each: a page, its picture and its citations are asked for one after the other


@dataclass(frozen=True, slots=True)
class FoundEdit:
    """An edit between two versions of an article, and the row in which it stands side by side. `is_on_diff`: that row is on
    the page of these two versions."""

    article: Article
    old: Span
    new: Span
    edit: Edit
    row: int
    is_on_diff: bool

    @property
    def name(self) -> str:
        """Its permanent name."""
        return name_of(self.old, self.new, self.edit)

    @property
    def address(self) -> str:
        """Its full address, which stays true."""
        return f"{article_page(self.article)}/edits/{self.name}"

    @property
    def headline(self) -> str:
        """What the article was called then; its address where it had no headline."""
        return self.new.title or self.old.title or self.article.url

    @property
    def sides(self) -> tuple[list[Segment], list[Segment]]:
        """What the block said before and after, around the changed words."""
        return sides(read(self.edit.markup))


@dataclass(frozen=True, slots=True)
class ReadOtherwise:
    """The versions that a name means, where none of their edits has its id: they were read again by other rules."""

    article: Article
    old: Span
    new: Span


class EditsFound:
    """The edits that were asked for last. What is found does not change before the article does."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._found: Kept[FoundEdit | ReadOtherwise] = Kept(KEPT_EDITS)

    def named(self, article_id: int, given: str) -> FoundEdit | ReadOtherwise:
        """The edit of a name. Raises `UnknownArticle`, `HiddenArticle`, `UnknownEdit`."""
        article = by_id(self._store, article_id)
        return self._found.get((audience(), article, given), lambda: self._find(article, given))

    def edit(self, article_id: int, given: str) -> FoundEdit:
        """The same for a picture or a citation, which are of an edit as it was. Raises `UnknownEdit` where it was read
        again."""
        found = self.named(article_id, given)
        if isinstance(found, ReadOtherwise):
            raise _unknown()
        return found

    def _find(self, article: Article, given: str) -> FoundEdit | ReadOtherwise:
        name, view = read_name(given), seen(self._store)
        if name is None:
            raise _unknown()
        spans = view.versions.spans(article.id)
        pair = pair_named(spans, name) or pair_named(spans, name, view.readings.fingerprints(article.id))
        if pair is None:
            raise _unknown()
        row, is_on_diff = self._row(article, *pair, name.edit_id)
        if row is None or row.edit is None:
            return ReadOtherwise(article, *pair)
        return FoundEdit(article, *pair, row.edit, row.number, is_on_diff)

    def _row(self, article: Article, old: Span, new: Span, edit_id: str) -> tuple[Row | None, bool]:
        """The row on the page of the two versions; else the one of the article's page, for which blocks are followed."""
        row = table_of(self._store, article, old, new).row_of(edit_id)
        if row is not None or (new.number == old.number + 1 and new.paging is Paging.NONE):
            return row, row is not None
        table: Table = table_as_told(self._store, article, old, new)
        return table.row_of(edit_id), False


def _unknown() -> UnknownEdit:
    return UnknownEdit(
        gettext(
            "The article has no such edit now: it was read again, or one of its versions belongs to another article. The "
            "article’s page has all that changed."
        )
    )
