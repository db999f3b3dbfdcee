"""A browser without the extension, whose content files are run on a page by hand: quick, and with scripts on or off."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

    from rowback.model import Content

CONTENT = Path(__file__).parents[2] / "extension" / "content"
FILES = (
    "page/page-text.js",
    "page/forms.js",
    "page/page-facts.js",
    "page/snapshot.js",
    "find/fold.js",
    "find/text-index.js",
    "find/new-text.js",
    "find/freshness.js",
)
SNAPSHOT = "() => { %s; return RowbackSnapshot.take(document, { href: 'https://spit.example/' }).html; }"
FRESHNESS = """(latest) => {
    %s
    const page = RowbackTextIndex.build(document.body);
    return RowbackFreshness.compare(latest, [], page.text, RowbackNewText.among.bind(null, page));
}"""


class RawPage:
    """One page after another, without a network."""

    def __init__(self, browser: Browser, *, scripts: bool) -> None:
        self.scripts = scripts
        self._page = browser.new_context(java_script_enabled=scripts).new_page()
        self._page.route("**/*", _abort)
        self._files = "\n".join((CONTENT / name).read_text(encoding="utf-8") for name in FILES)

    def snapshot(self, html: str) -> str:
        """The page as the extension would send it."""
        self._page.set_content(html, wait_until="domcontentloaded")
        return str(self._page.evaluate(SNAPSHOT % self._files))

    def freshness(self, html: str, stored: Content) -> str:
        """What the extension says of the page beside the version that is stored."""
        self._page.set_content(html, wait_until="domcontentloaded")
        latest = {"title": stored.title, "blocks": [block.text for block in stored.blocks]}
        return str(self._page.evaluate(FRESHNESS % self._files, latest))


def _abort(route: Route) -> None:
    route.abort()
