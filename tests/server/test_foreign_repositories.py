"""Peers' git repositories give their texts, and nothing that stands in one is run or believed but its objects."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rowback.archive.detect import found_in, kind_of
from rowback.archive.held import EVERYTHING, Cause, HeldPage, HeldText, Unread, Wanted, capture_of
from rowback.archive.newsdiffs import address_of, file_of
from rowback.archive.openterms import blocks_of
from rowback.archive.repository import MAX_OBJECT, Repository, is_repository
from rowback.archive.told_times import zone_named
from rowback.errors import BadInput, TooLarge

from .peers import commit, git, made
from .samples import PARAGRAPHS, TITLE, changed, page

if TYPE_CHECKING:
    from rowback.archive.held import Held

URL = "https://www.harbour-echo.example/news/ferry"
NEWSDIFFS = """
    create table Articles
        (id integer primary key, url text, initial_date text, last_update text, last_check text, git_dir text);
    create table version
        (id integer primary key, article_id integer, v text, title text, byline text, date text, boring bool, diff_json text);
"""


def _read(path: Path, wanted: Wanted = EVERYTHING) -> list[Held]:
    kind = kind_of(path)
    assert kind is not None
    return list(kind.read(path, wanted))


def _file(paragraphs: tuple[str, ...], title: str = TITLE) -> str:
    return "\n".join(["January 10, 2026", title, "By A PERSON", *"\n\n".join(paragraphs).split("\n")])


def _newsdiffs(top: Path) -> tuple[Path, list[str]]:
    folder, file = top / "articles" / "2026-01", file_of(URL)
    ids = [
        commit(folder, file, _file(PARAGRAPHS), f"Change to {file}", "2026-01-10T09:00:00+0100"),
        commit(folder, file, _file(changed("400", "900")), f"Change to {file}", "2026-01-11T08:00:00+0000"),
        commit(folder, file, _file(changed("Friday", "Monday")), f"Change to {file}"),
    ]
    versions = [(n, 1, id_, "Cut", "", "2026-01-10 03:30:00", n == 3, None) for n, id_ in enumerate(ids, start=1)]
    more = [
        (4, 1, "f" * 40, "", "", "", 0, None),
        (5, 1, "--help", "", "", "", 0, None),
        (6, 2, ids[0], "", "", "", 0, None),
    ]
    articles = [(1, URL, "", "", "", "2026-01"), (2, f"{URL}\n{ids[1]}", "", "", "", "../../articles/2026-01")]
    return made(top / "nd.db", NEWSDIFFS, Articles=articles, version=[*versions, *more]), ids


def test_newsdiffs_gives_its_versions_at_the_commits_times(tmp_path: Path) -> None:
    path, _ = _newsdiffs(tmp_path)
    first, second, lost, no_id, no_file = _read(path)
    assert isinstance(first, HeldText)
    assert isinstance(second, HeldText)
    assert (first.url, first.title, first.seen_at) == (URL, TITLE, datetime(2026, 1, 10, 8, tzinfo=UTC))
    assert [text for _, text in first.blocks] == list(PARAGRAPHS)
    assert [text for _, text in second.blocks] == list(changed("400", "900"))
    assert [each.cause for each in (lost, no_id, no_file) if isinstance(each, Unread)] == [
        *(Cause.NO_BODY, Cause.DAMAGED, Cause.DAMAGED)
    ]


def test_a_zone_that_is_told_is_that_of_the_database(tmp_path: Path) -> None:
    path, _ = _newsdiffs(tmp_path)
    first = _read(path, Wanted(zone=zone_named("America/New_York")))[0]
    assert isinstance(first, HeldText)
    assert first.seen_at == datetime(2026, 1, 10, 8, 30, tzinfo=UTC)


def test_repositories_without_their_database_tell_their_articles(tmp_path: Path) -> None:
    path, _ = _newsdiffs(tmp_path)
    assert kind_of(tmp_path / "articles") is None  # the database beside reads them
    path.unlink()
    found = _read(tmp_path / "articles")
    assert [(each.url, each.seen_at.day) for each in found if isinstance(each, HeldText)] == [
        (URL, 10),
        (URL, 11),
        (URL, 10),
    ]


def test_a_database_without_its_repositories_says_what_is_missing(tmp_path: Path) -> None:
    path = made(
        tmp_path / "nd.db",
        NEWSDIFFS,
        Articles=[(1, URL, "", "", "", "2026-01")],
        version=[(1, 1, "a" * 40, *"tbd", 0, "")],
    )
    (told,) = _read(path)
    assert isinstance(told, Unread)
    assert "2026-01 beside" in told.detail


@pytest.mark.parametrize("url", ["http://a.example/b", "https://a.example/b/c"])
def test_a_file_is_called_as_its_address(url: str) -> None:
    assert address_of(file_of(url)) == url


def _terms(folder: Path, *more: str) -> Path:
    name = "Harbour Post/Terms of Service.md"
    commit(folder, name, "# Terms\n\nWe keep *three* days.", "First record of Harbour Post Terms of Service")
    commit(folder, name, "# Terms\n\nWe keep four days.", "Record new changes of Harbour Post Terms of Service")
    commit(
        folder,
        name,
        "# The terms\n\nWe keep four days.",
        "Apply technical or declaration upgrade on Harbour Post Terms",
    )
    commit(folder, "README.md", "Nothing.", "Add a page")
    for text in more:
        commit(folder, name, text, "Record new changes of Harbour Post Terms of Service")
    return folder


def test_open_terms_tells_upgrades_from_edits(tmp_path: Path) -> None:
    found = [each for each in _read(_terms(tmp_path / "versions")) if isinstance(each, HeldText)]
    assert [(each.is_reread, each.blocks[0]) for each in found] == [
        (False, ("h1", "Terms")),
        (True, ("h1", "The terms")),
        (False, ("h1", "The terms")),
    ]
    assert {each.url for each in found} == {"https://harbour-post.open-terms-archive.invalid/Terms%20of%20Service"}


def test_open_terms_has_addresses_from_declarations_beside_it(tmp_path: Path) -> None:
    _terms(tmp_path / "versions")
    folder = tmp_path / "our-declarations" / "declarations"
    folder.mkdir(parents=True)
    told = {"name": "Harbour Post", "terms": {"Terms of Service": {"fetch": URL}}}
    (folder / "Harbour Post.json").write_text(json.dumps(told))
    (folder / "Broken.json").write_text("{")
    assert {each.url for each in _read(tmp_path / "versions") if isinstance(each, HeldText)} == {URL}


def test_snapshots_of_open_terms_are_pages_that_say_where_they_are_from(tmp_path: Path) -> None:
    message = f"First record of Harbour Post Terms\n\nx-source-document-location: {URL}"
    commit(tmp_path / "snapshots", "Harbour Post/Terms.html", page(), message)
    (found,) = _read(tmp_path / "snapshots")
    assert isinstance(found, HeldPage)
    assert (found.url, capture_of(found).content.title) == (URL, TITLE)


def test_marks_of_markdown_are_no_text() -> None:
    above = "Two lines\nof **one** [paragraph](https://a.example).\n* an item\n  going on\n\n"
    text = f"{above}> said\n\n| a | b |\n| --- | --- |\n\\*1"
    assert list(blocks_of(text)) == [
        ("p", "Two lines of one paragraph."),
        ("li", "an item going on"),
        ("blockquote", "said"),
        ("tr", "| a | b |"),
        ("p", "*1"),
    ]


def _trap(tmp_path: Path) -> Path:
    program = tmp_path / "trap"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path / 'sprung'}\ncat\n")
    program.chmod(0o755)
    return program


def test_nothing_that_a_repository_says_is_run(tmp_path: Path) -> None:
    folder, trap = _terms(tmp_path / "versions"), _trap(tmp_path)
    lost = git(folder, "rev-parse", "HEAD:README.md")
    (folder / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    head = git(folder, "rev-parse", "HEAD")
    for name in ("post-checkout", "pre-auto-gc", "reference-transaction"):
        (folder / ".git" / "hooks" / name).write_text(trap.read_text())
        (folder / ".git" / "hooks" / name).chmod(0o755)
    (folder / ".gitattributes").write_text("* filter=trap diff=trap\n")
    (folder / ".git" / "info" / "attributes").write_text("* filter=trap diff=trap\n")
    with (folder / ".git" / "config").open("a") as config:
        config.write(f"""
