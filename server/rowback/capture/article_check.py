"""Looks at one article again, or for the first time at one that a feed named."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rowback.capture.captures import from_html
from rowback.capture.copies import record_found
from rowback.capture.schedule import (
    MISSING_WAITS_S,
    Plan,
    Watched,
    in_words,
    plan,
    plan_costly,
    plan_missing,
    plan_unreachable,
)
from rowback.capture.visit import Done, Trouble, given_by, trouble_of, visit
from rowback.errors import BadURL, NotAnArticle, PageTooCostly, RowbackError
from rowback.model import NO_ARTICLES, Origin, Reason, Status
from rowback.store.work import Job, JobKind, Next, Outcome
from rowback.text.canonicals import believable_canonical
from rowback.text.doubts import is_same_story
from rowback.text.urls import identify, is_root, site_of

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.capture.context import Context
    from rowback.capture.fetch import Answer
    from rowback.model import Article, Capture

REFUSED_WAIT = timedelta(days=1)  # a robots.txt or an address changes seldom
MAX_FIND_FAILURES = 5  # what a feed named and could not be captured so often is given up
MAX_HOPELESS_LOOKS = 2  # … and a front page, or one that takes too much to read, which hardly ever changes, this soon
MAX_FIND_WAIT = timedelta(days=1)
GIVEN_UP = Plan(None, Status.WATCHING, "given up")

# What stands behind `#!` is put together in a browser: the server would give the same page for all.
ROUTED = Trouble(Outcome.REFUSED, "only a browser shows what stands behind the # of its address")


def check_article(context: Context, job: Job) -> Done:
    """Captures an article that is due and plans its next check."""
    article = context.store.articles.get(job.id)
    if article is None:
        return Done(Outcome.FAILED, "the article is not stored any more")
    if identify(article.url).is_routed:
        return _troubled(context, job, article, ROUTED)
    answer = visit(context, job)
    if isinstance(answer, Trouble):
        return _troubled(context, job, article, answer)
    now = context.now()
    if answer.status == 304:
        context.store.queue.see_again(article.id, now, Origin.POLL)
        return _planned(context, article, now, Outcome.UNCHANGED, None, article.last_checked_at)
    try:
        capture = from_html(article.url, answer.text(), now, Origin.POLL)
        elsewhere = None if _is_costly(capture) else _elsewhere(context, article, capture, answer)
        if elsewhere is not None:
            return _troubled(context, job, article, elsewhere)
        recorded = context.store.record(capture, now)
    except RowbackError as error:
        trouble = Trouble(Outcome.MISSING, str(error)) if _tells_front(error) else trouble_of(error)
        return _troubled(context, job, article, trouble)
    if answer.moved_to is not None and identify(answer.moved_to).key != identify(article.url).key:
        context.store.queue.move(article.id, answer.moved_to)
    outcome = Outcome.EDITED if recorded.new_version else Outcome.UNCHANGED
    return _planned(context, recorded.article, now, outcome, answer, article.last_checked_at)


def capture_find(context: Context, job: Job) -> Done:
    """Captures what a feed named; from then on it is an article like any other."""
    if _is_routed(job.url):
        return _find_troubled(context, job, ROUTED)
    answer = visit(context, job)
    now = context.now()
    if isinstance(answer, Trouble):
        return _find_troubled(context, job, answer)
    try:
        if is_root(answer.url) and not is_root(job.url):
            raise NotAnArticle("It leads to the site's front page.", Reason.FRONT)
        recorded = record_found(context, from_html(answer.url, answer.text(), now, Origin.FEED))
    except RowbackError as error:
        is_hopeless = _tells_kind(error) or isinstance(error, PageTooCostly)
        looks = MAX_HOPELESS_LOOKS if is_hopeless else MAX_FIND_FAILURES
        return _find_troubled(context, job, trouble_of(error), looks)
    context.store.queue.finish_find(job.url, Next(None, Outcome.CAPTURED, "captured"))
    is_own = (
        identify(answer.url).key == identify(recorded.article.url).key
    )  # what another page's server said is not for it
    return _planned(context, recorded.article, now, Outcome.CAPTURED, answer if is_own else None)


def _planned(
    context: Context,
    article: Article,
    now: datetime,
    outcome: Outcome,
    answer: Answer | None,
    looked_at: datetime | None = None,
) -> Done:
    watched = Watched(article.last_changed_at, article.version_count > 1, looked_at=looked_at)
    found = plan(watched, now, context.habits.of(article.source, now), context.habits.price(now))
    kept = given_by(answer, now) if answer is not None else None
    context.store.queue.finish_article(
        article.id, now, Next(found.next_check_at, outcome, found.reason, status=found.status, validators=kept)
    )
    return Done(outcome, "the text was compared", in_words(found, now))


def _troubled(context: Context, job: Job, article: Article, trouble: Trouble) -> Done:
    """Plans the next check after one that brought nothing. What is stored stays. One out of turn changes no plan: else an
    article were given up the sooner, the more often somebody asks for it."""
    now, misses = context.now(), 0
    if job.kind is JobKind.CHECK and not _is_due(article, now):
        context.store.checks_wanted.fail(article.id, now, trouble.outcome, trouble.reason)
        return Done(trouble.outcome, trouble.reason, "what was planned stays", trouble.retry_after_s)
    failures = job.failures + 1
    if trouble.outcome in (Outcome.MISSING, Outcome.GONE):
        misses = job.misses + 1 if trouble.outcome is Outcome.MISSING else len(MISSING_WAITS_S) + 1
        found = plan_missing(misses, now)
    elif trouble.outcome is Outcome.UNREACHABLE:
        misses, found = job.misses, plan_unreachable(failures, now)
    elif trouble.outcome is Outcome.COSTLY:
        found = plan_costly(failures, now)
    else:
        watched = Watched(article.last_changed_at, article.version_count > 1, failures)
        found = plan(watched, now, context.habits.of(article.source, now), context.habits.price(now))
    found = _not_before(found, now, trouble)
    context.store.queue.finish_article(
        article.id, now, Next(found.next_check_at, trouble.outcome, trouble.reason, failures, misses, found.status)
    )
    return Done(trouble.outcome, trouble.reason, in_words(found, now), trouble.retry_after_s)


def _is_due(article: Article, now: datetime) -> bool:
    return article.next_check_at is not None and article.next_check_at <= now


def _not_before(found: Plan, now: datetime, trouble: Trouble) -> Plan:
    """A plan that waits as long as a refusal lasts, or as the server asks for."""
    if found.next_check_at is None:
        return found
    wait = REFUSED_WAIT if trouble.outcome is Outcome.REFUSED else timedelta(seconds=trouble.retry_after_s or 0.0)
    return replace(found, next_check_at=max(found.next_check_at, now + min(wait, REFUSED_WAIT)))


def _find_troubled(context: Context, job: Job, trouble: Trouble, most: int = MAX_FIND_FAILURES) -> Done:
    """Tries again what a feed named, some times. One that could not be asked for was not tried: that does not count. While
    the trouble may be ours, it is tried ever less often until it has waited too long (see `store/finds.py`)."""
    now = context.now()
    if trouble.outcome is Outcome.UNREACHABLE:
        failures = max(job.failures, 1)
        found = plan_unreachable(failures, now)
    else:
        failures = job.failures + 1
        is_over = failures >= most or trouble.outcome in (Outcome.GONE, Outcome.REFUSED)
        found = _again(failures, now, trouble) if trouble.is_local or not is_over else GIVEN_UP
    context.store.queue.finish_find(job.url, Next(found.next_check_at, trouble.outcome, trouble.reason, failures))
    then = "given up" if found is GIVEN_UP else in_words(found, now)
    return Done(trouble.outcome, trouble.reason, then, trouble.retry_after_s)


def _again(failures: int, now: datetime, trouble: Trouble) -> Plan:
    if trouble.outcome is Outcome.COSTLY:
        return plan_costly(failures, now)
    wait = min(timedelta(hours=1) * 2 ** min(failures - 1, 10), MAX_FIND_WAIT)
    return Plan(now + wait, Status.WATCHING, f"failed tries in a row: {failures}")


def _is_routed(url: str) -> bool:
    """Whether only a script shows what is at an address. An earlier release may have noted what is none: `visit` says so."""
    try:
        return identify(url).is_routed
    except BadURL:
        return False


def _tells_front(error: RowbackError) -> bool:
    return isinstance(error, NotAnArticle) and error.reason == Reason.FRONT


def _tells_kind(error: RowbackError) -> bool:
    """Whether a page is refused for the kind of page that it is, which hardly ever changes."""
    return isinstance(error, NotAnArticle) and error.reason in NO_ARTICLES


def _is_costly(capture: Capture) -> bool:
    return capture.doubt is not None and capture.doubt.reason is Reason.COSTLY


def _elsewhere(context: Context, article: Article, capture: Capture, answer: Answer) -> Trouble | None:
    """Whether the redirects led away from the article. A removed story often leads to the front page, a blocked one to a
    wall: neither is what the article says now. To another host only the article's own can send us, for good, where the same
    story is told: what that other host says of itself proves nothing."""
    here, there = identify(article.url), identify(answer.url)
    if here.key == there.key:
        return None
    moved = answer.moved_to is not None and identify(answer.moved_to).key == there.key
    if site_of(here.host) != site_of(there.host) or (is_root(answer.url) and not is_root(article.url)):
        outcome = Outcome.MISSING if moved else Outcome.FAILED
        return Trouble(outcome, f"it leads to {urlsplit(answer.url).hostname} and not to the article")
    if here.site != there.site and not (moved and _is_story(context, article, capture)):
        return Trouble(
            Outcome.FAILED, f"it leads to another host ({there.site[:200]}) that does not tell the story for good"
        )
    if moved:
        return None
    canonical = believable_canonical(answer.url, capture.canonical_url)
    known = {
        each.id for each in map(context.store.articles.find, filter(None, (answer.url, canonical))) if each is not None
    }
    if article.id in known:
        return None
    return Trouble(Outcome.FAILED, f"it leads to another page for now ({answer.url[:200]})")


def _is_story(context: Context, article: Article, capture: Capture) -> bool:
    known = context.store.versions.contents(context.store.versions.spans(article.id)[-1].id)
    return is_same_story(known[0], capture.content)
