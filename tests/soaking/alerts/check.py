"""The check `alerts`."""

from __future__ import annotations

import random
import sqlite3
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rowback.store import Store
from tests.server import forked
from tests.server.alert_targets import HOST, Mailbox, webhook_target
from tests.server.program import COMMAND, ENDS_WITHIN_S, Program, free_port
from tests.soaking.alerts.newsdesk import HOOKS, MAILS, Newsdesk, Told, account
from tests.soaking.check import Check, Extent, Figure, Run, Until, figure
from tests.soaking.kills.check import damage_of

if TYPE_CHECKING:
    from pathlib import Path

EDITS = (1, 2, 3, 5, 12)  # between two starts: few are told one by one, many in one message
EARLY = 1 / 8  # of the kills come before a message is waited for …
STARTS_WITHIN_S = 0.5  # … somewhere in here
AFTER_S = 0.03  # the others come so soon after one
MOST_MESSAGES = 48  # that come in between two kills: about twice as many as become due
SENDS_WITHIN_S = 8.0  # what there is; where a target is out, less comes
ENDS_TELLING_S = 900.0  # what waited since all those kills, on a machine that does other things
OUT = 1 / 6  # of the rounds a target is out
OUT_FOR_S = 2.0
BOTH = 1 / 4  # of the rounds two pollers run
ROUNDS_AT_THE_END = 20
SAID_EVERY = 20  # kills


@dataclass
class Killing:
    """One run of the check."""

    run: Run
    chance: random.Random
    program: Program
    desk: Newsdesk
    told: Told
    kills: int = 0
    at_work: int = 0
    outages: int = 0
    damage: list[str] = field(default_factory=list)

    def go(self) -> list[Figure]:
        """Kills until the extent is over, then lets what is left be told."""
        until = Until(self.run.extent)
        while not self.damage and until.once_more():
            self._once()
        self._finish()
        return self._figures()

    def _once(self) -> None:
        """Edits, has pollers send, and kills them at it."""
        self.desk.edit(self.chance.choice(EDITS))
        self.told.hook.is_out, self.told.mailbox.is_out = (self.chance.random() < OUT for _ in range(2))
        self.outages += self.told.hook.is_out + self.told.mailbox.is_out
        before = self.told.count()
        pollers = [self._poller() for _ in range(2 if self.chance.random() < BOTH else 1)]
        self._wait_for_the_moment(before)
        self.at_work += self.told.count() > before
        for poller in pollers:
            if poller.poll() is not None:
                self.damage.append(f"rowback poll ended by itself with {poller.wait()}")
            poller.kill()
            poller.communicate(timeout=ENDS_WITHIN_S)
            self.kills += 1
            if self.kills % SAID_EVERY == 0:
                self.run.say(f"{self.kills} kills, {self.told.count():,} messages")
        self.damage += damage_of(self.program.db)
        let_time_pass(self.program.db)

    def _wait_for_the_moment(self, before: int) -> None:
        if self.chance.random() < EARLY:
            self._pause(self.chance.uniform(0, STARTS_WITHIN_S))
            return
        wanted = self.chance.randrange(MOST_MESSAGES) + 1
        self.told.wait_for(before + wanted, OUT_FOR_S if self._is_out() else SENDS_WITHIN_S)
        self._pause(self.chance.uniform(0, AFTER_S))

    def _is_out(self) -> bool:
        return self.told.hook.is_out or self.told.mailbox.is_out

    def _pause(self, seconds: float) -> None:
        self.told.wait_for(self.told.count() + 1_000, seconds)

    def _poller(self) -> forked.Process:
        with (self.program.folder / "poll.log").open("a", encoding="utf-8") as log:
            environment = self.program.environment() | {"ROWBACK_FETCH_HOSTS": HOST}
            return forked.start(forked.MAIN, ["poll", "--quiet"], environment, name=COMMAND, err=log)

    def _finish(self) -> None:
        """Nobody is killed any more: `rowback poll --once`, as cron runs it, until nothing waits."""
        self.told.hook.is_out = self.told.mailbox.is_out = False
        for _ in range(ROUNDS_AT_THE_END):
            let_time_pass(self.program.db)
            self.program.ok("poll", "--once", within_s=ENDS_TELLING_S, ROWBACK_FETCH_HOSTS=HOST)
            if all(each.state != "waiting" for each in self.desk.store.deliveries.log(limit=1_000_000)):
                return
        self.damage.append(f"something waits after {ROUNDS_AT_THE_END} rounds in which all targets were there")

    def _figures(self) -> list[Figure]:
        edits = self.desk.edits()
        found = account(self.told.messages(), edits)
        if self.damage or found.never or found.second_key:
            self.run.kept.mkdir(parents=True, exist_ok=True)
            (self.run.kept / "wrong.txt").write_text("\n".join(self.damage), encoding="utf-8")
            self.desk.store.backup(self.run.kept / "rowback.db")
        return [
            figure("kills of a poller", self.kills),
            figure("times in which messages had begun to come in", self.at_work),
            figure("outages of a target", self.outages),
            figure("edits, for each of the alerts", len(edits)),
            figure("alerts", HOOKS + MAILS),
            figure("messages that came in", found.messages),
            figure("edits never told", found.never, at_most=0),
            figure("edits told under a second key", found.second_key, at_most=0),
            figure("edits told twice under one key", found.twice - found.second_key),
            figure("messages that came again", found.again),
            figure("messages that came again, a kill", found.again / max(1, self.kills)),
            figure("otherwise wrong", len(self.damage), at_most=0),
        ]


def let_time_pass(db: Path) -> None:
    """As if the minutes were over for which what was killed holds its alerts, and a target that failed is left alone."""
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute(
            "update alerts set lease_until = created_at, next_at = created_at where lease_until is not null "
            "or next_at <> created_at"
        )


def _run(run: Run) -> list[Figure]:
    chance, program = random.Random(run.seed), Program(run.folder)  # noqa: S311 (moments, not secrets)
    with ExitStack() as stack:
        hook, mailbox = stack.enter_context(webhook_target()), Mailbox(free_port())
        stack.enter_context(mailbox.open())
        store = Store(program.db)
        stack.callback(store.close)
        desk, told = Newsdesk(store, chance), Told(hook, mailbox)
        desk.begin(hook, mailbox)
        told.listen()
        return Killing(run, chance, program, desk, told).go()


ALERTS = Check(
    "kill -9 of pollers that send alerts, with outages; every edit must be told, and under one key",
    "rounds",
    _run,
    full=Extent(times=200),
    quick=Extent(times=20),
    smallest=Extent(times=2),
)
