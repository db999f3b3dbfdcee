"""Which browser on this machine can show the demo.

Found by name on the PATH or in the usual places of macOS and Windows. This module only looks; `launch.py` starts.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from rowback.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

# What the extension's manifest asks for: below this the browser would refuse it.
MIN_CHROMIUM = 121
MIN_FIREFOX = 142
# Since this version, builds branded Google Chrome ignore --load-extension, and Edge does likewise.
# https://groups.google.com/a/chromium.org/g/chromium-extensions/c/1-g8EFx2BBY
BRANDED_REFUSES_SINCE = 137
VERSION_TIMEOUT_S = 20  # the first start of a browser from a slow disk


class Family(StrEnum):
    """How a browser is started and takes an extension."""

    CHROMIUM = "chromium"
    FIREFOX = "firefox"


class Obstacle(StrEnum):
    """Why a browser that was found does not take the extension from us."""

    REFUSES = "refuses"
    TOO_OLD = "too-old"


@dataclass(frozen=True, slots=True)
class Make:
    """A make of browser and where it is to be found. `branded` makes may refuse extensions from the command line."""

    name: str
    family: Family
    commands: tuple[str, ...]
    mac: str
    windows: str
    branded: bool = False


# In the order of preference. Those that are sure to take the extension come first.
MAKES = (
    Make(
        "Chromium",
        Family.CHROMIUM,
        ("chromium", "chromium-browser"),
        "Chromium.app/Contents/MacOS/Chromium",
        "Chromium/Application/chrome.exe",
    ),
    Make(
        "Brave",
        Family.CHROMIUM,
        ("brave-browser", "brave"),
        "Brave Browser.app/Contents/MacOS/Brave Browser",
        "BraveSoftware/Brave-Browser/Application/brave.exe",
    ),
    Make(
        "Firefox",
        Family.FIREFOX,
        ("firefox", "firefox-esr"),
        "Firefox.app/Contents/MacOS/firefox",
        "Mozilla Firefox/firefox.exe",
    ),
    Make(
        "Google Chrome",
        Family.CHROMIUM,
        ("google-chrome", "google-chrome-stable", "chrome"),
        "Google Chrome.app/Contents/MacOS/Google Chrome",
        "Google/Chrome/Application/chrome.exe",
        branded=True,
    ),
    Make(
        "Microsoft Edge",
        Family.CHROMIUM,
        ("microsoft-edge", "microsoft-edge-stable", "edge"),
        "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        "Microsoft/Edge/Application/msedge.exe",
        branded=True,
    ),
)
_CHROMIUM = MAKES[0]
_WINDOWS_ROOTS = ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser on this machine. `version` is its major version, None when it does not say."""

    make: Make
    path: Path
    version: int | None

    @property
    def obstacle(self) -> Obstacle | None:
        """Why it will not take the extension from us; None when it will. A version that is not known is the newest."""
        least = MIN_FIREFOX if self.make.family is Family.FIREFOX else MIN_CHROMIUM
        if self.version is not None and self.version < least:
            return Obstacle.TOO_OLD
        if self.make.branded and (self.version is None or self.version >= BRANDED_REFUSES_SINCE):
            return Obstacle.REFUSES
        return None


@dataclass(frozen=True, slots=True)
class Machine:
    """What is asked of the machine. `version_text(path)` is what `PATH --version` prints, empty when that fails."""

    platform: str
    environ: Mapping[str, str]
    which: Callable[[str], str | None]
    is_file: Callable[[Path], bool]
    version_text: Callable[[Path], str]

    @property
    def has_display(self) -> bool:
        if self.platform in ("darwin", "win32"):
            return True
        return bool(self.environ.get("DISPLAY") or self.environ.get("WAYLAND_DISPLAY"))


def this_machine() -> Machine:
    return Machine(sys.platform, os.environ, shutil.which, Path.is_file, _version_text)


def find_browser(machine: Machine, wanted: str | None = None) -> Browser | None:
    """The browser to show the demo in: the one `wanted` by name or path, else the first that takes the extension, else
    the first there is. None when there is none; `SettingsError` when the wanted one is not there.
    """
    if wanted is not None:
        return _wanted(machine, wanted)
    first = None
    for browser in _installed(machine, MAKES):
        if browser.obstacle is None:
            return browser
        first = first or browser
    return first


def _wanted(machine: Machine, wanted: str) -> Browser:
    path = Path(wanted).expanduser()
    if machine.is_file(path) and (path.name != wanted or machine.which(wanted) is None):
        return _at(machine, path)
    makes = [make for make in MAKES if wanted.lower() in _names(make)]
    for browser in _installed(machine, makes):
        return browser
    on_path = machine.which(wanted)
    if on_path is None:
        names = ", ".join(make.name for make in MAKES)
        raise SettingsError(f"There is no browser {wanted!r} here. Name one of {names}, or give the path of a program.")
    return _at(machine, Path(on_path))


def _names(make: Make) -> set[str]:
    """What a person may call it: "Google Chrome" or just "chrome"."""
    return {make.name.lower(), make.name.lower().split()[-1]}


def _installed(machine: Machine, makes: Iterable[Make]) -> Iterator[Browser]:
    for make in makes:
        for path in _places(machine, make):
            yield _at(machine, path, make)


def _places(machine: Machine, make: Make) -> Iterator[Path]:
    for command in make.commands:
        found = machine.which(command)
        if found is not None:
            yield Path(found)
    if machine.platform == "darwin":
        roots, inside = [Path("/Applications"), Path(machine.environ.get("HOME", "/")) / "Applications"], make.mac
    elif machine.platform == "win32":
        named = (machine.environ.get(root) for root in _WINDOWS_ROOTS)
        roots, inside = [Path(root) for root in named if root], make.windows
    else:
        return
    yield from (root / inside for root in roots if machine.is_file(root / inside))


def _at(machine: Machine, path: Path, make: Make | None = None) -> Browser:
    """The browser at a path, which says itself what it is. `make` is what its place promises."""
    text = machine.version_text(path)
    said = _make_said(text) or make or _make_promised(path)
    if said is None:
        raise SettingsError(f"{path} is no browser that the demo can drive: it takes Chromium's kin and Firefox.")
    number = re.search(r"\b(\d+)\.\d", text)
    return Browser(said, path, int(number[1]) if number else None)


def _make_said(text: str) -> Make | None:
    lowered = text.lower()
    if "for testing" in lowered:
        return _CHROMIUM  # "Google Chrome for Testing" takes extensions as Chromium does
    # From the last to the first: what is made from Chromium may name Chromium too.
    return next((make for make in reversed(MAKES) if make.name.lower() in lowered), None)


def _make_promised(path: Path) -> Make | None:
    """What a path looks like, for a browser that does not say what it is."""
    place = path.as_posix()
    return next(
        (make for make in MAKES if path.name in make.commands or place.endswith((make.mac, make.windows))), None
    )


def _version_text(path: Path) -> str:
    if sys.platform == "win32":
        return ""  # there, --version opens a window
    try:
        asked = subprocess.run(  # noqa: S603 (a browser that was found, or that the person named)
            [path, "--version"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=VERSION_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout
