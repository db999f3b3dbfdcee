"""Pages that are strict, careless or against us: marks where that is possible, and calm where it is not."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from .cases import FIGURE, story
from .deadline import stays, until
from .overlay import badge_of
from .story import Story, Text

if TYPE_CHECKING:
    from .backend import Backend
    from .overlay import Overlay
    from .reader import Reader
    from .site import Site

STRICT = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'; sandbox allow-same-origin"
)

BROKEN_PROTOTYPES = """<script>
  const broken = () => { throw new Error('broken by the page'); };
  for (const owner of [Array, Object, String, Map, Promise, Element, Node, Document, Range, Highlight, Map]) {
    for (const name of Object.getOwnPropertyNames(owner.prototype)) {
      if (name === 'constructor') continue;
      try { owner.prototype[name] = broken; } catch {}
    }
  }
  window.fetch = window.CSS = window.ShadowRoot = window.MutationObserver = broken;
</script>"""

REMOVES_OVERLAY = """<script>
  window.removed = 0;
  new MutationObserver(() => {
    for (const host of document.querySelectorAll('rowback-overlay')) { host.remove(); window.removed += 1; }
  }).observe(document, {childList: true, subtree: true});
</script>"""

CLEARS_MARKS = """<script>
  addEventListener('click', () => CSS.highlights.clear());
</script>"""

STYLES_EVERYTHING = """<style>
  * { display: block !important; position: static !important; font-size: 90px !important; transform: rotate(9deg); }
  rowback-overlay { display: none !important; visibility: hidden !important; opacity: 0 !important; }
  ::highlight(rowback-changed) { color: transparent !important; }
</style>"""

DEFINES_OVERLAY = """<script>
  customElements.define('rowback-overlay', class extends HTMLElement {
    constructor() { super(); window.built = true; throw new Error('not yours'); }
  });
</script>"""


def at(name: str) -> Story:
    """The story with a changed figure, on a site of its own for this page."""
    return replace(FIGURE, url=f"https://{name}.hostile-post.test/2026/figure")


@pytest.fixture
def told(backend: Backend, request: pytest.FixtureRequest) -> Story:
    """A story recorded under an address made from the test's name."""
    story = at(request.node.originalname.removeprefix("test_").replace("_", "-")[:60].strip("-"))
    backend.tell(story)
    return story


def test_a_page_with_a_strict_policy_and_trusted_types_is_marked(
    told: Story, site: Site, reader: Reader, overlay: Overlay
) -> None:
    site.put(told.url, told.page(), {"Content-Security-Policy": STRICT})
    reader.open(told.url)
    assert overlay.wait().anchored == "1/1"
    assert overlay.words_marked() == ["nine"]
    assert overlay.open_card(badge_of(overlay.badges()[0])).deleted == ["four"]


def test_a_page_that_broke_its_own_prototypes_is_marked(
    told: Story, site: Site, reader: Reader, overlay: Overlay
) -> None:
    site.put(told.url, told.page(tail=BROKEN_PROTOTYPES))
    reader.open(told.url)
    assert overlay.wait().anchored == "1/1"
    assert overlay.open_card(badge_of(overlay.badges()[0])).deleted == ["four"]


def test_a_page_that_keeps_removing_the_overlay_is_left_in_peace(
    told: Story, site: Site, reader: Reader, overlay: Overlay
) -> None:
    site.put(told.url, told.page(head=REMOVES_OVERLAY))
    reader.open(told.url)
    removed = "() => window.removed"
    until(lambda: reader.run_in_page(removed) > 0, "the page to remove the overlay")
    last = [0]

    def is_over() -> bool:
        before, last[0] = last[0], reader.run_in_page(removed)
        return last[0] == before

    until(lambda: all(is_over() for _ in range(30)), "Rowback to give up", 30)
    assert reader.run_in_page(removed) < 20
    assert reader.ask("text", "h1"), "the page is there"
    stays(lambda: overlay.state().hosts, 0, "no overlay comes back")


def test_a_page_that_clears_all_highlights_does_not_stop_the_card(
    told: Story, site: Site, reader: Reader, overlay: Overlay
) -> None:
    site.put(told.url, told.page(head=CLEARS_MARKS))
    reader.open(told.url)
    overlay.wait()
    reader.click("h1")
    until(lambda: overlay.marks() == {}, "the page to clear the highlights")
    assert overlay.open_card(badge_of(overlay.badges()[0])).deleted == ["four"]


