"""Replays the histories of real pages under a rule of when to look again, and counts what it catches at which cost.

`python -m tests.evaluation.replay` prints the table: what the peers' rules catch, and ours with at most as many requests.

- *learned*: the habits of the sources are known, from other histories than those tested on.
- *nothing learned*: the usual habits, as in a fresh installation.
- *source left out*: habits made as the usual ones were, but without the publisher that they are tested on.

With nothing learned ours settles at the first look after 40 days without an edit, so it is set against each peer's rule with
its last look on that day ("40 days"). Set against the rules as they run (News Sniffer's for 220 days, NewsDiffs'
for 360) it catches less, for the edits that come later; only what has been learned makes it go on for a year.

All these pages were edited at least once: on pages that never are, every rule spends requests for nothing, and ours is the
only one that can be told how many (`daily_requests`).
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from rowback.capture.habits import AGES_S, DAY_S, HOUR_S, USUAL, Habit, Past, learn
from rowback.capture.schedule import Watched, plan
from tests.evaluation.corpus import find_corpus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.evaluation.corpus import Corpus

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
STOP = 40 * DAY
AFTER_LAST = 365 * DAY  # a rule that has not stopped by itself a year after the last known edit is stopped


@dataclass(frozen=True)
class Told:
    """One page's history: when its text was new, oldest first."""

    id: str
    source: str
    times: tuple[datetime, ...]


@dataclass(frozen=True)
class Look:
    """What a rule knows after a look: when it was, when the last change was seen, how many of them, how many looks since."""

    now: datetime
    changed_at: datetime
    changes: int
    unchanged: int


Rule = Callable[[Look], "datetime | None"]


