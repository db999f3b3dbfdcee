"""Reads one feed that is due, and notes what it names. A site's address is replaced by the feed that is found there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rowback.capture.captures import from_html
from rowback.capture.copies import record_found
from rowback.capture.feed_documents import fits
from rowback.capture.followable import leads_on, named_in
from rowback.capture.schedule import costly_wait, plan_feed
from rowback.capture.visit import Done, Trouble, given_by, trouble_of, visit
from rowback.errors import NotAnArticle, PageTooCostly, RowbackError
from rowback.model import Origin
from rowback.store.feeds import Entry, Feed, FeedKind
from rowback.store.work import Job, Next, Outcome
from rowback.text.links import joined, same_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from rowback.capture.context import Context
    from rowback.capture.feed_documents import Named
    from rowback.capture.fetch import Answer
    from rowback.store.finds import TakenIn

MAX_TRIED = 3  # sitemaps of a robots.txt that are looked into for recent articles
MAX_SITEMAPS = 4  # of an index at one reading, the latest first
# What was published longer ago is no news: not captured when a feed or sitemap names it for the first time.
MAX_ENTRY_AGE = timedelta(days=7)
OUR_FEEDS = {FeedKind.FEED}  # named by a person to be read by a program: robots.txt is about what was not


def read_feed(context: Context, job: Job, *, is_site: bool = False) -> Done:
    """Reads a feed, takes in what it names, and plans its next reading. What someone asked to follow and is an article is
    watched as one, unless `is_site` says that it is none."""
    feed = context.store.feeds.feed(job.id)
    if feed is None:
        return Done(Outcome.FAILED, "the feed is not followed any more")
    answer = visit(context, job, any_type=True, ask_robots=feed.kind not in OUR_FEEDS)
    if isinstance(answer, Trouble):
        return _troubled(context, feed, answer)
    if answer.status == 304:
        return _planned(context, feed, 0, "nothing new", None)
    try:
        named = named_in(answer)
        is_article = feed.kind is FeedKind.SITE and not is_site and leads_on(named, answer) is False
    except RowbackError as error:
        return _troubled(context, feed, trouble_of(error))
    if is_article:
        return _watch(context, feed, answer)
    if feed.kind is FeedKind.SITE:
        return _settle(context, feed, answer.url, named)
    entries = list(_entries(context, named))
    taken = _take_in(context, feed, entries)
    told = f"{len(entries)} articles named, {taken.new} new"
    if taken.left_out:
        told += f", {taken.left_out} more left out: more than one feed may bring"
    return _planned(context, feed, taken.new, told, answer, named.title)


def _settle(context: Context, feed: Feed, url: str, named: Named) -> Done:
    """Replaces a site's address by what is found there: the first feed the page points to; for the front page of a whole
    site the sitemap of its recent articles; or the address itself."""
    kind, link = named.kind, url
    if named.kind is FeedKind.FRONT and named.feeds:
        kind, link = FeedKind.FEED, named.feeds[0]
    elif named.kind is FeedKind.FRONT and urlsplit(url).path in ("", "/"):
        sitemap = _news_sitemap(context, url)
        kind, link = (FeedKind.SITEMAP, sitemap) if sitemap else (kind, link)
    became = context.store.feeds.replace(feed.id, link, kind, named.title, context.now())
    return Done(Outcome.READ, f"it is a {kind.value}: {link}" if became else f"{link} is followed already")


def _watch(context: Context, feed: Feed, answer: Answer) -> Done:
    """Captures an article and watches it in the place of a feed."""
    now = context.now()
    try:
        # Following a site is its owner's act, of which a check is made: strangers may see it.
        page = from_html(answer.url, answer.text(), now, Origin.POLL, anyway=True)
        found = replace(page, is_listing=True)
        article = record_found(context, found).article
    except (NotAnArticle, PageTooCostly) as error:
        return _troubled(context, feed, trouble_of(error))
    context.store.set_followed(article.id, now)
    context.store.feeds.remove(feed.id)
    return Done(Outcome.CAPTURED, "it is an article: it is watched itself")


def _news_sitemap(context: Context, url: str) -> str | None:
    """The first sitemap in the site's robots.txt that dates what it names and has a recent article; those with "news" in
    their address are looked into first. A sitemap of everything ever published is worse than the front page's links."""
    links = [link for link in (joined(url, each) for each in context.robots.sitemaps(url)) if same_site(link, url)]
    links.sort(key=lambda link: "news" not in urlsplit(link).path.lower())
    oldest = context.now() - MAX_ENTRY_AGE
    for link in links[:MAX_TRIED]:
        named = _look_into(context, link)
        if named is None or named.kind is not FeedKind.SITEMAP:
            continue
        if any(entry.updated_at is not None and entry.updated_at >= oldest for entry in _entries(context, named)):
            return link
    return None


def _entries(context: Context, named: Named) -> Iterator[Entry]:
    """The articles that a document names itself or in its nested sitemaps."""
    yield from named.entries
    for link in named.nested[:MAX_SITEMAPS]:
        nested = _look_into(context, link)
        yield from nested.entries if nested is not None else ()  # an index in an index ends here


def _look_into(context: Context, link: str) -> Named | None:
    """What a further document of the site names. None for trouble: others are as good, and the next reading tries again."""
    context.before_next(link)
    if context.robots.refusal(link) is not None:
        return None
    try:
        answer = context.fetcher.get(link, any_type=True)
        return named_in(answer) if answer.status == 200 else None
    except RowbackError:
        return None


def _take_in(context: Context, feed: Feed, entries: list[Entry]) -> TakenIn:
    now = context.now()
    wanted = [
        entry
        for entry in entries
        if fits(entry.url, feed.include, feed.exclude)
        and (entry.updated_at is None or entry.updated_at >= now - MAX_ENTRY_AGE)
    ]
    return context.store.feeds.take_in(feed.id, wanted, now)


def _planned(context: Context, feed: Feed, new: int, reason: str, answer: Answer | None, title: str = "") -> Done:
    now = context.now()
    wait_s = plan_feed(feed.wait_s, new, 0)
    kept = given_by(answer, now) if answer is not None else None
    found = Next(_after(now, wait_s), Outcome.READ, reason, validators=kept)
    context.store.feeds.finish(feed.id, now, found, wait_s, title or None)
    return Done(Outcome.READ, reason, f"again in {wait_s // 60} minutes")


def _troubled(context: Context, feed: Feed, trouble: Trouble) -> Done:
    now, failures = context.now(), feed.failures + 1
    wait_s = plan_feed(feed.wait_s, 0, failures)
    if trouble.outcome is Outcome.COSTLY:
        wait_s = int(costly_wait(failures).total_seconds())
    if trouble.retry_after_s:
        wait_s = max(wait_s, int(min(trouble.retry_after_s, 86_400)))
    due = None if trouble.outcome is Outcome.GONE else _after(now, wait_s)
    context.store.feeds.finish(feed.id, now, Next(due, trouble.outcome, trouble.reason, failures), feed.wait_s or 0)
    return Done(
        trouble.outcome, trouble.reason, f"again in {wait_s // 60} minutes" if due else "", trouble.retry_after_s
    )


def _after(now: datetime, wait_s: int) -> datetime:
    return now + timedelta(seconds=wait_s)
