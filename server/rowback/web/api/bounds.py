"""What of a history is told in one answer, so that none is larger than its readers take: 4 MB. Pure.

Versions, edits and wordings have their shares; of versions and wordings the newest stay. What is left out is counted, and
can be asked for: wordings by their edit, edits by the one after which to go on, versions by the article's TimeMap.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from rowback.errors import UnknownEdit
from rowback.model import MAX_TITLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rowback.store.kept_answers import SeenVersion
    from rowback.told import Edit, History, SeenAside, VersionNote, Wording

T = TypeVar("T")

MAX_FOUND = 7_500  # characters of a text that a search found: 500 results are told in one answer
# Of what stands around the texts: names, numbers, instants; with room to spare.
_NOTE_BYTES, _EDIT_BYTES, _TIMES_BYTES, _WORDING_BYTES, _REST_BYTES = 400, 1_000, 350, 220, 20_000
_MAX_BYTES_A_CHARACTER = 6  # a control character in JSON: \u0001


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that one answer holds, in bytes of JSON, and in edits."""

    answer: int = 4_000_000
    small: int = 600_000
    """An answer of so many bytes cannot be over any of the other bounds. Most are, and need no measuring."""
    versions: int = 1_000_000
    """Less where the edits need the room."""
    aside: int = 200_000
    edits: int = 3_000_000
    """Without their wordings, which share what is left of the answer."""
    edit: int = 2_500_000
    """Of one: a longer one is more than an article may have, in one paragraph; the two versions have it in full."""
    wording: int = 200_000
    page: int = 4_000_000
    """Of the wordings of one edit."""
    count: int = 5_000
    """Of `edits` and of `passing`: as many as an article may have blocks."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many of each are there and not told."""

    versions: int = 0
    edits: int = 0
    passing: int = 0
    aside: int = 0


@dataclass(frozen=True, slots=True)
class TitledAside:
    """What was seen aside of a version, with that version's title."""

    title: str
    seen: SeenAside


@dataclass(frozen=True, slots=True)
class ToldPart:
    """What is told. `cut` are the ids of edits with more wordings; `after` is where to go on, None at the end."""

    history: History
    aside: tuple[TitledAside, ...]
    cut: frozenset[str] = frozenset()
    left_out: LeftOut = LeftOut()
    after: str | None = None


def told_whole(history: History, aside: Sequence[SeenAside]) -> ToldPart:
    """All of a history, however large."""
    return ToldPart(history, titled(history.versions, aside))


def bounded(bounds: Bounds, history: History, aside: Sequence[SeenAside], after: str | None = None) -> ToldPart:
    """As much of a history as one answer holds, from the edit after `after` on. Raises `UnknownEdit`."""
    edits, passing = _from(history, after)
    whole = replace(history, edits=edits, passing=passing)
    named = titled(history.versions, aside)
    if most_bytes(whole) + aside_bytes(named) <= bounds.small:
        return ToldPart(whole, named)
    told_aside = newest_aside(bounds, named)
    told, stopped = _first(bounds, edits, passing)
    here = {edit.id for edit in told}
    room = bounds.answer - _REST_BYTES - bounds.aside - sum(map(_edit_size, told))
    versions = _newest_versions(whole, min(bounds.versions, room))
    wordings = _newest_wordings(told, room - sum(map(_note_size, versions)), bounds.wording)
    shown = {edit.id: replace(edit, wordings=wordings[edit.id]) for edit in told}
    return ToldPart(
        replace(
            whole,
            versions=versions,
            edits=tuple(shown[edit.id] for edit in edits if edit.id in here),
            passing=tuple(shown[edit.id] for edit in passing if edit.id in here),
        ),
        told_aside,
        frozenset(edit.id for edit in told if len(wordings[edit.id]) < len(edit.wordings)),
        LeftOut(
            versions=len(history.versions) - len(versions),
            edits=sum(edit.id not in here for edit in edits),
            passing=sum(edit.id not in here for edit in passing),
            aside=len(aside) - len(told_aside),
        ),
        stopped,
    )


def page_of_wordings(bounds: Bounds, wordings: Sequence[Wording], start: int) -> tuple[Sequence[Wording], int | None]:
    """As many wordings as one answer holds, at least one, and the place of the next."""
    size, end = _REST_BYTES, start
    while end < len(wordings):
        size += _wording_size(wordings[end])
        if size > bounds.page and end > start:
            break
        end += 1
    return wordings[start:end], end if end < len(wordings) else None


def find(history: History, edit_id: str) -> Edit:
    """The edit with an id. Raises `UnknownEdit`."""
    for edit in (*history.edits, *history.passing):
        if edit.id == edit_id:
            return edit
    raise UnknownEdit("There is no such edit between these versions. The article may have changed since: ask again.")


