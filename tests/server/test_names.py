"""One name for one room: a file name stands twice only where both files are about the same thing."""

from __future__ import annotations

from collections import defaultdict

from .documents import ROOT

# File names that several folders share, with the one thing that all of them are about.
SHARED = {
    "access": "tokens and pairing",
    "articles": "stored articles",
    "extension": "the browser extension in a folder",
    "feeds": "feeds that are followed",
    "keep": "keeping what the reader reads",
    "messages": "the sentences of the extension",
    "markup": "the HTML of a block with `ins` and `del`",
    "mode": "how much is shown on a page",
    "owner": "what an owner does with an article",
    "search": "search of all versions",
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
