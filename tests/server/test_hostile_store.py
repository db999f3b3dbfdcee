"""What an old store may hold, in titles, names, reasons and addresses, breaks no page, no feed and no header."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from rowback.store import Store
from rowback.web.app import create_app

from . import hostile_store
from .backend import Clock
from .hostile_store import MARK, OTHER
from .visitor import Visitor, owner_at_home

if TYPE_CHECKING:
    from pathlib import Path

    from .backend import Backend

FILLED = {
    "form": "atom",
    "when": "2026-01-10T08:00:00Z",
    "stamp": "20260110080000",
    "url": OTHER,
    "article_id": "2",
    "number": "1",
    "a": "0",
    "b": "1",
}


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    store = Store(tmp_path_factory.mktemp("routes") / "rowback.db")
    rules = [rule for rule in create_app(store, now=Clock()).url_map.iter_rules() if "GET" in (rule.methods or ())]
    store.close()
    return [re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda found: FILLED.get(found[1], MARK), rule.rule) for rule in rules]


@pytest.fixture
def hostile(backend: Backend, tmp_path: Path) -> Backend:
    hostile_store.fill(tmp_path / "rowback.db")
    backend.clock.advance(days=3_650)
    return backend


def test_every_page_feed_and_answer_is_given_and_well_formed(hostile: Backend, routes: list[str]) -> None:
    owner: Visitor = owner_at_home(hostile)
    token = hostile.store.access.new_token("tests", hostile.clock())
    read = 0
    for path in routes:
        for query in ("", f"?q={MARK}", f"?url={OTHER}"):
            more = {"Authorization": f"Bearer {token}"} if path.startswith("/api/") else {}
            found = owner.get(path + query, **more)
            assert found.status < 500, (path, query)
            kind = found.headers.get("content-type", "") if found.status == 200 else ""
            if "xml" in kind or "svg" in kind:
                etree.fromstring(found.body)
            elif "jsonl" in kind or "ndjson" in kind:
                for line in found.body.splitlines():
                    json.loads(line)
            elif "json" in kind:
                json.loads(found.body)
            read += bool(kind)
            assert "".join(found.headers.values()).isprintable(), (path, query)
    assert read > len(routes)
