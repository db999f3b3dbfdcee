"""No real article is taken for the front of a site or section, and such fronts are told: whole pages, and pieces of real
texts among many links. The fronts are invented: the corpus has none.
"""

from __future__ import annotations

import html
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from rowback.errors import NotAnArticle
from rowback.model import Reason
from rowback.text.extract import extract
from tests.evaluation.corpus import versions
from tests.server.front_pages import FRONTS, Stories, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.evaluation.conftest import Score
    from tests.evaluation.corpus import Corpus

SHORT_URL = "https://echo.example/ferry"  # it speaks of no article
RELATED = 30  # links; the most on a real page of the corpus are 51
LAYOUTS = {
    "a list": "<li><a href='{href}'>{headline}</a></li>",
    "cards": "<div><h3><a href='{href}'>{headline}</a></h3><p>{teaser}</p></div>",
    "tiles": "<a href='{href}'><h4>{headline}</h4><span>3 hours ago</span></a>",
}
POSTS = 12  # of a live blog
POST_WORDS = 10  # a sentence


def test_no_real_page_is_a_front(corpus: Corpus, score: Score) -> None:
    """Under its own address, and under one of the same site that does not speak of an article."""
    taken, pages = [], 0
    for name, url, raw in _pages(corpus):
        parts = urlsplit(url)
        for address in (url, f"{parts.scheme}://{parts.netloc}/news/"):
            pages += 1
            if _is_front(raw, address):
                taken.append((name, address))
    print(f"{pages} pages and addresses, taken for fronts: {taken}")
    score("fronts: real pages taken for one, too many", len(taken))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_short_text_among_many_links_is_a_front(corpus: Corpus, score: Score, layout: str) -> None:
    """The beginnings of real articles, on pages that say nothing of themselves, with links to others below."""
    taken, tried = [], 0
    for item in corpus.json("pages/index.json")["items"]:
        content = extract((corpus.folder / "pages" / item["file"]).read_bytes(), item["url"]).content
        for kept in (1, 2, 3, 5):
            texts = [block.text for block in content.blocks[:kept]]
            tried += 1
            if _is_front(_article(content.title, texts, layout), SHORT_URL):
                taken.append((item["id"], kept, sum(len(text.split()) for text in texts)))
    print(f"{tried} short articles with {layout}, taken for fronts: {taken}")
    score(f"fronts: short articles with {layout} of links taken for one, too many", len(taken))


def test_no_live_blog_is_a_front(corpus: Corpus, score: Score) -> None:
    """Stories that were updated as they went on, as posts with a headline each, links to others among and below them."""
    taken, tried = [], 0
    for chain in corpus.chains().values():
        for version in islice(versions(chain), 3):
            texts = [block.text for block in version.content.blocks if len(block.text.split()) >= POST_WORDS]
            texts = texts[: 3 * POSTS]
            if not str(chain["kind"]).startswith("news") or len(texts) < POSTS:
                continue
            tried += 1
            if _is_front(_live_blog(version.content.title, texts), SHORT_URL):
                taken.append(chain["id"])
    print(f"{tried} live blogs, taken for fronts: {taken}")
    assert tried
    score("fronts: live blogs taken for one, too many", len(taken))


def test_fronts_are_told(score: Score) -> None:
    missed = [name for name, made in FRONTS.items() if not _is_front(made(), "https://echo.example/harbour/")]
    print(f"missed: {missed}")
    score("fronts: invented ones recognised, %", 100 * (1 - len(missed) / len(FRONTS)))


def _is_front(raw: str | bytes, url: str) -> bool:
    try:
        return extract(raw, url).is_front
    except NotAnArticle as error:
        return error.reason == Reason.FRONT


def _pages(corpus: Corpus) -> Iterator[tuple[str, str, bytes]]:
    for item in corpus.json("pages/index.json")["items"]:
        yield item["id"], item["url"], (corpus.folder / "pages" / item["file"]).read_bytes()
    for item in corpus.json("pairs/html-index.json")["items"]:
        for version in item["versions"]:
            yield version["file"], item["url"], (corpus.folder / "pairs" / version["file"]).read_bytes()


def _article(title: str, texts: list[str], layout: str) -> str:
    body = "".join(f"<p>{html.escape(text)}</p>" for text in texts)
    return whole(f"<h1>{html.escape(title)}</h1>{body}<div>{Stories().some(RELATED, LAYOUTS[layout])}</div>", "News")


def _live_blog(title: Any, texts: list[str]) -> str:
    stories = Stories()
    posts = "".join(
        f"<div><h3>14:{n:02}</h3><p>{html.escape(text)}</p>"
        + (stories.some(1, LAYOUTS["a list"]) if n % 3 == 0 else "")
        + "</div>"
        for n, text in enumerate(texts)
    )
    return whole(
        f"<h1>{html.escape(str(title))}</h1>{posts}<ul>{stories.some(RELATED, LAYOUTS['a list'])}</ul>", "Live"
    )
