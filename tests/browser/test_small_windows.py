"""On a telephone, in a sidebar, with large text and by touch: whole, within reach of a finger, and no text or link hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from .cases import ARABIC, ARABIC_REST, BUSES, COST, MAYOR, RUST, TITLE, story
from .deadline import until
from .overlay import SUMMARY, badge_of
from .reader import WINDOW
from .test_accessibility import PAGES, violations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .backend import Backend
    from .overlay import Overlay
    from .reader import Reader
    from .site import Site

TELEPHONE = (360, 640)
SIDEBAR = 250  # Firefox's, as wide as it is at first
LARGE = 32
SMALL = story(
    "small-windows",
    (TITLE, COST.format("four"), RUST, BUSES, "The harbour itself was closed by the council on Friday evening."),
    (TITLE, COST.format("seven"), RUST, BUSES, "The harbour itself was closed on Friday evening."),
    (TITLE, COST.format("nine"), RUST.replace("routine ", ""), "The harbour was closed on Friday evening.", MAYOR),
)
LINK = "https://small-windows.lantern-post.test/2026/elsewhere"
# Links at the end of each line of text, where a badge stands in the margin beside them.
LINKED = (
    f"<style>article a {{ display: block; text-align: end }}</style><p><a href='{LINK}'>the last words of it</a></p>"
)
FIGURES = story(
    "small-figures", *((TITLE, ARABIC.format(n), ARABIC_REST) for n in ("٤٠", "٦٥")), lang="ar", direction="rtl"
)
PRESSED = "button, a[href], summary, select, input, [role=menuitemradio]"
# Of everything that can be pressed and is shown: what it is, its width and height.
TARGETS = f"""() => {{
  const roots = [document, document.querySelector("rowback-overlay")?.shadowRoot].filter(Boolean);
  return roots.flatMap((root) => [...root.querySelectorAll(`{PRESSED}`)])
    .filter((each) => each.checkVisibility({{visibilityProperty: true}}) && each.getClientRects().length)
    .filter((each) => each.getRootNode() !== document || location.protocol.endsWith("extension:"))
    .map((each) => [each.outerHTML.slice(0, 90), each.getBoundingClientRect().width, each.getBoundingClientRect().height]);
}}"""
# What reaches out of the window at a side, or is cut off by what it stands in.
CUT = """() => [...document.querySelectorAll("body *")]
  .filter((each) => each.checkVisibility() && !each.closest(".hidden, option, input"))
  .filter((each) => {
    const {left, right, width} = each.getBoundingClientRect();
    const isOut = width > 1 && (left < -1 || right > document.documentElement.clientWidth + 1);
    return isOut || (each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX !== "visible");
  })
  .map((each) => each.outerHTML.slice(0, 120))"""
OWN_CUT = CUT.replace(
    "document.querySelectorAll", "document.querySelector('rowback-overlay').shadowRoot.querySelectorAll"
).replace('"body *"', '".card, .card *, .summary, .summary *, .menu *"')


@pytest.fixture(scope="module", autouse=True)
def _published(backend: Backend, site: Site) -> None:
    for each in (SMALL, FIGURES):
        backend.tell(each)
        site.put(each.url, each.page())
    site.put(LINK, "<!doctype html><title>Elsewhere</title><p>Elsewhere.")


@pytest.fixture(autouse=True)
def _as_before(reader: Reader) -> Iterator[None]:
    reader.calm(True)
    yield
    reader.calm(False)
    reader.dark(False)
    reader.coarse(False)
    reader.text_size(16)
    reader.resize(*WINDOW)


def open_page(reader: Reader, overlay: Overlay, page: str, width: int, height: int = 640) -> None:
    """One of our own pages beside the story."""
    reader.open(SMALL.url)
    overlay.wait()
    path, last = PAGES[page]
    own = reader.open_beside(path)
    until(lambda: reader.ask("text", last), "the page to be filled")
    reader.switch(own)  # what stands behind is not laid out anew
    reader.resize(width, height)
    until(lambda: reader.run_in_page("() => innerWidth") == width, "the page to be as wide as that")
    unfold(reader)


def unfold(reader: Reader) -> None:
    reader.run_in_page("() => document.querySelectorAll('details').forEach((each) => { each.open = true; })")


def set_text(reader: Reader, page: str, size: int) -> None:
    """Loads the page anew: Firefox does not tell an open page of ours. Chromium forgets it with the page."""
    reader.text_size(size)
    reader.reload()
    until(lambda: reader.ask("text", PAGES[page][1]), "the page to be filled again")
    reader.text_size(size)
    unfold(reader)
    root = "() => parseFloat(getComputedStyle(document.documentElement).fontSize)"
    until(lambda: reader.run_in_page(root) == size, f"text of {size} pixels")


def is_passage_seen(reader: Reader) -> bool:
    """Whether the first lines of the passage that the card is about stand in the window and not under the card."""
    passage = "() => [...CSS.highlights.get('rowback-current')][0].getBoundingClientRect().top"
    top, card = reader.run_in_page(passage), reader.ask("box", ".card")
    return bool(0 <= top < TELEPHONE[1] - 16 and not card["top"] - 16 < top < card["bottom"])


def too_small(reader: Reader, least: int) -> list[Any]:
    return [each for each in reader.ask_beside("", TARGETS) if min(each[1:]) < least - 0.01]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_fits_a_telephone_and_a_finger(
    page: str, reader: Reader, overlay: Overlay, snap: Callable[[Reader, str], None]
) -> None:
    open_page(reader, overlay, page, *TELEPHONE)
    snap(reader, f"telephone-{page}")
    assert reader.run_in_page(CUT) == []
    assert too_small(reader, 24) == []
    reader.coarse(True)
    reader.dark(True)
    snap(reader, f"touched-{page}")
    assert reader.run_in_page(CUT) == []
    assert too_small(reader, 32) == []
    assert violations(reader, "html") == []


@pytest.mark.parametrize("page", PAGES)
def test_a_pages_text_is_as_large_as_the_reader_wants_it(
    page: str, reader: Reader, overlay: Overlay, snap: Callable[[Reader, str], None]
) -> None:
    open_page(reader, overlay, page, *TELEPHONE)
    sizes = """() => Object.fromEntries([...document.querySelectorAll("body *")]
      .filter((each) => each.checkVisibility() && each.innerText)
      .map((each) => [each.outerHTML.slice(0, 80), parseFloat(getComputedStyle(each).fontSize)]))"""
    before = reader.run_in_page(sizes)
    set_text(reader, page, LARGE)
    after = reader.run_in_page(sizes)
    snap(reader, f"text-200-{page}")
    assert [(name, after[name]) for name in before.keys() & after.keys() if after[name] < 1.9 * before[name]] == []
    assert len(before.keys() & after.keys()) > 5
    assert reader.run_in_page(CUT) == []


@pytest.mark.parametrize("size", [16, 24])
def test_the_panel_in_a_sidebar_is_a_list(
    size: int, reader: Reader, overlay: Overlay, snap: Callable[[Reader, str], None]
) -> None:
    open_page(reader, overlay, "panel", SIDEBAR)
    set_text(reader, "panel", size)
    snap(reader, f"sidebar-{size}")
    assert reader.run_in_page(CUT) == []
    assert reader.run_in_page("() => getComputedStyle(document.querySelector('.timeline')).display") == "block"
    said = reader.ask("text", "#timeline")
    assert "From" in said, "each choice says what it is"
    assert "first" in said, "the numbers of words, or that it is the first"


def test_the_card_is_a_sheet_that_leaves_its_passage_in_sight(
    reader: Reader, overlay: Overlay, snap: Callable[[Reader, str], None]
) -> None:
    reader.resize(*TELEPHONE)
    reader.open(SMALL.url)
    reader.coarse(True)
    overlay.wait()
    assert too_small(reader, 24) == []
    for badge in overlay.badges():
        overlay.open_card(badge_of(badge))
        snap(reader, f"telephone-card-{badge.id}")
        assert too_small(reader, 24) == []
        assert [each for each in too_small(reader, 32) if "badge" not in each[0]] == []
        assert reader.run_in_page(OWN_CUT) == []
        until(lambda: is_passage_seen(reader), "the passage to stand beside the sheet")
        reader.press("Escape")
        overlay.wait_closed()


@pytest.mark.parametrize("width", [360, 1280])
def test_card_and_pill_are_as_large_as_the_reader_wants_them(
    width: int, reader: Reader, overlay: Overlay, snap: Callable[[Reader, str], None]
) -> None:
    reader.resize(width + 40, 800)
    reader.open(SMALL.url)
    reader.text_size(LARGE)
    overlay.wait()
    reader.resize(width, 800)  # and all is placed anew
    until(lambda: reader.run_in_page("() => innerWidth") == width, "the page to be as wide as that")
    until(lambda: all(0 <= each.left < each.right <= width for each in overlay.badges()), "the badges at their places")
    text = """(css) => parseFloat(
      getComputedStyle(document.querySelector("rowback-overlay").shadowRoot.querySelector(css)).fontSize)"""
    assert reader.ask_beside("", text, ".summary") == 26
    badges = overlay.badges()
    size = 24 if width == TELEPHONE[0] else 36  # they hold no text, and the page's own is as small as ever
    assert {round(each.right - each.left) for each in badges} == {size}
    snap(reader, f"text-200-page-{width}")
    overlay.open_card(SUMMARY)
    assert reader.ask_beside("", text, ".card .difference") == pytest.approx(31, abs=0.2)
    assert reader.run_in_page(OWN_CUT) == []
    snap(reader, f"text-200-card-{width}")
    reader.press("Escape")
    overlay.wait_closed()
    reader.click(".mode")
    assert reader.run_in_page(OWN_CUT) == []
    reader.press("Escape")


def test_a_finger_near_a_badge_opens_its_card_and_hides_no_link(reader: Reader, overlay: Overlay, site: Site) -> None:
    page = SMALL.page().replace("</h1>", "</h1>" + LINKED * 8)
    site.put(SMALL.url, page)
    try:
        reader.resize(*TELEPHONE)
        reader.open(SMALL.url)
        reader.coarse(True)
        overlay.wait()
        badge = overlay.badges()[0]
        assert badge.right - badge.left >= 24
        reader.run_in_page("(top) => scrollTo(0, top - 200)", badge.top)
        box = until(lambda: reader.ask("box", badge_of(badge)), "the badge")
        middle = (round((box["left"] + box["right"]) / 2), round((box["top"] + box["bottom"]) / 2))
        under = "(x, y) => document.elementFromPoint(x, y).localName"
        assert reader.run_in_page(under, middle[0] - 9, middle[1]) != "rowback-overlay", (
            "beside what is drawn is the page"
        )
        reader.tap_at(middle[0] - 18, middle[1])
        until(overlay.card, "the card to open")
        reader.press("Escape")
        overlay.wait_closed()
        links = reader.run_in_page(
            "() => [...document.querySelectorAll('article a')].map((each) => each.getBoundingClientRect().right)"
        )
        assert max(links) > middle[0] - 22, "the links' last letters are within the badge's reach"
        reader.run_in_page("() => document.querySelector('article a:last-of-type').scrollIntoView({block: 'center'})")
    finally:
        site.put(SMALL.url, SMALL.page())


def test_a_finger_on_marked_words_opens_their_card_and_a_mouse_does_not(reader: Reader, overlay: Overlay) -> None:
    reader.resize(*TELEPHONE)
    reader.open(SMALL.url)
    reader.coarse(True)
    overlay.wait()
    where = """() => {
      const words = [...CSS.highlights.get("rowback-changed")].find((each) => String(each) === "nine");
      const {left, top, width, height} = words.getBoundingClientRect();
      return [Math.round(left + width / 2), Math.round(top + height / 2)];
    }"""
    place = reader.run_in_page(where)
    reader.click_at(*place)
    reader.tap_at(4, 300)
    assert overlay.card() is None
    reader.tap_at(*place)
    card = until(overlay.card, "the card to open")
    assert card.inserted == ["nine"]


def test_a_link_within_marked_words_leads_where_it_leads(reader: Reader, overlay: Overlay, site: Site) -> None:
    site.put(SMALL.url, SMALL.page().replace("nine", f"<a href='{LINK}'>nine</a>"))
    try:
        reader.resize(*TELEPHONE)
        reader.open(SMALL.url)
        reader.coarse(True)
        overlay.wait()
        point = reader.ask("point", "article a")
        reader.tap_at(point["x"], point["y"])
        until(lambda: reader.address() == LINK, "the link's page")
    finally:
        site.put(SMALL.url, SMALL.page())


@pytest.mark.parametrize("mode", ["marks", "changes"])
def test_from_right_to_left_old_figures_come_before_new_ones(
    mode: str, reader: Reader, overlay: Overlay, snap: Callable[[Reader, str], None]
) -> None:
    reader.open(FIGURES.url)
    overlay.wait()
    overlay.open_card(SUMMARY)
    if mode == "changes":
        reader.press("m")
        until(lambda: reader.ask("missing"), "track changes")
        snap(reader, "figures-changes-ar")
        gone = reader.run_in_page("() => document.querySelector('rowback-deletion').getBoundingClientRect().left")
        came = """() => {
          const range = new Range();
          range.setStartAfter(document.querySelector("rowback-deletion"));
          const text = document.querySelector("rowback-deletion").nextSibling;
          range.setEnd(text, 2);
          return range.getBoundingClientRect().right;
        }"""
        came_right = reader.run_in_page(came)
        reader.press("m")
        reader.press("m")
    else:
        snap(reader, "figures-card-ar")
        gone, came_right = reader.ask("box", ".card del")["left"], reader.ask("box", ".card ins")["right"]
    assert gone >= came_right - 1, "old on the right, new to the left of it"
