"""A reader's notes as files: CSV for spreadsheets, JSON Lines for programs. Line by line, however many there are."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from rowback.clock import format_instant
from rowback.text.plain import in_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from rowback.store.reviews import KeptNote

CSV, JSON_LINES = "text/csv", "application/jsonl"
# What spreadsheets take for a formula where a cell begins with it (OWASP, CSV injection); an apostrophe makes it text.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_COLUMNS = (
    "noted_at",
    "note",
    "source",
    "title",
    "url",
    "version",
    "seen_at",
    "seen",
    "starred",
    "collections",
    "page",
)


def as_csv(notes: Iterable[KeptNote], base: str) -> Iterator[str]:
    """Lines of CSV (RFC 4180), the names of the columns first; no cell is a formula."""
    yield _line(_COLUMNS)
    for each in notes:
        article, review = each.article, each.review
        yield _line(
            (
                _instant(each.noted_at) or "",
                review.note,
                article.source if article else "",
                each.title,
                article.url if article else "",
                "" if each.version is None else str(each.version),
                _instant(each.seen_at) or "",
                "yes" if review.seen else "no",
                "yes" if review.starred else "no",
                "; ".join(review.collections),
                _page(each, base) or "",
            )
        )


def as_json_lines(notes: Iterable[KeptNote], base: str) -> Iterator[str]:
    """Lines of JSON, each a note with what it is of."""
    for each in notes:
        yield f"{in_json(json.dumps(note_object(each, base), ensure_ascii=False))}\n"


def note_object(kept: KeptNote, base: str) -> dict[str, object]:
    """A note as programs get it. `article` is null where its reader may not see it any more, `version` where the step does
    not stand."""
    article, review = kept.article, kept.review
    return {
        "change": review.change_id,
        "article": None
        if article is None
        else {"id": article.id, "url": article.url, "source": article.source, "title": kept.title},
        "version": kept.version,
        "seen_at": _instant(kept.seen_at),
        "note": review.note,
        "noted_at": _instant(kept.noted_at),
        "seen": review.seen,
        "starred": review.starred,
        "collections": list(review.collections),
        "page": _page(kept, base),
    }


def _page(kept: KeptNote, base: str) -> str | None:
    """The page of the step."""
    if kept.article is None or kept.version is None:
        return None
    return f"{base}/articles/{kept.article.id}/diff/{kept.version - 1}/{kept.version}"


def _instant(at: datetime | None) -> str | None:
    return None if at is None else format_instant(at)


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells)
    return line.getvalue()