def test_a_page_whose_style_sheet_is_against_us_cannot_hide_the_badges(
    told: Story, site: Site, reader: Reader, overlay: Overlay
) -> None:
    site.put(told.url, told.page(head=STYLES_EVERYTHING))
    reader.open(told.url)
    overlay.wait()
    until(lambda: [badge.shown for badge in overlay.badges()] == [True], "the badge to be shown")
    badge = overlay.badges()[0]
    assert badge.right - badge.left < 60, "the page's font size stays outside"


def test_a_page_that_defines_our_element_is_marked(told: Story, site: Site, reader: Reader, overlay: Overlay) -> None:
    reader.provoked.add("not yours")
    site.put(told.url, told.page(head=DEFINES_OVERLAY))
    reader.open(told.url)
    assert overlay.wait().anchored == "1/1"
    assert overlay.open_card(badge_of(overlay.badges()[0])).deleted == ["four"]


def test_a_page_that_lies_over_everything_leaves_the_keyboard(
    told: Story, site: Site, reader: Reader, overlay: Overlay
) -> None:
    veil = '<div style="position: fixed; inset: 0; z-index: 2147483647; background: #fffa"></div>'
    site.put(told.url, told.page(tail=veil))
    reader.open(told.url)
    overlay.wait()
    edit = overlay.badges()[0].id

    def reached() -> bool:
        reader.press("Tab")
        return overlay.focus().edit == edit

    until(reached, "the badge to be reached by keyboard")
    reader.press("Enter")
    card = until(overlay.card, "the card to open")
    assert card.deleted == ["four"]


def test_text_that_arrives_late_is_marked_then(told: Story, site: Site, reader: Reader, overlay: Overlay) -> None:
    late = """<script>
      const body = document.querySelector('article'), kept = [...body.children];
      body.replaceChildren();
      window.arrive = () => body.append(...kept);
    </script>"""
    site.put(told.url, told.page(tail=late))
    reader.open(told.url)
    reader.run_in_page("() => window.arrive()")
    until(lambda: overlay.state().anchored == "1/1", "the late text to be found")
    until(lambda: overlay.words_marked() == ["nine"], "its mark: it is painted with the next frame")


def has_anchored(overlay: Overlay, anchored: str) -> bool:
    return overlay.state().anchored == anchored


def test_a_page_that_grows_as_it_is_scrolled_gets_its_marks_as_they_come(
    backend: Backend, site: Site, reader: Reader, overlay: Overlay
) -> None:
    parts = [f"Part {n} of the chronicle, in which the council met for the {n}th time and adjourned." for n in range(6)]
    grown = [part.replace("met", "sat") if n in {1, 3, 5} else part for n, part in enumerate(parts)]
    chronicle = story("grows", ("A chronicle of the council", *parts), ("A chronicle of the council", *grown))
    backend.tell(chronicle)
    held = """<script>
      const body = document.querySelector('article'), later = [...body.querySelectorAll('p')].slice(2);
      later.forEach((each) => { each.style.paddingBottom = '600px'; each.remove(); });
      window.grow = () => body.append(...later.splice(0, 2));
    </script>"""
    site.put(chronicle.url, chronicle.page(tail=held))
    reader.open(chronicle.url)
    assert overlay.wait().anchored == "1/3"
    for anchored in ("2/3", "3/3"):
        reader.run_in_page("() => { window.grow(); scrollTo(0, document.documentElement.scrollHeight); }")
        until(functools.partial(has_anchored, overlay, anchored), f"{anchored} after the page grew")
    assert overlay.state().hosts == 1
    assert overlay.words_marked() == ["sat"] * 3
    assert len({badge.id for badge in overlay.badges()}) == len(overlay.badges()) == 3


def test_a_page_that_replaces_its_text_is_marked_anew(
    told: Story, site: Site, reader: Reader, overlay: Overlay
) -> None:
    site.put(told.url, told.page())
    reader.open(told.url)
    overlay.wait()
    reader.run_in_page("() => { const old = document.querySelector('article'); old.replaceWith(old.cloneNode(true)); }")
    until(lambda: overlay.words_marked() == ["nine"], "the new text to be marked")
    assert len(overlay.badges()) == 1


def test_a_page_that_changes_all_the_time_keeps_its_marks_and_its_pace(
    told: Story, site: Site, reader: Reader, overlay: Overlay
) -> None:
    storm = """<script>
      const box = document.createElement('div');
      document.querySelector('footer').append(box);
      window.rounds = 0;
      setInterval(() => {
        for (let n = 0; n < 200; n += 1) box.append(Object.assign(document.createElement('i'), {textContent: n}));
        box.replaceChildren();
        window.rounds += 1;
      }, 10);
    </script>"""
    site.put(told.url, told.page(tail=storm))
    reader.open(told.url)
    assert overlay.wait().anchored == "1/1"
    until(lambda: reader.run_in_page("() => window.rounds") > 100, "the storm to rage")
    assert overlay.words_marked() == ["nine"]
    assert overlay.open_card(badge_of(overlay.badges()[0])).deleted == ["four"]


