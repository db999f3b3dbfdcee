"""Jobs of a poller, done while only the test moves its clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rowback.capture.poller import Poller
    from rowback.capture.visit import Done

    from .backend import Clock


class WorkDone(Protocol):
    """What has a poller and a clock, and does the poller's jobs."""

    clock: Clock

    def poller(self) -> Poller:
        """A poller over its store."""
        ...

    def step(self, **later: float) -> Done | None:
        """One job, after some time went by."""
        self.clock.advance(**later)
        return self.poller().step()

    def work(self) -> list[Done]:
        """All that is due, a few seconds between; where nothing stands at the publisher's, checks of its page fail."""
        done: list[Done] = []
        while (found := self.step(seconds=3)) is not None:
            done.append(found)
        return done
