"""When alerts tell: from a schedule and an instant to an instant.

Hours are those of wall clocks in the schedule's zone: a daily digest at eight comes at eight in summer and in winter.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rowback.errors import BadInput
from rowback.store.alerts import Rhythm, Schedule

HOURS = 24
# Waits after the first failures, then the last one again and again: a target that is down for a minute costs a minute, one
# that is down for long is not hammered.
RETRY_AFTER = (
    *(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30)),
    *(timedelta(hours=hours) for hours in (1, 2, 6)),
)
GIVE_UP_AFTER = timedelta(days=3)  # a long weekend, in which nobody looks after a mail server


def checked(schedule: Schedule) -> Schedule:
    """The schedule. Raises `BadInput` for one that cannot be kept."""
    try:
        ZoneInfo(schedule.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInput(f"{schedule.zone[:60]!r} is no time zone: write one such as Europe/Berlin.", "zone") from error
    given = {"hour": schedule.hour, "quiet_from": schedule.quiet_from, "quiet_until": schedule.quiet_until}
    for field, hour in given.items():
        if hour is not None and not 0 <= hour < HOURS:
            raise BadInput("An hour is a number from 0 to 23.", field)
    if (schedule.quiet_from is None) != (schedule.quiet_until is None):
        raise BadInput("Quiet hours have a beginning and an end: 22 and 7, or neither.", "quiet_from")
    if schedule.quiet_from is not None and schedule.quiet_from == schedule.quiet_until:
        raise BadInput("Quiet hours that end when they begin would never end: pause the alert instead.", "quiet_until")
    return schedule


def is_quiet(schedule: Schedule, at: datetime) -> bool:
    """Whether nothing is sent at an instant."""
    start, end = schedule.quiet_from, schedule.quiet_until
    if start is None or end is None:
        return False
    hour = at.astimezone(ZoneInfo(schedule.zone)).hour
    return start <= hour < end if start < end else hour >= start or hour < end


def quiet_until(schedule: Schedule, at: datetime) -> datetime | None:
    """The end of the quiet hours that an instant lies in, None for one that lies in none."""
    found = at
    while is_quiet(schedule, found) and schedule.quiet_until is not None:
        found = next_at_hour(schedule.zone, schedule.quiet_until, found)
    return None if found == at else found


def next_gathering(schedule: Schedule, at: datetime) -> datetime:
    """When edits are looked for next, after an instant at which they were."""
    if schedule.rhythm is Rhythm.HOURLY:
        return at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    if schedule.rhythm is Rhythm.DAILY:
        return next_at_hour(schedule.zone, schedule.hour, at)
    return at


def next_at_hour(zone: str, hour: int, after: datetime) -> datetime:
    """The first instant after another at which clocks of a zone strike an hour; where they skip it, when they skipped it."""
    clocks = ZoneInfo(zone)
    day = after.astimezone(clocks).date()
    while True:
        found = datetime.combine(day, time(hour), clocks).astimezone(UTC)
        if found > after:
            return found
        day += timedelta(days=1)


def retry_at(tries: int, now: datetime, asked_s: float = 0.0) -> datetime:
    """When a target is tried again after so many failures; later where it asked for that, within what we wait anyway."""
    wait = RETRY_AFTER[min(tries, len(RETRY_AFTER) - 1)]
    return now + min(max(wait, timedelta(seconds=asked_s)), RETRY_AFTER[-1])
