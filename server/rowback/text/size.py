"""How large a page is in what costs time to read: counted while it is read, and refused where no real page is as large.

Whoever picks the article out of a page looks at each piece in each element around it, and at the whole text of each element.
"""

from __future__ import annotations

from dataclasses import dataclass

from rowback.errors import TooLarge

# The largest real pages measured have 1,300 pieces, 57,000 characters,
MAX_PIECES = 15_000
MAX_CHARACTERS = 1_000_000
# 200,000 elements, each counted as often as it stands in others, and 13,000,000 characters likewise, with white space.
MAX_NESTED = 1_000_000
MAX_NESTED_CHARACTERS = 50_000_000


@dataclass
class Size:
    """The counts so far. All methods raise `TooLarge`."""

    _pieces: int = 0
    _characters: int = 0
    _depth: int = 0
    _nested: int = 0
    _nested_characters: int = 0

    def enter(self) -> None:
        """An element begins."""
        self._depth += 1
        self._nested += self._depth
        if self._nested > MAX_NESTED:
            raise TooLarge("Too many of the page's elements stand in one another.")

    def leave(self) -> None:
        """It ends."""
        self._depth -= 1

    def add(self, text: str) -> None:
        """A text stands in the elements that are open."""
        self._nested_characters += self._depth * len(text)
        if self._nested_characters > MAX_NESTED_CHARACTERS:
            raise TooLarge("Too much of the page's text stands in elements that stand in one another.")

    def add_piece(self, text: str) -> None:
        """A piece of the page was read."""
        self._pieces += 1
        self._characters += len(text)
        if self._pieces > MAX_PIECES:
            raise TooLarge(f"The page has more than {MAX_PIECES} paragraphs, list items and the like.")
        if self._characters > MAX_CHARACTERS:
            raise TooLarge(f"The page has more than {MAX_CHARACTERS} characters of text.")
