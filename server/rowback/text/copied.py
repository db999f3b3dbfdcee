"""What copies of an article tell beside what was seen of it live. Pure: a function of all that is stored, in order of time.

Archives keep whatever a site gave out: a page cut off at its paywall, one in an older template. Each copy is judged by its
neighbours on either side, so that it does not matter in which order copies came. One that is doubted tells nothing. Another
backend's version is doubted only beside what was seen live: that backend judged it beside its own. Those that are believed
are told in the template of the live page (`template_lines`). A single copy that shows an older text once more, between two
sights of one newer text, was given out late by a cache of the site's: it tells what they tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from rowback.model import Content, Doubt, Reason
from rowback.text.doubts import OTHER_TITLE, doubt_change, is_cut, is_same_story
from rowback.text.normalize import comparable, fingerprint
from rowback.text.template_lines import AsLive

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

# A text that shrank and is seen this often, over this long, is believed after all: as pages are.
STAYS_SIGHTS, STAYS_FOR = 3, timedelta(hours=12)
_BELIEVED_IN_TIME = frozenset({Reason.SHORT, Reason.ANOTHER})
_OF_NO_STORY = frozenset({Reason.SCRIPTS, Reason.ANOTHER})
_CUT = "The copy shows only the beginning of the article that is known from the time around it."
_OVERRULED = "At the very same instant the page itself said something else."
_FRONTS = "The archive kept one of the site's front pages where the article was."


@dataclass(frozen=True, slots=True)
class Glimpse:
    """A text at an instant: a copy's as it was read, or one that was seen live from then on (`is_reader`: by a browser). With
    `is_told` another backend has judged the copy beside its other ones already."""

    content: Content
    fingerprint: str
    seen_at: datetime
    is_copy: bool
    is_free: bool = True
    is_front: bool = False
    is_reader: bool = False
    is_told: bool = False


_Asked = Callable[
    [Glimpse, Glimpse | None, Glimpse | None], Doubt | None
]  # of a copy and what stands before and after it


def judged(sights: Sequence[Glimpse]) -> list[Content | Doubt]:
    """What each of an article's sights says, in their order, which is that of time: its text, or why it is not believed."""
    doubts = _doubts(sights)
    believed = [sight for n, sight in enumerate(sights) if n not in doubts]
    told = AsLive(believed)
    said = {n: told.of(sight) for n, sight in enumerate(sights) if n not in doubts}
    said |= _instead_of_stale(sights, said)
    return [doubts[n] if n in doubts else said[n] for n in range(len(sights))]


def _doubts(sights: Sequence[Glimpse]) -> dict[int, Doubt]:
    """In rounds: what is doubted says nothing of its neighbours in the next. What is cut off goes first."""
    sure = {sight.fingerprint for sight in sights if not sight.is_copy}
    staying = _staying(sights)
    found = _overruled(sights)
    for ask in (_cut, _front, lambda copy, *near: _lost(copy, *near, stays=copy.fingerprint in staying)):
        while new := _round(sights, [n for n in range(len(sights)) if n not in found], sure, ask):
            found |= new
    return found


def _overruled(sights: Sequence[Glimpse]) -> dict[int, Doubt]:
    """The copies that say something else than what was seen live at their very instant."""
    live: dict[datetime, set[str]] = defaultdict(set)
    for sight in sights:
        if not sight.is_copy:
            live[sight.seen_at].add(sight.fingerprint)
    return {
        n: Doubt(Reason.ANOTHER, _OVERRULED)
        for n, sight in enumerate(sights)
        if sight.is_copy and sight.seen_at in live and sight.fingerprint not in live[sight.seen_at]
    }


def _round(sights: Sequence[Glimpse], rest: Sequence[int], sure: Collection[str], ask: _Asked) -> dict[int, Doubt]:
    before, after = _neighbours([sights[n].fingerprint for n in rest])
    live = _live_neighbours([sights[n] for n in rest])
    found: dict[int, Doubt] = {}
    for place, n in enumerate(rest):
        if not sights[n].is_copy or sights[n].fingerprint in sure:
            continue
        near = [None if at is None else sights[rest[at]] for at in (before[place], after[place])]
        doubt = ask(sights[n], *(live[place] if sights[n].is_told else near))
        if doubt is not None:
            found[n] = doubt
    return found


