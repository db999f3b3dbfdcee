"""WARC files are read record by record, over what is damaged, and never for more than is wanted."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import brotli
import pytest

from rowback.archive.held import EVERYTHING, Cause, HeldLead, HeldPage, SeenAgain, Unread, capture_of
from rowback.archive.warc import KIND
from rowback.archive.warc_records import MAX_HEADERS
from rowback.errors import BadInput

from .samples import PARAGRAPHS, TITLE, URL, changed, page
from .warcs import HTML, Warc, held, packed_whole

if TYPE_CHECKING:
    from pathlib import Path

OTHER = "https://www.harbour-echo.example/news/other"


def _texts(whole: bytes) -> list[str]:
    return [each.html if isinstance(each.html, str) else each.html.decode() for each in _pages(whole)]


def _pages(whole: bytes) -> list[HeldPage]:
    return [each for each in held(whole) if isinstance(each, HeldPage)]


def _three(*, packed: bool = True) -> Warc:
    warc = Warc(packed=packed)
    for hour, paragraphs in enumerate((PARAGRAPHS, changed("400", "900"), changed("Friday", "Monday"))):
        warc.answer(page(paragraphs), f"2026-01-10T0{hour}:00:00Z")
    return warc


@pytest.mark.parametrize("how", ["a member each", "plain", "as one"])
def test_pages_come_with_their_instants_however_they_are_packed(how: str) -> None:
    plain = _three(packed=False).whole()
    whole = {"a member each": _three().whole(), "plain": plain, "as one": packed_whole(plain)}[how]
    found = held(whole)
    assert [(each.url, each.seen_at.hour) for each in found if isinstance(each, HeldPage)] == [
        (URL, n) for n in range(3)
    ]
    assert len({each.place for each in found if isinstance(each, HeldPage)}) == 3
    assert len(found) == 3


def test_a_page_gives_a_capture() -> None:
    capture = capture_of(_pages(Warc().answer().whole())[0])
    assert capture.content.title == TITLE
    assert [block.text for block in capture.content.blocks] == list(PARAGRAPHS)
    assert capture.seen_at == datetime(2026, 1, 10, 8, tzinfo=UTC)


def test_what_is_no_page_is_passed_over() -> None:
    warc = (
        Warc().answer(status="404 Not Found").answer(status="503 Busy").answer(headers=[("Content-Type", "image/png")])
    )
    warc.answer(url="urn:x-thing:1").answer(url="dns:harbour-echo.example").answer(headers=[])
    assert held(warc.whole()) == []


def test_a_redirect_for_good_leads() -> None:
    warc = Warc().answer(b"", status="301 Moved", headers=[("Location", "/news/b?x=1")])
    warc.answer(b"", status="302 Found", headers=[("Location", OTHER)])
    found = held(warc.whole())
    assert [(each.url, each.to) for each in found if isinstance(each, HeldLead)] == [
        (URL, "https://www.harbour-echo.example/news/b?x=1")
    ]
    assert len(found) == 1


@pytest.mark.parametrize("url", [f"<{URL}>", f" {URL} "])
def test_addresses_as_some_writers_put_them(url: str) -> None:
    whole = Warc(packed=False).answer().whole()
    assert [each.url for each in _pages(whole.replace(f"URI: {URL}".encode(), f"URI: {url}".encode()))] == [URL]


def test_a_revisit_names_its_page_by_digest_and_by_instant() -> None:
    digest = _pages(Warc().answer().whole())[0].marks[0].upper()
    first, again = held(Warc().answer().again(digest, "2026-01-10T09:00:00Z").whole())
    assert isinstance(first, HeldPage)
    assert isinstance(again, SeenAgain)
    assert again.marks == first.marks
    assert again.seen_at == datetime(2026, 1, 10, 9, tzinfo=UTC)


def test_a_page_without_a_digest_has_that_of_its_payload() -> None:
    with_one = Warc(packed=False).answer().whole()
    lines = [line for line in with_one.split(b"\r\n") if not line.startswith(b"WARC-Payload-Digest")]
    assert _pages(b"\r\n".join(lines))[0].marks == _pages(with_one)[0].marks


CHUNKED = [("Content-Type", HTML), ("Transfer-Encoding", "chunked")]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (page().encode(), [("Content-Encoding", "gzip")]),
        (page().encode(), [("Content-Encoding", "br")]),
        (page().encode(), [("Content-Encoding", "zstd")]),
        (page().encode(), [("Transfer-Encoding", "chunked")]),
        (gzip.compress(page().encode()), []),
        (gzip.compress(page().encode()), [("Content-Encoding", "gzip")]),
        (gzip.compress(page().encode()), [("Content-Encoding", "gzip"), ("content-encoding", "")]),
        (brotli.compress(page().encode()), [("Content-Encoding", "br")]),
        (zlib.compress(page().encode()), [("Content-Encoding", "deflate")]),
        (b"a;x=1\r\n<!doctype \r\n0\r\n\r\n", [("Transfer-Encoding", "chunked")]),
    ],
)
def test_a_body_is_unpacked_whatever_the_headers_say_of_it(body: bytes, headers: list[tuple[str, str]]) -> None:
    (text,) = _texts(Warc().answer(body, headers=[("Content-Type", HTML), *headers]).whole())
    assert text in (page(), "<!doctype ")


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(page().encode())[:-9], [("Content-Encoding", "gzip")]),
        (b"\x00\x01\x02 nothing", [("Content-Encoding", "br")]),
        (b"5\r\nabcde\r\nff\r\nabc", [("Transfer-Encoding", "chunked")]),
    ],
)
def test_a_body_that_is_broken_is_told(body: bytes, headers: list[tuple[str, str]]) -> None:
    whole = Warc().answer(body, headers=[("Content-Type", HTML), *headers]).answer().whole()
    broken, good = held(whole)
    assert isinstance(broken, Unread)
    assert broken.cause is Cause.DAMAGED
    assert isinstance(good, HeldPage)


def test_the_bytes_are_kept_for_the_page_to_say_how_they_are_written() -> None:
    latin = page(["Die Bücherei bleibt geschlossen, teilte die Stadt am Dienstag mit."]).replace("utf-8", "iso-8859-1")
    warc = Warc().answer(latin.encode("latin-1"), headers=[("Content-Type", "text/html")])
    assert "Bücherei" in capture_of(_pages(warc.whole())[0]).content.blocks[0].text


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_damaged_record_costs_no_other(which: int, *, packed: bool) -> None:
    warc = _three(packed=packed)
    whole = bytearray(warc.whole())
    begin = warc.starts[which]
    whole[begin + 20 : begin + 40] = b"\xff" * 20
    found = held(bytes(whole))
    assert [each.seen_at.hour for each in found if isinstance(each, HeldPage)] == [n for n in range(3) if n != which]
    (told,) = [each for each in found if isinstance(each, Unread)]
    assert told.cause is Cause.DAMAGED


def test_a_record_whose_checksum_is_wrong_is_not_believed() -> None:
    warc = _three()
    whole = bytearray(warc.whole())
    whole[warc.starts[1] - 6] ^= 0xFF  # in the first member's CRC (RFC 1952, section 2.3.1)
    found = held(bytes(whole))
    assert isinstance(found[0], Unread)
    assert [each.seen_at.hour for each in found[1:] if isinstance(each, HeldPage)] == [1, 2]


@pytest.mark.parametrize("packed", [True, False])
def test_a_file_that_is_cut_off_gives_what_is_whole(*, packed: bool) -> None:
    warc = _three(packed=packed)
    found = held(warc.whole()[: warc.starts[2] + 300])
    assert [type(each) for each in found] == [HeldPage, HeldPage, Unread]


@pytest.mark.parametrize("length", [b"99999999", b"7", b"-4", b"many", b"1" * 30])
def test_a_wrong_length_costs_no_other(length: bytes) -> None:
    warc = _three(packed=False)
    whole = warc.whole()
    begin = whole.index(b"Content-Length: ", warc.starts[1]) + len(b"Content-Length: ")
    found = held(whole[:begin] + length + whole[whole.index(b"\r\n", begin) :])
    assert [each.seen_at.hour for each in found if isinstance(each, HeldPage)] == [0, 2]
    assert any(isinstance(each, Unread) for each in found)


def test_headers_without_end_are_told_and_passed_over() -> None:
    endless = b"WARC/1.0\r\nX-Endless: " + b"a" * (2 * MAX_HEADERS) + b"\r\n\r\n"
    found = held(endless + _three(packed=False).whole())
    assert [type(each) for each in found] == [Unread, HeldPage, HeldPage, HeldPage]


def test_a_part_of_a_page_is_no_page() -> None:
    (told,) = held(Warc().answer(more={"WARC-Truncated": "length"}).whole())
    assert isinstance(told, Unread)


def test_bodies_are_read_only_of_what_is_wanted() -> None:
    broken = [("Content-Type", HTML), ("Content-Encoding", "br")]
    warc = Warc().answer(b"\x00nothing", url=OTHER, headers=broken).answer()
    found = held(warc.whole(), replace(EVERYTHING, is_url=lambda url: url != OTHER))
    assert [type(each) for each in found] == [HeldPage]


def test_small_records_that_unpack_to_much_take_little_memory() -> None:
    bomb = gzip.compress(b"<p>" + b" " * 80_000_000)
    warc = Warc().answer(bomb, headers=[("Content-Type", HTML), ("Content-Encoding", "gzip")])
    warc.answer(b" " * 80_000_000, headers=[("Content-Type", HTML)]).answer()
    whole = warc.whole()
    del warc
    tracemalloc.start()
    try:
        found = held(whole)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [each.cause if isinstance(each, Unread) else None for each in found] == [Cause.TOO_LARGE] * 2 + [None]
    assert peak < 40_000_000


@pytest.mark.parametrize("how", ["plain", "packed"])
def test_a_line_without_end_takes_little_memory(how: str) -> None:
    line = b"WARC/1.0" + b" " * 60_000_000
    whole = line if how == "plain" else gzip.compress(line)
    tracemalloc.start()
    try:
        assert not [each for each in held(whole) if not isinstance(each, Unread)]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < len(line) + 10_000_000


def test_how_far_it_is_adds_up_to_the_file() -> None:
    whole, steps = _three().whole(), list[int]()
    held(whole, replace(EVERYTHING, passed=steps.append))
    assert sum(steps) == len(whole)
    assert min(steps) >= 0


def test_another_packing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.zst"
    path.write_bytes(b"\x28\xb5\x2f\xfd rest")
    with pytest.raises(BadInput, match="zstd -d"):
        list(KIND.read(path, EVERYTHING))


@pytest.mark.parametrize("whole", [b"", b"no archive at all", b"\x1f\x8b\x08 broken", b"WARC/1.0", b"\0" * 100])
def test_what_is_no_archive_gives_no_page(whole: bytes) -> None:
    assert not [each for each in held(whole) if not isinstance(each, Unread)]
