"""Where captures belong among versions, in whatever order they arrive. Rows of `cases/placements.json`: `A@10` is text A
seen at minute 10, `A 0-10` a version seen from minute 0 to 10."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .cases import cases
from .samples import START, at, capture

if TYPE_CHECKING:
    from rowback.model import Version
    from rowback.store import Store

ROWS: list[dict[str, Any]] = cases("placements")
SIGHTS = st.lists(
    st.tuples(st.sampled_from("AB"), st.integers(0, 30)), min_size=1, max_size=8, unique_by=lambda sight: sight[1]
)


def _record(store: Store, sights: list[tuple[str, int]], url: str) -> list[Version]:
    captures = [capture([f"Text {text} it is."], minutes=minute, url=url) for text, minute in sights]
    recorded = [store.record(each, at(60)) for each in captures]
    return store.versions.of_article(recorded[-1].article.id)


def _told(versions: list[Version]) -> str:
    return ", ".join(
        f"{version.content.blocks[0].text.split()[1]} {_minute(version.seen_at)}-{_minute(version.last_seen_at)}"
        for version in versions
    )


def _minute(instant: Any) -> int:
    return int((instant - START).total_seconds() // 60)


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_captures_become_versions(store: Store, row: dict[str, Any]) -> None:
    sights = [(text, int(minute)) for text, _, minute in (sight.partition("@") for sight in row["captures"].split())]
    versions = _record(store, sights, "https://echo.example/a")
    assert _told(versions) == row["versions"]
    assert [version.number for version in versions] == list(range(len(versions)))


_numbers = count()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SIGHTS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(store: Store, sights: list[tuple[str, int]], random: Any) -> None:
    shuffled = random.sample(sights, len(sights))
    number = next(_numbers)
    in_order = _record(store, sorted(sights, key=lambda sight: sight[1]), f"https://echo.example/{number}/a")
    arrived = _record(store, shuffled, f"https://echo.example/{number}/b")
    assert _told(arrived) == _told(in_order)


def test_the_article_tells_of_its_versions(store: Store) -> None:
    sights = (("B", 30), ("A", 0), ("B", 40))
    captures = [capture([f"Text {text} it is."], minutes=minute, title=f"Title {text}") for text, minute in sights]
    article = [store.record(each, at(60)) for each in captures][-1].article
    assert (article.first_seen_at, article.last_changed_at, article.last_checked_at) == (at(0), at(30), at(40))
    assert article.title == "Title B"
    assert article.version_count == 2
