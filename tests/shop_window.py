"""Takes the pictures that stores show, of the demo's newspaper in a real Chromium: `python -m tests.shop_window FOLDER`.

Run by hand, and looked at before they are used. Nothing is on them but the invented newspaper and Rowback, under names
that nobody has.
"""

from __future__ import annotations

import base64
import re
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from playwright.sync_api import sync_playwright

from tests.browser.deadline import until
from tests.shop_stage import NEWSPAPER, languages, staged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Locator, Page, ViewportSize

SIZE: ViewportSize = {"width": 1280, "height": 800}  # what Chrome's store and Firefox's both take
STORY = f"https://{NEWSPAPER}/politics/hesper-bridge-inquiry"  # three edits that one window has room for
IN_SIGHT = 3
FIRST_MARK_PX = 160  # from the top of the picture: under a little of what is before it
EDITS_PX = 24  # the same for the panel's edits, which are below all versions
WITHIN_S = 60.0
OVERLAY = "rowback-overlay"
POPUP: ViewportSize = {"width": 340, "height": 600}  # the width it asks for; browsers give it 600 of height at most
THIS_MACHINE = re.compile(r"\b127\.0\.0\.1\b|\blocalhost\b")
WORDS = """() => [
    document.body.innerText,
    ...Array.from(document.querySelectorAll("input"), each => `${each.value} ${each.placeholder}`),
    ...Array.from(document.querySelectorAll("rowback-overlay"), each => each.shadowRoot.textContent),
].join("\\n")"""
# The page, paled, and the popup over its corner, where browsers hang it.
BESIDE = """<!doctype html>
<style>
  body {{ margin: 0; width: {width}px; height: {height}px; overflow: hidden; position: relative; background: #fff; }}
  .page {{ position: absolute; inset: 0; opacity: 0.55; }}
  .popup {{ position: absolute; top: 24px; right: 32px; max-height: calc(100% - 48px); border-radius: 10px;
    outline: 1px solid #0003; box-shadow: 0 12px 40px #0005; }}
</style>
<img class="page" src="{page}" alt=""><img class="popup" src="{popup}" alt="">"""


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(languages()), default="en", show_default=True)
def main(folder: Path, language: str) -> None:
    """All pictures, as PNG, into FOLDER."""
    binary = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if binary is None:
        raise SystemExit("No Chromium is on the path.")
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        staged(Path(scratch), language) as stage,
        sync_playwright() as playwright,
    ):
        context = playwright.chromium.launch_persistent_context(
            Path(scratch) / "profile",
            executable_path=binary,
            headless=True,
            viewport=SIZE,
            locale="en-GB" if language == "en" else language,
            ignore_https_errors=True,
            args=stage.flags(),
        )
        try:
            _take(ShopWindow(context, folder))
        finally:
            context.close()


@dataclass(frozen=True, slots=True)
class ShopWindow:
    """A browser with the extension, and the folder for its pictures."""

    context: BrowserContext
    folder: Path

    def keep(self, name: str, page: Page) -> bytes:
        """What a page shows, as a picture for the stores."""
        png = shot(page)
        write(self.folder / f"{name}.png", png)
        return png

    @contextmanager
    def own_page(self, path: str, size: ViewportSize) -> Iterator[Page]:
        """A page of ours in a tab beside the article is about the article: it asks for the tab that it came from."""
        workers = self.context.service_workers
        worker = workers[0] if workers else self.context.wait_for_event("serviceworker")
        with self.context.expect_page() as opened:
            worker.evaluate(
                "path => void chrome.tabs.create({ url: chrome.runtime.getURL(path), active: false })", path
            )
        page = opened.value
        page.set_viewport_size(size)
        page.locator("main:not([hidden])").wait_for()
        page.wait_for_load_state("networkidle")
        yield page
        page.close()


def shot(page: Page, part: Locator | None = None) -> bytes:
    """A page, or a part of it. Ends everything where the words in it name this machine."""
    named = THIS_MACHINE.search(page.evaluate(WORDS))
    if named:
        raise SystemExit(f"{page.url} shows {named[0]}.")
    return (part or page).screenshot()


def write(path: Path, png: bytes) -> None:
    """Writes a picture. Ends everything where it is not as large as stores want it (PNG, 11.2.1 IHDR)."""
    size = {"width": int.from_bytes(png[16:20]), "height": int.from_bytes(png[20:24])}
    if size != SIZE:
        raise SystemExit(f"{path.name} would be {size['width']} × {size['height']}.")
    path.write_bytes(png)


def _take(window: ShopWindow) -> None:
    page = window.context.pages[0]
    page.goto(STORY)
    page.locator(f"{OVERLAY}[data-state=ready]").wait_for(state="attached", timeout=WITHIN_S * 1000)
    top = shot(page)
    badges = page.locator(f"{OVERLAY} .badge")
    _scroll_to(badges.first, FIRST_MARK_PX)
    until(lambda: _in_sight(badges) >= IN_SIGHT, "badges to be in sight", WITHIN_S)
    window.keep("1-badges", page)
    badges.nth(1).click()
    page.locator(f"{OVERLAY} .card").wait_for()
    window.keep("2-card", page)
    page.keyboard.press("Escape")
    with window.own_page("popup/index.html", POPUP) as popup:
        over = shot(popup, popup.locator("body"))
    _keep_beside(window, top, over)
    with window.own_page("panel/index.html", SIZE) as panel:
        panel.locator("#edits > *").first.wait_for()
        _scroll_to(panel.locator("#edits-title"), EDITS_PX)
        window.keep("4-panel", panel)
    with window.own_page("options/index.html", SIZE) as options:
        window.keep("5-options", options)


def _scroll_to(element: Locator, from_top_px: int) -> None:
    element.evaluate("(each, top) => scrollBy(0, each.getBoundingClientRect().top - top)", from_top_px)


def _in_sight(badges: Locator) -> int:
    boxes = [badge.bounding_box() for badge in badges.all()]
    return sum(box is not None and 0 <= box["y"] <= SIZE["height"] - box["height"] for box in boxes)


def _keep_beside(window: ShopWindow, behind: bytes, popup: bytes) -> None:
    """The popup as it hangs over the page that it tells of."""
    page = window.context.new_page()
    page.set_content(BESIDE.format(page=_address(behind), popup=_address(popup), **SIZE))
    window.keep("3-popup", page)
    page.close()


def _address(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


if __name__ == "__main__":
    main()
