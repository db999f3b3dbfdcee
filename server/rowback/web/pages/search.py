"""Finding: an article by any of its addresses, words in all versions, edits by what they did."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import regex
from flask import Blueprint, render_template, request

from rowback.capture.captures import from_html
from rowback.capture.fetch import page as page_at
from rowback.diff.labels.rules import LABELS
from rowback.errors import BadInput, BadURL
from rowback.model import Origin
from rowback.store.search import TextFound, filters_of
from rowback.text.urls import asked_address, identify_asked
from rowback.web.asked_steps import read_query
from rowback.web.guard.sessions import check_csrf
from rowback.web.guard.visibility import by_reader, seen
from rowback.web.request import cursor, cursor_text
from rowback.web.sent import see

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from werkzeug.wrappers import Response as AnyResponse

    from rowback.capture.fetch import Fetcher
    from rowback.model import Article
    from rowback.store import Store
    from rowback.store.latest import Listed, Page
    from rowback.store.mementos import Credit
    from rowback.store.search import Texts
    from rowback.store.view import View
    from rowback.text.query import Query

PAGE_FOUND = 20
# What is no search but an address: with its scheme, or as browsers show it. No word has a dot before a slash.
_ADDRESS = regex.compile(r"https?://\S+|(?:[\w-]++\.)++[\w-]++(?::\d+)?/\S*|www\.\S+", regex.IGNORECASE)
_OTHER_SCHEME = regex.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:(?!\d+(?:/|$))", regex.IGNORECASE)


def create_find(store: Store, now: Callable[[], datetime], fetcher: Fetcher) -> Blueprint:
    """The blueprint."""
    pages = Blueprint("find", __name__)

    @pages.get("/search")
    def search() -> AnyResponse | str | tuple[str, int]:
        words = request.args.get("q", "").strip()
        if not words:
            return render_template("search.html", q="", labels=LABELS)
        if _ADDRESS.fullmatch(words):
            return see(f"/find?{urlencode({'url': words})}")
        view = seen(store)
        try:
            query = read_query(words)
            found = find(view, query)
        except BadInput as error:
            return render_template("search.html", q=words, labels=LABELS, problem=str(error)), 400
        groups = _grouped(found)
        return render_template(
            "search.html", q=words, labels=LABELS, groups=groups, credits=credits_in(view, groups), **found
        )

    @pages.get("/find")
    def find_url() -> AnyResponse | tuple[str, int]:
        url = request.args.get("url", "").strip()
        article = seen(store).articles.find(with_scheme(url))
        if article is not None:
            return see(f"/articles/{article.id}")
        return render_template("unknown.html", url=identify_asked(with_scheme(url)).link), 404

    @pages.post("/find")
    def capture() -> AnyResponse:
        check_csrf()
        link = asked_address(with_scheme(request.form.get("url", "").strip()))
        found = page_at(fetcher, link)
        is_followed = bool(request.form.get("follow"))
        page = by_reader(from_html(found.url, found.text(), now(), Origin.FETCH, anyway=is_followed))
        article = store.record(page, now()).article
        if is_followed:
            store.set_followed(article.id, now(), page.reader)
        return see(f"/articles/{article.id}", 303)

    return pages


def with_scheme(url: str) -> str:
    """An address as people type it, with its scheme. Raises `BadURL` for what has the scheme of something else."""
    if not url:
        raise BadURL("Paste the address of an article.")
    url = url.removeprefix("<").removesuffix(">").removeprefix("//")
    if _OTHER_SCHEME.match(url):
        raise BadURL("Only http:// and https:// addresses are articles.")
    return url if url.lower().startswith(("http://", "https://")) else f"https://{url}"


def find(view: View, query: Query) -> dict[str, Page | Texts | str | None]:
    """A page of what a query finds: `edits` or `texts`, and the way to the next page."""
    if query.is_about_edits:
        edits = view.latest.page(
            filters_of(query, view.audience.reader),
            PAGE_FOUND,
            older_than=cursor(request.args, "older"),
            newer_than=cursor(request.args, "newer"),
        )
        return {"edits": edits, "texts": None, "older": cursor_text(edits.older) if edits.older else None}
    texts = view.search.texts(query, PAGE_FOUND, place())
    return {"texts": texts, "edits": None, "older": str(texts.next) if texts.next else None}


def _grouped(found: dict[str, Page | Texts | str | None]) -> list[tuple[Article, list[Listed | TextFound]]]:
    """What was found by article, an article where its newest stands."""
    groups: dict[int, list[Listed | TextFound]] = {}
    for kind in ("edits", "texts"):
        for item in getattr(found[kind], "items", ()):
            groups.setdefault(item.article.id, []).append(item)
    return [(items[0].article, items) for items in groups.values()]


def credits_in(view: View, groups: Iterable[tuple[Article, Sequence[Listed | TextFound]]]) -> dict[int, Credit]:
    """Which of the texts that were found copies showed first, by the rows of versions: of edits, the ones before."""
    items = [item for _, found in groups for item in found]
    return view.versions.credits(
        item.first_version_id if isinstance(item, TextFound) else item.step.previous_id for item in items
    )


def place() -> int | None:
    """Where a page of found texts begins. Raises `BadInput`."""
    given = request.args.get("older", "")
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 18):
        raise BadInput("`older` is taken from the links between pages. Search again from the first page.")
    return int(given)
