"""Reads what somebody may want to follow, and follows nothing: what is there, how much of it comes in a day, or why there is
nothing. Where an address gives nothing, the feed that its site names itself is looked for instead. Nothing here is stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from rowback.capture.feed_dates import believed
from rowback.capture.feed_reading import MAX_ENTRY_AGE
from rowback.capture.followable import leads_on, named_in
from rowback.capture.sampled import Nothing, Sample, Why
from rowback.errors import BadInput, BadURL, ForbiddenURL, NoAnswer, RowbackError, TooLarge
from rowback.store.feeds import FeedKind
from rowback.store.work import MAX_REASON
from rowback.text.links import same_site
from rowback.text.plain import line
from rowback.text.urls import identify_asked, is_root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from rowback.capture.feed_documents import Named
    from rowback.capture.fetch import Answer, Fetcher
    from rowback.capture.robots import Robots
    from rowback.capture.sampled import Candidate

SAMPLE_S = 11.0  # for all of it: a person waits, and the extension gives up an answer after fifteen
LEAST_S = 0.5  # with less left nothing more is asked for
MAX_FEEDS_TRIED = 2  # of those that a page points to
MAX_NESTED_READ = 2  # sitemaps of an index, the latest first
MIN_DATED = 3  # fewer articles tell no rhythm
DAY = timedelta(days=1)
_SHUT = {401, 402, 403, 407, 429}
_MISSING = {404, 410, 451}


@dataclass(frozen=True, slots=True)
class Reach:
    """How to get at the world: bounded in time by `until`, a reading of the fetcher's own clock."""

    fetcher: Fetcher
    robots: Robots
    now: Callable[[], datetime]
    until: float

    @classmethod
    def within(cls, fetcher: Fetcher, robots: Robots, now: Callable[[], datetime], seconds: float = SAMPLE_S) -> Reach:
        """One that ends so many seconds from now."""
        return cls(fetcher, robots, now, fetcher.clock() + seconds)

    def get(self, url: str, *, ask_robots: bool) -> Answer | Nothing:
        """The answer 200 of an address, or what came in between."""
        try:
            refusal = self.robots.asked_by(self._fetched).refusal(url) if ask_robots else None
            if refusal is not None:
                is_ruled = refusal.again_s is None and not refusal.is_ours
                why = Why.PRIVATE if refusal.is_ours else Why.ROBOTS if is_ruled else Why.NO_ANSWER
                return Nothing(url, why, refusal.reason)
            answer = self._fetched(url)
        except RowbackError as error:
            return Nothing(url, _why(error), line(str(error), MAX_REASON))
        if answer.status == 200:
            return answer
        why = Why.MISSING if answer.status in _MISSING else Why.REFUSED if answer.status in _SHUT else Why.BROKEN
        return Nothing(url, why, f"the server answered {answer.status}")

    def _fetched(self, url: str) -> Answer:
        left = self.until - self.fetcher.clock()
        if left < LEAST_S:
            raise NoAnswer("it did not answer in time")
        return replace(self.fetcher, max_seconds=min(left, self.fetcher.max_seconds)).get(url, any_type=True)


def sample(reach: Reach, wish: Candidate) -> Sample | Nothing:
    """What an address gives, else what its site names instead, else why it gives nothing."""
    try:
        wish = replace(wish, url=identify_asked(wish.url).link)
    except BadURL as error:
        return Nothing(line(wish.url, MAX_REASON), Why.BAD_ADDRESS, str(error))
    found = _look(reach, wish.url, is_page=wish.kind is FeedKind.SITE)
    if isinstance(found, Sample):
        return found
    for site in _sites(wish):
        other = _look(reach, site, is_page=True)
        if isinstance(other, Sample) and other.url != wish.url:
            return replace(other, instead_of=found)
    return found


def _sites(wish: Candidate) -> Iterator[str]:
    """Where the feed of what is wished may be named: the page that is known, and the front page of its host."""
    parts = urlsplit(wish.url)
    tried = {wish.url}
    for each in (wish.site, urlunsplit((parts.scheme, parts.netloc, "/", "", ""))):
        try:
            link = identify_asked(each).link if each else wish.url
        except BadURL:
            continue
        if link not in tried:
            tried.add(link)
            yield link


