"""What a card says of an edit, in the language that is spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.text.plain import line
from rowback.text.tongue import gettext, pgettext
from rowback.told import EditKind
from rowback.web.cards.card_drawing import Card, CardPart
from rowback.web.pages.citations import plain
from rowback.web.pages.languages import direction
from rowback.web.pages.wording import begun, day, shown, worded

if TYPE_CHECKING:
    from rowback.web.pages.found_edits import FoundEdit

MAX_TOLD = 300  # characters of an edit in a sentence


def card_of(found: FoundEdit) -> Card:
    """The card of an edit."""
    return Card(
        source=line(found.article.source),
        headline=line(found.headline, 400),
        parts=_parts(found),
        when=seen_when(found),
        address=found.address.partition("//")[2],
        is_rtl=direction() == "rtl",
    )


def seen_when(found: FoundEdit) -> str:
    """When the edit was seen first."""
    at = (day if found.new.is_day else shown)(found.new.seen_at)
    return gettext("First seen %(at)s", at=at)


def in_a_sentence(found: FoundEdit) -> str:
    """The edit in words, for whoever does not see the picture."""
    before, after = found.sides
    if _is_moved(found):
        return f"{begun(worded(EditKind.MOVE, 'kind'))}: {line(plain(after), MAX_TOLD)}"
    told = [line(plain(side), MAX_TOLD) or gettext("(nothing)") for side in (before, after)]
    return " ".join([gettext("Before: %(text)s", text=told[0]), gettext("After: %(text)s", text=told[1])])


def _parts(found: FoundEdit) -> tuple[CardPart, ...]:
    before, after = found.sides
    if _is_moved(found):
        return (CardPart(begun(worded(EditKind.MOVE, "kind")), tuple(after)),)
    return (
        CardPart(pgettext("edit", "Before"), tuple(before), gettext("(nothing)")),
        CardPart(pgettext("edit", "After"), tuple(after), gettext("(nothing)")),
    )


def _is_moved(found: FoundEdit) -> bool:
    """Whether nothing changed but the place."""
    before, after = found.sides
    return plain(before) == plain(after)
