"""Starts a browser in a throwaway profile, with the extension where it takes it from us, and ends it again."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rowback.demo.browser import Family
from rowback.demo.firefox_remote import FirefoxRemote

if TYPE_CHECKING:
    from rowback.demo.browser import Browser

SCRIPT_BYTES = 4096  # a script that only calls something else is shorter
QUIT_TIMEOUT_S = 5  # from being asked to end until being made to

# No first-run pages, nobody asked anything, and no traffic but the demo's: the profile is gone in a few minutes.
CHROMIUM_FLAGS = (
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-search-engine-choice-screen",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--password-store=basic",
    "--use-mock-keychain",
    "--window-size=1360,960",
)
FIREFOX_PREFERENCES: dict[str, bool | int | str] = {
    "devtools.debugger.remote-enabled": True,
    "devtools.chrome.enabled": True,
    "devtools.debugger.prompt-connection": False,
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.tabs.warnOnClose": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.policy.firstRunURL": "",
    "startup.homepage_welcome_url": "",
    "termsofuse.bypassNotification": True,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


@dataclass(frozen=True, slots=True)
class RunningBrowser:
    """A browser that was started here."""

    process: subprocess.Popen[bytes]

    @property
    def exit_code(self) -> int | None:
        """None while it is open."""
        return self.process.poll()

    def close(self) -> None:
        """End it and everything it started. Nothing happens when it has ended already."""
        if self.process.poll() is None:
            _signal(self.process, force=False)
            try:
                self.process.wait(QUIT_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                _signal(self.process, force=True)
                self.process.wait(QUIT_TIMEOUT_S)


def start_browser(browser: Browser, url: str, *, extension: Path, profile: Path, headless: bool) -> RunningBrowser:
    """Show `url` in a new browser. `profile` is an empty folder that is the browser's until it ends.

    Firefox has the extension when this returns; Chromium loads it while it starts. A browser that
    refuses it is started without. Raises `OSError` (of which `ConnectionError` is a kind) when the browser cannot be started.
    """
    if browser.make.family is Family.FIREFOX:
        return _start_firefox(browser, url, extension, profile, headless=headless)
    flags = [*CHROMIUM_FLAGS, f"--user-data-dir={profile}"]
    if browser.obstacle is None:
        flags += [f"--load-extension={extension}", f"--disable-extensions-except={extension}"]
    if headless:
        flags.append("--headless=new")
    if _is_root():
        flags.append("--no-sandbox")  # as root Chromium starts in no other way
    return RunningBrowser(_spawn([str(browser.path), *flags, url]))


def throwaway_folder(browser: Browser | None) -> tempfile.TemporaryDirectory[str]:
    """A folder that the browser can read, gone when closed.

    A snap sees a /tmp of its own; what it shares with everybody else is `common` in its folder in the home directory.
    """
    snap = _snap_name(browser.path) if browser else None
    shared = Path.home() / "snap" / snap / "common" if snap else None
    if shared is not None:
        shared.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(prefix="rowback-demo-", dir=shared, ignore_cleanup_errors=True)


def _start_firefox(browser: Browser, url: str, extension: Path, profile: Path, *, headless: bool) -> RunningBrowser:
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in FIREFOX_PREFERENCES.items()]
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    port = _free_port()
    flags = ["--no-remote", "--profile", str(profile), "--start-debugger-server", str(port)]
    if headless:
        flags.append("--headless")
    running = RunningBrowser(_spawn([str(browser.path), *flags, "about:blank"]))
    try:
        with FirefoxRemote.connect(port, lambda: running.exit_code is None) as remote:
            remote.install(extension)
            remote.open(url)
    except BaseException:
        running.close()
        raise
    return running


def _spawn(command: list[str]) -> subprocess.Popen[bytes]:
    """A process in a group of its own: Ctrl-C in the terminal is ours to handle, and its children can be ended with it."""
    return subprocess.Popen(  # noqa: S603 (a browser that was found, or that the person named)
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _signal(process: subprocess.Popen[bytes], *, force: bool) -> None:
    if sys.platform == "win32":
        process.kill() if force else process.terminate()
        return
    with contextlib.suppress(ProcessLookupError):  # it may have ended by itself just now
        os.killpg(process.pid, signal.SIGKILL if force else signal.SIGTERM)


def _snap_name(path: Path) -> str | None:
    """The snap that a command belongs to: /snap/bin/NAME, or a script of the distribution's that calls it."""
    if path.parent == Path("/snap/bin"):
        return path.name
    try:
        with path.open("rb") as file:
            start = file.read(SCRIPT_BYTES)
    except OSError:
        return None
    called = re.search(rb"/snap/bin/([\w.-]+)", start) if start.startswith(b"#!") else None
    return called[1].decode() if called else None


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
