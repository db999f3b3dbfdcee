"""Real pages in a real browser, scripts off and no network, read by the extension's own files: the snapshot that it would
send, and the folded text in which it looks for blocks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

CONTENT_SCRIPTS = Path(__file__).parents[2] / "extension" / "content"
_READ = """() => {
    %s
    const address = { href: "https://corpus.example/" };
    return [RowbackSnapshot.take(document, address).html, RowbackTextIndex.build(document.body).text];
}"""


@dataclass(frozen=True)
class Seen:
    """What the extension makes of a page: the HTML it would send, and the page's folded text."""

    snapshot: str
    text: str


class Browsing:
    """A browser for one page after another."""

    def __init__(self, browser: Browser) -> None:
        self._page: Page = browser.new_context(java_script_enabled=False).new_page()
        self._page.route("**/*", _refuse)
        files = ("find/fold.js", "find/text-index.js", "page/forms.js", "page/snapshot.js")
        self._scripts = "\n".join((CONTENT_SCRIPTS / name).read_text(encoding="utf-8") for name in files)

    def see(self, html: str) -> Seen:
        """Opens a page, given as text."""
        self._page.set_content(html, wait_until="domcontentloaded")
        return Seen(*self._page.evaluate(_READ % self._scripts))

    def fold(self, texts: list[str]) -> list[str]:
        """As `RowbackFold.fold`."""
        found: list[str] = self._page.evaluate(
            f"(texts) => {{ {self._scripts}; return texts.map(RowbackFold.fold) }}", texts
        )
        return found


def _refuse(route: Route) -> None:
    route.abort()
