"""What the owner does with an article, from its page and through the API: hide, show, pause, resume, forget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, jsonify, redirect, request

from rowback.errors import BadInput, NoToken
from rowback.store.owner import LOG_HELD
from rowback.web import shapes
from rowback.web.articles import even_hidden
from rowback.web.asked import base
from rowback.web.sessions import check_csrf

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Response
    from werkzeug.wrappers import Response as Redirect

    from rowback.model import Article
    from rowback.store import Store
    from rowback.web.security import Guard


def create_owner_acts(store: Store, guard: Guard, now: Callable[[], datetime]) -> Blueprint:
    """The blueprint of the owner's forms and API routes."""
    acts = Blueprint("owner", __name__)
    _add_forms(acts, store, guard, now)
    _add_api(acts, store)
    return acts


def _add_forms(acts: Blueprint, store: Store, guard: Guard, now: Callable[[], datetime]) -> None:
    done: dict[str, tuple[Callable[[Article], object], str]] = {
        "hide": (lambda article: store.owner.hide(article.id, request.form.get("reason", "")), "Hidden from readers."),
        "show": (lambda article: store.owner.show(article.id), "Shown to readers again."),
        "pause": (lambda article: store.set_followed(article.id, None), "No longer checked."),
        "resume": (lambda article: store.set_followed(article.id, now()), "Checked again from now on."),
    }

    @acts.post("/articles/<int:article_id>/act")
    def act(article_id: int) -> Redirect:
        if not guard.is_owner():
            raise NoToken("Sign in first: only the owner of this backend may do this.")
        check_csrf()
        article = even_hidden(store, article_id)
        wanted = request.form.get("do", "")
        if wanted == "forget":
            return _forget(store, article)
        if wanted not in done:
            raise BadInput(f"An article can be made to {', '.join(done)} or forget.")
        perform, said = done[wanted]
        perform(article)
        flash(said)
        return redirect(f"/articles/{article.id}", 303)


def _forget(store: Store, article: Article) -> Redirect:
    """Forgetting cannot be taken back: the form says so, and its box must be ticked."""
    if request.form.get("sure") != "yes":
        raise BadInput("Nothing was forgotten: tick the box to say that all versions are to be deleted for good.")
    is_done = store.owner.forget(article.id)
    flash(f"Forgotten: {article.title or article.url}")
    if not is_done:
        flash(LOG_HELD)
    return redirect("/", 303)


def _add_api(acts: Blueprint, store: Store) -> None:
    @acts.route("/api/v1/articles/<int:article_id>/hidden", methods=["PUT", "DELETE"])
    def hidden(article_id: int) -> Response:
        even_hidden(store, article_id)
        if request.method == "DELETE":
            store.owner.show(article_id)
        else:
            store.owner.hide(article_id, _reason())
        return jsonify(article=shapes.article(even_hidden(store, article_id), base()))

    @acts.delete("/api/v1/articles/<int:article_id>")
    def forget(article_id: int) -> tuple[str, int]:
        even_hidden(store, article_id)
        store.owner.forget(article_id)
        return "", 204


def _reason() -> str:
    body = request.get_json()
    reason = body.get("reason") if isinstance(body, dict) else None
    if not isinstance(reason, str):
        raise BadInput('The body must be {"reason": "…"}: what readers are told.')
    return reason
