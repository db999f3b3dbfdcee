"""What `rowback demo` says in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.demo.browser import MIN_CHROMIUM, MIN_FIREFOX, Family, Obstacle

if TYPE_CHECKING:
    from pathlib import Path

    from rowback.demo.browser import Browser, Machine

WELCOME = """\
Rowback's demo is running. It keeps {versions} versions of an invented newspaper's stories.

  The newspaper        {newspaper}/
  The editor's desk    {newspaper}/desk
  Rowback's backend    {backend}/
                       (to sign in there, once: {home})

Try this, in a browser with the extension:
  1. Open a story of the newspaper. The badges beside its text show what it used to say.
  2. At the editor's desk, publish a story's next revision; reload the story, and see a new badge.
"""
TO_END = "Close the browser or press Ctrl-C to end the demo; nothing of it is kept."
TO_END_BY_KEY = "Press Ctrl-C to end the demo; nothing of it is kept."

LOAD_CHROMIUM = """\
  1. Open chrome://extensions (in Edge: edge://extensions) and switch on "Developer mode".
  2. Press "Load unpacked" and choose this folder:
     {extension}
  3. Open {newspaper}/
"""
LOAD_FIREFOX = """\
  1. Open about:debugging#/runtime/this-firefox
  2. Press "Load Temporary Add-on…" and choose this file:
     {extension}/manifest.json
  3. Open {newspaper}/
"""


def load_by_hand(family: Family | None, extension: Path, newspaper: str) -> str:
    """How a person loads the extension, in browsers of one family or in both."""
    parts = []
    if family is not Family.FIREFOX:
        parts.append(f"In Chrome, Chromium, Edge or Brave ({MIN_CHROMIUM} or newer):\n{LOAD_CHROMIUM}")
    if family is not Family.CHROMIUM:
        parts.append(f"In Firefox ({MIN_FIREFOX} or newer):\n{LOAD_FIREFOX}")
    return "\n".join(parts).format(extension=extension, newspaper=newspaper)


def why_not(machine: Machine, browser: Browser | None, *, headless: bool) -> str | None:
    """Why no browser is started on this machine; None when this one can be."""
    if not (machine.has_display or headless):
        return "There is no display here to open a browser on (neither DISPLAY nor WAYLAND_DISPLAY is set)."
    if browser is None:
        return "No browser was found here that the demo can drive."
    if browser.obstacle is Obstacle.TOO_OLD:
        return f"{browser.make.name} {browser.version} is too old for the extension."
    return None


def refused(browser: Browser) -> str:
    """What to say of a browser that opens the newspaper but takes no extension from the command line."""
    version = f" {browser.version}" if browser.version else ""
    return f"{browser.make.name}{version} lets no program load an extension. Do it by hand, in the window that opened:"
