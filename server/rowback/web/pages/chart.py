"""Pictures as numbers: where bars, dots and spans lie in an SVG of a fixed size. Templates draw them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.text.normalize import comparable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from rowback.diff.blocks.carry import Lineage
    from rowback.model import Article, Version

BAR_HEIGHT = 44.0
WIDTH = 720.0
MAX_THREADS = 80  # paragraphs drawn: more would be a grey field
MAX_COLUMNS = 120
BEGINNING = 60  # characters of a paragraph that name it


@dataclass(frozen=True, slots=True)
class Bar:
    """An hour of a day, its edits, and the bar's height."""

    hour: int
    edits: int
    height: float


@dataclass(frozen=True, slots=True)
class DayChart:
    """A day's edits by hour."""

    day: datetime
    bars: tuple[Bar, ...]
    total: int

    @property
    def busiest(self) -> Bar:
        """The first of the hours with most edits."""
        return max(self.bars, key=lambda bar: bar.edits)


def day_chart(per_hour: Mapping[str, int], day: datetime) -> DayChart:
    """`per_hour` maps `2026-01-31T09` to edits."""
    counts = [per_hour.get(f"{day.strftime('%Y-%m-%d')}T{hour:02}", 0) for hour in range(24)]
    most = max(counts) or 1
    bars = tuple(Bar(hour, count, round(BAR_HEIGHT * count / most, 1)) for hour, count in enumerate(counts))
    return DayChart(day, bars, sum(counts))


@dataclass(frozen=True, slots=True)
class Dot:
    """A version on the line of time."""

    number: int
    x: float
    seen_at: datetime


def time_line(versions: Sequence[Version], article: Article) -> tuple[Dot, ...]:
    """Versions from the first sight of an article to its last check, at true distances."""
    start = versions[0].seen_at
    whole = max(1.0, (max(article.last_checked_at, versions[-1].seen_at) - start).total_seconds())
    dots = [
        Dot(version.number, round(WIDTH * (version.seen_at - start).total_seconds() / whole, 1), version.seen_at)
        for version in versions
    ]
    # Of very many, those that stand in one place are one to the eye: the newest of them.
    return tuple(dots if len(dots) <= WIDTH else {round(dot.x): dot for dot in dots}.values())


@dataclass(frozen=True, slots=True)
class WordingRun:
    """A paragraph's wording over some versions. `wording` counts a paragraph's wordings from 0."""

    x: float
    width: float
    wording: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Life:
    """A paragraph through all versions."""

    y: int
    beginning: str
    runs: tuple[WordingRun, ...]


@dataclass(frozen=True, slots=True)
class Lives:
    """All paragraphs, top to bottom in order of their first standing, and what they add up to."""

    lives: tuple[Life, ...]
    height: int
    left_out: int
    first_column: int
    unchanged: int
    changed: int
    came: int
    gone: int


ROW = 9  # pixels from one paragraph to the next


def lives(lineage: Lineage) -> Lives:
    """Which paragraphs lived how long, by versions: equal columns, since most edits come in the first hours."""
    count = len(lineage.versions)
    start = max(0, count - MAX_COLUMNS)
    column = WIDTH / (count - start)
    told: list[Life] = []
    tally = {"unchanged": 0, "changed": 0, "came": 0, "gone": 0}
    threads = [t for t, stood in enumerate(lineage.standings) if stood[0].place and stood[-1].version >= start]
    for thread in sorted(threads, key=lambda t: (lineage.standings[t][0].version, lineage.standings[t][0].place)):
        runs = _runs(lineage, thread, start, column)
        tally[_fate(lineage, thread, runs)] += 1
        if len(told) < MAX_THREADS:
            text = comparable(_text(lineage, thread, -1))
            told.append(Life(len(told) * ROW, beginning(text), tuple(runs)))
    return Lives(tuple(told), len(told) * ROW, len(threads) - len(told), start, **tally)


def beginning(text: str) -> str:
    """What names a paragraph: its first words, whole ones where there are spaces."""
    if len(text) <= BEGINNING:
        return text
    return f"{text[:BEGINNING].rpartition(' ')[0] or text[:BEGINNING]}…"


def _text(lineage: Lineage, thread: int, standing: int) -> str:
    stood = lineage.standings[thread][standing]
    return lineage.blocks[stood.version][stood.place].text


def _runs(lineage: Lineage, thread: int, start: int, column: float) -> list[WordingRun]:
    runs: list[WordingRun] = []
    for number, wording in enumerate(lineage.wordings([thread], len(lineage.versions))):
        first, last = max(start, wording.version), wording.last_version
        if last >= start:
            runs.append(
                WordingRun(
                    round((first - start) * column, 1), round((last - first + 1) * column, 1), number, first, last
                )
            )
    return runs


def _fate(lineage: Lineage, thread: int, runs: Sequence[WordingRun]) -> str:
    stood = lineage.standings[thread]
    if stood[-1].version < len(lineage.versions) - 1:
        return "gone"
    if stood[0].version > 0:
        return "came"
    return "unchanged" if len(runs) == 1 else "changed"