[core]
    fsmonitor = {trap}
    pager = {trap}
    sshCommand = {trap}
    alternateRefsCommand = {trap}
[log]
    showSignature = true
[gpg]
    program = {trap}
[diff]
    external = {trap}
[diff "trap"]
    textconv = {trap}
    command = {trap}
[filter "trap"]
    smudge = {trap}
    clean = {trap}
[extensions]
    partialClone = origin
[protocol "ext"]
    allow = always
[remote "origin"]
    promisor = true
    url = ext::{trap}
    partialclonefilter = blob:none
""")
    with Repository(folder) as repository:
        assert repository.text(head, "README.md") is None
        assert len([each for each in repository.history() if each.paths]) == 4
    assert not (tmp_path / "sprung").exists()


def test_objects_of_elsewhere_are_not_taken_for_its_own(tmp_path: Path) -> None:
    folder, secret = _terms(tmp_path / "versions"), tmp_path / "secret"
    id_ = commit(secret, "key", "Mine.", "First record of x")
    (folder / ".git" / "objects" / "info").mkdir(exist_ok=True)
    (folder / ".git" / "objects" / "info" / "alternates").write_text(f"{secret / '.git' / 'objects'}\n")
    with pytest.raises(BadInput, match="another repository"):
        Repository(folder).text(id_, "key")


@pytest.mark.parametrize("how", ["file", "link"])
def test_a_repository_somewhere_else_is_none(tmp_path: Path, how: str) -> None:
    folder, here = _terms(tmp_path / "versions"), tmp_path / "here"
    here.mkdir()
    if how == "file":
        (here / ".git").write_text(f"gitdir: {folder / '.git'}\n")
    else:
        (here / ".git").symlink_to(folder / ".git")
    assert not is_repository(here)


def test_packed_and_bare_and_shallow_repositories_are_read(tmp_path: Path) -> None:
    folder = _terms(tmp_path / "versions")
    git(tmp_path, "clone", "-q", "--bare", str(folder), "bare")
    git(tmp_path / "bare", "gc", "-q")
    git(tmp_path, "clone", "-q", "--depth", "3", f"file://{folder}", "shallow")
    assert len(_read(tmp_path / "bare")) == 3
    assert len(_read(tmp_path / "shallow")) == 2
    git(tmp_path, "init", "-q", "empty")
    with Repository(tmp_path / "empty") as empty:
        assert list(empty.history()) == []


def test_repositories_with_longer_ids_are_read_and_branches_in_a_table_are_named(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--object-format=sha256", "versions")
    assert len(_read(_terms(tmp_path / "versions"))) == 3
    (tmp_path / "versions" / ".git" / "reftable").mkdir()
    with pytest.raises(BadInput, match="--ref-format=files"):
        kind_of(tmp_path / "versions")
    made(tmp_path / "z.db", NEWSDIFFS)
    assert [kind.name for kind, _ in found_in(tmp_path)] == ["newsdiffs"]


def test_a_text_that_is_far_too_large_costs_no_other(tmp_path: Path) -> None:
    found = _read(_terms(tmp_path / "versions", "x" * (MAX_OBJECT + 1), "# Terms\n\nWe keep five days."))
    assert [type(each) for each in found] == [HeldText] * 3 + [Unread, HeldText]


def test_only_ids_and_names_are_asked_for(tmp_path: Path) -> None:
    folder = _terms(tmp_path / "versions")
    head = git(folder, "rev-parse", "HEAD")
    with Repository(folder) as repository:
        for id_ in ("HEAD", "--all", f"{head}\n{head}", f"{head}^{{tree}}", ""):
            with pytest.raises(BadInput, match="no id"):
                repository.commit(id_)
        with pytest.raises(BadInput, match="no name"):
            repository.text(head, f"a\n{head}:README.md")
        assert repository.text(head, "README.md") == "Nothing."
        assert repository.text(head, "none") is None
        assert repository.commit(git(folder, "rev-parse", "HEAD:README.md")) is None
    with pytest.raises(TooLarge), Repository(_terms(tmp_path / "other", "x" * (MAX_OBJECT + 1))) as repository:
        repository.text(git(tmp_path / "other", "rev-parse", "HEAD"), "Harbour Post/Terms of Service.md")
