"""Whatever archives keep of an article beside it: walls, errors, packed and broken bytes, other pages. A poller fetches it
from a pretended archive; what is no text of the article makes no version wherever it stands, and the log says why.
"""

from __future__ import annotations

import gzip
import hashlib
import sqlite3
import zlib
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import brotli
import pytest

from rowback.capture.captures import from_html
from rowback.errors import BadInput
from rowback.model import Origin
from rowback.store.pasts_wanted import BackfillState, CopyState
from rowback.text.archived import instant
from rowback.web.api.edit_answers import Asked, Histories

from .new_stores import new_store
from .reading_room import ARTICLE, ReadingRoom, reading_room, told
from .samples import PARAGRAPHS, page
from .websites import HOST, website

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    from rowback.store import Store

OLDEST, OLD, ODD, NEW, NEWEST = (f"2026030{day}090000" for day in (1, 2, 3, 4, 5))
PLACES = {"before all": OLDEST, "between": ODD, "after all": NEWEST}
GZIP = (("Content-Encoding", "gzip"),)
OTHER = "https://echo.example/news/regatta"
LONG = [
    *PARAGRAPHS,
    *(f"In part {n} of its notice the office names the boats of pier {n} and their crews." for n in range(6)),
]


@dataclass(frozen=True)
class Odd:
    """A copy as an archive hands it on."""

    body: bytes | str = b""
    status: int = 200
    mime: str = "text/html; charset=utf-8"
    told: tuple[tuple[str, str], ...] = ()


def _of(number: int) -> str:
    """The article, longer."""
    return page([*LONG, f"Notice {number}: the office told {number} passengers on the pier of the change."])


def _shell(title: str, *paragraphs: str, head: str = "") -> str:
    return page(paragraphs, title, head)


