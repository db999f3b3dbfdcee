"""Articles as pages really hold them: in components, with line breaks, ornaments and advertisements, twice, or altered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from .cases import BUSES, COST, FIGURE, RUST, WORDINGS
from .deadline import until
from .overlay import badge_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from .backend import Backend
    from .overlay import Overlay
    from .reader import Reader
    from .site import Site

NOW = COST.format("nine")


@dataclass(frozen=True)
class Shape:
    """A way to publish the same article."""

    name: str
    body: str


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


PLAIN = paragraphs(NOW, RUST, BUSES)
IN_SHADOW = f"<story-body><template shadowrootmode=open><div>{PLAIN}</div></template></story-body>"
SLOTTED = f"<story-body><template shadowrootmode=open><main><slot></slot></main></template>{PLAIN}</story-body>"
DROP_CAP = paragraphs(f'<span style="float: left; font-size: 3em">{NOW[0]}</span>{NOW[1:]}', RUST, BUSES)
ADVERTISEMENT = paragraphs(NOW.replace("harbour bridge, ", "harbour bridge, <span>Advertisement</span>"), RUST, BUSES)
TWINS = f'<div style="display: none">{PLAIN}</div><div>{PLAIN}</div><div style="display: none">{PLAIN}</div>'
UNSEEN = (
    '<div style="visibility: hidden; height: 0; overflow: hidden">{}</div>',
    '<div style="position: absolute; left: -9999px; width: 40em">{}</div>',
    '<div style="position: absolute; opacity: 0; pointer-events: none">{}</div>',
    '<div style="position: absolute; width: 1px; height: 1px; overflow: hidden">{}</div>',
    "<details><summary>To print</summary>{}</details>",
)
SHAPES = (
    Shape("in a shadow root", IN_SHADOW),
    Shape("in a slot", SLOTTED),
    Shape("with line breaks", f"<div>{NOW}<br><br>{RUST}<br><br>{BUSES}</div>"),
    Shape(
        "in boxes without paragraphs",
        "".join(f"<div><div><span>{text}</span></div></div>" for text in (NOW, RUST, BUSES)),
    ),
    Shape("with a drop cap", DROP_CAP),
    Shape("over many elements", paragraphs(" ".join(f"<span>{word}</span>" for word in NOW.split()), RUST, BUSES)),
    Shape("with a footnote", paragraphs(NOW.replace("repairs", "repairs<sup><a href='#n'>1</a></sup>"), RUST, BUSES)),
    Shape(
        "with readings above words",
        paragraphs(" ".join(f"<ruby>{word}<rp>(</rp><rt>mending</rt></ruby>" for word in NOW.split()), RUST, BUSES),
    ),
    Shape("with an advertisement in the paragraph", ADVERTISEMENT),
    Shape("with hidden twins", TWINS),
    Shape(
        "in elements without boxes",
        f'<div style="display: contents">{PLAIN}</div>'.replace("<p>", "<p><i style='display: contents'>"),
    ),
    Shape("altered since", paragraphs(NOW.replace("repairs to the", "urgent repairs of the"), RUST, BUSES)),
)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_the_word_is_marked_where_the_reader_sees_it(
    shape: Shape,
    reader: Reader,
    overlay: Overlay,
    backend: Backend,
    site: Site,
    snap: Callable[[Reader, str], None],
) -> None:
    told = replace(FIGURE, url=f"https://shapes.lantern-post.test/{shape.name.replace(' ', '-')}")
    backend.tell(told)
    site.put(told.url, told.page(body=shape.body))
    reader.open(told.url)
    assert overlay.wait().anchored == "1/1"
    assert overlay.words_marked() == ["nine"]
    snap(reader, f"shape-{shape.name.replace(' ', '-')}")
    assert [badge.shown for badge in overlay.badges()] == [True]
    assert overlay.open_card(badge_of(overlay.badges()[0])).deleted == ["four"]


@pytest.mark.parametrize("number", range(len(UNSEEN)))
def test_a_twin_that_nobody_sees_is_not_marked(
    number: int, reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    told = replace(FIGURE, url=f"https://shapes.lantern-post.test/unseen-{number}")
    backend.tell(told)
    twin = UNSEEN[number].format(f"<h1>{told.versions[-1].title}</h1>{PLAIN}")
    site.put(told.url, told.page().replace("<main>", f"{twin}<main>"))
    reader.open(told.url)
    assert overlay.wait().anchored == "1/1"
    mark = "[...CSS.highlights.get('rowback-changed')][0].startContainer.parentElement"
    assert reader.run_in_page(f"() => {mark}.closest('main') !== null")


def test_a_badge_stands_beside_its_block_on_a_page_that_zooms_itself(
    reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    told = replace(FIGURE, url="https://shapes.lantern-post.test/zoomed")
    backend.tell(told)
    site.put(told.url, told.page(head="<style>html { zoom: 0.8; }</style>"))
    reader.open(told.url)
    overlay.wait()
    block = "document.querySelector('p').getBoundingClientRect()"
    right, top, bottom = reader.run_in_page(f"() => [{block}.right, {block}.top + scrollY, {block}.bottom + scrollY]")
    [badge] = overlay.badges()
    assert right <= badge.left <= right + 20
    assert top - 24 <= badge.top <= bottom


VERTICAL = "<style>article {{ writing-mode: {}; height: 420px; }}</style>"
COLUMNS = "<style>main {{ max-width: none; }} article {{ columns: {}; column-gap: 12px; }}</style>"
STYLES = (VERTICAL.format("vertical-rl"), VERTICAL.format("vertical-lr"), COLUMNS.format(2), COLUMNS.format(3))
ON_TEXT = """() => {
  const inside = document.querySelector('rowback-overlay').shadowRoot.querySelectorAll('[data-edit], [data-role=summary]');
  const shown = [...inside].filter((node) => node.checkVisibility({ visibilityProperty: true }));
  const lines = [];
  for (const walk = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT); walk.nextNode(); ) {
    const range = new Range();
    range.selectNodeContents(walk.currentNode);
    lines.push(...range.getClientRects());
  }
  const lap = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 4;
  // Of a badge at the window's edge a part is drawn; the rest lets the page through.
  const drawn = (node) => {
    const { left, top, right, bottom } = node.getBoundingClientRect();
    if (!node.classList.contains('tab')) return { left, top, right, bottom };
    const width = parseFloat(getComputedStyle(node, '::before').width);
    const isMirrored = node.classList.contains('mirrored');
    return { left: isMirrored ? left : right - width, top, right: isMirrored ? left + width : right, bottom };
  };
  return shown.filter((node) => lines.some((line) => lap(drawn(node), line))).length;
}"""
ARTICLE = """() => {
  const { left, right } = document.querySelector('article').getBoundingClientRect();
  return [left, right];
}"""


@pytest.mark.parametrize("number", range(len(STYLES)))
def test_nothing_of_ours_lies_on_text_that_runs_otherwise(
    number: int, reader: Reader, overlay: Overlay, backend: Backend, site: Site, snap: Callable[[Reader, str], None]
) -> None:
    told = replace(WORDINGS, url=f"https://shapes.lantern-post.test/runs-{number}")
    backend.tell(told)
    site.put(told.url, told.page(head=STYLES[number]))
    reader.open(told.url)
    overlay.wait()
    until(lambda: all(badge.shown for badge in overlay.badges()), "the badges to be shown")
    snap(reader, f"runs-{number}")
    assert reader.run_in_page(ON_TEXT) == 0
    left, right = reader.run_in_page(ARTICLE)
    assert all(left - 30 <= badge.left <= right + 30 for badge in overlay.badges()), "beside the article's text"


def test_text_that_changes_inside_a_shadow_root_is_marked_anew(
    reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    told = replace(FIGURE, url="https://shapes.lantern-post.test/rewritten-shadow")
    backend.tell(told)
    site.put(told.url, told.page(body=IN_SHADOW))
    reader.open(told.url)
    overlay.wait()
    reader.run_in_page(
        "() => { const old = document.querySelector('story-body').shadowRoot.firstElementChild;"
        " old.replaceWith(old.cloneNode(true)); window.old = old; }"
    )
    until(lambda: overlay.marks().get("rowback-changed") == ["nine"] and reader.ask("strokes", "bar") == 0, "new marks")


def test_an_altered_paragraph_elsewhere_is_not_taken_for_the_edits_own(
    reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    told = replace(FIGURE, url="https://shapes.lantern-post.test/not-here")
    backend.tell(told)
    other = "The mayor, who had opposed the plan from the start, was not available for comment."
    site.put(told.url, told.page(body=paragraphs(other, RUST, BUSES, NOW.replace("repairs to the", "repairs of a"))))
    reader.open(told.url)
    assert overlay.wait().anchored == "0/1"
    assert overlay.words_marked() == []
