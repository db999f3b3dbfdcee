"""The invented newspaper's stories: each shows the kind of edit it is in the demo for, and nothing else."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from rowback.demo.stories import SECTIONS, load_stories, read_story

if TYPE_CHECKING:
    from collections.abc import Callable

    from rowback.demo.stories import Story

STORIES = {story.slug: story for story in load_stories()}


def blocks(story: Story, index: int) -> list[str]:
    return [block.text for block in story.revisions[index].content.blocks]


def gone(story: Story, index: int) -> list[str]:
    """Blocks of a revision that the next one no longer has."""
    return [text for text in blocks(story, index) if text not in blocks(story, index + 1)]


def come(story: Story, index: int) -> list[str]:
    """Blocks of a revision that the one before it did not have."""
    return [text for text in blocks(story, index) if text not in blocks(story, index - 1)]


def words_that_differ(old: str, new: str) -> tuple[set[str], set[str]]:
    return set(old.split()) - set(new.split()), set(new.split()) - set(old.split())


def test_there_are_enough_stories_of_every_length() -> None:
    lengths = sorted(story.opening + 1 for story in STORIES.values())
    assert len(lengths) >= 12
    assert (lengths[0], lengths[-1]) == (1, 14)
    assert sum(bool(len(story.revisions) > story.opening + 1) for story in STORIES.values()) >= len(STORIES) - 1


def test_every_section_has_a_story() -> None:
    assert {story.section for story in STORIES.values()} == set(SECTIONS)


@pytest.mark.parametrize("story", STORIES.values(), ids=str)
def test_every_revision_reads_like_an_article(story: Story) -> None:
    for revision in story.revisions:
        assert 6 <= len(revision.content.blocks) <= 20
        assert revision.standfirst
    assert all(revision.note for revision in story.revisions[story.opening + 1 :])


@pytest.mark.parametrize("story", STORIES.values(), ids=str)
def test_neighbouring_revisions_differ(story: Story) -> None:
    for old, new in zip(story.revisions, story.revisions[1:], strict=False):
        assert (old.content, old.standfirst) != (new.content, new.standfirst)


def test_the_live_story_grows_and_turns() -> None:
    live = STORIES["saltpan-quay-fire"]
    past = live.revisions[: live.opening + 1]
    assert len(past) == 14
    assert len({revision.content.title for revision in past}) >= 4
    assert len(past[-1].content.blocks) > len(past[0].content.blocks)


def test_only_the_headline_changes() -> None:
    tram = STORIES["weavers-fields-tram"]
    first, second = tram.revisions[:2]
    assert first.content.title != second.content.title
    assert (first.content.blocks, first.standfirst) == (second.content.blocks, second.standfirst)


def test_one_figure_changes_and_nothing_says_so() -> None:
    wall = STORIES["fishmarket-sea-wall"]
    assert wall.revisions[0].content.title == wall.revisions[1].content.title
    (old,), (new,) = gone(wall, 0), come(wall, 1)
    assert words_that_differ(old, new) == ({"£18,400,000"}, {"£24,100,000"})


def test_one_paragraph_is_deleted() -> None:
    reservoir = STORIES["dunvey-reservoir"]
    (lost,) = gone(reservoir, 0)
    assert "memo" in lost
    assert come(reservoir, 1) == []


def test_a_correction_is_appended_after_the_mistake_was_put_right() -> None:
    meals = STORIES["school-meals"]
    assert len(gone(meals, 0)) == 2
    assert come(meals, 2) == [blocks(meals, 2)[-1]]
    assert blocks(meals, 2)[-1].startswith("Correction:")


def test_one_paragraph_moves() -> None:
    rescue = STORIES["lifeboat-night"]
    before, after = blocks(rescue, 0), blocks(rescue, 1)
    assert before != after
    assert sorted(before) == sorted(after)
    moved = before[-1]
    assert [text for text in after if text != moved] == before[:-1]


def test_a_paragraph_is_split_and_two_are_merged() -> None:
    library = STORIES["library-roof"]
    assert " ".join(come(library, 1)) == gone(library, 0)[0]
    assert " ".join(gone(library, 1)) == come(library, 2)[0]


def test_a_quote_is_softened_and_hedges_come_and_go() -> None:
    inquiry = STORIES["hesper-bridge-inquiry"]
    assert words_that_differ(gone(inquiry, 0)[0], come(inquiry, 1)[0]) == ({"knew"}, {"may", "have", "known"})
    assert "lied" in gone(inquiry, 1)[0]
    assert "lied" not in come(inquiry, 2)[0]
    assert gone(inquiry, 2)[0].startswith("It is believed that")
    assert not come(inquiry, 3)[0].startswith("It is believed")


def test_a_story_is_changed_and_changed_back() -> None:
    captain = STORIES["rovers-captain"]
    first, second, third = captain.revisions[:3]
    assert first.content == third.content != second.content


def test_one_story_was_never_edited_and_one_is_not_followed() -> None:
    assert len(STORIES["tarrow-point-light"].revisions) == 1
    assert [slug for slug, story in STORIES.items() if not story.followed] == ["seven-day-loaf"]


def test_two_stories_are_not_in_latin_letters() -> None:
    arabic, japanese = STORIES["night-market-arabic"], STORIES["dawn-auction-japanese"]
    assert (arabic.lang, arabic.dir, arabic.opening) == ("ar", "rtl", 2)
    assert (japanese.lang, japanese.dir, japanese.opening) == ("ja", "ltr", 2)
    assert "٤٠" in gone(arabic, 0)[0]
    assert "٦٥" in come(arabic, 1)[0]
    assert all(" " not in text for text in blocks(japanese, 0))


@pytest.mark.parametrize(
    "text", ["<b>Pellam</b>", "<script>", "&amp;", " & ", '"', "'", "“", "’", "£18,400,000", "١٢٠٬٠٠٠"]
)
def test_awkward_text_is_printed_somewhere(text: str) -> None:
    assert any(text in block for story in STORIES.values() for block in blocks(story, 0))


GOOD: dict[str, Any] = {
    "slug": "a",
    "shows": "s",
    "section": "city",
    "rank": 1,
    "lang": "en",
    "dir": "ltr",
    "byline": "B",
    "picture": {"name": "fire", "alt": "a", "caption": "c"},
    "texts": {"one": ["p", "One."], "two": ["li", "Two."]},
    "versions": [
        {"minutes_ago": 20, "title": "T", "standfirst": "S", "blocks": ["one"]},
        {"minutes_ago": 10, "blocks": ["one", "two"]},
    ],
    "next": [{"note": "n", "title": "U"}],
}


def test_what_a_revision_leaves_out_is_as_before() -> None:
    story = read_story(GOOD)
    assert [revision.content.title for revision in story.revisions] == ["T", "T", "U"]
    assert [len(revision.content.blocks) for revision in story.revisions] == [1, 2, 2]
    assert (story.opening, story.path) == (1, "/city/a")


def unknown_name(data: dict[str, Any]) -> None:
    data["versions"][0]["blocks"] = ["three"]


def unknown_kind(data: dict[str, Any]) -> None:
    data["texts"]["one"] = ["div", "One."]


def empty_text(data: dict[str, Any]) -> None:
    data["texts"]["one"] = ["p", " "]


def unknown_section(data: dict[str, Any]) -> None:
    data["section"] = "weather"


def unknown_direction(data: dict[str, Any]) -> None:
    data["dir"] = "up"


def times_out_of_order(data: dict[str, Any]) -> None:
    data["versions"][1]["minutes_ago"] = 20


def time_missing(data: dict[str, Any]) -> None:
    del data["versions"][1]["minutes_ago"]


def time_in_the_future(data: dict[str, Any]) -> None:
    data["versions"][1]["minutes_ago"] = -5


def next_one_dated(data: dict[str, Any]) -> None:
    data["next"][0]["minutes_ago"] = 5


def no_versions(data: dict[str, Any]) -> None:
    data["versions"] = []


def no_title(data: dict[str, Any]) -> None:
    del data["versions"][0]["title"]


@pytest.mark.parametrize(
    "spoil",
    [
        unknown_name,
        unknown_kind,
        empty_text,
        unknown_section,
        unknown_direction,
        times_out_of_order,
        time_missing,
        time_in_the_future,
        next_one_dated,
        no_versions,
        no_title,
    ],
)
def test_a_file_that_does_not_fit_its_description_is_refused(spoil: Callable[[dict[str, Any]], None]) -> None:
    data = copy.deepcopy(GOOD)
    spoil(data)
    with pytest.raises(ValueError, match=r"."):
        read_story(data)
