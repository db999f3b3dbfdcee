"""The histories that fill the store, as lines for `rowback import`. What is to be found in them is known beforehand."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.benchmark.articles import START, Newsroom

VERSIONS_EACH, PARAGRAPHS, EDITED = 4, 16, 3
SOURCES = 60
# One article in so many has this word, in its first version and in no other.
REMOVED_WORD, REMOVED_EVERY = "zanzibar", 100
COMMON_WORD = "ferry"  # in one paragraph of every article


@dataclass
class Holdings:
    """Writes articles one after the other, and remembers a digest of each version."""

    seed: int
    articles: int = 0
    removed: int = 0
    digests: set[bytes] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._newsroom = Newsroom(self.seed)
        self._chance = random.Random(self.seed)  # noqa: S311 (articles, not secrets)

    def next(self) -> str:
        """The lines of one more article."""
        number, lines = self.articles, []
        self.articles += 1
        has_word = number % REMOVED_EVERY == 0
        self.removed += has_word
        texts = [f"The {COMMON_WORD} has number {number} today.", *self._newsroom.paragraphs(PARAGRAPHS)]
        at = START - timedelta(days=700) + timedelta(seconds=400 * number)
        for version in range(VERSIONS_EACH):
            if version:
                texts = [texts[0], *self._newsroom.edited(texts[1:], EDITED), f"Version {version}."]
            told = [*texts, f"The word {REMOVED_WORD} stands here once."] if has_word and not version else texts
            item = {
                "url": f"https://paper{number % SOURCES}.example/story-{number}",
                "seen_at": (at + timedelta(hours=version**2)).isoformat(),
                "title": f"Story {number} of the day" + (" (updated)" if version == VERSIONS_EACH - 1 else ""),
                "paragraphs": told,
            }
            self.digests.add(digest(item, told))
            lines.append(json.dumps(item) + "\n")
        return "".join(lines)


def digest(item: dict[str, Any], texts: list[str]) -> bytes:
    """What tells a version from all others."""
    at = datetime.fromisoformat(item["seen_at"]).timestamp()
    return hashlib.blake2b(json.dumps([item["url"], at, item["title"], texts]).encode(), digest_size=12).digest()
