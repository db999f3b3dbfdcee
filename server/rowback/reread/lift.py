"""Lifts an article's other versions to what the newer rules would have read, by what became of the one that is read again.

From neighbour to neighbour: a block that is the same in the next version becomes what that one's became; one that was edited
keeps its own wording, and is cut as that one's is. What the new rules leave out falls, what they take is put in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.diff.blocks.comparison import compare_blocks
from rowback.model import Block, Content
from rowback.reread.baseline import CUT, Reread, baseline
from rowback.reread.transfer import transferred
from rowback.text.normalize import comparable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.diff.blocks.comparison import Places
    from rowback.model import PageText


def lift_all(old: Sequence[Content], at: int, new: Content, page: PageText) -> list[Content] | None:
    """What stands for each of an article's texts, in order of time, once a page that `old[at]` was read from, or what became
    of it, is read as `new`. None where the page does not say (see `baseline`)."""
    found = baseline(old[at], new, page)
    if found is None:
        return None
    lifted = {at: found}
    for places in (range(at - 1, -1, -1), range(at + 1, len(old))):
        for place in places:
            near = place + 1 if place < at else place - 1
            lifted[place] = lift(old[place], old[near], lifted[near])
    return [lifted[place].content for place in range(len(old))]


def lift(far: Content, near: Content, lifted: Reread) -> Reread:
    """What stands for a text whose neighbour `near` was lifted."""
    return _Lift(far, near, lifted).result()


@dataclass(frozen=True, slots=True)
class _Group:
    """Blocks of a neighbour's, and those that stand for them, each with whether it was put in between."""

    near: Places
    texts: tuple[tuple[Block, bool], ...]


class _Lift:
    def __init__(self, far: Content, near: Content, lifted: Reread) -> None:
        self._far, self._near, self._lifted = far.all_blocks(), near.all_blocks(), lifted
        links = compare_blocks(self._far, self._near).links
        self._near_of = {a: link.new for link in links for a in link.old}
        self._far_of = {b: link.old for link in links for b in link.new}
        self._groups: dict[int, _Group] = {}
        self._added: dict[int, list[Block]] = {}  # by the last of the neighbour's blocks before it that stands here
        self._read_groups()
        self._blocks: list[tuple[Block, Places]] = []
        self._done: set[int] = set()
        self._left_out = set(lifted.left_out)

    def _read_groups(self) -> None:
        """What stands for the neighbour's blocks, and what was put in behind which of them."""
        body = list(zip(self._lifted.content.blocks, _grouped(self._lifted.sources[1:]), strict=True))
        last = {places: at for at, (_, places) in enumerate(body) if places}
        texts: dict[Places, list[tuple[Block, bool]]] = {places: [] for places in last}
        anchor = 0
        inside: Places = ()
        for at, (block, places) in enumerate(body):
            inside = places or (inside if last.get(inside, -1) > at else ())
            if inside:
                texts[inside].append((block, not places))
                stood = [place for place in places if place in self._far_of]
                anchor = stood[-1] if stood else anchor
            else:
                self._added.setdefault(anchor, []).append(block)
        for places, each in texts.items():
            self._groups.update(dict.fromkeys(places, _Group(places, tuple(each))))

    def result(self) -> Reread:
        self._add(self._added.get(0, ()))
        for place in range(1, len(self._far)):
            if place in self._done:
                continue
            near = self._near_of.get(place, ())
            if not near and comparable(self._far[place].text) not in self._left_out:
                self._keep((place,))
            elif near:
                self._stand_for(place, near)
        return Reread(
            Content(self._title(), tuple(block for block, _ in self._blocks)),
            ((0,), *(places for _, places in self._blocks)),
            frozenset(self._left_out),
        )

    def _stand_for(self, place: int, near: Places) -> None:
        groups = list({id(group): group for at in near if (group := self._groups.get(at))}.values())
        if not groups:
            self._left_out.add(comparable(self._far[place].text))
            return
        touched = {at for group in groups for at in group.near} | set(near)
        fars = tuple(sorted({far for at in touched for far in self._far_of.get(at, ())} | {place}))
        if len(groups) > 1 or not self._recut(groups[0], fars):
            self._keep(fars)
        for at in sorted(touched):
            self._add(self._added.get(at, ()))

    def _recut(self, group: _Group, fars: Places) -> bool:
        """Makes of some blocks what was made of the neighbour's. False where they differ too much for that."""
        was = " ".join(self._near[at].text for at in group.near)
        own = " ".join(self._far[far].text for far in fars)
        blocks = [block for block, is_added in group.texts if not is_added]
        texts = CUT.join(block.text for block in blocks)
        if len(group.near) == len(group.texts) == len(fars) == 1 and comparable(was) == comparable(texts):
            return self._take([(Block(blocks[0].kind, own), False)], fars)
        if comparable(was) == comparable(own):
            return self._take(group.texts, fars)
        made = transferred(was, texts, own)
        if made is None or made.count(CUT) != len(blocks) - 1:
            return False
        parts = iter(made.split(CUT))
        found = [
            (block if is_added else Block(block.kind, next(parts).strip()), is_added) for block, is_added in group.texts
        ]
        return self._take([each for each in found if each[0].text], fars)

    def _take(self, blocks: Sequence[tuple[Block, bool]], fars: Places) -> bool:
        self._blocks += [(block, () if is_added else fars) for block, is_added in blocks]
        self._done.update(fars)
        return True

    def _keep(self, fars: Places) -> None:
        self._blocks += [(self._far[far], (far,)) for far in fars if far not in self._done]
        self._done.update(fars)

    def _add(self, blocks: Sequence[Block]) -> None:
        self._blocks += [(block, ()) for block in blocks]

    def _title(self) -> str:
        own, near, lifted = self._far[0].text, self._near[0].text, self._lifted.content.title
        if comparable(own) == comparable(near):
            return lifted
        made = transferred(near, lifted, own)
        return own if made is None else made


def _grouped(sources: Sequence[Places]) -> list[Places]:
    """The same, those that share a place as one."""
    groups: dict[int, set[int]] = {}
    for places in sources:
        group = set(places).union(*(groups[place] for place in places if place in groups))
        groups.update(dict.fromkeys(group, group))
    return [tuple(sorted(groups[places[0]])) if places else () for places in sources]
