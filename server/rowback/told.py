"""What is told of versions, as values: edits with their earlier wordings, notes on versions, a history.

Frozen dataclasses only, and instants are aware UTC datetimes, as in `rowback.model`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.model import Attribution, Origin


class EditKind(StrEnum):
    """What happened to one block between two versions."""

    INSERT = "insert"
    DELETE = "delete"
    CHANGE = "change"
    MOVE = "move"
    SPLIT = "split"
    MERGE = "merge"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A W3C Web Annotation TextQuoteSelector: a block's text on the page and a little of what stands around it.

    `near` is None when `exact` is the edited block itself, else the side of `exact` on which the deleted block stood.
    """

    exact: str
    prefix: str
    suffix: str
    near: str | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """A block's text during one span of versions, both ends included."""

    version: int
    last_version: int
    seen_at: datetime
    last_seen_at: datetime
    text: str


class Happening(StrEnum):
    """What one step did to a block of an edit, in the order in which those of one version are told."""

    ADDED = "added"
    RETURNED = "returned"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    REWORDED = "reworded"
    ROLLED_OFF = "rolled-off"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened: not yet when the version before was last seen (`after`), and done in `version`, first seen
    at `seen_at`. `is_day`: of both only the days are known or told."""

    version: int
    after: datetime
    seen_at: datetime
    is_day: bool = False


@dataclass(frozen=True, slots=True)
class Times:
    """How often one thing happened to a block, and when: for the first time, and for the last."""

    what: Happening
    count: int
    first: Moment
    last: Moment


@dataclass(frozen=True, slots=True)
class Edit:
    """What happened to one block (for splits and merges: a run of blocks) between two versions.

    `index` is the block's place in the newer text (for deletions: in the older one), the title being 0.
    `markup` is HTML: block elements, `ins`, `del` and escaped text, nothing else. `changed_in` is the version in which the
    block came to be as it is (for deletions: in which it was gone), None where that is not known. `times` are all that the
    steps between the two versions did to the block, each thing once, the first first; empty backwards. `between` are the
    versions whose difference holds this very edit, the older first, None where it is of no two of them: by these it has its
    permanent name.
    """

    id: str
    kind: EditKind
    block_kind: str
    index: int
    anchor: Anchor
    markup: str
    wordings: tuple[Wording, ...]
    labels: tuple[str, ...]
    minor: bool
    moved_from: int | None = None
    changed_in: int | None = None
    times: tuple[Times, ...] = ()
    between: tuple[int, int] | None = None

    @property
    def is_twin(self) -> bool:
        """Whether another edit told with it reads the very same: its id is numbered after it."""
        return "-" in self.id


@dataclass(frozen=True, slots=True)
class VersionNote:
    """What is told of one version in an article's history. `later` is None for the first; `is_day` and `memento` as in
    `Version`.

    `restores` is the earlier version whose text this one has again, others having stood in between. `flapping`: the very
    change that led to this version was made before. `fingerprint` is empty where no store says it.
    """

    number: int
    seen_at: datetime
    last_seen_at: datetime
    title: str
    origin: Origin | None
    later: str | None
    words_inserted: int
    words_deleted: int
    restores: int | None = None
    flapping: bool = False
    is_day: bool = False
    memento: Attribution | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class SeenAside:
    """Sights of a version's text outside its span that are no edits, and why (`store.asides.Aside`). `lines` are what was
    seen beside it and only counts, or the headline that was seen elsewhere, since `first_seen_at`."""

    version: int
    reason: str
    times: int
    last_seen_at: datetime
    lines: tuple[str, ...] = ()
    first_seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class History:
    """The net difference between two versions of an article, and what that hides (`passing`).

    `unannounced`: the newer version differs in substance, and no note of a correction or update on it says so.
    """

    from_version: int
    to_version: int
    versions: tuple[VersionNote, ...]
    edits: tuple[Edit, ...]
    passing: tuple[Edit, ...]
    unannounced: bool = False
