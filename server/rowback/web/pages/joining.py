"""Where an invitation's link leads: it says how to connect an extension with the code, and signs this browser in without one.

Looking uses nothing up: programs that show what a link leads to, and browsers that look ahead, come before the reader does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, render_template, request

from rowback.errors import InvitationOver
from rowback.store.readers import as_code
from rowback.text.tongue import gettext
from rowback.web.guard.attempts import Attempts
from rowback.web.guard.login import ATTEMPTS_PER, MAX_ATTEMPTS, agent
from rowback.web.guard.one_time import INVITED
from rowback.web.guard.sessions import check_csrf
from rowback.web.pages.wording import SCOPES
from rowback.web.request import base
from rowback.web.sent import see

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from werkzeug.wrappers import Response

    from rowback.store import Store
    from rowback.web.guard.sessions import Visitors


def create_joining(store: Store, sessions: Visitors, now: Callable[[], datetime]) -> Blueprint:
    """The blueprint of `/join`. Its routes are open: the code is the key."""
    pages = Blueprint("joining", __name__)
    attempts = Attempts(MAX_ATTEMPTS, ATTEMPTS_PER)

    @pages.get(INVITED)
    def invited() -> str | tuple[str, int]:
        at, code = now(), request.args.get("code", "")
        reader = store.readers.invited(code, at)
        if reader is None:
            attempts.note(at)
            return render_template("invitation_over.html"), 410
        may = dict(SCOPES)[reader.scope]
        return render_template("join.html", reader=reader, may=may, code=as_code(code), address=base())

    @pages.post(INVITED)
    def enter() -> Response | tuple[str, int]:
        check_csrf()
        at = now()
        try:
            secret, reader = store.readers.enter(request.form.get("code", ""), agent(), at)
        except InvitationOver:
            attempts.note(at)
            return render_template("invitation_over.html"), 410
        sessions.open(secret)
        flash(gettext("You read here as %(name)s.", name=reader.name))
        return see("/", 303)

    return pages
