"""Archives: how they are named, what they are asked, and what their refusals mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from rowback.archive.sources import ARQUIVO, PRESETS, WAYBACK, NoCopy, SourceKind, pause, refusal, source_of
from rowback.capture.fetch import Fetcher
from rowback.errors import BadInput, NoAnswer
from rowback.text.archived import archived

from .pretend_archive import EXCLUDED, pretend_archive
from .websites import HOST

URL = "https://echo.example/news/ferry?page=2&x=ä"
AT = datetime(2026, 3, 5, 18, 36, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "kind", "listed", "copied"),
    [
        ("wayback", SourceKind.WAYBACK, "https://web.archive.org/cdx/search/cdx?", "https://web.archive.org/web/"),
        (" Arquivo ", SourceKind.PYWB, "https://arquivo.pt/wayback/cdx?", "https://arquivo.pt/noFrame/replay/"),
        ("wayback+http://127.0.0.1:8390", SourceKind.WAYBACK, "http://127.0.0.1:8390/cdx/search/cdx?", "http://127.0.0.1:8390/web/"),
        ("WAYBACK+HTTPS://Archive.Example/", SourceKind.WAYBACK, "https://archive.example/cdx/search/cdx?", "https://archive.example/web/"),
        ("pywb+https://archive.example/news", SourceKind.PYWB, "https://archive.example/news/cdx?", "https://archive.example/news/"),
        ("pywb+https://archive.example/a/News/", SourceKind.PYWB, "https://archive.example/a/News/cdx?", "https://archive.example/a/News/"),
        ("memento+https://archive.example/map/link", SourceKind.MEMENTO, "https://archive.example/map/link/https://", ""),
        ("rowback+https://other.example", SourceKind.ROWBACK, "https://other.example/api/v1/edits?", ""),
    ],
)  # fmt: skip
def test_an_archive_is_named_or_told_by_its_address(told: str, kind: SourceKind, listed: str, copied: str) -> None:
    found = source_of(told)
    assert (found.kind, found.copy_at) == (kind, copied)
    assert found.list_url(URL).startswith(listed)
    assert found.name
    assert found.title


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("", "known by name"),
        ("archive.org", "known by name: say wayback, arquivo"),
        ("https://archive.example/", "known by name"),
        ("ftp+https://archive.example/", "no kind of archive"),
        ("+https://archive.example/", "no kind of archive"),
        ("pywb+", "begins with http"),
        ("pywb+archive.example/news", "begins with http"),
        ("pywb+ftp://archive.example/news", "begins with http"),
        ("pywb+file:///etc/passwd", "begins with http"),
        ("pywb+https://", "begins with http"),
        ("pywb+https://archive.example:0/", "begins with http"),
        ("pywb+https://archive example/", "begins with http"),
        ("pywb+https://me:secret@archive.example/", "no user and no password"),
        ("pywb+https://me@archive.example/", "no user and no password"),
        ("pywb+https://archive.example/?coll=news", "before any"),
        ("pywb+https://archive.example/?", "before any"),
        ("pywb+https://archive.example/#news", "before any"),
    ],
)
def test_what_names_no_archive_is_refused_with_the_ways_to(told: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        source_of(told)


def test_an_address_is_asked_for_whole_and_copies_are_known_again() -> None:
    for source in PRESETS.values():
        asked = parse_qs(urlsplit(source.list_url(URL)).query)
        assert (asked["url"], asked["output"]) == ([URL], ["json"])
        for address in (source.copy_url(AT, URL), source.view_url(AT, URL)):
            found = archived(address)
            assert found is not None
            assert (found.seen_at, found.original) == (AT, URL.replace("ä", "%C3%A4"))


def test_the_presets_ask_less_often_than_their_archives_allow() -> None:
    assert 60 / WAYBACK.list_gap_s <= 24 < 30
    assert 60 / WAYBACK.copy_gap_s <= 480
    assert 60 / ARQUIVO.list_gap_s <= 250 / 2
    assert 60 / ARQUIVO.copy_gap_s <= 400 / 2


COPY = {"memento-datetime": "Thu, 05 Mar 2026 18:36:00 GMT"}
KEPT_BACK = {"x-archive-wayback-runtime-error": EXCLUDED}


@pytest.mark.parametrize(
    ("status", "headers", "body", "expected"),
    [
        (200, {}, b"[]", None),
        (200, COPY, b"<p>text</p>", None),
        (200, COPY, b"<p>How to cure an AccessControlException</p>", None),
        (404, COPY, b"", NoCopy.MISSING),
        (429, COPY, b"", NoCopy.MISSING),
        (403, KEPT_BACK | COPY, b"", NoCopy.MISSING),
        (403, KEPT_BACK, b"", NoCopy.EXCLUDED),
        (404, KEPT_BACK, b"", NoCopy.EXCLUDED),
        (200, {}, f"<html>{EXCLUDED}</html>".encode(), NoCopy.EXCLUDED),
        (200, {}, b"org.archive.wayback.exception.RobotAccessControlException: Blocked By Robots", NoCopy.EXCLUDED),
        (403, {"x-archive-wayback-runtime-error": "ResourceNotInArchiveException"}, b"", NoCopy.BUSY),
        (403, {}, b"", NoCopy.BUSY),
        (429, {}, b"", NoCopy.BUSY),
        (404, {}, b"", NoCopy.MISSING),
        (500, {}, b"", NoCopy.TROUBLED),
        (503, {}, b"", NoCopy.TROUBLED),
        (504, {}, b"", NoCopy.TROUBLED),
        (None, {}, b"", NoCopy.REFUSED),
    ],
)
def test_a_refusal_is_of_the_archive_or_of_a_publisher_or_of_a_copy(
    status: int | None, headers: dict[str, str], body: bytes, expected: NoCopy | None
) -> None:
    assert refusal(status, headers, body) is expected


@pytest.mark.parametrize(
    ("found", "times", "asked_s", "expected"),
    [
        (NoCopy.EXCLUDED, 3, 900.0, timedelta(0)),
        (NoCopy.MISSING, 3, None, timedelta(0)),
        (NoCopy.BUSY, 0, None, timedelta(minutes=1)),
        (NoCopy.BUSY, 2, None, timedelta(minutes=4)),
        (NoCopy.BUSY, 0, 600.0, timedelta(minutes=10)),
        (NoCopy.BUSY, 0, 5.0, timedelta(minutes=1)),
        (NoCopy.REFUSED, 0, None, timedelta(hours=1)),
        (NoCopy.REFUSED, 1, None, timedelta(hours=2)),
        (NoCopy.REFUSED, 2, None, timedelta(hours=4)),
        (NoCopy.REFUSED, 10_000, None, timedelta(days=1)),
        (NoCopy.TROUBLED, 0, None, timedelta(minutes=15)),
        (NoCopy.BUSY, 0, 10.0**9, timedelta(days=1)),
    ],
)
def test_an_archive_that_turns_us_away_is_left_alone(
    found: NoCopy, times: int, asked_s: float | None, expected: timedelta
) -> None:
    assert pause(found, times, asked_s) == expected


@pytest.mark.parametrize(
    ("kind", "expected"), [("excluded", NoCopy.EXCLUDED), (429, NoCopy.BUSY), (503, NoCopy.TROUBLED)]
)
def test_a_refusal_is_known_as_it_comes(kind: int | str, expected: NoCopy) -> None:
    with pretend_archive() as archive:
        archive.keep(URL, "20260305183600", "<p>text</p>")
        archive.fail(kind)
        fetcher = Fetcher({HOST}, archive.site.resolve)
        told = fetcher.get(archive.source().copy_url(AT, URL))
        assert refusal(told.status, told.headers) is expected
        assert refusal((again := fetcher.get(archive.source().copy_url(AT, URL))).status, again.headers) is None


def test_an_archive_may_take_no_connections() -> None:
    with pretend_archive() as archive:
        archive.fail("refused")
        with pytest.raises(NoAnswer):
            Fetcher({HOST}, archive.site.resolve).get(archive.source().list_url(URL), any_type=True)