_WALL = _shell(
    "We value your privacy",
    "We and our 812 partners store and access information on a device, such as cookies, and process personal data.",
    "You can accept or manage your choices by clicking below, including your right to object.",
    "Accept all", "Reject all", "Manage options",
)  # fmt: skip
_FRONT = (
    "<!doctype html><html lang='en'><head><title>Harbour Echo | News from the bay</title></head><body><main>"
    + "".join(
        f"<section><h2><a href='/news/story-{n}'>Story {n}: the council met again</a></h2>"
        f"<p>The council met again, for the {n}th time, about the toll. <a href='/news/story-{n}'>More</a></p></section>"
        for n in range(1, 25)
    )
    + "</main></body></html>"
)
NO_TEXT = {
    "consent wall": Odd(_WALL),
    "cut at a paywall": Odd(page([*LONG[:1], "Subscribe to continue reading this article.", "Already a subscriber? Log in"])),
    "bytes that say they are packed": Odd(_of(7), told=GZIP),
    "packed bytes that break off": Odd(gzip.compress(_of(7).encode())[:-40], told=GZIP),
    "packed bytes that break off and do not say so": Odd(gzip.compress(_of(7).encode())[:-40]),
    "packed in a way that was not asked for": Odd(_of(7), told=(("Content-Encoding", "compress"),)),
    "an error with status 200": Odd(_shell("Error", "Something went wrong. Please try again later.", "Error code: 503")),
    "an error's sentence alone": Odd("<h1>503 Service Unavailable</h1><p>The server is temporarily unable to answer.</p>"),
    "a page to sign in at": Odd(_shell("Sign in", "Sign in to continue.", "E-mail", "Password", "Forgot your password?")),
    "maintenance": Odd(_shell("Site maintenance", "We are down for maintenance. Please try again later.")),
    "an archive's own page": Odd(_shell("Wayback Machine", "Hrm.", "The Wayback Machine has not archived that URL.")),
    "not in your country": Odd(_shell("451: Not available", "You are in a country in which we do not appear.")),
    "an archived 404": Odd(_of(7), 404),
    "an archived 429": Odd(_of(7), 429),
    "an archived 503": Odd(_of(7), 503),
    "an archived 403": Odd(_of(7), 403),
    "another article by a redirect": Odd(status=302, told=(("Location", f"/web/{ODD}id_/{OTHER}"),)),
    "the front page by a redirect": Odd(status=301, told=(("Location", f"/web/{ODD}id_/https://echo.example/"),)),
    "the live web by a redirect": Odd(status=302, told=(("Location", "https://elsewhere.example/live"),)),
    "a redirect to itself": Odd(status=302, told=(("Location", "?again"),)),
    "a picture": Odd(b"\x89PNG\r\n\x1a\n" + bytes(2_000), mime="image/png"),
    "a PDF that says it is a page": Odd(b"%PDF-1.7\n" + bytes(range(256)) * 20),
    "a feed": Odd("<?xml version='1.0'?><rss><channel><title>x</title></channel></rss>", mime="application/xhtml+xml"),
    "nothing": Odd(b""),
    "blanks": Odd(b" \n\t " * 100),
    "a page without a text": Odd("<!doctype html><html><head><title>x</title></head><body></body></html>"),
    "a page that leads on": Odd("<html><meta http-equiv='refresh' content='0; url=/news/ferry?x'><body></body></html>"),
    "a page that leads on in words": Odd(
        "<html><head><meta http-equiv='refresh' content='0;url=/'><title>Redirecting</title></head>"
        "<body><p>Redirecting to <a href='/'>the front page</a>.</p></body></html>"
    ),
    "the front page": Odd(_FRONT),
    "a page that has moved": Odd("<title>Object moved</title><h2>Object moved to <a href='/'>here</a>.</h2>"),
    "a page that leads on by a script": Odd(
        "<title>Redirecting…</title><script>location.replace('/')</script><p>You are being redirected to our front page.</p>"
    ),
    "a page not found": Odd(_shell("Page not found", "The page you look for is gone. Try our search.")),
    "a check for robots": Odd(_shell("Just a moment...", "Checking your browser before you go on.", "Please wait.")),
    "bytes of no language": Odd(hashlib.shake_256(b"noise").digest(4_000)),
}  # fmt: skip
DOUBTED_LATER = (
    "cut at a paywall",
    "a page to sign in at",
    "maintenance",
    "an archive's own page",
    "not in your country",
)
READ = {
    "packed": Odd(gzip.compress(_of(1).encode()), told=GZIP),
    "packed, and said twice": Odd(gzip.compress(_of(1).encode()), told=(*GZIP, ("content-encoding", ""))),
    "packed without a word": Odd(gzip.compress(_of(1).encode())),
    "packed as deflate": Odd(zlib.compress(_of(1).encode()), told=(("Content-Encoding", "deflate"),)),
    "packed as br": Odd(brotli.compress(_of(1).encode()), told=(("Content-Encoding", "br"),)),
    "in capitals and another type": Odd(_of(1), mime="Application/XHTML+XML"),
    "in text/plain": Odd(_of(1), mime="text/plain"),
    "of no type": Odd(_of(1), mime=""),
    "with a mark at its beginning": Odd(b"\xef\xbb\xbf" + _of(1).encode()),
    "another template around it": Odd(
        _of(1)
        .replace("<article>", "<div><p>Mia Sand</p><article>")
        .replace("</article>", "</article><p>Most read</p></div>")
    ),
}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[ReadingRoom]:
    with reading_room(tmp_path) as open_room:
        open_room.addresses["elsewhere.example"] = "127.0.0.1"
        yield open_room


def _numbers(room: ReadingRoom) -> list[str]:
    return [text.partition(":")[0].removeprefix("Notice ") for text in room.texts()]


def _keep(room: ReadingRoom, stamp: str, odd: Odd, url: str = ARTICLE) -> None:
    room.archive.keep(url, stamp, odd.body, odd.status, odd.mime, odd.told)


