"""Puts off for long what cannot be done: a page that breaks the program, or that takes pollers down with it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.capture.schedule import costly_wait
from rowback.capture.visit import Done
from rowback.errors import StoreError
from rowback.model import Doubt, Origin, Reason
from rowback.store.work import Job, JobKind, Next, Outcome, Validators

if TYPE_CHECKING:
    from rowback.capture.context import Context

_ON = "it goes on without what it was at"
AFTER_CRASH = timedelta(days=1)  # a page that breaks the program is not tried again at once


LeaveOut = Callable[["Context", "Job"], "timedelta | None"]
"""Leaves the part of a job out that it was at. How long its host is then let alone; None where it has no such parts."""
log = logging.getLogger("rowback.poller")


def put_off(context: Context, job: Job, error: Exception, leave_out: LeaveOut | None = None) -> Done:
    """After an error that nobody foresaw."""
    reason = f"the program could not cope: {type(error).__name__}"
    if (rest := _rest_without(context, job, leave_out)) is not None:
        return Done(Outcome.FAILED, reason, _ON, rest=rest)
    _note(context, job, Outcome.FAILED, reason, AFTER_CRASH)
    return Done(Outcome.FAILED, reason, "again in a day")


def set_aside(context: Context, job: Job, leave_out: LeaveOut | None = None) -> Done:
    """A job in whose midst one poller after the other ended: rather none than all."""
    reason = f"set aside: {job.begun - 1} pollers ended in the middle of it, one after the other"
    if (rest := _rest_without(context, job, leave_out)) is not None:
        return Done(Outcome.COSTLY, reason, _ON, rest=rest)
    doubt = Doubt(Reason.COSTLY, f"{job.begun - 1} pollers ended while they read it, one after the other.")
    if job.kind not in (JobKind.BACKFILL, JobKind.SAVE):
        context.store.failures.note(job.url, doubt, Origin.POLL, context.now())
    wait = costly_wait(job.failures + 1)
    _note(context, job, Outcome.COSTLY, reason, wait)
    return Done(Outcome.COSTLY, reason, f"again in {wait.days} days")


def _rest_without(context: Context, job: Job, leave_out: LeaveOut | None) -> timedelta | None:
    if leave_out is None:
        return None
    try:
        return leave_out(context, job)
    except StoreError:
        raise
    except Exception:  # what broke the job may break this as well
        log.exception("%s %s has no part that can be left out", job.kind, job.url)
        return None


def _note(context: Context, job: Job, outcome: Outcome, reason: str, wait: timedelta) -> None:
    now = context.now()
    # Without validators: what it asks with may be what breaks it.
    later = Next(now + wait, outcome, reason, job.failures + 1, validators=Validators())
    if job.kind in (JobKind.ARTICLE, JobKind.CHECK):
        context.store.queue.finish_article(job.id, now, later)
    elif job.kind is JobKind.FIND:
        context.store.queue.finish_find(job.url, later)
    elif job.kind is JobKind.BACKFILL:
        context.store.backfills.wait(job.id, now + wait, reason, failures=job.failures + 1)
    elif job.kind is JobKind.SAVE:
        context.store.saves.fail(job.id, reason)
    else:
        context.store.feeds.finish(job.id, now, later, int(wait.total_seconds()))
