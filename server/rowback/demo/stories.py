"""The invented newspaper's stories: what `articles/*.json` says, checked and as values.

A file names every paragraph it ever prints once, under `texts` (`"lead.2": ["p", "…"]`), and gives each revision as a
list of those names. What a revision leaves out is as in the revision before it. This module must not know how
stories are shown, nor when the demo started: times are minutes before that moment.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from rowback.model import BLOCK_KINDS, Block, Content

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

DIRECTIONS = ("ltr", "rtl")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the newspaper. `slug` is the first part of its stories' paths."""

    slug: str
    name: str
    lang: str = "en"
    dir: str = "ltr"


SECTIONS = (
    Section("city", "City"),
    Section("politics", "Politics"),
    Section("sea", "Harbour & Sea"),
    Section("science", "Science"),
    Section("culture", "Culture"),
    Section("sport", "Sport"),
    Section("arabic", "بالعربية", "ar", "rtl"),
    Section("japanese", "日本語", "ja"),
)
_SECTIONS = {section.slug: section for section in SECTIONS}


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing in `templates/pictures/NAME.svg` and the words that go with it."""

    name: str
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Revision:
    """What a story says at one time. `minutes_ago` is None for what the editor's desk has yet to publish.

    `note` tells the person at the desk what publishing this revision changes.
    """

    content: Content
    standfirst: str
    minutes_ago: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Story:
    """One story of the newspaper. `opening` is the index of the revision on the page when the demo starts.

    `shows` says what the story is in the demo for; `rank` is its place on the front page; a story that is not
    `followed` is one the backend has never seen.
    """

    slug: str
    shows: str
    section: Section
    rank: int
    lang: str
    dir: str
    byline: str
    picture: Picture
    followed: bool
    revisions: tuple[Revision, ...]
    opening: int

    @property
    def path(self) -> str:
        return f"/{self.section.slug}/{self.slug}"


def load_stories() -> tuple[Story, ...]:
    """Every story, in the order of the front page. Raises `ValueError` for a file that does not fit its description."""
    folder = resources.files(__package__).joinpath("articles")
    files = [file for file in folder.iterdir() if file.name.endswith(".json")]
    stories = [read_story(json.loads(file.read_text(encoding="utf-8"))) for file in files]
    if len({story.slug for story in stories}) < len(stories):
        raise ValueError("two stories have the same slug")
    return tuple(sorted(stories, key=lambda story: story.rank))


def read_story(data: Mapping[str, Any]) -> Story:
    """One story from what its file says. Raises `ValueError` where it does not fit."""
    try:
        return _story(data)
    except (KeyError, TypeError) as error:
        raise ValueError(f"story {data.get('slug')!r} does not fit its description: {error}") from error


def _story(data: Mapping[str, Any]) -> Story:
    texts = {name: _block(name, *pair) for name, pair in data["texts"].items()}
    revisions = tuple(_revisions([*data["versions"], *data["next"]], texts))
    opening = len(data["versions"]) - 1
    _check_times(data["slug"], revisions, opening)
    if data["dir"] not in DIRECTIONS:
        raise ValueError(f"story {data['slug']!r} has no such direction: {data['dir']!r}")
    return Story(
        slug=data["slug"],
        shows=data["shows"],
        section=_SECTIONS[data["section"]],
        rank=data["rank"],
        lang=data["lang"],
        dir=data["dir"],
        byline=data["byline"],
        picture=Picture(**data["picture"]),
        followed=data.get("followed", True),
        revisions=revisions,
        opening=opening,
    )


def _block(name: str, kind: str, text: str) -> Block:
    if kind not in BLOCK_KINDS or not text.strip():
        raise ValueError(f"text {name!r} is empty or of no known kind: {kind!r}")
    return Block(kind, text)


def _revisions(given: Iterable[Mapping[str, Any]], texts: Mapping[str, Block]) -> Iterator[Revision]:
    title = standfirst = ""
    blocks: tuple[Block, ...] = ()
    for one in given:
        title = one.get("title", title)
        standfirst = one.get("standfirst", standfirst)
        if "blocks" in one:
            blocks = tuple(texts[name] for name in one["blocks"])
        if not (title and blocks):
            raise ValueError("the first revision needs a title and blocks")
        yield Revision(Content(title, blocks), standfirst, one.get("minutes_ago"), one.get("note", ""))


def _check_times(slug: str, revisions: tuple[Revision, ...], opening: int) -> None:
    """Raise `ValueError` unless the past is dated, in order, and followed by revisions that are not dated."""
    times = [revision.minutes_ago for revision in revisions]
    past, future = times[: opening + 1], times[opening + 1 :]
    dated = [minutes for minutes in past if minutes is not None and minutes >= 0]
    if not past or len(dated) < len(past) or sorted(set(dated), reverse=True) != dated or any(future):
        raise ValueError(f"story {slug!r} has revisions out of order: {times}")
