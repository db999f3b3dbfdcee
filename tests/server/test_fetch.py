"""Fetching from a real server that misbehaves in every way we could think of."""

from __future__ import annotations

import gzip
import itertools
import socket
import threading
import tracemalloc
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.capture.addresses import is_public
from rowback.capture.decoding import unpacked
from rowback.capture.fetch import Fetcher
from rowback.errors import BadURL, FetchFailed, ForbiddenURL, NotAnArticle, RowbackError, TooLarge
from rowback.text.urls import identify

from .cases import cases
from .websites import HOST, Website, website

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = "<p>The ferry leaves at noon.</p>" * 40
GZIP_BOMB = gzip.compress(bytes(50_000_000))
BROTLI_BOMB = brotli.compress(bytes(50_000_000), quality=5)  # a few hundred bytes
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as made:
        yield made


@pytest.fixture
def fetcher(site: Website) -> Fetcher:
    return Fetcher({HOST}, site.resolve, max_bytes=200_000)


@pytest.mark.parametrize("row", cases("addresses"), ids=lambda row: row["address"])
def test_only_public_addresses_are_public(row: dict[str, object]) -> None:
    assert is_public(str(row["address"])) is row["public"]


@pytest.mark.parametrize(
    ("packing", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("gzip", lambda data: gzip.compress(data[:100]) + gzip.compress(data[100:])),
        ("identity", bytes),
        ("GZIP", gzip.compress),
        ("br", brotli.compress),
    ],
    ids=["gzip", "deflate", "raw deflate", "two members", "identity", "capitals", "brotli"],
)
def test_packed_pages_are_unpacked(site: Website, fetcher: Fetcher, packing: str, pack: object) -> None:
    site.put("/a", pack(TEXT.encode()), Content_Encoding=packing)  # type: ignore[operator]
    assert fetcher.get(site.url("/a")).text() == TEXT


@pytest.mark.parametrize(
    ("headers", "body", "error"),
    [
        ({"Content_Encoding": "gzip"}, GZIP_BOMB, TooLarge),
        ({"Content_Encoding": "gzip"}, gzip.compress(TEXT.encode())[:-9], FetchFailed),
        ({"Content_Encoding": "gzip"}, b"this was never packed", FetchFailed),
        ({"Content_Encoding": "gzip, gzip"}, gzip.compress(gzip.compress(b"x")), FetchFailed),
        ({"Content_Encoding": "br"}, BROTLI_BOMB, TooLarge),
        ({"Content_Encoding": "br"}, brotli.compress(TEXT.encode())[:-4], FetchFailed),
        ({"Content_Encoding": "br"}, brotli.compress(TEXT.encode()) + b"more", FetchFailed),
        ({"Content_Encoding": "br"}, b"this was never packed", FetchFailed),
        ({"Content_Encoding": "zstd"}, b"x", FetchFailed),
        ({}, b"x" * 200_001, TooLarge),
        ({"Content_Type": "application/pdf"}, b"%PDF-1.7", NotAnArticle),
        ({"Content_Type": "image/jpeg"}, b"\xff\xd8", NotAnArticle),
    ],
    ids=[
        "bomb",
        "truncated gzip",
        "not gzip",
        "packed twice",
        "brotli bomb",
        "truncated brotli",
        "more than brotli",
        "not brotli",
        "zstd",
        "large",
        "pdf",
        "picture",
    ],
)
def test_bodies_that_cannot_be_taken_are_refused(
    site: Website, fetcher: Fetcher, headers: dict[str, str], body: bytes, error: type[RowbackError]
) -> None:
    site.put("/a", body, 200, **headers)
    with pytest.raises(error):
        fetcher.get(site.url("/a"))


PACKED = gzip.compress(TEXT.encode())


@pytest.mark.parametrize(
    ("told", "body"),
    [
        (("gzip", ""), PACKED),
        (("", "gzip"), PACKED),
        (("gzip", "gzip"), PACKED),
        (("identity", "gzip"), PACKED),
        (("br", ""), brotli.compress(TEXT.encode())),
        (("", ""), TEXT.encode()),
        ((), PACKED),
        (("",), PACKED),
        (("gzip",), gzip.compress(PACKED)),
    ],
)
def test_what_an_archive_says_of_the_packing_is_put_together(
    site: Website, fetcher: Fetcher, told: tuple[str, ...], body: bytes
) -> None:
    """Headers that are repeated, the last one empty; bodies that are packed though nothing says so."""
    said = b"".join(b"Content-Encoding: %b\r\n" % each.encode() for each in told)
    site.put_raw("/a", OK, said, b"Content-Length: %d\r\n\r\n" % len(body), body)
    assert fetcher.get(site.url("/a")).body == TEXT.encode()


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (PACKED[:-9], FetchFailed),
        (PACKED[:40], FetchFailed),
        (PACKED[:10], FetchFailed),
        (PACKED[:10] + b"no deflated text", FetchFailed),
        (GZIP_BOMB, TooLarge),
    ],
    ids=["without its end", "cut off", "only its head", "broken", "bomb"],
)
def test_a_body_packed_unsaid_is_believed_whole_or_not_at_all(
    site: Website, fetcher: Fetcher, body: bytes, error: type[RowbackError]
) -> None:
    site.put("/a", body)
    with pytest.raises(error):
        fetcher.get(site.url("/a"))


