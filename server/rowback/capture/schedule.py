"""When to look at an article again. Pure: what is known of it in, the next check out.

An article is looked at again once enough edits may be waiting to be worth a request:

    expected edits since the last look = price

Edits are likeliest soon after publication and after an edit, so the first look comes after minutes, the waits grow while
nothing changes, and an edit brings them back to the start. The first look that finds no edit for `Habit.quiet_days`
settles the article: it is not looked at any more. The price is what a budget of requests leaves: the more articles are
watched, the dearer a look.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rowback.capture.habits import AGES_S, DAY_S, HOUR_S, MINUTE_S, USUAL, Habit, quiet_for
from rowback.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

# At the usual rates this looks nine minutes after publication, every three hours after a day, every other day after a month:
# some eighty times in all if the article is never edited.
USUAL_PRICE = 0.03
MIN_WAIT_S, MAX_WAIT_S = 2 * MINUTE_S, 30 * DAY_S
HOURS_MATTER_S = 2 * DAY_S  # over longer waits the hours of the day even out
FAILURE_WAIT_S, MAX_FAILURE_WAIT_S = 10 * MINUTE_S, DAY_S  # doubling with every failure in a row
# A host that cannot be asked just now (its robots.txt is out of reach) is tried again soon, however long that lasts.
UNREACHABLE_WAIT_S, MAX_UNREACHABLE_WAIT_S = 10 * MINUTE_S, HOUR_S
# What takes too much to read is set aside: seldom tried again, since every try costs as much.
COSTLY_WAIT_S, MAX_COSTLY_WAIT_S = DAY_S, 30 * DAY_S
MISSING_WAITS_S = (HOUR_S, 6 * HOUR_S, DAY_S)  # an article not found is asked for three more times before it is gone
# Feeds: News Sniffer's shortest period is five minutes too.
FEED_WAIT_S, MIN_FEED_WAIT_S, MAX_QUIET_FEED_WAIT_S, MAX_FEED_WAIT_S = 900, 300, 6 * 3_600, 86_400


@dataclass(frozen=True, slots=True)
class Watched:
    """What the schedule looks at: since when the text is as it is, whether it was edited, failed checks in a row; when it was
    looked at before this check, where that counts."""

    last_changed_at: datetime
    is_edited: bool
    failures: int = 0
    looked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The next check (None: there is none any more) and why."""

    next_check_at: datetime | None
    status: Status
    reason: str


def plan(watched: Watched, now: datetime, habit: Habit = USUAL, price: float = USUAL_PRICE) -> Plan:
    """The next check of an article that was looked at just now, or at least tried to."""
    settles_at = watched.last_changed_at + quiet_for(habit)
    if now >= settles_at and _was_watched(watched, now, habit):
        return Plan(None, Status.SETTLED, f"no edit for {habit.quiet_days} days")
    wait_s = _wait(watched, now.timestamp(), habit, price)
    reason = "edits are likeliest then"
    if watched.failures:
        failing_s = min(FAILURE_WAIT_S * 2 ** min(watched.failures - 1, 30), MAX_FAILURE_WAIT_S)
        wait_s, reason = max(wait_s, failing_s), f"failed checks in a row: {watched.failures}"
    return Plan(now + timedelta(seconds=wait_s), Status.WATCHING, reason)


def plan_missing(misses: int, now: datetime) -> Plan:
    """The next check of an article that its server did not find, `misses` times in a row now."""
    if misses > len(MISSING_WAITS_S):
        return Plan(None, Status.GONE, f"not found {misses} times in a row")
    wait = timedelta(seconds=MISSING_WAITS_S[misses - 1])
    return Plan(now + wait, Status.WATCHING, f"not found {misses} times in a row")


def plan_unreachable(failures: int, now: datetime) -> Plan:
    """The next try of what could not be asked for, now the `failures`th time in a row: nothing was learned of it."""
    return Plan(now + timedelta(seconds=unreachable_s(failures)), Status.WATCHING, "it could not be asked for")


def unreachable_s(failures: int) -> int:
    """The seconds until then."""
    return int(min(UNREACHABLE_WAIT_S * 2 ** min(max(failures, 1) - 1, 30), MAX_UNREACHABLE_WAIT_S))


def plan_costly(failures: int, now: datetime) -> Plan:
    """The next try of a page that is set aside, now the `failures`th time in a row."""
    return Plan(now + costly_wait(failures), Status.WATCHING, "set aside: reading it takes too much")


def costly_wait(failures: int) -> timedelta:
    """How long what takes too much to read is left alone."""
    return timedelta(seconds=min(COSTLY_WAIT_S * 2 ** min(max(failures, 1) - 1, 30), MAX_COSTLY_WAIT_S))


def price_for(articles: Iterable[tuple[float, bool, Habit]], requests_per_day: float) -> float:
    """The price at which watching articles, each (age in seconds, is it edited, habit), takes no more requests a day.

    A wait at rate r is price / r; requests a day are the sum of the waits' inverses. As rates fall while one waits, it stays
    below the budget. Never less than `USUAL_PRICE`: a budget is a limit, not a duty.
    """
    per_second = sum(habit.rate(age_s, edited) for age_s, edited, habit in articles)
    return max(USUAL_PRICE, per_second * DAY_S / requests_per_day)


def _was_watched(watched: Watched, now: datetime, habit: Habit) -> bool:
    """Whether the quiet time was seen and not only said by the clock, which may be wrong for one look: it had been looked at
    in the second half of that time."""
    if watched.looked_at is None:
        return True
    return watched.last_changed_at + quiet_for(habit) / 2 <= watched.looked_at <= now


def _wait(watched: Watched, now_s: float, habit: Habit, price: float) -> float:
    """Seconds until the expected edits reach the price, going through the stretches of even rate one by one."""
    changed_s = watched.last_changed_at.timestamp()
    at_s, left = now_s, price
    while at_s < now_s + MAX_WAIT_S:
        end_s = _bin_end(at_s, changed_s)
        rate = habit.rate(at_s - changed_s, watched.is_edited)
        if at_s - now_s < HOURS_MATTER_S:
            end_s = min(end_s, (at_s // HOUR_S + 1) * HOUR_S)
            rate *= habit.factor(at_s)
        if rate * (end_s - at_s) >= left:
            at_s += left / rate
            break
        left, at_s = left - rate * (end_s - at_s), end_s
    return min(max(at_s - now_s, MIN_WAIT_S), MAX_WAIT_S)


def _bin_end(at_s: float, changed_s: float) -> float:
    """The end of the bin of ages that an instant lies in."""
    age_s = at_s - changed_s
    return changed_s + next((age for age in AGES_S if age > age_s), float("inf"))


def in_words(found: Plan, now: datetime) -> str:
    """The plan for a log or a page."""
    if found.next_check_at is None:
        return f"{found.status.value}: {found.reason}"
    minutes = (found.next_check_at - now).total_seconds() / MINUTE_S
    return f"again in {minutes:.0f} minutes: {found.reason}"


def plan_feed(wait_s: int | None, new: int, failures: int) -> int:
    """Seconds until a feed is read again: shorter where something new was found, longer where not, doubling on failures."""
    before = wait_s or FEED_WAIT_S
    if failures:
        return int(min(before * 2 ** min(failures, 20), MAX_FEED_WAIT_S))
    return int(min(max(before / 2 if new else before * 1.3, MIN_FEED_WAIT_S), MAX_QUIET_FEED_WAIT_S))
