"""What of a difference between two readings is an edit of the page, and what only another reading."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.diff.telling.step import tell_step
from rowback.model import Block, Content, PageText
from rowback.reread.baseline import baseline
from rowback.reread.lift import lift_all
from rowback.reread.transfer import transferred
from rowback.text.extract import extract

from .samples import page

TIDE = "The tide gate was closed for 40 minutes on Sunday night."
CREW = "Its crew of three had asked for a second pump in spring."
LAMP = "A lamp on the pier went out soon after, and stayed out."
WIND = "Nobody was on the quay when the wind turned to the north."
OFFER = "Get the harbour letter every morning, free of charge."


@dataclass(frozen=True)
class Read:
    """A page read twice: what older rules made of it as it was, what newer ones make of it now, all that it says now (None:
    the new reading), and what stands for the old reading."""

    why: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    stands: tuple[str, ...]
    says: tuple[str, ...] | None = None


ROWS = (
    Read("equal", (TIDE, CREW), (TIDE, CREW), (TIDE, CREW)),
    Read("lost paragraphs are read", (TIDE,), (TIDE, CREW, LAMP), (TIDE, CREW, LAMP)),
    Read("a line is left out", (OFFER, TIDE, CREW), (TIDE, CREW), (TIDE, CREW), (OFFER, TIDE, CREW)),
    Read("all was another text", (OFFER,), (TIDE, CREW), (TIDE, CREW), (TIDE, CREW, OFFER)),
    Read("one is cut in two", (f"{TIDE} {CREW}", LAMP), (TIDE, CREW, LAMP), (TIDE, CREW, LAMP)),
    Read("two are read in one", (TIDE, CREW, LAMP), (f"{TIDE} {CREW}", LAMP), (f"{TIDE} {CREW}", LAMP)),
    Read("glued words come apart", (f"{TIDE}{CREW}", LAMP), (TIDE, CREW, LAMP), (TIDE, CREW, LAMP)),
    Read(
        "a figure is edited",
        (TIDE, CREW),
        (TIDE.replace("40", "50"), CREW),
        (TIDE, CREW),
    ),
    Read(
        "a figure is edited beside a line that is left out and a paragraph that is read",
        (OFFER, TIDE, CREW),
        (TIDE.replace("40", "50"), CREW, LAMP),
        (TIDE, CREW, LAMP),
        (OFFER, TIDE.replace("40", "50"), CREW, LAMP),
    ),
    Read("a sentence is added", (TIDE, LAMP), (f"{TIDE} {CREW}", LAMP), (TIDE, LAMP)),
    Read("a sentence is taken", (f"{TIDE} {CREW}", LAMP), (TIDE, LAMP), (f"{TIDE} {CREW}", LAMP)),
    Read("a paragraph is taken", (TIDE, CREW, LAMP), (TIDE, LAMP, WIND), (TIDE, CREW, LAMP, WIND)),
    Read(
        "another of two twins is read",
        (OFFER, TIDE, CREW),
        (TIDE, OFFER, CREW),
        (TIDE, OFFER, CREW),
        (OFFER, TIDE, OFFER, CREW),
    ),
    Read("a paragraph is moved", (TIDE, CREW, LAMP), (CREW, LAMP, TIDE), (TIDE, CREW, LAMP)),
    Read(
        "a word is edited in what is cut in two",
        (f"{TIDE} {CREW}", LAMP),
        (TIDE, CREW.replace("three", "four"), LAMP),
        (TIDE, CREW, LAMP),
    ),
    Read(
        "a word is edited in what is read in one",
        (TIDE, CREW, LAMP),
        (f"{TIDE} {CREW.replace('three', 'four')}", LAMP),
        (f"{TIDE} {CREW}", LAMP),
    ),
    Read(
        "a word is edited in glued words that come apart",
        (f"{TIDE}{CREW}", LAMP),
        (TIDE, CREW.replace("three", "four"), LAMP),
        (TIDE, CREW, LAMP),
    ),
    Read(
        "a line that counts is left out",
        ("Updated 5 minutes ago", TIDE, CREW),
        (TIDE, CREW),
        (TIDE, CREW),
        ("Updated 9 minutes ago", TIDE, CREW),
    ),
    Read(
        "a box whose stories rotate is left out",
        (TIDE, CREW, "Also in the Echo", "Baker closes early", "Bridge is red"),
        (TIDE, CREW),
        (TIDE, CREW),
        (TIDE, CREW, "Also in the Echo", "New mast for the school ship", "Fish market to move"),
    ),
)


def _content(texts: tuple[str, ...], title: str = "Night on the quay") -> Content:
    return Content(title, tuple(Block("p", text) for text in texts))


@pytest.mark.parametrize("row", ROWS, ids=[row.why for row in ROWS])
def test_what_stands_for_an_older_reading(row: Read) -> None:
    says = PageText(row.says or row.new, row.says or row.new)
    found = baseline(_content(row.old), _content(row.new), says)
    assert found is not None
    assert tuple(block.text for block in found.content.blocks) == row.stands
    assert len(found.sources) == len(row.stands) + 1


def test_a_page_that_says_little_of_the_old_text_does_not_say() -> None:
    now = (LAMP, WIND)
    assert baseline(_content((TIDE, CREW)), _content(now), PageText(now, now)) is None


@pytest.mark.parametrize(
    ("old", "new", "titles", "pieces", "stands"),
    [
        ("Night on thequay", "Night on the quay", (), ("Night on the quay",), "Night on the quay"),
        ("Harbour Echo", "Night on the quay", (), ("Harbour Echo", "Night on the quay"), "Night on the quay"),
        ("Night on the quay", "Long night on the quay", (), ("Long night on the quay",), "Night on the quay"),
        ("40 lamps out", "50 lamps out", ("40 lamps out | Echo",), ("50 lamps out",), "40 lamps out"),
        ("Quay", "Lamps out for a night", ("Quay | Echo",), ("Lamps out for a night",), "Lamps out for a night"),
        ("Lamps out", "Lamps out again", ("Lamps out | Echo",), ("Lamps out again",), "Lamps out again"),
        ("", "Night on the quay", (), ("Night on the quay",), "Night on the quay"),
    ],
)
def test_a_headline_is_edited_or_chosen_otherwise(
    old: str, new: str, titles: tuple[str, ...], pieces: tuple[str, ...], stands: str
) -> None:
    says = PageText((*pieces, TIDE), (*pieces, TIDE), titles)
    found = baseline(_content((TIDE,), old), _content((TIDE,), new), says)
    assert found is not None
    assert found.content.title == stands


def test_what_is_hidden_or_left_out_of_a_page_still_stands_on_it() -> None:
    hidden = f"<p>{TIDE}</p><p hidden>{OFFER}</p><p>漢字<ruby>港<rt>みなと</rt></ruby>の話。</p><p>{CREW} {LAMP}</p>"
    said = extract(page([WIND]).replace("</article>", f"{hidden}</article>"))
    old = (WIND, TIDE, OFFER, "漢字港みなとの話。", f"{CREW} {LAMP}")
    found = baseline(_content(old), said.content, said.page)
    assert found is not None
    assert [block.text for block in found.content.blocks] == [block.text for block in said.content.blocks]


EARLIER = (
    ("before an edit of what stays", (OFFER, TIDE.replace("40", "30"), CREW), (TIDE.replace("40", "30"), CREW, LAMP)),
    ("before an edit of what is left out", (OFFER.replace("free", "quite free"), TIDE, CREW), (TIDE, CREW, LAMP)),
    ("before a paragraph came", (OFFER, TIDE), (TIDE, LAMP)),
    ("with one that went", (OFFER, TIDE, WIND, CREW), (TIDE, WIND, CREW, LAMP)),
    ("before what is left out came again", (TIDE, CREW), (TIDE, CREW, LAMP)),
    ("with both in another order", (OFFER, CREW, TIDE), (CREW, LAMP, TIDE)),
)


@pytest.mark.parametrize(("why", "before", "stands"), EARLIER, ids=[row[0] for row in EARLIER])
@pytest.mark.parametrize("is_later", [False, True])
def test_other_versions_are_lifted_too(
    why: str, before: tuple[str, ...], stands: tuple[str, ...], is_later: bool
) -> None:
    new = _content((TIDE, CREW, LAMP))
    says = PageText((OFFER, TIDE, CREW, LAMP), (OFFER, TIDE, CREW, LAMP))
    old = [_content(before), _content((OFFER, TIDE, CREW))]
    if is_later:
        old.reverse()
    lifted = lift_all(old, 0 if is_later else 1, new, says)
    assert lifted is not None
    assert lifted[0 if is_later else 1] == new, why
    assert [block.text for block in lifted[1 if is_later else 0].blocks] == list(stands)


def test_a_version_that_was_edited_is_cut_as_the_one_that_was_read_again() -> None:
    old = [_content((f"{TIDE} {CREW.replace('three', 'two')}", LAMP)), _content((f"{TIDE} {CREW}", LAMP))]
    lifted = lift_all(old, 1, _content((TIDE, CREW, LAMP)), PageText((TIDE, CREW, LAMP), (TIDE, CREW, LAMP)))
    assert lifted is not None
    assert [block.text for block in lifted[0].blocks] == [TIDE, CREW.replace("three", "two"), LAMP]
    assert [edit.kind.value for edit in tell_step(lifted[0], lifted[1]).edits] == ["change"]


@pytest.mark.parametrize(
    ("read", "reread", "other", "made"),
    [
        ("a bc", "a b c", "a bc d", "a b c d"),
        ("Night on thequay", "Night on the quay", "Day on thequay", "Day on the quay"),
        ("港みなとの話", "港の話", "港みなとの長い話", "港の長い話"),
        ("one two", "one 2", "one too", None),
    ],
)
def test_what_was_done_to_a_wording_is_done_to_another(read: str, reread: str, other: str, made: str | None) -> None:
    assert transferred(read, reread, other) == made


TEXTS = st.lists(st.sampled_from((TIDE, CREW, LAMP, WIND, OFFER, f"{TIDE} {CREW}", "No.", TIDE[:20])), max_size=7)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_whatever_is_read_an_unedited_page_has_no_edit(
    before: list[str], old: list[str], new: list[str], more: list[str]
) -> None:
    says = tuple(f"{text}" for text in (*old, *new, *more))
    found = lift_all([_content(tuple(before)), _content(tuple(old))], 1, _content(tuple(new)), PageText(says, says))
    assert found is not None
    moved = [text for text in old if text in new]
    if moved == [text for text in new if text in old]:
        assert found[1].blocks == _content(tuple(new)).blocks
