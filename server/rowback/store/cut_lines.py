"""Texts made of pieces of blocks, kept as where the pieces stand: what is said of a step stands in the blocks already.

A text is a list of lines. A line is itself (a string), or `[block, first, length, first, length …]`: one line or several,
each cut out of that block's text, counted in characters. Behind the texts stands the least id of their blocks, from which
the ids are counted as they are kept. The view `change_words` spells them out.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MIN_CHARACTERS = 20  # of a line that is kept as a place; that of a shorter one takes as much room as the line
MAX_MISSES = 20  # lines that stand nowhere, until no more are looked for: each is looked for in the whole text
CutLine = str | list[int]


class Blocks:
    """A version's blocks (id, text), where lines are looked for."""

    def __init__(self, blocks: Iterable[tuple[int, str]]) -> None:
        self._blocks = list(blocks)
        self._whole = "\n".join(text for _, text in self._blocks)

    def lines_of(self, text: str) -> list[CutLine]:
        """The lines of a text. They mostly stand in the order of the blocks, and are looked for in that order first."""
        lines: list[CutLine] = []
        at = block = start = misses = 0
        for line in text.split("\n") if text else []:
            found = -1
            if len(line) >= MIN_CHARACTERS and misses < MAX_MISSES:
                found = self._whole.find(line, at)
                if found < 0 and at:
                    found, block, start = self._whole.find(line), 0, 0
                misses += found < 0
            if found < 0:
                lines.append(line)
                continue
            while found > start + len(self._blocks[block][1]):
                start += len(self._blocks[block][1]) + 1
                block += 1
            at = found + len(line)
            _add(lines, self._blocks[block][0], found - start, len(line))
        return lines


def _add(lines: list[CutLine], block_id: int, first: int, length: int) -> None:
    last = lines[-1] if lines else ""
    if isinstance(last, list) and last[0] == block_id:
        last += [first, length]
    else:
        lines.append([block_id, first, length])


def packed(texts: Sequence[Sequence[CutLine]]) -> str:
    """As they are kept."""
    least = min((line[0] for text in texts for line in text if isinstance(line, list)), default=0)
    near = [[line if isinstance(line, str) else [line[0] - least, *line[1:]] for line in text] for text in texts]
    return json.dumps([*near, least], ensure_ascii=False, separators=(",", ":"))
