"""Another extension in the same browser, without any permission: it gets nothing from the backend, nor from ours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from .backend import rowback
from .cases import FIGURE
from .chromium import Chromium
from .conftest import binary_of
from .deadline import until
from .overlay import Overlay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Playwright

    from .backend import Backend
    from .site import Site

WORKER = "stranger.js"
MANIFEST = {"manifest_version": 3, "name": "Stranger", "version": "1", "background": {"service_worker": WORKER}}
WRITES = ("pair", "pair/token", "sign-in", "captures", "feeds", "lookup")
READS = ("/api/v1/edits?url=https%3A%2F%2Fnews.test%2F", "/api/v1/articles", "/api/v1/status", "/", "/pair", "/access")
# Simple requests, which no browser asks leave for, and such as it asks for first; with the owner's cookie where there is one.
ASK = """async ({ address, method, type }) => {
  const seen = [];
  for (const mode of ["no-cors", "cors"])
    for (const credentials of ["include", "omit"]) {
      try {
        const given = JSON.stringify({ name: "Stranger", url: "https://news.test/", blocks: [] });
        const body = method === "POST" ? given : undefined;
        const headers = body === undefined ? {} : { "Content-Type": type };
        const answer = await fetch(address, { method, mode, credentials, body, headers });
        seen.push((await answer.text()) || answer.type);
      } catch (error) {
        seen.push(error.name);
      }
    }
  return [...new Set(seen)];
}"""
SAY = """async ({ ours, message }) => {
  const said = await chrome.runtime.sendMessage(ours, message).catch((error) => `failed: ${error.message}`);
  const port = chrome.runtime.connect(ours);
  const ended = await new Promise((resolve) => {
    port.onDisconnect.addListener(() => resolve("disconnected"));
    port.onMessage.addListener((heard) => resolve(heard));
    port.postMessage(message);
  });
  return [said ?? "nothing", ended];
}"""
TAKE = "async (address) => fetch(address).then((answer) => answer.text()).catch((error) => error.name)"
MESSAGES = ("settings", "connection", "set-backend", "tab", "history", "look", "keep-read", "mode", "forget-reading")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The other extension's folder."""
    folder = tmp_path_factory.mktemp("stranger")
    (folder / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    (folder / WORKER).write_text("self.addEventListener('activate', () => {});\n", encoding="utf-8")
    return folder


@pytest.fixture
def both(
    own_backend: Backend,
    playwright: Playwright,
    extension_for: Callable[[str, str | None], Path],
    stranger: Path,
    site: Site,
    tmp_path: Path,
) -> Iterator[Chromium]:
    """Chromium with ours, not connected yet, and the other one, signed in at a backend that knows a story."""
    own_backend.start()
    own_backend.tell(FIGURE)
    ours = extension_for(own_backend.url, None)
    browser = Chromium(playwright, binary_of("chromium"), ours, tmp_path / "profile", site, [stranger])
    browser.open(own_backend.sign_in_link())
    yield browser
    browser.close()


def test_the_backend_tells_it_nothing_and_does_nothing_for_it(both: Chromium, own_backend: Backend) -> None:
    other = both.beside(f"/{WORKER}")
    before = _stored(own_backend)
    asked = [("GET", path, "") for path in READS]
    asked += [("POST", f"/api/v1/{path}", type_) for path in WRITES for type_ in ("text/plain", "application/json")]
    for method, path, type_ in asked:
        told = other.evaluate(ASK, {"address": own_backend.url + path, "method": method, "type": type_})
        assert set(told) <= {"opaque", "TypeError"}, (method, path, type_)
    assert _stored(own_backend) == before
    assert {each["name"].split()[0] for each in _asking(own_backend)} <= {"Rowback"}, "ours asks by itself"


def test_ours_is_connected_beside_it_and_tells_it_nothing(both: Chromium, own_backend: Backend, site: Site) -> None:
    other = both.beside(f"/{WORKER}")
    both.go_to_onboarding()
    until(lambda: len(_asking(own_backend)) == 1, "ours to ask to be connected")
    (code,) = (each["user_code"] for each in _asking(own_backend))
    # What 08 did: take what the owner is about to grant.
    told = other.evaluate(
        ASK, {"address": f"{own_backend.url}/api/v1/pair/token", "method": "POST", "type": "text/plain"}
    )
    assert set(told) <= {"opaque", "TypeError"}
    own_backend.pair(code)
    until(lambda: both.ask("attribute", "#connection", "data-state") == "connected", "ours to be connected")
    ours = both.extension_url("").split("/")[2]
    for name in MESSAGES:
        said, ended = other.evaluate(SAY, {"ours": ours, "message": {"name": name, "url": FIGURE.url}})
        assert said.startswith("failed: "), (name, said)
        assert ended == "disconnected"
    for path in ("manifest.json", "preset.json", "background/worker.js", "content/marks.css", "popup/index.html"):
        assert other.evaluate(TAKE, both.extension_url(path)) == "TypeError", path

    site.put(FIGURE.url, FIGURE.page())
    both.grant_all_sites()
    both.open(FIGURE.url)
    assert Overlay(both).wait().anchored == "1/1"


def _stored(backend: Backend) -> Any:
    return [backend.api("GET", path) for path in ("/api/v1/articles", "/api/v1/feeds")]


def _asking(backend: Backend) -> Any:
    return json.loads(rowback("pair", "--json", "--db", backend.database))
