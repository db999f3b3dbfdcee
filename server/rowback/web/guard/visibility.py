"""What of the store a request is answered from. Readers are told when an article is hidden, and why; the owner sees all.

Other readers are answered about an article that is not listed, and that they did not bring themselves, exactly as about an
unknown one; strangers, where reading is public, about any that is not listed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import g, request

from rowback.errors import HiddenArticle, UnknownArticle, UnknownSource
from rowback.store.audience import Audience
from rowback.text.tongue import gettext
from rowback.web.sent import see

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

    from rowback.model import Article, Capture
    from rowback.store import Store
    from rowback.store.steps import KeptStep
    from rowback.store.versions import Span
    from rowback.store.view import View

MAX_ID = 2**63 - 1  # SQLite's largest integer


def audience() -> Audience:
    """For whom this request is answered: once the guard has found out, who it is; until then a stranger."""
    found: Audience = g._get_current_object().get("audience", Audience.STRANGERS)
    return found


def reader() -> int | None:
    """Whose request this is, None for a stranger's."""
    return audience().reader or None


def by_reader(capture: Capture) -> Capture:
    """A capture as whoever sent this request brings it: what another reader than the owner brings lists nothing."""
    told = audience()
    return replace(capture, reader=reader(), is_listing=capture.is_listing if told.is_owner else False)


def seen(store: Store) -> View:
    """The articles as whoever sent this request may see them: what every route that answers about any goes through."""
    return store.view(audience())


def lead_on(app: Flask, store: Store) -> None:
    """Makes the pages and feeds of an article that was merged lead to those of the one that it became."""

    @app.before_request
    def see_kept() -> Response | None:
        asked = (request.view_args or {}).get("article_id")
        if asked is None or asked > MAX_ID or request.method not in ("GET", "HEAD") or request.path.startswith("/api/"):
            return None
        kept = seen(store).articles.kept_id(asked)
        if kept == asked:
            return None
        query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
        return see(request.path.replace(f"/articles/{asked}", f"/articles/{kept}", 1) + query, 301)


def by_url(store: Store, url: str) -> Article:
    """The article that an address leads to. Raises `BadURL`, `UnknownArticle`, `HiddenArticle`."""
    article = seen(store).articles.find(url)
    if article is None:
        raise UnknownArticle(
            "No version of this article is stored yet. Capture it, or follow it, to begin its history."
        )
    return _shown(article)


def by_id(store: Store, article_id: int) -> Article:
    """The article with an id. Raises `UnknownArticle`, `HiddenArticle`."""
    return _shown(even_hidden(store, article_id))


def even_hidden(store: Store, article_id: int) -> Article:
    """The article with an id, for its owner. Raises `UnknownArticle`."""
    article = seen(store).articles.get(article_id) if article_id <= MAX_ID else None
    if article is None:
        raise UnknownArticle(gettext("There is no article %(number)s.", number=article_id))
    return article


def known_source(store: Store, given: str) -> str:
    """The source that is named, if an article of it may be seen. Raises `UnknownSource`."""
    name = given.strip().lower()
    if not seen(store).by_source.has(name):
        raise UnknownSource(
            gettext("No article of this source is stored. A source is a site’s own name, as example.com.")
        )
    return name


def step_between(store: Store, article_id: int, old: Span, new: Span) -> KeptStep | None:
    """What is kept of the step between two neighbouring versions, the newer one second."""
    if new.number != old.number + 1:
        return None
    return next((each for each in seen(store).steps.of_article(article_id) if each.version_id == new.id), None)


def _shown(article: Article) -> Article:
    if article.hidden_reason is not None:
        raise HiddenArticle(article.hidden_reason)
    return article
