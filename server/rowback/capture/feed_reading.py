"""Reads one feed that is due, and notes what it names. A site's address is replaced by the feed that is found there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rowback.capture.captures import from_html
from rowback.capture.copies import record_found
from rowback.capture.feed_dates import AHEAD, believed
from rowback.capture.feed_documents import fits
from rowback.capture.followable import leads_on, named_in
from rowback.capture.schedule import costly_wait, plan_feed, unreachable_s
from rowback.capture.visit import Done, Trouble, given_by, trouble_of, visit
from rowback.errors import NotAnArticle, PageTooCostly, RowbackError
from rowback.model import Origin
from rowback.store.brought import Brought
from rowback.store.feeds import Feed, FeedKind
from rowback.store.work import Job, Next, Outcome, Validators
from rowback.text.links import joined, same_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from rowback.capture.context import Context
    from rowback.capture.feed_documents import Named
    from rowback.capture.fetch import Answer

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
        return _planned(context, feed, None, None)
    try:
        named = named_in(answer)
        is_article = feed.kind is FeedKind.SITE and not is_site and leads_on(named, answer) is False
    except RowbackError as error:
        return _troubled(context, feed, trouble_of(error))
    if is_article:
        return _watch(context, feed, answer)
    if feed.kind is FeedKind.SITE:
        return _settle(context, feed, answer, named)
    return _read(context, feed, answer, named)


def _read(context: Context, feed: Feed, answer: Answer, named: Named) -> Done:
    brought = _take_in(context, feed, list(_documents(context, named)))
    return _planned(context, feed, brought, _asked_again_with(answer, named, brought, context.now()), named.title)


def _settle(context: Context, feed: Feed, answer: Answer, named: Named) -> Done:
    """Replaces a site's address by what is found there: the first feed the page points to; for the front page of a whole
    site the sitemap of its recent articles; or the address itself, which is read then."""
    kind, link, url = named.kind, answer.url, answer.url
    if named.kind is FeedKind.FRONT and named.feeds:
        kind, link = FeedKind.FEED, named.feeds[0]
    elif named.kind is FeedKind.FRONT and urlsplit(url).path in ("", "/"):
        sitemap = _news_sitemap(context, url)
        kind, link = (FeedKind.SITEMAP, sitemap) if sitemap else (kind, link)
    became = context.store.feeds.replace(feed.id, link, kind, named.title, context.now())
    if not became:
        return Done(Outcome.READ, f"{link} is followed already")
    settled = context.store.feeds.feed(feed.id) if link == url else None
    if settled is None:
        return Done(Outcome.READ, f"it is a {kind.value}: {link}")
    return _read(context, settled, answer, named)


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
    oldest, latest = context.now() - MAX_ENTRY_AGE, context.now() + AHEAD
    for link in links[:MAX_TRIED]:
        named = _look_into(context, link)
        if named is None or named.kind is not FeedKind.SITEMAP:
            continue
        dates = (
            entry.updated_at
            for document in _documents(context, named)
            if document is not None
            for entry in document.entries
        )
        if any(at is not None and oldest <= at <= latest for at in dates):
            return link
    return None


def _documents(context: Context, named: Named) -> Iterator[Named | None]:
    """A document and its nested sitemaps; None for one that could not be read."""
    yield named
    for link in named.nested[:MAX_SITEMAPS]:
        yield _look_into(context, link)  # an index in an index ends here


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


def _take_in(context: Context, feed: Feed, documents: list[Named | None]) -> Brought:
    """Takes in what documents name, as far as it is asked for and new enough; how much that is, and what was left out."""
    now = context.now()
    oldest = now - MAX_ENTRY_AGE
    read = [each for each in documents if each is not None]
    brought = sum((each.brought for each in read), Brought(unread=len(documents) - len(read)))
    named = [entry for each in read for entry in each.entries]
    fitting = [entry for entry in named if fits(entry.url, feed.include, feed.exclude)]
    # What one date is given to in a sitemap may have been moved on that day; a feed is of what was written lately.
    dated = believed(fitting, now, oldest if feed.kind is FeedKind.FEED else None)
    wanted = [entry for entry in dated if entry.updated_at is None or entry.updated_at >= oldest]
    taken = context.store.feeds.take_in(feed.id, wanted, now)
    return brought + Brought(
        new=taken.new,
        too_old=len(dated) - len(wanted),
        too_many=taken.left_out,
        unwanted=len(named) - len(fitting),
        undated=sum(one.updated_at != other.updated_at for one, other in zip(fitting, dated, strict=True)),
    )


def _asked_again_with(answer: Answer, named: Named, brought: Brought, now: datetime) -> Validators:
    """What the next reading asks "anything new?" with: nothing where more is to come although the document stays as it is,
    from its nested sitemaps, or of what was too many now."""
    is_more_waiting = brought.too_many > named.brought.too_many
    return Validators() if named.nested or is_more_waiting else given_by(answer, now)


def _planned(
    context: Context, feed: Feed, brought: Brought | None, kept: Validators | None, title: str | None = None
) -> Done:
    """Plans the next reading after one that went well; one that brought nothing since the server had nothing new is None."""
    now = context.now()
    wait_s = plan_feed(feed.wait_s, 0 if brought is None else brought.new, 0)
    reason = "nothing new" if brought is None else brought.in_words()
    found = Next(_after(now, wait_s), Outcome.READ, reason, validators=kept)
    context.store.feeds.finish(feed.id, now, found, wait_s, title or None, brought)
    return Done(Outcome.READ, reason, f"again in {wait_s // 60} minutes")


def _troubled(context: Context, feed: Feed, trouble: Trouble) -> Done:
    now, failures = context.now(), feed.failures + 1
    wait_s = plan_feed(feed.wait_s, 0, failures)
    if trouble.outcome is Outcome.COSTLY:
        wait_s = int(costly_wait(failures).total_seconds())
    if trouble.outcome is Outcome.UNREACHABLE:
        wait_s = unreachable_s(failures)
    if trouble.retry_after_s:
        wait_s = max(wait_s, int(min(trouble.retry_after_s, 86_400)))
    due = None if trouble.outcome is Outcome.GONE else _after(now, wait_s)
    context.store.feeds.finish(feed.id, now, Next(due, trouble.outcome, trouble.reason, failures), feed.wait_s or 0)
    return Done(
        trouble.outcome, trouble.reason, f"again in {wait_s // 60} minutes" if due else "", trouble.retry_after_s
    )


def _after(now: datetime, wait_s: int) -> datetime:
    return now + timedelta(seconds=wait_s)
