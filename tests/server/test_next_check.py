"""What is told of when an article is checked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from rowback.capture.schedule import Watched, plan
from rowback.model import Status
from rowback.pace import LONG_QUIET_DAYS, QUIET_DAYS
from rowback.store import Store
from rowback.text.next_check import SETTLED, checked_again

from .documents import ROOT
from .samples import START, at, capture


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("watching", "in 10 minutes, on 08:10"),
        ("settled", "40 days"),
        ("gone", "no longer answers"),
        ("paused", "kept"),
    ],
)
def test_each_status_has_its_sentence(store: Store, status: str, words: str) -> None:
    article = store.record(capture(), START).article
    assert article.next_check_at == at(10)
    article = replace(article, status=Status(status), last_checked_at=START + timedelta(days=40))
    assert words in checked_again(article, START, "{:%H:%M}".format)


def test_what_was_only_captured_is_not_said_to_have_been_watched(store: Store) -> None:
    article = replace(store.record(capture(), START).article, status=Status.SETTLED, next_check_at=None)
    assert checked_again(article, START, str) == "Not followed: it was captured and is not checked by itself."


@pytest.mark.parametrize(("seconds", "is_over"), [(-1, False), (0, True)])
def test_the_store_the_schedule_and_the_sentence_settle_at_the_same_age(
    store: Store, seconds: int, is_over: bool
) -> None:
    now = START + timedelta(days=QUIET_DAYS, seconds=seconds)
    article = store.record(capture(), now).article
    assert (article.status is Status.SETTLED) is is_over
    assert (plan(Watched(START, is_edited=False), now).status is Status.SETTLED) is is_over
    told = checked_again(replace(article, status=Status.SETTLED, last_checked_at=now), now, str)
    assert told.startswith("Settled: ") is is_over


def test_people_are_told_the_ages_that_hold() -> None:
    settled = SETTLED % {"unchanged": "2 days", "days": QUIET_DAYS, "more_days": LONG_QUIET_DAYS}
    assert f"unchanged for {QUIET_DAYS} days, or for {LONG_QUIET_DAYS} where" in settled
    paper = ROOT.joinpath("server/docs/following.md").read_text(encoding="utf-8")
    assert f"unchanged for {QUIET_DAYS} days is the last" in " ".join(paper.split())
