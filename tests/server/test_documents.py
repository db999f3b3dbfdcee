"""What holds the papers together: links, paths, commands and flags that they name, their forms, and the map of tests."""

from __future__ import annotations

import os
import re
import tomllib
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from rowback import __version__
from rowback.cli import main

from .documents import DOCS, README, ROOT, anchors, commands, links, name_of, papers, prose, section, spans, table
from .said import missing_names
from .test_help import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTRIBUTING = ROOT / ".github" / "CONTRIBUTING.md"
CHANGELOG = ROOT / "CHANGELOG.md"
RECORDS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
# Where a path that is named may begin: the checkout, or one of the folders that everybody knows.
HOMES = (ROOT, ROOT / "server" / "rowback", ROOT / "extension", ROOT / "tests")
TOP = ("server/", "extension/", "tests/", ".github/", ".ci/")
SUFFIXES = (".py", ".js", ".mjs", ".json", ".md", ".html", ".css", ".toml", ".txt", ".png", ".svg")
MADE = {"tests/output/"}  # by running the tests
NOT_OURS = {".venv", "node_modules", ".git", "__pycache__", "output"}
_PATH = re.compile(r"[\w.*@-]+(?:/[\w.*@-]+)*/?")
_NAMED_COMMAND = re.compile(r"(?:server/run|rowback)((?: [a-z][a-z-]*)+)((?: .*)?)$")
_FLAG = re.compile(r"(?<=\s)--[a-z-]+")


