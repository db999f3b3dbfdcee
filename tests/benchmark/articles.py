"""Makes articles of invented words and the versions editors would make of them; the same each time."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from rowback.model import Block, Content, Origin, Version

START = datetime(2026, 1, 10, 8, 0, tzinfo=UTC)
SYLLABLES = "ba ke li mo nu pra ste vol dri fen gar hul tis row na ed or".split()
SMALL_WORDS = "the of and to in is was that for with on at by from as".split()


class Newsroom:
    """Writes and edits. `seed` decides everything."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - the same articles each time
        self._words = ["".join(self._chance.choices(SYLLABLES, k=self._chance.randint(1, 4))) for _ in range(4_000)]

    def sentence(self) -> str:
        """Between 8 and 22 words, one in three of them small ones."""
        count = self._chance.randint(8, 22)
        words = [
            self._chance.choice(SMALL_WORDS if self._chance.random() < 1 / 3 else self._words) for _ in range(count)
        ]
        return " ".join(words).capitalize() + "."

    def paragraphs(self, count: int) -> list[str]:
        """Paragraphs of one to four sentences."""
        return [" ".join(self.sentence() for _ in range(self._chance.randint(1, 4))) for _ in range(count)]

    def edited(self, paragraphs: list[str], places: int) -> list[str]:
        """The same with so many edits: words changed mostly, sometimes a paragraph or sentence in, out or moved."""
        paragraphs = list(paragraphs)
        for _ in range(places):
            at = self._chance.randrange(len(paragraphs))
            how = self._chance.choices(("words", "sentence", "insert", "delete", "move"), (6, 2, 1, 1, 1))[0]
            if how == "words":
                paragraphs[at] = self._reworded(paragraphs[at])
            elif how == "sentence":
                paragraphs[at] += " " + self.sentence()
            elif how == "insert":
                paragraphs[at:at] = self.paragraphs(1)
            elif len(paragraphs) > 1:
                taken = paragraphs.pop(at)
                if how == "move":
                    paragraphs.insert(self._chance.randrange(len(paragraphs) + 1), taken)
        return paragraphs

    def _reworded(self, text: str) -> str:
        words = text.split(" ")
        for _ in range(self._chance.randint(1, 3)):
            words[self._chance.randrange(len(words))] = self._chance.choice(self._words)
        return " ".join(words)

    def history(self, paragraphs: int, versions: int, places: int) -> list[Version]:
        """An article's versions, an hour apart, with so many edits from one to the next."""
        told = [self.paragraphs(paragraphs)]
        for _ in range(versions - 1):
            told.append(self.edited(told[-1], places))
        return [
            Version(n, START + timedelta(hours=n), START + timedelta(hours=n), Origin.API, content(texts))
            for n, texts in enumerate(told)
        ]


def content(texts: list[str]) -> Content:
    """An article of paragraphs."""
    return Content("Ferry timetable changes", tuple(Block("p", text) for text in texts))
