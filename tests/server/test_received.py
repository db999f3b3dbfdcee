"""What a server says beside its page is cleaned before it is used again: one by one, and through the poller with a store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rowback.capture.feed_documents import read
from rowback.capture.fetch import Answer
from rowback.capture.opml import Outline, from_opml, to_opml
from rowback.capture.pacing import MAX_PAUSE_S, retry_after
from rowback.capture.robots import MAX_DELAY_S, Robots
from rowback.errors import BadInput
from rowback.store.feeds import Entry, FeedKind
from rowback.store.work import Next, Outcome, Validators
from rowback.text import received
from rowback.text.page import parse
from rowback.text.plain import line, visible

from .samples import changed, page
from .several_hosts import Net, network

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 1, 10, 8, 0, tzinfo=UTC)
CLEAR = "\x1b[2J\x1b]52;c;eA==\x07\x9b2J\u202eevil\u2066\u200f\x7f\x00\ufffe"
LONG = 70_000


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ('"abc"', '"abc"'),
        (' W/"a b-1*,2" ', 'W/"a b-1*,2"'),
        ("5f3-abc:0", "5f3-abc:0"),
        ('""', '""'),
        ('"é"', None),
        ('"\x1b"', None),
        ('"a\x00"', None),
        ('"a', None),
        ("*", None),
        ('"a", "b"', None),
        ('"a", *', None),
        ('"' + "x" * 999 + '"', None),
        ("", None),
        (None, None),
    ],
)
def test_an_entity_tag_is_kept_when_it_is_one(said: str | None, kept: str | None) -> None:
    assert received.etag(said) == kept


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("Sat, 10 Jan 2026 08:00:00 GMT", NOW),
        ("Saturday, 10-Jan-26 08:00:00 GMT", NOW),
        ("Sat Jan 10 08:00:00 2026", NOW),
        ("Sat, 10 Jan 2026 10:00:00 +0200", NOW),
        ("Sat, 10 Jan 2026 08:00:00 +99999999", None),
        ("Sat, 10 Jan 2026 08:00:00 -" + "9" * 400, None),
        ("Fri, 31 Dec 9999 23:59:59 -2359", None),
        ("Sat, 99 Jan 2026 99:99:99 GMT", None),
        ("Sat, ١٠ Jan 2026 08:00:00 GMT", None),
        ("Sat, 10 Jan 2026 08:00:00 GMT\x1b[2J", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_that_cannot_be_read_is_none(said: str | None, at: datetime | None) -> None:
    assert received.http_date(said) == at
    assert (received.last_modified(said) is None) == (at is None)


def test_a_last_modified_that_lies_ahead_is_not_sent_back() -> None:
    said = "Sat, 10 Jan 2026 08:00:00 GMT"
    assert received.last_modified(said, NOW) == said
    assert received.last_modified(said, NOW - timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("said", "wait_s"),
    [
        ("120", 120.0),
        ("9" * 6_000, MAX_PAUSE_S),
        ("0" * 20 + "120", 120.0),
        ("0", 0.0),
        ("Sat, 10 Jan 2026 08:02:00 GMT", 120.0),
        ("Fri, 31 Dec 9998 23:59:59 GMT", MAX_PAUSE_S),
        ("Sat, 10 Jan 2026 08:00:00 +" + "9" * 30, None),
        ("-5", None),
        ("1e9", None),
        ("٣", None),
        ("²", None),
        ("\x1b", None),
    ],
)
def test_a_wait_is_bounded_whatever_is_asked_for(said: str, wait_s: float | None) -> None:
    assert retry_after(said, NOW) == wait_s


@pytest.mark.parametrize(
    ("rule", "delay_s"),
    [
        ("7.5", 7.5),
        ("1e999", 0),
        ("inf", 0),
        ("nan", 0),
        ("-3", 0),
        ("9" * 5_000, 0),
        ("999999", MAX_DELAY_S),
        ("٣", 3),
    ],
)
def test_a_crawl_delay_is_a_number_of_seconds_that_can_be_waited(rule: str, delay_s: float) -> None:
    body = f"User-agent: *\nCrawl-delay: {rule}\n".encode()
    robots = Robots(lambda url: Answer(url, 200, {}, body), lambda: 0.0)
    assert robots.refusal("https://a.example/") is None
    assert robots.delay_s("https://a.example/") == delay_s


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), -1.0, 0.0, None])
def test_a_wait_that_is_none_is_no_wait(value: float | None) -> None:
    assert received.seconds(value, 9.0) == 0
    assert (received.seconds(1.5, 9.0), received.seconds(99.0, 9.0)) == (1.5, 9.0)


@pytest.mark.parametrize(
    ("said", "media_type", "charset"),
    [
        ("Text/HTML; Charset=UTF-8", "text/html", "utf-8"),
        ("text/html;charset='latin1'", "text/html", "cp1252"),
        ("text/html; x=y; charset=iso-8859-1 ", "text/html", "cp1252"),
        ("text/html; charset=\x1b[2J", "text/html", None),
        ("\x9b2J/\x1b]52", "", None),
        ("text", "", None),
        *(
            (f"text/html; charset={name}", "text/html", None)
            for name in (
                "utf-7 u7 utf_7 unicode-1-1-utf-7 unicode_escape unicode!escape raw-unicode--escape hex zlib rot13 base64 "
                "idna punycode undefined mbcs oem no-such-charset é"
            ).split()
        ),
        ("text/html; charset=" + "x" * LONG, "text/html", None),
        ("x" * LONG, "", None),
    ],
)
def test_a_content_type_names_known_things_or_none(said: str, media_type: str, charset: str | None) -> None:
    assert received.media_type(said) == media_type
    if "unicode!" in said or "--" in said:  # cut off at the sign that no name has: another name, or none
        assert received.charset(said) in (None, "utf-8")
    else:
        assert received.charset(said) == charset


@pytest.mark.parametrize("name", ["hex", "zlib", "idna", "undefined", "unicode_escape", "utf-7", "\x1b", "x" * LONG])
def test_a_page_may_name_any_character_set(name: str) -> None:
    body = f'<meta charset="{name}"><h1>Fähre</h1>'.encode() + b"<p>\xff\xfe</p>"
    assert parse(body).findtext(".//h1") is not None


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("/a b", "/a%20b"),
        (" /é ".encode().decode("latin-1"), "/é"),
        ("/\xe9", "/%E9"),
        ("/a\tb", "/ab"),
        ("/\x1b[2J", "/%1B[2J"),
        ("/\u202e".encode().decode("latin-1"), "/%E2%80%AE"),
        ("https://other.example/?q=%ff#x", "https://other.example/?q=%ff#x"),
    ],
)
def test_a_redirect_is_read_as_browsers_read_it(said: str, address: str) -> None:
    assert received.location(said) == address


def test_titles_links_and_encodings_of_feeds_are_cleaned() -> None:
    title = "\u202eevil\u2066\u200f\x7f"  # of what XML can hold, and terminals obey
    rss = f"<rss><channel><title>{title} Ferries</title><item><link>http://[::</link></item></channel></rss>"
    named = read(rss.encode(), "https://a.example/feed", f"{CLEAR}; charset={CLEAR}")
    assert (named.title, named.entries) == (line(title + " Ferries"), ())
    assert named.title == "evil Ferries"
    with pytest.raises(BadInput):
        read(b'<?xml version="1.0" encoding="\x00"?><rss></rss>', "https://a.example/feed")
    half = (
        rb'{"version": "https://jsonfeed.org/version/1.1", "title": "\ud800 \u001b[2J x", "items": [{"url": "\ud800"}]}'
    )
    assert read(half, "https://a.example/feed.json").title == "\ufffd [2J x"
    opml = f'<opml><body><outline xmlUrl="https://a.example/" title="{title}\nx"/></body></opml>'
    assert from_opml(opml.encode()) == [Outline("https://a.example/", line(title + " x"))]


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(CLEAR + "\r\n\u2028\ud800"))))
def test_what_is_visible_has_nothing_that_a_terminal_obeys(text: str) -> None:
    seen = visible(text)
    assert not set(seen) & set("\x00\x1b\x7f\x9b\x85\r\u061c\u200e\u200f\u202a\u202e\u2066\u2069\u2028\ud800")
    assert visible(seen) == seen
    seen.encode()
    assert len(line(text, 20)) <= 20
    assert "\n" not in line(text)


# Through the poller: what a server says is kept in the store and meets the next check.

_WORDS = st.sampled_from(
    [
        b'"\xe9"',
        b"*",
        b'"\x1b[2J"',
        b'W/"' + b"x" * 3_000 + b'"',
        b"Sat, 10 Jan 2026 08:00:00 +99999999",
        b"Fri, 31 Dec 9999 23:59:59 -2359",
        b"9" * 5_000,
        b"-1",
        b"1e999",
        b"\xd9\xa3",
        b"text/html; charset=hex",
        b"text/html; charset=\x9b",
        b"\x1b]52;c;eA==\x07/x",
        b"gzip\x9b",
        b"http://[::1",
        b"//\xff\xfe/",
        b"http://a:99999/",
        b"/\x1b[2J\xe2\x80\xae",
        b"javascript:1",
    ]
)
_VALUES = st.one_of(
    _WORDS, st.binary(max_size=12), st.text(max_size=6).map(lambda text: text.encode("utf-8", "ignore"))
)
_NAMES = st.sampled_from(
    "ETag Last-Modified Date Retry-After Location Content-Type Content-Encoding Link Set-Cookie Age Expires X-Odd".split()
)
_HEADERS = st.lists(st.tuples(_NAMES, _VALUES), min_size=1, max_size=4)
_STATUSES = st.sampled_from([200, 200, 200, 301, 302, 304, 403, 404, 429, 500, 503])
ARTICLE, FEED = "https://news.example/2026/ferry-timetable", "https://feeds.example/feed"


def _raw(status: int, headers: list[tuple[str, bytes]], body: bytes) -> bytes:
    said = [(name.encode(), value.replace(b"\r", b" ").replace(b"\n", b" ")) for name, value in headers]
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}".encode(), *(b"%b: %b" % pair for pair in said)]
    return b"\r\n".join([*lines, b"Content-Length: %d" % len(body), b"Connection: close", b"", body])


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Net]:
    with network(tmp_path_factory.mktemp("received")) as found:
        yield found


@pytest.fixture
def fresh_net(tmp_path: Path) -> Iterator[Net]:
    with network(tmp_path) as found:
        yield found


RSS = b"<rss><channel><title>\xe2\x80\xae2J Ferries</title></channel></rss>"
_numbers = iter(range(1_000_000))


@settings(max_examples=60, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
@given(headers=_HEADERS, again=_HEADERS, status=_STATUSES, again_status=_STATUSES)
def test_whatever_a_server_says_it_is_asked_again_and_its_edit_is_seen(
    net: Net, headers: list[tuple[str, bytes]], again: list[tuple[str, bytes]], status: int, again_status: int
) -> None:
    place = f"/2026/ferry-{next(_numbers)}"
    article = net.captured(net.site.url(place))
    feed, _ = net.store.feeds.add(net.site.url(f"{place}.xml"), FeedKind.FEED, "", net.clock())
    try:
        for code, said in ((status, headers), (again_status, again)):
            net.site.put_raw(place, _raw(code, said, page().encode() if code == 200 else b""))
            net.site.put_raw(f"{place}.xml", _raw(code, said, RSS if code == 200 else b""))
            _due(net, article.id, feed.id)
            assert not [reason for _, reason in net.poll() if "could not cope" in reason]
        net.site.put(place, page(changed("400", "900")))
        net.site.put(f"{place}.xml", RSS.decode())
        _due(net, article.id, feed.id)
        assert sorted(outcome for outcome, _ in net.poll()) == [Outcome.EDITED, Outcome.READ]
        found = net.store.feeds.feed(feed.id)
        assert found is not None
        assert found.title == "2J Ferries"
    finally:
        net.store.feeds.remove(feed.id)
        net.store.set_followed(article.id, None)


def _due(net: Net, article_id: int, feed_id: int) -> None:
    """Three days later, both are to be looked at, whatever was planned."""
    net.clock.advance(days=3)
    now = net.clock()
    net.store.set_followed(article_id, now)
    net.store.queue.finish_article(article_id, now, Next(now, Outcome.UNCHANGED, ""))
    net.store.feeds.finish(feed_id, now, Next(now, Outcome.READ, ""), 0)


BAD = Validators('"\xe9\x1b"', "Sat, 10 Jan 2026 08:00:00 +99999999")


def test_a_store_that_holds_bad_validators_is_healed_by_the_next_check(fresh_net: Net) -> None:
    article = fresh_net.captured(fresh_net.put(ARTICLE, page(), ETag='"good"'))
    feed, _ = fresh_net.store.feeds.add(
        fresh_net.put(FEED, "<rss><channel><title>F</title></channel></rss>"), FeedKind.FEED, CLEAR, fresh_net.clock()
    )
    now = fresh_net.clock()
    fresh_net.store.queue.finish_article(article.id, now, Next(now, Outcome.UNCHANGED, CLEAR, validators=BAD))
    fresh_net.store.feeds.finish(feed.id, now, Next(now, Outcome.READ, CLEAR, validators=BAD), 0)
    assert {outcome for outcome, _ in fresh_net.poll()} == {Outcome.UNCHANGED, Outcome.READ}
    asked = [headers for path, headers in fresh_net.site.asked if path != "/robots.txt"]
    assert not [each for each in asked if {"If-None-Match", "If-Modified-Since"} & each.keys()]
    fresh_net.site.asked.clear()
    _due(fresh_net, article.id, feed.id)
    fresh_net.poll()
    sent = {urlsplit(path).path: headers.get("If-None-Match") for path, headers in fresh_net.site.asked}
    assert sent["/2026/ferry-timetable"] == '"good"'


def test_titles_and_reasons_that_an_old_store_holds_are_cleaned_as_they_are_read(fresh_net: Net) -> None:
    feed, _ = fresh_net.store.feeds.add("https://a.example/feed", FeedKind.FEED, "", fresh_net.clock())
    with fresh_net.store._connection.write() as db:
        db.execute("update feeds set title = ?, reason = ?, failures = 1", [CLEAR, CLEAR])
        db.execute(
            "insert into hosts (host, free_at, blocks, reason) values ('a', '2099-01-01T00:00:00+00:00', 1, ?)", [CLEAR]
        )
    found = fresh_net.store.feeds.feed(feed.id)
    assert found is not None
    overview = fresh_net.store.overview(fresh_net.clock())
    held = fresh_net.store.queue.held_hosts(fresh_net.clock())
    told = [found.title, found.reason, overview.troubles[0].reason, overview.paused_hosts[0].reason, held[0].reason]
    assert told == [line(CLEAR)] * 5
    assert CLEAR not in to_opml([found]).decode()


def test_what_breaks_the_program_is_asked_afresh(fresh_net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    article = fresh_net.captured(fresh_net.put(ARTICLE, page(), ETag='"good"'))
    assert [outcome for outcome, _ in fresh_net.poll()] == [Outcome.UNCHANGED]

    def breaks(*_: object) -> None:
        raise TypeError("a fault of ours")

    with monkeypatch.context() as patch:
        patch.setattr("rowback.capture.article_check.from_html", breaks)
        _due(fresh_net, article.id, 0)
        assert "could not cope" in fresh_net.poll()[0][1]
    fresh_net.site.asked.clear()
    _due(fresh_net, article.id, 0)
    fresh_net.poll()
    assert not [headers for _, headers in fresh_net.site.asked if "If-None-Match" in headers]


def test_a_find_that_is_no_address_is_given_up(fresh_net: Net) -> None:
    url = fresh_net.site.url(f"/{'x' * 9_000}{CLEAR}")
    feed, _ = fresh_net.store.feeds.add(FEED, FeedKind.FEED, "", fresh_net.clock())
    fresh_net.store.feeds.finish(feed.id, fresh_net.clock(), Next(None, Outcome.READ, ""), 0)
    fresh_net.store.feeds.take_in(feed.id, [Entry(ARTICLE)], fresh_net.clock())
    with fresh_net.store._connection.write() as db:
        db.execute("update finds set url = ?", [url])
    assert [outcome for outcome, _ in fresh_net.poll()] == [Outcome.REFUSED]
    assert fresh_net.store.overview(fresh_net.clock()).finds_waiting == 0


def test_unchanged_is_no_answer_to_a_first_question(fresh_net: Net) -> None:
    fresh_net.captured(fresh_net.put(ARTICLE, "", 304))
    assert [outcome for outcome, _ in fresh_net.poll()] == [Outcome.FAILED]