def _logged(room: ReadingRoom, caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the poller said of copies that it did not take."""
    caplog.clear()
    with caplog.at_level("INFO", "rowback.poller"):
        room.work()
    return [line.partition("says nothing: ")[2] for line in caplog.messages if "says nothing" in line]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", NO_TEXT)
def test_what_is_no_text_of_the_article_makes_no_version_and_says_why(
    room: ReadingRoom, caplog: pytest.LogCaptureFixture, kind: str, place: str
) -> None:
    room.keep(OLD, _of(1))
    room.keep(NEW, _of(2))
    room.keep(ODD, told(9), OTHER)
    room.keep(ODD, _FRONT, "https://echo.example/")
    _keep(room, PLACES[place], NO_TEXT[kind])
    _list_all(room)
    room.ask()
    reasons = _logged(room, caplog)
    assert _numbers(room) == ["1", "2"]
    assert room.found().state is BackfillState.DONE
    copies = room.store.backfills.copies(room.found().id)
    (state,) = [each.state for each in copies if each.seen_at == instant(PLACES[place])]
    # What is cut off may be read before anything else is known, and is doubted then.
    assert state is CopyState.REFUSED or (kind in DOUBTED_LATER and place != "between")
    assert len(reasons) == (state is CopyState.REFUSED), reasons
    for reason in reasons:
        assert reason.partition(";")[0].endswith(".")
        assert "echo.example" not in reason, "the log is no list of what was read"
    assert room.store.counts()["articles"] == 1


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", READ)
def test_the_article_is_read_however_it_is_handed_on(room: ReadingRoom, kind: str, place: str) -> None:
    room.keep(OLD, _of(1))
    room.keep(NEW, _of(2))
    _keep(room, PLACES[place], READ[kind])
    _list_all(room)
    room.ask()
    room.work()
    assert _numbers(room) == (["1", "2", "1"] if place == "after all" else ["1", "2"])
    assert {each.state for each in room.store.backfills.copies(room.found().id)} == {CopyState.READ}


def test_a_text_that_a_list_calls_the_same_bytes_is_known_to_have_come_back(room: ReadingRoom) -> None:
    for stamp, number in ((OLDEST, 1), (OLD, 1), (ODD, 2), (NEW, 1), (NEWEST, 1)):
        room.keep(stamp, _of(number))
    room.ask()
    room.work()
    assert _numbers(room) == ["1", "2", "1"]
    found = room.found()
    assert (found.read, found.listed) == (2, 5), "no byte was fetched twice"
    versions = room.store.versions.of_article(1)
    assert [f"{each.seen_at:%d}" for each in versions] == ["01", "03", "04"]
    assert f"{versions[-1].last_seen_at:%d}" == "05"
    assert all(each.memento is not None for each in versions)


def test_what_an_archive_gives_instead_of_a_copy_says_nothing_of_copies_with_its_bytes(room: ReadingRoom) -> None:
    for stamp, number in ((OLD, 1), (ODD, 3), (NEW, 2), (NEWEST, 3)):
        room.keep(stamp, _of(number))
    room.ask()
    room.step()
    room.archive.copies[:] = [each for each in room.archive.copies if each.stamp != NEWEST]
    room.work()
    assert _numbers(room) == ["1", "3", "2"]
    states = [each.state for each in room.store.backfills.copies(room.found().id)]
    assert states == [CopyState.READ, CopyState.READ, CopyState.READ, CopyState.REFUSED]


def test_of_many_copies_of_the_same_bytes_only_some_are_stored(room: ReadingRoom) -> None:
    for minute in range(50):
        for second, number in ((0, 1), (30, 2)):
            room.keep(f"2026030109{minute:02d}{second:02d}", _of(number))
    room.ask()
    room.work()
    assert room.found().read == 2
    assert room.found().state is BackfillState.DONE
    with closing(sqlite3.connect(room.store.path)) as db:
        (stored,) = db.execute("select count(*) from copies").fetchone()
    assert 2 < stored <= 62


def test_a_text_in_the_bytes_of_an_older_alphabet_is_read_as_it_was_meant(room: ReadingRoom) -> None:
    """Some archives say `charset=utf-8` of every copy."""
    words = [*LONG, "Notice 1: Die Bücherei am Hafen schließt für zwölf Wochen, sagte die Behörde."]
    german = page(words).replace('<meta charset="utf-8">', '<meta charset="iso-8859-1">')
    _keep(room, OLD, Odd(german.encode("latin-1")))
    _keep(room, ODD, Odd(page(words)))
    _keep(room, NEW, Odd(german.encode("latin-1"), mime="text/html"))
    room.ask()
    room.work()
    assert room.texts() == [words[-1]]


@pytest.mark.parametrize("always", [True, False])
def test_a_copy_that_breaks_off_is_asked_for_again_soon_and_then_passed_over(room: ReadingRoom, always: bool) -> None:
    """It is no refusal of the archive's: other copies are not made to wait for hours."""
    for stamp, number in ((OLD, 1), (ODD, 3), (NEW, 2)):
        room.keep(stamp, _of(number))
    plain, broken = room.archive.answer, list[str]()

    def answer(request: BaseHTTPRequestHandler) -> None:
        if f"/{ODD}id_/" not in request.path or (broken and not always):
            plain(request)
            return
        broken.append(request.path)
        request.send_response(200)
        for name, value in (("Content-Type", "text/html"), ("Memento-Datetime", "Tue, 03 Mar 2026 09:00:00 GMT")):
            request.send_header(name, value)
        request.send_header("Content-Length", "9999")
        request.end_headers()
        request.wfile.write(_of(3).encode()[:700])
        request.close_connection = True

    room.archive.respond = answer
    room.ask()
    room.work()
    if len(broken) == 1:
        assert room.found().reason == "The archive broke off in the middle of a copy."
    for _ in range(4):
        room.clock.advance(seconds=60)
        room.work()
    assert room.found().state is BackfillState.DONE
    assert len(broken) == (3 if always else 1)
    assert _numbers(room) == (["1", "2"] if always else ["1", "3", "2"])


@pytest.mark.parametrize("host", ["elsewhere.example", HOST])
def test_nobody_but_the_archive_is_asked_wherever_it_leads(room: ReadingRoom, host: str) -> None:
    """Neither another host nor another server on the archive's own."""
    with website() as other:
        leads_to = other.url(f"/web/{ODD}id_/{ARTICLE}", host)
        other.put(f"/web/{ODD}id_/{ARTICLE}", _of(9), Memento_Datetime="Tue, 03 Mar 2026 09:00:00 GMT")
        room.keep(OLD, _of(1))
        _keep(room, ODD, Odd(status=302, told=(("Location", leads_to),)))
        _list_all(room)
        room.ask()
        room.work()
        assert other.asked == []
    assert _numbers(room) == ["1"]
    assert room.found().state is BackfillState.DONE


def test_a_list_that_moved_elsewhere_is_not_followed(room: ReadingRoom) -> None:
    with website() as other:
        leads_to = other.url("/cdx/search/cdx", "elsewhere.example")
        room.archive.respond = lambda request: _redirect(request, leads_to)
        room.ask()
        room.work()
        assert other.asked == []
    assert room.found().reason == "The archive leads elsewhere."


def _redirect(request: BaseHTTPRequestHandler, to: str) -> None:
    request.send_response(301)
    request.send_header("Location", to)
    request.send_header("Content-Length", "0")
    request.end_headers()


PAST = (
    ("20260301090000", page([*LONG[:1], "Subscribe to continue reading this article."])),
    ("20260302090000", _of(1).replace("<article>", "<div><p>Mia Sand</p><p>Print</p><article>")),
    ("20260303090000", _WALL),
    ("20260304090000", _of(2).replace("<article>", "<div><p>Mia Sand</p><p>Print</p><article>")),
    ("20260305090000", _of(2)),
    ("20260306090000", _shell("Page not found", "The page you look for is gone.")),
    ("20260307090000", _FRONT),
    ("20260308090000", _of(1)),
    ("20260309090000", _of(1) + "<!-- another advertisement -->"),
)


def test_any_order_of_arrival_tells_what_a_backfill_tells(room: ReadingRoom, tmp_path: Path) -> None:
    for stamp, body in PAST:
        room.keep(stamp, body)
    room.ask()
    room.work()
    assert _numbers(room) == ["1", "2", "1"]
    orders = [PAST, PAST[::-1], PAST[3:] + PAST[:3], PAST[1::2] + PAST[::2], PAST[::-2] + PAST[1::2]]
    answers = set[str]()
    for number, order in enumerate(orders):
        answers.add(_posted(tmp_path / f"{number}.db", room, order))
    assert len(answers) == 1, "the order of arrival matters"
    asked = _answer(room.store).replace('"memento": {"', "\n")
    (posted,) = answers
    for when in ("2026-03-02T09:00:00Z", "2026-03-04T09:00:00Z", "2026-03-08T09:00:00Z"):
        assert f'"seen_at": "{when}"' in asked
        assert f'"seen_at": "{when}"' in posted


def _posted(path: Path, room: ReadingRoom, order: Sequence[tuple[str, str]]) -> str:
    store = new_store(path)
    for stamp, body in order:
        at = instant(stamp)
        assert at is not None
        try:
            store.record(from_html(ARTICLE, body, at, Origin.ARCHIVE), room.clock())
        except BadInput:
            continue
    answer = _answer(store)
    store.close()
    return answer


def _answer(store: Store) -> str:
    article = store.articles.find(ARTICLE)
    assert article is not None
    return Histories(store).body(Asked(article, "first", "latest", "")).decode()


def _list_all(room: ReadingRoom) -> None:
    """The archive lists every copy as a page that it has, whatever it is."""
    room.archive.lists_all = True
