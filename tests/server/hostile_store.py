"""A store in which every name, title, reason and address tries to write to the terminal, as one of an older release may."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rowback.clock import utc_now
from rowback.model import Attribution, Origin
from rowback.store import Store
from rowback.store.feeds import Entry, FeedKind
from rowback.store.imports import ImportKind

from .samples import PARAGRAPHS, at, capture, changed

if TYPE_CHECKING:
    from pathlib import Path

MARK = "HOSTILE"
SIGNS = "سوق € 漢 😀"  # few code pages have them
# Clears the screen, sets the clipboard, as C0 and as C1; turns the reading order; ends a line; and is long.
SAID = (
    f"{MARK} \x1b[2J\x1b]52;c;eA==\x07\x9b2J\x9d0;x\x9c\x7f\x08\u202e\u2066\u2069\u200e\u200f\u061c\r\x85\u2028 "
    + SIGNS
)
LONG = f"{SAID} {'x' * 9_000}"
PLACES = {
    "articles": ["title", "source", "hidden_reason"],
    "versions": ["title"],
    "feeds": ["title", "reason"],
    "checks": ["reason"],
    "finds": ["url", "reason"],
    "hosts": ["host", "reason"],
    "failed_captures": ["url", "detail"],
    "mementos": ["archive"],
    "imports": ["what"],
    "tokens": ["name", "origin"],
    "pairings": ["name", "origin", "asked_from"],
    "readers": ["name"],
}
ARTICLE, OTHER, HIDDEN = (f"https://harbour.example/2026/{name}" for name in ("ferry", "ferries", "pier"))
FEED = "https://harbour.example/feed.xml"


def fill(path: Path) -> None:
    """Makes the store: articles of several versions, one hidden; feeds, finds, hosts, tokens, readers, pairings, failures."""
    store, now = Store(path), utc_now()
    article = None
    for url in (ARTICLE, OTHER, HIDDEN):
        for minutes, text in ((0, "400 commuters"), (60, f"{SAID} commuters")):
            found = capture(
                changed("400 commuters", text) if minutes else PARAGRAPHS, minutes=minutes, url=url, title=SAID
            )
            copy = Attribution("a", "https://a.example/")
            article = store.record(replace(found, origin=Origin.ARCHIVE, memento=copy), at(minutes)).article
    number = store.imports.begin(ImportKind.FILE, "a", now)
    again = capture(changed("400 commuters", f"{SAID} commuters"), minutes=61, url=OTHER, title=SAID)
    store.record(replace(again, origin=Origin.IMPORT, brought_by=number), now)
    assert article is not None
    store.owner.hide(article.id, SAID)
    feed, _ = store.feeds.add(FEED, FeedKind.FEED, SAID, now)
    store.feeds.add("https://quay.example/feed.xml", FeedKind.FEED, SAID, now)
    store.feeds.take_in(feed.id, [Entry("https://pier.example/2026/pier-closed")], now)
    store.access.new_token("phone", now)
    store.readers.invite("Ada", None, now)
    store.pairings.begin("extension", None, "127.0.0.1", now)
    with store._connection.write() as db:
        db.execute("insert into hosts (host, free_at, blocks, reason) values ('a', '2099-01-01T00:00:00+00:00', 1, '')")
        db.execute(
            "insert into failed_captures (key, url, seen_at, received_at, origin, reason, detail) "
            "values ('a', 'a', '2026-01-10T08:00:00+00:00', '2026-01-10T08:00:00+00:00', 'poll', 'no-text', '')"
        )
        for table, columns in PLACES.items():
            for column in columns:
                where = f"where {column} is not null" if column == "hidden_reason" else ""
                unique = f"update {table} set {column} = ? || hex(randomblob(4)) {where}"  # noqa: S608 (names above)
                db.execute(unique, [LONG])
        db.execute("update feeds set failures = 3")
        db.execute("update checks set failures = 3")
        db.execute("update finds set failures = 3, outcome = 'failed', next_check_at = '2099-01-01T00:00:00+00:00'")
        db.execute("update articles set url = url || ? where url = ?", [SAID, OTHER])
        db.execute("update feeds set url = url || ? where url <> ?", [SAID, FEED])
    store.close()
