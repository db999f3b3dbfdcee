"""The page on which the owner says yes or no to who asks to be paired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, render_template, request

from rowback.errors import BadInput
from rowback.model import Scope
from rowback.store.pairings import as_user_code
from rowback.text.tongue import gettext
from rowback.web.guard.sessions import check_csrf
from rowback.web.pages.wording import SCOPES
from rowback.web.sent import see

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from werkzeug.wrappers import Response

    from rowback.store import Store

PATH = "/pair"


def create_pairing(store: Store, now: Callable[[], datetime]) -> Blueprint:
    """The blueprint. Its routes are the owner's (`guard/rights.py`)."""
    pages = Blueprint("pairing", __name__)

    @pages.get(PATH)
    def pair() -> str:
        given = request.args.get("code", "")
        asked = as_user_code(given) if given else ""
        waiting = sorted(store.pairings.waiting(now()), key=lambda each: each.user_code != asked)
        is_over = bool(asked) and not any(each.user_code == asked for each in waiting)
        return render_template("pair.html", waiting=waiting, asked=asked, is_over=is_over, scopes=SCOPES)

    @pages.post(PATH)
    def decide() -> Response:
        check_csrf()
        said = request.form.get("say", "")
        if said not in ("yes", "no"):
            raise BadInput("Say yes or no.")
        scope = _scope(request.form.get("scope", Scope.OWNER)) if said == "yes" else None
        found = store.pairings.decide(request.form.get("code", ""), scope, now())
        if scope is None:
            flash(gettext("Refused: %(name)s.", name=found.name))
        else:
            flash(gettext("Connected: %(name)s. You can close this page: it goes on by itself.", name=found.name))
        return see(PATH, 303)

    return pages


def _scope(given: str) -> Scope:
    try:
        return Scope(given)
    except ValueError as error:
        raise BadInput(f"A scope is one of {', '.join(Scope)}.") from error
