"""An invented newspaper's stories, stored as they were edited, and a poller's good and bad days with them.

What is here is there to be told: every kind of edit, texts that come back, texts seen aside, feeds and hosts in trouble.
`test_openapi` says what is missing when a story is shortened.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.model import BLOCK_KINDS, Block, Capture, Content, Doubt, Origin, PageText, Reason, Status
from rowback.store.feeds import Entry, FeedKind
from rowback.store.shares import ARTICLES
from rowback.store.work import Next, Outcome
from rowback.text.reading import READING

from .samples import START, at, content

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from rowback.store import Store

SITE = "https://www.saltmarsh-post.example"
SALT, BELL, MENU, LAMP, WALK, HIDDEN, QUIET, CRANE = (
    f"{SITE}/news/{name}" for name in ("salt-works", "bell-tower", "menu", "lamp", "walk", "hidden", "quiet", "crane")
)
SALT_WORKS = (
    (
        "Salt works to close in autumn",
        "Readers can write to us about this story.",
        "The old salt works may close in autumn, the council said on Monday.",
        "The pans were dug in 1820 and fed half of the coast for a century. Eleven people work there today, most in summer.",
        "The rent will not rise this year, the treasurer said.",
        "Next year it will be looked at again, with the works' books.",
        "The works recieved 40 visitors on a weekday.",
        "A guided walk costs three crowns.",
        "The pump house keeps its roof.",
        "The road to the sea stays as narrow as it is.",
        "Bread with salt butter is sold at the gate.",
    ),
    (
        "Salt works to stay open",
        "The old salt works will stay open, the council said on Monday.",
        "The pans were dug in 1820 and fed half of the coast for a century.",
        "Eleven people work there today, most in summer.",
        "The rent will not rise this year, the treasurer said. Next year it will be looked at again, with the works' books.",
        "The works recieved 60 visitors on a weekday.",
        "Bread with salt butter is sold at the gate.",
        "The pump house keeps its roof.",
        "The road to the sea stays as narrow as it is.",
        "A museum is planned in the boiler room, which nobody has entered for thirty years.",
    ),
)
PASSING = "A fire broke out in the pump house on Tuesday night."
CORRECTION = "Correction: An earlier version gave another number of visitors."


def tell(store: Store) -> None:
    """Stores everything, in order of time."""
    _salt_works(store)
    _back_and_forth(store)
    _every_block(store)
    _every_origin(store)
    _seen_aside(store)
    _counted(store)
    _record(store, HIDDEN, [("Names of the crew", "The crew of the ferry was named on Monday.")])
    store.owner.hide(_id(store, HIDDEN), "A court asked for it.")
    quiet = [f"Nothing has changed since Sunday. The quay {got} no boat." for got in ("recieved", "received")]
    _record(store, QUIET, [("Nothing new at the quay", text) for text in quiet])
    store.queue.finish_article(
        _id(store, QUIET), at(600), Next(None, Outcome.GONE, "It answered 410.", status=Status.GONE)
    )
    _feeds(store)
    _silent_site(store)
    _read_again(store)


def _record(store: Store, url: str, texts: Iterable[Sequence[str]], *, minutes: float = 0, every: float = 60) -> None:
    for n, (title, *paragraphs) in enumerate(texts):
        seen_at = at(minutes + n * every)
        store.record(Capture(url, content(title, paragraphs), seen_at, Origin.POLL), seen_at)


def _read_again(store: Store) -> None:
    """A page that older rules read with a line that is none of its text."""
    older = content(
        "Crane moved to the north quay", ("Get our letter every day.", "The crane stands on the north quay now.")
    )
    newer = replace(older, blocks=older.blocks[1:])
    for n, (reading, said) in enumerate(((0, older), (READING, newer))):
        says = PageText(tuple(block.text for block in older.blocks), (), (older.title,))
        told = Capture(CRANE, said, at(700 + n), Origin.POLL, is_page=True, reading=reading, page=says)
        store.record(replace(told, is_listing=True), told.seen_at)


def _id(store: Store, url: str) -> int:
    article = store.articles.find(url)
    assert article is not None
    return article.id


def _salt_works(store: Store) -> None:
    """Every kind of edit in one step; then a paragraph that comes and goes, and a note that owns up to the figure."""
    first, second = SALT_WORKS
    mended = tuple(text.replace("recieved", "received") for text in second)
    _record(store, SALT, [first, second, (*mended, PASSING), (*mended, CORRECTION)])


def _back_and_forth(store: Store) -> None:
    """Two texts in turns, each of them an edit."""
    rings, is_silent = ("Bell tower", "The bell rings at noon."), ("Bell tower", "The bell is silent at noon.")
    _record(store, BELL, [rings, is_silent, rings, is_silent])


def _every_block(store: Store) -> None:
    """One block of every kind, put in at once."""
    said = tuple(
        Block(kind, f"The dish of the day is number {n}, as it was told in {kind}.")
        for n, kind in enumerate(BLOCK_KINDS)
    )
    for n, blocks in enumerate(((Block("p", "The menu follows."),), (Block("p", "The menu follows."), *said))):
        store.record(Capture(MENU, Content("Menu", blocks), at(60 * n), Origin.IMPORT), at(60 * n))


def _every_origin(store: Store) -> None:
    """A version from everywhere that one can come from."""
    for n, origin in enumerate(Origin):
        text = content("The lamp of the light", [f"The lamp was seen {n} times, it was said."])
        store.record(Capture(LAMP, text, at(60 * n), origin), at(60 * n))


def _seen_aside(store: Store) -> None:
    """Headlines on trial, a reader's copy and the server's, and a promotion that goes from story to story."""
    walk = ("The walk along the dyke is open again.", "It takes an hour, and dogs are welcome on it.")
    trial = [("A walk by the sea", *walk), ("Open again: the dyke", *walk)]
    _pages(store, WALK, [(title, Origin.POLL) for title in trial * 4])
    _pages(store, f"{SITE}/news/copies", [(trial[0], Origin.POLL), (trial[1], Origin.BROWSER), (trial[0], Origin.POLL)])
    promotion = "Our guide to the marsh is at every kiosk now."
    for n in range(6):
        plain = (f"Story {n}", f"This is what happened in part {n} of the marsh.", *walk)
        _pages(
            store,
            f"{SITE}/news/part-{n}",
            [(plain, Origin.POLL), ((*plain, promotion), Origin.POLL), (plain, Origin.POLL)],
        )


def _counted(store: Store) -> None:
    """A line beside the text that counts boats, in each of a source's stories."""
    for look in range(3):
        for n in range(4):
            said = content(f"Berth {n}", [f"What befell the boat at berth {n}.", f"{100 * n + look} boats in port"])
            capture = Capture(f"{SITE}/news/berth-{n}", said, at(240 * look), Origin.POLL, is_page=True, loose=(1,))
            store.record(capture, at(240 * look))


