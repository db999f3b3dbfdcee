"""Cuts newly read blocks where old ones began and ended, and joins them again: the rules may read in one what was two."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from rowback.model import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rowback.diff.blocks.comparison import Places

MIN_CHARACTERS = 12  # of an old block by which a new one is cut; a shorter one may stand in any


@dataclass(frozen=True, slots=True)
class Atom:
    """A block or a part of one: the place of the whole, and what stands between it and the next part."""

    block: Block
    whole: int
    gap: str = ""
    is_part: bool = False


def cut_up(new: Sequence[Block], known: Iterable[str], standing: Iterable[str]) -> list[Atom]:
    """New blocks, cut around the texts of old blocks that are `standing` on the page; those that were `known` stay whole."""
    whole = set(known)
    cutting = sorted({text for text in standing if len(text) >= MIN_CHARACTERS}, key=len, reverse=True)
    atoms: list[Atom] = []
    for place, block in enumerate(new):
        if block.text in whole:
            atoms.append(Atom(block, place))
        else:
            atoms += _parts(block, place, [text for text in cutting if text in block.text])
    return atoms


def _parts(block: Block, place: int, within: Sequence[str]) -> list[Atom]:
    edges = {0, len(block.text)}
    taken: list[tuple[int, int]] = []
    for text in within:
        start = block.text.index(text)
        end = start + len(text)
        if all(end <= first or last <= start for first, last in taken):
            taken.append((start, end))
            edges |= {start, end}
    cuts = sorted(edges)
    found = [block.text[first:last] for first, last in pairwise(cuts)]
    gap = ""
    parts: list[tuple[str, str]] = []
    for text in found:
        bare = text.strip()
        if bare:
            parts.append((bare, ""))
            gap = text[len(text.rstrip()) :]
        else:
            gap = text
        if parts and gap:
            parts[-1] = (parts[-1][0], gap)
    return [Atom(Block(block.kind, text), place, after, len(parts) > 1) for text, after in parts]


def joined(new: Sequence[Block], parts: Sequence[tuple[Atom, Block, Places]]) -> list[tuple[Block, Places]]:
    """Atoms in order, with what stands for each and its sources, as blocks again."""
    made: list[tuple[Block, Places]] = []
    for place, group in groupby(parts, key=lambda part: part[0].whole):
        each = list(group)
        sources = tuple(sorted({at for _, _, places in each for at in places}))
        if all(atom.block == block for atom, block, _ in each):
            made.append((new[place], sources))
        else:
            text = "".join(f"{block.text}{atom.gap or ' '}" for atom, block, _ in each)
            made.append((Block(each[0][1].kind, text.strip()), sources))
    return made
