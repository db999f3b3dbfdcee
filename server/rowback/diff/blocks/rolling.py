"""Blocks that rolled off: a page that shows its newest posts, or the first of several pages, lets its last blocks go on to
the next page when others come in before them. They are still published, so that nobody removed them.

Told from the page, which has to say that it goes on elsewhere, and from the step: only whole blocks at the very end went,
and others came in before some that stayed. What goes from the middle was removed, and so was an end that nothing pushed out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.model import Paging
from rowback.text.normalize import comparable, count_words
from rowback.text.paging import is_pager

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from rowback.diff.blocks.align import Link
    from rowback.model import Block

PAGER_BLOCKS = 3  # that may stand below the last post: "Older posts", "Page 1 of 4"
PUSHED_SHARE = (
    0.5  # of what goes on to a text's next page, this much came in before it: pages are of one length, or number
)
MIN_TURNED = 4  # a list of posts may be another one altogether after a while: fewer are a text whose end was rewritten
MAX_STANDING = 3  # blocks above such a list: a standfirst, a caption, who writes


def rolled_off(old: Sequence[Block], new: Sequence[Block], links: Sequence[Link], paging: Paging) -> frozenset[int]:
    """The places of the older version's blocks (title 0) that went on to another page, where the newer page says `paging`."""
    if paging is Paging.NONE:
        return frozenset()
    kept = {a: link.new for link in links for a in link.old}
    linked = {b for link in links for b in link.new}
    come = [b for b in range(1, len(new)) if b not in linked and new[b].text.strip()]
    run = _end(old, kept.keys())
    if not come:
        return frozenset()
    is_pushed = bool(run) and any(come[0] < b for a, places in kept.items() if 0 < a < run[0] for b in places)
    if paging is Paging.PAGES and len(come) < len(run) and _words(new, come) < PUSHED_SHARE * _words(old, run):
        return frozenset()
    if is_pushed:
        return frozenset(run)
    return frozenset(_turned(old, new, kept, len(come)) if paging is Paging.POSTS else ())


def _turned(old: Sequence[Block], new: Sequence[Block], kept: Mapping[int, tuple[int, ...]], come: int) -> list[int]:
    """The places of all posts of a list that is another one altogether; some may look like new ones and count as changed."""
    gone = [a for a in range(1, len(old)) if a not in kept and old[a].text.strip()]
    same = [a for a, places in kept.items() if a and comparable(old[a].text) == comparable(new[places[0]].text)]
    is_list = min(len(gone), 2 * come) >= MIN_TURNED and len(same) <= MAX_STANDING
    return gone if is_list and max(same, default=0) < gone[0] else []


def _end(old: Sequence[Block], kept: Container[int]) -> list[int]:
    """The places of the blocks that went from the very end; below them may stand what leads to the next page."""
    last = len(old) - 1
    while last > 0 and last in kept and len(old) - 1 - last < PAGER_BLOCKS and is_pager(old[last].text):
        last -= 1
    first = last
    while first > 0 and first not in kept:
        first -= 1
    return [place for place in range(first + 1, last + 1) if old[place].text.strip()]


def _words(blocks: Sequence[Block], places: Sequence[int]) -> int:
    return sum(count_words(blocks[place].text) for place in places)
