"""How lists, searches, the status page and the metrics grow with the store: each beside itself in a store of an eighth.

Run it with `python -m tests.benchmark.search`. Two stores of the same invented articles are made first, of 2,000 and 16,000
articles with 8,000 and 64,000 versions. A page that reads as much however much there is has the ratio 1, one that reads
everything 8. Nothing goes over a network.
"""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from rowback.store import Store
from rowback.web.app import create_app
from tests.benchmark.interleaved import Line, cpu_ms, show, take_turns
from tests.server.copies import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask.testing import FlaskClient

SMALL, LARGE = 10, 80  # copies of 200 articles
FLAT = 1.5  # what may still grow: the depth of trees, and what no cache holds any more
TWO_WAYS = 2.0  # where few match in the small store, which are sorted as they are
COMMON, OTHER = "drifengarmo", "garkemogar"  # words of four texts in five, and of two in three
NOWHERE = f'"{COMMON} nulili {OTHER} nuhul kepra"'
PAGES: tuple[tuple[str, str, float | None], ...] = (
    ("front page", "/", FLAT),
    ("front page of a source", "/?source=paper7.example", FLAT),
    ("front page of a common label", "/?label=figure", FLAT),
    ("front page of a label that nothing has", "/?label=headline", None),
    ("articles", "/articles", FLAT),
    ("search: a common word", f"/search?q={COMMON}", FLAT),
    ("search: two common words", f"/search?q={COMMON}+{OTHER}", FLAT),
    ("search: a word in one source", f"/search?q={COMMON}+source:paper7.example", FLAT),
    ("search: a word in a source that is not there", f"/search?q={COMMON}+source:none.example", FLAT),
    ("search: removed", "/search?q=removed:allegedly", FLAT),
    ("search: added", "/search?q=added:allegedly", FLAT),
    ("search: removed in one source", "/search?q=removed:allegedly+source:paper7.example", TWO_WAYS),
    ("search: added, two years before", "/search?q=added:allegedly+before:2020-01-05", FLAT),
    ("search: a phrase of common words that stands nowhere", f"/search?q={quote(NOWHERE)}", None),
    ("search: the beginning of many words", "/search?q=bake*", None),
    ("feed of a search", f"/search/feed.atom?q={COMMON}", FLAT),
    ("feed of a search for edits", "/search/feed.atom?q=removed:allegedly", FLAT),
    ("API: search", f"/api/v1/search?q={COMMON}", FLAT),
    ("API: search for edits", "/api/v1/search?q=removed:allegedly", FLAT),
    ("status", "/status", FLAT),
    ("metrics", "/metrics", FLAT),
)


def lines() -> Iterator[Line]:
    """One for each page."""
    with tempfile.TemporaryDirectory() as folder:
        sides = [_asked(Path(folder) / f"{copies}.db", copies) for copies in (LARGE, SMALL)]
        for what, path, goal in PAGES:
            for side in sides:
                side(path)
            large, small = take_turns(*(partial(cpu_ms, partial(side, path)) for side in sides))
            yield Line(what, large, "an eighth of the store", small, goal)


def _asked(path: Path, copies: int) -> Callable[[str], None]:
    """What asks a store for a page, as its owner."""
    now = fill(path, copies)
    store = Store(path)
    client = create_app(store, now=lambda: now).test_client()
    return partial(_ask, client, store.access.new_token("benchmark", now))


def _ask(client: FlaskClient, token: str, path: str) -> None:
    answer = client.get(path, headers={"Authorization": f"Bearer {token}"})
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}: {answer.text[:200]}")


if __name__ == "__main__":
    show(lines())
