"""The schedule against its peers' rules, with as many requests as they make, on histories it has not learned from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.evaluation.replay import PEERS, at_most, halves, histories, learned, left_out, replay

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.capture.habits import Habit
    from tests.evaluation.conftest import Score
    from tests.evaluation.corpus import Corpus
    from tests.evaluation.replay import Told


@pytest.mark.parametrize("peer", ["News Sniffer", "NewsDiffs"])
def test_with_as_many_requests_more_edits_are_caught_sooner(corpus: Corpus, score: Score, peer: str) -> None:
    learned_from, tested = halves(histories(corpus))
    _compare(score, peer, tested, learned(learned_from), f"schedule against {peer}")


@pytest.mark.parametrize("peer", ["News Sniffer, 40 days", "NewsDiffs, 40 days"])
def test_with_nothing_learned_of_a_source_too(corpus: Corpus, score: Score, peer: str) -> None:
    _compare(score, peer, histories(corpus), {}, f"schedule, nothing learned, against {peer}")


@pytest.mark.parametrize("peer", ["News Sniffer, 40 days", "NewsDiffs, 40 days"])
def test_what_is_usual_elsewhere_serves_a_source_left_out(corpus: Corpus, score: Score, peer: str) -> None:
    found = histories(corpus)
    _compare(score, peer, found, left_out(found), f"schedule, source left out, against {peer}")


def _compare(score: Score, peer: str, found: Sequence[Told], habits: dict[str, Habit], name: str) -> None:
    theirs = replay(found, lambda _: PEERS[peer])
    ours = at_most(theirs.requests, found, habits)
    assert ours.requests <= theirs.requests
    score(f"{name}: edits caught, % of all more", ours.caught - theirs.caught)
    score(f"{name}: median delay, % shorter", 100 * (1 - ours.median_minutes / theirs.median_minutes))
    score(f"{name}: requests per edit, % fewer", 100 * (1 - ours.requests_per_edit / theirs.requests_per_edit))