def test_a_packed_document_that_is_no_page_stays_as_it_is(site: Website, fetcher: Fetcher) -> None:
    """A packed sitemap is unpacked by whoever reads it, up to a limit of its own."""
    site.put("/a", PACKED, Content_Type="application/gzip")
    assert fetcher.get(site.url("/a"), any_type=True).body == PACKED


def test_a_bomb_is_unpacked_only_to_the_limit() -> None:
    tracemalloc.start()
    try:
        for packing, bomb in (("br", BROTLI_BOMB), ("gzip", GZIP_BOMB), ("", GZIP_BOMB)):
            with pytest.raises(TooLarge):
                unpacked([bomb], packing, 200_000, is_page=True)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@given(st.binary(max_size=2_000), st.integers(1, 50), st.integers(1, 300))
def test_however_a_packed_body_is_cut_up_it_is_the_same(body: bytes, times: int, step: int) -> None:
    for packing, pack in (("br", brotli.compress), ("gzip", gzip.compress)):
        packed = pack(body * times)
        chunks = [packed[n : n + step] for n in range(0, len(packed), step)]
        assert unpacked(chunks, packing, 200_000) == body * times


@pytest.mark.parametrize(
    ("parts", "forever", "error"),
    [
        ((OK, b"Transfer-Encoding: chunked\r\n\r\n"), b"400\r\n" + b"x" * 1024 + b"\r\n", TooLarge),
        ((OK, b"\r\n"), b"x" * 1024, TooLarge),
        ((OK, b"Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n"), b"", FetchFailed),
        ((OK, b"Content-Length: 100\r\n\r\nabc"), b"", FetchFailed),
        ((OK,), b"X-More: " + b"y" * 2000 + b"\r\n", FetchFailed),
        ((b"\x00\x01\x02 nonsense\r\n\r\n",), b"", FetchFailed),
        ((b"",), b"", FetchFailed),
    ],
    ids=["endless chunks", "endless body", "cut chunks", "cut body", "endless headers", "no HTTP", "no answer"],
)
def test_servers_that_do_not_end_or_end_too_soon_are_left(
    site: Website, fetcher: Fetcher, parts: tuple[bytes, ...], forever: bytes, error: type[RowbackError]
) -> None:
    site.put_raw("/a", *parts, forever=forever)
    with pytest.raises(error):
        fetcher.get(site.url("/a"))


@pytest.mark.parametrize("parts", [(OK, b"\r\n"), (OK,)], ids=["dripping body", "dripping headers"])
def test_a_dripping_server_is_left_at_the_deadline(site: Website, parts: tuple[bytes, ...]) -> None:
    site.put_raw("/a", *parts, forever=b"x")
    seconds = itertools.count()  # a second goes by at every look at the clock
    fetcher = Fetcher({HOST}, site.resolve, clock=lambda: float(next(seconds)))
    with pytest.raises(FetchFailed, match="too long"):
        fetcher.get(site.url("/a"))
    assert next(seconds) < 200


def test_a_resolver_that_hangs_is_left_at_the_deadline(site: Website) -> None:
    through = threading.Event()

    def hang(_host: str, _port: int) -> list[str]:
        through.wait(30)
        return ["127.0.0.1"]

    site.put("/a", TEXT)
    with pytest.raises(FetchFailed, match="looked up in time"):
        Fetcher({HOST}, hang, max_seconds=0.1).get(site.url("/a"))
    through.set()
    assert site.asked == []


def test_what_a_resolver_says_is_told(site: Website) -> None:
    def unknown(host: str, _port: int) -> list[str]:
        raise FetchFailed(f"The host {host} is not known.")

    with pytest.raises(FetchFailed, match="is not known"):
        Fetcher({HOST}, unknown).get(site.url("/a"))


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/secret",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://inner.example/",
        "http://user:pass@10.0.0.1/",
    ],
)
def test_redirects_to_private_places_are_refused(site: Website, location: str) -> None:
    site.put("/a", status=302, Location=location)
    asked = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        if host == HOST:
            return ["127.0.0.1"]
        found = "10.1.2.3" if host == "inner.example" else None
        return [found or str(entry[4][0]) for entry in socket.getaddrinfo(found or host, port, type=socket.SOCK_STREAM)]

    with pytest.raises((ForbiddenURL, FetchFailed, BadURL)):
        Fetcher({HOST}, resolve).get(site.url("/a"))
    assert site.paths() == ["/a"]


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://a.example/", "javascript:alert(1)", "http://[", "//"]
)
def test_redirects_to_what_is_no_page_are_refused(site: Website, fetcher: Fetcher, location: str) -> None:
    site.put("/a", status=302, Location=location)
    with pytest.raises((BadURL, FetchFailed)):
        fetcher.get(site.url("/a"))


