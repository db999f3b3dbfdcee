"""`rowback demo`: puts a backend, the newspaper and a browser together, waits, and clears everything away.

It knows the backend only by what it is given, so that nothing here depends on the web application.
"""

from __future__ import annotations

import signal
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from rowback.clock import utc_now
from rowback.demo import advice
from rowback.demo.browser import Obstacle, find_browser, this_machine
from rowback.demo.launch import start_browser, throwaway_folder
from rowback.demo.newspaper import create_newspaper
from rowback.demo.serving import serving
from rowback.demo.stock import stock
from rowback.demo.stories import load_stories

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime
    from types import FrameType

    from rowback.demo.browser import Browser, Machine
    from rowback.demo.launch import RunningBrowser

POLL_S = 0.3  # how soon after the browser is closed the demo ends


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """What the person asked for. Port 0 is any free one; `browser` is a name or a path, None for the best there is."""

    port: int = 0
    newspaper_port: int = 0
    browser: str | None = None
    no_browser: bool = False
    headless: bool = False


class Backend(Protocol):
    """A running backend. `url` has no slash at its end; `token` opens its API, and the link `home` its pages, once."""

    @property
    def url(self) -> str: ...

    @property
    def token(self) -> str: ...

    @property
    def home(self) -> str: ...

    def record(self, url: str, html: str, seen_at: datetime) -> object:
        """Keep a page as it was at an instant. Raises `RowbackError` when it cannot."""


def run(
    options: DemoOptions,
    *,
    open_backend: Callable[[Path, int], AbstractContextManager[Backend]],
    unpack_extension: Callable[[Path, str, str], object],
    say: Callable[[str], object],
    machine: Machine | None = None,
    stop: threading.Event | None = None,
) -> None:
    """Run the demo until its browser is closed, Ctrl-C or SIGTERM arrives, or `stop` is set.

    `open_backend(db_file, port)` starts a backend on a fresh database and stops it on exit; `unpack_extension(folder,
    backend_url, token)` puts the extension there, connected to that backend; `say` prints a paragraph. Raises
    `SettingsError` for a browser or a port that cannot be had.
    """
    machine = machine or this_machine()
    stop = stop or threading.Event()
    browser = None if options.no_browser else find_browser(machine, options.browser)
    with _ended_by_signals(stop), ExitStack() as stack:
        folder = Path(stack.enter_context(throwaway_folder(browser))).resolve()
        backend = stack.enter_context(open_backend(folder / "demo.db", options.port))
        newspaper, versions = stack.enter_context(_newspaper(backend, options.newspaper_port))
        (folder / "extension").mkdir()
        unpack_extension(folder / "extension", backend.url, backend.token)
        say(advice.WELCOME.format(versions=versions, newspaper=newspaper, backend=backend.url, home=backend.home))
        shown = _Shown(options, machine, browser, folder, newspaper, say)
        running = shown.start()
        if running is not None:
            stack.callback(running.close)
        shown.wait(running, stop)


@contextmanager
def _newspaper(backend: Backend, port: int) -> Iterator[tuple[str, int]]:
    """The newspaper's address while it is served, and how many versions of its stories the backend was given."""
    stories = load_stories()
    started_at = utc_now()
    with serving(
        port,
        lambda address: create_newspaper(
            address, stories, started_at=started_at, clock=utc_now, on_publish=backend.record
        ),
    ) as address:
        yield address, stock(backend.record, address, stories, started_at)


@dataclass(frozen=True, slots=True)
class _Shown:
    """The browser's part of a demo: start it or say what to do instead, and wait for its end."""

    options: DemoOptions
    machine: Machine
    browser: Browser | None
    folder: Path
    newspaper: str
    say: Callable[[str], object]

    def start(self) -> RunningBrowser | None:
        reason = advice.why_not(self.machine, self.browser, headless=self.options.headless)
        if self.options.no_browser or self.browser is None or reason is not None:
            self._advise("" if self.options.no_browser else reason or "")
            return None
        profile = self.folder / "profile"
        profile.mkdir()
        try:
            running = start_browser(
                self.browser,
                f"{self.newspaper}/",
                extension=self.folder / "extension",
                profile=profile,
                headless=self.options.headless,
            )
        except OSError as error:
            self._advise(f"{self.browser.make.name} could not be started with the extension: {error}")
            return None
        if self.browser.obstacle is Obstacle.REFUSES:
            self.say(advice.refused(self.browser))
            self.say(self._by_hand(self.browser))
        self.say(advice.TO_END_BY_KEY if self.options.headless else advice.TO_END)
        return running

    def wait(self, running: RunningBrowser | None, stop: threading.Event) -> None:
        """Until `stop` is set or the browser is closed. A browser that broke down leaves the rest running."""
        while not stop.wait(POLL_S):
            code = running.exit_code if running is not None else None
            if code == 0:
                return
            if code is not None:
                self._advise(f"The browser ended unexpectedly (code {code}).")
                running = None

    def _advise(self, reason: str) -> None:
        if reason:
            self.say(f"{reason} Load the extension by hand:\n")
        self.say(self._by_hand(None))
        self.say(advice.TO_END_BY_KEY)

    def _by_hand(self, browser: Browser | None) -> str:
        return advice.load_by_hand(browser.make.family if browser else None, self.folder / "extension", self.newspaper)


@contextmanager
def _ended_by_signals(stop: threading.Event) -> Iterator[None]:
    """End the context on Ctrl-C and SIGTERM, whatever it is doing. The first one counts: clearing away is not disturbed.

    Python hands signals to the main thread only; in any other, `stop` alone ends the demo.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        if not stop.is_set():
            stop.set()
            raise KeyboardInterrupt

    previous = {number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
