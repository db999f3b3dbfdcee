"""One request of the poller: what it came to, whatever was asked for. Nothing here knows articles or feeds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.capture.pacing import BLOCKING, retry_after
from rowback.errors import BadURL, ForbiddenURL, RowbackError
from rowback.store.queue import Job, Outcome, Validators

if TYPE_CHECKING:
    from rowback.capture.context import Context
    from rowback.capture.fetch import Answer

NOT_FOUND = {404, 451}


@dataclass(frozen=True, slots=True)
class Trouble:
    """A request that brought no page: what kind of trouble, told in words; when the server said to come again."""

    outcome: Outcome
    reason: str
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What a job came to, why, and what comes next: for the log, and for the host's pause."""

    outcome: Outcome
    reason: str
    then: str = ""
    retry_after_s: float | None = None


def visit(context: Context, job: Job, *, any_type: bool = False, ask_robots: bool = True) -> Answer | Trouble:
    """The answer (200 or 304) to a job's request, or what came in between."""
    refusal = context.robots.refusal(job.url) if ask_robots else None
    if refusal is not None:
        outcome = Outcome.REFUSED if refusal.again_s is None else Outcome.UNREACHABLE
        return Trouble(outcome, refusal.reason, refusal.again_s)
    try:
        answer = context.fetcher.get(job.url, _conditions(job), any_type=any_type)
    except (ForbiddenURL, BadURL) as error:
        return Trouble(Outcome.REFUSED, str(error))
    except RowbackError as error:
        return Trouble(Outcome.FAILED, str(error))
    return answer if answer.status in (200, 304) else _trouble(answer, context)


def validators(answer: Answer) -> Validators:
    """What an answer gives to ask again with."""
    return Validators(answer.headers.get("etag"), answer.headers.get("last-modified"))


def _conditions(job: Job) -> dict[str, str]:
    conditions = {}
    if job.etag:
        conditions["If-None-Match"] = job.etag
    if job.last_modified:
        conditions["If-Modified-Since"] = job.last_modified
    return conditions


def _trouble(answer: Answer, context: Context) -> Trouble:
    said = f"the server answered {answer.status}"
    if answer.status == 410:
        return Trouble(Outcome.GONE, said)
    if answer.status in NOT_FOUND:
        return Trouble(Outcome.MISSING, said)
    if answer.status in BLOCKING:
        return Trouble(Outcome.BLOCKED, said, retry_after(answer.headers.get("retry-after"), context.now()))
    return Trouble(Outcome.FAILED, said)
