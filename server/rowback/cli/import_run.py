"""An import on its way: how far each collection is, on the screen and in the store, and what came of all."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rowback.archive.bringing import Bringing, HeldPart
from rowback.cli.base import counted
from rowback.cli.printer import MAX_MESSAGE, echo, print_json, progress
from rowback.clock import utc_now
from rowback.store.import_files import ImportedFile
from rowback.store.imports import ImportKind
from rowback.text.plain import line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rowback.archive.held import HeldKind, Wanted
    from rowback.store import Store

NOTED_EVERY_S = 1.0  # how far an import is: what is read again after a kill


@dataclass(frozen=True, slots=True)
class Collection:
    """A file or folder of a kind, its bytes, and the mark by which the same wish for the same bytes is known again."""

    kind: HeldKind
    path: Path
    size: int
    mark: str

    @property
    def title(self) -> str:
        """Which it is, for people."""
        return f"{self.path} ({self.kind.title})"


class ImportRun:
    """An import of collections, each with what of it is wanted. `times_of` says how the times of one are read."""

    def __init__(
        self, store: Store, wanted: Sequence[tuple[Collection, Wanted]], times_of: Callable[[Collection], str]
    ) -> None:
        self._store, self._wanted, self._times_of = store, wanted, times_of
        self._found = [each for each, _ in wanted]
        self._number = self._begun()
        self._before = self._known()
        self._bringing = Bringing(store, utc_now, self._number)
        self._at, self._count, self._noted_at = -1, 0, time.monotonic()
        self._counts: dict[str, int] = {}

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left out that is an article's."""
        return self._bringing.tally.is_whole

    def bring(self) -> None:
        """Stores everything."""
        with progress(sum(each.size for each in self._found), "Importing") as bar:
            passed = [_Passed(bar, each.size) for each in self._found]
            parts = [
                HeldPart(each.kind, each.path, replace(wanted, passed=by.step), before.done)
                for (each, wanted), before, by in zip(self._wanted, self._before, passed, strict=True)
            ]
            try:
                for _ in self._bringing.bring(parts, lambda place: self._go_to(place, passed)):
                    self._count += 1
                    if time.monotonic() - self._noted_at > NOTED_EVERY_S:
                        self._note()
            except KeyboardInterrupt:
                self._note()
                raise
            self._go_to(len(parts), passed)
            self._bringing.finish()
        self._store.imports.end(self._number, utc_now())

    def tell(self, *, as_json: bool) -> None:
        """Prints what came of it."""
        tally = self._bringing.tally
        for each in tally.told:
            echo(f"{line(each.place)}: {line(each.reason, MAX_MESSAGE)}", err=True)
        if as_json:
            kinds = [{"file": str(each.path), "kind": each.kind.name} for each in self._found]
            print_json({"import": self._number, "collections": kinds, **tally.as_json()})
            return
        echo(line(tally.in_words(), MAX_MESSAGE))
        echo(f"`rowback imports undo {self._number}` takes it back.")

    def _begun(self) -> int:
        marks = [each.mark for each in self._found]
        number = self._store.import_files.number_of(marks)
        if number is None:
            what = ", ".join(each.path.name for each in self._found)
            number = self._store.imports.begin(ImportKind.FILE, what, utc_now())
            self._store.import_files.begin(number, marks)
        return number

    def _known(self) -> list[ImportedFile]:
        """How far each collection is; nowhere where all of them were stored to their ends, and are asked for again."""
        files = [self._store.import_files.get(self._number, each.mark) for each in self._found]
        return [ImportedFile() for _ in files] if all(file.is_whole for file in files) else files

    def _go_to(self, place: int, passed: Sequence[_Passed]) -> None:
        """Ends the collections before a place, and begins the one there."""
        while self._at < place:
            if self._at >= 0:
                self._note(is_whole=True)
                passed[self._at].all()
            self._at += 1
            if self._at < len(self._found):
                self._begin(self._found[self._at], self._before[self._at])

    def _begin(self, each: Collection, before: ImportedFile) -> None:
        if before.done and not before.is_whole:
            echo(f"Going on with {each.title}: {counted(before.done, 'record')} done before.", err=True)
        if each.kind.zoneless:
            echo(f"{each.title}: {self._times_of(each)}", err=True)
        self._count, self._counts = 0, self._bringing.tally.counts()
        self._bringing.tally.go_on(before.counts)

    def _note(self, *, is_whole: bool = False) -> None:
        """Notes how far the collection is that is being stored."""
        self._noted_at = time.monotonic()
        if 0 <= self._at < len(self._found) and self._count >= (before := self._before[self._at]).done:
            counts = self._bringing.tally.counts()
            own = {why: number - self._counts.get(why, 0) for why, number in counts.items()}
            file = ImportedFile(self._count, is_whole or before.is_whole, own)
            self._store.import_files.note(self._number, self._found[self._at].mark, file)


class _Passed:
    """Moves the bar by what is read of a collection, and at its end by the rest."""

    def __init__(self, bar: Any, size: int) -> None:
        self._bar, self._left = bar, size

    def step(self, count: int) -> None:
        """So many bytes further."""
        step = min(count, self._left)
        self._left -= step
        self._bar.update(step)

    def all(self) -> None:
        """To the end."""
        self.step(self._left)
