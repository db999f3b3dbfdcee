"""The corpus' whole pages: articles of hosts that Rowback was tuned on (`pages`) and of hosts that nobody looked at
(`unseen`, and those of them that were once `lost`), and pages that are no articles (`others`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.evaluation.corpus import Corpus

# Left out, and why.
WITHOUT_TEXT = {"bizwest-com": "its HTML has a headline and a list of videos; scripts fetch the body"}
# Characters of the article, counted by hand, where trafilatura reads more than that.
BY_HAND = {
    "hbl-fi": 570,  # and an advertorial
    "lost-09-www-independent-co-uk": 4_152,  # and other stories
    "lost-18-www-baon-hu": 1_700,  # a carousel of obituaries instead
    "lost-19-sprechblase-wordpress-com": 203,  # and who writes there
    "lost-30-www-caymancompass-com": 275,  # and menus
}


@dataclass(frozen=True)
class ArticlePage:
    """A page, and what is known of the article in it. `gold` is its text, without captions; `first` how its first paragraph
    begins; `kept` and `left_out` are strings that must and must not be read. `group` is `pages`, `unseen` or `lost`."""

    group: str
    id: str
    url: str
    raw: bytes
    text: str
    gold: str = ""
    title: str = ""
    first: str = ""
    kept: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class OtherPage:
    """A page that is no article; `kind` is front, section, forum, shop…"""

    id: str
    kind: str
    url: str
    raw: bytes


def read_articles(corpus: Corpus) -> list[ArticlePage]:
    """All that hold a text."""
    tuned = [_article(corpus, "pages", "pages", item) for item in corpus.json("pages/index.json")["items"]]
    index = corpus.json("unseen/index.json")
    unseen = [_article(corpus, "unseen", "unseen", item) for item in index["articles"]]
    lost = [_article(corpus, "lost", "unseen", item) for item in index["lost"]]
    return [page for page in (*tuned, *unseen, *lost) if page.id not in WITHOUT_TEXT]


def read_others(corpus: Corpus) -> list[OtherPage]:
    """All, sorted by kind."""
    found = [
        OtherPage(item["id"], item["kind"], item["url"], (corpus.folder / "unseen" / item["file"]).read_bytes())
        for item in corpus.json("unseen/index.json")["others"]
    ]
    return sorted(found, key=lambda page: (page.kind, page.id))


def _article(corpus: Corpus, group: str, folder: str, item: dict[str, Any]) -> ArticlePage:
    raw = (corpus.folder / folder / item["file"]).read_bytes()
    # `title` of `pages` is what the page itself says, and no person's word.
    title = item.get("title", "") if group != "pages" else ""
    return ArticlePage(
        group=group,
        id=item["id"],
        url=item["url"],
        raw=raw,
        text=raw.decode(item.get("charset") or "utf-8", "replace"),
        gold=item.get("gold") or item.get("gold_text") or "",
        title=title,
        first=item.get("first", ""),
        kept=tuple(item.get("withs") or item.get("wanted") or ()),
        left_out=tuple(item.get("withouts") or item.get("unwanted") or ()),
    )
