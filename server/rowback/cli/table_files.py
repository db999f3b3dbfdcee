"""Tables of an export onto stdout or into a file, which is whole or not there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback import files
from rowback.archive.flat_tables import flat_table
from rowback.archive.row_texts import csv_texts, json_texts
from rowback.archive.tabulated import rows
from rowback.cli.printer import BYTE_ORDER_MARK, print_csv, print_json_lines, progress
from rowback.deferred import Deferred
from rowback.errors import BadInput
from rowback.store.flat_file import check_replaceable, write_flat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import Any

    from rowback.archive import parquet
    from rowback.archive.rows import Row, RowTable
    from rowback.store.latest import Filters
    from rowback.store.whole_articles import WholeArticle, WholeArticles
else:
    parquet = Deferred("rowback.archive.parquet")

FORMATS = ("csv", "jsonl", "parquet", "sqlite")
NO_PYARROW = (
    "Parquet needs pyarrow: `pip install 'rowback[parquet]'`, or in a checkout `.venv/bin/pip install pyarrow`."
)


@dataclass(frozen=True, slots=True)
class Exported:
    """What is exported: articles of a store, and of these what filters let through."""

    articles: WholeArticles
    filters: Filters
    with_hidden: bool

    def rows(self, table: RowTable, bar: Any = None) -> Iterator[Row]:
        """The rows of a table; `bar` is told of each article that is done."""
        return rows(table, self._each(bar), self.filters)

    def count(self) -> int:
        """How many articles are gone through."""
        return self.articles.count(self.filters, with_hidden=self.with_hidden)

    def _each(self, bar: Any) -> Iterator[WholeArticle]:
        for whole in self.articles.each(self.filters, with_hidden=self.with_hidden):
            yield whole
            if bar is not None:
                bar.update(1)


def check_target(output: Path | None, form: str, *, may_replace: bool) -> Path | None:
    """The file to write, None for stdout. Raises `BadInput` for one that must stay, and without pyarrow for Parquet. To
    be asked before a store is opened."""
    if form == "parquet":
        _parquet()
    if output is None or str(output) == "-":
        if form not in ("csv", "jsonl"):
            raise BadInput(f"{form} is written into a file: name it with --output.")
        return None
    target = output.resolve()  # a link stays one
    if target.exists():
        if not target.is_file():
            raise BadInput(f"{output} is no file. Name another one.")
        check_replaceable(target)
        if not may_replace:
            raise BadInput(f"{output} exists already. Name another file, or add --replace.")
    return target


def print_table(exported: Exported, table: RowTable, form: str) -> int:
    """One table as text on stdout; returns how many rows it has."""
    found = _Counted(exported.rows(table))
    if form == "csv":
        print_csv(csv_texts(table, found))
    else:
        print_json_lines(json_texts(found))
    return found.count


def write_tables(exported: Exported, tables: Sequence[RowTable], form: str, target: Path) -> dict[str, int]:
    """Tables as a file, which takes its place when it is whole; returns how many rows each has."""
    try:
        with (
            files.Replacement(target) as part,
            progress(exported.count() * len(tables), "Exporting") as bar,
        ):
            found = {table.name: exported.rows(table, bar) for table in tables}
            if form == "sqlite":
                counts = write_flat(part.path, (flat_table(table, found[table.name]) for table in tables))
            else:
                (table,) = tables
                counts = {table.name: _write(part.path, table, found[table.name], form)}
            part.put()
    except OSError as error:
        raise BadInput(f"{target} cannot be written: {error.strerror or error}.") from error
    return counts


def _write(path: Path, table: RowTable, found: Iterable[Row], form: str) -> int:
    if form == "parquet":
        return _parquet()(path, table, found)
    counted = _Counted(found)
    with path.open("w", encoding="utf-8", newline="") as file:
        if form == "csv":
            file.write(BYTE_ORDER_MARK)
            file.writelines(csv_texts(table, counted))
        else:
            file.writelines(json_texts(counted))
    return counted.count


def _parquet() -> Callable[[Path, RowTable, Iterable[Row]], int]:
    try:
        write: Callable[[Path, RowTable, Iterable[Row]], int] = parquet.write
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "pyarrow":
            raise
        raise BadInput(NO_PYARROW) from error
    return write


class _Counted:
    """Rows that are counted as they pass."""

    def __init__(self, found: Iterable[Row]) -> None:
        self._found = found
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._found:
            self.count += 1
            yield row