def test_a_page_that_uses_our_names_for_itself_is_marked_all_the_same(
    told: Story, site: Site, reader: Reader, overlay: Overlay
) -> None:
    ours = """<script>
      const range = new Range();
      range.selectNodeContents(document.querySelector('h1'));
      CSS.highlights.set('rowback-changed', new Highlight(range));
      const fake = document.createElement('rowback-deletion');
      fake.textContent = 'not ours';
      document.querySelector('footer').append(fake);
    </script>
    <div data-edit="x" data-role="summary" role="dialog">a badge, says the page</div>"""
    site.put(told.url, told.page(tail=ours))
    reader.open(told.url)
    assert overlay.wait().anchored == "1/1"
    assert overlay.words_marked() == ["nine"]
    assert len(overlay.badges()) == 1


def test_our_markup_as_an_articles_text_stays_text(told: Story, site: Site, reader: Reader, overlay: Overlay) -> None:
    text = "&lt;rowback-overlay data-state=ready&gt;&lt;del&gt;four&lt;/del&gt;&lt;ins&gt;nine&lt;/ins&gt;"
    body = "".join(f"<p>{text}</p><p>{paragraph}</p>" for paragraph in told.versions[-1].paragraphs)
    site.put(told.url, told.page(body=body))
    reader.open(told.url)
    assert overlay.wait().anchored == "1/1"
    assert overlay.state().hosts == 1
    assert overlay.words_marked() == ["nine"]


def test_a_hundred_frames_have_nothing_of_ours(told: Story, site: Site, reader: Reader, overlay: Overlay) -> None:
    inner = told.url.replace("/figure", "/frame")
    site.put(inner, told.page())
    site.put(told.url, told.page(tail=f"<iframe src='{inner}' width=9 height=9></iframe>" * 100))
    reader.open(told.url)
    assert overlay.wait().anchored == "1/1"
    inside = """() => [...document.querySelectorAll('iframe')]
      .filter((frame) => frame.contentDocument.querySelector('rowback-overlay')).length"""
    assert reader.run_in_page(inside) == 0


def test_a_text_that_fills_a_block_elsewhere_gets_no_mark(
    told: Story, site: Site, reader: Reader, overlay: Overlay
) -> None:
    now = told.versions[-1].paragraphs[0]
    aside = f"<aside><p>{now}</p></aside>"
    site.put(told.url, told.page(head=aside, tail=f"{aside}<nav><p>{now}</p></nav>"))
    reader.open(told.url)
    assert overlay.wait().anchored == "1/1"
    badge = overlay.badges()[0]
    box = reader.ask("box", "article p")
    assert box["top"] - 12 <= badge.top - reader.run_in_page("() => scrollY") <= box["bottom"]


def test_a_long_page_with_many_edits_scrolls_without_long_stops(
    site: Site, reader: Reader, overlay: Overlay, backend: Backend
) -> None:
    texts = [
        f"Paragraph {n} of the log tells of gate {n * 7} and of what was seen there at night." for n in range(2000)
    ]
    altered = [text.replace("seen", "heard") if n % 4 == 0 else text for n, text in enumerate(texts)]
    long = Story(
        "https://long.hostile-post.test/2026/log", (Text("The log", tuple(altered)), Text("The log", tuple(texts)))
    )
    backend.tell(long)
    site.put(long.url, long.page())
    reader.open(long.url)
    assert overlay.wait().anchored == "500/500"
    assert len(overlay.badges()) == 500
    frames = """() => new Promise((resolve) => {
      const gaps = [];
      let last = performance.now();
      const step = (now) => {
        gaps.push(now - last);
        last = now;
        scrollBy({top: 700, behavior: 'instant'});
        if (gaps.length < 90) requestAnimationFrame(step);
        else resolve(gaps.sort((a, b) => a - b)[Math.floor(gaps.length * 0.9)]);
      };
      requestAnimationFrame(step);
    })"""
    gap = reader.await_in_page(frames)
    print(f"{reader.name}: nine of ten frames within {gap:.0f} ms while scrolling")
    shown = until(lambda: [badge for badge in overlay.badges() if badge.shown], "badges after scrolling")
    assert len(shown) == 500
