"""What is new: told to the owner once after an upgrade, to nobody else, and to anyone who opens the page of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import lxml.html
import pytest

from rowback import __version__
from rowback.capture.fetch import HOME
from rowback.errors import StoreError
from rowback.model import Scope
from rowback.store import Store
from rowback.store.release_shown import ReleaseShown
from rowback.web.pages.changelog import all_releases

from . import backend as backends
from .changelog import CHANGELOG, KEPT, releases, written
from .visitor import Visitor, at_home, by_link, owner_at_home

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .backend import Backend

LINE = f"Rowback was upgraded to {__version__}."
CHANGES = """# Changelog

## [Unreleased]

**In short**

- Not out yet.

### Added

- Nor this.

## [0.9.0] - 2027-01-02

**In short**

- For *all*: `<b>` [more](server/docs/data.md), [elsewhere](https://else.example/) & "so".

### Added

- One, which
  goes on.

- Two.

### Fixed

- Three.

## [0.1.0] - 2026-11-24

The first.

Its limits.

### Added

- All.
"""
READ = (
    f'For <em>all</em>: <code>&lt;b&gt;</code> <a href="{HOME}/blob/main/server/docs/data.md">more</a>, '
    '<a href="https://else.example/">elsewhere</a> &amp; &quot;so&quot;.'
)


def _shown(path: Path, release: str | None) -> Path:
    """A store that was last shown a release; None for one made before that was kept."""
    Store(path).end()
    with closing(sqlite3.connect(path)) as db, db:
        if release is None:
            db.execute("delete from settings where name = 'release_shown'")
        else:
            db.execute("update settings set value = ? where name = 'release_shown'", [release])
    return path


@pytest.fixture
def upgraded(tmp_path: Path) -> Iterator[Backend]:
    """A backend whose store an earlier commit made; everyone may read."""
    backend = backends.start(_shown(tmp_path / "rowback.db", None), is_public=True)
    yield backend
    backend.server.stop()
    backend.store.close()


def _front(visitor: Visitor, path: str = "/") -> str:
    return visitor.get(path).body.decode()


@pytest.mark.parametrize(
    ("release", "is_told"),
    [(None, True), ("0.1.0", True), ("0.0.9", True), (__version__, False), ("9999.0.0", False)],
)
def test_a_store_of_an_older_release_has_something_to_tell(
    tmp_path: Path, release: str | None, *, is_told: bool
) -> None:
    backend = backends.start(_shown(tmp_path / "rowback.db", release))
    try:
        assert (LINE in _front(owner_at_home(backend))) is is_told
    finally:
        backend.server.stop()
        backend.store.close()


def test_a_store_that_begins_has_nothing_to_tell(tmp_path: Path) -> None:
    store = Store(tmp_path / "rowback.db")
    assert store.release_shown.last() == __version__
    store.end()


def test_the_line_stands_on_each_page_until_it_is_dismissed_and_leads_back(upgraded: Backend) -> None:
    owner = owner_at_home(upgraded)
    for path in ("/", "/articles?q=a", "/status", "/new", "/articles/999"):
        assert LINE in _front(owner, path), path
    answer = owner.press("/", "/new", next="/articles?q=a")
    assert (answer.status, answer.headers["location"]) == (303, "/articles?q=a")
    for path in ("/", "/status", "/new"):
        assert LINE not in _front(owner, path), path
    assert upgraded.store.release_shown.last() == __version__


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example", "", "/\\evil.example"])
def test_dismissing_leads_nowhere_else(upgraded: Backend, next_: str) -> None:
    answer = owner_at_home(upgraded).press("/", "/new", next=next_)
    assert answer.headers["location"] == "/"


def test_only_the_owners_own_form_dismisses_it(upgraded: Backend) -> None:
    owner = owner_at_home(upgraded)
    owner.get("/")
    assert owner.send("/new", csrf="x", next="/").status >= 400
    assert owner.send("/new", next="/").status >= 400
    for scope in (Scope.READ, Scope.CAPTURE):
        assert by_link(upgraded, at_home(upgraded), scope).press("/", "/new", next="/").status == 403
    assert LINE in _front(owner)


def test_strangers_and_devices_that_are_not_the_owners_never_see_it(upgraded: Backend) -> None:
    visitors = [
        at_home(upgraded),
        *(by_link(upgraded, at_home(upgraded), each) for each in (Scope.READ, Scope.CAPTURE)),
    ]
    for visitor in visitors:
        for path in ("/", "/articles", "/new", "/articles/999", "/login"):
            page = _front(visitor, path)
            assert "<main" in page
            assert "upgraded" not in page, path


def test_a_page_that_tells_of_a_broken_store_stands_without_the_line(
    upgraded: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = owner_at_home(upgraded)

    def broken(_: ReleaseShown) -> str:
        raise StoreError("The database is gone.")

    monkeypatch.setattr(ReleaseShown, "last", broken)
    answer = owner.get("/")
    assert (answer.status, LINE in answer.body.decode()) == (200, False)


def test_the_page_tells_each_release_in_short_and_in_full_in_english(upgraded: Backend) -> None:
    page = lxml.html.fromstring(at_home(upgraded).get("/new", Accept_Language="ar").body)
    assert page.get("lang") == "ar"
    heads = [each.text for each in page.findall(".//main//h2")]
    assert heads == [f"Rowback {each.version}" for each in all_releases()]
    assert heads[0] == f"Rowback {__version__}"
    first = page.findall(".//main//section")[0]
    assert 6 <= len(first.findall("./ul[@lang='en'][@dir='ltr']/li")) <= 10
    whole = first.findall("./details/div[@lang='en'][@dir='ltr']")[0]
    assert {each.text for each in whole.findall("./h3")} >= {"Added", "Changed", "Fixed", "Security"}
    assert len(whole.findall(".//li")) == all_releases()[0].count > 50


def test_what_the_page_tells_is_what_the_changelog_tells() -> None:
    """`python -m tests.server.changelog` brings it up to date."""
    assert KEPT.read_text(encoding="utf-8") == written()
    assert f"## [{all_releases()[0].version}]" in CHANGELOG.read_text(encoding="utf-8")


def test_a_changelog_is_read_whole_without_what_is_not_released() -> None:
    assert releases(CHANGES) == [
        {
            "version": "0.9.0",
            "day": "2027-01-02",
            "opening": "",
            "in_short": [READ],
            "sections": {"Added": ["One, which goes on.", "Two."], "Fixed": ["Three."]},
        },
        {
            "version": "0.1.0",
            "day": "2026-11-24",
            "opening": "The first. Its limits.",
            "in_short": [],
            "sections": {"Added": ["All."]},
        },
    ]


@pytest.mark.parametrize(
    "line", ["- <script>alert(1)</script>", "- [x](javascript:alert(1))", "- <img src=x onerror=y>"]
)
def test_markup_in_the_changelog_is_text(line: str) -> None:
    (release,) = releases(f"## [1.0.0] - 2027-01-02\n\n### Added\n\n{line}\n")
    (item,) = release["sections"]["Added"]
    fragment = lxml.html.fragment_fromstring(item, create_parent="div")
    assert [each.tag for each in fragment.iterdescendants()] == []


def test_the_newest_release_says_in_short_what_is_new() -> None:
    newest = all_releases()[0]
    assert newest.version == __version__
    assert 6 <= len(newest.in_short) <= 10
