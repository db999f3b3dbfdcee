"""Posts that go on to another page are told as that: they were not removed. Whatever else goes was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.archive.bulk import read
from rowback.archive.export import all_articles, lines
from rowback.capture.captures import from_html
from rowback.diff.telling.coarse import coarse_step
from rowback.diff.telling.history import tell
from rowback.diff.telling.step import Step, tell_step
from rowback.diff.telling.table import lay_out_within
from rowback.model import Block, Capture, Content, Origin, Paging
from rowback.text.metadata import read_metadata
from rowback.text.paging import read_paging
from rowback.told import Edit, EditKind

from . import promises
from .cases import cases
from .samples import at, versions
from .strategies import histories

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rowback.store import Store

    from .backend import Backend

URL = "https://www.quayside-post.example/live/quay"
INTRO = "Our reporters follow the closing of the old pier, hour by hour, from the northern quay."
THINGS = (
    "the ferry left without its mate and came back for him",
    "a crane was brought by rail from the yards of the south",
    "the mayor spoke to forty people under a canvas roof",
    "divers counted the cracks in four columns and found nine",
    "bread was handed out by the bakers of the lower market",
    "an old bell was taken from its tower and wrapped in wool",
    "the tide reached the second step and wet the drums",
    "children drew the pier in chalk before it was fenced off",
    "two tugs waited in the fog without a word from the office",
    "lamps were lit early because of the rain over the roofs",
    "a letter from the builder's grandson was read aloud",
    "the harbour band played, and no one asked it to stop",
    "engineers slept in the customs house on folding beds",
    "a gull sat on the highest beam through all the speeches",
    "seven lorries brought sand and drove away with rust",
    "nobody could say where the key of the winch had gone",
    "schools kept their windows shut against the hammering",
    "one rivet was sold for more than a month of rent",
    "fishermen moved their nets to the eastern wall",
    "the clock on the gate stopped when its cable was cut",
    "soup was cooked in a kettle that had held tar",
    "a photographer fell in and kept his camera dry",
    "planks were numbered in red by two apprentices",
    "the lighthouse answered with three long flashes",
    "an inspector found moss where paint should be",
    "singers from the chapel waited under umbrellas",
)


def _post(number: int) -> Block:
    return Block("p", f"{THINGS[number].capitalize()} ({number}).")


def _page(numbers: Iterable[int], paging: Paging = Paging.POSTS, *, below: Sequence[str] = ()) -> Content:
    texts = [Block("p", INTRO), *map(_post, numbers), *(Block("p", text) for text in below)]
    return Content("Live: the pier is closed", tuple(texts), paging)


def _down(newest: int, oldest: int) -> list[int]:
    return list(range(newest, oldest - 1, -1))


def _gone(edits: Iterable[Edit]) -> dict[str, list[int]]:
    """The posts that each label of deletions names."""
    found: dict[str, list[int]] = {"removal": [], "rolled-off": []}
    for edit in edits:
        if edit.kind is EditKind.DELETE:
            (name,) = {"removal", "rolled-off"} & set(edit.labels)
            assert edit.minor is (name == "rolled-off")
            found[name].append(int(edit.markup.rpartition("(")[2].partition(")")[0]))
    return found


def _step(old: Content, new: Content) -> Step:
    return tell_step(old, new)


@pytest.mark.parametrize("row", cases("paging"), ids=lambda row: row["why"])
def test_a_page_says_where_its_text_goes_on(row: dict[str, Any]) -> None:
    html = f"<html><head>{row.get('head', '')}</head><body><h1>T</h1>{row.get('body', '')}</body></html>"
    tree = lxml.html.document_fromstring(html)
    assert read_paging(tree, URL, is_live=read_metadata(tree).is_live) == row["paging"]


@pytest.mark.parametrize("paging", [Paging.POSTS, Paging.PAGES])
def test_posts_pushed_out_at_the_end_have_rolled_off(paging: Paging) -> None:
    step = _step(_page(_down(10, 1), paging), _page(_down(13, 4), paging))
    assert _gone(step.edits) == {"removal": [], "rolled-off": [3, 2, 1]}
    assert step.words_deleted == 0
    assert step.words_inserted > 0
    assert (step.deleted, step.before) == ("", "")
    assert "removal" not in step.labels


def test_a_step_that_only_rolled_is_announced_and_minor_but_for_what_came() -> None:
    step = _step(_page(_down(10, 1)), _page(_down(13, 4)))
    assert {edit.minor for edit in step.edits if edit.kind is EditKind.DELETE} == {True}
    assert "(3)" not in "".join(segment.text for segment in step.excerpt)


@pytest.mark.parametrize(
    ("why", "old", "new"),
    [
        ("from the middle", _page(_down(10, 1)), _page([11, *_down(10, 6), *_down(4, 1)])),
        ("the end, and nothing came", _page(_down(10, 1)), _page(_down(10, 4))),
        ("the page goes on nowhere", _page(_down(10, 1), Paging.NONE), _page(_down(13, 4), Paging.NONE)),
        ("the newer page goes on nowhere", _page(_down(10, 1)), _page(_down(13, 4), Paging.NONE)),
        ("oldest first, the newest at the end", _page(range(1, 11)), _page([*range(1, 8), 11, 12, 13])),
        ("the newest first, from the top", _page(_down(10, 1)), _page(_down(8, 1))),
        ("a page of a text, most of it for a line", _page(_down(10, 1), Paging.PAGES), _page([11, 10], Paging.PAGES)),
        ("a text rewritten on its first page", _page([1, 2, 3], Paging.PAGES), _page([5, 6, 7], Paging.PAGES)),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_whatever_else_goes_was_removed(why: str, old: Content, new: Content) -> None:
    gone = _gone(_step(old, new).edits)
    assert gone["rolled-off"] == [], why


def test_a_removal_in_the_middle_is_told_beside_what_rolled_off() -> None:
    step = _step(_page(_down(10, 1)), _page([12, 11, 10, 9, 8, 6, 5, 4, 3]))
    assert _gone(step.edits) == {"removal": [7], "rolled-off": [2, 1]}
    assert "(7)" in step.deleted
    assert "(2)" not in step.deleted


def test_what_leads_to_the_next_page_may_stand_below() -> None:
    below = ["Page 1 of 4", "Older posts"]
    step = _step(_page(_down(10, 1), below=below), _page(_down(12, 3), below=["Page 1 of 5", "Older posts"]))
    assert _gone(edit for edit in step.edits if "(" in edit.markup) == {"removal": [], "rolled-off": [2, 1]}


def test_a_short_post_may_push_out_a_long_one() -> None:
    long = Block("p", " ".join(text.capitalize() + "." for text in THINGS) + " (0)")
    page = _page(_down(10, 1), Paging.PAGES)
    old, new = (
        replace(page, blocks=(*page.blocks, long)),
        replace(page, blocks=(page.blocks[0], _post(11), *page.blocks[1:])),
    )
    assert _gone(_step(old, new).edits) == {"removal": [], "rolled-off": [0]}


def test_a_last_post_that_stands_holds_the_end() -> None:
    step = _step(_page(_down(6, 1), below=["More soon."]), _page(_down(7, 2), below=["More soon."]))
    assert _gone(step.edits) == {"removal": [1], "rolled-off": []}


def test_all_posts_may_roll_off_between_two_looks() -> None:
    step = _step(_page(_down(6, 1)), _page(_down(14, 9)))
    assert _gone(step.edits)["removal"] == []


def test_over_many_steps_each_post_is_told_as_it_went() -> None:
    """Post 8 is taken out of the middle, then everything around it rolls off."""
    pages = [_page(_down(10, 1)), _page([12, 11, 10, 9, *_down(7, 1)]), _page(_down(18, 9)), _page(_down(24, 15))]
    told = tell(versions(pages), 0, 3)
    assert _gone(told.edits) == {"removal": [8], "rolled-off": [10, 9, 7, 6, 5, 4, 3, 2, 1]}
    passing = _gone(told.passing)
    assert (passing["removal"], sorted(passing["rolled-off"])) == ([], [11, 12, 13, 14])
    assert [note.words_deleted > 0 for note in told.versions] == [False, True, False, False]
    assert _gone(row.edit for row in lay_out_within(versions(pages), 0, 3).rows if row.edit)["removal"] == [8]


def test_a_post_that_was_edited_and_rolled_off_keeps_its_wordings() -> None:
    edited = Block("p", _post(2).text.replace("roof", "gable"))
    second = _page(_down(11, 1))
    second = Content(
        second.title, tuple(edited if block == _post(2) else block for block in second.blocks), second.paging
    )
    told = tell(versions([_page(_down(10, 1)), second, _page(_down(14, 5))]), 0, 2)
    (edit,) = [edit for edit in told.edits if edit.kind is EditKind.DELETE and "(2)" in edit.markup]
    assert [run.text for run in edit.wordings] == [_post(2).text, edited.text]
    assert "rolled-off" in edit.labels


def test_a_post_that_comes_back_is_no_news() -> None:
    pages = [_page(_down(10, 1)), _page(_down(12, 3)), _page(_down(12, 1))]
    step = tell_step(pages[1], pages[2], pages[:1])
    assert (step.words_inserted, step.inserted, step.is_minor, step.is_unannounced) == (0, "", True, False)
    edits = tell(versions(pages), 1, 2).edits
    assert {(edit.kind, edit.labels, edit.minor) for edit in edits} == {(EditKind.INSERT, ("restored",), True)}


def test_a_post_that_was_removed_and_comes_back_is_news() -> None:
    pages = [_page(_down(10, 1)), _page([10, *_down(8, 1)]), _page(_down(10, 1))]
    assert not tell_step(pages[1], pages[2], pages[:1]).is_minor
    assert not any(edit.minor for edit in tell(versions(pages), 1, 2).edits)


def _paged(contents: list[Content], paging: Sequence[Paging]) -> list[Content]:
    return [Content(each.title, each.blocks, paging[n % len(paging)]) for n, each in enumerate(contents)]


@given(histories(), st.lists(st.sampled_from(Paging), min_size=1, max_size=4))
def test_every_block_that_goes_was_removed_or_rolled_off(contents: list[Content], paging: list[Paging]) -> None:
    pages = _paged(contents, paging)
    last = len(pages) - 1
    for from_, to in {(0, last), (last, 0), (max(0, last - 1), last)}:
        told = tell(versions(pages), from_, to)
        for edit in (*told.edits, *told.passing):
            assert len({"removal", "rolled-off"} & set(edit.labels)) == (edit.kind is EditKind.DELETE)
        texts = [[block.text for block in pages[n].all_blocks()] for n in (from_, to)]
        promises.markup_gives_both_sides(told.edits, *texts)
        promises.every_difference_is_told(told.edits, *texts)


def _html(content: Content, head: str = "") -> str:
    body = "".join(f"<article class='post'><p>{block.text}</p></article>" for block in content.blocks)
    return (
        f"<!doctype html><html lang='en'><head><title>{content.title}</title>"
        f"<meta property='og:type' content='article'>{head}</head><body><main><h1>{content.title}</h1>{body}"
        "<nav><a href='?page=2'>Older posts</a></nav></main></body></html>"
    )


def _record(store: Store, content: Content, minutes: float) -> None:
    store.record(from_html(URL, _html(content), at(minutes), Origin.POLL), at(minutes))


def test_a_search_for_what_was_removed_finds_no_post_that_rolled_off(backend: Backend) -> None:
    store, client = backend.store, backend.client
    for n, numbers in enumerate((_down(10, 1), _down(13, 4), _down(13, 1))):
        _record(store, _page(numbers), 60 * n)
    told = client.get(f"/api/v1/edits?url={URL}&from=0&to=1").json
    gone = [edit for edit in told["edits"] if edit["kind"] == "delete"]
    assert [edit["labels"] for edit in gone] == [["rolled-off"]] * 3
    assert [note["words_deleted"] for note in told["versions"]] == [0, 0, 0]
    assert told["versions"][2]["words_inserted"] == 0
    assert client.get("/api/v1/search?q=removed:mayor").json["results"] == []
    assert client.get("/api/v1/search?q=removed:crane").json["results"] == []
    assert client.get("/api/v1/search?q=label:removal").json["results"] == []
    assert len(client.get("/api/v1/search?q=label:rolled-off").json["results"]) == 1
    assert "on another page now" in client.get("/feed.atom").body.decode()


def test_what_is_too_costly_to_compare_is_told_alike() -> None:
    step = coarse_step(_page(_down(10, 1)), _page([13, 12, 11, 10, 9, 8, 6, 5, 4, 3]))
    gone = [(edit.labels, edit.minor) for edit in step.edits if edit.kind is EditKind.DELETE]
    assert gone == [((), False), (("rolled-off",), True), (("rolled-off",), True)]
    assert "(7)" in step.deleted
    assert "(2)" not in step.deleted


def test_it_comes_and_goes_with_an_export(store: Store) -> None:
    _record(store, _page(_down(10, 1)), 0)
    (capture,) = read(lines(store, all_articles(store)))
    assert isinstance(capture, Capture)
    assert capture.content.paging is Paging.POSTS


def test_where_a_page_goes_on_is_kept_with_its_version(store: Store) -> None:
    _record(store, _page(_down(10, 1)), 0)
    (version,) = store.versions.of_article(1)
    assert version.content.paging is Paging.POSTS
    (span,) = store.versions.spans(1)
    assert store.versions.contents(span.id)[0].paging is Paging.POSTS
