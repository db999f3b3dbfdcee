"""Who follows what is edited meanwhile: one step an answer, from where the answer before ended."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rowback.store.latest import Filters
from rowback.web.numbering import read_since

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rowback.store import Store
    from tests.soaking.kills.writing import Door, Ledger

WAITS_S = 1.0  # for another capture, where nothing is new


@dataclass
class Follower:
    """The ids of the steps that it was told, in the order in which it was."""

    told: list[int] = field(default_factory=list)
    since: str = "0"

    def run(self, door: Door, ledger: Ledger) -> None:
        """Follows until the door is shut for good."""
        while (client := door.client()) is not None:
            try:
                answer = client.get(f"/api/v1/changes?limit=1&since={self.since}")
            except (OSError, http.client.HTTPException):
                ledger.note("unanswered, what is new")
                continue
            if answer.status != 200:
                ledger.note(f"answered {answer.status}, what is new")
                continue
            self.since = answer.json["next"]
            if answer.json["changes"]:
                self.told.append(int(self.since))
            else:
                ledger.wait_for_more(1, WAITS_S)

    def wrong(self, store: Store) -> Iterator[str]:
        """Steps that were told twice, and those that are there and were never told, once all is told that is new."""
        page = store.known.page(Filters(), read_since(self.since), 500)
        while page.items:
            self.told += [each.listed.step.id for each in page.items]
            page = store.known.page(Filters(), page.next, 500)
        for before, after in zip(self.told, self.told[1:], strict=False):
            if after <= before:
                yield f"step {after} after {before}"
        known = set(self.told)
        page = store.known.page(Filters(), read_since("0"), 500)
        while page.items:
            for each in page.items:
                if each.listed.step.id not in known:
                    yield f"step {each.listed.step.id} was never told"
            page = store.known.page(Filters(), page.next, 500)
