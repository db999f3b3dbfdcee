"""What older rules read of a version is shown, to strangers without the instant."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from rowback.store import Store
from rowback.web.app import create_app

from .backend import Clock
from .stories import CRANE, tell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

LETTER = "Get our letter every day."


@pytest.fixture
def told(store: Store) -> Iterator[Store]:
    tell(store)
    yield store


def _stranger(store: Store) -> FlaskClient:
    return create_app(store, is_public=True, now=Clock()).test_client()


def _version(store: Store) -> str:
    article = store.articles.find(CRANE)
    assert article is not None
    return f"/articles/{article.id}/versions/0"


def test_a_version_leads_to_what_older_rules_read(told: Store) -> None:
    client, address = _stranger(told), _version(told)
    page = client.get(address).text
    assert LETTER not in page
    assert f'href="{address}/readings/0"' in page
    older = client.get(f"{address}/readings/0")
    assert older.status_code == 200
    assert LETTER in older.text
    assert client.get(f"{address}/readings/1").status_code == 404


def test_what_older_rules_read_of_a_copy_says_whose_it_is(told: Store) -> None:
    client, address = _stranger(told), f"{_version(told)}/readings/0"
    assert "as archived by" not in client.get(address).text
    with closing(sqlite3.connect(told.path)) as db, db:
        db.execute(
            "insert into mementos select article_id, seen_at, 'Wayback Machine', 'https://archive.example/copy' "
            "from versions"
        )
    assert 'The page is as archived by <a href="https://archive.example/copy"' in " ".join(
        client.get(address).text.split()
    )


def test_strangers_are_not_told_when_it_was_read_again(told: Store) -> None:
    client, address = _stranger(told), _version(told)
    (older,) = client.get(f"/api/v1{address}").get_json()["version"]["older_readings"]
    assert (older["reading"], older["read_until"], older["blocks"][0]["text"]) == (0, None, LETTER)
    assert "19:41" not in client.get(f"{address}/readings/0").text


def test_histories_tell_no_edit_of_it(told: Store, tmp_path: Path) -> None:
    answer = _stranger(told).get(f"/api/v1/edits?url={CRANE}").get_json()
    assert (len(answer["versions"]), answer["edits"]) == (1, [])
