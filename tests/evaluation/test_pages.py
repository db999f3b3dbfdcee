"""Real news pages in real browsers: an earlier version with a few words altered is stored, and the marks must lie on
exactly those words of the page as its publisher made it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rowback.diff.words.tokens import is_word, tokenize
from tests.browser.backend import Backend
from tests.browser.conftest import Readers
from tests.browser.overlay import Overlay
from tests.browser.reader import Reader
from tests.browser.site import Site
from tests.evaluation.conftest import Score
from tests.evaluation.corpus import Corpus

ALTERED_BLOCKS = 3
MIN_WORDS = 12
STAND_IN = "quandary"  # a word that stands in for another in the earlier version
NOW = datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class Altered:
    """A page whose earlier version had `STAND_IN` where it now has each of `words`."""

    url: str
    words: tuple[str, ...]


@pytest.fixture(scope="module")
def reader(module_readers: Readers, backend: Backend) -> Reader:
    """A browser with the extension, connected, on all sites."""
    return module_readers.connect(backend)


def test_marks_lie_on_the_altered_words_of_real_pages(
    corpus: Corpus,
    score: Score,
    reader: Reader,
    browser: str,
    backend: Backend,
    site: Site,
) -> None:
    wanted = found = elsewhere = 0
    for item in corpus.json("pages/index.json")["items"]:
        altered = store(backend, site, corpus, item)
        reader.open(altered.url)
        marked = Counter(_marked_words(Overlay(reader), altered))
        right = Counter(altered.words) & marked
        wanted += len(altered.words)
        found += right.total()
        elsewhere += (marked - right).total()
        if right.total() < len(altered.words) or marked - right:
            print(f"{item['id']}: wanted {altered.words}, marked {dict(marked)}, {Overlay(reader).state()}")
    score(f"pages in {browser}: altered sentences marked, %", 100 * found / wanted)
    score(f"pages in {browser}: marks elsewhere", elsewhere)


def store(
    backend: Backend,
    site: Site,
    corpus: Corpus,
    item: Any,
    headers: dict[str, str] | None = None,
) -> Altered:
    """Serves a page under its own host's name; stores it as it is, and an earlier version of it with words altered."""
    raw = (corpus.folder / "pages" / item["file"]).read_bytes()
    text = raw.decode(item["charset"] or "utf-8", "replace")
    url = site.put(item["url"].replace("https://", "http://"), text, headers)
    now = {"url": url, "html": text, "seen_at": (NOW - timedelta(hours=1)).isoformat()}
    article = backend.api("POST", "/api/v1/captures", now)["article"]
    stored = backend.api("GET", f"/api/v1/articles/{article['id']}/versions/{article['version_count'] - 1}")["version"]
    blocks, words = _with_stand_ins(stored["blocks"])
    earlier = {
        "url": url,
        "title": stored["title"],
        "blocks": blocks,
        "seen_at": (NOW - timedelta(hours=5)).isoformat(),
    }
    backend.api("POST", "/api/v1/captures", earlier)
    return Altered(url, words)


def _with_stand_ins(blocks: list[dict[str, str]]) -> tuple[list[dict[str, str]], tuple[str, ...]]:
    long = [n for n, block in enumerate(blocks) if len(block["text"].split()) >= MIN_WORDS]
    chosen = {long[0], long[len(long) // 2], long[-1]} if len(long) >= ALTERED_BLOCKS else set(long)
    words = []
    altered = [dict(block) for block in blocks]
    for n in sorted(chosen):
        tokens = tokenize(blocks[n]["text"])
        place = [k for k, token in enumerate(tokens) if is_word(token) and len(token) > 3][3]
        words.append(tokens[place])
        altered[n]["text"] = "".join([*tokens[:place], STAND_IN, *tokens[place + 1 :]])
    return altered, tuple(words)


def _marked_words(overlay: Overlay, altered: Altered) -> list[str]:
    try:
        overlay.wait()
    except AssertionError as error:
        print(f"{altered.url}: {error}")
        return []
    return [" ".join(text.split()) for text in overlay.words_marked()]
