"""Browsers with the extension, the backend, invented news sites and the demo newspaper, for the tests beside this file."""

from __future__ import annotations

import functools
import os
import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Playwright, sync_playwright

from .backend import Backend, rowback
from .chromium import Chromium
from .firefox import Firefox, compile_scripts
from .overlay import Overlay
from .relay import Relay
from .site import Site, make_certificate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .reader import Reader

BINARIES = {"chromium": ("chromium", "chromium-browser"), "firefox": ("firefox-esr", "firefox")}
OUTPUT = Path(__file__).parents[1] / "output"


def binary_of(browser: str) -> str:
    """The browser's program. Where it is missing tests are skipped, but in CI they fail: there it belongs."""
    found = next(filter(None, map(shutil.which, BINARIES[browser])), None)
    if found is None:
        reason = f"{browser} is not installed ({' or '.join(BINARIES[browser])} on PATH)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="module", params=sorted(BINARIES))
def browser(request: pytest.FixtureRequest) -> str:
    """The name of the browser under test."""
    name = str(request.param)
    binary_of(name)
    return name


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """Ends with this folder: while it lives, an event loop runs in this thread, and other tests may want their own."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Invented news sites, under any name ending in .test."""
    site = Site(make_certificate(tmp_path_factory.mktemp("certificate")))
    site.start()
    yield site
    site.stop()


@pytest.fixture(scope="session")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """The backend most tests share; each records stories at URLs of its own."""
    backend = Backend(tmp_path_factory.mktemp("backend"))
    backend.start()
    yield backend
    backend.stop()


@pytest.fixture
def own_backend(tmp_path: Path) -> Iterator[Backend]:
    """A backend with nothing in it and nothing paired, to be stopped and started at will. Not running yet."""
    folder = tmp_path / "own-backend"
    folder.mkdir()
    backend = Backend(folder)
    yield backend
    backend.stop()


@pytest.fixture
def relay(backend: Backend) -> Iterator[Relay]:
    """Between the extension and the shared backend."""
    relay = Relay(backend.url.removeprefix("http://"))
    yield relay
    relay.stop()


@pytest.fixture(scope="session")
def extension_for(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str | None], Path]:
    """The extension as `rowback extension` puts it into a folder, set to a backend, with a token or without."""

    @functools.cache
    def extension(backend_url: str, token: str | None) -> Path:
        folder = tmp_path_factory.mktemp("extension")
        rowback("extension", folder, "--backend", backend_url, *(["--token", token] if token else []))
        return folder

    return extension


@pytest.fixture(scope="session")
def firefox_profile(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """What profiles of Firefox begin as, made when the first is wanted."""
    return functools.cache(lambda: compile_scripts(binary_of("firefox"), tmp_path_factory.mktemp("firefox-profile")))


@dataclass
class Readers:
    """Starts browsers of one kind, each with a fresh profile and the extension just installed, and ends them."""

    browser: str
    folder: Path
    site: Site
    playwright: Playwright
    extension_for: Callable[[str, str | None], Path]
    firefox_profile: Callable[[], Path]
    open: ExitStack

    def start(self, backend_url: str, token: str | None = None, here: Sequence[str] = ()) -> Reader:
        """A browser with an extension that is set to this backend, and knows a token of its or none. The names `here` lead to
        this machine."""
        number = len(list(self.folder.iterdir()))
        folder = self.folder / f"{number}"
        folder.mkdir()
        extension = self.extension_for(backend_url, token)
        reader: Reader
        if self.browser == "chromium":
            profile = folder / "profile"
            reader = Chromium(self.playwright, binary_of("chromium"), extension, profile, self.site, here=here)
        else:
            log = folder / "firefox.log"
            reader = Firefox(binary_of("firefox"), extension, self.site, log, self.firefox_profile())
        self.open.callback(reader.close)
        return reader

    def connect(self, backend: Backend, through: Relay | None = None) -> Reader:
        """A browser connected to this backend, directly or `through` a relay, with all sites granted."""
        reader = self.start((through or backend).url, backend.token())
        reader.grant_all_sites()
        return reader

    def speaking(self, language: str) -> Readers:
        """The same with an extension that speaks a language, without the browser having to."""

        def extension(backend_url: str, token: str | None) -> Path:
            folder = Path(tempfile.mkdtemp(dir=self.folder.parent, prefix=f"{language}-")) / "extension"
            shutil.copytree(self.extension_for(backend_url, token), folder)
            if language != "en":
                shutil.copy(
                    folder / "_locales" / language / "messages.json", folder / "_locales" / "en" / "messages.json"
                )
            return folder

        return replace(self, extension_for=extension)


@pytest.fixture(scope="module")
def module_readers(
    browser: str,
    tmp_path_factory: pytest.TempPathFactory,
    site: Site,
    playwright: Playwright,
    extension_for: Callable[[str, str | None], Path],
    firefox_profile: Callable[[], Path],
) -> Iterator[Readers]:
    folder = tmp_path_factory.mktemp(browser)
    with ExitStack() as stack:
        yield Readers(browser, folder, site, playwright, extension_for, firefox_profile, stack)


@pytest.fixture
def readers(
    browser: str,
    tmp_path: Path,
    site: Site,
    playwright: Playwright,
    extension_for: Callable[[str, str | None], Path],
    firefox_profile: Callable[[], Path],
) -> Iterator[Readers]:
    """For tests in which the browser's or the extension's own state matters."""
    folder = tmp_path / "readers"
    folder.mkdir()
    with ExitStack() as stack:
        yield Readers(browser, folder, site, playwright, extension_for, firefox_profile, stack)


@pytest.fixture(scope="module")
def connected(module_readers: Readers, backend: Backend) -> Reader:
    """A browser connected to the shared backend, with all sites granted, for all tests of one file."""
    return module_readers.connect(backend)


@pytest.fixture
def reader(connected: Reader) -> Iterator[Reader]:
    """`connected` with one tab, as if nothing had been opened before; fails the test on errors in any console."""
    while len(connected.tabs()) > 1:
        connected.close_tab()
    before = len(connected.errors())
    yield connected
    errors = connected.errors()[before:]
    assert errors == [], "errors in a console"


@pytest.fixture
def overlay(reader: Reader) -> Overlay:
    return Overlay(reader)


@pytest.fixture
def snap(browser: str) -> Callable[[Reader, str], None]:
    """Keeps a picture of a state in tests/output, for people to look at."""
    OUTPUT.mkdir(exist_ok=True)
    return lambda reader, state: reader.screenshot(OUTPUT / f"{state}-{browser}.png")