def _from(history: History, after: str | None) -> tuple[tuple[Edit, ...], tuple[Edit, ...]]:
    """The edits, and those in passing, that come after one."""
    if after is None:
        return history.edits, history.passing
    every = (*history.edits, *history.passing)
    place = every.index(find(history, after)) + 1
    rest = len(history.edits)
    return history.edits[place:], history.passing[max(0, place - rest) :]


def _first(bounds: Bounds, edits: Sequence[Edit], passing: Sequence[Edit]) -> tuple[list[Edit], str | None]:
    """The edits that there is room for, in order, and the last one looked at where others come after it."""
    told: list[Edit] = []
    size, before = 0, None
    for group in (edits, passing):
        count = 0
        for edit in group:
            own = _edit_size(edit)
            if own <= bounds.edit:
                if count == bounds.count or size + own > bounds.edits:
                    return told, before
                told.append(edit)
                size, count = size + own, count + 1
            before = edit.id
    return told, None


def _newest_wordings(edits: Sequence[Edit], room: int, most: int) -> dict[str, tuple[Wording, ...]]:
    """The newest wordings of each edit: one of each, then the next of each, as long as there is room."""
    counts = dict.fromkeys((edit.id for edit in edits), 0)
    growing = list(edits)
    while growing:
        still = []
        for edit in growing:
            count = counts[edit.id]
            if count == len(edit.wordings):
                continue
            size = _wording_size(edit.wordings[-1 - count])
            if size > min(room, most):
                continue
            room -= size
            counts[edit.id] += 1
            still.append(edit)
        growing = still
    return {edit.id: edit.wordings[len(edit.wordings) - counts[edit.id] :] for edit in edits}


def _newest_versions(history: History, room: int) -> tuple[VersionNote, ...]:
    """The newest versions, and the two that are compared."""
    newest = {note.number for note in _newest(history.versions, room, _note_size)}
    kept = newest | {history.from_version, history.to_version}
    return tuple(note for note in history.versions if note.number in kept)


def _newest(found: Sequence[T], room: int, size_of: Callable[[T], int]) -> tuple[T, ...]:
    """The last of a list that there is room for."""
    start = len(found)
    while start and (room := room - size_of(found[start - 1])) >= 0:
        start -= 1
    return tuple(found[start:])


def most_bytes(history: History) -> int:
    """No less than the size of an answer that tells all of a history, quickly; without what was seen aside."""
    edits = (*history.edits, *history.passing)
    wordings = [wording for edit in edits for wording in edit.wordings]
    texts = [note.title[:MAX_TITLE] for note in history.versions]
    texts += [wording.text for wording in wordings]
    texts += [text for edit in edits for text in _texts(edit)]
    around = (
        _REST_BYTES
        + sum(_NOTE_BYTES + _memento_size(note) for note in history.versions)
        + _EDIT_BYTES * len(edits)
        + _TIMES_BYTES * sum(len(edit.times) for edit in edits)
        + _WORDING_BYTES * len(wordings)
    )
    return around + _MAX_BYTES_A_CHARACTER * sum(map(len, texts))


def aside_bytes(aside: Sequence[TitledAside]) -> int:
    """The same of what was seen aside alone."""
    texts = [text for each in aside for text in (each.title[:MAX_TITLE], *each.seen.lines)]
    return _NOTE_BYTES * len(aside) + _MAX_BYTES_A_CHARACTER * sum(map(len, texts))


def newest_aside(bounds: Bounds, aside: Sequence[TitledAside]) -> tuple[TitledAside, ...]:
    """What was seen aside, as far as there is room for it in an answer that has to be measured."""
    return _newest(aside, bounds.aside, _aside_size)


def _texts(edit: Edit) -> Iterable[str]:
    return (edit.anchor.exact, edit.anchor.prefix, edit.anchor.suffix, edit.markup)


def titled(versions: Sequence[VersionNote | SeenVersion], aside: Sequence[SeenAside]) -> tuple[TitledAside, ...]:
    """What was seen aside, each with the title of its version."""
    return tuple(TitledAside(versions[each.version].title, each) for each in aside)


def _aside_size(found: TitledAside) -> int:
    lines = sum(_MAX_BYTES_A_CHARACTER * len(line) + len('"", ') for line in found.seen.lines)
    return _NOTE_BYTES + _title_size(found.title) + lines


def _note_size(note: VersionNote) -> int:
    return _NOTE_BYTES + _title_size(note.title) + _memento_size(note)


def _memento_size(note: VersionNote) -> int:
    found = note.memento
    return 0 if found is None else _MAX_BYTES_A_CHARACTER * (len(found.archive) + len(found.href))


def _title_size(title: str) -> int:
    return _size(title[:MAX_TITLE])


def _edit_size(edit: Edit) -> int:
    return _EDIT_BYTES + _TIMES_BYTES * len(edit.times) + sum(map(_size, _texts(edit)))


def _wording_size(wording: Wording) -> int:
    return _WORDING_BYTES + _size(wording.text)


def _size(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False).encode("utf-8", "surrogatepass"))
