"""A newcomer's first day: from the page that opens after the install to the first true mark on an article.

Every press is counted by the name of what is pressed, so that no step more comes in unseen. The time is printed, and held to
nothing: it is the machine's as much as ours.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.server.reverse_proxies import HOST, program, proxied

from .backend import Backend, rowback
from .cases import BUSES, COST, RUST, TITLE, story
from .deadline import until
from .newspaper import Newspaper
from .overlay import Overlay
from .test_earlier_versions import archived_backend

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from .conftest import Readers
    from .reader import Reader, Tab
    from .site import Site

Snap = Callable[["Reader", str], None]
MARKED_WITHIN_S = 60.0  # an archive is asked for one thing a second, and both cores may be busy
STORED_WITHIN_S = 120.0  # one host is left alone for some seconds between two questions
HERE = "127.0.0.1"
# What is pressed: three times in all where a newcomer is at home.
YES, ALLOW, FOLLOW = "yes", "allow all sites", "follow"
HAVE_CODE = "a backend elsewhere, or a code"
TOOLBAR, LOOK = "the toolbar's button", "look for earlier versions"


@dataclass
class Newcomer:
    """Someone at a fresh browser whose presses are counted, from `begun_at` (seconds of a steady clock)."""

    reader: Reader
    begun_at: float = field(default_factory=time.monotonic)
    pressed: list[str] = field(default_factory=list)

    def press(self, css: str, name: str) -> None:
        self.reader.click(css)
        self.pressed.append(name)

    def say_yes(self, backend: Backend, snap: Snap) -> None:
        """Connects at home: the browser was signed in when `rowback serve` opened its link. The page that asks opens by
        itself beside the first one, and goes when it was answered."""
        reader = self.reader
        reader.go_to_onboarding()
        onboarding = reader.tab()
        until(lambda: _connection(reader) == "pairing-pending", "a code to be shown")
        code = reader.ask("text", ".pairing-code")
        asking = until(lambda: reader.tab_at(f"{backend.url}/"), "the page that asks to open by itself")
        reader.switch(asking)
        reader.open(backend.sign_in_link())
        reader.open(f"{backend.url}/pair?code={code}")
        until(lambda: code in (reader.ask("shown") or ""), "the very code to be shown")
        snap(reader, "first-day-asked")
        self.press("button[value=yes]", YES)
        until(lambda: asking not in reader.tabs(), "the page that asked to go by itself")
        reader.switch(onboarding)
        until(lambda: _connection(reader) == "connected", "the first page to go on by itself")

    def allow_all_sites(self) -> None:
        self.reader.accept_prompts()
        self.reader.go_to_onboarding()
        self.press("#allow-all-sites", ALLOW)
        until(self.reader.has_all_sites, "all sites to be granted")

    def open_popup(self) -> Tab:
        """The press is the browser's own, and lets Rowback look at this tab."""
        self.reader.press_toolbar()
        self.pressed.append(TOOLBAR)
        return self.reader.open_beside("popup/index.html")

    def tell(self) -> None:
        """For people: how many presses, and how long it took on this machine."""
        took = time.monotonic() - self.begun_at
        print(f"\n{self.reader.name}: {len(self.pressed)} presses ({', '.join(self.pressed)}) in {took:.1f} s")


def test_a_newcomer_sees_a_mark_on_an_article_that_nobody_stored(
    tmp_path: Path, readers: Readers, site: Site, snap: Snap
) -> None:
    bridge = story(
        f"first-day-{readers.browser}",
        *((TITLE, COST.format(figure), RUST, BUSES) for figure in ("four", "seven", "nine")),
    )
    site.put(bridge.url, bridge.page())
    with archived_backend(tmp_path) as (archive, backend):
        archive.keep(bridge, 2, 9, 16)
        reader = readers.start(backend.url)
        overlay = Overlay(reader)
        newcomer = Newcomer(reader)
        newcomer.say_yes(backend, snap)
        snap(reader, "first-day-connected")
        article = reader.new_tab()
        reader.open(bridge.url)
        assert archive.asked() == [], "no archive is asked before somebody wants it"
        newcomer.open_popup()
        until(lambda: reader.ask("attribute", "#past", "data-state") == "unasked", "earlier versions to be offered")
        snap(reader, "first-day-popup")
        newcomer.press("#past button", LOOK)
        reader.switch(article)
        until(lambda: overlay.words_marked() == ["nine"], "the first mark, without a reload", MARKED_WITHIN_S)
        newcomer.tell()
        snap(reader, "first-day-mark")
        assert newcomer.pressed == [YES, TOOLBAR, LOOK]
        assert not reader.has_all_sites(), "it was let look at this tab alone"
        reader.click("[data-edit]")
        card = until(overlay.card, "the card of the mark")
        assert card.inserted == ["nine"]
        assert card.deleted[0] in {"four", "seven"}
        assert reader.errors() == []


