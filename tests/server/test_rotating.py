"""Boxes between an article's paragraphs that are exchanged at every look: no edits after two, and true edits always."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from rowback.capture.captures import from_blocks, from_html
from rowback.model import Origin
from rowback.text.exchanged import Inlaid, exchanged

from .samples import PARAGRAPHS, at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.store import Store

URL = "https://echo.example/news/ferry"
TEASERS = (
    ("Baker wins the town's race again", "She has run it in wooden shoes since she was nine."),
    ("Old lighthouse sold to a choir", "Its stairs are said to ring like a bell."),
    ("Library stays open at night", "Students had asked for it in spring."),
    ("Two swans close the ring road", "Drivers waited for an hour, and nobody hooted."),
    ("School garden feeds a street", "The pumpkins weigh more than the children."),
    ("Clock runs backwards for a day", "The mechanic blames a spider."),
)
BOXES = {
    "a card": "<div class='x7'><a href='/s/{n}'><h3>{0}</h3></a><p>{1}</p></div>",
    "a box": "<div class='x7'><h3>{0}</h3><p>{1}</p></div>",
    "a box with a button": "<div><h3>{0}</h3><p>{1}</p><div><button>Count me in</button></div></div>",
    "a box with a call": "<div class='x7'><h3>{0}</h3><p>{1}</p><p><a href='/letters'>Count me in</a></p></div>",
    "a section": "<section class='x7'><h4>{0}</h4><p>{1}</p></section>",
    "a box in a box": "<div class='x7'><h3><a href='/s/{n}'>{0}</a></h3><div class='k2'><p>{1}</p></div></div>",
    "a paragraph in a box": "<div class='x7'><p>{0}: {1}</p></div>",
    "a cell of a table": "<table class='x7'><tr><td><a href='/s/{n}'>{0}</a><p>{1}</p></td></tr></table>",
    "a list of links": "<div class='x7'><h3>Most read</h3><ol><li><a href='/s/{n}'>{0}</a></li></ol><p>{1}</p></div>",
}
AROUND = {
    "bare paragraphs": "<p>{}</p>",
    "boxed paragraphs": "<div class='text'><p>{}</p></div>",
}


def _page(box: str, around: str = "<p>{}</p>", said: Sequence[str] = PARAGRAPHS) -> str:
    texts = [around.format(text) for text in (*said, "The board meets again on Monday, and hears the engineers first.")]
    title = "Ferry line between the islands to close"
    return (
        f"<html><head><title>{title}</title><meta property='og:type' content='article'></head><body><main><article>"
        f"<h1>{title}</h1>{texts[0]}{texts[1]}{box}{''.join(texts[2:])}</article></main></body></html>"
    )


def _look(store: Store, n: int, page: str) -> int:
    """How many versions there are after a look."""
    seen_at = at(0) + n * timedelta(hours=1)
    return store.record(from_html(URL, page, seen_at, Origin.POLL), seen_at).article.version_count


def _box(form: str, n: int) -> str:
    return form.format(*TEASERS[n % len(TEASERS)], n=n)


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND)
@pytest.mark.parametrize("form", BOXES.values(), ids=BOXES)
def test_a_box_that_is_exchanged_again_and_again_stops_being_an_edit(store: Store, form: str, around: str) -> None:
    counts = [_look(store, n, _page(_box(form, n), around)) for n in range(6)]
    assert counts[2:] == [counts[2]] * 4
    assert counts[-1] <= 3


def test_a_box_that_comes_and_goes_stops_being_an_edit(store: Store) -> None:
    form = BOXES["a box"]
    boxes = ["", _box(form, 1), _box(form, 2), "", _box(form, 4), _box(form, 5), ""]
    assert [_look(store, n, _page(box)) for n, box in enumerate(boxes)] == [1, 2, 3, 3, 3, 3, 3]


def test_beside_it_a_true_edit_is_told_alone(store: Store) -> None:
    form = BOXES["a box"]
    for n in range(4):
        _look(store, n, _page(_box(form, n)))
    edited = [PARAGRAPHS[0].replace("Friday", "Sunday"), *PARAGRAPHS[1:]]
    assert _look(store, 5, _page(_box(form, 5), said=edited)) == 4
    before, after = (set(version.content.blocks) for version in store.versions.of_article(1)[-2:])
    assert [block.text for block in before ^ after if block.text not in (PARAGRAPHS[0], edited[0])] == []


def test_figures_in_a_box_are_edits_however_often_they_change(store: Store) -> None:
    form = "<div class='facts'><h3>The storm in figures</h3><p>{} people are dead, and {} are missing.</p></div>"
    assert [_look(store, n, _page(form.format(12 + n, 40 - n))) for n in range(6)] == [1, 2, 3, 4, 5, 6]


def test_figures_of_other_stories_are_none(store: Store) -> None:
    form = "<div class='x7'><a href='/s/{n}'><h3>{n} hurt: {0}</h3></a><p>In {n} towns. {1}</p></div>"
    counts = [_look(store, n, _page(form.format(*TEASERS[n], n=n))) for n in range(6)]
    assert counts[2:] == [counts[2]] * 4


def test_a_score_that_links_to_its_match_is_an_edit(store: Store) -> None:
    form = "<div class='x7'><h3><a href='/match/7'>{0}</a></h3><p>{1}</p></div>"
    assert [_look(store, n, _page(_box(form, n))) for n in range(5)] == [1, 2, 3, 4, 5]


TOLLS = (
    "12 are dead.",
    "Rescuers count 15 bodies",
    "Toll: 19",
    "Nobody knows where 40 islanders went",
    "It is 31 now",
)


def test_figures_beside_a_link_to_the_newest_report_are_edits(store: Store) -> None:
    form = "<div class='x7'><p>{}</p><a href='/report/{}'>The newest report</a></div>"
    assert [_look(store, n, _page(form.format(note, n))) for n, note in enumerate(TOLLS)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("field", ["<input type='email'><button>Go</button>", "<form><div><input></div></form>"])
def test_figures_in_a_box_that_asks_for_an_address_are_none(store: Store, field: str) -> None:
    form = "<div class='x7'><h3>{0}</h3><p>{1} ({n})</p>" + field + "</div>"
    counts = [_look(store, n, _page(form.format(*TEASERS[n], n=70 + n))) for n in range(6)]
    assert counts[2:] == [counts[2]] * 4


@pytest.mark.parametrize("field", ["<button>Share</button>", "<input type='radio'><input type='submit'>"])
def test_figures_in_a_box_with_a_button_are_edits(store: Store, field: str) -> None:
    form = "<div class='x7'><p>{}</p>{}</div>"
    assert [_look(store, n, _page(form.format(note, field))) for n, note in enumerate(TOLLS)] == [1, 2, 3, 4, 5]


def test_figures_in_a_box_are_edits_in_whatever_words(store: Store) -> None:
    form = "<div class='x7'><p>{}</p></div>"
    assert [_look(store, n, _page(form.format(note))) for n, note in enumerate(TOLLS)] == [1, 2, 3, 4, 5]


def test_a_box_of_another_kind_is_an_edit_where_one_rotates(store: Store) -> None:
    for n in range(5):
        _look(store, n, _page(_box(BOXES["a card"], n)))
    for n, kind in ((6, "class='facts'"), (8, "class='x7'")):
        count = _look(store, n, _page(_box(BOXES["a card"], 5)))
        fact = f"<div {kind}><h3>What a pontoon is</h3><p>A raft on which a quay floats.</p></div>"
        assert _look(store, n + 1, _page(_box(BOXES["a card"], 6) + fact)) == count + 1


def test_a_side_note_that_is_written_anew_twice_is_told_twice(store: Store) -> None:
    form = BOXES["a box"]
    assert [_look(store, n, _page(_box(form, n))) for n in range(3)] == [1, 2, 3]


def test_a_side_note_that_stays_for_a_while_is_an_edit_however_often_it_is_written_anew(store: Store) -> None:
    form = BOXES["a box"]
    assert [_look(store, n, _page(_box(form, n // 2))) for n in range(10)] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_a_side_note_that_came_to_stay_is_told_at_last(store: Store) -> None:
    form = BOXES["a box"]
    assert [_look(store, n, _page(_box(form, min(n, 4)))) for n in range(6)] == [1, 2, 3, 3, 3, 4]
    assert TEASERS[4][0] in [block.text for block in store.versions.of_article(1)[-1].content.blocks]


def test_a_side_note_that_is_seen_days_apart_is_an_edit(store: Store) -> None:
    form = BOXES["a box"]
    assert [_look(store, 24 * n, _page(_box(form, n))) for n in range(5)] == [1, 2, 3, 4, 5]


KEPT = {
    "its heading": "<div class='x7'><h3>In brief</h3><p>{1}</p></div>",
    "the link of its heading": "<div class='x7'><h3><a href='/match/7'>{0}</a></h3><p>As it happens.</p></div>",
}


@pytest.mark.parametrize("form", KEPT.values(), ids=KEPT)
def test_a_box_that_keeps_something_is_edited_and_not_exchanged(store: Store, form: str) -> None:
    assert [_look(store, n, _page(_box(form, n))) for n in range(5)] == [1, 2, 3, 4, 5]


def test_what_stands_beside_a_link_that_stays_is_edited() -> None:
    town = Inlaid("The town", "1")
    before, now = (Inlaid("Swans close the road."), town, Inlaid("Old lighthouse sold", "2")), (Inlaid("A"), town)
    assert exchanged(before, now) == {"Old lighthouse sold"}


@pytest.mark.parametrize("note", ["Toll: 19", "The board met here, and left without a word to those who had waited."])
def test_a_figure_or_another_wording_is_an_edit_where_a_box_rotates(store: Store, note: str) -> None:
    said = ("Swans.", "Pumpkins weigh.", "The board met here and left without a word to all who had waited.", "Clocks!")
    form = "<div class='x7'><p>{}</p></div>"
    counts = [_look(store, n, _page(form.format(text))) for n, text in enumerate(said)]
    assert counts == [1, 2, 3, 3]
    assert _look(store, 4, _page(form.format(note))) == 4


def test_a_pull_quote_is_an_edit(store: Store) -> None:
    form = "<div class='x7'><blockquote><p>{0}</p></blockquote></div>"
    assert [_look(store, n, _page(_box(form, n))) for n in range(5)] == [1, 2, 3, 4, 5]


def test_what_left_its_box_for_the_text_is_text(store: Store) -> None:
    form = BOXES["a card"]
    for n in range(5):
        count = _look(store, n, _page(_box(form, n)))
    kept = TEASERS[4][1]
    said = [*PARAGRAPHS[:2], kept, *PARAGRAPHS[2:]]
    count = _look(store, 6, _page(_box(form, 5), said=said))
    assert _look(store, 7, _page(_box(form, 0))) == count + 1, "a paragraph was deleted"


def test_a_letter_that_its_words_give_away_tells_that_its_box_rotates(store: Store) -> None:
    letters = (
        "",
        "<div class='x7'><h3>The morning letter</h3><p>Sign up for our newsletter.</p></div>",
        _box(BOXES["a box"], 1),
        "",
        _box(BOXES["a box"], 2),
    )
    assert [_look(store, n, _page(letter)) for n, letter in enumerate(letters)] == [1, 1, 2, 2, 2]


def test_paragraphs_that_are_exchanged_are_edits(store: Store) -> None:
    pages = [_page("", said=[*PARAGRAPHS[:2], " ".join(TEASERS[n]), *PARAGRAPHS[2:]]) for n in range(6)]
    assert [_look(store, n, page) for n, page in enumerate(pages)] == [1, 2, 3, 4, 5, 6]


def test_a_standfirst_that_is_written_anew_is_an_edit(store: Store) -> None:
    for n in range(6):
        page = _page("").replace("</h1>", f"</h1><div class='standfirst'><p>{' '.join(TEASERS[n])}</p></div>")
        count = _look(store, n, page)
        assert count == n + 1, "a standfirst stands above the text"


def test_a_correction_in_a_box_is_an_edit(store: Store) -> None:
    form = BOXES["a box"]
    for n in range(4):
        _look(store, n, _page(_box(form, n)))
    note = "<div class='x7'><p>Correction: An earlier version of this article gave the wrong day.</p></div>"
    assert _look(store, 5, _page(note)) == 4


def test_a_program_that_hands_over_blocks_is_not_judged(store: Store) -> None:
    form = BOXES["a box"]
    for n in range(4):
        _look(store, n, _page(_box(form, n)))
    for n in range(3):
        seen_at = at(600 + n)
        blocks = [("p", text) for text in (*PARAGRAPHS, *TEASERS[n])]
        assert store.record(from_blocks(URL, "Ferry", blocks, seen_at, Origin.API), seen_at).new_version
