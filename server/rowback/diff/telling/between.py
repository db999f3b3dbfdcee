"""What the article's other versions say of an edit between two of them: its block's earlier wordings, whether it came back,
in which version it came to read, stand or be missing as it does, and all that happened to it on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from rowback.diff.telling.edits import Backstory
from rowback.diff.telling.happenings import Happenings
from rowback.diff.telling.returns import FLAPPING, flaps, may_flap, restored_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.diff.blocks.carry import Lineage
    from rowback.told import Wording


@dataclass(frozen=True)
class Between:
    """Two versions of an article, in either direction, seen from its whole lineage."""

    lineage: Lineage
    from_version: int
    to_version: int
    _states: dict[int, list[str | None]] = field(default_factory=dict)

    @property
    def is_forwards(self) -> bool:
        """Whether the second version is the newer one."""
        return self.from_version < self.to_version

    @property
    def until(self) -> int:
        """The newer of the two."""
        return max(self.from_version, self.to_version)

    def backstory(self, threads: Sequence[int], labels: tuple[str, ...] = ()) -> Backstory:
        """Of an edit of the blocks on some threads; `labels` are put before those found here."""
        if may_flap(self.until + 1) and any(flaps(self.states(thread)) for thread in set(threads)):
            labels = (*labels, FLAPPING)
        times = self._happenings.times(threads)
        between = (self.from_version, self.to_version) if self.is_forwards else None
        return Backstory(self._wordings(threads), labels, self._changed_in(threads), times, between)

    def is_restored(self, thread: int) -> bool:
        """Whether a block has again what it said before; told forwards only."""
        return self.is_forwards and self.until > 1 and restored_from(self.states(thread)) is not None

    def states(self, thread: int) -> list[str | None]:
        """What stood on a thread in each version up to the newer one, as `Lineage.states`."""
        if thread not in self._states:
            self._states[thread] = self.lineage.states(thread, self.until)
        return self._states[thread]

    @cached_property
    def _happenings(self) -> Happenings:
        return Happenings(self.lineage, self.from_version, self.to_version)

    def _wordings(self, threads: Sequence[int]) -> tuple[Wording, ...]:
        """All texts the edited block had up to the newer version, but for the one it has in the second version."""
        runs = self.lineage.wordings(threads, self.until)
        return tuple(run for run in runs if run.text.strip() and not run.version <= self.to_version <= run.last_version)

    def _changed_in(self, threads: Sequence[int]) -> int | None:
        """The last version after the first that brought any of the threads to its present state.

        None backwards, and where the steps in between do not show it.
        """
        if not self.is_forwards:
            return None
        last = max((max(self._text_since(thread), self._moved_in(thread)) for thread in threads), default=0)
        return last if last > self.from_version else None

    def _text_since(self, thread: int) -> int:
        """The first of the versions that lead up to the newer one with the text that the thread has there (or none)."""
        states = self.states(thread)
        since = self.until
        while since and (states[since - 1] or None) == (states[self.until] or None):
            since -= 1
        return since

    def _moved_in(self, thread: int) -> int:
        """The last version in which the thread's block changed its place; 0 for none."""
        return self._moves.get(thread, 0)

    @cached_property
    def _moves(self) -> dict[int, int]:
        """The same of all threads that ever did."""
        steps, threads = self.lineage.steps[: self.until], self.lineage.threads
        return {threads[version][place]: version for version, step in enumerate(steps, start=1) for place in step.moved}
