"""Instants as RFC 3339 writes them. Rows of `cases/instants.json`: what a text names, null where that is nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.clock import format_instant, parse_instant, utc_now
from rowback.errors import BadInput
from rowback.web.app import create_app

from .cases import cases
from .samples import START, URL, capture

if TYPE_CHECKING:
    from rowback.store import Store

ROWS: list[dict[str, Any]] = cases("instants")
FORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_what_rfc_3339_allows_is_read_and_nothing_else(row: dict[str, Any]) -> None:
    if row["instant"] is None:
        with pytest.raises(BadInput, match="write 2026-01-31T09:30:00Z"):
            parse_instant(row["text"])
    else:
        found = parse_instant(row["text"])
        assert found.tzinfo is UTC
        assert format_instant(found) == row["instant"]


def test_a_missing_offset_is_told() -> None:
    with pytest.raises(BadInput, match="lacks its offset from UTC"):
        parse_instant("2026-01-31T09:30:00")


@given(
    st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)),  # noqa: DTZ001
    st.integers(-1_439, 1_439),
)
def test_what_is_written_is_read_back(local: datetime, minutes: int) -> None:
    at = local.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    text = format_instant(at)
    assert FORM.fullmatch(text)
    assert parse_instant(text) == at
    assert parse_instant(at.isoformat()) == at


@given(st.text(max_size=40))
def test_any_other_text_is_refused(text: str) -> None:
    try:
        assert parse_instant(text).tzinfo is UTC
    except BadInput as error:
        assert str(error)


@pytest.mark.parametrize(
    "asked",
    ["2026-01-10T10:00:00+02:00", "2026-01-10T10:00:00 02:00", "2026-01-10 08:00:00Z", "2026-01-10 10:00:00 02:00"],
)
def test_a_plus_that_became_a_space_in_an_address_is_read(store: Store, asked: str) -> None:
    store.record(capture(), START)
    store.record(capture(["Another text."], minutes=1), START)
    reader = create_app(store, is_public=True).test_client()
    here = {"Host": "127.0.0.1"}
    told = reader.get("/api/v1/edits", query_string={"url": URL, "from": asked}, headers=here)
    assert told.get_json()["from"] == 0
    assert reader.get(f"/articles/1/at/{asked}", headers=here).location.endswith("/versions/0")


def test_the_clock_tells_utc() -> None:
    assert utc_now().tzinfo is UTC
