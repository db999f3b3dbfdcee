"""What archives list: CDX servers of two kinds and TimeMaps, from a pretended archive and from hostile ones."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.archive import cdx, timemap
from rowback.archive.cdx import CopyKind, CopyList
from rowback.archive.sources import HEADERS, SourceKind
from rowback.capture.fetch import Fetcher
from rowback.errors import FetchFailed, RowbackError, TooLarge
from rowback.text.archived import copy_at

from .pretend_archive import pretend_archive
from .websites import HOST

if TYPE_CHECKING:
    from .pretend_archive import PretendArchive

URL = "https://echo.example/news/ferry"
AT = datetime(2026, 3, 5, 18, 36, tzinfo=UTC)
HEAD = ["timestamp", "original", "mimetype", "statuscode", "digest", "length"]
ROW = ["20260305183600", URL, "text/html", "200", "ABC", "2000"]


def _arrays(*rows: object) -> bytes:
    return json.dumps([HEAD, *rows]).encode()


def _objects(*rows: dict[str, Any]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def _object(**more: Any) -> dict[str, Any]:
    return {
        "urlkey": "x",
        "timestamp": ROW[0],
        "url": URL,
        "mime": "text/html",
        "status": "200",
        "digest": "ABC",
    } | more


def _filled(archive: PretendArchive) -> PretendArchive:
    for day, text in enumerate(["one", "two", "two", "one", "three"], start=5):
        archive.keep(URL, f"202603{day:02}183600", f"<p>{text}</p>")
    archive.keep(URL, "20260320000000", "moved", 301)
    archive.keep(URL.replace("https", "http"), "20260321000000", "gone", 404)
    archive.keep("https://echo.example/another", "20260305000000", "<p>one</p>")
    return archive


@pytest.mark.parametrize("kind", [SourceKind.WAYBACK, SourceKind.PYWB])
def test_both_kinds_of_servers_list_the_same(kind: SourceKind) -> None:
    with pretend_archive(kind) as archive:
        _filled(archive)
        fetcher = Fetcher({HOST}, archive.site.resolve)
        listing = cdx.read(fetcher.get(archive.source().list_url(URL), HEADERS, any_type=True).body)
    told = [(each.seen_at.day, each.kind, each.status) for each in listing.copies]
    new, again = (CopyKind.HTML, 200), (CopyKind.REVISIT, None)
    assert told == [(5, *new), (6, *new), (7, *again), (8, *again), (9, *new)]
    digests = [each.digest for each in listing.copies]
    assert (digests[1] == digests[2], digests[0] == digests[3], len(set(digests))) == (True, True, 3)
    assert (listing.left_out, listing.resume) == (0, None)
    assert "br" not in archive.site.asked[0][1]["Accept-Encoding"]


def test_a_list_in_parts_is_read_with_the_key_of_each() -> None:
    days = list[int]()
    with pretend_archive() as archive:
        _filled(archive).most_rows = 2
        fetcher, key = Fetcher({HOST}, archive.site.resolve), ""
        for _ in range(3):
            asked = archive.source().list_url(URL, resume=key)
            listing = cdx.read(fetcher.get(asked, HEADERS, any_type=True).body)
            days += [each.seen_at.day for each in listing.copies]
            key = listing.resume or ""
    assert (days, key) == ([5, 6, 7, 8, 9], "")


@pytest.mark.parametrize("kind", [SourceKind.WAYBACK, SourceKind.PYWB])
def test_copies_since_an_instant_are_asked_for(kind: SourceKind) -> None:
    with pretend_archive(kind) as archive:
        asked = _filled(archive).source().list_url(URL, since=AT + timedelta(days=3))
        listing = cdx.read(Fetcher({HOST}, archive.site.resolve).get(asked, any_type=True).body)
    assert [each.seen_at.day for each in listing.copies] == [8, 9]


@pytest.mark.parametrize("body", [b"", b" \n", b"[]", b"[ ]\n", _arrays()])
def test_an_archive_without_a_copy_lists_none(body: bytes) -> None:
    assert cdx.read(body) == CopyList(())


@pytest.mark.parametrize(
    "row",
    [
        ["2026030518", *ROW[1:]],
        [20260305183600, *ROW[1:]],
        [*ROW[:2], "text/html; charset=utf-8", 200, "sha1:ABC", 2000],
        [*ROW[:2], "TEXT/HTML", "200", "ABC"],
        [*ROW[:2], "application/xhtml+xml", "-", "ABC", "-"],
        [*ROW, "more", "than named"],
    ],
)
def test_a_copy_may_be_written_in_several_ways(row: list[Any]) -> None:
    (found,) = cdx.read(_arrays(row)).copies
    assert (found.kind, found.digest, found.is_readable) == (CopyKind.HTML, "ABC", True)


@pytest.mark.parametrize(
    "row",
    [
        ROW,
        [],
        ["20260305183600"],
        "20260305183600",
        None,
        7,
        {"timestamp": "x"},
        ["20260230000000", *ROW[1:]],
        ["19760305183600", *ROW[1:]],
        ["２０２６０３０５", *ROW[1:]],
        [True, *ROW[1:]],
        [None, *ROW[1:]],
        [ROW[0], "ftp://echo.example/a", *ROW[2:]],
        [ROW[0], "javascript:alert(1)", *ROW[2:]],
        [ROW[0], "https://" + "a" * 5000, *ROW[2:]],
        [*ROW[:3], "OK", *ROW[4:]],
        [*ROW[:3], "99999", *ROW[4:]],
        [*ROW[:3], 10**30, "A" * 200, "1"],
        [*ROW[:4], "A" * 200, "1"],
    ],
)
def test_a_row_that_is_no_copy_or_is_repeated_is_left_out_and_counted(row: object) -> None:
    listing = cdx.read(_arrays(ROW, row))
    assert ([each.seen_at for each in listing.copies], listing.left_out) == ([AT], 1)


def test_lines_that_are_no_copy_or_are_repeated_are_left_out_and_counted() -> None:
    body = _objects(_object(), _object(), _object(timestamp="x"), _object(url=7)) + b'{"cut\n\nnot JSON\n' + b"[" * 5000
    listing = cdx.read(body)
    assert ([each.seen_at for each in listing.copies], listing.left_out) == ([AT], 6)


@pytest.mark.parametrize("mime", ["image/jpeg", "application/pdf", "unk", "-", "", None])
def test_what_is_no_page_is_listed_as_other(mime: str | None) -> None:
    (found,) = cdx.read(_arrays([ROW[0], URL, mime, *ROW[3:]])).copies
    assert (found.kind, found.is_readable) == (CopyKind.OTHER, False)


def test_a_copy_of_an_error_is_no_text() -> None:
    (found,) = cdx.read(_arrays([*ROW[:3], "503", *ROW[4:]])).copies
    assert (found.status, found.is_readable) == (503, False)


def test_a_digest_that_is_not_told_equals_none() -> None:
    later = ["20260306183600", *ROW[1:4], None, "1"]
    assert [each.digest for each in cdx.read(_arrays([*ROW[:4], "-", "1"], later)).copies] == ["", ""]


def test_copies_are_in_order_whatever_the_server_says() -> None:
    listing = cdx.read(_arrays(["20270101", *ROW[1:]], ROW, ["20250101", *ROW[1:]]))
    assert [each.seen_at.year for each in listing.copies] == [2025, 2026, 2027]


@pytest.mark.parametrize(
    "body",
    [
        b"<html><h1>Too busy</h1></html>",
        b'[["timestamp", "orig',
        b'[["a", "b"], ["c", "d"]]',
        b'["timestamp"]',
        b"[7]",
        b"[null]",
        b'{"message": "no such collection"}\n',
        b"com,example)/ 20260305183600 https://echo.example/ text/html 200 ABC 1",
        b"[" * 100_000,
        b"[" + b"9" * 10_000 + b"]",
    ],
)
def test_what_is_no_list_is_never_an_archive_without_copies(body: bytes) -> None:
    with pytest.raises(FetchFailed, match="list of copies cannot be read"):
        cdx.read(body)


def test_a_list_is_read_only_so_far() -> None:
    many = _arrays(*([f"2026030518{n // 60:02}{n % 60:02}", *ROW[1:]] for n in range(3600)), *[ROW] * cdx.MAX_ROWS)
    listing = cdx.read(many)
    assert (len(listing.copies), len(listing.copies) + listing.left_out) == (3600, 3600 + cdx.MAX_ROWS)
    for read in (cdx.read, lambda body: timemap.read(body, "https://archive.example/")):
        with pytest.raises(TooLarge):
            read(b"[" + b" " * cdx.MAX_BYTES)


@given(
    st.binary(max_size=300)
    | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps).map(str.encode)
)
def test_whatever_comes_is_a_list_or_refused(body: bytes) -> None:
    for read in (cdx.read, lambda told: timemap.read(told, "https://archive.example/")):
        try:
            read(body)
        except RowbackError as error:
            assert isinstance(error, FetchFailed)


BASE = f"https://archive.example/timemap/link/{URL}"
DATE = "Thu, 05 Mar 2026 18:36:00 GMT"
COPY = f"https://archive.example/web/20260305183600/{URL}"


@pytest.mark.parametrize(
    "link",
    [
        f'<{COPY}>; rel="memento"; datetime="{DATE}"',
        f'<{COPY}>;datetime="{DATE}";rel=memento',
        f'<{COPY}>; rel="first last memento"; datetime="{DATE}"; license="a, b"; odd; collection=x; title="a \\"q\\"; b"',
        f'<{COPY}>; title="\\", <{URL}>; rel=\\"original\\""; rel="memento"; datetime="{DATE}"',
        f'<{COPY}>; REL="Memento"; DateTime="{DATE}"',
        f'</web/20260305183600/{URL}>; rel="memento"; datetime="{DATE}"',
        f'<//archive.example/web/20260305183600/{URL}>\n ; rel="memento"\n ; datetime="{DATE}"',
        f'<{COPY}>; rel="memento"',
        f'<{COPY}>; rel="memento"; datetime="2026-03-05T18:36:00Z"',
    ],
)
@pytest.mark.parametrize("end", ["", ",", ",\n", " , ,\n"])
def test_a_link_to_a_copy_may_be_written_in_several_ways(link: str, end: str) -> None:
    found = timemap.read(f'<{URL}>; rel="original",\n{link}{end}'.encode(), BASE)
    assert (found.original, [(each.seen_at, each.url) for each in found.mementos]) == (URL, [(AT, COPY)])
    assert (found.left_out, found.parts) == (0, ())


@pytest.mark.parametrize(
    "link",
    [
        f'<{COPY}>; rel="memento"; datetime="soon"',
        '<https://archive.example/copy/7>; rel="memento"',
        f'<{COPY}>; rel="memento"; datetime="Thu, 05 Mar 1976 18:36:00 GMT"',
        f'<javascript:alert(1)>; rel="memento"; datetime="{DATE}"',
        f'<ftp://archive.example/a>; rel="memento"; datetime="{DATE}"',
        f'<{"a" * 9000}>; rel="memento"; datetime="{DATE}"',
        f'<https://[/>; rel="memento"; datetime="{DATE}"',
    ],
)
def test_a_link_that_names_no_copy_is_left_out_and_counted(link: str) -> None:
    found = timemap.read(f'<{URL}>; rel="original",\n{link},\n'.encode(), BASE)
    assert (found.mementos, found.left_out) == ((), 1)


def test_what_stands_between_links_takes_none_away() -> None:
    body = f'<{URL}>; rel="original" and more, odd <{COPY}>; rel="memento"; datetime="{DATE}", <'
    assert len(timemap.read(body.encode(), BASE).mementos) == 1


@pytest.mark.parametrize("form", ["link", "json"])
def test_a_timemap_names_its_further_parts(form: str) -> None:
    link = (
        f'<{URL}>; rel="original",<{BASE}>; rel="self"; type="application/link-format",'
        f'</timemap/2>; rel="timemap"; from="{DATE}"; until="Fri, 06 Mar 2026 18:36:00 GMT",<{BASE}>; rel="timemap"'
    )
    index = [{"uri": "/timemap/2", "from": "2026-03-05T18:36:00Z", "until": "2026-03-06T18:36:00Z"}]
    told = {"original_uri": URL, "self": BASE, "timemap_index": index}
    found = timemap.read(link.encode() if form == "link" else json.dumps(told).encode(), BASE)
    assert found.parts == (timemap.MapPart("https://archive.example/timemap/2", AT, AT + timedelta(days=1)),)
    assert (found.original, found.mementos) == (URL, ())


def test_a_timemap_is_no_part_of_itself() -> None:
    body = f'<{URL}>; rel="original",<{BASE}>; rel="timemap",</other>; rel="self",</other>; rel="timemap"'
    assert timemap.read(body.encode(), BASE).parts == ()


def test_a_timemap_as_json_is_read_as_well() -> None:
    copies = [
        {"datetime": "2026-03-05T18:36:00Z", "uri": COPY},
        {"datetime": "2026-03-05T18:36:00Z", "uri": COPY},
        {},
        7,
    ]
    told = {"original_uri": URL, "mementos": {"list": copies, "first": copies[0]}}
    found = timemap.read(json.dumps(told).encode(), BASE)
    assert ([(each.seen_at, each.url) for each in found.mementos], found.left_out) == ([(AT, COPY)], 3)


@pytest.mark.parametrize("body", [b"<html><p>Busy</p></html>", b"Not found", b"{}", b'{"mementos', b"[]", b"<a>,<b>"])
def test_what_is_no_timemap_is_never_an_archive_without_copies(body: bytes) -> None:
    with pytest.raises(FetchFailed):
        timemap.read(body, BASE)


@pytest.mark.parametrize("kind", [SourceKind.WAYBACK, SourceKind.PYWB])
def test_copies_that_a_timemap_names_are_given_out_as_they_came(kind: SourceKind) -> None:
    with pretend_archive(kind) as archive:
        _filled(archive)
        fetcher, above = Fetcher({HOST}, archive.site.resolve), "web" if kind is SourceKind.WAYBACK else "news"
        asked = archive.site.url(f"/{above}/timemap/link/{URL}")
        found = timemap.read(fetcher.get(asked, HEADERS, any_type=True).body, asked)
        assert [each.original for each in found.mementos[:5]] == [URL] * 5
        bodies = [fetcher.get(each.raw_url, HEADERS).body for each in found.mementos[:5]]
    assert bodies == [f"<p>{text}</p>".encode() for text in ("one", "two", "two", "one", "three")]


def test_a_stamp_without_a_copy_leads_to_the_nearest_which_tells_its_instant() -> None:
    with pretend_archive() as archive:
        asked = _filled(archive).source().copy_url(AT + timedelta(hours=30), URL)
        answer = Fetcher({HOST}, archive.site.resolve).get(asked, HEADERS)
    found = copy_at(answer.url)
    assert found is not None
    assert (found.original, found.seen_at, found.modifier) == (URL, AT + timedelta(days=1), "id_")
