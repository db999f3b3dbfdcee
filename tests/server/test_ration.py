"""Strangers may ask so much a minute and no more; whoever is known is not counted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.errors import TooManyRequests
from rowback.web.app import create_app
from rowback.web.guard.ration import DEAR, MAX_ADDRESSES, Ration

from .backend import Clock
from .samples import START
from .strangers import tell_listed

if TYPE_CHECKING:
    from rowback.store import Store

MOST = 40


def _spent(ration: Ration, address: str = "192.0.2.1", endpoint: str = "front.front") -> int:
    """How many requests are let through at one instant."""
    for number in range(10 * MOST):
        try:
            ration.spend(address, endpoint, START)
        except TooManyRequests:
            return number
    raise AssertionError("there is no end")


def test_an_address_has_its_minute_and_gets_it_back_in_time() -> None:
    ration = Ration(MOST)
    assert _spent(ration) == MOST
    assert _spent(ration, "192.0.2.2") == MOST
    with pytest.raises(TooManyRequests) as refused:
        ration.spend("192.0.2.1", "front.front", START)
    later = START + timedelta(seconds=refused.value.retry_after_s)
    ration.spend("192.0.2.1", "front.front", later)
    with pytest.raises(TooManyRequests):
        for _ in range(3):
            ration.spend("192.0.2.1", "front.front", later)


def test_a_search_counts_as_ten() -> None:
    assert _spent(Ration(MOST), endpoint="find.search") == MOST / DEAR
    assert _spent(Ration(3), endpoint="api.search") == 1, "less than a search costs: one is let through all the same"


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("", "192.0.2.2", False),
    ],
)
def test_one_customers_addresses_count_together(one: str, other: str, is_same: bool) -> None:
    ration = Ration(MOST)
    _spent(ration, one)
    assert (_spent(ration, other) == 0) == is_same


@given(st.lists(st.tuples(st.integers(-300, 300), st.booleans()), max_size=200))
def test_however_the_clock_goes_no_more_is_let_through_than_time_passed(steps: list[tuple[int, bool]]) -> None:
    ration, at, let, forward = Ration(MOST), START, 0.0, 0
    for seconds, is_dear in steps:
        at += timedelta(seconds=seconds)
        forward += max(0, seconds)
        try:
            ration.spend("192.0.2.1", "find.search" if is_dear else "front.front", at)
        except TooManyRequests:
            continue
        let += DEAR if is_dear else 1
    assert let <= MOST * (1 + forward / 60)


def test_what_is_remembered_is_bounded() -> None:
    ration = Ration(MOST)
    _spent(ration, "192.0.2.1")
    for number in range(MAX_ADDRESSES):
        ration.spend(f"10.{number >> 16}.{(number >> 8) & 255}.{number & 255}", "front.front", START)
    assert _spent(ration, "192.0.2.1") == MOST


def test_strangers_are_told_when_to_go_on_and_others_are_not_counted(store: Store) -> None:
    tell_listed(store)
    clock = Clock()
    app = create_app(store, is_public=True, stranger_requests=MOST, now=clock)
    token = {"Authorization": f"Bearer {store.access.new_token('reader', clock())}"}
    stranger = app.test_client()
    answers = [stranger.get("/api/v1/articles").status_code for _ in range(MOST + 1)]
    assert answers == [200] * MOST + [429]
    refused = stranger.get("/api/v1/articles")
    assert (refused.get_json()["code"], refused.headers["Retry-After"]) == ("too-many-requests", "2")
    page = stranger.get("/", headers={"Accept": "text/html"})
    assert page.status_code == 429
    assert "Go on in 2 seconds." in page.text
    assert stranger.get("/api/v1/health").status_code == 200
    assert stranger.get("/static/pages.css").status_code == 200
    assert {stranger.get("/api/v1/articles", headers=token).status_code for _ in range(2 * MOST)} == {200}
    other = {"X-Forwarded-For": "192.0.2.9"}
    assert stranger.get("/", headers=other).status_code == 200
    clock.advance(seconds=2)
    assert stranger.get("/").status_code == 200


def test_where_reading_is_not_public_nothing_changes(store: Store) -> None:
    app = create_app(store, stranger_requests=1, now=Clock())
    assert {app.test_client().get("/api/v1/articles").status_code for _ in range(5)} == {401}
