"""The text that stands for an old one once a page is read by newer rules: as they read it now, with the wording of then where
the page itself was edited.

What of an old text still stands on the page was not edited, whatever the new rules make of it. What the old text lacks was
not read, unless it is what became of a block that stands no more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from rowback.diff.blocks.align import align
from rowback.diff.words.fixed_points import equal_pairs
from rowback.model import Block, Content
from rowback.reread.atoms import cut_up, joined
from rowback.reread.ground import Ground
from rowback.reread.order import put_back
from rowback.reread.title import title_of
from rowback.reread.transfer import transferred
from rowback.text.normalize import comparable
from rowback.text.pieces import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rowback.diff.blocks.comparison import Places
    from rowback.model import PageText
    from rowback.reread.atoms import Atom
    from rowback.reread.ground import Where

MIN_STANDING = 0.5  # of an old text's characters: of less, the page is another one, and what is told is told as ever
SAME_LINE = 65.0  # per cent: a line that reads otherwise on every visit ("5 minutes ago") is like itself
SAME_PART = 85.0  # per cent
MAX_BOX_CHARACTERS = 200  # of a line in a list of other stories
MAX_GONE = 400  # blocks that are looked for among all that the page says
MIN_END = 5  # characters, folded, of a block that is the beginning or end of another
MIN_PART = 30  # of one that is nearly a part of it
CUT = "\x1e"  # no page has it: where one block ends and the next begins


@dataclass(frozen=True, slots=True)
class Reread:
    """`sources` are, for each block with the title in front, its places in the text it stands for, the title being 0; none
    for what only the newer rules read. `left_out` are the texts, comparable, that the newer rules leave out."""

    content: Content
    sources: tuple[Places, ...]
    left_out: frozenset[str] = frozenset()


def baseline(old: Content, new: Content, page: PageText) -> Reread | None:
    """What stands for `old` where a page is read as `new`: equal to it where nothing was edited. None where too little of the
    old text is on the page to say."""
    grounds = [Ground.of([fold(text) for text in texts]) for texts in (page.pieces, page.runs)]
    keys = [fold(block.text) for block in old.blocks]
    standing = [ground.standing(keys) for ground in grounds]
    texts = (old.blocks[a].text for found in standing for a in found)
    pairing = _Pairing(old.blocks, new.blocks, cut_up(new.blocks, (block.text for block in old.blocks), texts))
    pairing.pair_equal(Counter(map(fold, page.pieces)))
    for ground, found in zip(grounds, standing, strict=True):
        pairing.pair_standing(ground, found)
    pairing.pair_edited()
    pairing.drop_passing(page)
    if not pairing.is_enough:
        return None
    return pairing.result(title_of(old.title, new.title, page, grounds))


@dataclass
class _Pairing:
    """Which old blocks are which new ones. `wordings` are those of then, `removed` old blocks that are in no new one, `moved`
    those that stood elsewhere: old place to new."""

    old: Sequence[Block]
    whole: Sequence[Block]
    atoms: Sequence[Atom]
    sources: dict[int, Places] = field(default_factory=dict)
    wordings: dict[int, str] = field(default_factory=dict)
    moved: dict[int, int] = field(default_factory=dict)
    left_out: set[int] = field(default_factory=set)  # old blocks that the new rules leave out
    equal: set[int] = field(default_factory=set)
    gone: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.new = [atom.block for atom in self.atoms]
        self._old_keys = [fold(block.text) for block in self.old]
        self._new_keys = [fold(block.text) for block in self.new]
        self.gone = list(range(len(self.old)))

    def pair_equal(self, said: Mapping[str, int]) -> None:
        """Blocks that read alike, where they stood or elsewhere. What the page says more than once was not moved: the rules
        read another one now."""
        pairs = dict(equal_pairs(self._old_keys, self._new_keys))
        free: dict[str, list[int]] = defaultdict(list)
        taken = set(pairs.values())
        for place in range(len(self.new) - 1, -1, -1):
            if place not in taken:
                free[self._new_keys[place]].append(place)
        for place, key in enumerate(self._old_keys):
            if place not in pairs and free.get(key) and said.get(key, 0) <= 1:
                self.moved[place] = free[key].pop()
        for a, b in [*pairs.items(), *self.moved.items()]:
            self.sources[b] = (a,)
            self.equal.add(a)
        self.moved = {a: b for a, b in self.moved.items() if not self.atoms[b].is_part}
        self.gone = [a for a in self.gone if a not in self.equal]

    def pair_standing(self, ground: Ground, standing: Mapping[int, Sequence[Where]]) -> None:
        """Blocks that stand on the page and are cut, joined or left out now."""
        spans = self._new_spans(ground)
        groups: list[tuple[set[int], set[int]]] = []
        for a in (each for each in self.gone if each in standing):
            touched = [{b for b, span in spans.items() if _overlap(span, place)} for place in standing[a]]
            news = next((each for each in touched if each), set())
            self.left_out.add(a)
            if news:
                joined = [group for group in groups if group[1] & news]
                groups = [group for group in groups if group not in joined]
                groups.append(({a}.union(*(olds for olds, _ in joined)), news.union(*(each for _, each in joined))))
        for olds, news in groups:
            self.left_out -= olds
            for b in news:
                self.sources[b] = tuple(sorted(olds))
        self.gone = [a for a in self.gone if a not in standing]

    def _new_spans(self, ground: Ground) -> dict[int, Where]:
        """Where the new blocks without a source stand, in reading order."""
        spans: dict[int, Where] = {}
        at = 0
        for b, key in enumerate(self._new_keys):
            start = ground.text.find(key, at)
            start = ground.text.find(key) if start < 0 else start
            if start >= 0:
                at = start + len(key)
                if b not in self.sources:
                    spans[b] = (start, at)
        return spans

    def pair_edited(self) -> None:
        """Blocks that stand no more, and what became of them."""
        gone = set(self.gone)
        if not gone:
            return
        olds = [a for a in range(len(self.old)) if a in self.equal or a in gone]
        news = [b for b in range(len(self.new)) if b not in self.sources or self.sources[b][0] in self.equal]
        for link in align([self.old[a] for a in olds], [self.new[b] for b in news]):
            before, after = tuple(olds[a] for a in link.old), tuple(news[b] for b in link.new)
            if gone.issuperset(before) and not any(b in self.sources for b in after):
                self._reword(before, self._with_parts(before, after), is_moved=link.moved)
        self._settle()
        for a in self.gone[:MAX_GONE]:  # a sentence more, or cut and edited at once: too unlike to be aligned
            found = self._parts_of(a)
            if found:
                self._reword((a,), found, is_moved=False)
        self._settle()

    def _settle(self) -> None:
        paired = {a for places in self.sources.values() for a in places}
        self.gone = [a for a in self.gone if a not in paired]

    def _unread(self) -> list[int]:
        """New blocks that come of nothing yet."""
        return [b for b in range(len(self.new)) if b not in self.sources]

    def _with_parts(self, before: Places, after: Places) -> Places:
        """New blocks, and those beside them that are whole parts of the old ones: the rules cut there now."""
        was = "".join(self._old_keys[a] for a in before)
        first, last = after[0], after[-1]
        while first - 1 not in self.sources and first > 0 and self._new_keys[first - 1] in was:
            first -= 1
        while last + 1 not in self.sources and last + 1 < len(self.new) and self._new_keys[last + 1] in was:
            last += 1
        return tuple(range(first, last + 1))

    def _parts_of(self, place: int) -> Places:
        """New blocks in a row that are nearly parts of an old one and most of it, or the one of which it is a part."""
        was = self._old_keys[place]
        run: list[int] = []
        for b in self._unread()[:MAX_GONE]:
            if _is_part(was, self._new_keys[b]) and (not run or run[-1] == b - 1):
                run.append(b)
            elif run:
                break
        is_most = 2 * sum(len(self._new_keys[b]) for b in run) >= len(was)
        return tuple(run) if is_most else ()

    def _reword(self, before: Places, after: Places, *, is_moved: bool) -> None:
        """New blocks take the wording of the old ones that they came from."""
        was = " ".join(self.old[a].text for a in before)
        texts = [self.new[b].text for b in after]
        if len(after) > 1:
            recut = (transferred(gap.join(texts), CUT.join(texts), was) for gap in (" ", ""))
            parts = next((text.split(CUT) for text in recut if text is not None), [was])
        else:
            parts = [was]
        for b, part in zip(after, parts, strict=False):
            self.sources[b] = before
            self.wordings[b] = part
        if is_moved and len(before) == 1:
            self.moved[before[0]] = after[0]
        for b in after[len(parts) :]:
            self.sources[b] = before
            self.wordings[b] = ""

    def drop_passing(self, page: PageText) -> None:
        """Of blocks that stand no more, those that the new rules would leave out: lines that say something else on every
        visit, and what stood in a box with others that are left out."""
        said = {key for text in (*page.pieces, *page.runs) if (key := " ".join(text.split()))}
        taken = CUT.join(self._new_keys)
        taken += CUT + "".join(self._new_keys)
        others = [text for text in said if fold(text) not in taken]
        for a in self.gone[:MAX_GONE]:
            if process.extractOne(self.old[a].text, others, scorer=fuzz.ratio, score_cutoff=SAME_LINE) is not None:
                self.left_out.add(a)
        for run in self._runs_beside_left_out():
            self.left_out.update(a for a in run if len(self.old[a].text) <= MAX_BOX_CHARACTERS)
        self.gone = [a for a in self.gone if a not in self.left_out]

    def _runs_beside_left_out(self) -> list[list[int]]:
        """Old blocks in a row of which none is in a new one, and one at least is left out."""
        away = set(self.gone) | self.left_out
        runs: list[list[int]] = []
        for a in sorted(away):
            if runs and runs[-1][-1] == a - 1:
                runs[-1].append(a)
            else:
                runs.append([a])
        return [run for run in runs if any(a in self.left_out for a in run)]

    @property
    def is_enough(self) -> bool:
        """Whether most of the old text is found on the page, or what became of it."""
        gone = sum(len(self._old_keys[a]) for a in self.gone)
        return gone <= (1 - MIN_STANDING) * sum(map(len, self._old_keys))

    def result(self, title: str) -> Reread:
        """The text with its sources."""
        elsewhere = set(self.moved.values())
        parts = [
            (atom, Block(atom.block.kind, text), self.sources.get(b, ()))
            for b, atom in enumerate(self.atoms)
            if b not in elsewhere and (text := self.wordings.get(b, atom.block.text))
        ]
        back = [(a, self.old[a]) for a in self.gone]
        back += [(a, Block(self.new[b].kind, self.wordings.get(b, self.new[b].text))) for a, b in self.moved.items()]
        placed = put_back(joined(self.whole, parts), sorted(back, key=lambda each: each[0]))
        sources = [tuple(a + 1 for a in places) for _, places in placed]
        left_out = frozenset(comparable(self.old[a].text) for a in self.left_out)
        return Reread(Content(title, tuple(block for block, _ in placed)), ((0,), *sources), left_out)


def _overlap(one: Where, other: Where) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _is_part(one: str, other: str) -> bool:
    """Whether the shorter of two folded texts is a part of the other: its beginning or end, or nearly and not by chance."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < MIN_PART:
        return len(shorter) >= MIN_END and (longer.startswith(shorter) or longer.endswith(shorter))
    return fuzz.partial_ratio(shorter, longer, score_cutoff=SAME_PART) > 0
