"""An article's page: what is known of it, its versions, a picture of its life, and what changed since the first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, flash, render_template, request

from rowback.command import as_typed
from rowback.errors import BadInput
from rowback.store.check_words import in_words
from rowback.text.dated import is_vague
from rowback.text.tongue import gettext, ngettext
from rowback.web.api.bounds import Bounds, bounded
from rowback.web.guard.sessions import check_csrf
from rowback.web.guard.visibility import audience, by_id, even_hidden, seen
from rowback.web.numbering import check_number
from rowback.web.pages.open_graph import preview
from rowback.web.pages.wording import next_check, shown
from rowback.web.request import whole_number
from rowback.web.sent import root, see

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from werkzeug.wrappers import Response

    from rowback.model import Article
    from rowback.store import Store
    from rowback.store.checks_wanted import WantedCheck
    from rowback.store.steps import KeptStep
    from rowback.store.versions import Span
    from rowback.told import VersionNote
    from rowback.web.guard.guard import Guard
    from rowback.web.pages.open_graph import LinkPreview
    from rowback.web.pages.told_once import Portrait, ToldOnce


VERSIONS_A_PAGE = 500  # some 300 KB
TOLD_FOR = timedelta(hours=1)  # what came of a check that somebody asked for
ON_A_PAGE = Bounds(edits=2_000_000, edit=400_000, count=2_000)  # a browser bears no more


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Addresses of the neighbouring pages; empty where there is none."""

    newer: str
    first: str
    older: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A line of the table of versions; `before` and `step` are None for the first version."""

    note: VersionNote
    before: VersionNote | None
    step: KeptStep | None


def create_article(store: Store, told: ToldOnce, guard: Guard, now: Callable[[], datetime]) -> Blueprint:
    """The blueprint."""
    pages = Blueprint("article", __name__)

    @pages.get("/articles/<int:article_id>")
    def article_page(article_id: int) -> str | Response:
        article = (even_hidden if guard.is_owner() else by_id)(store, article_id)
        if {"from", "to"} <= request.args.keys():
            return _compare(store, article_id)
        view = seen(store)
        steps = view.steps.of_article(article.id)
        if len(steps) != article.version_count - 1:
            view.steps.refresh(article.id)
            steps = view.steps.of_article(article.id)
        portrait = told.portrait(article, view)
        by_number = {step.number: step for step in steps}
        count = len(portrait.history.versions)
        older = whole_number(request.args.get("older", ""), count) or count
        every = portrait.history.versions
        notes = every[max(0, older - VERSIONS_A_PAGE) : older]
        part = bounded(ON_A_PAGE, portrait.history, ())
        asked = _asked(store, article_id, now()) if guard.may_capture() else None
        spans = view.versions.spans(article.id) if count > 1 else []
        between = (spans[0], spans[-1]) if len(spans) == count > 1 else None  # else one came in meanwhile
        return render_template(
            "article.html",
            article=article,
            checks=next_check(article, now()),
            asked=as_typed(in_words(asked, shown)) if asked else "",
            is_checking=asked is not None and not asked.is_over,
            count=count,
            rows=[_row(note, every, by_number) for note in notes],
            links=_links(article.id, notes[0].number, older, count),
            edit_count=sum(step.edit_count for step in steps),
            step_count=len(steps),
            history=part.history,
            all_versions=portrait.history.versions,
            is_vague=_is_vague(portrait.history.versions),
            untold=part.left_out.edits + part.left_out.passing,
            notes=view.notes.of_article(article.id),
            backfill=None if audience().is_strangers else store.backfills.of_article(article.id, now()),
            dots=portrait.dots,
            lives=portrait.lives,
            prints={note.number: note.fingerprint for note in every},
            preview=_preview(article, len(steps), sum(step.edit_count for step in steps), between, portrait),
        )

    @pages.post("/articles/<int:article_id>/check")
    def check_now(article_id: int) -> Response:
        check_csrf()
        article = (even_hidden if guard.is_owner() else by_id)(store, article_id)
        found = store.checks_wanted.ask(article.id, now())
        if found.is_over:  # within the minute
            flash(gettext("It was looked at just now: its page is asked for once a minute at most."))
        return see(f"/articles/{article.id}", 303)

    @pages.get("/articles/<int:article_id>/compare")
    def compare(article_id: int) -> Response:
        return _compare(store, article_id)

    return pages


def _preview(
    article: Article, steps: int, edits: int, between: tuple[Span, Span] | None, portrait: Portrait
) -> LinkPreview | None:
    """What sites show of the page."""
    versions = ngettext("%(num)s version", "%(num)s versions", article.version_count)
    told = gettext(
        "%(versions)s, %(edits)s in %(steps)s.",
        versions=versions,
        edits=ngettext("%(num)s edit", "%(num)s edits", edits),
        steps=ngettext("%(num)s step", "%(num)s steps", steps),
    )
    return preview(article, "", told if steps else versions, between, portrait.history.edits)


def _asked(store: Store, article_id: int, now: datetime) -> WantedCheck | None:
    """The check that somebody asked for, while there is something to be told of it."""
    found = store.checks_wanted.standing(article_id, now)
    is_told = found is not None and (found.ended_at is None or now - found.ended_at < TOLD_FOR)
    return found if is_told else None


def _row(note: VersionNote, every: Sequence[VersionNote], steps: Mapping[int, KeptStep]) -> VersionRow:
    return VersionRow(note, every[note.number - 1] if note.number else None, steps.get(note.number))


def _is_vague(notes: Sequence[VersionNote]) -> bool:
    """Whether nobody had looked for long before the latest version was seen."""
    return len(notes) > 1 and is_vague(notes[-2].last_seen_at, notes[-1].seen_at)


def _links(article_id: int, first: int, end: int, count: int) -> PageLinks:
    """Where the pages beside the one lead that lists the versions from `first` up to `end`."""
    page = f"{root()}/articles/{article_id}"
    newer = end + VERSIONS_A_PAGE
    return PageLinks(
        newer="" if end == count else f"{page}?older={newer}#versions" if newer < count else f"{page}#versions",
        first=f"{page}#versions" if end < count else "",
        older=f"{page}?older={first}#versions" if first else "",
    )


def _compare(store: Store, article_id: int) -> Response:
    """The form's two numbers as the address of a diff page."""
    article = by_id(store, article_id)
    numbers = []
    for name in ("from", "to"):
        given = request.args.get(name, "")
        if not (given.isascii() and given.isdigit() and len(given) < 9):
            raise BadInput(gettext("Choose two versions by their numbers."))
        check_number(article.version_count, int(given))
        numbers.append(int(given))
    return see(f"/articles/{article_id}/diff/{numbers[0]}/{numbers[1]}")
