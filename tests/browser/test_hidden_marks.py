"""What a page hides or covers: our element withstands its rules, and what is hidden all the same is not counted as shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from .cases import FIGURE
from .deadline import stays, until
from .hiding import (
    ALL_OVER,
    COVER,
    DECLARATIONS,
    DEFINE,
    DEFINITIONS,
    HIDES,
    HONEST,
    KEYFRAMES,
    NUDGE,
    RULES,
    STYLE,
    UNCOVER,
)
from .overlay import Badge, Overlay, badge_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .backend import Backend
    from .reader import Reader
    from .site import Site

HIDER = replace(FIGURE, url="https://hider.lantern-post.test/2026/hider")
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


def counted(overlay: Overlay) -> str:
    return str(overlay.state().anchored)


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


@pytest.mark.parametrize("name", DEFINITIONS)
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


@pytest.mark.parametrize("name", HIDES)
def test_a_mark_that_the_page_hides_or_covers_does_not_count_until_it_is_seen_again(
    name: str, reader: Reader, overlay: Overlay, badge: Badge
) -> None:
    act, arguments, undo = HIDES[name]
    reader.run_in_page(act, *arguments)
    reader.run_in_page(NUDGE)
    until(lambda: overlay.state().anchored == "0/1", "the mark not to be counted")
    until(lambda: "hides or covers marks" in reader.toolbar_title(), "the toolbar to say so")
    assert reader.toolbar_badge_text() == "1", "the article's edits are as many as before"
    reader.run_in_page(undo)
    reader.run_in_page(NUDGE)
    until(lambda: overlay.state().anchored == "1/1", "the mark to count again")
    until(lambda: "hides" not in reader.toolbar_title(), "the toolbar to say no more of it")


def test_on_pages_that_hide_nothing_all_marks_count(reader: Reader, overlay: Overlay, badge: Badge) -> None:
    for name, (act, arguments, undo) in HONEST.items():
        reader.run_in_page(act, *arguments)
        reader.run_in_page(NUDGE)
        stays(lambda: counted(overlay), "1/1", name)
        reader.run_in_page(undo)
        reader.run_in_page(NUDGE)
        stays(lambda: counted(overlay), "1/1", f"{name}, undone", 0.3)
    reader.on_paper(True)
    reader.run_in_page(NUDGE)
    stays(lambda: counted(overlay), "1/1", "on paper")
    reader.on_paper(False)


def test_a_page_in_full_screen_keeps_its_marks(reader: Reader, overlay: Overlay, badge: Badge) -> None:
    reader.run_in_page(STYLE, "header { position: fixed; inset: 0 0 auto; height: 250px; background: #fff }")
    reader.run_in_page("""() => {
      const button = Object.assign(document.createElement("button"), { id: "full", textContent: "Full screen" });
      button.onclick = () => document.documentElement.requestFullscreen();
      document.querySelector("header").append(button);
    }""")
    reader.click("#full")
    until(lambda: reader.run_in_page("() => document.fullscreenElement !== null"), "the page to be in full screen")
    reader.run_in_page(NUDGE)
    stays(lambda: counted(overlay), "1/1", "in full screen")
    reader.await_in_page("() => document.exitFullscreen()")


def test_marks_that_are_covered_from_the_beginning_never_count(
    reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    told = replace(FIGURE, url="https://hider.lantern-post.test/2026/walled")
    backend.tell(told)
    wall = f"<script>({COVER})('dialog', '{ALL_OVER}', 'showModal')</script>"
    site.put(told.url, told.page(tail=wall))
    reader.open(told.url)
    assert overlay.wait().anchored == "0/1"
    reader.run_in_page(UNCOVER)
    until(lambda: overlay.state().anchored == "1/1", "the mark to count, with no word from the page")
    reader.run_in_page(COVER, "dialog", "", "showModal")
    until(lambda: overlay.state().anchored == "0/1", "the mark not to be counted, with no word from the page")


@pytest.mark.parametrize("root", ["html", "body"])
def test_a_page_that_fades_in_has_its_marks_then(
    root: str, reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    told = replace(FIGURE, url=f"https://hider.lantern-post.test/2026/fading-{root}")
    backend.tell(told)
    twin = f"<p style='opacity: 0; position: absolute'>{told.versions[-1].paragraphs[0]}</p>"
    site.put(told.url, told.page(head=f"<style>{root} {{ opacity: 0 }}</style>", tail=twin))
    reader.open(told.url)
    overlay.wait()
    reader.run_in_page("(root) => { document.querySelector(root).style.opacity = 1; }", root)
    until(lambda: counted(overlay) == "1/1", "the mark to count")
    assert overlay.words_marked() == ["nine"]


def test_a_wall_covers_marks_out_of_view_and_a_banner_those_under_it(
    reader: Reader, overlay: Overlay, badge: Badge
) -> None:
    reader.run_in_page("() => { document.body.style.height = '9000px'; document.body.style.paddingTop = '2000px'; }")
    reader.run_in_page(COVER, "dialog", "", "showModal")
    until(lambda: counted(overlay) == "0/1", "the wall to cover the mark below the window")
    reader.run_in_page(UNCOVER)
    until(lambda: counted(overlay) == "1/1", "the mark to count again")
    reader.run_in_page(COVER, "div", f"{ALL_OVER} inset: auto 0 0; height: 200px;", "showPopover")
    reader.run_in_page("(y) => scrollTo(0, y - innerHeight + 60)", overlay.badges()[0].top)
    until(lambda: counted(overlay) == "0/1", "the banner to cover the mark")
    reader.run_in_page("() => scrollTo(0, 0)")
    until(lambda: counted(overlay) == "1/1", "the mark to have left the banner behind")


def test_what_is_hidden_is_told_where_the_page_cannot_hide_it(reader: Reader, overlay: Overlay, badge: Badge) -> None:
    page = reader.tab()
    reader.run_in_page(COVER, "div", ALL_OVER, "showPopover")
    until(lambda: overlay.state().anchored == "0/1", "the mark not to be counted")
    reader.open_beside("popup/index.html")
    until(lambda: reader.ask("attribute", "[data-hidden]", "data-hidden") == "1", "the popup to say so")
    assert "0 of 1 marked on the page" in reader.ask("text", "#page")
    reader.switch(page)
    reader.open_beside("panel/index.html")
    until(lambda: reader.ask("text", f"[data-group=elsewhere] [data-go='{badge.id}']"), "the panel to list it apart")
    reader.switch(page)
    reader.run_in_page(UNCOVER)


def test_our_element_comes_back_to_its_place_and_is_given_up_for_good(
    reader: Reader, overlay: Overlay, badge: Badge
) -> None:
    reader.run_in_page("""() => {
      const inner = document.createElement("div");
      inner.style.opacity = 0;
      document.body.prepend(inner);
      inner.append(document.querySelector("rowback-overlay"));
    }""")
    in_place = "() => document.documentElement.lastElementChild.localName === 'rowback-overlay'"
    until(lambda: reader.run_in_page(in_place), "our element to be back at the end of the page")
    stays(lambda: overlay.state().hosts, 1, "one of ours")
    until(lambda: overlay.state().anchored == "1/1", "the mark to count")
    reader.run_in_page("""() => {
      const remove = () => document.querySelector("rowback-overlay")?.remove();
      new MutationObserver(remove).observe(document.documentElement, { childList: true });
      remove();
    }""")
    until(lambda: "hides or covers marks" in reader.toolbar_title(), "the toolbar to say so")
    stays(lambda: "hides or covers marks" in reader.toolbar_title(), True, "no more of it")
