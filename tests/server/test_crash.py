"""`kill -9` while captures are stored or articles checked: the file stays whole, and nothing is lost."""

from __future__ import annotations

import os
import random
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rowback.capture.captures import from_html
from rowback.capture.poller import LEASE
from rowback.model import Origin
from rowback.store import Store

from . import forked
from .program import COMMAND, ENDS_WITHIN_S
from .samples import page
from .websites import website

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

    from .program import Program

CAPTURES, KILLS, SEED = 1_000, 8, 20_260_110
# Captures numbers from `first` on, until killed, and says each number once it is stored.
WRITER = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from rowback.capture.captures import from_blocks
from rowback.model import Origin
from rowback.store import Store
store, first, last = Store(Path(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3])
start = datetime(2026, 1, 10, tzinfo=UTC)
for number in range(first, last):
    at = start + timedelta(minutes=number)
    blocks = [("p", f"The ferry carried {number} people."), ("p", "It leaves at noon.")]
    capture = from_blocks(f"https://echo.example/{number % 20}", f"Ferry {number}", blocks, at, Origin.API)
    stored = store.record(capture, at)
    print(number, stored.article.id, stored.version, flush=True)
"""


def test_nothing_acknowledged_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 (the same moments on every run, not secrets)
    path, acknowledged = tmp_path / "rowback.db", dict[int, tuple[int, int]]()
    kills = sorted(chance.sample(range(20, CAPTURES - 20), KILLS))
    first = 0
    for kill_at in [*kills, CAPTURES]:
        told = _write_until(path, first, kill_at, chance)
        acknowledged |= told
        first = max(acknowledged, default=-1) + 1
        store = Store(path)
        assert store.damage() is None
        store.close()
    assert first == CAPTURES
    assert len(acknowledged) == CAPTURES
    _check(Store(path), acknowledged)


def _write_until(path: Path, first: int, kill_at: int, chance: random.Random) -> dict[int, tuple[int, int]]:
    """Runs the writer; kills it as soon as it has acknowledged `kill_at`, while it is at one of the next captures."""
    acknowledged = {}
    with forked.start(WRITER, [path, str(first), str(CAPTURES)]) as writing:
        assert writing.stdout is not None
        for line in writing.stdout:
            if not line.endswith("\n"):
                break
            number, article_id, version = map(int, line.split())
            acknowledged[number] = (article_id, version)
            if number == kill_at:
                for _ in range(chance.randrange(2_000)):  # somewhere within the next capture
                    pass
                writing.kill()
    return acknowledged


def _check(store: Store, acknowledged: dict[int, tuple[int, int]]) -> None:
    versions = {article_id: store.versions.of_article(article_id) for article_id, _ in set(acknowledged.values())}
    for number, (article_id, version) in acknowledged.items():
        stored = versions[article_id][version]
        assert stored.content.title == f"Ferry {number}"
        assert stored.content.blocks[0].text == f"The ferry carried {number} people."
    assert sum(map(len, versions.values())) == CAPTURES


def test_what_a_killed_poller_was_at_is_done_by_the_next_one(rowback: Program) -> None:
    now, asked = datetime.now(UTC), threading.Event()
    with website() as site:

        def never_answer(_: BaseHTTPRequestHandler) -> None:
            asked.set()
            site.over.wait(ENDS_WITHIN_S)

        site.answers["/news/ferry"] = never_answer
        store = Store(rowback.db)
        article = store.record(
            from_html(site.url("/news/ferry", "127.0.0.1"), page(), now, Origin.BROWSER), now
        ).article
        store.set_followed(article.id, now)
        environment = rowback.environment() | {"ROWBACK_FETCH_HOSTS": "127.0.0.1"}
        with (
            Path(os.devnull).open("wb") as nowhere,
            forked.start(forked.MAIN, ["poll"], environment, name=COMMAND, out=nowhere) as polling,
        ):
            assert asked.wait(ENDS_WITHIN_S)
            polling.kill()
        assert store.damage() is None
        later = datetime.now(UTC)
        assert store.queue.take(later, "next", later + LEASE, later) is None
        job = store.queue.take(later + LEASE, "next", later + 2 * LEASE, later)
        assert job is not None
        assert job.url == article.url
        store.close()
