"""How many bytes an article of four versions takes in the store, and each version after its first: told ahead, and packed.

Run it with `python -m tests.benchmark.store`; with `--shares` it prints what each table and index takes of it. An empty
store's bytes are left out, so that the figures are those of a large one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmark.interleaved import Line, Skipped, exactly, show
from tests.benchmark.reference import COMMIT, MISSING, ROOT, reference_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTICLES, VERSIONS = 400, 4
MOST, MOST_MORE = 19_000, 3_500  # bytes of an article of four versions, and of each version after its first
UNIT = "bytes"
# Run in either tree: fills a store through its own code, and prints bytes by table and index.
FILL = """
import importlib, json, random, sqlite3, sys
from contextlib import closing, suppress
from pathlib import Path
from rowback.store import Store
from tests.benchmark import pages
folder, articles, versions = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
here = Path(sys.modules["rowback.store"].__file__).parent
writing = next(name for name in ("intake", "recording") if (here / f"{name}.py").exists())
write = importlib.import_module(f"rowback.store.{writing}").write_capture
store, chance = Store(folder / "rowback.db"), random.Random(20)
for number in range(articles):
    with store._connection.write() as db:
        for capture in pages._history(pages.SCRIPTS["latin"], number, chance, versions=versions):
            write(db, capture, capture.seen_at)
getattr(store, "steps" if hasattr(store, "steps") else "changes").catch_up()
with suppress(ImportError):
    importlib.import_module("rowback.web.api.ahead").Ahead(store).catch_up()
store._connection._database().execute("VACUUM INTO ?", [str(folder / "packed.db")])
store.close()
with closing(sqlite3.connect(folder / "packed.db")) as db:
    print(json.dumps(dict(db.execute("select name, sum(pgsize) from dbstat group by name").fetchall())))
"""


def lines() -> Iterator[Line | Skipped]:
    """One for an article of four versions, and one for a version more."""
    ours = _bytes(ROOT)
    with reference_tree() as tree:
        if tree is None:
            yield Skipped("store", MISSING)
        theirs = None if tree is None else _bytes(tree)
    for what, place, most in (("an article of four versions", 0, MOST), ("a version more", 1, MOST_MORE)):
        yield Line(f"store: {what}", exactly(ours[place]), goal=most, unit=UNIT)
        if theirs is not None:
            yield Line(f"store: {what}", exactly(ours[place]), COMMIT, exactly(theirs[place]), 2 / 3, UNIT)


def _bytes(tree: Path) -> tuple[float, float]:
    """What an article of four versions takes, and what each of its versions but the first."""
    all_, first = (sum(_shares(tree, versions).values()) for versions in (VERSIONS, 1))
    return all_, (all_ - first) / (VERSIONS - 1)


def _shares(tree: Path, versions: int) -> dict[str, float]:
    """Bytes an article by table and index, without those of an empty store."""
    full, empty = (_filled(tree, articles, versions) for articles in (ARTICLES, 0))
    return {name: (size - empty.get(name, 0)) / ARTICLES for name, size in full.items()}


def _filled(tree: Path, articles: int, versions: int) -> dict[str, int]:
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(tree / "server"), str(tree)])}
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", FILL, folder, str(articles), str(versions)]
        done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=folder, check=True)
    found: dict[str, int] = json.loads(done.stdout)
    return found


def _print_shares() -> None:
    for name, size in sorted(_shares(ROOT, VERSIONS).items(), key=lambda item: -item[1]):
        print(f"{name:40}{size:9,.0f}")


if __name__ == "__main__":
    _print_shares() if sys.argv[1:] == ["--shares"] else show(lines())
