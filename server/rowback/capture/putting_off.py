"""Puts off for long what cannot be done: a page that breaks the program, or that takes pollers down with it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.capture.schedule import costly_wait
from rowback.capture.visit import Done
from rowback.model import Doubt, Origin, Reason
from rowback.store.work import Job, JobKind, Next, Outcome, Validators

if TYPE_CHECKING:
    from rowback.capture.context import Context

AFTER_CRASH = timedelta(days=1)  # a page that breaks the program is not tried again at once


def put_off(context: Context, job: Job, error: Exception) -> Done:
    """After an error that nobody foresaw."""
    reason = f"the program could not cope: {type(error).__name__}"
    _note(context, job, Outcome.FAILED, reason, AFTER_CRASH)
    return Done(Outcome.FAILED, reason, "again in a day")


def set_aside(context: Context, job: Job) -> Done:
    """A job in whose midst one poller after the other ended: rather none than all."""
    reason = f"set aside: {job.begun - 1} pollers ended in the middle of it, one after the other"
    doubt = Doubt(Reason.COSTLY, f"{job.begun - 1} pollers ended while they read it, one after the other.")
    if job.kind is not JobKind.BACKFILL:
        context.store.failures.note(job.url, doubt, Origin.POLL, context.now())
    wait = costly_wait(job.failures + 1)
    _note(context, job, Outcome.COSTLY, reason, wait)
    return Done(Outcome.COSTLY, reason, f"again in {wait.days} days")


def _note(context: Context, job: Job, outcome: Outcome, reason: str, wait: timedelta) -> None:
    now = context.now()
    # Without validators: what it asks with may be what breaks it.
    later = Next(now + wait, outcome, reason, job.failures + 1, validators=Validators())
    if job.kind is JobKind.ARTICLE:
        context.store.queue.finish_article(job.id, now, later)
    elif job.kind is JobKind.FIND:
        context.store.queue.finish_find(job.url, later)
    elif job.kind is JobKind.BACKFILL:
        context.store.backfills.wait(job.id, now + wait, reason, failures=job.failures + 1)
    else:
        context.store.feeds.finish(job.id, now, later, int(wait.total_seconds()))
