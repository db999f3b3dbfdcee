"""Triage: edits as a reader works through them, newest first, with what the reader made of each; acts on many at once."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import Blueprint, Response, flash, render_template, request

from rowback.errors import BadInput, InsufficientScope, StoreError
from rowback.store.reader_collections import MAX_COLLECTION_NAME
from rowback.store.review_acts import MAX_NOTE
from rowback.store.reviews import Review
from rowback.web.asked_steps import wanted_steps
from rowback.web.guard.login import local
from rowback.web.guard.sessions import check_csrf
from rowback.web.guard.visibility import seen
from rowback.web.note_files import CSV, JSON_LINES, as_csv, as_json_lines
from rowback.web.pages import act_words
from rowback.web.pages.newest import CATCH_UP_ARTICLES, PAGE_STEPS, grouped
from rowback.web.pages.review_forms import act_on_collections, act_on_steps
from rowback.web.request import base, cursor, cursor_text
from rowback.web.sent import root, see

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from werkzeug.wrappers import Response as AnyResponse

    from rowback.store import Store
    from rowback.store.latest import Page
    from rowback.store.view import View
    from rowback.web.guard.guard import Guard

LIST, COLLECTIONS = "/triage", "/triage/collections"


def create_triage(store: Store, guard: Guard, now: Callable[[], datetime]) -> Blueprint:
    """The blueprint. Each reader sees and changes their own, whatever else they may do; strangers have none."""
    pages = Blueprint("triage", __name__)
    _add_list(pages, store)
    _add_acts(pages, store, guard, now)
    _add_collections(pages, store)
    return pages


def _add_list(pages: Blueprint, store: Store) -> None:
    @pages.get(LIST)
    def triage() -> str | tuple[str, int]:
        with suppress(StoreError):  # a read-only disk: what was told before is still told
            store.steps.catch_up(CATCH_UP_ARTICLES)
        words, view = request.args.get("q", "").strip(), seen(store)
        try:
            wanted = wanted_steps(view, words)
            page = view.latest.page(
                wanted, PAGE_STEPS, older_than=cursor(request.args, "older"), newer_than=cursor(request.args, "newer")
            )
        except BadInput as error:
            return render_template("triage.html", q=words, problem=str(error), **_around(view)), 400
        reviews = view.reviews.of(item.step.id for item in page.items)
        return render_template(
            "triage.html",
            q=words,
            groups=grouped(page.items),
            credits=view.versions.credits(item.step.previous_id for item in page.items),
            reviews={item.step.id: reviews.get(item.step.id, Review(item.step.id)) for item in page.items},
            links=_links(page, words),
            until=cursor_text((page.items[0].step.seen_at, page.items[0].step.id)) if page.items else "",
            newest_first=not ({"older", "newer"} & request.args.keys()),
            **_around(view),
        )


def _add_acts(pages: Blueprint, store: Store, guard: Guard, now: Callable[[], datetime]) -> None:
    @pages.post(LIST)
    def act() -> AnyResponse:
        return done(lambda view: act_on_steps(view, request.form, now()))

    @pages.post(COLLECTIONS)
    def act_on_own_collections() -> AnyResponse:
        return done(lambda view: act_on_collections(view, request.form, now()))

    def done(perform: Callable[[View], str]) -> AnyResponse:
        """Performs an act, and leads back to where the reader was."""
        check_csrf()
        if not guard.may_triage():
            raise InsufficientScope(
                "This browser is signed in with the owner’s scope `read`: it may look, and mark nothing."
            )
        flash(perform(seen(store)))
        return see(local(request.form.get("next", "") or LIST), 303)


def _add_collections(pages: Blueprint, store: Store) -> None:
    @pages.get(COLLECTIONS)
    def collections() -> str:
        view = seen(store)
        return render_template("collections.html", homeless=view.reviews.homeless(), **_around(view))

    @pages.get(f"{LIST}/notes.csv")
    def notes_csv() -> Response:
        return _file(CSV, as_csv(seen(store).reviews.notes(), base()), "notes.csv")

    @pages.get(f"{LIST}/notes.jsonl")
    def notes_json() -> Response:
        return _file(JSON_LINES, as_json_lines(seen(store).reviews.notes(), base()), "notes.jsonl")


def _around(view: View) -> dict[str, Any]:
    """What stands around each list."""
    last = view.review_acts.last()
    return {
        "collections": view.reviews.collections(),
        "last": last,
        "last_told": act_words.told(last) if last else "",
        "max_note": MAX_NOTE,
        "max_name": MAX_COLLECTION_NAME,
    }


def _links(page: Page, words: str) -> dict[str, str | None]:
    return {
        "first": _address(words),
        "newer": _address(words, newer=cursor_text(page.newer)) if page.newer else None,
        "older": _address(words, older=cursor_text(page.older)) if page.older else None,
    }


def _address(words: str, **more: str) -> str:
    given = ({"q": words} if words else {}) | more
    return f"{root()}{LIST}?{urlencode(given)}" if given else f"{root()}{LIST}"


def _file(kind: str, lines: Any, name: str) -> Response:
    """A file for its reader alone, sent line by line."""
    headers = {"Content-Disposition": f'attachment; filename="rowback-{name}"', "Cache-Control": "private, no-store"}
    return Response(lines, headers=headers, mimetype=kind)
