"""What is edited, who is to be told of it, and what they were told."""

from __future__ import annotations

import random
import re
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rowback.alerts.targets import read_target
from rowback.capture.captures import from_blocks
from rowback.clock import utc_now
from rowback.model import Origin
from rowback.store.alerts import Schedule
from rowback.store.audience import OWNER
from rowback.store.known_order import Since
from tests.server.alert_targets import HOST

if TYPE_CHECKING:
    from rowback.store import Store
    from tests.server.alert_targets import Mailbox, WebhookTarget

ARTICLES = 30
HOOKS, MAILS = 6, 3
MOST_STEPS = 10_000
_LINK = re.compile(r"/articles/(\d+)/diff/\d+/(\d+)")
Step = tuple[int, int]  # an article's id, and the version that the step led to


@dataclass
class Newsdesk:
    """Edits figures, and has alerts for all of them at a webhook and by mail."""

    store: Store
    chance: random.Random
    figures: Counter[int] = field(default_factory=Counter)

    def begin(self, hook: WebhookTarget, mailbox: Mailbox) -> None:
        """Stores the articles and sets the alerts."""
        for number in range(ARTICLES):
            self._record(number)
        addresses = {f"Hook {n}": hook.url() for n in range(HOOKS)}
        addresses |= {
            f"Mail {n}": f"mailto://{HOST}:{mailbox.port}?to=mail-{n}@desk.test&from=rowback@desk.test"
            for n in range(MAILS)
        }
        for name, address in addresses.items():
            search = self.store.searches.save(OWNER, name, "label:figure", utc_now())
            self.store.alerts.add(search, read_target(address, {HOST}), Schedule(), utc_now(), listed_only=False)

    def edit(self, times: int) -> None:
        """Edits articles by chance."""
        for _ in range(times):
            self._record(self.chance.randrange(ARTICLES))

    def _record(self, number: int) -> None:
        self.figures[number] += 1
        text = f"The ferry carried {1_000 + self.figures[number]} people across the bay on that day, the office said."
        title, at = f"Ferry {number} is full again", utc_now()
        self.store.record(
            from_blocks(f"https://paper.example/story-{number}", title, [("p", text)], at, Origin.API), at
        )

    def edits(self) -> set[Step]:
        """All steps that are to be told."""
        filters = self.store.searches.all(OWNER)[0].filters
        found = self.store.known.page(filters, Since(), MOST_STEPS)
        return {(each.listed.article.id, each.listed.step.number) for each in found.items}


@dataclass
class Told:
    """What came in at the targets, by who was told. Safe for threads."""

    hook: WebhookTarget
    mailbox: Mailbox
    _came: threading.Condition = field(default_factory=threading.Condition)

    def listen(self) -> None:
        """Hears of what comes in from now on."""
        self.hook.before, self.mailbox.after = self._hear, self._hear

    def _hear(self, *_: object) -> None:
        with self._came:
            self._came.notify_all()

    def count(self) -> int:
        """How many messages came in."""
        return len(self.hook.posted) + len(self.mailbox.mails)

    def wait_for(self, count: int, seconds: float) -> bool:
        """Waits until so many messages are there."""
        with self._came:
            return self._came.wait_for(lambda: self.count() >= count, seconds)

    def messages(self) -> list[tuple[str, str, frozenset[Step]]]:
        """Who was told, the key of the message, and the steps in it."""
        found = []
        for post in self.hook.posted:
            steps = frozenset((each["article"]["id"], each["version"]) for each in post.told["changes"])
            found.append((str(post.told["search"]["name"]), post.key, steps))
        for mail, (to,) in zip(self.mailbox.mails, self.mailbox.sent_to, strict=True):
            name = to.partition("@")[0].replace("-", " ").capitalize()
            links = _LINK.findall(mail.get_content())
            found.append((name, str(mail["X-Rowback-Delivery"]), frozenset((int(a), int(b)) for a, b in links)))
        return found


@dataclass(frozen=True, slots=True)
class Account:
    """What was told, counted: messages that came again under their key, steps never told, twice, and under two keys."""

    messages: int
    again: int
    never: int
    twice: int
    second_key: int


def account(messages: list[tuple[str, str, frozenset[Step]]], edits: set[Step]) -> Account:
    """Holds what came in against what was edited."""
    names = [f"Hook {n}" for n in range(HOOKS)] + [f"Mail {n}" for n in range(MAILS)]
    keys: defaultdict[tuple[str, Step], list[str]] = defaultdict(list)
    for name, key, steps in messages:
        for step in steps:
            keys[name, step].append(key)
    return Account(
        messages=len(messages),
        again=len(messages) - len({key for _, key, _ in messages}),
        never=sum((name, step) not in keys for name in names for step in edits),
        twice=sum(len(each) > 1 for each in keys.values()),
        second_key=sum(len(set(each)) > 1 for each in keys.values()),
    )
