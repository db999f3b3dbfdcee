"""Noise put into pages that nobody tuned for makes no versions, and figures that change in their sentences do.
`python -m tests.evaluation.noises` and `python -m tests.evaluation.true_edits` show page by page what is behind the figures.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.evaluation.articles import read_articles
from tests.evaluation.noises import LEARNED, NOISES, capture_noises
from tests.evaluation.spread import spread
from tests.evaluation.true_edits import change_figures

if TYPE_CHECKING:
    from pathlib import Path

    from tests.evaluation.conftest import Score
    from tests.evaluation.corpus import Corpus

SAMPLE = 5  # each noise is put into one of so many pages: all of them would take half an hour of one processor
FIGURES_SAMPLE = 2  # the same of figures


def test_noise_makes_no_versions(corpus: Corpus, score: Score, tmp_path: Path) -> None:
    """After the third look: by then all that only comes and goes has been seen."""
    tasks = []
    for number, page in enumerate(read_articles(corpus)):
        names = tuple(noise.name for n, noise in enumerate(NOISES) if (number + n) % SAMPLE == 0)
        tasks.append((page, number, names))
    tried, early, late = Counter[str](), Counter[str](), Counter[str]()
    for outcomes in spread(tmp_path, capture_noises, tasks):
        for each in outcomes:
            tried[each.name] += each.is_stored
            early[each.name] += bool(each.versions)
            late[each.name] += bool(each.versions_after(LEARNED))
            if each.versions_after(LEARNED):
                print(f"{each.page}, {each.name}, looks {each.looks()}: {each.said()}")
    for noise in NOISES:
        counts = f"{late[noise.name]} (at any look {early[noise.name]}) of {tried[noise.name]}"
        print(f"{noise.name}: pages with a version after the third look: {counts}")
    for is_telling, name in ((True, "with a telling name or wording"), (False, "in boxes without a name")):
        kinds = [noise.name for noise in NOISES if noise.is_telling == is_telling]
        share = 100 * sum(late[kind] for kind in kinds) / sum(tried[kind] for kind in kinds)
        score(f"unseen: noise {name} that made versions, too many, %", share)


def test_figures_that_change_are_edits(corpus: Corpus, score: Score, tmp_path: Path) -> None:
    """A death toll, a score, a price, a count of votes, in sentences among the paragraphs of the same pages."""
    pages = [(page,) for page in read_articles(corpus)[::FIGURES_SAMPLE]]
    found = [told for each in spread(tmp_path, change_figures, pages) for told in each if told.kind != "refused"]
    right = [told for told in found if told.is_right and told.is_labelled]
    wrong = Counter((told.page, told.kind, told.is_labelled) for told in found if told not in right)
    print(f"{len(found)} figures; told as something else: {dict(wrong)}")
    score("unseen: figures that change told as edits of figures, %", 100 * len(right) / len(found))
