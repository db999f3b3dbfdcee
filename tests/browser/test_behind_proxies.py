"""A backend behind the real nginx and Caddy with TLS, as the paper on hosting has them, and a real Chromium before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.server.reverse_proxies import HOST, program, proxied

from .backend import Backend, rowback
from .cases import BUSES, COST, RUST, TITLE, story
from .deadline import until
from .overlay import NOT_STORED, Overlay

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .conftest import Readers
    from .reader import Reader
    from .site import Site

LARGE = 2_400_000  # characters, as some publishers send them
STORED_WITHIN_S = 60.0  # it is a large page
DATA = '<script type="application/ld+json">{"@type": "ItemList", "itemListElement": [%s]}</script>'
ITEM = '{"@type": "ListItem", "position": %d, "url": "https://news.test/topics/%06d"}'


@dataclass(frozen=True)
class Hosted:
    """A backend, its address for everybody else, and the folder of what stands before it."""

    backend: Backend
    url: str
    kind: str
    folder: Path


@pytest.fixture(scope="module", params=[("nginx", ""), ("caddy", "/rowback")], ids="".join)
def hosted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    kind, path = request.param
    if program(kind) is None:
        pytest.skip(f"{kind} or openssl is not installed")
    folder = tmp_path_factory.mktemp(kind)
    backend = Backend(folder, environment={"ROWBACK_ALLOWED_HOSTS": HOST[path]})
    backend.start()
    with proxied(kind, path, backend.port, folder) as outside:
        yield Hosted(backend, outside.base, kind, folder)
    backend.stop()


@pytest.fixture
def away(readers: Readers, hosted: Hosted) -> Reader:
    """A browser whose backend is elsewhere, connected by a yes on the pages of that backend."""
    reader = readers.start(hosted.url, here=list(HOST.values()))
    reader.accept_prompts()
    reader.go_to_onboarding()
    onboarding = reader.tab()
    until(lambda: _connection(reader) == "pairing-pending", "a code to be shown")
    reader.new_tab()
    reader.open(rowback("sign-in", "--at", hosted.url, "--db", hosted.backend.database))
    before = set(reader.tabs())
    reader.switch(onboarding)
    reader.click("#connection button.main")
    until(lambda: set(reader.tabs()) - before, "the backend's page to be opened")
    reader.switch((set(reader.tabs()) - before).pop())
    assert reader.address().startswith(f"{hosted.url}/pair?")
    reader.click("button[value=yes]")
    until(lambda: "Connected: " in (reader.ask("shown") or ""), "the backend to say so")
    reader.switch(onboarding)
    until(lambda: _connection(reader) == "connected", "it to be connected")
    reader.grant_all_sites()
    return reader


@pytest.mark.parametrize("browser", ["chromium"], indirect=True)
def test_a_large_page_is_followed_and_its_edits_are_shown(away: Reader, hosted: Hosted, site: Site) -> None:
    name = f"large-{away.name}-{hosted.kind}"
    before = story(name, (TITLE, COST.format("four"), RUST, BUSES))
    items = ", ".join(ITEM % (number, number) for number in range(LARGE // len(ITEM)))
    html = before.page(head=DATA % items)
    assert len(html) > LARGE
    site.put(before.url, html)
    overlay = Overlay(away)
    page = away.new_tab()
    away.open(before.url)
    overlay.wait_over(NOT_STORED)
    away.open_beside("popup/index.html")
    away.click("#page .main")
    until(
        lambda: away.ask("attribute", "#page", "data-state") == "none" and hosted.backend.knows(before.url),
        lambda: f"the popup to know the article; it says {away.ask('shown')!r}",
        STORED_WITHIN_S,
    )
    edited = (COST.format("nine"), RUST, BUSES)
    blocks = [{"kind": "p", "text": paragraph} for paragraph in edited]
    hosted.backend.api("POST", "/api/v1/captures", {"url": before.url, "title": TITLE, "blocks": blocks})
    site.put(before.url, story(name, (TITLE, *edited)).page())
    away.switch(page)
    away.reload()
    overlay.wait()
    assert overlay.words_marked() == ["nine"]
    assert away.errors() == []
    if hosted.kind == "nginx":
        _came_packed((hosted.folder / "access.log").read_text(encoding="utf-8"))


def _came_packed(log: str) -> None:
    """The whole page came through in one request, a small part of its size."""
    sent = re.findall(r"POST /api/v1/captures \S+ 201 length=(\d+) coding=(\S+)", log)
    assert [coding for _, coding in sent] == ["gzip"] * len(sent)
    assert sent
    assert all(int(length) < LARGE / 3 for length, _ in sent)


def _connection(reader: Reader) -> str:
    return str(reader.ask("attribute", "#connection", "data-state"))