def test_a_name_is_looked_up_once_and_that_address_is_connected_to(site: Website) -> None:
    """DNS rebinding: the name leads to a public address when checked, and home when connected to."""
    site.put("/a", TEXT)
    answers = iter([["203.0.113.9"], ["127.0.0.1"], ["127.0.0.1"]])

    def resolve(host: str, port: int) -> list[str]:
        return next(answers)

    with pytest.raises(
        (ForbiddenURL, FetchFailed)
    ):  # 203.0.113.0/24 is for documentation: nobody answers, and not public
        Fetcher((), resolve).get(site.url("/a"))
    assert site.asked == []
    with pytest.raises(ForbiddenURL):
        Fetcher((), resolve).get(site.url("/a"))
    assert site.asked == []


@pytest.mark.parametrize(
    "host",
    [
        "straße.example",
        "STRAẞE.example.",
        "βόλος.example",
        "ΒΌΛΟΣ.example",
        "bücher。straße.example",
        "B\u00ad.example",
    ],
)
def test_the_host_that_is_asked_is_the_one_that_an_address_is_known_by(site: Website, host: str) -> None:
    asked, url = [], site.url("/page", host)

    def resolver(name: str, port: int) -> list[str]:
        asked.append(name.removesuffix("."))
        return site.resolve(name, port)

    with suppress(FetchFailed, ForbiddenURL):
        Fetcher((), resolver).get(url)
    assert asked == [identify(url).host]


def test_one_private_address_among_public_ones_is_enough_to_refuse(site: Website) -> None:
    with pytest.raises(ForbiddenURL):
        Fetcher((), lambda *_: ["93.184.215.14", "127.0.0.1"]).get(site.url("/a"))


def test_the_next_address_is_tried_where_one_does_not_answer(site: Website) -> None:
    site.put("/a", TEXT)
    fetcher = Fetcher({HOST}, lambda *_: ["127.0.0.2", "127.0.0.1"])
    assert fetcher.get(site.url("/a")).text() == TEXT


@pytest.mark.parametrize("port", [22, 25, 110, 445, 631])
def test_ports_of_other_services_are_refused(port: int) -> None:
    with pytest.raises(ForbiddenURL):
        Fetcher((), lambda *_: ["93.184.215.14"]).get(f"http://public.example:{port}/")


def test_redirects_in_a_circle_end(site: Website, fetcher: Fetcher) -> None:
    site.put("/a", status=302, Location="/a")
    with pytest.raises(FetchFailed, match="redirects"):
        fetcher.get(site.url("/a"))


@pytest.mark.parametrize(
    ("first", "second", "moved_to"), [(301, 308, "/c"), (301, 302, "/b"), (302, 301, None), (307, 303, None)]
)
def test_only_permanent_redirects_move_an_article(
    site: Website, fetcher: Fetcher, first: int, second: int, moved_to: str | None
) -> None:
    site.put("/a", status=first, Location="/b")
    site.put("/b", status=second, Location="/c")
    site.put("/c", TEXT)
    answer = fetcher.get(site.url("/a"))
    assert answer.url == site.url("/c")
    assert answer.moved_to == (site.url(moved_to) if moved_to else None)


def test_cookies_end_with_their_fetch_and_passwords_are_not_sent(site: Website, fetcher: Fetcher) -> None:
    site.put("/a", status=302, Location="/b", Set_Cookie="who=me; Path=/")
    site.put("/b", TEXT, Set_Cookie="who=me")
    address = site.url("/a").replace("http://", "http://user:secret@")
    fetcher.get(address)
    fetcher.get(site.url("/b"))
    assert [headers.get("Cookie") for _, headers in site.asked] == [None, "who=me", None]
    for _, headers in site.asked:
        assert "Authorization" not in headers
        assert headers["User-Agent"].startswith("Rowback/")
        assert headers["Host"] == f"{HOST}:{site.port}"


@pytest.mark.parametrize(
    ("declared", "body", "text"),
    [
        ("iso-8859-1", "<p>Fährhafen</p>".encode("latin-1"), "<p>Fährhafen</p>"),
        ("utf-8", "<p>Fähre</p>".encode("latin-1"), None),
        ("no-such-charset", "<p>Fähre</p>".encode(), None),
        ("idna", b"<p>x</p>", None),
        ("rot13", b"<p>x</p>", None),
        ("zlib", zlib.compress(b"<p>x</p>"), None),
    ],
)
def test_a_declared_character_set_counts_only_where_it_fits(
    site: Website, fetcher: Fetcher, declared: str, body: bytes, text: str | None
) -> None:
    site.put("/a", body, Content_Type=f"text/html; charset={declared}")
    assert fetcher.get(site.url("/a")).text() == (body if text is None else text)


def test_a_server_that_does_not_speak_tls_is_said_to_be_so(site: Website) -> None:
    with pytest.raises(FetchFailed, match="could not be read"):
        Fetcher({HOST}, site.resolve).get(site.url("/a").replace("http://", "https://"))


def test_addresses_in_other_scripts_are_encoded(site: Website, fetcher: Fetcher) -> None:
    site.put("/%C3%A4/b%20c?q=%C3%BC", TEXT)
    assert fetcher.get(site.url("/ä/b c?q=ü")).text() == TEXT