@dataclass(frozen=True)
class Score:
    """What a rule made of some histories."""

    requests: int
    edits: int
    delays: tuple[timedelta, ...]

    @property
    def caught(self) -> float:
        """The share of edits seen before the next one covered them, in per cent."""
        return 100 * len(self.delays) / self.edits

    @property
    def median_minutes(self) -> float:
        """The median time from an edit until it was seen."""
        return sorted(self.delays)[len(self.delays) // 2] / MINUTE

    @property
    def requests_per_edit(self) -> float:
        """Requests made for each edit caught."""
        return self.requests / len(self.delays)


def histories(corpus: Corpus) -> list[Told]:
    """All histories of the corpus whose times are known, those of headlines too."""
    found = []
    for item in (*corpus.chains().values(), *corpus.lines("pairs/headlines.jsonl")):
        if all(version["time"] for version in item["versions"]):
            times = {datetime.fromisoformat(version["time"]).astimezone(UTC) for version in item["versions"]}
            source = f"{item['source']} {item.get('kind') or item['publisher']}"
            found.append(Told(item["id"], source, tuple(sorted(times))))
    return found


def halves(found: Iterable[Told]) -> tuple[list[Told], list[Told]]:
    """To learn from, and to test on: no history is in both."""
    learned, tested = list[Told](), list[Told]()
    for told in found:
        (tested if sum(told.id.encode()) % 2 else learned).append(told)
    return learned, tested


def replay(found: Iterable[Told], rule_of: Callable[[Told], Rule]) -> Score:
    """Looks at every page as its rule says, from its first text on."""
    requests, edits, delays = 0, 0, list[timedelta]()
    for told in found:
        rule, end = rule_of(told), told.times[-1] + AFTER_LAST
        look, seen = Look(told.times[0], told.times[0], 0, 0), 0
        edits += len(told.times) - 1
        while (at := rule(look)) is not None and at <= end:
            requests += 1
            latest = bisect_right(told.times, at) - 1
            if latest > seen:
                seen = latest
                delays.append(at - told.times[latest])
                look = Look(at, at, look.changes + 1, 0)
            else:
                look = Look(at, look.changed_at, look.changes, look.unchanged + 1)
    return Score(requests, edits, tuple(delays))


def news_sniffer(look: Look) -> datetime | None:
    """Half an hour, a fifth longer after every check, half an hour again on a change; over when waits reach 40 days."""
    wait = 30 * MINUTE * 1.2**look.unchanged
    return look.now + wait if wait < STOP else None


def news_diffs(look: Look) -> datetime | None:
    """A table of waits by the time since the last change."""
    age = look.now - look.changed_at
    table = ((3 * HOUR, 15 * MINUTE), (DAY, HOUR), (7 * DAY, 3 * HOUR), (30 * DAY, 3 * DAY), (360 * DAY, 30 * DAY))
    return next((look.now + wait for limit, wait in table if age < limit), None)


def stopped(rule: Rule) -> Rule:
    """A rule whose last look at a text comes 40 days after it changed."""

    def capped(look: Look) -> datetime | None:
        due, over = rule(look), look.changed_at + STOP
        return min(due, over) if due is not None and look.now < over else None

    return capped


# What each is set against when nothing has been learned, and when it has: their rules stopped at 40 days, and as they run.
PEERS: dict[str, Rule] = {
    "News Sniffer, 40 days": stopped(news_sniffer),
    "NewsDiffs, 40 days": stopped(news_diffs),
    "News Sniffer": news_sniffer,
    "NewsDiffs": news_diffs,
}


def ours(habit: Habit, price: float) -> Rule:
    """The schedule of the poller, at a price."""
    return lambda look: plan(Watched(look.changed_at, look.changes > 0), look.now, habit, price).next_check_at


def learned(found: Sequence[Told]) -> dict[str, Habit]:
    """The habit of every source: what all of them have in common first, then its own."""
    common = learn((_past(told) for told in found), USUAL)
    common = Habit(common.first, common.again, common.hours, USUAL.quiet_days, common.edits)
    sources = {told.source for told in found}
    return {source: learn((_past(told) for told in found if told.source == source), common) for source in sources}


def _past(told: Told) -> Past:
    return Past(told.times, told.times[-1] + AFTER_LAST)


def publisher(told: Told) -> str:
    """Who publishes a history's source: kinds of pages of one publisher are never learned from one another here."""
    return told.source.split("/")[0]


def left_out(found: Sequence[Told]) -> dict[str, Habit]:
    """For every source: what the other publishers have in common."""
    own = {
        name: learn((_past(told) for told in found if publisher(told) == name), EVEN) for name in map(publisher, found)
    }
    return {told.source: mean([habit for name, habit in own.items() if name != publisher(told)]) for told in found}


def mean(habits: Sequence[Habit]) -> Habit:
    """The mean of some habits, smoothed and falling all the way: so the usual ones were made, of all publishers."""
    return Habit(
        first=_falling([habit.first for habit in habits]),
        again=_falling([habit.again for habit in habits]),
        hours=USUAL.hours,
        quiet_days=USUAL.quiet_days,
        edits=0,
    )


def _falling(rates: Sequence[Sequence[float]]) -> tuple[float, ...]:
    means = [sum(each) / len(each) for each in zip(*rates, strict=True)]
    around = [means[0], *means, means[-1]]
    smooth = [(before + 2 * here + after) / 4 for before, here, after in zip(around, means, around[2:], strict=False)]
    return tuple(accumulate(smooth, min))


def _even() -> Habit:
    """Before anything is known: an edit is as likely between one hour and two as between one day and two."""
    ends = (*AGES_S[1:], 365 * DAY_S)
    rates = tuple(0.25 / ((max(begin, 75.0) * end) ** 0.5 + HOUR_S) for begin, end in zip(AGES_S, ends, strict=True))
    return Habit(rates, rates, USUAL.hours, USUAL.quiet_days, 0)


EVEN = _even()


def at_most(requests: int, found: Sequence[Told], habits: dict[str, Habit]) -> Score:
    """Our schedule at the least price that needs no more requests than these."""
    low, high, best = 1e-3, 1e3, None
    for _ in range(14):
        price = (low * high) ** 0.5
        score = replay(found, lambda told, price=price: ours(habits.get(told.source, USUAL), price))  # type: ignore[misc]
        if score.requests > requests:
            low = price
        else:
            high, best = price, score
    assert best is not None
    return best


def main() -> None:
    """Prints what the peers' rules and ours catch with as many requests, learned and not learned."""
    corpus = find_corpus()
    if corpus is None:
        sys.exit("no corpus: set ROWBACK_CORPUS to its folder")
    every = histories(corpus)
    learned_from, tested = halves(every)
    habits, others = learned(learned_from), left_out(every)
    print(f"{len(learned_from)} histories to learn from, {len(tested)} others to test on")
    print(f"{'':40}{'requests':>9}{'caught':>9}{'median delay':>14}{'requests/edit':>15}")
    for which in ("all", "headlines", "pages"):
        for found, known in (
            (tested, {"learned": habits}),
            (every, {"nothing learned": {}, "source left out": others}),
        ):
            chosen = [told for told in found if which == "all" or _is_headlines(told) == (which == "headlines")]
            for name, rule in PEERS.items():
                peer = replay(chosen, lambda _, rule=rule: rule)  # type: ignore[misc]
                _print(f"{which} {len(chosen)}: {name}", peer)
                for how, used in known.items():
                    _print(f"  Rowback, {how}", at_most(peer.requests, chosen, used))


def _is_headlines(told: Told) -> bool:
    return "headline" in told.source or "homepage" in told.source


def _print(name: str, score: Score) -> None:
    print(
        f"{name:40}{score.requests:>9}{score.caught:>8.1f}%{score.median_minutes:>10.1f} min{score.requests_per_edit:>15.2f}"
    )


if __name__ == "__main__":
    main()
