"""News Sniffer's database, copied into a SQLite file: UTC, paragraphs one a line. Articles that it hides stay out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.archive.held import Cause, HeldAt, HeldKind, HeldText, Unread, paragraphs
from rowback.archive.told_times import instant_of
from rowback.errors import BadInput
from rowback.store.foreign import Beside, BrokenRow, ForeignTable, rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rowback.archive.held import Glance, Held, Wanted
    from rowback.store.foreign import ForeignRow

VERSIONS = ForeignTable(
    "news_article_versions",
    "id",
    ("title", "url", "created_at"),
    (
        Beside("news_articles", "id", "news_article_id", ("url", "hidden")),
        Beside("news_article_version_texts", "news_article_version_id", "id", ("text",)),
    ),
    optional=frozenset({"url", "news_articles.hidden"}),
)
_HIDDEN = (1, "1", "t", "true", "\x01", b"\x01")  # as dumps write what is true


def read(path: Path, wanted: Wanted) -> Iterator[Held]:
    """The versions in the file. Raises `BadInput` for another file."""
    for row in rows(path, VERSIONS):
        place = HeldAt(path.name, row.key)
        if isinstance(row, BrokenRow):
            yield Unread(place, Cause.DAMAGED, row.detail)
        elif row.values["news_articles.hidden"] not in _HIDDEN and wanted.is_url(_url(row)):
            yield _held(row, place, wanted)
    wanted.passed(path.stat().st_size)


def _url(row: ForeignRow) -> str:
    """The article's address: that of a version may be where a redirect led."""
    return row.text("news_articles.url") or row.text("url")


def _held(row: ForeignRow, place: HeldAt, wanted: Wanted) -> Held:
    text = row.text("news_article_version_texts.text")
    if not text.strip():
        return Unread(place, Cause.NO_BODY, f"The text of a version of {_url(row)[:200]} is missing.")
    try:
        seen_at = instant_of(row.values["created_at"], wanted.zone_or())
    except BadInput as error:
        return Unread(place, Cause.NO_TIME, str(error))
    return HeldText(place, _url(row), seen_at, row.text("title").strip(), paragraphs(text))


def _fits(glance: Glance) -> bool:
    return {"news_articles", "news_article_versions", "news_article_version_texts"} <= glance.tables


_TIMES = "Times that say no zone are taken for UTC, as News Sniffer writes them; --zone says another."
KIND = HeldKind("newssniffer", "News Sniffer", _fits, read, _TIMES)
