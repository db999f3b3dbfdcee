"""Extraction on real pages: the text that people typed in, the headline, and blocks that are the page's own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
import regex

from rowback.text.extract import extract
from rowback.text.headline import without_site
from rowback.text.metadata import read_metadata
from rowback.text.page import parse
from rowback.text.pieces import fold
from tests.browser.conftest import binary_of
from tests.evaluation.browsing import Browsing
from tests.evaluation.conftest import Score
from tests.evaluation.corpus import Corpus
from tests.evaluation.shingles import f1, shingles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Playwright

    from rowback.model import Content


@pytest.fixture(scope="module")
def browsing(playwright: Playwright) -> Iterator[Browsing]:
    """Chromium, for pages whose scripts do not run."""
    browser = playwright.chromium.launch(executable_path=binary_of("chromium"), args=["--no-sandbox"])
    yield Browsing(browser)
    browser.close()


def test_the_text_of_pages_is_found(corpus: Corpus, score: Score) -> None:
    items = corpus.json("pages/index.json")["items"]
    for kind, name in (("human", "human-typed"), ("readability-expected", "Readability's")):
        found = [(_content(corpus, item), shingles(item["gold_text"])) for item in items if item["gold_kind"] == kind]
        score(f"extraction: F1 on {name} pages", _mean(f1(_text(content), gold) for content, gold in found))
        # The gold has no captions.
        score(f"extraction: F1 on {name} pages, body only", _mean(f1(_body(content), gold) for content, gold in found))


def test_the_headline_of_every_page_is_found(corpus: Corpus, score: Score) -> None:
    """Right is a title of the page or an h1: its only one, or one with the words of what the page calls itself."""
    items = corpus.json("pages/index.json")["items"]
    wrong = [item["id"] for item in items if not _is_headline(_raw(corpus, item), _content(corpus, item).title)]
    print(f"headlines not right: {wrong}")
    score("extraction: headlines right, %", 100 * (1 - len(wrong) / len(items)))


def test_blocks_stand_on_the_page_and_in_a_readers_copy(corpus: Corpus, score: Score, browsing: Browsing) -> None:
    blocks = missing = different = 0
    for name, url, html, raw in _pages(corpus):
        seen = browsing.see(html)
        ours, readers = _blocks(extract(raw, url).content), _blocks(extract(seen.snapshot, url).content)
        lost = [text for text, folded in zip(ours, browsing.fold(ours), strict=True) if folded not in seen.text]
        apart = (Counter(ours) - Counter(readers)) + (Counter(readers) - Counter(ours))
        if lost or apart:
            print(f"{name}: not on the page {lost[:3]}, differently read {list(apart)[:3]}")
        blocks, missing, different = blocks + len(ours), missing + len(lost), different + apart.total()
    score("extraction: blocks that stand on the page, %", 100 * (1 - missing / blocks))
    score("extraction: blocks wrong in a reader's copy", different)


def test_the_text_of_government_news_is_found(corpus: Corpus, score: Score) -> None:
    """Pages whose gold is what their publisher holds for the body; a bar stands between a row's cells."""
    wanted = found = 0
    for item in corpus.json("pairs/html-index.json")["items"]:
        if item["kind"] != "govuk-news-main-element":
            continue
        for version in item["versions"]:
            text = fold(_text(extract((corpus.folder / "pairs" / version["file"]).read_bytes(), item["url"]).content))
            golds = [fold(gold.replace(" | ", " ")) for gold in version["paragraphs"] or []]
            wanted, found = wanted + len(golds), found + sum(gold in text for gold in golds)
    score("extraction: paragraphs of government news found, %", 100 * found / wanted)


def _pages(corpus: Corpus) -> Iterator[tuple[str, str, str, bytes]]:
    """All whole pages of the corpus: name, URL, text, bytes."""
    for item in corpus.json("pages/index.json")["items"]:
        raw = _raw(corpus, item)
        yield item["id"], item["url"], raw.decode(item["charset"] or "utf-8", "replace"), raw
    for item in corpus.json("pairs/html-index.json")["items"]:
        for version in item["versions"]:
            raw = (corpus.folder / "pairs" / version["file"]).read_bytes()
            yield version["file"], item["url"], raw.decode(version.get("charset") or "utf-8", "replace"), raw


def _raw(corpus: Corpus, item: Any) -> bytes:
    path = corpus.folder / "pages" / str(item["file"])
    return path.read_bytes()


def _content(corpus: Corpus, item: Any) -> Content:
    return extract(_raw(corpus, item), item["url"]).content


def _text(content: Content) -> str:
    return " ".join(block.text for block in content.blocks)


def _body(content: Content) -> str:
    return " ".join(block.text for block in content.blocks if block.kind != "figcaption")


def _blocks(content: Content) -> list[str]:
    return [block.text for block in content.all_blocks() if block.text]


def _is_headline(raw: bytes, title: str) -> bool:
    tree = parse(raw)
    named = read_metadata(tree).titles
    headings = {fold("".join(node.itertext())) for node in tree.iter("h1")}
    is_own = fold(title) in headings or title in named or title in {without_site(name) for name in named}
    words = set(regex.findall(r"\w+", title.lower()))
    told = set(regex.findall(r"\w+", " ".join(named).lower()))
    is_told = len(headings - {""}) == 1 or 2 * len(words & told) >= len(words)
    return is_own and is_told and len(words) > 1


def _mean(values: Iterator[float]) -> float:
    found = list(values)
    return sum(found) / len(found)
