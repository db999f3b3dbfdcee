"""The whole demo with a backend and a browser that only note what they are asked."""

from __future__ import annotations

import json
import os
import signal
import stat
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from rowback.demo.browser import Machine, find_browser, this_machine
from rowback.demo.launch import start_browser, throwaway_folder
from rowback.demo.run import DemoOptions, run
from rowback.demo.stories import load_stories
from rowback.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for a browser is a script")

# Says a version, notes how it was started, starts a child, and ends as it was told: at once, or when it is closed.
STAND_IN = """\
#!{python}
import json, os, signal, subprocess, sys
if "--version" in sys.argv:
    print({version!r})
    sys.exit()
child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
with open({noted!r} + ".new", "w") as file:
    json.dump({{"arguments": sys.argv[1:], "pid": os.getpid(), "child": child.pid}}, file)
os.rename({noted!r} + ".new", {noted!r})
if {code!r} is None:
    signal.pause()
child.kill()
sys.exit({code!r})
"""


@dataclass
class StandIn:
    """A script in the place of a browser."""

    path: Path
    noted: Path

    def told(self) -> dict[str, object]:
        """How it was started."""
        value = json.loads(self.noted.read_text(encoding="utf-8"))
        assert isinstance(value, dict)
        return value


@pytest.fixture
def stand_in(tmp_path: Path) -> Callable[[str, int | None], StandIn]:
    def make(version: str, code: int | None) -> StandIn:
        path, noted = tmp_path / "browser", tmp_path / "noted.json"
        path.write_text(STAND_IN.format(python=sys.executable, version=version, noted=str(noted), code=code))
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return StandIn(path, noted)

    return make


@dataclass
class Demo:
    """A run of the demo: what it said, what the backend was told, and where it stood."""

    said: list[str] = field(default_factory=list)
    recorded: list[tuple[str, str, datetime]] = field(default_factory=list)
    port: int | None = None
    db: Path | None = None
    extension: Path | None = None
    is_open: bool = False
    stop: threading.Event = field(default_factory=threading.Event)
    on_say: Callable[[str], None] | None = None
    url: str = "http://127.0.0.1:9"
    token: str = "secret"  # noqa: S105
    home: str = "http://127.0.0.1:9/sign-in?code=x"

    def record(self, url: str, html: str, seen_at: datetime) -> None:
        self.recorded.append((url, html, seen_at))

    @contextmanager
    def _open(self, db: Path, port: int) -> Iterator[Demo]:
        self.db, self.port, self.is_open = db, port, True
        try:
            yield self
        finally:
            self.is_open = False

    def _unpack(self, folder: Path, url: str, token: str) -> None:
        assert (url, token) == (self.url, self.token)
        (folder / "manifest.json").write_text("{}")
        self.extension = folder

    def _say(self, text: str) -> None:
        self.said.append(text)
        if self.on_say:
            self.on_say(text)

    def run(self, options: DemoOptions, machine: Machine | None = None) -> str:
        """Everything said, once the demo has ended."""
        run(
            options,
            open_backend=self._open,
            unpack_extension=self._unpack,
            say=self._say,
            machine=machine,
            stop=self.stop,
        )
        return "\n".join(self.said)

    def end_when_said(self, words: str, then: Callable[[], object] | None = None) -> None:
        """Stop, or do something else, once a text with these words was said."""

        def act(text: str) -> None:
            if words in text:
                (then or self.stop.set)()

        self.on_say = act


def with_a_display() -> Machine:
    """This machine, as if somebody sat before it."""
    return replace(this_machine(), environ={"DISPLAY": ":0"})


def nothing_here() -> Machine:
    """A machine with a display and no browser."""
    return Machine("linux", {"DISPLAY": ":0"}, lambda _: None, lambda _: False, lambda _: "")


def test_the_demo_ends_with_its_browser_and_leaves_nothing(stand_in: Callable[[str, int | None], StandIn]) -> None:
    demo, browser = Demo(), stand_in("Chromium 150.0.1.2", 0)
    said = demo.run(DemoOptions(browser=str(browser.path)), with_a_display())
    assert "Close the browser or press Ctrl-C" in said
    assert demo.db is not None
    assert not demo.db.parent.exists()
    assert not demo.is_open


def test_the_browser_is_started_with_the_extension_on_the_front_page(
    stand_in: Callable[[str, int | None], StandIn],
) -> None:
    demo, browser = Demo(), stand_in("Chromium 150.0.1.2", 0)
    said = demo.run(DemoOptions(browser=str(browser.path), headless=True))
    arguments = browser.told()["arguments"]
    assert isinstance(arguments, list)
    assert f"--load-extension={demo.extension}" in arguments
    assert "--headless=new" in arguments
    assert ("--no-sandbox" in arguments) == (os.geteuid() == 0)
    assert f"{arguments[-1]}desk" in said


def test_a_browser_that_refuses_is_opened_and_the_rest_told(stand_in: Callable[[str, int | None], StandIn]) -> None:
    demo, browser = Demo(), stand_in("Google Chrome 141.0.7390.54", 0)
    said = demo.run(DemoOptions(browser=str(browser.path), headless=True))
    assert not any("load-extension" in argument for argument in str(browser.told()["arguments"]).split())
    assert "Google Chrome 141 lets no program load an extension" in said
    assert str(demo.extension) in said
    assert "about:debugging" not in said


