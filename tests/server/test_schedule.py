"""The schedule and what it learns, as pure functions."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.capture.habits import AGES_S, DAY_S, USUAL, Habit, Past, learn
from rowback.capture.pacing import MAX_PAUSE_S, gap, pause
from rowback.capture.schedule import (
    MAX_QUIET_FEED_WAIT_S,
    MIN_FEED_WAIT_S,
    USUAL_PRICE,
    Watched,
    plan,
    plan_feed,
    plan_missing,
    price_for,
)
from rowback.model import Status

from .samples import START

ages = st.floats(min_value=0, max_value=60 * DAY_S)


def waits(edited: bool, habit: Habit = USUAL, price: float = USUAL_PRICE) -> list[float]:
    """The waits between the looks at an article that is not edited, in seconds, until it is settled."""
    now, found = START, list[float]()
    while (due := plan(Watched(START, edited), now, habit, price).next_check_at) is not None:
        found.append((due - now).total_seconds())
        now = due
    return found


@pytest.mark.parametrize("edited", [False, True])
def test_waits_begin_with_minutes_and_grow_until_a_check_after_forty_days(edited: bool) -> None:
    found = waits(edited)
    assert 300 <= found[0] <= 1200
    assert all(later >= earlier - 2 for earlier, later in pairwise(found))
    assert sum(found[:-1]) < 40 * DAY_S <= sum(found) < 45 * DAY_S
    assert 30 <= len(found) <= 120


@given(ages, st.booleans(), st.integers(0, 50))
def test_a_plan_lies_ahead_and_an_edit_brings_the_start_back(age: float, edited: bool, failures: int) -> None:
    now = START + timedelta(seconds=age)
    found = plan(Watched(START, edited, failures), now)
    assert (found.status is Status.SETTLED) == (age >= 40 * DAY_S) == (found.next_check_at is None)
    if found.next_check_at is not None:
        assert timedelta(seconds=119) <= found.next_check_at - now <= timedelta(days=30)
        fresh = plan(Watched(now, True), now).next_check_at
        assert fresh is not None
        assert fresh <= found.next_check_at or (not edited and age < 4 * DAY_S)


@given(ages, st.booleans(), st.floats(0.01, 10), st.floats(1.01, 10))
def test_a_dearer_request_comes_later(age: float, edited: bool, price: float, factor: float) -> None:
    now = START + timedelta(seconds=age)
    cheap, dear = (plan(Watched(START, edited), now, USUAL, each).next_check_at for each in (price, price * factor))
    assert cheap is None or (dear is not None and dear >= cheap)


def test_the_price_keeps_to_the_budget() -> None:
    articles = [(day * DAY_S / 10, False, USUAL) for day in range(400)]
    price = price_for(articles, 2_000)
    requests = 0.0
    for age_s, edited, habit in articles:
        now = START + timedelta(seconds=age_s)
        due = plan(Watched(START, edited), now, habit, price).next_check_at
        requests += DAY_S / (due - now).total_seconds() if due else 0
    assert 500 <= requests <= 2_000
    assert price_for(articles, 10**9) == price_for([], 1)


def test_misses_are_confirmed_before_an_article_is_gone() -> None:
    assert [plan_missing(n, START).status for n in (1, 2, 3, 4)] == [Status.WATCHING] * 3 + [Status.GONE]


def edited_every(hours: float, times: int) -> Past:
    """An article edited at even intervals, then watched for another forty days."""
    changed = tuple(START + timedelta(hours=hours * n) for n in range(times + 1))
    return Past(changed, changed[-1] + timedelta(days=40))


def test_a_source_that_edits_quickly_is_asked_sooner_than_one_that_does_not() -> None:
    quick, slow = learn([edited_every(0.3, 6)] * 50), learn([edited_every(30, 3)] * 50)
    assert waits(True, quick)[0] < waits(True, slow)[0]


def test_what_is_not_known_of_a_source_is_as_usual() -> None:
    assert learn([]).again == pytest.approx(USUAL.again)
    one = learn([edited_every(0.3, 1)])
    assert all(0.2 < got / usual < 5 for got, usual in zip(one.first, USUAL.first, strict=True))


@pytest.mark.parametrize(("late", "days"), [(0, 40), (2, 40), (3, 365), (10, 365)])
def test_only_a_source_known_to_edit_late_is_watched_for_longer(late: int, days: int) -> None:
    pasts = [edited_every(24 * 60, 1)] * late + [edited_every(2, 1)] * 30
    assert learn(pasts).quiet_days == days


def test_the_hours_at_which_a_source_edits_are_learned() -> None:
    habit = learn([Past((START - timedelta(hours=5), START.replace(hour=14)), START + timedelta(days=9))] * 80)
    at_two, at_night = (START.replace(hour=hour).timestamp() for hour in (14, 3))
    assert habit.factor(at_two) > 5 * habit.factor(at_night) > 0


@given(st.lists(st.lists(st.floats(0, 400 * DAY_S), min_size=1, max_size=8), max_size=8))
def test_rates_are_positive_whatever_the_past(pasts: list[list[float]]) -> None:
    made = (tuple(START + timedelta(seconds=s) for s in sorted(times)) for times in pasts)
    habit = learn([Past(times, times[-1]) for times in made])
    assert len(habit.first) == len(habit.again) == len(AGES_S)
    assert min(*habit.first, *habit.again, *habit.hours) > 0


@given(st.integers(0, 100), st.one_of(st.none(), st.floats(0, 10**7)), st.floats(0, 1))
def test_pauses_grow_and_are_bounded(blocks: int, asked: float | None, chance: float) -> None:
    found = pause(blocks, asked, chance).total_seconds()
    assert 900 <= found <= MAX_PAUSE_S * 1.1
    assert found >= min(asked or 0, MAX_PAUSE_S)
    assert 5 <= gap(0, chance).total_seconds() <= 7.5


def test_feeds_with_news_are_read_more_often() -> None:
    assert plan_feed(None, 3, 0) < plan_feed(None, 0, 0) < plan_feed(None, 0, 2)
    wait = 900
    for _ in range(40):
        wait = plan_feed(wait, 0, 0)
    assert wait == MAX_QUIET_FEED_WAIT_S
    for _ in range(40):
        wait = plan_feed(wait, 1, 0)
    assert wait == MIN_FEED_WAIT_S
