"""The schedule against its peers' rules, with as many requests as they make, on histories it has not learned from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.evaluation.replay import Rule, at_most, halves, histories, learned, news_diffs, news_sniffer, replay

if TYPE_CHECKING:
    from tests.evaluation.conftest import Score
    from tests.evaluation.corpus import Corpus


@pytest.mark.parametrize(("peer", "rule"), [("News Sniffer", news_sniffer), ("NewsDiffs", news_diffs)])
def test_with_as_many_requests_more_edits_are_caught_sooner(
    corpus: Corpus, score: Score, peer: str, rule: Rule
) -> None:
    learned_from, tested = halves(histories(corpus))
    theirs = replay(tested, lambda _: rule)
    ours = at_most(theirs.requests, tested, learned(learned_from))
    assert ours.requests <= theirs.requests
    score(f"schedule against {peer}: edits caught, % of all more", ours.caught - theirs.caught)
    score(
        f"schedule against {peer}: median delay, % shorter",
        100 * (1 - ours.median_minutes / theirs.median_minutes),
    )
    score(
        f"schedule against {peer}: requests per edit, % fewer",
        100 * (1 - ours.requests_per_edit / theirs.requests_per_edit),
    )
