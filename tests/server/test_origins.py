"""Where captures come from: a closed list, of which clients may say a part; what was stored before there was one is read."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from rowback.archive.bulk import BadLine, read
from rowback.archive.export import all_articles, lines
from rowback.model import CLIENT_ORIGINS, Capture, Origin
from rowback.store import Store
from rowback.web.app import create_app

from .samples import PARAGRAPHS, TITLE, URL, at, capture, changed

if TYPE_CHECKING:
    from pathlib import Path

    from .backend import Backend, Client
    from .program import Program

EDITS = f"/api/v1/edits?url={URL}"
NO_CLIENTS = [each.value for each in Origin if each not in CLIENT_ORIGINS]


def _line(**more: object) -> str:
    return json.dumps({"url": URL, "seen_at": "2026-01-10T08:00:00Z", "title": TITLE, "paragraphs": PARAGRAPHS} | more)


@pytest.mark.parametrize(("said", "told"), [*((each, each) for each in CLIENT_ORIGINS), (None, Origin.API)])
def test_clients_say_who_saw_it(client: Client, said: str | None, told: str) -> None:
    assert client.capture(origin=said).status == 201
    assert [version["origin"] for version in client.get(EDITS).json["versions"]] == [told]


@pytest.mark.parametrize("said", [*NO_CLIENTS, "scraper", "Browser", "api ", "", 5, ["api"], {"origin": "api"}])
def test_clients_say_nothing_else(client: Client, said: object) -> None:
    answer = client.capture(origin=said)
    assert (answer.status, answer.code) == (400, "bad-input")
    if isinstance(said, str):
        assert answer.json["detail"] == "`origin` is one of api, browser and import."
    assert client.get(EDITS).status == 404


def test_an_export_comes_back_with_its_origins(store: Store, tmp_path: Path) -> None:
    for n, origin in enumerate(Origin):
        store.record(replace(capture(changed("400", f"5{n}"), minutes=n), origin=origin), at(60))
    other = Store(tmp_path / "other.db")
    for found in read(lines(store, all_articles(store))):
        assert isinstance(found, Capture), found
        other.record(found, at(60))
    exported = [
        origin for origin in Origin if origin is not Origin.ROWBACK
    ]  # another backend has it, and tells it itself
    assert [version.origin for version in other.versions.of_article(1)] == exported
    other.close()


def test_an_unknown_origin_in_a_file_costs_its_line_only(rowback: Program, tmp_path: Path) -> None:
    told = list(read([_line(), _line(origin="scraper"), _line(origin=7), _line(origin="archive")]))
    assert [each.number for each in told if isinstance(each, BadLine)] == [2, 3]
    assert [each.origin for each in told if isinstance(each, Capture)] == [Origin.IMPORT, Origin.ARCHIVE]
    history = tmp_path / "history.jsonl"
    history.write_text(f"{_line()}\n{_line(origin='scraper', seen_at='2026-01-10T09:00:00Z')}\n")
    done = rowback("import", history)
    assert done.code == 1
    assert "1 new version" in done.err
    assert "`origin` is one of api, browser, import, poll, feed, archive, rowback, fetch and file." in done.err


@pytest.fixture
def from_before(backend: Backend) -> Backend:
    """A store with the words that programs and the demo could say when any word would do."""
    for n, text in enumerate((PARAGRAPHS, changed("400", "900"), PARAGRAPHS)):
        backend.store.record(capture(text, minutes=60 * n), at(1_000))
    backend.store.record(capture(minutes=180), at(1_000))
    backend.client.post("/api/v1/captures", {"url": URL, "html": "<p></p>"})
    with sqlite3.connect(backend.store.path) as db:
        for table in ("versions", "captures", "failed_captures"):
            db.execute(f"update {table} set origin = 'scraper_2'")  # noqa: S608 (names of our own)
        db.execute("update versions set origin = 'demo' where id = 1")
        db.execute("update versions set origin = 'fetch' where id = 2")
    return backend


def test_origins_from_before_are_read(from_before: Backend) -> None:
    store, client = from_before.store, from_before.client
    wanted = ["poll", "fetch", "api"]
    assert [version["origin"] for version in client.get(EDITS).json["versions"]] == wanted
    assert [version.origin for version in store.versions.of_article(1)] == wanted
    assert [failed.origin for failed in store.failures.newest()] == ["api"]
    for path in ("/articles/1", "/articles/1/versions/0", "/status", "/articles/1/versions/0.json"):
        assert client.get(path).status == 200
    exported = [json.loads(line)["origin"] for line in lines(store, all_articles(store))]
    assert exported == ["poll", "fetch", "api", "api"]
    assert not any(isinstance(each, BadLine) for each in read(lines(store, all_articles(store))))


def test_captures_of_origins_from_before_are_split_and_merged(from_before: Backend) -> None:
    store = from_before.store
    split = store.record(capture(changed("six", "seven"), minutes=150), at(1_000)).article
    other = store.record(capture(changed("six", "eight"), minutes=30, url=f"{URL}-copy"), at(1_000)).article
    with sqlite3.connect(store.path) as db:
        db.execute("update captures set origin = 'x' where article_id = ?", [other.id])
    assert store.merge(split.id, other.id).version_count == 6


def test_the_document_lists_them(store: Store) -> None:
    document: Any = create_app(store).test_client().get("/openapi.json", headers={"Host": "127.0.0.1"}).get_json()
    schemas = document["components"]["schemas"]
    assert schemas["Origin"]["enum"] == list(Origin)
    assert schemas["Capture"]["properties"]["origin"]["anyOf"][0]["enum"] == list(CLIENT_ORIGINS)
    for name in ("Version", "VersionNote"):
        assert schemas[name]["properties"]["origin"]["anyOf"][0] == {"$ref": "#/components/schemas/Origin"}
