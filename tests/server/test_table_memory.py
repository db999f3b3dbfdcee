"""An export takes no more memory for ten times the rows."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from rowback.archive.rows import TABLES
from rowback.archive.tabulated import rows
from rowback.store import whole_articles
from rowback.store.audience import Audience
from rowback.store.latest import Filters
from rowback.store.whole_articles import WholeArticle

from .samples import at, capture

if TYPE_CHECKING:
    from pathlib import Path

    from rowback.archive.rows import RowTable
    from rowback.store import Store

FEW, MANY = 4_000, 40_000  # rows of 3,000 characters: 12 and 120 MB
SLACK = 16_000_000  # bytes: what a process takes at once, and gives back when it likes
# Writes rows into a file and prints how many bytes the process took at most, beyond what it had at its start: of all
# memory, also that of libraries in C.
_WRITE = """
import json, resource, sys
from dataclasses import replace
from pathlib import Path
from rowback.archive.flat_tables import flat_table
from rowback.archive.row_texts import csv_texts, json_texts
from rowback.archive.rows import EDITS
from rowback.store.flat_file import write_flat
from rowback.archive import parquet
from tests.server.test_table_formats import EDIT

def found(count):
    for n in range(count):
        text = f"{n} " * (1_500 // len(f"{n} "))
        yield replace(EDIT, id=f"a{n}-v1-e1", before=text, after=text)

def write(form, path, count):
    if form == "parquet":
        parquet.write(path, EDITS, found(count))
    elif form == "sqlite":
        write_flat(path, [flat_table(EDITS, found(count))])
    else:
        with path.open("w", encoding="utf-8") as file:
            file.writelines(csv_texts(EDITS, found(count)) if form == "csv" else json_texts(found(count)))

def most():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1_024)

form, path, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
write(form, path, 10)
path.unlink()
begin = most()
write(form, path, count)
print(json.dumps([most() - begin, path.stat().st_size]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not say it this way")
@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "sqlite"])
def test_ten_times_the_rows_take_no_more_memory(tmp_path: Path, form: str) -> None:
    taken = []
    for count in (FEW, MANY):
        ran = subprocess.run(
            [sys.executable, "-c", _WRITE, form, str(tmp_path / str(count)), str(count)], capture_output=True, text=True
        )
        assert ran.returncode == 0, ran.stderr
        taken.append(json.loads(ran.stdout))
    (few, small), (many, large) = taken
    assert large > 5 * small
    assert many <= few + SLACK, taken


def _held() -> int:
    return sum(isinstance(each, WholeArticle) for each in gc.get_objects())


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_of_many_articles_no_more_than_two_are_held(
    store: Store, table: RowTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole_articles, "BATCH", 3)
    for n in range(10):
        for minutes, word in enumerate(("one", "two")):
            store.record(capture([f"{n} {word}"], minutes=minutes, url=f"https://echo.example/{n}"), at(minutes))
    gc.collect()
    before = _held()  # of other tests
    held, seen = [], set()
    for row in rows(table, store.view(Audience.TRUSTED).whole.each(Filters()), Filters()):
        seen.add(row.article_id)
        held.append(_held() - before)
    assert len(seen) == 10
    assert max(held) <= 2
