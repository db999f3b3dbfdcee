"""`rowback prune`: what was never edited goes where its owner says so, and nothing else ever does."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from rowback.store import Store
from rowback.store.family import WAL, beside

from .samples import PARAGRAPHS, START, capture, changed

if TYPE_CHECKING:
    from pathlib import Path

    from .program import Program

SITE = "https://www.harbour-echo.example/news/"
RARE = "zyxomma"
OLD = START + timedelta(days=400)  # when all of it is old
PLAIN, EDITED, WATCHED = f"{SITE}plain", f"{SITE}edited", f"{SITE}watched"
# Each is kept for one reason, that stands here as what makes it so.
KEPT = {
    "followed": "update articles set is_followed = 1 where id = ?",
    "hidden": "update articles set hidden_reason = 'A court asked.' where id = ?",
    "chosen": "update articles set listing_is_chosen = 1 where id = ?",
    "seen": "update articles set last_checked_at = '2027-02-01T00:00:00.000000Z' where id = ?",
    "watched": "update articles set status = 'watching' where id = ?",
    "asked": "insert into backfills "
    "(key_hash, source, name, title, host, article_id, asked_by, state, to_list, most, began_at) "
    "values ('k', 'w', 'w', 'W', 'w', ?, 'me', 'done', '[]', 1, '2026-01-01T00:00:00.000000Z')",
    "aside": "update captures set aside = 'alternating' where article_id = ?",
}


def _record(store: Store, url: str, text: str) -> int:
    return store.record(capture([text, *PARAGRAPHS], url=url), START).article.id


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A database with two articles that may go, one that was edited, and one for each reason to stay."""
    path = tmp_path / "rowback.db"
    store = Store(path)
    for name in ("plain", "plain-too"):
        _record(store, f"{SITE}{name}", f"The {RARE} was late at {name}.")
    store.record(capture(url=EDITED), START)
    store.record(capture(changed("400", "900"), minutes=60, url=EDITED), START + timedelta(hours=1))
    ids = {name: _record(store, f"{SITE}{name}", f"A boat lay at the quay, {name}.") for name in KEPT}
    store.end()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("update articles set status = 'settled', next_check_at = null")
        for name, made_so in KEPT.items():
            db.execute(made_so, [ids[name]])
    return path


def _urls(store: Store) -> set[str]:
    return {each.url.rpartition("/")[2] for each in store.articles.newest(100)}


def test_only_what_nobody_would_miss_goes(kept: Path) -> None:
    store = Store(kept)
    before = OLD - timedelta(days=365)
    count, oldest = store.retention.ripe(before, 1)
    assert (count, oldest) == (2, [PLAIN])
    assert store.retention.prune(before, 1) == 1
    assert store.retention.prune(before) == 1
    assert store.retention.prune(before) == 0
    store.retention.finish()
    assert store.owner.finish_forgetting()
    assert RARE.encode() not in beside(kept, WAL).read_bytes(), "the log has no word of it"
    assert _urls(store) == {"edited", *KEPT} - {"hidden"}
    assert store.search.find(RARE, 10) == []
    assert store.damage() is None
    counts = store.counts()
    store.end()
    assert counts["articles"] == 1 + len(KEPT)
    assert RARE.encode() not in kept.read_bytes()


def test_what_was_seen_since_stays(kept: Path) -> None:
    store = Store(kept)
    assert store.retention.ripe(START - timedelta(days=1), 10) == (0, [])
    assert store.retention.prune(START - timedelta(days=1)) == 0
    store.end()


def test_the_command_deletes_only_when_told(rowback: Program, kept: Path) -> None:
    assert kept == rowback.db
    refused = rowback("prune", "--yes")
    assert (refused.code, "--unedited-for" in refused.err) == (1, True)
    told = rowback.ok("prune", "--unedited-for", "1", "--dry-run").out
    assert PLAIN in told
    assert "2 articles never edited and not seen for 1 day: would be deleted." in told
    assert rowback("prune", "--unedited-for", "1", stdin="n\n").code == 1
    assert rowback.ok("prune", "--unedited-for", "1", "--dry-run", "--json").json == {"found": 2, "deleted": 0}
    assert rowback.ok("prune", "--yes", "--json", ROWBACK_KEEP_UNEDITED_DAYS="1").json == {"found": 2, "deleted": 2}
    assert rowback.ok("prune", "--unedited-for", "1").out.startswith("0 articles")
    assert EDITED in rowback.ok("export").out
