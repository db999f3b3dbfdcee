"""What docstrings and comments say of the code is so, as far as a program can tell."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rowback import errors
from rowback.store import schema
from rowback.text.blocks import BLOCKS

from .documents import ROOT
from .said import missing_files, missing_names, said, sources

if TYPE_CHECKING:
    from rowback.store import Store

SOURCES = [*sources(), ROOT / "README.md"]


@pytest.mark.parametrize("path", SOURCES, ids=[str(path.relative_to(ROOT)) for path in SOURCES])
def test_files_and_names_that_are_spoken_of_exist(path: Path) -> None:
    words = said(path)
    assert missing_files(words, path.parent) == []
    assert missing_names(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "see `content/fold.js`",
        "Styles: content/marks.css",
        "decided in `security.py`",
        "(`tests/cases/adresses.json`)",
        "`server/rowback/text/url.py` says",
    ],
)
def test_a_file_that_is_not_there_is_noticed(words: str) -> None:
    assert len(missing_files(words, ROOT / "extension/content/find")) == 1


@pytest.mark.parametrize("words", ["`store.judging.Aside`", "`rowback.text.normalise`", "`model.Edit.colour_of`"])
def test_a_name_that_is_not_there_is_noticed(words: str) -> None:
    assert len(missing_names(words)) == 1


@pytest.mark.parametrize(
    "words",
    [
        "`fold.js`, `find/fold.js` and `content/find/fold.js`",
        "`tests/cases/urls.json`, `text/urls.py`",
        "https://example.com/a/b.html, a/b.html?c and *.js",
        "`store.asides.Aside`, `rowback.text.normalize.storable`, `model.Reason.FRONT`, `storage.local`",
    ],
)
def test_what_is_there_is_not_blamed(words: str) -> None:
    near = ROOT / "extension/content/find"
    assert [each for each in missing_files(words, near) if each != "a/b.html"] == []
    assert missing_names(words) == []


def test_the_tree_of_errors_is_drawn_as_it_is() -> None:
    drawn = re.findall(r"^ {4}([│├└─ ]*)([A-Z]\w+) +(\S+) +(\S+)", errors.__doc__ or "", re.MULTILINE)
    above: list[str] = []
    told = set()
    for bars, name, status, code in drawn:
        above = [*above[: len(bars) // 4], name]
        # The root has no answer of its own, and what only the command line says has none at all.
        told.add((*above[-2:], *((status, code) if status.isdigit() else ())))
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.RowbackError)]
    assert told == {_drawn(kind) for kind in kinds}


def _drawn(kind: type[errors.RowbackError]) -> tuple[str, ...]:
    if kind is errors.RowbackError:
        return (kind.__name__,)
    parent = kind.__mro__[1].__name__
    answer = () if kind is errors.SettingsError else (str(kind.status), kind.code)
    return (parent, kind.__name__, *answer)


def test_every_table_is_told_of(store: Store) -> None:
    with store._connection.read() as db:
        names = db.table_names()
    shown = {name for name in names if not re.search(r"_(?:fts|spaced)|^_|^sqlite_", name)}
    drawn = re.findall(r"^ {4} *(\S.*?)(?: {2,}|$)", schema.__doc__ or "", re.MULTILINE)
    assert shown - set(re.findall(r"\w+", " ".join(drawn))) == set()


def _listed(script: str, name: str) -> set[str]:
    text = (ROOT / "extension" / script).read_text(encoding="utf-8")
    found = re.search(rf"const {name} = new Set\(\[(.*?)\]\)", text, re.DOTALL)
    assert found is not None
    return {word.lower() for word in re.findall(r'"([\w-]+)"', found[1])}


def test_both_sides_take_the_same_elements_for_blocks() -> None:
    assert _listed("content/find/text-index.js", "BLOCKS") == BLOCKS | {"br"}  # which pieces cuts at by itself
