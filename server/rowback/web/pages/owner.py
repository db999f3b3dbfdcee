"""What the owner does with an article, from its page: hide, show, list, unlist, pause, resume, forget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, request

from rowback.errors import BadInput
from rowback.store.owner import LOG_HELD
from rowback.text.tongue import gettext, marked
from rowback.web.guard.sessions import check_csrf
from rowback.web.guard.visibility import even_hidden
from rowback.web.sent import see

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from werkzeug.wrappers import Response as Redirect

    from rowback.model import Article
    from rowback.store import Store


def create_owner_acts(store: Store, now: Callable[[], datetime]) -> Blueprint:
    """The blueprint of the forms."""
    acts = Blueprint("owner", __name__)
    done: dict[str, tuple[Callable[[Article], object], str]] = {
        "hide": (
            lambda article: store.owner.hide(article.id, request.form.get("reason", "")),
            marked("Hidden from readers."),
        ),
        "show": (lambda article: store.owner.show(article.id), marked("Shown to readers again.")),
        "list": (
            lambda article: store.owner.set_listed(article.id, listed=True),
            marked("Listed: strangers may see it."),
        ),
        "unlist": (
            lambda article: store.owner.set_listed(article.id, listed=False),
            marked("No longer listed: only you see it."),
        ),
        "pause": (
            lambda article: store.set_followed(article.id, None),
            marked("Not followed: it is no longer checked by itself."),
        ),
        "split": (
            lambda article: _split(store, article, now()),
            marked("Two articles now. This is the one that stayed."),
        ),
        "join": (lambda article: store.join_again(article.url), marked("One article again.")),
        "resume": (
            lambda article: store.set_followed(article.id, now()),
            marked("Followed: it is checked again from now on."),
        ),
    }

    @acts.post("/articles/<int:article_id>/act")
    def act(article_id: int) -> Redirect:
        check_csrf()
        article = even_hidden(store, article_id)
        wanted = request.form.get("do", "")
        if wanted == "forget":
            return _forget(store, article)
        if wanted not in done:
            raise BadInput(f"An article can be made to {', '.join(done)} or forget.")
        perform, said = done[wanted]
        perform(article)
        flash(gettext(said))
        return see(f"/articles/{article.id}", 303)

    return acts


def _split(store: Store, article: Article, at: datetime) -> None:
    """Parts what was read at one of an article's addresses. Raises `BadInput` for an address of another article."""
    address = request.form.get("address", "")
    if address not in store.notes.of_article(article.id).read_at:
        raise BadInput("Choose one of the addresses at which this article was read.")
    store.part(address, at)


def _forget(store: Store, article: Article) -> Redirect:
    """Forgetting cannot be taken back: the form says so, and its box must be ticked."""
    if request.form.get("sure") != "yes":
        raise BadInput(
            gettext("Nothing was forgotten: tick the box to say that all versions are to be deleted for good.")
        )
    is_done = store.owner.forget(article.id)
    flash(gettext("Forgotten: %(article)s", article=article.title or article.url))
    if not is_done:
        flash(gettext(LOG_HELD))
    return see("/", 303)