def _staying(sights: Iterable[Glimpse]) -> set[str]:
    """The texts that were seen so often that they are believed however short they are."""
    seen: dict[str, list[datetime]] = defaultdict(list)
    for sight in sights:
        seen[sight.fingerprint].append(sight.seen_at)
    return {printed for printed, at in seen.items() if len(at) >= STAYS_SIGHTS and at[-1] - at[0] >= STAYS_FOR}


def _neighbours(prints: Sequence[str]) -> tuple[list[int | None], list[int | None]]:
    """For each place the nearest one before, and after, where another text stands."""

    def nearest(order: Iterable[int], step: int) -> list[int | None]:
        found: list[int | None] = [None] * len(prints)
        for n in order:
            at = n + step
            if 0 <= at < len(prints):
                found[n] = at if prints[at] != prints[n] else found[at]
        return found

    return nearest(range(len(prints)), -1), nearest(reversed(range(len(prints))), 1)


def _live_neighbours(sights: Sequence[Glimpse]) -> list[tuple[Glimpse | None, Glimpse | None]]:
    """For each place the nearest sight before, and after, that was live."""

    def nearest(order: Iterable[int]) -> list[Glimpse | None]:
        found: list[Glimpse | None] = [None] * len(sights)
        last = None
        for n in order:
            found[n] = last
            last = last if sights[n].is_copy else sights[n]
        return found

    return list(zip(nearest(range(len(sights))), nearest(reversed(range(len(sights)))), strict=True))


def _cut(copy: Glimpse, before: Glimpse | None, after: Glimpse | None) -> Doubt | None:
    for sight in (before, after):
        if sight is not None and is_cut(
            sight.content, copy.content, is_free=copy.is_free, is_second_hand=_is_second_hand(copy, sight)
        ):
            return Doubt(Reason.CUT, _CUT)
    return None


def _front(copy: Glimpse, before: Glimpse | None, after: Glimpse | None) -> Doubt | None:
    near = [sight for sight in (before, after) if sight is not None and not sight.is_front]
    if not copy.is_front or not near or any(is_same_story(sight.content, copy.content) for sight in near):
        return None
    return Doubt(Reason.FRONT, _FRONTS)


def _lost(copy: Glimpse, before: Glimpse | None, after: Glimpse | None, *, stays: bool) -> Doubt | None:
    """Whether a copy has lost the text that stood before it; or, before all others, has nothing of the one behind it, not
    even its headline: a page to sign in at, or one of an archive's own."""
    if before is None:
        return None if after is None else _of_no_story(copy, after)
    is_second_hand = _is_second_hand(copy, before)
    doubt = doubt_change(before.content, copy.content, is_free=copy.is_free, is_second_hand=is_second_hand)
    return None if stays and doubt is not None and doubt.reason in _BELIEVED_IN_TIME else doubt


def _of_no_story(copy: Glimpse, after: Glimpse) -> Doubt | None:
    if fuzz.token_set_ratio(comparable(after.content.title), comparable(copy.content.title)) >= OTHER_TITLE:
        return None
    doubt = doubt_change(after.content, copy.content, is_free=copy.is_free, is_second_hand=False)
    return doubt if doubt is not None and doubt.reason in _OF_NO_STORY else None


def _is_second_hand(copy: Glimpse, other: Glimpse) -> bool:
    """Whether a reader may have been shown more than whoever kept a copy: other backends have readers, too."""
    return other.is_reader and not copy.is_told


def _instead_of_stale(sights: Sequence[Glimpse], said: Mapping[int, Content]) -> dict[int, Content]:
    """The text around each copy that one of the site's caches gave out late: a single one that says again what stood before,
    while the sights next to it, on either side, say the same newer text. A text that went back for good has no such after
    it; one that nobody saw before is an edit."""
    places = sorted(said)
    prints = [sights[n].fingerprint if said[n] is sights[n].content else fingerprint(said[n]) for n in places]
    found, before = dict[int, Content](), set[str]()
    for place in range(1, len(places) - 1):
        one, own, other = prints[place - 1 : place + 2]
        sight = sights[places[place]]
        if sight.is_copy and not sight.is_told and one == other != own and own in before:
            found[places[place]] = said[places[place - 1]]
        before.add(one)
    return found
