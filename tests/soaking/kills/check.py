"""The check `kills`."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import threading
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from rowback.store import Store
from tests.server import forked
from tests.server.backend import Client
from tests.server.program import ENDS_WITHIN_S, Program
from tests.soaking.check import Check, Extent, Figure, Run, Until, figure
from tests.soaking.kills.follower import Follower
from tests.soaking.kills.sending import Newsdesk
from tests.soaking.kills.stored import invented, lost, out_of_order, read_export
from tests.soaking.kills.writing import Door, Importing, Ledger, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

WRITERS = 4
UNBORN = 2  # the first kills come while the database is being made
WHILE_STARTING = 1 / 8  # of the others come before the backend listens …
STARTS_WITHIN_S = 0.9  # … somewhere in here
MOST_CAPTURES = 60  # that are acknowledged between two kills
SPINS = 20_000  # of the processor, between the last of them and the kill
WITH_IMPORT = 1 / 4  # of the kills take the import along
BATCH = 200  # articles read at once
LOOKED_AT_EVERY = 20  # kills, all that is stored is held against what was sent


@dataclass
class Killing:
    """One run of the check."""

    run: Run
    chance: random.Random
    program: Program
    desk: Newsdesk
    door: Door = field(default_factory=Door)
    ledger: Ledger = field(default_factory=Ledger)
    follower: Follower = field(default_factory=Follower)
    kills: int = 0
    damage: list[str] = field(default_factory=list)
    wrong: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    stored_versions: int = 0

    def go(self) -> list[Figure]:
        """Kills until the extent is over, or the file is damaged: then nothing more is to be learned."""
        for _ in range(UNBORN):
            self._kill_early()
        token = self.program.new_token()
        importing, over = Importing(self.program, self.desk, self.ledger), threading.Event()
        until = Until(self.run.extent)
        with ThreadPoolExecutor(WRITERS + 2) as pool:
            work = [pool.submit(write, self.desk, self.door, self.ledger) for _ in range(WRITERS)]
            work.append(pool.submit(importing.run, over))
            work.append(pool.submit(self.follower.run, self.door, self.ledger))
            try:
                while not self.damage and until.once_more():
                    self._once(token, importing)
            finally:
                over.set()
                self.door.shut(for_good=True)
        for each in work:
            each.result()
        self._look()
        if not self.damage:
            self._check_derived()
        return self._figures()

    def _once(self, token: str, importing: Importing) -> None:
        if self.chance.random() < WHILE_STARTING:
            self._kill_early()
        else:
            self._kill_at_work(token, importing)
        if self.kills % LOOKED_AT_EVERY == 0:
            self._look()
            self.run.say(f"{self.kills} kills, {len(self.ledger.acknowledged()):,} captures acknowledged")

    def _kill_early(self) -> None:
        with self._to_be_killed() as process:
            try:
                process.wait(self.chance.uniform(0, STARTS_WITHIN_S))
            except subprocess.TimeoutExpired:
                return
            self.damage.append(f"serve ended by itself: {self.program.log.read_text(encoding='utf-8')[-500:]}")

    def _kill_at_work(self, token: str, importing: Importing) -> None:
        with self._to_be_killed() as process:
            self.door.open(Client(self.program.port_of(process), token))
            if not self.ledger.wait_for_more(self.chance.randrange(MOST_CAPTURES), ENDS_WITHIN_S):
                self.damage.append(f"nothing was acknowledged for {ENDS_WITHIN_S} s")
            for _ in range(self.chance.randrange(SPINS)):
                pass
            if self.chance.random() < WITH_IMPORT:
                importing.kill()

    @contextmanager
    def _to_be_killed(self) -> Iterator[forked.Process]:
        """A backend that is killed when the block ends; then the file is looked at."""
        process = self.program.start("--no-poll")
        try:
            yield process
        finally:
            process.kill()
            self.door.shut()
            process.communicate(timeout=ENDS_WITHIN_S)
        self.kills += 1
        self.damage += damage_of(self.program.db)

    def _look(self) -> None:
        """Holds what is stored against what was sent, and asks the doctor."""
        acknowledged, exported = self.ledger.acknowledged(), self.program("export")
        if exported.code:
            self.damage.append(exported.err)
            return
        stored = read_export(exported.out.splitlines())
        self.stored_versions = sum(map(len, stored.values()))
        self._note("lost", (json.dumps(asdict(each), default=str) for each in lost(stored, acknowledged)))
        self._note("invented", invented(stored, self.desk.made()))
        self._note("out of order", out_of_order(stored))
        told = {each["check"]: each for each in self.program("doctor", "--json").json}
        if not told["database"]["ok"]:
            self.damage.append(str(told["database"]["detail"]))

    def _check_derived(self) -> None:
        """What is kept beside the versions fits them: the counts, and a step between each two of an article."""
        store = Store(self.program.db)
        store.steps.catch_up()
        self._note("followed", self.follower.wrong(store))
        versions = last = 0
        while batch := store.articles.by_id(BATCH, last):
            last = batch[-1].id
            versions += sum(article.version_count for article in batch)
            wrong = [each.url for each in batch if len(store.steps.of_article(each.id)) != each.version_count - 1]
            self._note("derived", wrong)
        if versions != store.counts()["versions"] or versions != self.stored_versions:
            self._note(
                "derived", [f"{versions} versions by article, {store.counts()}, {self.stored_versions} exported"]
            )
        store.close()

    def _note(self, what: str, found: Iterable[str]) -> None:
        self.wrong[what] += [each for each in found if each not in self.wrong[what]]

    def _figures(self) -> list[Figure]:
        refused = sum(n for what, n in self.ledger.others.items() if what.startswith(("answered", "imports refused")))
        found = defaultdict(list, self.wrong | {"damaged": self.damage})
        if any(found.values()):
            self.run.kept.mkdir(parents=True, exist_ok=True)
            for name, lines in found.items():
                (self.run.kept / f"{name}.txt").write_text("\n".join(lines), encoding="utf-8")
        return [
            figure("kills", self.kills),
            figure("captures acknowledged", len(self.ledger.acknowledged())),
            figure("versions stored", self.stored_versions),
            *(figure(name, number) for name, number in sorted(self.ledger.others.items())),
            figure("captures or imports refused", refused, at_most=0),
            figure("acknowledged and lost", len(found["lost"]), at_most=0),
            figure("stored, never sent", len(found["invented"]), at_most=0),
            figure("versions out of order", len(found["out of order"]), at_most=0),
            figure("counts and steps that do not fit", len(found["derived"]), at_most=0),
            figure("steps followed", len(self.follower.told)),
            figure("steps skipped or told twice", len(found["followed"]), at_most=0),
            figure("times the file was damaged", len(self.damage), at_most=0),
        ]


def damage_of(db: Path) -> list[str]:
    """What SQLite finds wrong with a file; nothing where there is none yet."""
    if not db.exists():
        return []
    with closing(sqlite3.connect(db)) as connection:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
    return [] if found == ["ok"] else found


def _run(run: Run) -> list[Figure]:
    chance = random.Random(run.seed)  # noqa: S311 (moments, not secrets)
    return Killing(run, chance, Program(run.folder, serves_anew=True), Newsdesk(run.seed)).go()


KILLS = Check(
    "kill -9 while captures and imports come in; whatever was acknowledged must be there",
    "kills",
    _run,
    full=Extent(times=300),
    quick=Extent(times=30),
    smallest=Extent(times=2),
)
