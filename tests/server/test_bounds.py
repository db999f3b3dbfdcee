"""Answers about edits are bounded: the newest stay, what is left out is counted, and all of it can be asked for."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.diff.telling.history import tell
from rowback.errors import UnknownEdit
from rowback.model import MAX_TITLE, Article, Status
from rowback.told import Happening, Moment, SeenAside, Times
from rowback.web.api import shapes
from rowback.web.api.bounds import MAX_FOUND, Bounds, bounded, page_of_wordings

from .markup_sides import read
from .samples import PARAGRAPHS, START, URL, at, content, versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rowback.model import Version
    from rowback.told import Edit, History, Wording

    from .backend import Client

MOST_BYTES = 4_000_000
BLOCKS, LOOKS = 50, 30  # with all their wordings 5 MB
SMALL = Bounds(answer=30_000, small=0, versions=1_300, aside=1_000, edits=6_000, edit=4_000, wording=1_000, count=6)


ARTICLE = Article(
    1,
    URL,
    "harbour-echo.example",
    "Ferry",
    None,
    START,
    START,
    START,
    None,
    Status.WATCHING,
    version_count=2,
    revision=1,
)


def _versions(texts: Iterable[Sequence[str]], title: str = "Ferry") -> list[Version]:
    return versions([content(title, said) for said in texts])


WORDS = st.sampled_from(["ferry", "harbour", "„Leinen los!“", "\x7f", "noon", "船", "🛳", '"', "tide " * 60])
PARAGRAPH = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
HISTORIES = st.lists(st.lists(PARAGRAPH, min_size=1, max_size=6), min_size=2, max_size=7).map(
    lambda texts: tell(_versions(texts), 0, len(texts) - 1)
)


def _answer(history: History, bounds: Bounds, after: str | None = None) -> dict[str, Any]:
    answer: dict[str, Any] = shapes.history(bounded(bounds, history, (), after), ARTICLE, "http://127.0.0.1:8484")
    return answer


@given(HISTORIES)
def test_an_answer_is_never_larger_than_its_bound(history: History) -> None:
    assert len(json.dumps(_answer(history, SMALL), ensure_ascii=False).encode()) <= SMALL.answer


@given(HISTORIES)
def test_every_edit_is_told_in_one_answer_or_the_next_but_for_those_too_long(history: History) -> None:
    told, after = [], None
    while True:
        answer = _answer(history, SMALL, after)
        told += [edit["id"] for edit in (*answer["edits"], *answer["passing"])]
        if (after := answer["next"]) is None:
            break
    every = [edit.id for edit in (*history.edits, *history.passing)]
    assert [id_ for id_ in every if id_ in set(told)] == told
    missing = [edit for edit in (*history.edits, *history.passing) if edit.id not in told]
    assert [edit for edit in missing if _length(edit) < SMALL.edit / 2] == []


def _length(edit: Edit) -> int:
    return len(json.dumps([edit.markup, edit.anchor.exact], ensure_ascii=False).encode())


@given(HISTORIES)
def test_the_newest_wordings_stay_and_it_is_said_where_there_are_more(history: History) -> None:
    wordings = {edit.id: edit.wordings for edit in history.edits + history.passing}
    for told in bounded(SMALL, history, ()).history.edits:
        whole = wordings[told.id]
        assert told.wordings == whole[len(whole) - len(told.wordings) :]
    answer = _answer(history, SMALL)
    for edit in (*answer["edits"], *answer["passing"]):
        assert edit["more_wordings"] == (len(edit["wordings"]) < len(wordings[edit["id"]]))


@given(HISTORIES)
def test_what_is_left_out_is_counted(history: History) -> None:
    answer = _answer(history, SMALL)
    for name, every in (("versions", history.versions), ("edits", history.edits), ("passing", history.passing)):
        assert answer["left_out"][name] == len(every) - len(answer[name])


@given(HISTORIES)
def test_pages_of_wordings_have_each_once(history: History) -> None:
    for edit in history.edits:
        got: list[Wording] = []
        start: int | None = 0
        while start is not None:
            page, start = page_of_wordings(replace(SMALL, page=20_600), edit.wordings, start)
            got += page
        assert tuple(got) == edit.wordings


def test_a_small_history_is_told_whole() -> None:
    history = tell(_versions([["It sails at noon."], ["It sails at one."]]), 0, 1)
    answer = _answer(history, Bounds())
    assert (answer["next"], set(answer["left_out"].values())) == (None, {0})
    assert [len(edit["wordings"]) for edit in answer["edits"]] == [1]


def test_of_very_many_versions_the_newest_and_the_two_compared_are_listed() -> None:
    texts = [["It sails at noon."], ["It sails at one."]]
    history = tell(_versions(texts), 0, 1)
    notes = tuple(replace(history.versions[1], number=number) for number in range(50_000))
    many = replace(history, versions=notes, from_version=3, to_version=49_999)
    answer = _answer(many, Bounds())
    numbers = [note["version"] for note in answer["versions"]]
    assert numbers[0] == 3
    assert numbers[1:] == list(range(50_000 - len(numbers) + 1, 50_000))
    assert answer["left_out"]["versions"] == 50_000 - len(numbers)
    assert len(json.dumps(answer).encode()) <= MOST_BYTES


@pytest.mark.parametrize("length", [100_000, 600_000, 2_000_000])
def test_a_paragraph_as_long_as_a_book_takes_no_other_edit_s_place(length: int) -> None:
    book = "word " * (length // 5)
    texts = [[book, "It sails at noon."], [f"{book}more", "It sails at one."]]
    answer = _answer(tell(_versions(texts), 0, 1), Bounds())
    is_told = length < 1_000_000
    assert answer["left_out"]["edits"] == (0 if is_told else 1)
    assert answer["next"] is None
    assert answer["edits"][-1]["anchor"]["exact"] == "It sails at one."


@pytest.mark.parametrize("small", [0, 60_000])
def test_edits_to_which_everything_happened_are_told_within_the_bound(small: int) -> None:
    bounds = Bounds(answer=60_000, small=small, edits=38_000)
    history = tell(_versions([["It sails at noon."], ["It sails at one."]]), 0, 1)
    late = START.replace(microsecond=123_456)
    last = Moment(1_000_000, late, late)
    times = tuple(Times(what, 1_000_000, last, last) for what in Happening)
    for count in range(1, 40):
        edits = tuple(replace(history.edits[0], id=f"e{number}", times=times, wordings=()) for number in range(count))
        answer = _answer(replace(history, edits=edits), bounds)
        assert len(json.dumps(answer, ensure_ascii=False).encode()) <= bounds.answer


def test_a_title_is_cut_where_it_only_names() -> None:
    history = tell(_versions([["It sails at noon."], ["It sails at one."]], "Ferry " * 100_000), 0, 1)
    answer = _answer(history, Bounds())
    assert {len(note["title"]) for note in answer["versions"]} == {MAX_TITLE}
    seen = SeenAside(0, "alternating", 3, START)
    assert len(bounded(Bounds(), history, [seen] * 3_000).aside) < 3_000


def test_to_go_on_after_no_edit_is_refused() -> None:
    history = tell(_versions([["It sails at noon."], ["It sails at one."]]), 0, 1)
    with pytest.raises(UnknownEdit):
        bounded(Bounds(), history, (), "e0")


def test_a_page_that_is_reworded_all_over_at_each_look_is_told_within_the_bound(client: Client) -> None:
    for look in range(LOOKS + 1):
        seen_at = at(look).isoformat()
        assert client.capture(_reworded(look), seen_at=seen_at).status == 201
    answer = client.get(f"/api/v1/edits?url={URL}")
    assert len(answer.body) <= MOST_BYTES
    told = answer.json
    assert len(told["edits"]) == BLOCKS
    assert told["left_out"] == {"versions": 0, "edits": 0, "passing": 0, "aside": 0}
    for edit, old, new in zip(told["edits"], _reworded(0), _reworded(LOOKS), strict=True):
        (sides,) = read(edit["markup"])
        assert (sides.old, sides.new, edit["anchor"]["exact"]) == (old, new, new)
        assert edit["more_wordings"]
        assert [each["version"] for each in edit["wordings"]][-1] == LOOKS - 1
    address = f"/api/v1/articles/{told['article']['id']}/edits"
    for number in (0, BLOCKS - 1):
        page = client.get(f"{address}/{told['edits'][number]['id']}/wordings")
        assert [each["text"] for each in page.json["wordings"]] == [_reworded(look)[number] for look in range(LOOKS)]
        assert page.json["next"] is None
        tag = page.headers["etag"]
        assert client.get(f"{address}/{told['edits'][number]['id']}/wordings", If_None_Match=tag).status == 304
    assert client.get(f"{address}/e0/wordings").code == "unknown-edit"
    assert client.get(f"{address}/e0/wordings?to=99").code == "unknown-version"
    assert client.get("/api/v1/articles/99/edits/e0/wordings").code == "unknown-article"


def test_an_article_s_page_lists_so_many_versions_at_a_time(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rowback.web.pages.article.VERSIONS_A_PAGE", 3)
    for number in range(7):
        client.capture((*PARAGRAPHS[:2], f"The office counted {number} boats."), seen_at=at(number).isoformat())
    listed, path, pages = [], "/articles/1", 0
    while path:
        page = client.get(path).body.decode()
        listed += [
            int(number) for number in re.findall(r'data-label="Version">\s*<a href="/articles/1/versions/(\d+)"', page)
        ]
        older = re.search(r'class="next-page" href="([^"#]+)', page)
        path, pages = older[1] if older else "", pages + 1
    assert (sorted(listed), pages) == (list(range(7)), 3)
    middle = client.get("/articles/1?older=4").body.decode()
    assert 'rel="prev" href="/articles/1#versions"' in middle


def _reworded(look: int) -> list[str]:
    rest = (
        " The ferry carries whoever comes, in the order in which they come, as long as there is room on its deck." * 24
    )
    return [
        f"Ferry {place} left its quay at the hour of {look}, later than in its timetable.{rest}"
        for place in range(BLOCKS)
    ]


def test_lists_and_searches_do_not_repeat_long_headlines_and_texts(client: Client) -> None:
    for n, word in enumerate(("one", "two", "three")):
        texts = [f"It sails at {word}. {'Then it sails back. ' * 10_000}", *PARAGRAPHS]
        client.capture(texts, title=f"Ferry {word} {'timetable ' * 20_000}", seen_at=at(60 * n).isoformat())
    (found,) = client.get("/api/v1/search?q=sails+one").json["results"]
    assert len(found["text"]) == MAX_FOUND
    assert len(found["article"]["title"]) == MAX_TITLE
    every = "/", "/articles", "/articles/1", "/search?q=sails", "/search?q=title:ferry", "/api/v1/search?q=sails"
    feeds = "/feed.json", "/feed.rss", "/feed.atom", "/articles/1/feed.json", "/search/feed.json?q=sails"
    for path in (*every, *feeds, "/api/v1/articles"):
        answer = client.get(path)
        assert answer.status == 200, path
        assert len(answer.body) < 100_000, path
