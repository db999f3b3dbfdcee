"""The extension, which asks about articles only, and the server, which stores articles only, judge alike: the extension's own
files in Chromium beside `extract()`, on the same invented pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rowback.errors import NotAnArticle
from rowback.text.extract import extract
from tests.server.kinds_of_pages import INVENTED, Invented

from .conftest import binary_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page, Playwright, Route

FOLDER = Path(__file__).parents[2] / "extension" / "content" / "page"
FILES = ("slices", "page-text", "forms", "places", "page-facts", "page-build", "page-kind", "article-signals")
JUDGE = """() => {
    %s
    const address = new URL(location.href);
    const { through } = RowbackSlices;
    const kind = RowbackPageKind.kindOf(through(RowbackPageKind.reading(document, address)));
    return [kind, through(RowbackArticle.judging(document, address))];
}"""
REPLACED = """() => {
    %s
    const address = new URL("https://echo.example/story");
    const read = () => RowbackPageBuild.reading(document, address, () => false);
    const steps = read();
    steps.next();
    const paragraph = document.querySelector("p").cloneNode(true);
    document.body.replaceChildren(paragraph);
    return [RowbackSlices.through(steps), RowbackSlices.through(read())];
}"""
UNASKED = {
    "front of a table": "its lines are short: that is no article to the extension, of whatever kind",
    "front of columns": "the same",
    "front of headlines only": "the same",
    "front of a lead story": "the links alone tell it, which the extension does not weigh",
}
"""Pages of which the extension names no kind, or another, and why. It asks about none of them."""
SHY = {
    "article: note": "an extension that asked about every page of a paragraph or two would tell the backend of most pages",
    "article: recipe": "the same",
    "article: obituary": "the same",
    "article: single by its makers": "the same of pages without a headline",
    "article: without a headline": "the same",
}
"""Articles that the server stores when it is given them, and about which the extension does not ask by itself."""


@pytest.fixture(scope="module")
def window(playwright: Playwright) -> Iterator[Page]:
    """A page of Chromium in which no script of a page runs."""
    browser = playwright.chromium.launch(executable_path=binary_of("chromium"), args=["--no-sandbox"])
    yield browser.new_context(java_script_enabled=False).new_page()
    browser.close()


def _judged(window: Page, page: Invented) -> tuple[str | None, bool]:
    """What the extension takes a page for, and whether it asks about it."""

    def answer(route: Route) -> None:
        is_page = route.request.is_navigation_request()
        route.fulfill(body=page.html, content_type="text/html; charset=utf-8") if is_page else route.abort()

    window.unroute_all()
    window.route("**/*", answer)
    window.goto(page.url, wait_until="domcontentloaded")
    kind, is_asked = window.evaluate(JUDGE % _scripts())
    return kind, is_asked


def _scripts() -> str:
    return "\n".join((FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in FILES)


def test_a_page_that_replaces_its_text_while_it_is_read_is_read_anew(window: Page) -> None:
    paragraph = f"<p>{'words of a paragraph ' * 5}</p>"
    window.set_content(f"<body>{paragraph * 300}</body>")
    read, anew = window.evaluate(REPLACED % _scripts())
    assert read == anew
    assert anew["own"] > 0


@pytest.mark.parametrize("page", INVENTED, ids=lambda page: page.name)
def test_the_extension_judges_as_the_server_does(window: Page, page: Invented) -> None:
    kind, is_asked = _judged(window, page)
    try:
        stored = extract(page.html, page.url).taken_for
    except NotAnArticle as error:
        stored = error.reason  # type: ignore[assignment]
    if page.name not in UNASKED:
        assert kind == stored
    assert is_asked == (stored is None and page.name not in SHY)
