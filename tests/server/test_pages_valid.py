"""Every page in every state is valid HTML, checked by a validator that knows the standard; hostile texts included."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from rowback.model import Attribution, Origin
from rowback.store.feeds import Entry, FeedKind
from rowback.store.shares import of_feed
from rowback.store.work import Next, Outcome

from .samples import PARAGRAPHS, START, URL, capture, changed

if TYPE_CHECKING:
    from .backend import Backend, Client

VALIDATOR = Path(__file__).with_name("validate.mjs")
NODE_WITHIN_S = 120
BROWSER = {"Accept": "text/html"}
HOSTILE = (
    "</p></div><script>alert(1)</script> \u202e'\"><b a=b>bold&nbsp;&#0;&notanentity <!-- \U0001f6a2 " + "long" * 80
)
HOSTILE_URL = "https://www.harbour-echo.example/hostile"
KINDS = ("h2", "li", "blockquote", "figcaption", "pre", "tr", "h6", "p")
PATHS = (
    "/",
    "/?source=harbour-echo.example&label=figure&headline=1&from=2026-01-01",
    "/?source=nowhere.example",
    "/?older=2026-01-10T09:30:00Z,99",
    "/articles",
    "/articles?older=2020-01-01T00:00:00Z,1",
    "/about",
    "/new",
    "/follow",
    "/follow?country=de",
    "/status",
    "/login",
    "/search",
    "/search?q=ferry",
    "/search?q=removed:400",
    "/search?q=zyxomma",
    "/search?q=colour:red",
    f"/search?q={quote(HOSTILE[:200])}",
    "/find?url=https://other.example/story",
    "/nowhere",
    "/?from=yesterday",
    *(
        f"/articles/{article}{part}"
        for article in (1, 2, 3, 4, 5)
        for part in ("", "/diff/0/1", "/diff/1/0", "/diff/0/1?view=inline", "/versions/0", "/versions/1", "/diff/0/9")
    ),
)


@pytest.fixture
def told(backend: Backend) -> Client:
    """Articles with edits of every kind, with hostile texts, with one version, and a hidden one; feeds and failures."""
    client = backend.client
    for n, texts in enumerate((PARAGRAPHS, changed("400", "900"), changed("400", "900")[::-1])):
        client.capture(texts, seen_at=(START + timedelta(hours=n)).isoformat())
    for n in range(2):
        blocks = [{"kind": kind, "text": f"{HOSTILE} {kind} {n}"} for kind in KINDS]
        seen_at = (START + timedelta(hours=n)).isoformat()
        body = {"url": HOSTILE_URL, "title": f"{HOSTILE} {n}", "blocks": blocks, "seen_at": seen_at}
        assert client.post("/api/v1/captures", body).status == 201
    client.capture(
        ["One version only, of a lamp that was lit."], url=f"{URL}-once", title="", seen_at=START.isoformat()
    )
    client.capture(["A hidden text about a bell."], url=f"{URL}-hidden", seen_at=START.isoformat())
    backend.store.owner.hide(4, HOSTILE)
    for n, texts in enumerate((PARAGRAPHS, changed("400", "900"))):
        found = capture(texts, url=f"{URL}-copied", minutes=n)
        copy = Attribution(HOSTILE, f'https://copies.example/{n}/a b"><c>|{{}}`^[]%zz\\é#d#e')
        backend.store.record(replace(found, origin=Origin.ARCHIVE, memento=copy), START)
    _trouble(backend)
    return client


def _trouble(backend: Backend) -> None:
    """A feed that cannot be read, of which something was dropped and something waits for its share of a day that is used up;
    a host that turned us away, a capture that was not believed."""
    store, now = backend.store, backend.clock()
    feed, _ = store.feeds.add("https://feeds.example/<b>?a=1&b=2", FeedKind.FEED, HOSTILE, now)
    store.feeds.finish(feed.id, now, Next(now, Outcome.FAILED, HOSTILE, 3), 900)
    for n in range(2):
        store.feeds.take_in(feed.id, [Entry(f"https://feeds.example/{n}")], now)
        if not n:
            store.finds.drop(feed.url, now)
    store.spending.note_limit(1)
    store.spending.spend(of_feed(feed.id), now, 1)
    job = store.queue.take(now, "test", now + timedelta(minutes=5), now)
    assert job is not None
    store.queue.release(job.host, "test", now + timedelta(hours=2), HOSTILE)
    page = "<html><title>404 Not Found</title><body><p>Not found</p></body></html>"
    backend.client.post("/api/v1/captures", {"url": URL, "html": page})


def test_every_page_is_valid_html(told: Client) -> None:
    pages = {path: told.get(path, **BROWSER) for path in PATHS}
    texts = {
        path: answer.body.decode()
        for path, answer in pages.items()
        if answer.headers["content-type"].startswith("text/html")
    }
    assert len(texts) == len(PATHS)
    shared = {path for page in texts.values() for path in re.findall(r'href="(/articles/\d+/edits/[^"/]+)"', page)}
    assert len(shared) > 10
    texts |= {path: told.get(path, **BROWSER).body.decode() for path in sorted(shared)}
    assert faults(texts) == []


def test_empty_pages_are_valid_html(client: Client) -> None:
    assert faults({path: client.get(path, **BROWSER).body.decode() for path in ("/", "/articles", "/status")}) == []


def test_the_validator_finds_faults() -> None:
    page = "<!doctype html><html lang='en'><head><title>A page</title></head><body>{}</body></html>"
    assert faults({"good": page.format("<p>Text</p>")}) == []
    for bad in ("<p><div></div></p>", "<ul><p>Text</p></ul>", "<i id='a'></i><i id='a'></i>", "<p>Text</div>"):
        assert faults({"bad": page.format(bad)}), bad


def faults(pages: dict[str, str]) -> list[str]:
    """What the validator finds, a line each."""
    node = shutil.which("node")
    assert node is not None, "the tests need Node"
    found = subprocess.run(
        [node, str(VALIDATOR)],
        input=json.dumps(pages),
        capture_output=True,
        text=True,
        timeout=NODE_WITHIN_S,
        check=True,
    )
    return found.stdout.splitlines()
