"""Which parameters are tracking: each name and prefix, and what only looks like one. The rows, with their sources, are in
`cases/tracking.json`."""

from __future__ import annotations

from typing import Any

import pytest

from rowback.text.tracking import AMBIGUOUS_PARAMETERS, TRACKING_PARAMETERS, TRACKING_PREFIXES
from rowback.text.urls import identify

from .cases import cases

TABLE: dict[str, Any] = cases("tracking")
NAMES = [row["name"] for row in TABLE["names"]]
PREFIXES = [row["prefix"] for row in TABLE["prefixes"]]
VISITS: list[dict[str, Any]] = TABLE["sessions"] + TABLE["busters"]
PLAIN = identify("https://echo.example/a?id=7")


def _identified(name: str, value: str = "x1") -> tuple[str, str]:
    page = identify(f"https://echo.example/a?id=7&{name}={value}")
    return page.key, page.link


def _is_dropped(name: str, value: str = "x1") -> bool:
    return _identified(name, value) == (PLAIN.key, PLAIN.link)


def test_every_name_and_prefix_has_one_row_and_every_row_is_one() -> None:
    assert sorted(NAMES) == sorted(TRACKING_PARAMETERS)
    assert sorted(PREFIXES) == sorted(TRACKING_PREFIXES)
    assert AMBIGUOUS_PARAMETERS <= TRACKING_PARAMETERS


@pytest.mark.parametrize("row", TABLE["names"] + TABLE["prefixes"], ids=NAMES + PREFIXES)
def test_every_row_says_who_sets_it_and_how_we_know(row: dict[str, str]) -> None:
    assert row["by"]
    assert row["source"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_dropped_however_it_is_written(name: str) -> None:
    for written in (name, name.upper(), name.title()):
        assert _is_dropped(written)


@pytest.mark.parametrize("name", NAMES)
def test_what_only_looks_like_a_name_is_kept(name: str) -> None:
    for other in (f"{name}2", f"x{name}", f"{name}_of", f"{name[:-1]}", f"{name}[]"):
        if other not in TRACKING_PARAMETERS:
            assert not _is_dropped(other), other


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_prefix_is_dropped_with_whatever_follows_it(prefix: str) -> None:
    for written in (f"{prefix}anything", f"{prefix}x_y".upper(), prefix):
        assert _is_dropped(written)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_what_only_looks_like_a_prefix_is_kept(prefix: str) -> None:
    for other in (
        prefix.removesuffix("_"),
        f"x{prefix}source",
        f"{prefix.removesuffix('_')}source",
        f"{prefix[1:]}source",
    ):
        assert not _is_dropped(other), other


@pytest.mark.parametrize("name", sorted(AMBIGUOUS_PARAMETERS))
def test_a_short_word_with_a_number_may_name_the_article(name: str) -> None:
    for number in ("1234567", "2026-114", "12.5", "٣٤"):
        assert not _is_dropped(name, number), number
    for word in ("rss", "share_btn_tw", "nl-2026", "", "-"):
        assert _is_dropped(name, word), word


@pytest.mark.parametrize("row", VISITS, ids=[row["name"] for row in VISITS])
def test_what_a_server_writes_for_one_visit_is_dropped_by_its_value(row: dict[str, Any]) -> None:
    assert row["by"]
    assert row["source"]
    for name in (row["name"], row["name"].upper(), row["name"].lower()):
        for value in row["dropped"]:
            assert _is_dropped(name, value), value
        for value in row["kept"]:
            assert not _is_dropped(name, value), value


@pytest.mark.parametrize("row", VISITS, ids=[row["name"] for row in VISITS])
def test_what_only_looks_like_one_visits_is_kept(row: dict[str, Any]) -> None:
    for other in (f"x{row['name']}", f"{row['name']}_of", f"{row['name']}[]"):
        if not other.lower().startswith("aspsessionid"):
            assert not _is_dropped(other, row["dropped"][0]), other


def test_the_number_of_a_coldfusion_session_is_one_beside_its_token_only() -> None:
    assert not _is_dropped("CFID", "12")
    assert _identified("CFID", "12&CFTOKEN=34") == (PLAIN.key, PLAIN.link)


@pytest.mark.parametrize("row", TABLE["kept"], ids=[row["name"] for row in TABLE["kept"]])
def test_what_chooses_the_page_is_kept(row: dict[str, str]) -> None:
    assert not _is_dropped(row["name"])
    assert not _is_dropped(row["name"], "7")
