"""Save Page Now: has web.archive.org keep a copy of what is new of an article that is followed. One step is one request.

First it is asked (`POST /save`), then, some seconds apart, what came of it (`GET /save/status/JOB`). The keys stand in one
header, go to that host alone and over no redirect.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from rowback.archive.listing import is_at_home
from rowback.archive.sources import BUSY_S, HEADERS, TROUBLED_S
from rowback.archive.wishes import check_not_private
from rowback.capture.fetch import agent
from rowback.capture.pacing import retry_after
from rowback.capture.save_keys import digest_of
from rowback.capture.visit import Done
from rowback.errors import ForbiddenURL, NoAnswer, RowbackError, StoreError
from rowback.store.saves import SAVED_WITHIN
from rowback.store.work import Outcome
from rowback.text.archived import instant
from rowback.text.plain import line
from rowback.text.urls import identify

if TYPE_CHECKING:
    from rowback.capture.context import Context
    from rowback.capture.fetch import Answer
    from rowback.store.saves import Save
    from rowback.store.work import Job

ARCHIVE = "https://web.archive.org"
FORM = {"if_not_archived_within": "10m", "skip_first_archive": "1", "delay_wb_availability": "1"}
FIRST_LOOK_S, LOOK_S = 30.0, 20.0  # a copy takes some 30 seconds; it may be asked for each 6
MAX_TRIES = 8  # of one copy, in a row
GAP_S = 10.0  # between two requests: 3 to 12 copies a minute are allowed
MAX_JOB, MAX_SAID = 200, 200  # characters
_GIVEN_UP = timedelta(0)
# What the archive says of pages that it will not have the next time either.
_FINAL = frozenset(
    "bad-request blocked blocked-url filesize-limit ftp-access-denied invalid-host-resolution invalid-url-syntax "
    "method-not-allowed no-access not-found not-implemented too-many-redirects".split()
)
_KEYS = "web.archive.org does not know the keys: see the setting save_page_now_keys."


def step(context: Context, job: Job, archive: str = ARCHIVE) -> Done:
    """Does the next step of one."""
    store, found = context.store, context.store.saves.get(job.id)
    if found is None:
        return Done(Outcome.READ, "nothing is left to be done", rest=_GIVEN_UP)
    refused = _not_to_be_asked(context, found)
    if refused is not None:
        store.saves.fail(found.id, refused)
        return Done(Outcome.REFUSED, refused, rest=_GIVEN_UP)
    headers = {
        **HEADERS,
        "User-Agent": agent(context.contact),
        "Accept": "application/json",
        "Authorization": f"LOW {context.save_keys}",
    }
    try:
        if found.job is None:
            answer = context.fetcher.once(f"{archive}/save", headers, {"url": found.url, **FORM})
        else:
            answer = context.fetcher.once(f"{archive}/save/status/{quote(found.job, safe='')}", headers)
    except StoreError:
        raise
    except NoAnswer:
        return _later(context, found, "web.archive.org does not answer", TROUBLED_S, is_block=True)
    except RowbackError as error:
        return _later(context, found, str(error), TROUBLED_S)
    return _heard(context, found, answer)


def _not_to_be_asked(context: Context, found: Save) -> str | None:
    """Why the archive is not told of an article, in words."""
    if not context.save_keys:
        return "save_page_now is switched off."
    if context.store.saves.are_refused(digest_of(context.save_keys)):
        return _KEYS
    if not found.is_followed:
        return "The article is not followed any more."
    if context.now() - found.wanted_at > SAVED_WITHIN and found.job is None:
        return "It took too long: the page may say something else by now."
    try:
        check_not_private(found.url)
    except ForbiddenURL as error:
        return str(error)
    return "The article's host is on a private network." if is_at_home(context, found.url) else None


def _heard(context: Context, found: Save, answer: Answer) -> Done:
    if answer.status == 401:
        context.store.saves.refuse(digest_of(context.save_keys), _KEYS)
        return Done(Outcome.REFUSED, _KEYS, "not asked again with these keys", rest=timedelta(seconds=GAP_S))
    told = _told(answer)
    if answer.status == 429:
        wait = retry_after(answer.headers.get("retry-after"), context.now()) or BUSY_S
        return _later(context, found, "web.archive.org is busy", max(wait, BUSY_S), is_block=True)
    if told is None:  # overloaded, it leads to a page that says so
        return _later(context, found, f"web.archive.org answered {answer.status}, and no JSON", TROUBLED_S)
    if told.get("status") == "error" or "status_ext" in told:
        return _failed(context, found, told)
    if told.get("status") == "success":
        return _saved(context, found, told)
    job = told.get("job_id")
    if found.job is None and isinstance(job, str) and 0 < len(job) <= MAX_JOB:
        context.store.saves.ask(found.id, job, context.now() + timedelta(seconds=FIRST_LOOK_S))
        return Done(Outcome.READ, "the archive is asked to keep it", rest=timedelta(seconds=GAP_S))
    if told.get("status") == "pending" and found.job is not None:
        return _later(context, found, "the archive is at it", LOOK_S * (found.tries + 1))
    said = line(str(told.get("message") or "the archive took nothing"), MAX_SAID)
    context.store.saves.fail(found.id, said)  # such as: the same snapshot was made minutes ago
    return Done(Outcome.READ, said, rest=timedelta(seconds=GAP_S))


def _told(answer: Answer) -> dict[str, Any] | None:
    try:
        told = json.loads(answer.body) if answer.status == 200 else None
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def _saved(context: Context, found: Save, told: dict[str, Any]) -> Done:
    """Notes the copy; only one of this article, made since it was wanted or shortly before."""
    stamp, original = str(told.get("timestamp", "")), told.get("original_url")
    at = instant(stamp)
    link = identify(original).link if isinstance(original, str) and _is_same(original, found.url) else found.url
    if at is None or not found.wanted_at - timedelta(days=1) <= at <= context.now() + timedelta(days=1):
        context.store.saves.fail(found.id, "The archive named no copy that can be believed.")
        return Done(Outcome.FAILED, "the archive named no copy", rest=timedelta(seconds=GAP_S))
    context.store.saves.keep(found.id, at, f"{ARCHIVE}/web/{stamp}/{link}")
    return Done(Outcome.CAPTURED, "the archive has a copy", rest=timedelta(seconds=GAP_S))


def _is_same(one: str, other: str) -> bool:
    try:
        return identify(one).key == identify(other).key
    except RowbackError:
        return False


def _failed(context: Context, found: Save, told: dict[str, Any]) -> Done:
    kind = line(str(told.get("status_ext", "")), MAX_SAID).removeprefix("error:")
    said = line(str(told.get("message") or kind or "no reason given"), MAX_SAID)
    if kind == "too-many-daily-captures":
        context.store.saves.fail_all(said)  # tomorrow, the pages may say something else
        return Done(Outcome.WAITING, said, "what is new later is asked for again", rest=timedelta(seconds=GAP_S))
    if kind in _FINAL:
        context.store.saves.fail(found.id, said)
        return Done(Outcome.REFUSED, said, rest=timedelta(seconds=GAP_S))
    return _later(context, found, said, TROUBLED_S * 2**found.tries, is_anew=True)


def _later(
    context: Context, found: Save, reason: str, seconds: float, *, is_block: bool = False, is_anew: bool = False
) -> Done:
    """Goes on after a while; with `is_block` nothing else is asked of the archive until then."""
    if found.tries + 1 >= MAX_TRIES:
        context.store.saves.fail(found.id, reason)
        return Done(Outcome.FAILED, reason, "given up", rest=timedelta(seconds=GAP_S))
    at = context.now() + timedelta(seconds=seconds)
    context.store.saves.wait(found.id, at, reason, is_anew=is_anew)
    rest = timedelta(seconds=seconds if is_block else GAP_S)
    return Done(Outcome.BLOCKED if is_block else Outcome.READ, reason, f"again at {at:%H:%M} UTC", rest=rest)
