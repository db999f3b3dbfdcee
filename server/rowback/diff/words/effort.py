"""How much work the words of two versions are given, by how much text there is to compare in all.

The searches for the best match take time with the square of the changes. Articles as people write them get all they ask for;
what is ten times as long is told more coarsely, so that a whole comparison has its bound. Work is measured in token edits
squared, for each character.
"""

from __future__ import annotations

WORK = 16_000_000  # of all changed blocks together: a second or two
# What a block can ask for at most, by the bounds of the searches. Reached by up to 40,000 changed characters, old and new,
# and English prose asks for a fifth of it even where all is reworded.
FULL = 400


def effort(characters: int) -> int:
    """For each character of so many. In powers of two below `FULL`, so that most versions of an article ask alike."""
    share = WORK // max(1, characters)
    return FULL if share >= FULL else 1 << max(0, share.bit_length() - 1)
