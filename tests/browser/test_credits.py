"""A wording that an archive's copy showed first says so with a link, in the card on the page and in the panel."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from .backend import rowback
from .cases import COST, MAYOR, RUST, TITLE, story
from .deadline import until
from .overlay import SUMMARY, badge_of
from .story import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .backend import Backend
    from .overlay import Overlay
    from .reader import Reader
    from .site import Site

COPIED = story(
    "credits",
    (TITLE, COST.format("four"), RUST, MAYOR),
    (TITLE, COST.format("six"), RUST, MAYOR),
    (TITLE, COST.format("nine"), RUST),
)
DAYS_AGO = (40, 38, 0)
COPY = "https://archive.lantern-post.test/web/{}/" + COPIED.url
NAMES = ("Wayback Machine", "archive.lantern-post.test")
LINE = "As archived by the Wayback Machine on "


@pytest.fixture(scope="module", autouse=True)
def _published(backend: Backend, site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Two copies of archives, and a look of today."""
    site.put(COPIED.url, COPIED.page())
    for number in range(2):
        site.put(COPY.format(number), f"<!doctype html><title>Copy {number}</title><p>A copy.</p>")
    _bring(backend, tmp_path_factory.mktemp("lines") / "lines.jsonl")


def _bring(backend: Backend, path: Path) -> None:
    lines = []
    for number, (text, days) in enumerate(zip(COPIED.versions, DAYS_AGO, strict=True)):
        copy = {"archive": NAMES[number], "href": COPY.format(number)} if days else None
        lines.append(
            {
                "url": COPIED.url,
                "seen_at": (TODAY - timedelta(days=days, minutes=5)).isoformat(),
                "title": text.title,
                "paragraphs": list(text.paragraphs),
                "origin": "archive" if days else "browser",
                "memento": copy,
            }
        )
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    rowback("import", path, "--db", backend.database)


def test_the_card_names_the_copy_and_leads_to_it_in_a_tab_that_learns_nothing(
    reader: Reader, overlay: Overlay, snap: Callable[[Reader, str], None]
) -> None:
    reader.open(COPIED.url)
    overlay.wait()
    assert reader.ask("text", SUMMARY) == "Edited 2 times", "nobody knows when it was edited last: not just now"
    card = overlay.open_card(badge_of(overlay.badges()[0]))
    snap(reader, "credits-card")
    reader.dark(on=True)
    snap(reader, "credits-card-dark")
    reader.dark(on=False)
    assert LINE in card.text
    assert "As archived by archive.lantern-post.test on " in card.text
    before = set(reader.tabs())
    reader.click(".credit a")
    until(lambda: len(set(reader.tabs()) - before) == 1, "a tab with the copy")
    reader.switch((set(reader.tabs()) - before).pop())
    until(lambda: reader.address() == COPY.format(0), "the copy")
    assert reader.run_in_page("() => [document.referrer, window.opener === null]") == ["", True]


def test_the_panel_names_it_in_its_list_its_edits_and_the_versions_text(
    reader: Reader, overlay: Overlay, snap: Callable[[Reader, str], None]
) -> None:
    reader.open(COPIED.url)
    overlay.wait()
    reader.open_beside("panel/index.html")
    until(lambda: reader.ask("text", "#edits .credit"), "who showed the earlier wording first")
    reader.resize(480, 1400)
    snap(reader, "credits-panel")
    reader.dark(on=True)
    snap(reader, "credits-panel-dark")
    assert reader.ask("text", "#edits .credit").startswith(LINE)
    assert reader.ask("text", '[data-version="0"] .version-note') == "As archived by the Wayback Machine"
    reader.click('[data-version="0"] button')
    until(lambda: reader.ask("text", "#reading .credit"), "whose copy the version is")
    snap(reader, "credits-version-dark")
    reader.dark(on=False)
    snap(reader, "credits-version")
    assert reader.ask("text", "#reading .credit").startswith(LINE)
    assert reader.ask("attribute", "#reading .credit a", "href") == COPY.format(0)
