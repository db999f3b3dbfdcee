"""What is new: a page for every reader, and after an upgrade one quiet line for the owner, until it is dismissed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from rowback import __version__
from rowback.errors import StoreError
from rowback.web.guard.heard import release
from rowback.web.guard.login import local
from rowback.web.guard.sessions import check_csrf
from rowback.web.pages.changelog import all_releases
from rowback.web.sent import see

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Redirect

    from rowback.store import Store


class Upgrade:
    """Whether a store was last shown an older release than this. Once it was shown this one, nobody is asked again."""

    def __init__(self, store: Store) -> None:
        self._shown = store.release_shown
        self._is_told = False

    def untold(self) -> str | None:
        """The release to tell the owner of; None where there is nothing to tell, or nothing can be read: pages that say what
        is wrong with a store carry the line as well, and must not fail over it."""
        if not self._is_told:
            try:
                last = self._shown.last()
            except StoreError:
                return None
            self._is_told = last is not None and release(last) >= release(__version__)
        return None if self._is_told else __version__

    def dismiss(self) -> None:
        """The owner has seen it."""
        self._shown.note()


def create_whats_new(upgrade: Upgrade) -> Blueprint:
    """The blueprint of the page, and of the button that puts the line away."""
    pages = Blueprint("whats_new", __name__)

    @pages.get("/new")
    def page() -> str:
        return render_template("whats_new.html", releases=all_releases())

    @pages.post("/new")
    def dismiss() -> Redirect:
        check_csrf()
        upgrade.dismiss()
        return see(local(request.form.get("next", "")), 303)

    return pages