class Unheard(Newspaper):
    """The demo's newspaper, which tells no backend what it prints."""

    def _record(self, url: str, html: str, seen_at: datetime) -> None:
        """Whoever wants it reads it."""


@pytest.fixture
def unheard(own_backend: Backend) -> Iterator[Newspaper]:
    own_backend.polls = True
    own_backend.environment["ROWBACK_FETCH_HOSTS"] = HERE
    newspaper = Unheard(own_backend)
    newspaper.start()
    own_backend.start()
    yield newspaper
    newspaper.stop()


def test_a_newcomer_follows_a_newspaper_and_sees_its_next_edit(
    readers: Readers, unheard: Newspaper, snap: Snap
) -> None:
    backend, edited = unheard.backend, next(each for each in unheard.stories if each.slug == "fishmarket-sea-wall")
    address = unheard.address(edited)
    reader = readers.start(backend.url)
    overlay = Overlay(reader)
    newcomer = Newcomer(reader)
    newcomer.say_yes(backend, snap)
    until(lambda: reader.ask("attribute", "#follow-open", "hidden") is None, "the third step to open")
    reader.run_in_page("() => document.querySelector('#feed').focus()")
    reader.type(f"{unheard.url}/")
    reader.press("Enter")
    row = f'[data-url="{unheard.url}/"]'
    until(lambda: reader.ask("attribute", row, "data-state") == "found", lambda: str(reader.ask("text", "#own-list")))
    snap(reader, "first-day-found")
    offered = reader.ask("text", "#open-list") or ""
    assert str(backend.port) not in offered, "the backend's own pages are no site to follow"
    reader.run_in_page("() => document.querySelector('#follow-chosen').scrollIntoView()")
    newcomer.press("#follow-chosen", FOLLOW)
    until(lambda: reader.ask("attribute", row, "data-state") == "followed", "the newspaper to be followed")
    until(lambda: backend.knows(address), "its stories to be stored", STORED_WITHIN_S)
    unheard.press("publish", edited)
    reader.new_tab()
    reader.open(address)
    article = reader.tab()
    newcomer.open_popup()
    until(lambda: reader.ask("attribute", "#show-changed", "class") == "main", "the page to be known as the newer one")
    snap(reader, "first-day-newer")
    reader.switch(article)
    until(overlay.words_marked, "the backend to have looked, and the mark without a reload", MARKED_WITHIN_S)
    newcomer.tell()
    snap(reader, "first-day-edit")
    assert overlay.words_marked()
    assert newcomer.pressed == [YES, FOLLOW, TOOLBAR]
    assert reader.errors() == []


@pytest.mark.skipif(program("nginx") is None, reason="nginx or openssl is not installed")
@pytest.mark.parametrize("browser", ["chromium"], indirect=True)
def test_who_was_invited_joins_with_a_code_behind_nginx_and_sees_what_is_listed(
    own_backend: Backend, readers: Readers, site: Site, snap: Snap
) -> None:
    own_backend.environment["ROWBACK_ALLOWED_HOSTS"] = HOST[""]
    own_backend.start()
    ferry = story("first-day-joined", *((TITLE, COST.format(figure), RUST, BUSES) for figure in ("four", "nine")))
    site.put(ferry.url, ferry.page())
    own_backend.tell(ferry)
    article = own_backend.edits(ferry.url)["article"]["id"]
    own_backend.api("PUT", f"/api/v1/articles/{article}/listed")
    with proxied("nginx", "", own_backend.port, own_backend.folder) as outside:
        link = rowback("invite", "Ada", "--at", outside.base, "--db", own_backend.database)
        reader = readers.start(outside.base, here=list(HOST.values()))
        overlay = Overlay(reader)
        newcomer = Newcomer(reader)
        reader.accept_prompts()
        reader.go_to_onboarding()
        until(lambda: _connection(reader) == "pairing-pending", "the page to be filled")
        newcomer.press("#elsewhere summary", HAVE_CODE)
        reader.run_in_page("() => document.querySelector('#token').focus()")
        reader.type(parse_qs(urlsplit(link).query)["code"][0].lower())
        reader.press("Enter")
        until(lambda: _connection(reader) == "connected", "the code to let the reader in")
        left = "() => document.querySelector('#token').value"
        until(lambda: reader.run_in_page(left) == "", "the code, which is used up, to leave its field")
        snap(reader, "first-day-joined")
        newcomer.allow_all_sites()
        reader.new_tab()
        reader.open(ferry.url)
        overlay.wait()
        newcomer.tell()
        assert overlay.words_marked() == ["nine"]
        assert newcomer.pressed == [HAVE_CODE, ALLOW]
        assert "Ada, Rowback in " in rowback("tokens", "--db", own_backend.database)
        assert reader.errors() == []


def _connection(reader: Reader) -> str:
    return str(reader.ask("attribute", "#connection", "data-state"))
