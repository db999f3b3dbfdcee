"""The backend's own pages on a telephone, at twice the text size and in scripts that run the other way."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from .cases import COST, NEVER_EDITED, RUST, TITLE, story
from .reader import WINDOW
from .test_accessibility import violations
from .test_pages import CUT, SHOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .backend import Backend
    from .reader import Reader

    Addresses = dict[str, str]

PHONE = (360, 740)
FINE, COARSE = 24, 32  # pixels: WCAG 2.2, 2.5.8; and what a finger needs
# By name: the window, the reader's text size, whether by finger, and how large a target is at least.
LOOKS = {
    "telephone": (PHONE, 16, True, COARSE),
    "large text": ((480, 740), 32, False, FINE),
    "large text, small window": ((320, 740), 32, False, FINE),
    "desk": (WINDOW, 16, False, FINE),
}
EDITED = story(
    "small-pages", (TITLE, COST.format("four"), RUST), ("Council opens the bridge", COST.format("nine"), RUST)
)
GERMAN = story(
    "small-german",
    ("Landungsbrückenpfeilerschutzverordnung wird überarbeitet", COST.format("vier")),
    ("Landungsbrückenpfeilerschutzverordnungsänderungsgesetz beschlossen", COST.format("neun")),
    lang="de",
)
INJURED = "وأُصيب {} شخصا في الحادث الذي وقع مساء أمس قرب الميناء القديم، كما قالت الشرطة."
FIGURES = story(
    "small-arabic",
    ("الشرطة تحقق في حادث الميناء", "ستكلف أعمال الإصلاح 40 مليون دينار، كما أعلن المجلس.", INJURED.format("٤٠")),
    ("الشرطة تحقق في حادث الميناء", "ستكلف أعمال الإصلاح 45 مليون دينار، كما أعلن المجلس.", INJURED.format("٣٠")),
    lang="ar",
    direction="rtl",
)
PAGES = (
    "front",
    "articles",
    "sources",
    "source",
    "export",
    "shared edit",
    "articles of a source",
    "edited",
    "edited diff",
    "edited version",
    "german",
    "german diff",
    "arabic",
    "arabic diff",
    "once",
    "search",
    "nothing found",
    "saved searches",
    "saved search",
    "triage",
    "unknown",
    "error",
    "status",
    "access",
    "follow",
    "pair",
    "about",
    "new",
    "login",
)
# Controls that are smaller than wanted. A link in a sentence is as high as its line; a box is pressed by its label.
SMALL = """(least) => {
  const isInSentence = (node) => getComputedStyle(node).display === "inline"
    && Array.from(node.parentNode.childNodes).some((each) => each.nodeType === 3 && each.data.trim().length > 1);
  return Array.from(document.querySelectorAll("a[href], button, input, select, summary, label:has(input)"))
    .filter((node) => node.checkVisibility() && !node.closest(".hidden, .skip, svg"))
    .filter((node) => !(node.matches("[type=checkbox], [type=radio]") && node.closest("label")))
    .filter((node) => !isInSentence(node))
    .map((node) => [node, node.getBoundingClientRect()])
    .filter(([, { width, height }]) => width > 0 && (width < least - 0.5 || height < least - 0.5))
    .map(([node, { width, height }]) => `${Math.round(width)}×${Math.round(height)} ${node.outerHTML.slice(0, 80)}`);
}"""


SEARCH = "Landungsbrückenpfeilerschutzverordnung & figures"
LONG_HOST = "the-lantern-post-and-western-harbours-weekly-intelligencer"
# What is folded away until somebody wants it is looked at, too.
FORMS = {"saved search", "new"}
UNFOLD = "() => document.querySelectorAll('main details').forEach((each) => { each.open = true; })"
FACTS = "() => document.querySelector('.facts').checkVisibility()"


@pytest.fixture(scope="module")
def addresses(connected: Reader, backend: Backend) -> Addresses:
    """The pages under test, by name. Their owner is signed in."""
    connected.open(backend.sign_in_link())
    backend.api("POST", "/api/v1/pair", {"name": "Rowback in Firefox on Linux"})
    backend.tell(replace(EDITED, url=f"https://{LONG_HOST}.lantern-post.test/2026/bridge"))
    pages = {}
    for name, told in {"edited": EDITED, "german": GERMAN, "arabic": FIGURES, "once": NEVER_EDITED}.items():
        backend.tell(told)
        pages[name] = f"/articles/{backend.edits(told.url)['article']['id']}"
    pages |= {f"{name} diff": f"{pages[name]}/diff/0/1" for name in ("edited", "german", "arabic")}
    search = f"{SEARCH} ({type(connected).__name__})"  # both browsers have one backend
    backend.save_search(search, "label:figure", f"https://{LONG_HOST}.test/hook")
    return pages | {
        "saved search": f"/searches/{quote(search)}",
        "front": "/",
        "articles": "/articles",
        "sources": "/sources",
        "export": "/export",
        "shared edit": backend.edits(EDITED.url)["edits"][0]["page"].removeprefix(backend.url),
        "source": "/sources/small-pages.lantern-post.test",
        "articles of a source": "/sources/small-pages.lantern-post.test/articles",
        "edited version": f"{pages['edited']}/versions/0",
        "search": "/search?q=council",
        "nothing found": "/search?q=zyxomma",
        "saved searches": "/searches",
        "triage": "/triage",
        "unknown": "/find?url=https%3A%2F%2Fnowhere.lantern-post.test%2Fa",
        "error": "/articles/99999",
        "status": "/status",
        "access": "/access",
        "follow": "/follow",
        "pair": "/pair",
        "about": "/about",
        "new": "/new",
        "login": "/login",
    }


@pytest.fixture
def go(reader: Reader, backend: Backend, addresses: Addresses) -> Callable[[str], None]:
    """Opens a page by its name."""
    reader.provoked |= {"404", "NOT FOUND"}
    return lambda name: reader.open(backend.url + addresses[name])


@contextmanager
def looking(reader: Reader, window: tuple[int, int], text: int, *, is_touched: bool) -> Iterator[None]:
    """Looks at the open page so; as before at the end."""
    reader.resize(*window)
    reader.text_size(text)
    reader.coarse(is_touched)
    try:
        yield
    finally:
        reader.coarse(False)
        reader.text_size(16)
        reader.resize(*WINDOW)


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_cut_or_too_small_to_press(
    page: str, go: Callable[[str], None], reader: Reader, snap: Callable[[Reader, str], None]
) -> None:
    go(page)
    if page in FORMS:
        reader.run_in_page(UNFOLD)
    wrong = {}
    for look, (window, text, is_touched, least) in LOOKS.items():
        with looking(reader, window, text, is_touched=is_touched):
            snap(reader, f"small-{page}-{look}".replace(" ", "-"))
            sideways = ["needs sideways scrolling"] if reader.ask("overflows") else []
            wrong[look] = [
                *reader.run_in_page(CUT),
                *sideways,
                *reader.run_in_page(SMALL, least),
                *violations(reader, "html"),
            ]
    assert {look: found for look, found in wrong.items() if found} == {}


def test_an_article_on_a_telephone_has_its_versions_in_the_first_window(
    go: Callable[[str], None], reader: Reader
) -> None:
    go("edited")
    assert reader.run_in_page(FACTS)
    with looking(reader, PHONE, 16, is_touched=True):
        assert reader.ask("box", "#versions")["bottom"] < PHONE[1]
        assert not reader.run_in_page(FACTS)
        reader.click(".fold > summary")
        assert reader.run_in_page(FACTS)


def test_an_excerpt_stays_one_text_under_a_finger(go: Callable[[str], None], reader: Reader) -> None:
    """As columns its deleted and inserted words would stand beside each other, torn out of the sentence."""
    go("front")
    shown = "() => [...document.querySelectorAll('.excerpt > a')].map((link) => getComputedStyle(link).display)"
    with looking(reader, PHONE, 16, is_touched=True):
        found = reader.run_in_page(shown)
    assert set(found) == {"inline-block"}


def test_paper_has_what_is_folded(go: Callable[[str], None], reader: Reader) -> None:
    go("edited")
    reader.resize(650, WINDOW[1])
    assert not reader.run_in_page(FACTS)
    reader.on_paper(True)
    try:
        assert reader.run_in_page(FACTS)
        assert not reader.run_in_page(SHOWN, "summary")
    finally:
        reader.on_paper(False)
        reader.resize(*WINDOW)


@pytest.mark.parametrize("page", ["arabic", "arabic diff"])
@pytest.mark.parametrize("window", [PHONE, WINDOW])
def test_of_two_figures_in_an_arabic_line_the_old_one_is_read_first(
    page: str, window: tuple[int, int], go: Callable[[str], None], reader: Reader
) -> None:
    go(page)
    reader.resize(*window)
    pairs = """() => [...document.querySelectorAll("del + ins")].filter((node) => node.checkVisibility()).map((node) =>
      [node.previousElementSibling, node].map((each) => [each.textContent, each.getBoundingClientRect().left]))"""
    try:
        found = reader.run_in_page(pairs)
    finally:
        reader.resize(*WINDOW)
    if page == "arabic" or window == PHONE:
        assert {(old, new) for (old, _), (new, _) in found} == {("40", "45"), ("٤٠", "٣٠")}
    assert all(old > new for (_, old), (_, new) in found), found


def test_the_stroke_through_an_arabic_figure_is_thin(go: Callable[[str], None], reader: Reader) -> None:
    go("arabic")
    assert (
        reader.run_in_page("() => getComputedStyle(document.querySelector('.text del')).textDecorationThickness")
        == "1px"
    )


@pytest.mark.parametrize("page", ["source", "edited"])
def test_what_is_drawn_has_its_words_at_the_right_end_in_languages_that_run_the_other_way(
    page: str, go: Callable[[str], None], reader: Reader
) -> None:
    go(page)
    reader.run_in_page("() => { document.documentElement.dir = 'rtl'; }")
    ends = """() => [...document.querySelectorAll(".ends")].map((line) =>
        [...line.children].map((end) => end.getBoundingClientRect().left))"""
    drawn = reader.run_in_page(ends)
    assert drawn
    assert all(first < last for first, last in drawn), "drawings run from left to right"
