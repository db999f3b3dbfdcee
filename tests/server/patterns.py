"""Every compiled pattern of the program, found by walking its modules, and how it is applied, read in its code."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import regex

import rowback

FOLDER = Path(rowback.__file__).parent
METHODS = ("match", "search", "fullmatch", "findall", "finditer", "sub", "subn", "split")
ANCHORED = frozenset({"match", "fullmatch"})
_DEPTH = 4  # of tables of patterns in tables
# How the patterns of a variable are applied that are given another name first: in a loop, as an argument, from a function.
ELSEWHERE = {
    "diff.labels.lexicon.LEXICONS": "match",  # Lexicon.says_correction
    "diff.labels.change.NO_WORDS": "match",
    "text.doubts.TITLES": "match",  # doubt_page
    "text.lines.counters.VOCABULARY.pattern": "finditer",  # Vocabulary.parts
    "text.lines.offers.VOCABULARY.pattern": "finditer",
    "text.lines.times.VOCABULARY.pattern": "finditer",
    "text.lines.line._PATTERNS": "fullmatch",  # line_of
    "text.hosts._VIEWED": "match",  # behind_viewer
    "text.hosts._CACHED": "match",
    "text.metadata._ARTICLE_TYPES": "search",  # _is_of
    "text.metadata._LIVE_TYPES": "search",
    "text.metadata._PAGE_TYPES": "search",
}


@dataclass(frozen=True)
class Used:
    """A pattern, the first name it has, and the methods by which it is applied; all where the code does not say."""

    name: str
    pattern: Any  # of `re` or `regex`, of texts or bytes
    methods: frozenset[str]

    @property
    def is_anchored(self) -> bool:
        """Whether it is only ever tried at one place of a text."""
        return self.methods <= ANCHORED


def used() -> list[Used]:
    """All of them, each once."""
    found: dict[tuple[str, object, int], Used] = {}
    applied = _applied()
    for module in modules():
        for variable, value in vars(module).items():
            whole = f"{module.__name__.removeprefix('rowback.')}.{variable}"
            for name, pattern in _in(value, whole, _DEPTH):
                key = (type(pattern).__module__, pattern.pattern, pattern.flags)
                elsewhere = next(([ELSEWHERE[each]] for each in (whole, name) if each in ELSEWHERE), METHODS)
                found.setdefault(key, Used(name, pattern, frozenset(applied.get(variable) or elsewhere)))
    return list(found.values())


def _applied() -> dict[str, set[str]]:
    """The methods that the code calls on what has a name, or on a part of it."""
    found: dict[str, set[str]] = {}
    call = re.compile(rf"\b(?=(\w+)(?:\[[^\]]*\])?\.({'|'.join(METHODS)})\()")
    for path in FOLDER.rglob("*.py"):
        for name, method in call.findall(path.read_text(encoding="utf-8")):
            found.setdefault(name, set()).add(method)
    return found


def modules() -> Iterator[ModuleType]:
    """All modules of the program."""
    for each in pkgutil.walk_packages(rowback.__path__, "rowback."):
        if not each.name.endswith("__main__"):
            yield importlib.import_module(each.name)


def inline() -> set[str]:
    """Where patterns are written inside functions and the like, as `module.py:function`."""
    found = set()
    for path in FOLDER.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.Lambda) and any(map(_is_pattern, ast.walk(function))):
                found.add(f"{path.relative_to(FOLDER).as_posix()}:{getattr(function, 'name', 'lambda')}")
    return found


def _is_pattern(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("re", "regex")
        and node.func.attr in (*METHODS, "compile")
    )


def _in(value: Any, name: str, depth: int) -> Iterator[tuple[str, Any]]:
    if isinstance(value, re.Pattern | regex.Pattern):
        yield name, value
    elif not depth:
        return
    elif type(value) is dict:
        for key, each in value.items():
            yield from _in(each, f"{name}[{key}]", depth - 1)
    elif type(value) in (list, tuple):
        for number, each in enumerate(value):
            yield from _in(each, f"{name}[{number}]", depth - 1)
    elif is_dataclass(type(value)) and type(value).__module__.startswith("rowback."):
        for field in fields(value):
            yield from _in(getattr(value, field.name, None), f"{name}.{field.name}", depth - 1)
