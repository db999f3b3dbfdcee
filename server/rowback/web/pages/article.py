"""An article's page: what is known of it, its versions, a picture of its life, and what changed since the first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from rowback.errors import BadInput
from rowback.text.next_check import checked_again
from rowback.web.guard.visibility import by_id, even_hidden
from rowback.web.pages.wording import shown
from rowback.web.request import check_number, see

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from werkzeug.wrappers import Response

    from rowback.model import VersionNote
    from rowback.store import Store
    from rowback.store.steps import KeptStep
    from rowback.web.guard.guard import Guard
    from rowback.web.pages.told_once import ToldOnce


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A line of the table of versions; `step` is None for the first version."""

    note: VersionNote
    step: KeptStep | None


def create_article(store: Store, told: ToldOnce, guard: Guard, now: Callable[[], datetime]) -> Blueprint:
    """The blueprint."""
    pages = Blueprint("article", __name__)

    @pages.get("/articles/<int:article_id>")
    def article_page(article_id: int) -> str | Response:
        article = (even_hidden if guard.is_owner() else by_id)(store, article_id)
        if {"from", "to"} <= request.args.keys():
            return _compare(store, article_id)
        steps = store.steps.of_article(article.id)
        if len(steps) != article.version_count - 1:
            store.steps.refresh(article.id)
            steps = store.steps.of_article(article.id)
        portrait = told.portrait(article)
        by_number = {step.number: step for step in steps}
        return render_template(
            "article.html",
            article=article,
            checks=checked_again(article, now(), shown),
            rows=[VersionRow(note, by_number.get(note.number)) for note in portrait.history.versions],
            edit_count=sum(step.edit_count for step in steps),
            step_count=len(steps),
            history=portrait.history,
            notes=store.notes.of_article(article.id),
            dots=portrait.dots,
            lives=portrait.lives,
        )

    @pages.get("/articles/<int:article_id>/compare")
    def compare(article_id: int) -> Response:
        return _compare(store, article_id)

    return pages


def _compare(store: Store, article_id: int) -> Response:
    """The form's two numbers as the address of a diff page."""
    article = by_id(store, article_id)
    numbers = []
    for name in ("from", "to"):
        given = request.args.get(name, "")
        if not (given.isascii() and given.isdigit() and len(given) < 9):
            raise BadInput("Choose two versions by their numbers.")
        check_number(article.version_count, int(given))
        numbers.append(int(given))
    return see(f"/articles/{article_id}/diff/{numbers[0]}/{numbers[1]}")
