"""Noise on real documents: what is no edit makes no version, and no real edit is taken for noise."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rowback.capture.captures import from_html
from rowback.errors import NotAnArticle
from rowback.model import Block, Capture, Content, Origin
from rowback.store import Store
from rowback.text.doubts import doubt_change
from rowback.text.extract import extract
from rowback.text.normalize import comparable, fingerprint
from tests.evaluation.conftest import Score
from tests.evaluation.corpus import Corpus, versions

if TYPE_CHECKING:
    from pathlib import Path

START = datetime(2024, 1, 1, tzinfo=UTC)
OFFER = Block("p", "Subscribe to continue reading this story.")
MIN_BLOCKS = 6  # an article this long can be cut


def test_changes_without_meaning_make_no_version(corpus: Corpus, score: Score, tmp_path: Path) -> None:
    made = {"no": 0, "yes": 0}
    for item in corpus.json("pairs/html-index.json")["items"]:
        if "meaningful_change" in item:
            found = _recorded(Store(tmp_path / f"{item['id']}.db"), corpus, item)
            print(item["id"], found)
            made[item["meaningful_change"]] += found > 1
    score("noise: changes without meaning that made a version, too many", made["no"])
    score("noise: changes with meaning in an article's text that made one", made["yes"])


def test_a_broken_page_makes_no_version(corpus: Corpus, score: Score, tmp_path: Path) -> None:
    (item,) = [each for each in corpus.json("pairs/html-index.json")["items"] if each["id"].startswith("bbc")]
    found = _recorded(Store(tmp_path / "bbc.db"), corpus, item)
    score("noise: versions too many of an article whose last page is broken", found - 2)


def test_texts_that_flicker_add_no_endless_versions(corpus: Corpus, score: Score, tmp_path: Path) -> None:
    """Each chain that goes back to an earlier text, then its last two texts in turns, forty times more."""
    store = Store(tmp_path / "flicker.db")
    most = lost = 0
    for chain in corpus.chains().values():
        if not chain.get("exact_reverts"):
            continue
        contents = [version.content for version in versions(chain)]
        last_two = _last_two(contents)
        article = _record_all(store, chain["id"], [*contents, *last_two * 20])
        stored = store.versions.of_article(article)
        most = max(most, len(stored) - len(contents))
        texts = {fingerprint(version.content) for version in stored}
        lost += len({fingerprint(content) for content in contents} - texts)
    score("noise: versions too many from forty flickers", most)
    score("noise: texts of flickering chains that are missing", lost)


def test_no_real_edit_is_refused(corpus: Corpus, score: Score) -> None:
    refused = pairs = 0
    for chain in corpus.chains().values():
        for before, after in pairwise(version.content for version in versions(chain)):
            pairs += 1
            doubt = doubt_change(before, after, is_free=True, is_second_hand=False)
            if doubt is not None:
                refused += 1
                print(chain["id"], doubt.reason, len(before.blocks), len(after.blocks))
    print(f"{pairs} pairs")
    score("noise: real edits refused, too many", refused)


def test_cut_pages_are_refused(corpus: Corpus, score: Score) -> None:
    tried = refused = 0
    for item in corpus.json("pages/index.json")["items"]:
        content = extract((corpus.folder / "pages" / item["file"]).read_bytes(), item["url"]).content
        if len(content.blocks) < MIN_BLOCKS:
            continue
        for kept in (1, 2, len(content.blocks) // 2):
            cut = Content(content.title, (*content.blocks[:kept], OFFER))
            doubt = doubt_change(content, cut, is_free=True, is_second_hand=False)
            tried, refused = tried + 1, refused + (doubt is not None and doubt.reason == "cut")
    score("noise: articles cut by a paywall refused, %", 100 * refused / tried)


def test_headlines_in_turns_pile_up_no_versions(corpus: Corpus, score: Score, tmp_path: Path) -> None:
    """Real histories of headlines over one text, as captures: at most three turns each, and no headline is lost."""
    store = Store(tmp_path / "headlines.db")
    body = tuple(Block("p", f"Paragraph {n} of the text, which stays as it is all the while.") for n in range(9))
    too_many = lost = 0
    for n, history in enumerate(corpus.lines("pairs/headlines.jsonl")):
        titles = [str(each["title"]) for each in history["versions"]]
        article = _record_all(store, f"headline-{n}", [Content(title, body) for title in titles])
        stored = Counter(comparable(version.content.title) for version in store.versions.of_article(article))
        lost += len({comparable(title) for title in titles} - stored.keys())
        too_many += sum(count > 3 for count in stored.values()) if len(stored) == 2 else 0
    score("noise: headlines in turns with too many versions", too_many)
    score("noise: headlines missing", lost)


def _recorded(store: Store, corpus: Corpus, item: Any) -> int:
    """How many versions an item's pages make, captured in turn."""
    article = None
    for n, version in enumerate(item["versions"]):
        raw = (corpus.folder / "pairs" / version["file"]).read_bytes()
        try:
            article = store.record(from_html(item["url"], raw, START + timedelta(days=n), Origin.POLL), START).article
        except NotAnArticle as error:
            print(version["file"], error.reason)
    return article.version_count if article else 0


def _record_all(store: Store, name: str, contents: list[Content]) -> int:
    """An article's texts as pages seen an hour apart; returns its id."""
    page = Capture(f"https://corpus.example/{name}", contents[0], START, Origin.POLL, is_page=True)
    recorded = None
    for n, content in enumerate(contents):
        try:
            recorded = store.record(replace(page, content=content, seen_at=START + timedelta(hours=n)), START)
        except NotAnArticle as error:
            print(name, n, error.reason)
    assert recorded is not None
    return recorded.article.id


def _last_two(contents: list[Content]) -> list[Content]:
    """The text before the last that differs from it, and the last."""
    last = contents[-1]
    other = next(each for each in reversed(contents) if fingerprint(each) != fingerprint(last))
    return [other, last]
