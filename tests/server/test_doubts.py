"""Pages that are not the article. Rows of `cases/walls.json` are pages by themselves; those of `cases/changes.json` are what
was found where eight known paragraphs stood: numbers are these, `3/` the third broken off, `3.` ended early, letters
others."""

from __future__ import annotations

from typing import Any

import pytest

from rowback.model import Block, Content
from rowback.text.doubts import doubt_change, doubt_page

from .cases import cases

WALLS: list[dict[str, Any]] = cases("walls")
CHANGES: list[dict[str, Any]] = cases("changes")
KNOWN = [
    f"Paragraph {n} of the story tells at some length what the harbour office said, what it meant by that, and who was there."
    for n in range(1, 9)
]
OTHER = "Something else of about the same length, marked {}, about a market, a tram and a number of pigeons on a roof."


def _text(word: str) -> str:
    if word.isdigit():
        return KNOWN[int(word) - 1]
    if word.endswith(".") and word[:-1].isdigit():
        return KNOWN[int(word[:-1]) - 1][:60].rstrip() + "."
    if word.endswith("/"):
        return KNOWN[int(word[:-1]) - 1][:60] + "…"
    return word.replace("_", " ") if "_" in word else OTHER.format(word)


@pytest.mark.parametrize("row", WALLS, ids=[row["why"] for row in WALLS])
def test_a_page_is_doubted_by_what_it_says(row: dict[str, Any]) -> None:
    doubt = doubt_page(row["title"], row["texts"], row["is_article"])
    assert (doubt.reason if doubt else None) == row["reason"]


@pytest.mark.parametrize("row", CHANGES, ids=[row["why"] for row in CHANGES])
def test_a_text_is_doubted_by_what_is_known(row: dict[str, Any]) -> None:
    title = "Ferry timetable changes from Monday"
    known = Content(title, tuple(Block("p", text) for text in KNOWN))
    found = Content(row.get("title", title), tuple(Block("p", _text(word)) for word in row["found"].split()))
    signs = {"is_free": row.get("is_free", True), "is_second_hand": row.get("is_second_hand", False)}
    doubt = doubt_change(known, found, **signs)
    assert (doubt.reason if doubt else None) == row["reason"]


@pytest.mark.parametrize(
    ("found", "is_doubted"),
    [("The first ferry will leave at six", False), ("The first ferry will leave…", True)],
)
def test_a_short_note_may_lose_its_last_words(found: str, is_doubted: bool) -> None:
    known = Content("Ferry", (Block("p", "The first ferry will leave at six from Monday on"),))
    doubt = doubt_change(known, Content("Ferry", (Block("p", found),)), is_free=True, is_second_hand=False)
    assert (doubt is not None) is is_doubted
