"""The check `fuzz`."""

from __future__ import annotations

import random
import threading
import traceback
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from tests.server.backend import Client
from tests.server.program import Program
from tests.soaking.check import Check, Extent, Figure, Run, Until, figure
from tests.soaking.fuzz.bodies import new_story, next_body
from tests.soaking.fuzz.reading import Reader
from tests.soaking.tally import Tally, together

if TYPE_CHECKING:
    from tests.soaking.fuzz.bodies import Story

THREADS = 4
STORIES_EACH = 12  # that a thread is at just now
CAPTURES_EACH = 8  # of a story, then another takes its place
SLOWEST_S = 30.0  # for one request, while three others are under way and the machine is busy
MAX_KEPT = 40  # failures whose captures are kept
MAX_LOG = 1_000_000  # characters of the log that are kept when there is a traceback in it
SAID_EVERY = 1_000


@dataclass
class Fuzzing:
    """One run of the check."""

    run: Run
    until: Until
    numbers: count[int] = field(default_factory=count)
    lock: threading.Lock = field(default_factory=threading.Lock)
    failures: Counter[str] = field(default_factory=Counter)

    def work(self, client: Client, thread: int) -> Tally:
        """Sends captures of stories and reads them back until the extent is over."""
        chance, tally = random.Random(f"{self.run.seed} {thread}"), Tally()  # noqa: S311 (captures, not secrets)
        reader = Reader(client, tally, chance)
        stories = [new_story(next(self.numbers), chance) for _ in range(STORIES_EACH)]
        while self.until.once_more():
            place = chance.randrange(STORIES_EACH)
            if len(stories[place].sent) >= CAPTURES_EACH:
                stories[place] = new_story(next(self.numbers), chance)
            self._one(reader, stories[place])
            if self.until.done % SAID_EVERY == 0:
                self.run.say(f"{self.until.done:,} captures sent, {self.failures.total()} failures")
        return tally

    def _one(self, reader: Reader, story: Story) -> None:
        body, media_type = next_body(story, reader.chance)
        story.sent.append(body)
        try:
            article = reader.send(body, media_type)
            if article is not None:
                reader.look(article)
        except Exception as error:  # noqa: BLE001 (whatever is wrong is a finding; the others go on)
            self._note(story, error)

    def _note(self, story: Story, error: Exception) -> None:
        """Counts a failure and keeps what was sent of the story, so that it can become a case."""
        at = traceback.extract_tb(error.__traceback__)[-1]
        said = f"{type(error).__name__} in {at.name}: {str(error)[:2_000] or at.line}"
        with self.lock:
            self.failures[said[:160]] += 1
            number = self.failures.total()
        if number > MAX_KEPT:
            return
        folder = self.run.kept / f"{number:03}"
        folder.mkdir(parents=True)
        (folder / "what.txt").write_text("".join(traceback.format_exception(error)), "utf-8", "backslashreplace")
        for place, body in enumerate(story.sent):
            (folder / f"{place}.body").write_bytes(body)


def _run(run: Run) -> list[Figure]:
    fuzzing, program = Fuzzing(run, Until(run.extent)), Program(run.folder, serves_anew=True)
    with program.serving("--no-poll") as serving, ThreadPoolExecutor(THREADS) as pool:
        work = [pool.submit(fuzzing.work, serving.client, thread) for thread in range(THREADS)]
        tally = together(each.result() for each in work)
    log = serving.log.read_text(encoding="utf-8")
    tracebacks = log.count("Traceback")
    if tracebacks:
        run.kept.mkdir(parents=True, exist_ok=True)
        (run.kept / "serve.log").write_text(log[-MAX_LOG:], encoding="utf-8")
    for said, number in fuzzing.failures.most_common(5):
        run.say(f"{number} × {said}")
    return [
        figure("captures sent", fuzzing.until.done),
        *tally.status_figures(),
        *(figure(f"{kind}: slowest", max(seconds), "s") for kind, seconds in sorted(tally.seconds.items())),
        figure("slowest request", tally.slowest(), "s", at_most=SLOWEST_S),
        figure("server errors", tally.failures(), at_most=0),
        figure("tracebacks in the log", tracebacks, at_most=0),
        figure("answers that break a promise", fuzzing.failures.total() - tally.failures(), at_most=0),
    ]


FUZZ = Check(
    "captures that no publisher would send; every answer is held to what the API promises",
    "captures",
    _run,
    full=Extent(times=36_000),
    quick=Extent(times=1_500),
    smallest=Extent(times=50),
)
