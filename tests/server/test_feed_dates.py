"""A date that cannot be is no date: what is dated wrongly is looked at, not left out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.capture.feed_dates import EARLIEST, believed, instant
from rowback.store.feeds import Entry

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
AT = "2026-11-29T18:15:00+00:00"
TOLD = [
    ("2026-11-29T18:15:00Z", AT),
    ("2026-11-29T19:15:00.123456789+01:00", AT),
    ("2026-11-29 19:15:00 +0100", AT),
    ("2026-11-29 18:15:00 UTC", AT),
    ("20261129T181500Z", AT),
    ("20261129181500", AT),
    ("2026/11/29 18:15:00", AT),
    ("2026/11/29, 6:15 PM", AT),
    ("Sun, 29 Nov 2026 18:15:00 GMT", AT),
    ("Sun, 29 Nov 26 19:15:00 +0100", AT),
    ("29 Nov 2026 18:15", AT),
    ("November 29, 2026 18:15", AT),
    ("Sun Nov 29 18:15:00 2026", AT),
    ("29/11/2026 18:15", AT),
    ("11/29/2026 18:15:00", AT),
    ("29.11.2026 18:15", AT),
    ("29/11/26 18:15", AT),
    ("1795976100", AT),
    ("1795976100000", AT),
    (1795976100, AT),
    (1795976100.5, AT),
    (" 2026-11-29\n", "2026-11-29T00:00:00+00:00"),
    ("2026-3-1", "2026-03-01T00:00:00+00:00"),
    ("Sun, 29 Nov 2026", "2026-11-29T00:00:00+00:00"),
    ("2026-03", "2026-03-31T23:59:59+00:00"),
    ("2026-12", "2026-12-31T23:59:59+00:00"),
    ("2026", "2026-12-31T23:59:59+00:00"),
]
NO_DATES: list[object] = [
    *("1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT", "1970/01/01", "0001-01-01T00:00:00Z", "0001-01-01"),
    *("0000-00-00 00:00:00", "Sun, 30 Nov -0001 00:00:00 +0000", "-0001-11-30", "0", "-1", "1", "12", "86399"),
    *("{{date}}", "{{ date | rfc822 }}", "%Y-%m-%d", "Invalid Date", "now", "yesterday", "Jan", "NaN", "null", ""),
    *(
        "2026-13-01",
        "2026-02-30",
        "30/02/2026",
        "2026-11-29T25:00:00Z",
        "9999",
        "1e400",
        "２０２６-11-29",
        "2026-11-29" * 99,
    ),
    *("05/06/2026", "5-6-2026"),  # of June or of May
    *(None, True, False, [], {}, float("nan"), float("inf"), 0, 10**30),
]


@pytest.mark.parametrize(("told", "at"), TOLD)
def test_dates_are_read_however_they_are_written(told: object, at: str) -> None:
    found = instant(told)
    assert found is not None
    assert found.isoformat() == at


@pytest.mark.parametrize("told", NO_DATES)
def test_what_cannot_be_a_date_is_none(told: object) -> None:
    assert instant(told) is None


@given(st.text(alphabet="0123456789/-.:TZ +,apmJanov{}", max_size=40) | st.floats() | st.integers())
def test_anything_is_a_date_of_the_web_or_none(told: object) -> None:
    found = instant(told)
    assert found is None or (found >= EARLIEST and found.tzinfo is UTC)


def _entries(*ages: timedelta | None) -> list[Entry]:
    return [Entry(f"https://echo.example/{n}", None if age is None else NOW - age) for n, age in enumerate(ages)]


@pytest.mark.parametrize(
    ("ages", "kept"),
    [
        ([timedelta(0), WEEK, None], [True, True, False]),
        ([timedelta(hours=-14), timedelta(days=-2), timedelta(days=-9_000)], [True, False, False]),
        ([2 * WEEK] * 3, [False] * 3),
        ([2 * WEEK] * 2, [True] * 2),
        ([2 * WEEK, 2 * WEEK, 2 * WEEK, 3 * WEEK], [True] * 4),
        ([timedelta(hours=1)] * 5, [True] * 5),
        ([2 * WEEK, 2 * WEEK, None, 2 * WEEK], [False] * 4),
    ],
)
def test_dates_that_lie_ahead_or_are_the_templates_are_not_believed(
    ages: list[timedelta | None], kept: list[bool]
) -> None:
    entries = _entries(*ages)
    assert [each.updated_at is not None for each in believed(entries, NOW, NOW - WEEK)] == kept
    if ages[0] == 2 * WEEK:
        assert believed(entries, NOW, None) == entries
