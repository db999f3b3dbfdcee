"""What a page hides or covers: our element withstands its rules, and what is hidden all the same is not counted as shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from .cases import FIGURE
from .deadline import until
from .overlay import Badge, Overlay, badge_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .backend import Backend
    from .reader import Reader
    from .site import Site

HIDER = replace(FIGURE, url="https://hider.lantern-post.test/2026/hider")
# One paragraph of the text is changed, and an unseen switch is in the page's hands.
STYLE = "(css) => document.head.append(Object.assign(document.createElement('style'), {textContent: css}))"
# Whether the badge can be made out: every box from it to the root, as the browser computed them.
SIGHT = """(css) => {
  const host = document.querySelector("rowback-overlay"), badge = host.shadowRoot.querySelector(css);
  const seen = [];
  for (let node = badge; node; node = node.parentElement ?? node.getRootNode().host) {
    const { opacity, filter, transform, maskImage, clipPath, mixBlendMode } = getComputedStyle(node);
    const isAtRest = node === badge ? transform.startsWith("matrix(1, 0, 0, 1,") : transform === "none";
    seen.push([opacity, filter, maskImage, mixBlendMode, isAtRest, /^none$|^polygon/.test(clipPath)].join());
  }
  const { color, backgroundColor } = getComputedStyle(badge);
  const after = getComputedStyle(host, "::after");
  return { seen: [...new Set(seen)], inks: [color, backgroundColor].map((ink) => /^rgba.*, 0\\)$|transparent/.test(ink)),
    width: Math.round(badge.getBoundingClientRect().width),
    after: after.content };
}"""
PLAIN = {"seen": ["1,none,none,normal,true,true"], "inks": [False, False], "width": 24}
MARK = """() => {
  const { backgroundColor, textDecorationLine } = getComputedStyle(
    document.querySelector("article p"), "::highlight(rowback-changed)");
  return [backgroundColor, textDecorationLine].join();
}"""

# What a rule says of our element. Each is tried as it is, in a layer, and in a scope.
DECLARATIONS = (
    "clip-path: inset(100%)",
    "clip: rect(0 0 0 0)",
    "opacity: 0.01",
    "filter: opacity(0)",
    "transform: scale(0)",
    "scale: 0.01",
    "translate: -9999px",
    "rotate: y 90deg",
    "offset-path: path('M -9000 0 L -9999 0')",
    "mask: linear-gradient(#0000, #0000)",
    "content-visibility: hidden",
    "display: none",
    "display: contents",
    "visibility: hidden",
    "zoom: 0.01",
    "contain: strict",
    "position: fixed; inset: -5000px auto auto -5000px",
    "width: 0; height: 0; overflow: clip",
    "max-width: 0; max-height: 0; overflow: hidden",
    "pointer-events: none",
    "color-scheme: only dark; forced-color-adjust: none",
    "z-index: -1",
    "mix-blend-mode: difference",
    "font-size: 0; line-height: 0; color: #0000",
    "all: initial",
    "all: unset; display: none",
    "animation: vanish 1s infinite; transition: all 99s",
    "float: left; margin: -9999px",
    "--rowback-live: hidden",
    "--paper: #0000; --ink: #0000; --accent: #0000; --line: #0000; --ins: #0000; --shadow: 0 0 0",
    "interactivity: inert; user-select: none",
)
KEYFRAMES = "@keyframes vanish { from, to { opacity: 0; visibility: hidden; translate: -9999px; display: none } }"
# Elsewhere than on the element itself.
RULES = (
    "rowback-overlay::after { content: ''; position: fixed; inset: 0; background: #fff; z-index: 9 }",
    "rowback-overlay::before { content: '' !important; position: fixed !important; inset: 0; z-index: 9; background: red }",
    "* { all: initial !important }",
    "html > :last-child { display: none !important }",
    "::highlight(rowback-changed) { background: none !important; text-decoration: none !important }",
    "@layer one { ::highlight(rowback-changed) { background: none !important; text-decoration: none !important } }",
)

# What a page makes of our elements' names, before we come.
DEFINITIONS = {
    "throws": "constructor() { super(); throw new Error('not yours'); }",
    "rooted": "constructor() { super(); this.attachShadow({ mode: 'closed' }).innerHTML = '<p>mine</p>'; }",
    "rootless": "static disabledFeatures = ['shadow'];",
    "hidden": "connectedCallback() { this.hidden = this.inert = true; this.style.cssText = 'display: none'; }",
}
DEFINE = """<script>
  for (const name of ["rowback-overlay", "rowback-deletion"])
    customElements.define(name, class extends HTMLElement { %s });
</script>"""


@pytest.fixture(scope="module", autouse=True)
def _published(backend: Backend, site: Site) -> None:
    backend.tell(HIDER)
    site.put(HIDER.url, HIDER.page())


@pytest.fixture
def badge(reader: Reader, overlay: Overlay) -> Iterator[Badge]:
    """The page with its one badge."""
    reader.open(HIDER.url)
    assert overlay.wait().anchored == "1/1"
    yield overlay.badges()[0]


def sight(reader: Reader, badge: Badge) -> dict[str, Any]:
    told = dict(reader.ask_beside("", SIGHT, badge_of(badge)))
    assert told.pop("after") in {"none", "normal"}, "nothing is put over what stands in our element"
    return told


def test_no_rule_for_our_element_hides_a_badge(reader: Reader, overlay: Overlay, badge: Badge) -> None:
    mark = reader.run_in_page(MARK)
    at = (badge.left, badge.top)
    assert sight(reader, badge) == PLAIN
    for declarations in DECLARATIONS:
        important = "; ".join(f"{each} !important" for each in declarations.split("; "))
        rule = f"rowback-overlay {{ {important} }}"
        for css in (rule, f"@layer one {{ {rule} }}", f"@scope (html) {{ {rule} }}"):
            reader.run_in_page(STYLE, KEYFRAMES + css)
            now = overlay.badges()[0]
            assert now.shown, css
            assert (now.left, now.top) == at, css
            assert sight(reader, badge) == PLAIN, css
            assert reader.ask("point", badge_of(badge)), css
            reader.run_in_page("() => document.head.lastChild.remove()")
    for css in RULES:
        reader.run_in_page(STYLE, css)
        assert overlay.badges()[0].shown, css
        assert sight(reader, badge)["inks"] == [False, False], css
        if "highlight" in css:
            assert reader.run_in_page(MARK) == mark, css
        reader.run_in_page("() => document.head.lastChild.remove()")
    assert overlay.open_card(badge_of(badge)).deleted == ["four"]
    until(lambda: overlay.state().anchored == "1/1", "the mark to be counted")


@pytest.mark.parametrize("name", ["throws", "rooted", "rootless"])
def test_a_page_that_has_an_element_of_our_name_is_marked(
    name: str, reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    told = replace(FIGURE, url=f"https://definer.lantern-post.test/2026/{name}")
    # The browser reports that the page's own constructor failed.
    reader.provoked |= {"definer.lantern-post.test", "re-attach to existing ShadowDOM", "element upgrade to 'rowback-"}
    backend.tell(told)
    site.put(told.url, told.page(head=DEFINE % DEFINITIONS[name]))
    reader.open(told.url)
    assert overlay.wait().anchored == "1/1"
    assert overlay.open_card(badge_of(overlay.badges()[0])).deleted == ["four"]
    reader.click(".mode")
    reader.click("button[data-mode=changes]")
    until(lambda: reader.ask("missing") == ["four"], "what is gone to stand in the text")
    reader.click(".mode")
    reader.click("button[data-mode=marks]")
    until(lambda: reader.ask("missing") == [], "it to go")