def _look(reach: Reach, url: str, *, is_page: bool) -> Sample | Nothing:
    """What is at an address, of a page or else of a feed: what a person names to be read by a program is no robots.txt's."""
    answer = reach.get(url, ask_robots=is_page)
    if isinstance(answer, Nothing):
        return answer
    try:
        named = named_in(answer)
        if named.kind is not FeedKind.FRONT:
            return _of_feed(reach, url, answer, named)
        if is_page and leads_on(named, answer) is False:
            return Nothing(url, Why.ARTICLE, "it is a single article")
    except RowbackError as error:
        return Nothing(url, _why(error), line(str(error), MAX_REASON))
    return _of_front(reach, url, answer, named)


def _of_front(reach: Reach, url: str, answer: Answer, named: Named) -> Sample | Nothing:
    """The feed that a page points to; else the page itself, where it names articles."""
    for link in (*named.feeds, *named.brought.try_feeds)[:MAX_FEEDS_TRIED]:
        found = _feed_at(reach, link)
        if found is not None:
            return found
    if named.entries:
        brought = named.brought
        return Sample(url, FeedKind.SITE, named.title, brought.named, brought.first, leads_to=_elsewhere(url, answer))
    is_root_page = is_root(answer.url)
    reason = "a page without articles" if is_root_page else "neither a feed nor a page that leads to articles"
    return Nothing(url, Why.NOT_A_FEED, reason)


def _feed_at(reach: Reach, link: str) -> Sample | None:
    answer = reach.get(link, ask_robots=True)
    if isinstance(answer, Nothing):
        return None
    try:
        named = named_in(answer)
    except RowbackError:
        return None
    found = _of_feed(reach, link, answer, named) if named.kind is not FeedKind.FRONT else None
    return found if isinstance(found, Sample) else None


def _of_feed(reach: Reach, url: str, answer: Answer, named: Named) -> Sample | Nothing:
    now, read = reach.now(), [named, *_nested(reach, named)]
    entries = [entry for each in read for entry in each.entries]
    if not entries:
        return Nothing(url, Why.EMPTY, "it names no articles")
    oldest = now - MAX_ENTRY_AGE
    kept = believed(entries, now, oldest if named.kind is FeedKind.FEED else None)
    dates = [entry.updated_at for entry in kept]
    if all(at is not None and at < oldest for at in dates):
        newest = max(at for at in dates if at is not None)
        return Nothing(url, Why.STALE, f"its newest article is of {newest:%Y-%m-%d}")
    first = next((each.brought.first for each in read if each.brought.first), ())
    known = [at for at in dates if at is not None]
    return Sample(url, named.kind, named.title, len(entries), first, a_day(known, now), _elsewhere(url, answer))


def _nested(reach: Reach, named: Named) -> Iterator[Named]:
    for link in named.nested[:MAX_NESTED_READ]:
        answer = reach.get(link, ask_robots=True)
        if isinstance(answer, Nothing):
            continue
        try:
            yield named_in(answer)
        except RowbackError:
            continue


def a_day(dates: Sequence[datetime], now: datetime) -> int | None:
    """About how many articles come in a day, by the dates of a feed: over the last week where it goes back so far, else since
    its oldest. None where too few are dated to tell."""
    oldest = now - MAX_ENTRY_AGE
    recent = [at for at in dates if oldest <= at <= now]
    goes_back = any(at < oldest for at in dates)
    if len(recent) < (1 if goes_back else MIN_DATED):
        return None
    span = MAX_ENTRY_AGE if goes_back else max(now - min(recent), DAY / 24)
    return max(1, round(len(recent) / (span / DAY)))


def _elsewhere(url: str, answer: Answer) -> str | None:
    """The host that answered in another site's place."""
    return None if same_site(answer.url, url) else urlsplit(answer.url).hostname


def _why(error: RowbackError) -> Why:
    kinds: Iterable[tuple[type[RowbackError], Why]] = (
        (ForbiddenURL, Why.PRIVATE),
        (TooLarge, Why.TOO_LARGE),
        (BadURL, Why.BAD_ADDRESS),
        (NoAnswer, Why.NO_ANSWER),
        (BadInput, Why.NOT_A_FEED),
    )
    return next((why for kind, why in kinds if isinstance(error, kind)), Why.BROKEN)
