"""Pages about sources: all of them side by side, one by one, and the articles that their numbers count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from flask import Blueprint, render_template, request

from rowback.errors import BadInput
from rowback.store.source_articles import Which
from rowback.store.source_scope import Period
from rowback.text.tongue import gettext, marked
from rowback.web.guard.visibility import known_source, seen
from rowback.web.pages.source_charts import DAY_HOURS, day_strip, heat_map
from rowback.web.pages.week import weekday
from rowback.web.request import cursor, cursor_text, filters
from rowback.web.sent import root

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rowback.store import Store
    from rowback.store.by_source import SourcePortrait, SourceTally
    from rowback.web.pages.source_charts import DayStrip

PAGE_SOURCES = 30
PAGE_ARTICLES = 50
# Periods that a link chooses, in days up to today.
LAST_DAYS = (7, 30, 365)
HEADINGS = {
    Which.ALL: marked("Articles that were looked at"),
    Which.AGAIN: marked("Articles seen more than once"),
    Which.FOLLOWED: marked("Articles that are followed now"),
    Which.EDITED: marked("Articles that were edited"),
    Which.FIRST: marked("Articles with their first edit"),
    Which.TURNS: marked("Articles that took an earlier headline again"),
}


@dataclass(frozen=True, slots=True)
class Days:
    """A period as its form says it: both days included, empty where a side is open."""

    start: str
    end: str
    period: Period

    @classmethod
    def asked(cls, args: Mapping[str, str]) -> Days:
        """That of a query. Raises `BadInput`."""
        found = filters({name: args.get(name, "") for name in ("from", "to")})
        period = Period(found.after, found.before)
        last = found.before - timedelta(days=1) if found.before else None
        return cls(f"{found.after:%Y-%m-%d}" if found.after else "", f"{last:%Y-%m-%d}" if last else "", period)

    def query(self, **more: object) -> str:
        """The period in an address, with what else it says: empty, or from the question mark on."""
        given = {"from": self.start, "to": self.end} | {name: str(value) for name, value in more.items()}
        told = urlencode({name: value for name, value in given.items() if value})
        return f"?{told}" if told else ""

    def first_day(self) -> datetime | None:
        """The first day, None where it is open."""
        return self.period.since

    def last_day(self) -> datetime | None:
        """The last day, None where it is open."""
        return self.period.until - timedelta(days=1) if self.period.until else None


@dataclass(frozen=True, slots=True)
class SourceLinks:
    """Where the numbers of one source lead: to the steps and the articles that they count, in the same period."""

    source: str
    days: Days

    def page(self) -> str:
        """Its own page."""
        return f"{root()}/sources/{quote(self.source, safe='')}{self.days.query()}"

    def steps(self, **more: object) -> str:
        """The list of its steps, filtered further."""
        return f"{root()}/{self.days.query(source=self.source, **more)}"

    def day(self, day: date) -> str:
        """The list of its steps of one day."""
        return f"{root()}/?{urlencode({'source': self.source, 'from': f'{day}', 'to': f'{day}'})}"

    def articles(self, which: str = Which.ALL) -> str:
        """The list of its articles that a number counts."""
        name = quote(self.source, safe="")
        return f"{root()}/sources/{name}/articles{self.days.query(which='' if which == Which.ALL else which)}"


def create_sources(store: Store, now: Callable[[], datetime]) -> Blueprint:
    """The blueprint."""
    pages = Blueprint("sources", __name__)
    pages.add_app_template_filter(weekday, "weekday")

    @pages.get("/sources")
    def sources() -> str:
        days, view, at = Days.asked(request.args), seen(store), now()
        after = request.args.get("after", "").strip().lower()
        names = view.by_source.names(PAGE_SOURCES + 1, after)
        tallies = [view.by_source.tally(name, days.period, at) for name in names[:PAGE_SOURCES]]
        older = f"{root()}/sources{days.query(after=names[PAGE_SOURCES - 1])}" if len(names) > PAGE_SOURCES else None
        return render_template(
            "sources.html",
            rows=[(tally, SourceLinks(tally.source, days)) for tally in tallies],
            links={"older": older, "first": f"{root()}/sources{days.query()}" if after else None},
            is_first=not after,
            due=view.steps.due(),
            **_periods(days, f"{root()}/sources", at),
        )

    @pages.get("/sources/<source>")
    def source(source: str) -> str:
        days, at = Days.asked(request.args), now()
        name, view = known_source(store, source), seen(store)
        portrait = view.by_source.portrait(name, days.period, at)
        leads = SourceLinks(name, days)
        return render_template(
            "source.html",
            tally=portrait.tally,
            portrait=portrait,
            leads=leads,
            heat=heat_map(portrait.hours),
            hours=range(DAY_HOURS),
            strip=_strip(portrait, days.period, at),
            due=view.steps.due(),
            **_periods(days, f"{root()}/sources/{quote(name, safe='')}", at),
        )

    @pages.get("/sources/<source>/articles")
    def articles(source: str) -> str:
        days, which = Days.asked(request.args), _which(request.args.get("which", ""))
        name = known_source(store, source)
        older_than = cursor(request.args, "older")
        page = seen(store).source_articles.page(name, days.period, which, PAGE_ARTICLES, older_than)
        here = SourceLinks(name, days).articles(which)
        older = _more(here, cursor_text(page.older)) if page.older else None
        return render_template(
            "source_articles.html",
            heading=gettext(HEADINGS[which]),
            leads=SourceLinks(name, days),
            days=days,
            articles=page.articles,
            links={"older": older, "first": here if older_than else None},
        )

    return pages


def _which(given: str) -> Which:
    """Which articles are listed. Raises `BadInput`."""
    try:
        return Which(given.strip().lower() or Which.ALL)
    except ValueError as error:
        raise BadInput(
            gettext("`which` is one of these: %(words)s.", words=", ".join(each.value for each in Which))
        ) from error


def _more(address: str, older: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'older': older})}"


def _periods(days: Days, page: str, now: datetime) -> dict[str, object]:
    """What chooses a period: the form's address, and links to the last days."""
    today = now.astimezone(UTC).date()
    lasts = [(count, f"{page}?from={today - timedelta(days=count - 1)}&to={today}") for count in LAST_DAYS]
    return {"days": days, "page": page, "lasts": lasts}


def _strip(portrait: SourcePortrait, period: Period, now: datetime) -> DayStrip | None:
    """The days of a source, from its first day in the period to the last, or to today; None where nothing was seen."""
    if not portrait.days:
        return None
    end = min(period.until - timedelta(days=1), now) if period.until else now
    last = max(end.astimezone(UTC).date(), portrait.days[-1].day)
    return day_strip(portrait.days, _begin(portrait.tally, portrait.days[0].day, last), last)


def _begin(tally: SourceTally, first: date, last: date) -> date:
    """The first day on which the source was watched, or of which there is anything."""
    return min(first, last - timedelta(days=tally.watch.days - 1)) if tally.watch.days else first
