"""The newspaper's pages: from stories to HTML.

Pages are rendered here whether a browser asks for them or an earlier revision is handed to the backend, so that both
are the same page. This module knows no server and no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from rowback.demo.desk import DeskOutcome
from rowback.demo.stories import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from rowback.demo.desk import Notice
    from rowback.demo.stories import Section, Story
    from rowback.model import Block

NAME = "The Ostrey Packet"
RELATED = 4  # links beside a story: about as many as fit beside its first screen


@dataclass(frozen=True, slots=True)
class StoryWords:
    """The few words a story's page adds to the story, in the story's language."""

    by: str
    published: str
    date: str


WORDS = {
    "en": StoryWords("By {}", "Published", "{0.day} {0:%B %Y}, {0:%H:%M}"),
    "ar": StoryWords("بقلم {}", "نُشر في", "{0.day}/{0.month}/{0.year}، {0:%H:%M}"),
    "ja": StoryWords("{}", "公開", "{0.year}年{0.month}月{0.day}日 {0:%H:%M}"),
}


class Pages:
    """Renders the newspaper as it stands at `base_url`, an address without a slash at its end.

    `current` in every method says which revision of each story is on the page (an index by slug).
    """

    def __init__(self, base_url: str, stories: Sequence[Story], started_at: datetime) -> None:
        self.base_url = base_url
        self._stories = stories
        self._started_at = started_at
        # Autoescaping for every name: templates take stories that contain what looks like markup.
        self._templates = Environment(
            loader=PackageLoader("rowback.demo"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(name=NAME, sections=SECTIONS, base_url=base_url)

    def address(self, story: Story) -> str:
        return self.base_url + story.path

    def published_at(self, story: Story) -> datetime:
        return self._started_at - timedelta(minutes=story.revisions[0].minutes_ago or 0)

    def front(self, current: Mapping[str, int], today: datetime, section: Section | None = None) -> str:
        """The front page, or the page of one section."""
        shown = [story for story in self._stories if section in (None, story.section)]
        return self._render("front.html", stories=shown, section=section, current=current, today=today.astimezone())

    def story(self, story: Story, index: int, current: Mapping[str, int]) -> str:
        """One story's page, with revision number `index` of its text."""
        words = WORDS[story.lang]
        published_at = self.published_at(story)
        return self._render(
            "story.html",
            story=story,
            revision=story.revisions[index],
            runs=_runs(story.revisions[index].content.blocks),
            section=story.section,
            related=self._related(story),
            current=current,
            address=self.address(story),
            published_at=published_at,
            published=f"{words.published} {words.date.format(published_at.astimezone())}",
            byline=words.by.format(story.byline),
            metadata=self._metadata(story, index),
        )

    def desk(self, current: Mapping[str, int], notice: Notice | None) -> str:
        """The editor's desk, and what became of the button pressed last."""
        return self._render(
            "desk.html", stories=self._stories, section=None, current=current, notice=notice, outcomes=DeskOutcome
        )

    def missing(self) -> str:
        return self._render("missing.html", section=None)

    def _related(self, story: Story) -> list[Story]:
        """Other stories, those of the same section first."""
        others = [other for other in self._stories if other is not story]
        return sorted(others, key=lambda other: other.section is not story.section)[:RELATED]

    def _metadata(self, story: Story, index: int) -> dict[str, object]:
        """The story as schema.org describes one (https://schema.org/NewsArticle)."""
        return {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.revisions[index].content.title,
            "description": story.revisions[index].standfirst,
            "inLanguage": story.lang,
            "articleSection": story.section.name,
            "datePublished": self.published_at(story).isoformat(timespec="seconds"),
            "author": {"@type": "Person", "name": story.byline},
            "publisher": {"@type": "NewsMediaOrganization", "name": NAME, "url": f"{self.base_url}/"},
            "mainEntityOfPage": self.address(story),
        }

    def _render(self, template: str, **values: object) -> str:
        return self._templates.get_template(template).render(values)


def _runs(blocks: Sequence[Block]) -> list[tuple[str, list[Block]]]:
    """Neighbouring blocks of one kind together, so that list items share a list."""
    return [(kind, list(run)) for kind, run in groupby(blocks, key=lambda block: block.kind)]
