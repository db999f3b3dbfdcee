"""Pages that nobody tuned for as a reader's browser has them, scripts off: the copy that it would send says what the server's
own copy says, is not sent where nothing changed, and nothing is asked about pages that are no articles."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from rowback.errors import NotAnArticle
from rowback.model import Origin
from rowback.text.extract import extract
from tests.browser.conftest import binary_of
from tests.evaluation.articles import read_articles, read_others
from tests.evaluation.browsing import Browsing
from tests.evaluation.looks import Look, look_again
from tests.evaluation.spread import spread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Playwright

    from tests.evaluation.articles import ArticlePage
    from tests.evaluation.browsing import Visit
    from tests.evaluation.conftest import Score
    from tests.evaluation.corpus import Corpus

TURNS = 2  # of the server's and the reader's look


@dataclass(frozen=True)
class Visited:
    """An article that the server can read, and a reader's visit to it."""

    page: ArticlePage
    visit: Visit


@pytest.fixture(scope="module")
def browsing(playwright: Playwright) -> Iterator[Browsing]:
    """Chromium, for pages whose scripts do not run."""
    browser = playwright.chromium.launch(executable_path=binary_of("chromium"), args=["--no-sandbox"])
    yield Browsing(browser)
    browser.close()


@pytest.fixture(scope="module")
def visited(corpus: Corpus, browsing: Browsing) -> list[Visited]:
    """All articles that can be read, visited."""
    found = []
    for page in read_articles(corpus):
        try:
            stored = extract(page.text, page.url).content
        except NotAnArticle:
            continue
        found.append(Visited(page, browsing.visit(page.text, page.url, stored)))
    return found


def test_a_readers_copy_makes_no_version(visited: list[Visited], score: Score, tmp_path: Path) -> None:
    """The server and a reader look in turn at a page that nobody edits."""
    tasks = []
    for each in visited:
        turn = (Look(each.page.text), Look(each.visit.snapshot, Origin.BROWSER))
        tasks.append((each.page, "reader", turn * TURNS))
    found = [each for each in spread(tmp_path, look_again, tasks) if each.versions]
    print(*(f"{each.page}, looks {each.looks()}: {each.said()}" for each in found), sep="\n")
    score("unseen: articles of which a reader's copy made a version, too many", len(found))


def test_an_unchanged_page_is_not_sent(visited: list[Visited], score: Score) -> None:
    sent = {each.page.id: each.visit.freshness for each in visited if each.visit.is_sent}
    print(f"{len(visited)} articles, of which would be sent: {sent}")
    score("unseen: unchanged articles that would be sent, too many, %", 100 * len(sent) / len(visited))


def test_articles_alone_are_asked_about(
    corpus: Corpus, visited: list[Visited], browsing: Browsing, score: Score
) -> None:
    unasked = [each.page.id for each in visited if not each.visit.is_article]
    others = read_others(corpus)
    asked = [page for page in others if browsing.visit(page.raw.decode("utf-8", "replace"), page.url).is_article]
    counts, kinds = Counter(page.kind for page in asked), Counter(page.kind for page in others)
    print(f"articles not asked about: {unasked}")
    print(*(f"{kind}: {counts[kind]} of {count} asked about" for kind, count in kinds.items()), sep="\n")
    print([page.id for page in asked])
    score("unseen: articles asked about, %", 100 * (1 - len(unasked) / len(visited)))
    score("unseen: pages that are no articles asked about, too many, %", 100 * len(asked) / len(others))
