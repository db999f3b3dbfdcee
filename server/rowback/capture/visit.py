"""One request of the poller: what it came to, whatever was asked for. Nothing here knows articles or feeds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.capture.pacing import BLOCKING, is_shut_out, retry_after
from rowback.errors import BadURL, ForbiddenURL, NoAnswer, PageTooCostly, RowbackError
from rowback.store.work import Job, Outcome, Validators
from rowback.text import received

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from rowback.capture.context import Context
    from rowback.capture.fetch import Answer

NOT_FOUND = {404, 451}


@dataclass(frozen=True, slots=True)
class Trouble:
    """A request that brought no page: what kind of trouble, told in words; when the server said to come again. `is_local`: it
    may be ours, with no network or one that must be signed in to, and says nothing of the page."""

    outcome: Outcome
    reason: str
    retry_after_s: float | None = None
    is_local: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What a job came to, why, and what comes next: for the log, and for the host's pause. `rest` is how long the host is
    left alone, where the job itself knows that."""

    outcome: Outcome
    reason: str
    then: str = ""
    retry_after_s: float | None = None
    rest: timedelta | None = None


def visit(context: Context, job: Job, *, any_type: bool = False, ask_robots: bool = True) -> Answer | Trouble:
    """The answer (200 or 304) to a job's request, or what came in between."""
    refusal = context.robots.refusal(job.url) if ask_robots else None
    if refusal is not None:
        outcome = Outcome.REFUSED if refusal.again_s is None else Outcome.UNREACHABLE
        return Trouble(outcome, refusal.reason, refusal.again_s, refusal.is_ours)
    try:
        conditions = _conditions(validators(job.etag, job.last_modified, context.now()))
        answer = context.fetcher.get(job.url, conditions, any_type=any_type)
    except (ForbiddenURL, BadURL) as error:
        return Trouble(Outcome.REFUSED, str(error), is_local=isinstance(error, ForbiddenURL))
    except RowbackError as error:
        return Trouble(Outcome.FAILED, str(error), is_local=isinstance(error, NoAnswer))
    if answer.status == 304 and not conditions:
        return Trouble(Outcome.FAILED, "the server answered 304 to a first question")
    return answer if answer.status in (200, 304) else _trouble(answer, context)


def trouble_of(error: RowbackError) -> Trouble:
    """What an error while a page was read comes to."""
    return Trouble(Outcome.COSTLY if isinstance(error, PageTooCostly) else Outcome.FAILED, str(error))


def validators(etag: str | None, last_modified: str | None, now: datetime) -> Validators:
    """What there is to ask again with, of what a server said just now or long ago."""
    return Validators(received.etag(etag), received.last_modified(last_modified, now))


def given_by(answer: Answer, now: datetime) -> Validators:
    """What an answer gives to ask again with."""
    return validators(answer.headers.get("etag"), answer.headers.get("last-modified"), now)


def _conditions(kept: Validators) -> dict[str, str]:
    conditions = {"If-None-Match": kept.etag, "If-Modified-Since": kept.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _trouble(answer: Answer, context: Context) -> Trouble:
    said = f"the server answered {answer.status}"
    if answer.status == 410:
        return Trouble(Outcome.GONE, said)
    if answer.status in NOT_FOUND:
        return Trouble(Outcome.MISSING, said)
    if is_shut_out(answer.status, answer.headers):
        return Trouble(Outcome.REFUSED, "the archive shows no copies of this publisher")
    if answer.status in BLOCKING:
        return Trouble(Outcome.BLOCKED, said, retry_after(answer.headers.get("retry-after"), context.now()))
    return Trouble(Outcome.FAILED, said)
