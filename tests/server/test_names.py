"""One name for one room: a file name stands twice only where both files are about the same thing, a class name never."""

from __future__ import annotations

import ast
from collections import defaultdict

from .documents import ROOT

# File names that several folders share, with the one thing that all of them are about.
SHARED = {
    "access": "tokens and pairing",
    "backups": "copies of the database",
    "articles": "stored articles",
    "extension": "the browser extension in a folder",
    "feeds": "feeds that are followed",
    "keep": "keeping what the reader reads",
    "messages": "the sentences of the extension",
    "markup": "the HTML of a block with `ins` and `del`",
    "mode": "how much is shown on a page",
    "owner": "what an owner does with an article",
    "pairing": "connecting an extension or a program",
    "places": "what an address says of its page",
    "search": "search of all versions",
    "sessions": "signed-in browsers",
    "shapes": "the shapes of the API's answers",
    "status": "what is watched and what goes wrong",
}
# Every web page of the extension's own has one.
PAGE_FILES = {"index"}


def test_no_file_name_stands_for_two_things() -> None:
    found = _folders_by_name()
    assert {name: folders for name, folders in found.items() if len(folders) > 1 and name not in SHARED} == {}


def test_what_is_said_to_be_shared_is() -> None:
    found = _folders_by_name()
    assert {name for name in SHARED if len(found[name]) < 2} == set()


def _folders_by_name() -> dict[str, list[str]]:
    """Names of modules, wings and scripts without their ending, with the places where they stand."""
    found: dict[str, list[str]] = defaultdict(list)
    for top in (ROOT / "server" / "rowback", ROOT / "extension"):
        for path in [*top.rglob("*.py"), *top.rglob("*.js")]:
            if path.stem != "__init__" and path.stem not in PAGE_FILES:
                found[path.stem].append(str(path.relative_to(ROOT)))
    return found


def test_no_class_name_stands_for_two_things() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for path in (ROOT / "server" / "rowback").rglob("*.py"):
        for name in _types(path.read_text(encoding="utf-8")):
            found[name].append(str(path.relative_to(ROOT)))
    assert {name: places for name, places in found.items() if len(places) > 1} == {}


def _types(source: str) -> list[str]:
    """The classes and aliases of types that a module names for others (`Pair = tuple[int, int]`)."""
    body = ast.parse(source).body
    body += [inner for node in body if isinstance(node, ast.If) for inner in node.body]  # those for the type checker
    classes = [node.name for node in body if isinstance(node, ast.ClassDef)]
    assigned = [target for node in body if isinstance(node, ast.Assign) for target in node.targets]
    names = [target.id for target in assigned if isinstance(target, ast.Name) and not target.id.isupper()]
    return [name for name in (*classes, *names) if name[0].isupper()]
