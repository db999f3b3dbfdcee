"""A page looked at again and again, an hour apart, as the poller would: what became a version."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from rowback.capture.captures import from_html
from rowback.diff.telling.history import tell
from rowback.errors import NotAnArticle
from rowback.model import Origin
from rowback.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.model import Content
    from rowback.told import Edit
    from tests.evaluation.articles import ArticlePage

START = datetime(2024, 1, 8, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)
MAX_SAID = 160  # characters


@dataclass(frozen=True)
class Look:
    """A page as it is at one look, and who looks."""

    html: str
    origin: Origin = Origin.POLL


@dataclass(frozen=True)
class Made:
    """A version that a look made (0 is the first look): its text, and the edits from the version before."""

    look: int
    content: Content
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Outcome:
    """What became of the looks at a page: the versions after the first. `refused` has the looks that were not believed."""

    page: str
    name: str
    is_stored: bool
    versions: tuple[Made, ...] = ()
    refused: tuple[int, ...] = ()

    def versions_after(self, looks: int) -> list[Made]:
        """The versions that later looks than the first so many made."""
        return [made for made in self.versions if made.look >= looks]

    def looks(self) -> str:
        """The looks that made a version, counted from 1."""
        return ", ".join(str(made.look + 1) for made in self.versions)

    def said(self) -> str:
        """The edit that the last version made, for people."""
        edits = self.versions[-1].edits if self.versions else ()
        return "; ".join(edit.markup for edit in edits)[:MAX_SAID]


def look_again(template: Path, page: ArticlePage, name: str, looks: Sequence[Look]) -> Outcome:
    """Captures a page's looks in a store of their own, a copy of `template`."""
    with tempfile.TemporaryDirectory(dir=template.parent) as folder:
        path = Path(folder) / "looks.db"
        shutil.copy(template, path)
        store = Store(path)
        try:
            return _captured(store, page, name, looks)
        finally:
            store.end()


def _captured(store: Store, page: ArticlePage, name: str, looks: Sequence[Look]) -> Outcome:
    made, refused = [], []
    for n, look in enumerate(looks):
        seen_at = START + n * HOUR
        try:
            recorded = store.record(from_html(page.url, look.html, seen_at, look.origin), seen_at)
        except NotAnArticle:
            if n == 0:
                return Outcome(page.id, name, is_stored=False)
            refused.append(n)
            continue
        if recorded.new_version and n:
            made.append(_made(store, recorded.article.id, n))
    return Outcome(page.id, name, True, tuple(made), tuple(refused))


def _made(store: Store, article_id: int, look: int) -> Made:
    versions = store.versions.of_article(article_id)
    last = len(versions) - 1
    return Made(look, versions[last].content, tell(versions, last - 1, last).edits)