def test_a_browser_that_breaks_down_leaves_the_newspaper_running(
    stand_in: Callable[[str, int | None], StandIn],
) -> None:
    demo, browser = Demo(), stand_in("Chromium 150.0.1.2", 3)
    pages: list[bytes] = []

    def look() -> None:
        with urlopen(demo.recorded[0][0], timeout=10) as answer:
            pages.append(answer.read())
        demo.stop.set()

    demo.end_when_said("ended unexpectedly", look)
    assert "ended unexpectedly (code 3)" in demo.run(DemoOptions(browser=str(browser.path), headless=True))
    assert b"Ostrey Packet" in pages[0]


def test_a_browser_that_cannot_be_started_is_told(stand_in: Callable[[str, int | None], StandIn]) -> None:
    demo, browser = Demo(), stand_in("Mozilla Firefox 150.0", 1)
    demo.end_when_said("Press Ctrl-C")
    said = demo.run(DemoOptions(browser=str(browser.path), headless=True))
    assert "Firefox could not be started with the extension: Firefox ended before" in said
    assert "Load Temporary Add-on" in said


def test_without_a_browser_it_says_what_to_do() -> None:
    demo = Demo()
    demo.end_when_said("Press Ctrl-C")
    said = demo.run(DemoOptions(), nothing_here())
    assert "No browser was found" in said
    assert "Load unpacked" in said
    assert "Load Temporary Add-on" in said
    assert str(demo.extension) in said


def test_on_a_server_no_browser_is_looked_for() -> None:
    def never(_: object) -> str:
        raise AssertionError("the machine was asked")

    demo = Demo()
    demo.end_when_said("Press Ctrl-C")
    machine = Machine("linux", {"DISPLAY": ":0"}, never, lambda _: bool(never(_)), never)
    said = demo.run(DemoOptions(no_browser=True), machine)
    assert "No browser" not in said
    assert "Load unpacked" in said


def test_the_backend_is_told_the_past_before_anyone_reads() -> None:
    demo = Demo()
    demo.end_when_said("demo is running")
    said = demo.run(DemoOptions(no_browser=True))
    versions = sum(story.opening + 1 for story in load_stories() if story.followed)
    assert len(demo.recorded) == versions
    assert [at for _, _, at in demo.recorded] == sorted(at for _, _, at in demo.recorded)
    assert demo.port == 0
    assert f"{versions} versions" in said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_end_the_demo_and_clear_it_away(number: signal.Signals) -> None:
    demo = Demo()
    before = signal.getsignal(number)
    demo.end_when_said("Press Ctrl-C", lambda: os.kill(os.getpid(), number))
    demo.run(DemoOptions(no_browser=True))
    assert demo.stop.is_set()
    assert demo.db is not None
    assert not demo.db.parent.exists()
    assert signal.getsignal(number) is before


def test_a_port_in_use_is_told() -> None:
    first, second = Demo(), Demo()

    def try_the_same_port() -> None:
        port = int(first.recorded[0][0].split(":")[2].split("/")[0])
        with pytest.raises(SettingsError, match="--newspaper-port"):
            second.run(DemoOptions(no_browser=True, newspaper_port=port))
        first.stop.set()

    first.end_when_said("Press Ctrl-C", try_the_same_port)
    first.run(DemoOptions(no_browser=True))
    assert second.db is not None
    assert not second.is_open
    assert not second.db.parent.exists()


def test_closing_ends_the_browser_and_its_children(
    stand_in: Callable[[str, int | None], StandIn], tmp_path: Path
) -> None:
    script = stand_in("Chromium 150.0.1.2", None)
    browser = find_browser(this_machine(), str(script.path))
    assert browser is not None
    running = start_browser(browser, "about:blank", extension=tmp_path, profile=tmp_path, headless=True)
    until(script.noted.exists)
    running.close()
    assert running.exit_code == -signal.SIGTERM
    child = script.told()["child"]
    assert isinstance(child, int)
    until(lambda: has_ended(child))
    running.close()


def until(condition: Callable[[], bool]) -> None:
    """Wait for a condition, for half a minute at most."""
    deadline, pause = time.monotonic() + 30, threading.Event()
    while not condition():
        assert time.monotonic() < deadline
        pause.wait(0.02)


def has_ended(pid: int) -> bool:
    """Whether a process is gone, or a zombie that nobody has collected yet."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


def test_the_folder_is_one_that_a_snap_can_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    script = tmp_path / "firefox"
    script.write_text('#!/bin/sh\nexec /snap/bin/firefox "$@"\n')
    machine = Machine("linux", {}, lambda _: None, lambda path: path == script, lambda _: "Mozilla Firefox 150.0")
    with throwaway_folder(find_browser(machine, str(script))) as folder:
        assert Path(folder).parent == tmp_path / "snap" / "firefox" / "common"
    with throwaway_folder(None) as folder:
        assert tmp_path not in Path(folder).parents
