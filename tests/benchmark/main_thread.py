"""What a page costs on Chromium's main thread, read from the browser's own trace.

Times are of the thread's own clock, so that what else the machine does counts little.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Event = dict[str, Any]

CATEGORIES = ("toplevel", "devtools.timeline", "v8", "loading")
# What runs scripts or is done for them; of one within another the outer is told.
OF_SCRIPTS = frozenset(
    (
        *("EvaluateScript", "FunctionCall", "EventDispatch", "TimerFire", "FireAnimationFrame", "FireIdleCallback"),
        *("v8.compile", "v8.run", "v8.callFunction", "V8.GCScavenger", "MajorGC", "MinorGC"),
        "BlinkScheduler_PerformMicrotaskCheckpoint",
    )
)
TASK = "ThreadControllerImpl::RunTask"
US_PER_MS = 1_000


@dataclass(frozen=True)
class Spent:
    """Milliseconds of the page's thread: all that ran for scripts, the most of it in one task, and whatever it did; the sum
    of the layout's shifts; and the addresses of the scripts that were put into the page."""

    scripts: float
    longest: float
    thread: float
    shift: float
    urls: frozenset[str]


def spent(events: Sequence[Event], url: str) -> Spent:
    """What a traced visit to the page at a URL cost. It has no script of its own: what ran was the extension's."""
    process, thread = _thread_of(events, url)
    own = [each for each in events if (each["pid"], each["tid"]) == (process, thread) and each["ph"] == "X"]
    own.sort(key=lambda event: (event["ts"], -event["dur"]))
    tasks = list(_outermost([each for each in own if each["name"] == TASK]))
    per_task = dict.fromkeys((each["ts"] for each in tasks), 0.0)
    scripts = [each for each in own if each["name"] in OF_SCRIPTS]
    for each in _outermost(scripts):
        task = next((one for one in tasks if one["ts"] <= each["ts"] < one["ts"] + one["dur"]), each)
        per_task[task["ts"]] = per_task.get(task["ts"], 0.0) + _ms(each)
    shifts = [each for each in events if each["name"] == "LayoutShift" and each["pid"] == process]
    return Spent(
        sum(per_task.values()),
        max(per_task.values()),
        sum(map(_ms, tasks)),
        sum(each["args"]["data"]["score"] for each in shifts),
        frozenset(each["args"]["data"]["url"] for each in scripts if each["name"] == "EvaluateScript"),
    )


def _ms(event: Event) -> float:
    return float(event.get("tdur", 0)) / US_PER_MS  # the shortest have none


def _outermost(events: Sequence[Event]) -> Iterator[Event]:
    end = 0.0
    for each in events:
        if each["ts"] >= end:
            end = each["ts"] + each["dur"]
            yield each


def _thread_of(events: Sequence[Event], url: str) -> tuple[int, int]:
    parsing = next(each for each in events if each["name"] == "ParseHTML" and each["args"]["beginData"]["url"] == url)
    return parsing["pid"], parsing["tid"]
