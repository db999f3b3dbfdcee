"""Feeds of edits: of everything, a source, an article, a label, a search; as Atom, RSS 2.0 and JSON Feed.

Sources: RFC 4287 (Atom), RFC 5005 (paging), the RSS 2.0 and JSON Feed 1.1 specifications.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import regex
from flask import Blueprint, Response, jsonify, render_template, request

from rowback import __version__
from rowback.clock import format_instant
from rowback.store.latest import Filters
from rowback.store.search import filters_of
from rowback.text.archived import stamp_of
from rowback.web.asked_steps import read_query
from rowback.web.guard.visibility import audience, by_id, seen
from rowback.web.pages.feed_names import FeedName, FeedOf
from rowback.web.pages.memento import address_at
from rowback.web.pages.search import place
from rowback.web.pages.wording import count, http_date
from rowback.web.request import article_page, base, cursor, cursor_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from rowback.store import Store
    from rowback.store.latest import Listed
    from rowback.store.mementos import Credit
    from rowback.store.search import TextFound, Texts
    from rowback.store.view import View
    from rowback.told import Edit
    from rowback.web.api.shapes import Json
    from rowback.web.pages.told_once import ToldOnce

ENTRIES = 40
MAX_MARKUP = 60_000  # characters of an entry: a long article that was written anew, and no book
FORMATS = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}
MAX_AGE_S = 300  # how long a reader may keep a feed before it asks again
# What XML 1.0 cannot hold, escaped or not (section 2.2); a text or a query may.
_NO_XML = regex.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Readers show entries without our style sheet; these colours hold on white and on black.
STYLES = {
    "<ins>": '<ins style="color:#0b5138;background:#dcf2e7;text-decoration:underline">',
    "<del>": '<del style="color:#8c241b;background:#fbe4e0;text-decoration:line-through">',
}


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """One entry. `id` stays the same for ever; `content` is HTML with inline styles."""

    id: str
    title: str
    link: str
    at: datetime
    author: str
    content: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnFeed:
    """What a feed says of itself: `page` is what it is a feed of, `link` its own address without the format; `secret` is the
    path by which it was asked instead, if so."""

    title: str
    page: str
    link: str
    query: str = ""
    secret: str = ""


def create_feeds(store: Store, told: ToldOnce) -> Blueprint:
    """The blueprint."""
    pages = Blueprint("feeds", __name__)
    formats = ", ".join(FORMATS)

    @pages.get(f"/feed.<any({formats}):form>")
    def everything(form: str) -> Response:
        return serve(store, told, FeedName(FeedOf.EVERYTHING), form)

    @pages.get(f"/sources/<source>/feed.<any({formats}):form>")
    def of_source(source: str, form: str) -> Response:
        return serve(store, told, FeedName(FeedOf.SOURCE, source), form)

    @pages.get(f"/labels/<label>/feed.<any({formats}):form>")
    def of_label(label: str, form: str) -> Response:
        return serve(store, told, FeedName(FeedOf.LABEL, label), form)

    @pages.get(f"/articles/<int:article_id>/feed.<any({formats}):form>")
    def of_article(article_id: int, form: str) -> Response:
        return serve(store, told, FeedName(FeedOf.ARTICLE, str(article_id)), form)

    @pages.get(f"/search/feed.<any({formats}):form>")
    def of_search(form: str) -> Response:
        return serve(store, told, FeedName(FeedOf.SEARCH, request.args.get("q", "").strip()), form)

    return pages


def serve(store: Store, told: ToldOnce, which: FeedName, form: str, secret: str = "") -> Response:
    """A feed in one of `FORMATS`, to whom this request's audience is; `secret` is the path, without the format, of the secret
    address by which it was asked. Raises `UnknownArticle`, `HiddenArticle`, `BadInput`."""
    title, filters = f"Edits: {which.value}", Filters()
    if which.kind is FeedOf.EVERYTHING:
        title = "Rowback: all edits"
    elif which.kind is FeedOf.SOURCE:
        filters = Filters(sources=(which.value.lower(),))
    elif which.kind is FeedOf.LABEL:
        filters = Filters(labels=(which.value.lower(),))
    elif which.kind is FeedOf.ARTICLE:
        article = by_id(store, int(which.value))
        title, filters = f"Edits: {article.title or article.url}", Filters(article_id=article.id)
    elif which.kind is FeedOf.SAVED:
        search = store.searches.named(audience().reader, which.value)
        title, filters = f"Rowback: {search.name}", search.filters
    feed = OwnFeed(title, which.page, which.path, which.query, secret)
    if which.kind is not FeedOf.SEARCH:
        return _of_edits(store, told, feed, filters, form)
    feed, query = replace(feed, title=f"Rowback: {which.value}"), read_query(which.value)
    if query.is_about_edits:
        return _of_edits(store, told, feed, filters_of(query), form)
    view = seen(store)
    return _of_texts(feed, view, view.search.texts(query, ENTRIES, place()), form)


def _of_edits(store: Store, told: ToldOnce, feed: OwnFeed, filters: Filters, form: str) -> Response:
    view = seen(store)
    page = view.latest.page(filters, ENTRIES, older_than=cursor(request.args, "older"))
    shown = [(item.step.previous_id, item.step.version_id) for item in page.items]
    credits_ = view.versions.credits(id_ for ids in shown for id_ in ids)
    key = [(*ids, item.step.number, item.title) for ids, item in zip(shown, page.items, strict=True)], credits_
    newest = max((item.step.seen_at for item in page.items), default=None)
    older = cursor_text(page.older) if page.older else None
    return _answer(feed, form, key, newest, lambda: [_of_edit(item, told, credits_) for item in page.items], older)


def _of_texts(feed: OwnFeed, view: View, found: Texts, form: str) -> Response:
    credits_ = view.versions.credits(item.first_version_id for item in found.items)
    key = [(item.article.id, item.article.title, item.text, item.spans) for item in found.items], credits_
    newest = max((item.seen_at for item in found.items), default=None)
    older = str(found.next) if found.next else None
    return _answer(feed, form, key, newest, lambda: [_of_text(item, credits_) for item in found.items], older)


def _answer(
    feed: OwnFeed,
    form: str,
    key: object,
    newest: datetime | None,
    entries: Callable[[], list[OwnEntry]],
    older: str | None,
) -> Response:
    """The feed, or 304 when the client has it: nothing is compared then."""
    seed = f"{__version__}\x1e{audience()}\x1e{base()}\x1e{feed!r}\x1e{form}\x1e{key!r}\x1e{older}"
    etag = hashlib.blake2b(seed.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
    modified = newest.replace(microsecond=0) if newest else None
    response = Response(status=304) if _has(etag, modified) else _written(feed, form, entries(), newest, older)
    response.set_etag(etag)
    if modified:
        response.headers["Last-Modified"] = http_date(modified)
    response.headers["Cache-Control"] = f"private, max-age={MAX_AGE_S}"
    return response


def _has(etag: str, modified: datetime | None) -> bool:
    """Whether the client has this very feed. By date only when it is the same one: what is hidden or imported can make the
    newest entry an older one."""
    if request.if_none_match:
        return request.if_none_match.contains_weak(etag)
    return modified is not None and request.if_modified_since == modified


def _written(feed: OwnFeed, form: str, entries: list[OwnEntry], newest: datetime | None, older: str | None) -> Response:
    name = f"{base()}{feed.link}.{form}" + (f"?{feed.query}" if feed.query else "")
    itself = f"{base()}{feed.secret}.{form}" if feed.secret else name
    following = f"{itself}{'&' if '?' in itself else '?'}{urlencode({'older': older})}" if older else None
    if form == "json":
        response = jsonify(_json_feed(feed, entries, itself, following))
    else:
        body = render_template(
            f"feed.{form}.xml",
            feed=feed,
            entries=entries,
            newest=newest,
            name=name,
            itself=itself,
            base=base(),
            older=following,
        )
        response = Response(_NO_XML.sub("", body))
    response.headers["Content-Type"] = f"{FORMATS[form]}; charset=utf-8"
    return response


def _json_feed(feed: OwnFeed, entries: list[OwnEntry], itself: str, older: str | None) -> Json:
    told: Json = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": base() + feed.page,
        "feed_url": itself,
        "items": [
            {
                "id": entry.id,
                "url": entry.link,
                "title": entry.title,
                "content_html": entry.content,
                "date_published": format_instant(entry.at),
                "authors": [{"name": entry.author}],
                "tags": list(entry.labels),
            }
            for entry in entries
        ],
    }
    return told | ({"next_url": older} if older else {})


def _of_edit(item: Listed, told: ToldOnce, credits_: Mapping[int, Credit]) -> OwnEntry:
    step, article = item.step, item.article
    edits = told.edits(step)
    fitting = _fitting(edits)
    copies = [credits_.get(step.previous_id), credits_.get(step.version_id)]
    body = render_template(
        "entry.html", item=item, edits=fitting, more=len(edits) - len(fitting), copies=copies, base=base()
    )
    return OwnEntry(
        id=_urn(f"{article.url}#change-{step.version_id}"),
        title=f"{item.title or article.url} ({count(step.edit_count, 'edit')}, version {step.number})",
        link=f"{article_page(article)}/diff/{step.number - 1}/{step.number}",
        at=step.seen_at,
        author=article.source,
        content=_styled(body),
        labels=step.labels,
    )


def _fitting(edits: Sequence[Edit]) -> list[Edit]:
    """The edits that there is room for, in order."""
    room, told = MAX_MARKUP, []
    for edit in edits:
        if len(edit.markup) <= room:
            room -= len(edit.markup)
            told.append(edit)
    return told


def _of_text(item: TextFound, credits_: Mapping[int, Credit]) -> OwnEntry:
    article = item.article
    digest = hashlib.blake2b(item.text.encode(), digest_size=8).hexdigest()
    return OwnEntry(
        id=_urn(f"{article.url}#{'headline' if item.is_headline else 'text'}-{digest}"),
        title=article.title or article.url,
        link=address_at(article, stamp_of(item.last_seen_at)),
        at=item.seen_at,
        author=article.source,
        content=render_template("entry_text.html", item=item, copy=credits_.get(item.first_version_id)),
        labels=(),
    )


def _styled(markup: str) -> str:
    """Markup with its styles inside. `<ins>` and `<del>` in it are the diff's own: those of a text are escaped."""
    for tag, styled in STYLES.items():
        markup = markup.replace(tag, styled)
    return markup


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn
