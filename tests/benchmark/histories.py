"""The texts that are told: real ones where there is a corpus (`ROWBACK_CORPUS`), invented ones where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.benchmark.articles import Newsroom
from tests.evaluation.corpus import find_corpus

if TYPE_CHECKING:
    from typing import Any

    Text = tuple[str, list[str]]  # a headline and paragraphs
    Texts = list[Text]  # the versions of an article, oldest first

NEWS_PAIRS = 100
HISTORY_VERSIONS = 20
PARAGRAPHS_1K, PARAGRAPHS_5K = 28, 135  # of 36 words each
TITLE = "Ferry timetable changes"


@dataclass(frozen=True)
class Told:
    """Some articles of one kind, each of two versions or more."""

    name: str
    articles: list[Texts]


def news() -> Told:
    """Pairs of neighbouring versions of news articles, from all over the corpus."""
    found = _steps("news", "news-pair")
    if not found:
        return Told(f"{NEWS_PAIRS} invented news pairs", [_edited(seed, 15, 5) for seed in range(NEWS_PAIRS)])
    return Told(f"{NEWS_PAIRS} news pairs", [found[n * len(found) // NEWS_PAIRS] for n in range(NEWS_PAIRS)])


def live() -> Told:
    """Pairs of neighbouring versions of pages that run for days."""
    found = _steps("news-running")
    return Told(f"{len(found)} live pages", found) if found else Told("8 invented live pages", _live())


def _live() -> list[Texts]:
    return [_edited(seed, 110, 8) for seed in range(8)]


def history() -> Told:
    """One article of many versions."""
    longest: Any = max(chains(), key=lambda chain: len(chain["versions"]), default=None)
    if longest is None or len(longest["versions"]) < HISTORY_VERSIONS:
        versions = Newsroom(7).history(150, HISTORY_VERSIONS, 10)
        texts = [(version.content.title, [block.text for block in version.content.blocks]) for version in versions]
        return Told(f"invented history, {HISTORY_VERSIONS} versions", [texts])
    return Told(
        f"history, {HISTORY_VERSIONS} versions", [[text_of(each) for each in longest["versions"]][:HISTORY_VERSIONS]]
    )


def rewrites() -> list[Told]:
    """Articles written anew, of which nothing is left; always invented."""
    return [
        Told("5k rewrite", [_rewritten(3, PARAGRAPHS_5K)]),
        Told("1k rewrite", [_rewritten(seed, PARAGRAPHS_1K) for seed in range(4)]),
    ]


def chains() -> list[Any]:
    """The corpus' articles as decoded JSON, none without a corpus."""
    corpus = find_corpus()
    return list(corpus.chains().values()) if corpus else []


def _steps(*kinds: str) -> list[Texts]:
    found = (chain["versions"] for chain in chains() if chain["kind"] in kinds)
    return [[text_of(a), text_of(b)] for versions in found for a, b in pairwise(versions)]


def text_of(version: Any) -> Text:
    """A version of the corpus."""
    return version["title"] or "", version["paragraphs"]


def _edited(seed: int, paragraphs: int, places: int) -> Texts:
    newsroom = Newsroom(seed)
    old = newsroom.paragraphs(paragraphs)
    return [(TITLE, old), (TITLE, newsroom.edited(old, places))]


def _rewritten(seed: int, paragraphs: int) -> Texts:
    newsroom = Newsroom(seed)
    return [(TITLE, newsroom.paragraphs(paragraphs)), (TITLE, newsroom.paragraphs(paragraphs))]
