"""Documents that name articles, honest and hostile ones."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.capture.feed_documents import MAX_ENTRIES, fits, read
from rowback.capture.opml import Outline, from_opml, to_opml
from rowback.errors import BadInput, RowbackError
from rowback.store import Store
from rowback.store.feeds import FeedKind

from .cases import cases
from .samples import START

BASE = "https://echo.example/section/"
CASES = cases("feeds")


@pytest.mark.parametrize("case", CASES["documents"], ids=lambda case: case["name"])
def test_documents_name_articles(case: dict[str, Any]) -> None:
    body = case["body"] if isinstance(case["body"], str) else json.dumps(case["body"])
    for packed in (body.encode(), gzip.compress(body.encode())):
        named = read(packed, BASE)
        assert named.kind == case["kind"]
        assert [entry.url for entry in named.entries] == case.get("urls", [])
        assert list(named.nested) == case.get("nested", [])
        assert list(named.feeds) == case.get("feeds", [])
        assert named.title == case.get("title", "")
        if "updated" in case:
            assert [entry.updated_at and entry.updated_at.isoformat() for entry in named.entries] == case["updated"]


@pytest.mark.parametrize("body", [b"", b"plain words", b"{}", b'{"version": "other"}', b"{" * 100_000, b"\x1f\x8bxx"])
def test_what_is_no_such_document_is_refused(body: bytes) -> None:
    with pytest.raises(BadInput):
        read(body, BASE)


@pytest.mark.parametrize(
    "body",
    [
        "<sitemapindex><sitemap><loc>http://[</loc></sitemap></sitemapindex>",
        "<urlset><url><loc>http://[</loc></url></urlset>",
        '<base href="http://["><a href="http://[">The pier is open again</a>',
        '<link rel="alternate" type="application/rss+xml" href="http://[">',
    ],
)
def test_addresses_that_are_none_are_left_out(body: str) -> None:
    named = read(body.encode(), BASE)
    assert (named.entries, named.nested, named.feeds) == ((), (), ())


BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize("root", ["rss", "urlset", "feed", "opml"])
def test_entities_are_neither_loaded_nor_blown_up(root: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("https://echo.example/secret")
    for declared in (f'<!ENTITY l9 SYSTEM "{secret.as_uri()}">', f'<!ENTITY l0 "ha">{BOMB}'):
        item = "<channel><item><link>&l9;</link></item></channel><url><loc>&l9;</loc></url><entry><id>&l9;</id></entry>"
        body = f'<?xml version="1.0"?><!DOCTYPE {root} [{declared}]><{root}>{item}</{root}>'.encode()
        try:
            told = repr(from_opml(body) if root == "opml" else read(body, BASE))
        except RowbackError:
            continue
        assert "secret" not in told
        assert len(told) < 5_000


def test_a_feed_is_never_taken_for_an_address(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        read(str(tmp_path).encode(), BASE)


def test_only_so_many_entries_are_taken() -> None:
    items = "".join(f"<item><link>https://echo.example/{n}</link></item>" for n in range(3 * MAX_ENTRIES))
    assert len(read(f"<rss><channel>{items}</channel></rss>".encode(), BASE).entries) == MAX_ENTRIES


@given(
    st.binary(max_size=300),
    st.sampled_from([b"<rss", b"<feed>", b"<urlset>", b"<sitemapindex>", b"{", b"<a href=", b""]),
)
def test_broken_documents_raise_nothing_unexpected(body: bytes, start: bytes) -> None:
    try:
        read(start + body, BASE)
    except RowbackError:
        return


@pytest.mark.parametrize(("url", "include", "exclude", "expected"), CASES["patterns"])
def test_patterns(url: str, include: list[str], exclude: list[str], expected: bool) -> None:
    assert fits(url, include, exclude) is expected


def test_lists_of_feeds_go_out_and_come_in_again(store: Store) -> None:
    for number, title in enumerate(["Harbour & Echo", "  ", "<b>\x07"]):
        store.feeds.add(f"https://echo.example/{number}.xml", FeedKind.FEED, title, START)
    written = to_opml(store.feeds.all())
    assert [each.url for each in from_opml(written)] == [f"https://echo.example/{n}.xml" for n in range(3)]


def test_other_readers_lists_are_understood() -> None:
    echo = '<outline text="Echo" xmlUrl=" https://echo.example/f "/>'
    nested = f'<opml version="1.0"><body><outline text="News">{echo}</outline></body></opml>'
    assert from_opml(nested.encode()) == [Outline("https://echo.example/f", "Echo")]
    for text in (b"", b"<html/>", b"<opml>"):
        with pytest.raises(BadInput):
            from_opml(text)
