"""Edits made on pages that nobody tuned for are marked where they were made, in Chromium with the extension; and nothing else
is. The pages come without their scripts, and from no network."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests.browser.overlay import Overlay
from tests.evaluation.articles import read_articles
from tests.evaluation.places import changed, find_places
from tests.evaluation.readings import letters
from tests.evaluation.test_anchoring import QUIET
from tests.evaluation.true_edits import NOT_OF_THE_ARTICLE, choose_edits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.browser.backend import Backend
    from tests.browser.conftest import Readers
    from tests.browser.reader import Reader
    from tests.browser.site import Site
    from tests.evaluation.articles import ArticlePage
    from tests.evaluation.conftest import Score
    from tests.evaluation.corpus import Corpus
    from tests.evaluation.places import Places
    from tests.evaluation.true_edits import TrueEdit

NOW = datetime.now(UTC).replace(microsecond=0)
NEAR = 60  # pixels between a paragraph and its badge
# The top and bottom on the page of the paragraph with a text, without its spaces.
WHERE = """(text) => {
  const squeeze = (other) => other.replace(/\\s+/g, "");
  const found = [...document.querySelectorAll("p")].find((one) => squeeze(one.textContent) === squeeze(text));
  const box = found?.getBoundingClientRect();
  return box ? [box.top + scrollY, box.bottom + scrollY] : null;
}"""


@dataclass
class Marked:
    """Edits by what became of them, and marks where no edit was made."""

    found: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def reader(module_readers: Readers, backend: Backend) -> Reader:
    """Chromium with the extension, connected, on all sites."""
    if module_readers.browser != "chromium":
        pytest.skip("in Chromium only: it takes long")
    return module_readers.connect(backend)


def test_edits_are_marked_where_they_were_made(
    corpus: Corpus, score: Score, reader: Reader, backend: Backend, site: Site
) -> None:
    marked = Marked()
    for page in [page for page in read_articles(corpus) if page.group != "pages"]:
        places = find_places(page.text, page.gold)
        edits = [edit for edit in choose_edits(places) if edit.name not in NOT_OF_THE_ARTICLE.get(page.id, ())]
        if not edits:
            continue
        url = _publish(backend, site, page, changed(places, *(edit.cut for edit in edits)))
        reader.open(url)
        _judge(marked, reader, page, places, edits)
    print(f"{len(marked.found)} marked; missed: {marked.missed}; elsewhere: {marked.elsewhere}")
    score("unseen: edits marked in place, %", 100 * len(marked.found) / (len(marked.found) + len(marked.missed)))
    score("unseen: marks where nothing was edited, too many", len(marked.elsewhere))


def _publish(backend: Backend, site: Site, page: ArticlePage, edited: str) -> str:
    """Stores a page as it was and as it is now, and serves what it is now."""
    address = quote(page.url.replace("https://", "http://"), safe="%/:=&?~#+!$,;'@()*[]{}")
    url = site.put(address, edited, QUIET)
    for hours, html in ((5, page.text), (1, edited)):
        seen_at = (NOW - timedelta(hours=hours)).isoformat()
        try:
            backend.api("POST", "/api/v1/captures", {"url": url, "html": html, "seen_at": seen_at})
        except OSError as error:  # it is not stored: then nothing will be marked
            print(f"{page.id}: {error}")
    return url


def _judge(marked: Marked, reader: Reader, page: ArticlePage, places: Places, edits: Iterable[TrueEdit]) -> None:
    overlay = Overlay(reader)
    try:
        overlay.wait()
    except AssertionError:
        marked.missed += [f"{page.id} {edit.name}" for edit in edits]
        return
    words = overlay.words_marked()
    for edit in edits:
        own = [text for text in words if letters(edit.new) and letters(edit.new) in letters(text)][:1]
        is_there = bool(own) if edit.new else _has_badge(overlay, reader, places, edit)
        words = [text for text in words if text not in own]
        (marked.found if is_there else marked.missed).append(f"{page.id} {edit.name}")
    marked.elsewhere += [f"{page.id} {text!r}" for text in words]


def _has_badge(overlay: Overlay, reader: Reader, places: Places, edit: TrueEdit) -> bool:
    """Whether a badge stands beside the paragraph from which a sentence was taken."""
    paragraph = next(each for each in places.paragraphs if each.start <= edit.cut.start < each.end)
    box: Any = reader.run_in_page(WHERE, paragraph.without(edit.cut))
    return box is not None and any(box[0] - NEAR <= badge.top <= box[1] + NEAR for badge in overlay.badges())
