"""Takes the pictures that stores show, of the demo's newspaper in a real Chromium: `python -m tests.shop_window FOLDER`.

Run by hand, and looked at before they are used. Nothing is on them but the invented newspaper and Rowback.
"""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import TimeoutError as TooLate
from playwright.sync_api import sync_playwright

from tests.browser.deadline import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Page, ViewportSize

SIZE: ViewportSize = {"width": 1280, "height": 800}  # what Chrome's store and Firefox's both take
UP_WITHIN_S = 60.0
ENDS_WITHIN_S = 60
OVERLAY = "rowback-overlay"
POPUP: ViewportSize = {"width": 400, "height": 600}  # what browsers give it at most, about


def main(folder: Path) -> None:
    """All pictures, as PNG, into `folder`."""
    binary = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if binary is None:
        raise SystemExit("No Chromium is on the path.")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, _demo(Path(scratch)) as (newspaper, extension):
        copy = Path(scratch) / "extension"
        shutil.copytree(extension, copy)
        _allow_all_sites(copy / "manifest.json")
        with sync_playwright() as playwright:
            context = playwright.chromium.launch_persistent_context(
                Path(scratch) / "profile",
                executable_path=binary,
                headless=True,
                viewport=SIZE,
                locale="en-GB",
                args=[f"--load-extension={copy}", f"--disable-extensions-except={copy}"],
            )
            try:
                _take(context, newspaper, folder)
            finally:
                context.close()


@contextmanager
def _demo(scratch: Path) -> Iterator[tuple[str, Path]]:
    """The newspaper's address and the folder of the extension that is connected, while the demo runs."""
    log = scratch / "demo.log"
    command = [sys.executable, "-m", "rowback", "demo", "--no-browser"]
    with log.open("w") as said, subprocess.Popen(command, stdout=said, stderr=said) as demo:
        try:
            until(lambda: "to end the demo" in log.read_text(), "the demo to be ready", UP_WITHIN_S)
            text = log.read_text()
            newspaper = re.search(r"The newspaper +(\S+)", text)
            manifest = re.search(r"(\S+)/manifest\.json", text)
            if newspaper is None or manifest is None:
                raise SystemExit(f"The demo says neither where its newspaper nor where its extension is:\n{text}")
            yield newspaper[1], Path(manifest[1])
        finally:
            demo.send_signal(signal.SIGINT)
            demo.wait(ENDS_WITHIN_S)


def _allow_all_sites(manifest: Path) -> None:
    """Gives what a reader would at the first page."""
    said = json.loads(manifest.read_text(encoding="utf-8"))
    said["host_permissions"] += said.pop("optional_host_permissions")
    manifest.write_text(json.dumps(said), encoding="utf-8")


def _take(context: BrowserContext, newspaper: str, folder: Path) -> None:
    workers = context.service_workers
    worker = workers[0] if workers else context.wait_for_event("serviceworker")
    own = worker.url.removesuffix("background/worker.js")
    page = context.pages[0]
    _open_edited(page, newspaper)
    page.screenshot(path=folder / "1-badges.png")
    page.locator(f"{OVERLAY} .badge").first.click()
    page.locator(f"{OVERLAY} .card").wait_for()
    page.screenshot(path=folder / "2-card.png")
    page.keyboard.press("Escape")
    page.evaluate("scrollTo(0, 0)")
    for number, (name, path, size) in enumerate(
        (
            ("popup", "popup/index.html", POPUP),
            ("panel", "panel/index.html", SIZE),
            ("options", "options/index.html", SIZE),
        ),
        start=3,
    ):
        # A page of ours in a tab beside the article is about the article: it asks for the tab that it came from.
        with context.expect_page() as opened:
            worker.evaluate("url => void chrome.tabs.create({ url, active: false })", own + path)
        opened.value.set_viewport_size(size)
        opened.value.locator("main:not([hidden])").wait_for()
        opened.value.screenshot(path=folder / f"{number}-{name}.png")
        opened.value.close()


def _open_edited(page: Page, newspaper: str) -> None:
    """The first story of the front page that has badges."""
    page.goto(newspaper)
    stories = page.locator("a[href]").evaluate_all("all => all.map(each => each.href)")
    for story in dict.fromkeys(stories):
        page.goto(story)
        overlay = page.locator(f"{OVERLAY}[data-state=ready]")
        try:
            overlay.wait_for(state="attached", timeout=5_000)
        except TooLate:
            continue
        if page.locator(f"{OVERLAY} .badge").count():
            return
    raise SystemExit("No story of the newspaper has a badge.")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("Usage: python -m tests.shop_window FOLDER")
    main(Path(sys.argv[1]))
