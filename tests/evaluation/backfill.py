"""Simulates how the past of real articles is read from an archive: which of its texts are found, and in how many requests.

An article is a history of the corpus whose times are known. Its copies lie between its first text and a week after its last
edit, when somebody reads it and asks for its past; what the reader sees is the last text. *Evenly* spread copies have any
instant of that time as likely as another. Copies that are dense *early* have delays d after the first text for which
log(1 + d / 1 hour) has any value as likely as another: archives are told of an article when it is news. Every copy has a
digest of its own, as pages with changing advertisements have: the worst case.

What an article has are the different texts of its copies and the screen. Shares are means over articles.
"""

from __future__ import annotations

import json
import random
from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from math import exp, log
from typing import TYPE_CHECKING

from rowback.archive.choosing import LOOKS, State, next_choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tests.evaluation.corpus import Corpus

HOUR_S, WEEK_S = 3_600.0, 7 * 86_400.0
SEEDS = range(4)  # placings of the copies that are averaged over


@dataclass(frozen=True)
class Past:
    """One article: from when on, in seconds, which text stood. Texts are JSON lists of their blocks."""

    times: tuple[float, ...]
    texts: tuple[str, ...]

    def copies(self, count: int, *, is_early: bool, chance: random.Random) -> list[str]:
        """The texts of so many copies, oldest first."""
        span = self.times[-1] - self.times[0] + WEEK_S
        delays = (_early(chance.random(), span) if is_early else chance.random() * span for _ in range(count))
        return [self.texts[bisect_right(self.times, self.times[0] + delay) - 1] for delay in sorted(delays)]


def _early(chance: float, span: float) -> float:
    return HOUR_S * (exp(chance * log(1 + span / HOUR_S)) - 1)


@dataclass(frozen=True)
class Measured:
    """Means over articles: requests made, and the share of the texts that were found, in per cent."""

    requests: float
    found: float


def pasts(corpus: Corpus) -> list[Past]:
    """The histories of the corpus whose times are known."""
    found = []
    for chain in corpus.chains().values():
        if all(version["time"] for version in chain["versions"]):
            told = sorted(
                (datetime.fromisoformat(each["time"]).timestamp(), json.dumps([each["title"], *each["paragraphs"]]))
                for each in chain["versions"]
            )
            found.append(Past(tuple(at for at, _ in told), tuple(text for _, text in told)))
    return found


def measure(found: Sequence[Past], copies: int, fetches: int, *, is_early: bool) -> Measured:
    """What is found of so many copies each, with at most so many requests."""
    runs = list(_runs(found, copies, fetches, is_early=is_early))
    return Measured(_mean(requests for requests, _ in runs), 100 * _mean(share for _, share in runs))


def _runs(found: Sequence[Past], copies: int, fetches: int, *, is_early: bool) -> Iterator[tuple[int, float]]:
    for seed in SEEDS:
        for number, past in enumerate(found):
            chance = random.Random(1_000 * seed + number)  # noqa: S311
            yield _read(past.copies(copies, is_early=is_early, chance=chance), past.texts[-1], fetches)


def _read(copies: Sequence[str], screen: str, fetches: int) -> tuple[int, float]:
    """Requests made, and the share of the texts found."""
    texts, looks = dict[int, str](), LOOKS
    digests = [str(place) for place in range(len(copies))]
    while choice := next_choice(
        State(digests, texts, screen, looks_left=looks, fetches_left=fetches - len(texts), apart=_apart)
    ):
        texts[choice.place] = copies[choice.place]
        looks -= choice.is_look
    seen = {*texts.values(), screen}
    return len(texts), len(seen) / len({*copies, screen})


def _apart(old: str, new: str) -> float:
    return len(set(json.loads(old)) ^ set(json.loads(new)))


def _mean(values: Iterable[float]) -> float:
    told = list(values)
    return sum(told) / len(told)
