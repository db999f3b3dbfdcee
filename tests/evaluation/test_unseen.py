"""Pages that nobody tuned for, read as a capture reads them: articles stored whole, and pages that are no articles left
alone. `python -m tests.evaluation.unseen` shows page by page what is behind the figures."""

from __future__ import annotations

from collections import Counter
from statistics import fmean
from typing import TYPE_CHECKING

import pytest

from rowback.store import Store
from tests.evaluation.articles import WITHOUT_TEXT, read_articles, read_others
from tests.evaluation.readings import (
    Read,
    is_first_there,
    is_headline_right,
    is_lost,
    missed,
    read,
    unwanted,
    why_refused,
)
from tests.evaluation.shingles import f1, shingles

if TYPE_CHECKING:
    from tests.evaluation.conftest import Score
    from tests.evaluation.corpus import Corpus


@pytest.fixture(scope="module")
def found(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> list[Read]:
    """All article pages, read."""
    store = Store(tmp_path_factory.mktemp("unseen") / "articles.db")
    print(f"left out: {WITHOUT_TEXT}")
    return [read(store, page) for page in read_articles(corpus)]


def test_articles_are_stored(found: list[Read], score: Score) -> None:
    refused = {each.page.id: each.refused for each in found if each.refused}
    lost = [each.page.id for each in found if is_lost(each)]
    print(f"{len(found)} articles; refused: {refused}; lost: {lost}")
    score("unseen: articles stored, %", 100 * (1 - len(refused) / len(found)))
    score("unseen: articles refused, too many", len(refused))
    score("unseen: articles of which under half is read, too many", len(lost))


def test_the_text_that_people_typed_is_read(found: list[Read], score: Score) -> None:
    """Both engines on the same pages in the same run; the gold has no captions."""
    for name, groups in (("pages", ["pages"]), ("unseen", ["unseen"]), ("pages and unseen", ["pages", "unseen"])):
        gold = [(each, shingles(each.page.gold)) for each in found if each.page.gold and each.page.group in groups]
        theirs = fmean(f1(each.theirs, wanted) for each, wanted in gold)
        score(f"unseen: F1 on {name}", fmean(f1(each.ours, wanted) for each, wanted in gold), theirs)
        score(f"unseen: F1 on {name}, body only", fmean(f1(each.body, wanted) for each, wanted in gold), theirs)
        print(f"{name}: {len(gold)} pages with gold")


def test_headlines_and_first_paragraphs_are_read(found: list[Read], score: Score) -> None:
    wrong = [each.page.id for each in found if each.content and not is_headline_right(each)]
    stored = sum(each.content is not None for each in found)
    known = [each for each in found if each.page.first]
    without = [each.page.id for each in known if not is_first_there(each)]
    print(f"headlines not right: {wrong}; first paragraphs not there, of {len(known)}: {without}")
    score("unseen: headlines right, %", 100 * (1 - len(wrong) / stored))
    score("unseen: first paragraphs there, %", 100 * (1 - len(without) / len(known)))


def test_strings_are_kept_and_left_out_as_people_say(found: list[Read], score: Score) -> None:
    wanted = sum(len(each.page.kept) for each in found)
    not_wanted = sum(len(each.page.left_out) for each in found)
    for each in found:
        if missed(each, each.ours) or unwanted(each, each.ours):
            print(f"{each.page.id}: missed {missed(each, each.ours)}, kept {unwanted(each, each.ours)}")
    ours, theirs = ([(each, text(each)) for each in found] for text in (_ours, _theirs))
    shares = [100 * (1 - sum(len(missed(each, text)) for each, text in side) / wanted) for side in (ours, theirs)]
    score("unseen: strings kept that must be, %", *shares)
    shares = [100 * (1 - sum(len(unwanted(each, text)) for each, text in side) / not_wanted) for side in (ours, theirs)]
    score("unseen: strings left out that must be, %", *shares)


def test_what_reading_costs(found: list[Read], score: Score) -> None:
    """The processor's time of `extract()` beside that of trafilatura alone, over the same pages in the same run: to be seen,
    and not held to a floor."""
    ours, theirs = sum(each.cpu_s for each in found), sum(each.their_cpu_s for each in found)
    print(f"{len(found)} pages: {ours:.2f} s, trafilatura alone {theirs:.2f} s")
    score("unseen: cost of reading, times trafilatura's", ours / theirs)


def test_pages_that_are_no_articles_are_not_stored(
    corpus: Corpus, score: Score, tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = Store(tmp_path_factory.mktemp("unseen") / "others.db")
    pages = read_others(corpus)
    stored = [page for page in pages if not why_refused(store, page)]
    of_kind, stored_of_kind = Counter(page.kind for page in pages), Counter(page.kind for page in stored)
    for kind, count in of_kind.items():
        names = [page.id for page in stored if page.kind == kind]
        print(f"{kind}: {stored_of_kind[kind]} of {count} stored: {names}")
    score("unseen: pages that are no articles stored, too many, %", 100 * len(stored) / len(pages))


def _ours(found: Read) -> str:
    return found.ours


def _theirs(found: Read) -> str:
    return found.theirs
