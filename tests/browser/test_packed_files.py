"""What `rowback extension` packs: the zip in Chromium, the xpi in a Firefox that keeps it; both connect and show edits."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from .backend import rowback
from .cases import FIGURE
from .chromium import Chromium
from .conftest import binary_of
from .deadline import until
from .firefox import Firefox
from .overlay import Overlay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Playwright

    from .backend import Backend
    from .reader import Reader
    from .site import Site


@pytest.fixture
def published(own_backend: Backend, site: Site) -> Backend:
    """A backend that knows an earlier wording of a story, and nobody."""
    own_backend.start()
    own_backend.tell(FIGURE)
    site.put(FIGURE.url, FIGURE.page())
    return own_backend


@pytest.fixture
def packed(published: Backend, tmp_path: Path) -> Callable[[str], Path]:
    """Packs the extension for that backend into a file of a kind."""

    def pack(kind: str) -> Path:
        file = tmp_path / f"rowback.{kind}"
        rowback("extension", f"--{kind}", file, "--backend", published.url)
        return file

    return pack


@pytest.fixture
def from_zip(packed: Callable[[str], Path], playwright: Playwright, site: Site, tmp_path: Path) -> Iterator[Chromium]:
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(packed("zip")) as file:
        file.extractall(folder)
    assert "key" not in json.loads((folder / "manifest.json").read_text(encoding="utf-8")), "the store gives the id"
    reader = Chromium(playwright, binary_of("chromium"), folder, tmp_path / "profile", site)
    yield reader
    reader.close()


@pytest.fixture
def from_xpi(packed: Callable[[str], Path], site: Site, tmp_path: Path) -> Iterator[Firefox]:
    """Only Firefox ESR and Developer Edition take it: no other on the path is tried."""
    reader = Firefox(binary_of("firefox"), packed("xpi"), site, tmp_path / "firefox.log")
    yield reader
    reader.close()


def test_the_zip_is_an_extension_that_connects_and_shows_edits(from_zip: Chromium, published: Backend) -> None:
    _connect(from_zip, published)
    _shows_edits(from_zip)
    assert from_zip.errors() == []


def test_firefox_esr_keeps_the_xpi_and_its_connection_over_a_restart(from_xpi: Firefox, published: Backend) -> None:
    _connect(from_xpi, published)
    _shows_edits(from_xpi)
    for _ in range(2):
        from_xpi.restart()
        assert from_xpi.has_extension()
        _shows_edits(from_xpi)
        from_xpi.open_extension("options/index.html")
        until(lambda: _connection(from_xpi) == "connected", "it to be connected still")
    assert from_xpi.errors() == []


def _connect(reader: Reader, backend: Backend) -> None:
    """The owner says yes to the code that the extension shows, and the reader allows all sites."""
    reader.go_to_onboarding()
    until(lambda: _connection(reader) == "pairing-pending", "a code to be shown")
    backend.pair(str(reader.ask("text", ".pairing-code")))
    until(lambda: _connection(reader) == "connected", "it to be connected")
    reader.grant_all_sites()


def _connection(reader: Reader) -> str:
    return str(reader.ask("attribute", "#connection", "data-state"))


def _shows_edits(reader: Reader) -> None:
    reader.new_tab()
    reader.open(FIGURE.url)
    overlay = Overlay(reader)
    assert overlay.wait().anchored == "1/1"
    assert overlay.words_marked() == ["nine"]
    assert len(overlay.badges()) == 1
    until(lambda: reader.toolbar_badge_text() == "1", "the toolbar button to count it")