@pytest.mark.parametrize("paper", papers(), ids=name_of)
def test_links_lead_somewhere(paper: Path) -> None:
    for link in links(paper):
        if re.match(r"https?://|mailto:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (paper.parent / path).resolve() if path else paper
        assert target.exists(), f"{link} in {name_of(paper)}"
        assert target.is_relative_to(ROOT), link
        assert not anchor or anchor in anchors(target), f"{link} in {name_of(paper)}"


def test_every_paper_can_be_reached_from_the_readme_and_stands_in_the_index() -> None:
    seen, ahead = {README}, [README]
    while ahead:
        paper = ahead.pop()
        found = {(paper.parent / link.partition("#")[0]).resolve() for link in links(paper) if "://" not in link}
        new = {each for each in found if each.suffix == ".md" and each.is_file()} - seen
        seen |= new
        ahead += new
    assert seen == set(papers())
    index = {(DOCS / link).resolve() for link in links(DOCS / "README.md")}
    assert set(DOCS.glob("*.md")) - {DOCS / "README.md"} <= index


@pytest.mark.parametrize("paper", papers(), ids=name_of)
def test_paths_that_are_named_exist(paper: Path) -> None:
    named = [*spans(paper), *(word for line in commands(paper) for word in line.split() if word.startswith(TOP))]
    for span in filter(_is_path, named):
        assert span in MADE or _exists(span, paper.parent), f"{span} in {name_of(paper)}"
    assert missing_names(prose(paper)) == []


def _is_path(span: str) -> bool:
    """Whether a word names a file or folder of the checkout: by where it begins, or as a file of code by its name alone."""
    if not _PATH.fullmatch(span):
        return False
    return (
        span.startswith(TOP)
        or span.endswith((".py", ".js", ".mjs"))
        or ("/" in span and span.endswith((*SUFFIXES, "/")))
    )


def _exists(span: str, folder: Path) -> bool:
    """Capitals stand for what is chosen: `LANGUAGE.py` for any file of Python there."""
    if "/" not in span:
        return any(fnmatch(name, _any(span)) for name in _names())
    return any((home / span).exists() or any(home.glob(_any(span).rstrip("/"))) for home in (*HOMES, folder))


def _any(span: str) -> str:
    return (
        span if Path(span).name.startswith(("README", "CONTRIBUTING", "CHANGELOG")) else re.sub(r"[A-Z]{2,}", "*", span)
    )


@cache
def _names() -> frozenset[str]:
    found: set[str] = set()
    for _, folders, names in os.walk(ROOT):
        folders[:] = [each for each in folders if each not in NOT_OURS]
        found.update(names)
    return frozenset(found)


def test_a_path_that_is_gone_is_noticed() -> None:
    for gone in (
        "server/rowback/nothing.py",
        "text/nothing.py",
        "nothing.py",
        "diff/nowhere/",
        "tests/nothing",
        "nothing.mjs",
    ):
        assert _is_path(gone), gone
        assert not _exists(gone, ROOT), gone
    for other in ("text/html", "rowback.toml", "https://example.com/x.js?", "/api/v1/edits", "and/or"):
        assert not _is_path(other), other


def _named_commands() -> Iterator[tuple[str, str, str]]:
    """The paper, the words and the rest of everything that a paper calls the command with."""
    for paper in papers():
        for text in (*spans(paper), *commands(paper)):
            found = _NAMED_COMMAND.match(text)
            if found:
                yield name_of(paper), found[1].strip(), found[2]


def test_commands_and_flags_that_are_named_exist() -> None:
    named = list(_named_commands())
    assert len(named) > 60
    for paper, words, rest in named:
        command: click.Command = main
        for word in words.split():
            if not isinstance(command, click.Group):
                break  # an argument
            assert word in command.commands, f"{words} in {paper}"
            command = command.commands[word]
        known = {name for each in command.params for name in each.opts} | {"--help", "--version"}
        assert set(_FLAG.findall(rest)) <= known, f"{words}{rest} in {paper}"


def test_every_command_is_on_its_paper() -> None:
    told = [cells[0].strip("`") for cells in table(section(DOCS / "command-line.md", "## All commands"))]
    assert sorted(told) == sorted(COMMANDS.keys() - {"rowback"})


def test_the_changelog_keeps_its_form_and_knows_this_version() -> None:
    text = CHANGELOG.read_text(encoding="utf-8")
    heads = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert heads[0] == "[Unreleased]"
    releases = [re.fullmatch(r"\[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d", head) for head in heads[1:]]
    assert all(releases), heads
    versions = [match[1] for match in releases if match]
    assert versions == sorted(versions, key=lambda version: [int(part) for part in version.split(".")], reverse=True)
    assert versions[0] == __version__
    kinds = set(re.findall(r"^### (.+)$", text, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    for head in heads:
        name = head.partition("]")[0] + "]"
        assert f"\n{name}: https://" in text, f"{name} leads nowhere"


def test_what_the_readme_links_to_is_in_the_source_distribution() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    included = build["targets"]["sdist"]["include"]
    for link in links(README):
        if "://" not in link:
            path = link.partition("#")[0]
            assert any(path == each or path.startswith(f"{each}/") for each in included), path


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_a_record_has_its_form_and_stands_in_the_index(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    number = int(record.name[:4])
    title = re.match(rf"# {number}\. (.+)\n\nStatus: (.+)\n", text)
    assert title is not None
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    index = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    assert f"| [{number}. {title[1]}]({record.name}) | {title[2]} |" in index


def test_records_are_numbered_without_gaps() -> None:
    assert [int(record.name[:4]) for record in RECORDS] == list(range(1, len(RECORDS) + 1))


def _map() -> Iterator[tuple[list[str], list[str]]]:
    """The rows of the contributors' map: folders, and test files as the checkout knows them."""
    code = re.compile(r"`([^`]+)`")
    for folders, tests in table(section(CONTRIBUTING, "## Which tests cover what")):
        homes = {".py": "server/", ".js": "extension/"}
        named = [each if "/" in each else homes[Path(each).suffix] + each for each in code.findall(tests)]
        yield code.findall(folders), [f"tests/{each}" for each in named]


def test_the_map_of_tests_is_whole() -> None:
    rows = list(_map())
    mapped = {path for _, tests in rows for path in tests}
    folders = ("server/test_*.py", "extension/*.test.js", "browser/test_*.py", "evaluation/test_*.py")
    there = {name_of(path) for pattern in folders for path in (ROOT / "tests").glob(pattern)}
    assert mapped == there
    told = [folder for row, _ in rows for folder in row]
    assert [folder for folder in told if not (ROOT / folder).is_dir()] == []
    code = [*(ROOT / "server" / "rowback").rglob("*.py"), *(ROOT / "extension").rglob("*.js")]
    parts = {name_of(path.parent) for path in code if path.name != "__init__.py"} - {"server/rowback", "extension"}
    known = [folder for folder in told if folder not in ("server/rowback/", "extension/")]
    assert [part for part in sorted(parts) if not f"{part}/".startswith(tuple(known))] == []
