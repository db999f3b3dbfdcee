"""When alerts tell: digests at an hour of wall clocks, quiet hours, and waits after failures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.alerts.timing import (
    GIVE_UP_AFTER,
    RETRY_AFTER,
    checked,
    is_quiet,
    next_at_hour,
    next_gathering,
    quiet_until,
    retry_at,
)
from rowback.errors import BadInput
from rowback.store.alerts import Rhythm, Schedule

HOURS = st.integers(0, 23)
# Clocks that jump by an hour, by half of one, over a whole day, or never.
ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia", "Asia/Tokyo"]
)
INSTANTS = st.datetimes(datetime(2011, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (of the zone)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    start, end = draw(st.tuples(HOURS, HOURS).filter(lambda both: both[0] != both[1]))
    rhythm = draw(st.sampled_from(Rhythm))
    return checked(Schedule(rhythm, draw(HOURS), draw(ZONES), start, end))


@given(schedules(), INSTANTS)
def test_quiet_hours_end_within_a_day_or_so_at_an_instant_that_is_not_quiet(schedule: Schedule, at: datetime) -> None:
    until = quiet_until(schedule, at)
    assert (until is None) == (not is_quiet(schedule, at))
    if until is not None:
        assert not is_quiet(schedule, until)
        assert at < until <= at + timedelta(hours=49)


@given(schedules(), INSTANTS)
def test_a_digest_comes_once_in_its_time(schedule: Schedule, at: datetime) -> None:
    then = next_gathering(schedule, at)
    most = {Rhythm.AT_ONCE: timedelta(0), Rhythm.HOURLY: timedelta(hours=1), Rhythm.DAILY: timedelta(hours=49)}
    assert at <= then <= at + most[schedule.rhythm]
    assert schedule.rhythm is Rhythm.AT_ONCE or then > at


@given(ZONES, HOURS, INSTANTS)
def test_the_clocks_strike_the_hour_or_skipped_it(zone: str, hour: int, after: datetime) -> None:
    found = next_at_hour(zone, hour, after)
    local = found.astimezone(ZoneInfo(zone))
    skipped = local.replace(hour=hour, minute=0, tzinfo=None) != local.replace(tzinfo=None)
    if skipped:  # such a time is none: there and back it is another
        named = local.replace(hour=hour, minute=0)
        assert named.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != named.replace(tzinfo=None) or (
            local.day != named.day
        )
    assert next_at_hour(zone, hour, found) - found >= timedelta(hours=22)


def test_a_daily_digest_comes_at_eight_in_summer_and_in_winter() -> None:
    daily = Schedule(Rhythm.DAILY, 8, "Europe/Berlin")
    told = [next_gathering(daily, datetime(2026, month, 10, 12, tzinfo=UTC)).hour for month in (1, 7)]
    assert told == [7, 6]


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        (Schedule(zone="Mars/Olympus"), "no time zone"),
        (Schedule(zone="../../etc/passwd"), "no time zone"),
        (Schedule(zone=""), "no time zone"),
        (Schedule(hour=24), "0 to 23"),
        (Schedule(quiet_from=-1, quiet_until=7), "0 to 23"),
        (Schedule(quiet_from=22), "a beginning and an end"),
        (Schedule(quiet_until=7), "a beginning and an end"),
        (Schedule(quiet_from=7, quiet_until=7), "never end"),
    ],
)
def test_a_schedule_that_cannot_be_kept_is_refused_with_the_reason(schedule: Schedule, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        checked(schedule)


@given(st.integers(0, 10_000), st.floats(0, 1e9))
def test_waits_grow_to_an_end_and_are_never_shorter_than_asked_within_it(tries: int, asked_s: float) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    wait = retry_at(tries, at, asked_s) - at
    assert retry_at(tries + 1, at) >= retry_at(tries, at)
    assert wait >= min(timedelta(seconds=asked_s), RETRY_AFTER[-1]) - timedelta(milliseconds=1)
    assert wait <= RETRY_AFTER[-1] < GIVE_UP_AFTER
