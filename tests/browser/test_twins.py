"""Pages that are newer than the store, with paragraphs that are alike: the marks stand on the edited one, or nowhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from .cases import story
from .deadline import until
from .overlay import Overlay

if TYPE_CHECKING:
    from collections.abc import Callable

    from .backend import Backend
    from .conftest import Readers
    from .reader import Reader
    from .relay import Relay
    from .site import Site

TITLE = "Storm cuts power to hundreds of homes"
CREWS = "Crews were sent out before dawn, and most of the roads were open again by noon."
SCHOOLS = "Schools on the coast stay closed until the lines have been checked, the county said."
LOST = "In the {} district {} homes {} power in the storm, the grid company said on Monday."
NORTH = LOST.format("northern", 312, "lost")
SOUTH = LOST.format("southern", 158, "lost")
TOLD = story(
    "twins",
    (TITLE, CREWS, LOST.format("northern", 312, "were without"), SOUTH, SCHOOLS),
    (TITLE, CREWS, NORTH, SOUTH, SCHOOLS),
)
TIP = "The grid company is owned by the county and by eleven of the towns in it, and sells to no one else."
UNSEEN = (
    '<span style="display: none">{}</span>',
    '<span class="tip">{}</span>',
    '<span style="position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0 0 0 0)">{}</span>',
    '<span style="position: absolute; opacity: 0">{}</span>',
)
SHEET = "<style>.tip { visibility: hidden; position: absolute; } .cap { float: left; font-size: 3em; }</style>"
MARKED = """() => [...CSS.highlights].filter(([name]) => name.startsWith('rowback-'))
  .flatMap(([, marks]) => [...marks]).map((mark) => mark.startContainer.parentElement.closest('p')?.id)"""


@dataclass(frozen=True)
class Newer:
    """What the page says beyond the store. `marked`: the paragraph with the mark, by its number; none: no mark."""

    name: str
    paragraphs: tuple[str, ...]
    marked: int | None


NEWER = (
    Newer("the twin alone is left", (CREWS, SOUTH, SCHOOLS), None),
    Newer("the twin alone is left, with a newer figure", (CREWS, SOUTH.replace("158", "164"), SCHOOLS), None),
    Newer("the twin alone is left, with the other's figure", (CREWS, SOUTH.replace("158", "312"), SCHOOLS), None),
    Newer("both have newer figures", (CREWS, NORTH.replace("312", "340"), SOUTH.replace("158", "164"), SCHOOLS), 1),
    Newer("a new twin stands before it", (CREWS, LOST.format("western", 77, "lost"), NORTH, SOUTH, SCHOOLS), 2),
    Newer(
        "of two that are near none is sure",
        (CREWS, LOST.format("western", 77, "lost"), NORTH.replace("312", "340"), SCHOOLS),
        None,
    ),
    Newer("a newer figure", (CREWS, NORTH.replace("312", "340"), SOUTH, SCHOOLS), 1),
)


def body(*paragraphs: str) -> str:
    return "".join(f'<p id="p{number}">{text}</p>' for number, text in enumerate(paragraphs))


@pytest.mark.parametrize("newer", NEWER, ids=lambda newer: newer.name)
def test_a_twin_never_gets_the_mark(
    newer: Newer,
    reader: Reader,
    overlay: Overlay,
    backend: Backend,
    site: Site,
    snap: Callable[[Reader, str], None],
) -> None:
    told = replace(TOLD, url=f"https://twins.lantern-post.test/{NEWER.index(newer)}")
    backend.tell(told)
    site.put(told.url, told.page(body=body(*newer.paragraphs)))
    reader.open(told.url)
    state = overlay.wait()
    snap(reader, f"twins-{NEWER.index(newer)}")
    places = set(reader.run_in_page(MARKED))
    if newer.marked is None:
        assert (state.anchored, places) == ("0/1", set())
    else:
        assert (state.anchored, places) == ("1/1", {f"p{newer.marked}"})


@pytest.mark.parametrize("number", range(len(UNSEEN)))
def test_words_that_the_page_hides_in_a_paragraph_do_not_hide_its_edit(
    number: int, reader: Reader, overlay: Overlay, backend: Backend, site: Site, snap: Callable[[Reader, str], None]
) -> None:
    told = replace(TOLD, url=f"https://twins.lantern-post.test/hidden-{number}")
    backend.tell(told)
    with_tip = NORTH.replace("the grid company", f"<b>the grid company{UNSEEN[number].format(TIP)}</b>")
    site.put(told.url, told.page(head=SHEET, body=body(CREWS, with_tip, SOUTH, SCHOOLS)))
    reader.open(told.url)
    assert overlay.wait().anchored == "1/1"
    assert overlay.words_marked() == ["lost"]
    snap(reader, f"twins-hidden-{number}")
    assert set(reader.run_in_page(MARKED)) == {"p1"}
    assert [badge.shown for badge in overlay.badges()] == [True]


DRESSED = (
    f'<span class="cap">{NORTH[0]}</span>{NORTH[1:]}',
    NORTH.replace("district", "dis\u00adtrict").replace("northern", "north\u200bern"),
    NORTH.replace("storm", "<ruby>storm<rp>(</rp><rt>gale</rt><rp>)</rp></ruby>"),
    " ".join(f"<span>{word}</span>" for word in NORTH.split()),
)


@pytest.mark.parametrize("number", range(len(DRESSED)))
def test_a_newer_figure_in_a_paragraph_that_is_dressed_up(
    number: int, reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    told = replace(TOLD, url=f"https://twins.lantern-post.test/dressed-{number}")
    backend.tell(told)
    newer = DRESSED[number].replace("312", "340")
    site.put(told.url, told.page(head=SHEET, body=body(CREWS, newer, SOUTH.replace("158", "164"), SCHOOLS)))
    reader.open(told.url)
    assert overlay.wait().anchored == "1/1"
    assert overlay.words_marked() == ["lost"]
    assert set(reader.run_in_page(MARKED)) == {"p1"}


def test_where_the_store_is_not_to_be_had_nothing_is_taken_for_almost_an_edits_text(
    readers: Readers, backend: Backend, relay: Relay, site: Site
) -> None:
    told = replace(TOLD, url="https://twins.lantern-post.test/away")
    backend.tell(told)
    reader = readers.connect(backend, through=relay)
    overlay = Overlay(reader)
    site.put(told.url, told.page(body=body(CREWS, NORTH.replace("312", "340"), SCHOOLS)))
    article = backend.edits(told.url)["article"]["id"]
    relay.lies[f"/api/v1/articles/{article}/versions/"] = (503, "{}")
    reader.open(told.url)
    assert overlay.wait().anchored == "0/1"
    relay.lies.clear()
    reader.reload()
    until(lambda: overlay.state().anchored == "1/1", "the mark, once the store is there")
    exact = replace(TOLD, url="https://twins.lantern-post.test/not-asked")
    backend.tell(exact)
    relay.asked.clear()
    site.put(exact.url, exact.page())
    reader.open(exact.url)
    assert overlay.wait().anchored == "1/1"
    assert not [asked for asked in relay.asked if "/versions/" in asked.path], "what stands as stored needs no more"


def test_a_tip_and_a_newer_figure_at_once(reader: Reader, overlay: Overlay, backend: Backend, site: Site) -> None:
    told = replace(TOLD, url="https://twins.lantern-post.test/tip-and-figure")
    backend.tell(told)
    newer = NORTH.replace("312", "340").replace("the grid company", f"<b>the grid company{UNSEEN[1].format(TIP)}</b>")
    site.put(told.url, told.page(head=SHEET, body=body(CREWS, newer, SOUTH, SCHOOLS)))
    reader.open(told.url)
    assert overlay.wait().anchored == "1/1"
    assert overlay.words_marked() == ["lost"]
    assert set(reader.run_in_page(MARKED)) == {"p1"}


def test_a_page_that_hides_itself_while_it_loads_has_its_marks_where_it_is_newer(
    reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    told = replace(TOLD, url="https://twins.lantern-post.test/late")
    backend.tell(told)
    newer = NORTH.replace("312", "340").replace("Monday", "<b>Monday</b>")
    veil = "<style>body { visibility: hidden; }</style>"
    site.put(told.url, told.page(head=SHEET + veil, body=body(CREWS, newer, SOUTH, SCHOOLS)))
    reader.open(told.url)
    overlay.wait()
    assert set(reader.run_in_page(MARKED)) == {"p1"}
