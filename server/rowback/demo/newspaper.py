"""The newspaper's web server, as a Flask application.

It serves pages on loopback under a Content Security Policy as strict as any newspaper's, so that whatever the
extension does there it can do anywhere. It knows nothing of the backend: publishing calls what was handed in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, Response, abort, redirect, request

from rowback.demo.desk import Desk
from rowback.demo.newspaper_pages import Pages
from rowback.demo.stories import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from werkzeug.wrappers import Response as AnyResponse

    from rowback.demo.desk import OnPublish
    from rowback.demo.stories import Story

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
MAX_FORM_BYTES = 4096  # the desk's forms hold two short words


def create_newspaper(
    base_url: str,
    stories: Sequence[Story],
    *,
    started_at: datetime,
    clock: Callable[[], datetime],
    on_publish: OnPublish,
) -> Flask:
    """The application that serves `stories` at `base_url` (scheme, host and port; no slash at the end).

    `on_publish(url, html, at)` is called for every revision the editor's desk puts on a page, before the desk answers.
    A `RowbackError` from it is shown at the desk.
    """
    app = Flask(__name__)
    app.config.update(TRUSTED_HOSTS=["127.0.0.1", "localhost"], MAX_CONTENT_LENGTH=MAX_FORM_BYTES)
    pages = Pages(base_url, stories, started_at)

    def printed(story: Story, index: int) -> tuple[str, str]:
        return pages.address(story), pages.story(story, index, desk.current)

    desk = Desk(stories, printed, on_publish, clock)
    _add_reading(app, pages, desk, clock)
    _add_desk(app, pages, desk)
    app.after_request(_guard)
    return app


def _add_reading(app: Flask, pages: Pages, desk: Desk, clock: Callable[[], datetime]) -> None:
    sections = {section.slug: section for section in SECTIONS}

    @app.get("/")
    def front() -> str:
        return pages.front(desk.current, clock())

    @app.get("/<slug>")
    def section(slug: str) -> str:
        if slug not in sections:
            abort(404)
        return pages.front(desk.current, clock(), sections[slug])

    @app.get("/<section_slug>/<slug>")
    def story(section_slug: str, slug: str) -> str:
        one = desk.stories.get(slug)
        if one is None or one.section.slug != section_slug:
            abort(404)
        return pages.story(one, desk.current[slug], desk.current)

    @app.errorhandler(404)
    def missing(_error: Exception) -> tuple[str, int]:
        return pages.missing(), 404


def _add_desk(app: Flask, pages: Pages, desk: Desk) -> None:
    @app.get("/desk")
    def show_desk() -> str:
        return pages.desk(desk.current, desk.last_notice if "said" in request.args else None)

    @app.post("/desk")
    def press() -> AnyResponse:
        _refuse_strangers()
        action = request.form.get("do")
        if action == "start-over":
            desk.start_over()
            return redirect("/desk?said", 303)
        story = desk.stories.get(request.form.get("story", ""))
        if story is None or action not in {"publish", "undo"}:
            abort(400)
        if action == "publish":
            desk.publish(story)
        else:
            desk.undo(story)
        return redirect(f"/desk?said#{story.slug}", 303)


def _refuse_strangers() -> None:
    """Answer 403 to a form sent by another site's page. Every browser of today sends Origin with a POST."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        abort(403)


def _guard(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    if response.mimetype == "text/html":
        # An edition changes under the reader's hands: opening a page again must show the present one.
        response.headers["Cache-Control"] = "no-cache"
    return response
