"""The front page: the latest edits of all sources, grouped by article; and the list of all articles."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from flask import Blueprint, render_template, request

from rowback.diff.labels.rules import LABELS
from rowback.errors import StoreError
from rowback.text.tongue import gettext, marked
from rowback.web.guard.visibility import seen
from rowback.web.pages.chart import day_chart
from rowback.web.pages.glossary import word
from rowback.web.pages.week import weekday
from rowback.web.request import cursor, cursor_text, filters, is_set
from rowback.web.sent import root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from rowback.model import Article
    from rowback.store import Store
    from rowback.store.latest import Filters, Listed, Page
    from rowback.store.view import View
    from rowback.web.pages.chart import DayChart

PAGE_STEPS = 40
PAGE_ARTICLES = 50
# Articles that one request compares when it finds some not compared yet: about 0.1 s. `rowback serve` does the rest.
CATCH_UP_ARTICLES = 20
SHOWN_STEPS = 4  # of one article on one page; the rest is on its own page
# The filters by their names in the address, and what each says beside its value (a flag's value says nothing).
_FILTERS = {
    "source": marked("source %(value)s"),
    "label": marked("label %(value)s"),
    "from": marked("since %(value)s"),
    "to": marked("until %(value)s"),
    "weekday": marked("on a %(value)s"),
    "hour": marked("in the hour from %(value)s (UTC)"),
    "headline": marked("headlines only"),
    "substance": marked("nothing minor"),
    "unannounced": marked("unannounced"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """An article and its steps on this page, newest first."""

    article: Article
    steps: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is set, in words, and the address of the list without it."""

    told: str
    without: str


def create_front(store: Store, now: Callable[[], datetime]) -> Blueprint:
    """The blueprint."""
    pages = Blueprint("front", __name__)

    @pages.get("/")
    def front() -> str:
        with suppress(StoreError):  # a read-only disk: what was told before is still told
            store.steps.catch_up(CATCH_UP_ARTICLES)
        wanted = filters(request.args)
        view = seen(store)
        page = view.latest.page(
            wanted,
            PAGE_STEPS,
            older_than=cursor(request.args, "older"),
            newer_than=cursor(request.args, "newer"),
        )
        given = _given(request.args)
        chart = _chart(view, wanted, page, now())
        return render_template(
            "front.html",
            groups=grouped(page.items),
            credits=view.versions.credits(item.step.previous_id for item in page.items),
            shown_steps=SHOWN_STEPS,
            given=given,
            chosen=_chosen(given),
            newest_first=not ({"older", "newer"} & request.args.keys()),
            links=_links(page, given),
            chart=chart,
            day_alone=_address(given | {"from": f"{chart.day:%Y-%m-%d}", "to": f"{chart.day:%Y-%m-%d}"}),
            labels=LABELS,
            sources=view.latest.sources(),
            due=view.steps.due(),
            feed=_feed(given),
            has_articles=bool(page.items) or bool(view.articles.newest(1)),
        )

    @pages.get("/articles")
    def articles() -> str:
        found = seen(store).articles.newest(PAGE_ARTICLES + 1, cursor(request.args, "older"))
        more = len(found) > PAGE_ARTICLES
        found = found[:PAGE_ARTICLES]
        older = cursor_text((found[-1].last_changed_at, found[-1].id)) if more else None
        return render_template("articles.html", articles=found, older=older, first="older" not in request.args)

    return pages


def _given(args: Mapping[str, str]) -> dict[str, str]:
    """The filters that are set, as they were asked; 0 switches one off, but for an hour."""
    return {
        name: args[name] for name in _FILTERS if is_set(args, name) or (name == "hour" and args.get(name, "").strip())
    }


def grouped(items: Iterable[Listed]) -> list[Group]:
    """Steps by article, an article where its newest stands."""
    groups: dict[int, list[Listed]] = {}
    for item in items:
        groups.setdefault(item.article.id, []).append(item)
    return [Group(steps[0].article, tuple(steps)) for steps in groups.values()]


def _links(page: Page, given: dict[str, str]) -> dict[str, str | None]:
    return {
        "first": _address(given),
        "newer": _address(given | {"newer": cursor_text(page.newer)}) if page.newer else None,
        "older": _address(given | {"older": cursor_text(page.older)}) if page.older else None,
    }


def _chosen(given: dict[str, str]) -> list[Chosen]:
    return [
        Chosen(
            gettext(_FILTERS[name], value=_said(name, value)),
            _address({other: kept for other, kept in given.items() if other != name}),
        )
        for name, value in given.items()
    ]


def _said(name: str, value: str) -> str:
    """The value of a filter in words."""
    match name:
        case "label":
            return word(value)
        case "weekday":
            return weekday(int(value))
        case "hour":
            return f"{int(value):02}:00"
        case _:
            return value


def _address(given: dict[str, str]) -> str:
    return f"{root()}/?{urlencode(given)}" if given else f"{root()}/"


def _chart(view: View, wanted: Filters, page: Page, now: datetime) -> DayChart:
    """The day of the newest edit on the page, hour by hour."""
    at = page.items[0].step.seen_at if page.items else now
    start = at.replace(hour=0, minute=0, second=0, microsecond=0)
    end = at.replace(hour=23, minute=59, second=59, microsecond=999_999)  # the last day that there is has no next one
    return day_chart(view.latest.per_hour(wanted, start, end), start)


def _feed(given: dict[str, str]) -> str:
    """The feed that fits the filters: of a source or a label where one is chosen, else of everything."""
    if "source" in given:
        return f"{root()}/sources/{quote(given['source'].strip().lower(), safe='')}/feed"
    if "label" in given:
        return f"{root()}/labels/{quote(given['label'].strip().lower(), safe='')}/feed"
    return f"{root()}/feed"
