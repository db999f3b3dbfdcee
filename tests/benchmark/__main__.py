"""Prints one table of all benchmarks, or of those named: `python -m tests.benchmark diffs start`.

A benchmark is a module of this folder with a function `lines`; what has none is a part of others. `--json` prints a JSON
object a line instead.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmark.interleaved import show

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tests.benchmark.interleaved import Line, Skipped

FOLDER = Path(__file__).parent
# Run only when named: browsers are started, ten thousand pages read, large stores made.
LONG = frozenset({"alerts", "desk", "extension", "poller", "search"})


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures what is asked for."""
    names = benchmarks()
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", choices=[*names, []], metavar="NAME", help=", ".join(names))
    parser.add_argument("--json", action="store_true", help="a JSON object a line")
    given = parser.parse_args(arguments)
    show(_lines(given.names or [name for name in names if name not in LONG]), as_json=given.json)


def benchmarks() -> list[str]:
    """The names of all, in order."""
    return [each.name for each in pkgutil.iter_modules([str(FOLDER)]) if _has_lines(FOLDER / f"{each.name}.py")]


def _has_lines(path: Path) -> bool:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return path.stem != "__main__" and any(isinstance(each, ast.FunctionDef) and each.name == "lines" for each in body)


def _lines(names: Iterable[str]) -> Iterator[Line | Skipped]:
    for name in names:
        yield from importlib.import_module(f"tests.benchmark.{name}").lines()


if __name__ == "__main__":
    main()