def _pages(store: Store, url: str, seen: Iterable[tuple[Sequence[str], Origin]]) -> None:
    for n, ((title, *paragraphs), origin) in enumerate(seen):
        capture = Capture(url, content(title, paragraphs), at(240 * n), origin)
        store.record(replace(capture, is_page=True), at(240 * n))


def _silent_site(store: Store) -> None:
    """A site that shows the server nothing any more."""
    for n in range(3):
        url = f"https://www.duneside-mail.example/news/dune-{n}"
        _record(store, url, [(f"Dune {n} has moved", "It moved by a metre in the night, it was said.")])
        store.failures.note(url, Doubt(Reason.SCRIPTS, "It came without its text."), Origin.POLL, at(600))


def _feeds(store: Store) -> None:
    """A feed of every kind: read, in trouble, given up, not read yet; finds; and a host that turns us away."""
    now = START + timedelta(days=1)
    later = now + timedelta(hours=2)
    ids = {
        kind: store.feeds.add(f"{SITE}/{kind}", kind, f"Post, {kind}", START, ["/news/"], ["/sport/"])[0].id
        for kind in FeedKind
    }
    finish = store.feeds.finish
    finish(ids[FeedKind.FEED], now, Next(later, Outcome.READ, "It named 2 articles."), 3600)
    finish(ids[FeedKind.SITEMAP], now, Next(None, Outcome.GONE, "It answered 410.", 3), 3600)
    finish(ids[FeedKind.FRONT], now, Next(later, Outcome.BLOCKED, "It answered 429.", 2), 3600)
    for kind in (FeedKind.FEED, FeedKind.FRONT):
        store.feeds.take_in(ids[kind], [Entry(BELL, None, f"Quay sleeps on, says the {kind}")], now)
    store.feeds.take_in(ids[FeedKind.FEED], [Entry(f"{SITE}/news/found-{n}") for n in range(2)], now)
    store.queue.finish_find(f"{SITE}/news/found-0", Next(later, Outcome.FAILED, "No answer came.", 1))
    article = _id(store, BELL)
    store.queue.finish_article(article, now, Next(later, Outcome.MISSING, "It answered 404.", 1, 1))
    store.queue.finish_article(
        _id(store, MENU), now, Next(None, Outcome.UNCHANGED, "It is settled.", status=Status.SETTLED)
    )
    store.set_followed(_id(store, f"{SITE}/news/part-0"), None)
    _hold_a_host(store, now, later)
    store.presence.note("a poller", now)
    store.presence.lose("a thread of the poller ended by an error; another took its place", now)
    store.spending.note_limit(1, 400)
    store.spending.spend(ARTICLES, now, 1)


def _hold_a_host(store: Store, now: datetime, later: datetime) -> None:
    job = store.queue.take(now, "a poller", later, now)
    assert job is not None
    store.queue.release(job.host, "a poller", later, "It asked us to wait.")
