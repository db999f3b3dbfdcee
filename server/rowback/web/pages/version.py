"""One version as it read: as a page, as JSON and as plain text; and the version that stood at an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify, render_template

from rowback.diff.telling.table import lay_out
from rowback.errors import UnknownVersion
from rowback.text.attributed import attributed
from rowback.text.dated import is_vague
from rowback.web.api import shapes
from rowback.web.guard.visibility import by_id, seen, step_between
from rowback.web.numbering import check_number, instant_in_url
from rowback.web.pages.memento import add_headers, address_of, article_in_path, named_by, standing_at
from rowback.web.pages.wording import day, shown
from rowback.web.request import base
from rowback.web.sent import see

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from werkzeug.wrappers import Response as AnyResponse

    from rowback.model import Article, Version
    from rowback.store import Store
    from rowback.store.versions import Span


def create_version(store: Store, now: Callable[[], datetime]) -> Blueprint:
    """The blueprint."""
    pages = Blueprint("version", __name__)

    @pages.get("/articles/<int:article_id>/versions/<int:number>")
    def version_page(article_id: int, number: int) -> Response:
        return _page(store, *_found(store, by_id(store, article_id), number), now())

    def memento(stamp: str, url: str) -> AnyResponse:
        article = article_in_path(store, url)
        spans = seen(store).versions.spans(article.id)
        number, is_own = named_by(spans, stamp)
        if not is_own:
            return see(address_of(article, spans, spans[number]))
        return _page(store, *_found(store, article, number), now())

    # As in `memento.py`: an address holds `//`.
    pages.add_url_rule("/memento/<stamp>/<path:url>", "memento", memento, methods=["GET"], merge_slashes=False)

    @pages.get("/articles/<int:article_id>/versions/<int:number>/readings/<int:reading>")
    def older_reading(article_id: int, number: int, reading: int) -> str:
        article, spans, version = _found(store, by_id(store, article_id), number)
        found = [each for each in seen(store).readings.of_version(spans[number].id) if each.reading == reading]
        if not found:
            raise UnknownVersion("No rules of that number read this version before.")
        return render_template("reading.html", article=article, version=version, found=found[-1])

    @pages.get("/articles/<int:article_id>/at/<when>")
    def version_at(article_id: int, when: str) -> AnyResponse:
        article = by_id(store, article_id)
        spans = seen(store).versions.spans(article.id)
        return see(f"/articles/{article.id}/versions/{standing_at(spans, instant_in_url(when))}")

    _add_data(pages, store)
    return pages


def _add_data(pages: Blueprint, store: Store) -> None:
    @pages.get("/articles/<int:article_id>/versions/<int:number>.json")
    def version_json(article_id: int, number: int) -> Response:
        article, spans, version = _found(store, by_id(store, article_id), number)
        older = seen(store).readings.of_version(spans[number].id)
        copy = store.saves.of_version(article.id, spans, number)
        page = jsonify(article=shapes.article(article, base()), version=shapes.version(version, older, copy))
        return add_headers(page, article, spans, number)

    @pages.get("/articles/<int:article_id>/versions/<int:number>.txt")
    def version_text(article_id: int, number: int) -> Response:
        article, spans, version = _found(store, by_id(store, article_id), number)
        seen_at = (day if version.is_day else shown)(version.seen_at)
        seen_as = f"seen {seen_at}"
        if version.memento is not None:
            seen_as = f"{attributed(version.memento, version.origin)} on {seen_at}\n{version.memento.href}"
        head = [version.content.title, f"{article.url}\nVersion {number}, {seen_as}"]
        text = "\n\n".join([*head, *(block.text for block in version.content.blocks)])
        return add_headers(Response(f"{text}\n", mimetype="text/plain"), article, spans, number)


def _page(store: Store, article: Article, spans: Sequence[Span], version: Version, now: datetime) -> Response:
    number = version.number
    following = spans[number + 1] if number + 1 < len(spans) else None
    table = lay_out(version.content, *store.versions.contents(following.id)) if following else None
    page = Response(
        render_template(
            "version.html",
            article=article,
            version=version,
            last=len(spans) - 1,
            spans=spans,
            following=following,
            changed_before=following is not None and is_vague(version.last_seen_at, following.seen_at),
            table=table,
            permanent=address_of(article, spans, spans[number]),
            this_step=step_between(store, article.id, spans[number - 1], spans[number]) if number else None,
            next_step=step_between(store, article.id, spans[number], following) if following else None,
            older=seen(store).readings.of_version(spans[number].id),
            saved=store.saves.of_version(article.id, spans, number),
            now=now,
        )
    )
    return add_headers(page, article, spans, number)


def _found(store: Store, article: Article, number: int) -> tuple[Article, list[Span], Version]:
    check_number(article.version_count, number)
    spans = seen(store).versions.spans(article.id)
    (content,) = store.versions.contents(spans[number].id)
    return article, spans, spans[number].with_content(content)
