"""Jobs of a poller, done while only the test moves its clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from rowback.errors import StoreError

if TYPE_CHECKING:
    import pytest

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

    def work_through_cuts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Forty steps, of which every other one that stores a capture is cut off before it is written."""
        store = type(self.poller().context.store)
        written, calls = store._written, 0

        def cut_off(*args: object) -> object:
            nonlocal calls
            calls += 1
            if calls % 2:
                raise StoreError("cut off")
            return written(*args)  # type: ignore[arg-type]

        monkeypatch.setattr(store, "_written", cut_off)
        for _ in range(40):
            try:
                self.step(minutes=11)
            except StoreError:
                continue
