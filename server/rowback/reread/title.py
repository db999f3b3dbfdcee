"""Which headline stands for an old one once a page is read by newer rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from rowback.text.pieces import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.model import PageText
    from rowback.reread.ground import Ground

ALIKE = 60.0  # per cent: below it two headlines of one page are two choices, and neither came of the other


def title_of(old: str, new: str, page: PageText, grounds: Sequence[Ground]) -> str:
    """The new one where the old one still stands on the page, which then was read otherwise; else the old one."""
    was, now = fold(old), fold(new)
    if not was or not now or was == now or any(ground.standing([was]) for ground in grounds):
        return new
    if not any(fold(title).startswith(was) for title in page.titles):
        return old
    # What a page calls itself often stays when its headline is edited: it says so only where that is no edit of it.
    return new if was in now or now in was or fuzz.ratio(old, new) < ALIKE else old
