"""What is said of acts of triage, after they were done and beside their undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.text.tongue import gettext, marked, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from rowback.store.act_log import DoneAct

NOTHING = marked("Nothing was changed: it was so already.")
CHOOSE = marked("Choose steps first: tick the boxes beside them.")
_TOLD: dict[str, Callable[[int, str], str]] = {
    "see": lambda n, _: ngettext("Marked %(num)s step as seen.", "Marked %(num)s steps as seen.", n),
    "see-all": lambda n, _: ngettext("Marked %(num)s step as seen.", "Marked %(num)s steps as seen.", n),
    "unsee": lambda n, _: ngettext("Marked %(num)s step as not seen.", "Marked %(num)s steps as not seen.", n),
    "star": lambda n, _: ngettext("Gave %(num)s step a star.", "Gave %(num)s steps a star.", n),
    "unstar": lambda n, _: ngettext("Took the star off %(num)s step.", "Took the star off %(num)s steps.", n),
    "note": lambda n, _: ngettext("Saved the note of %(num)s step.", "Saved the note of %(num)s steps.", n),
    "add-note": lambda n, _: ngettext("Added the note to %(num)s step.", "Added the note to %(num)s steps.", n),
    "collect": lambda n, name: ngettext(
        "Put %(num)s step into %(name)s.", "Put %(num)s steps into %(name)s.", n, name=name
    ),
    "take-out": lambda n, name: ngettext(
        "Took %(num)s step out of %(name)s.", "Took %(num)s steps out of %(name)s.", n, name=name
    ),
    "make-collection": lambda _, name: gettext("Made the collection %(name)s.", name=name),
    "rename-collection": lambda _, name: gettext("Renamed the collection %(name)s.", name=name),
    "delete-collection": lambda _, name: gettext("Deleted the collection %(name)s.", name=name),
}


def told(act: DoneAct) -> str:
    """What was done."""
    return _TOLD[act.kind](act.count, act.name)


def told_of(kind: str, count: int, name: str = "") -> str:
    """What was done to so many steps; that it was nothing."""
    return _TOLD[kind](count, name) if count else gettext(NOTHING)


def undone(act: DoneAct | None) -> str:
    """That an act was undone."""
    if act is None:
        return gettext("There is nothing left to undo.")
    return gettext("Undone: %(act)s", act=told(act))
