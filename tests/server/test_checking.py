"""What is told of when an article is checked again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rowback.model import Status
from rowback.store import Store
from rowback.text.checking import checked_again

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
    assert words in checked_again(replace(article, status=Status(status)), START, "{:%H:%M}".format)
