"""Pages for people: what is stored, an article's history, one version. Server-rendered, no scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup

from rowback.errors import UnknownVersion
from rowback.text.checking import checked_again
from rowback.web import articles, shapes
from rowback.web.histories import Asked, Histories

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.model import Article, Version
    from rowback.store import Store
    from rowback.web.security import Guard

FRONT_PAGE_ARTICLES = 50


def create_pages(store: Store, histories: Histories, guard: Guard) -> Blueprint:
    """The blueprint of all pages."""
    pages = Blueprint("pages", __name__)
    pages.add_app_template_filter(_shown, "instant")
    pages.add_app_template_filter(shapes.instant, "rfc3339")
    pages.add_app_template_filter(lambda article: checked_again(article, _shown), "checked_again")
    pages.add_app_template_filter(Markup, "markup")  # only for markup written by rowback.diff.markup

    @pages.get("/")
    def front() -> str:
        return render_template("front.html", articles=store.articles(FRONT_PAGE_ARTICLES))

    @pages.get("/articles/<int:article_id>")
    def article_page(article_id: int) -> str:
        article = (articles.even_hidden if guard.is_owner() else articles.by_id)(store, article_id)
        asked = Asked(article, request.args.get("from", "first"), request.args.get("to", "latest"), _base())
        return render_template("article.html", article=article, history=histories.history(asked))

    @pages.get("/articles/<int:article_id>/versions/<int:number>")
    def version_page(article_id: int, number: int) -> Response:
        article = articles.by_id(store, article_id)
        version = _version(store, article, number)
        page = Response(render_template("version.html", article=article, version=version))
        page.headers["Memento-Datetime"] = version.seen_at.strftime("%a, %d %b %Y %H:%M:%S GMT")
        page.headers["Link"] = f'<{article.url}>; rel="original", <{_page(article)}/timemap>; rel="timemap"'
        return page

    @pages.get("/articles/<int:article_id>/feed.atom")
    def feed(article_id: int) -> Response:
        article = articles.by_id(store, article_id)
        versions = store.versions(article_id)
        body = render_template("feed.atom", article=article, versions=versions[:0:-1], page=_page(article))
        return Response(body, mimetype="application/atom+xml")

    @pages.get("/articles/<int:article_id>/timemap")
    def timemap(article_id: int) -> Response:
        """RFC 7089, section 5: the list of an article's versions in link format."""
        article = articles.by_id(store, article_id)
        itself = f'<{_page(article)}/timemap>; rel="self"; type="application/link-format"'
        lines = [f'<{article.url}>; rel="original"', itself]
        lines += [
            f'<{_page(article)}/versions/{version.number}>; rel="memento"; '
            f'datetime="{version.seen_at.strftime("%a, %d %b %Y %H:%M:%S GMT")}"'
            for version in store.versions(article_id)
        ]
        return Response(",\n".join(lines) + "\n", mimetype="application/link-format")

    return pages


def _base() -> str:
    return f"{request.scheme}://{request.host}"


def _page(article: Article) -> str:
    return f"{_base()}/articles/{article.id}"


def _shown(at: datetime) -> str:
    return at.strftime("%-d %B %Y, %H:%M UTC")


def _version(store: Store, article: Article, number: int) -> Version:
    versions = store.versions(article.id)
    if number >= len(versions):
        raise UnknownVersion(f"The article has versions 0 to {len(versions) - 1}.")
    return versions[number]
