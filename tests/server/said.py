"""Reads what docstrings and comments say, and finds the files and names in it that are not there."""

from __future__ import annotations

import ast
import importlib
import io
import re
import tokenize
from functools import cache
from typing import TYPE_CHECKING

from .documents import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Where a path may begin, beside the folders that a file is in; a file without a folder may be anywhere in these.
PARTS = ("server/rowback", "extension", "tests")
# What people call files of theirs, and a word for any name: no files of ours.
OTHERS = {"rowback.toml", "saved-page.html", "templates/pictures/NAME.svg"}
_FILE = re.compile(r"(?<![\w./:*-])((?:[\w.-]+/)*[\w-]+\.(?:py|m?js|css|json|html|svg|toml|rst|md))(?![\w/-]|\.\w)")
_DOTTED = re.compile(r"`((?:rowback|archive|capture|demo|diff|store|web|model|errors|config|text\.[a-z_]+)(?:\.\w+)+)`")
_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL)


def sources() -> Iterator[Path]:
    """The files whose words are read: all of the package and of the extension."""
    for part, endings in (("server/rowback", (".py", ".css")), ("extension", (".js", ".css"))):
        yield from (path for path in sorted((ROOT / part).rglob("*")) if path.suffix in endings)


def said(path: Path) -> str:
    """Docstrings and comments of a file; of a document all of it."""
    text = path.read_text(encoding="utf-8")
    if path.suffix in (".js", ".css"):
        return "\n".join(_COMMENT.findall(text))
    return "\n".join(_said_in_python(text)) if path.suffix == ".py" else text


def missing_files(words: str, near: Path) -> list[str]:
    """Files that `words` name and that are neither beside `near` nor anywhere in the repository."""
    bases = [near, *near.parents, *(ROOT / part for part in PARTS)]
    return [
        found
        for found in _FILE.findall(words)
        if found not in OTHERS and found not in _names() and not any((base / found).is_file() for base in bases)
    ]


def missing_names(words: str) -> list[str]:
    """Names of the package (`store.asides.Aside`) that `words` use and that are not there."""
    found = [name for name in _DOTTED.findall(words) if name not in OTHERS]
    return [name for name in found if not _is_there(name.removeprefix("rowback.").split("."))]


@cache
def _names() -> frozenset[str]:
    tests = [folder for folder in (ROOT / "tests").iterdir() if folder.name != "node_modules"]
    folders = [ROOT / "server/rowback", ROOT / "extension", *tests]
    return frozenset(path.name for folder in folders for path in (folder, *folder.rglob("*")))


def _said_in_python(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            yield ast.get_docstring(node) or ""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def _is_there(parts: list[str]) -> bool:
    for count in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(["rowback", *parts[:count]]))
        except ModuleNotFoundError:
            continue
        for name in parts[count:]:
            if not hasattr(found, name):
                return False
            found = getattr(found, name)
        return True
    return False
