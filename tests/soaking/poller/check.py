"""The check `poller`."""

from __future__ import annotations

import signal
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain, count, groupby
from typing import TYPE_CHECKING

from rowback.capture.captures import from_blocks
from rowback.capture.poller import WORKERS
from rowback.model import Origin
from rowback.store import Store
from rowback.store.feeds import FeedKind
from tests.server.program import Program
from tests.soaking.check import Check, Extent, Figure, Run, Until, figure
from tests.soaking.hosts import Serial, address, sites
from tests.soaking.kills.stored import read_export
from tests.soaking.poller.odd import ODD, dead_port, put_all
from tests.soaking.tally import resident_mb

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.server.backend import Client
    from tests.server.program import Serving
    from tests.server.websites import Website

HOSTS, ARTICLES_EACH = 24, 8
NAMED_EACH = 2  # further articles of each host that only the feed names
EDITED_SHARE = 0.7
ODD_EVERY = 30  # looks at all articles between two at those of the odd hosts: some keep a worker for a minute
LOOK_S = 1.0
# Long enough that a few words are not believed to be what became of it.
FIRST = [f"This is what paragraph {n} said first, before anybody came and looked at it again." for n in range(12)]
WARM_CHECKS = HOSTS
MAX_GROWTH_MB = 100
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>All stories</title>{}</channel></rss>"""


@dataclass
class Polling:
    """One run of the check. Addresses in `followed` and `odd` lead to the ids of their articles."""

    run: Run
    program: Program
    serials: list[Serial]
    odd_sites: list[Website]
    followed: dict[str, int] = field(default_factory=dict)
    odd: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def asked(self) -> int:
        """How many pages the poller has asked the working hosts for."""
        return sum(serial.asked for serial in self.serials)

    def follow(self, store: Store) -> None:
        """Puts articles on all hosts and into the store, due at once; a feed names more."""
        for number in range(ARTICLES_EACH):
            for serial in self.serials:
                url = serial.publish(number)
                self.followed[url] = _captured(store, url)
        for site, path in put_all(self.odd_sites):
            url = site.url(path, address(HOSTS + self.odd_sites.index(site)))
            self.odd[url] = _captured(store, url)
        nobody = address(HOSTS + len(self.odd_sites))
        dead = f"http://{nobody}:{dead_port(nobody)}/news/a-story"
        self.odd[dead] = _captured(store, dead)
        named = [serial.publish(ARTICLES_EACH + n) for n in range(NAMED_EACH) for serial in self.serials]
        items = "".join(f"<item><title>A story</title><link>{url}</link></item>" for url in named)
        site = self.serials[0].site
        site.put("/feed.xml", FEED.format(items), Content_Type="application/rss+xml")
        store.feeds.add(site.url("/feed.xml", self.serials[0].host), FeedKind.FEED, "", datetime.now(UTC))

    def go(self, serving: Serving) -> list[Figure]:
        """Lets the poller work, ends it, and looks at what is stored."""
        self._work(serving.client, lambda: self.asked() >= WARM_CHECKS)
        before = resident_mb(serving.process.pid)
        until, wanted = Until(Extent(minutes=self.run.extent.minutes)), self.run.extent.times
        self._work(serving.client, lambda: until.is_over() or (wanted is not None and self.asked() >= wanted))
        after = resident_mb(serving.process.pid)
        for site in self.odd_sites:
            site.over.set()  # whoever waits for one of them need not any more
        ended = serving.end(signal.SIGTERM)
        if ended.code:
            self.wrong.append(f"serve ended with code {ended.code}")
        return [*self._look(), *self._figures(ended.err, before, after)]

    def _work(self, client: Client, is_enough: Callable[[], bool]) -> None:
        """Makes articles due again and again until it is enough."""
        for looks in count(1):
            self.odd_sites[0].over.wait(LOOK_S)
            self.run.say(f"{self.asked():,} pages asked for")
            if is_enough():
                return
            due = [*self.followed.values(), *(self.odd.values() if looks % ODD_EVERY == 0 else ())]
            for article_id in due:
                assert client.put(f"/api/v1/articles/{article_id}/follow").status == 200

    def _look(self) -> list[Figure]:
        """Holds what is stored against what the hosts sent out."""
        stored = read_export(self.program.ok("export").out.splitlines())
        texts = {url: [list(span.text[1]) for span in spans] for url, spans in stored.items()}
        sent = kept = on_the_way = 0
        for url, served in chain.from_iterable(serial.served.items() for serial in self.serials):
            told = [FIRST] * (url in self.followed) + [text for text, _ in groupby(served)]
            found = texts.get(url, [])
            sent, kept = sent + len(told), kept + len(found)
            on_the_way += found == told[:-1]
            if found not in (told, told[:-1]):
                self.wrong.append(f"{url} was sent as {told}, and is stored as {found}")
        self.wrong += [f"{url} has become {texts[url]}" for url in self.odd if texts[url] != [FIRST]]
        never = [serial.host for serial in self.serials if not serial.asked]
        self.wrong += [f"{host} was never asked" for host in never]
        return [
            figure("texts sent by working hosts", sent),
            figure("of these stored", kept),
            figure("on their way at the end", on_the_way, at_most=WORKERS),
        ]

    def _figures(self, log: str, before: float, after: float) -> list[Figure]:
        if self.wrong or "Traceback" in log:
            self.run.kept.mkdir(parents=True, exist_ok=True)
            (self.run.kept / "wrong.txt").write_text("\n".join(self.wrong), encoding="utf-8")
            (self.run.kept / "serve.log").write_text(log, encoding="utf-8")
        return [
            figure("pages that the poller asked for", self.asked()),
            figure("odd hosts", len(ODD) + 1),
            figure("memory at the start", before, "MB"),
            figure("memory at the end", after, "MB"),
            figure("memory grown", after - before, "MB", at_most=MAX_GROWTH_MB),
            figure("tracebacks in the log", log.count("Traceback"), at_most=0),
            figure("lost, or otherwise wrong", len(self.wrong), at_most=0),
        ]


def _captured(store: Store, url: str) -> int:
    now = datetime.now(UTC)
    article = store.record(from_blocks(url, "A story", [("p", text) for text in FIRST], now, Origin.API), now).article
    store.set_followed(article.id, now)
    return article.id


def _run(run: Run) -> list[Figure]:
    program = Program(run.folder, serves_anew=True)
    hosts = ",".join(address(number) for number in range(HOSTS + len(ODD) + 1))
    with sites(HOSTS) as served, sites(len(ODD), HOSTS) as odd:
        serials = [Serial(site, address(n), run.seed + n, EDITED_SHARE) for n, site in enumerate(served)]
        polling, store = Polling(run, program, serials, odd), Store(program.db)
        polling.follow(store)
        store.close()
        with program.serving(ROWBACK_FETCH_HOSTS=hosts, ROWBACK_DAILY_REQUESTS="0") as serving:
            return polling.go(serving)


POLLER = Check(
    "the poller among hosts that work, hosts that are dead, slow, or answer with garbage",
    "pages",
    _run,
    full=Extent(minutes=5),
    quick=Extent(minutes=1),
    smallest=Extent(times=HOSTS),
)
