"""`rowback poll` for cron, which mails whatever is printed; and the instants in the log."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .websites import Website, website

if TYPE_CHECKING:
    from .program import Program

TEXT = "The harbour office said that the first ferry leaves at six in the morning from Monday on."


def test_quietly_nothing_is_said_whatever_sites_answer(rowback: Program) -> None:
    assert rowback.ok("poll", "--once").out == "Nothing was due.\n"
    done = rowback.ok("poll", "--once", "--quiet")
    assert (done.out, done.err) == ("", "")
    with website() as site:
        _follow_unread(rowback, site)
        done = rowback.ok("poll", "--once", "-q", ROWBACK_FETCH_HOSTS="127.0.0.1")
        assert (done.out, done.err) == ("", "")
        assert site.paths() == ["/feed.xml"], "it was read, and there is none"


def _follow_unread(rowback: Program, site: Website) -> None:
    """Follows a feed that nobody has looked at, so that it is due."""
    outline = f'<outline type="rss" xmlUrl="{site.url("/feed.xml", "127.0.0.1")}"/>'
    listed = rowback.folder / "list.opml"
    listed.write_text(f'<opml version="2.0"><body>{outline}</body></opml>', encoding="utf-8")
    rowback.ok("feeds", "import", listed)


def test_quietly_json_is_still_printed_for_who_asks_for_it(rowback: Program) -> None:
    assert rowback.ok("poll", "--once", "-q", "--json").json == {}


def test_what_is_wrong_with_rowback_itself_is_said(rowback: Program) -> None:
    rowback.db.write_bytes(b"no database at all, " * 200)
    done = rowback("poll", "--once", "--quiet")
    assert done.code == 1
    assert done.err


def test_lines_of_the_log_begin_with_the_day_and_the_time(rowback: Program) -> None:
    with website() as site:
        _follow_unread(rowback, site)
        told = rowback.ok("poll", "--once", ROWBACK_FETCH_HOSTS="127.0.0.1").err.splitlines()
    assert told
    assert all(re.match(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\dZ ", line) for line in told), told
