"""Real pages in a real browser, scripts off and no network, read by the extension's own files: the snapshot that it would
send, and the folded text in which it looks for blocks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

    from rowback.model import Content

EXTENSION = Path(__file__).parents[2] / "extension"
_READ = """() => {
    %s
    const address = { href: "https://corpus.example/" };
    return [RowbackSnapshot.take(document, address).html, RowbackTextIndex.build(document.body).text];
}"""
# What the extension itself says: which files read a page, and in which order.
_LISTS = regex.compile(r"const (?:JUDGE|PAGE|FIND) = \[([^\]]*)\]\.map\(\s*\(name\) => `content/(\w+)/")
# Where it would lead is not there.
_REFRESH = regex.compile(r"<meta[^>]*http-equiv=[\"']?refresh[^>]*>", regex.IGNORECASE)
_VISIT = """([href, latest]) => {
    %s
    const address = new URL(href);
    const page = RowbackTextIndex.build(document.body);
    const newText = RowbackNewText.among.bind(null, page);
    return {
        snapshot: RowbackSnapshot.take(document, address).html,
        is_article: RowbackSlices.through(RowbackArticle.judging(document, address)),
        freshness: latest && RowbackFreshness.compare(latest, [], page.text, newText),
    };
}"""


@dataclass(frozen=True)
class Seen:
    """What the extension makes of a page: the HTML it would send, and the page's folded text."""

    snapshot: str
    text: str


@dataclass(frozen=True)
class Visit:
    """What the extension makes of a page under its address: the HTML it would send, whether it would ask the backend about
    it, and how fresh the page is beside what is stored (None: nothing is)."""

    snapshot: str
    is_article: bool
    freshness: str | None

    @property
    def is_sent(self) -> bool:
        """Whether "keep what I read" would send the page (`extension/content/keep.js`)."""
        return self.freshness not in ("same", "older")


class Browsing:
    """A browser for one page after another."""

    def __init__(self, browser: Browser) -> None:
        self._page: Page = browser.new_context(java_script_enabled=False).new_page()
        self._served = ""
        self._page.route("**/*", self._answer)
        self._scripts = "\n".join(path.read_text(encoding="utf-8") for path in reading())

    def see(self, html: str) -> Seen:
        """Opens a page, given as text."""
        self._page.set_content(html, wait_until="domcontentloaded")
        return Seen(*self._page.evaluate(_READ % self._scripts))

    def visit(self, html: str, url: str, stored: Content | None = None) -> Visit:
        """Opens a page, given as text, at an address: its links start there."""
        self._served = _REFRESH.sub("", html)
        self._page.goto(url, wait_until="domcontentloaded")
        latest = stored and {"title": stored.title, "blocks": [block.text for block in stored.blocks]}
        return Visit(**self._page.evaluate(_VISIT % self._scripts, [url, latest]))

    def fold(self, texts: list[str]) -> list[str]:
        """As `RowbackFold.fold`."""
        found: list[str] = self._page.evaluate(
            f"(texts) => {{ {self._scripts}; return texts.map(RowbackFold.fold) }}", texts
        )
        return found

    def _answer(self, route: Route) -> None:
        """The page that is visited, and nothing else."""
        if route.request.is_navigation_request() and route.request.frame == self._page.main_frame:
            route.fulfill(body=self._served, content_type="text/html; charset=utf-8")
        else:
            route.abort()


def reading() -> Iterator[Path]:
    """The files with which the extension reads a page."""
    listed = (EXTENSION / "background" / "content-files.js").read_text(encoding="utf-8")
    for names, folder in _LISTS.findall(listed):
        yield from (EXTENSION / "content" / folder / f"{name}.js" for name in regex.findall(r"[\w-]+", names))
