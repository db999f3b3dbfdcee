"""What the forms of triage ask for, read and done: acts on steps that are ticked, on one, on a whole list, on collections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.errors import BadInput
from rowback.store.review_acts import ACTS, MAX_AT_ONCE, ReviewAct
from rowback.text.tongue import gettext
from rowback.web.asked_steps import wanted_steps
from rowback.web.guard.visibility import MAX_ID
from rowback.web.pages import act_words
from rowback.web.request import cursor, whole_number

if TYPE_CHECKING:
    from datetime import datetime

    from werkzeug.datastructures import ImmutableMultiDict

    from rowback.store.view import View

    Form = ImmutableMultiDict[str, str]


def act_on_steps(view: View, form: Form, at: datetime) -> str:
    """Does what a form asks for with steps. What to say of it. Raises `BadInput`."""
    kind = form.get("do", "")
    if kind == "undo":
        return act_words.undone(view.review_acts.undo())
    if kind == "see-all":
        until = cursor(form, "until")
        if until is None:
            raise BadInput("`until` is missing: open the list again.")
        return act_words.told_of(
            kind, view.review_acts.see_all(wanted_steps(view, form.get("q", "").strip()), until, at)
        )
    act = _act(form, kind)
    if not act.change_ids:
        return gettext(act_words.CHOOSE)
    if act.kind == "add-note" and not act.text.strip():
        return gettext("Write the note first, then add it.")
    return act_words.told_of(act.kind, view.review_acts.do(act, at), " ".join(act.name.split()))


def _act(form: Form, kind: str) -> ReviewAct:
    """An act on the steps that are ticked; one that is pressed beside a step (`one`, such as `star 17`) is on that alone."""
    name, pressed = form.get("collection", ""), form.get("one", "").split(" ")
    if len(pressed) == 2:
        kind, ids = pressed[0], [pressed[1]]
    else:
        ids = form.getlist("change")[: MAX_AT_ONCE + 1]
    if kind not in ACTS:
        raise BadInput(f"Steps can be made to {', '.join(ACTS)}, see-all or undo.")
    found = tuple(_number(each) for each in ids)
    text = form.get(f"note-{found[0]}", "") if kind == "note" and found else form.get("note", "")
    return ReviewAct(kind, found, name, text)


def act_on_collections(view: View, form: Form, at: datetime) -> str:
    """Does what a form asks for with the reader's collections. What to say of it. Raises `BadInput`, `NotFound`."""
    kind, name = form.get("do", ""), form.get("name", "")
    if kind == "undo":
        return act_words.undone(view.review_acts.undo())
    if kind == "make-collection":
        view.collections.make(name, at)
    elif kind == "rename-collection":
        view.collections.rename(_number(form.get("collection_id", "")), name, at)
    elif kind == "delete-collection":
        view.collections.delete(_number(form.get("collection_id", "")), at)
    else:
        raise BadInput(
            "Collections can be made, renamed and deleted: make-collection, rename-collection, delete-collection."
        )
    last = view.review_acts.last()
    return act_words.told(last) if last else ""


def _number(given: str) -> int:
    number = whole_number(given, MAX_ID)
    if number is None:
        raise BadInput("Choose from what the page lists.")
    return number
