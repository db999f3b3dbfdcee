"""What is told of when an article is checked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from rowback.model import Status
from rowback.store import Store
from rowback.text.next_check import checked_again

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
