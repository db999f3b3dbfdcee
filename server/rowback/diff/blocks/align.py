"""Which block of one version became which block of another.

Equal blocks in order are anchors; equal blocks out of order are moves; in the gaps between anchors the optimal monotone
pairing by likeness; then reworded moves; then, of what still stands opposite each other, the optimal pairing by what was
kept; then splits and merges. Blocks left over were deleted or inserted. Unlike blocks are never paired just because they
stand opposite each other; a block alone opposite another need have kept less.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from rowback.diff.blocks.joins import join_neighbours
from rowback.diff.blocks.kept import Gists
from rowback.diff.blocks.monotone import heaviest
from rowback.diff.blocks.similarity import Wordbook, alike, likeness, may_pair
from rowback.diff.words.fixed_points import equal_pairs
from rowback.text.normalize import comparable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rowback.diff.words.fixed_points import Pair
    from rowback.model import Block

# Below this, two blocks in the same gap are strangers: measured on the hand-checked alignments.
MIN_LIKENESS = 0.45
# A block that stands in another's place may have been written anew: then it is enough that it kept so much of it, by
# words and by their order (`kept`). Of blocks replaced one by one in real articles, those that kept three tenths were the
# same block; of two sentences of one article that are not, one in forty keeps as much. The more there are to choose from,
# the likelier is such a chance.
MIN_KEPT_LONE, MIN_KEPT_OF_FEW, MIN_KEPT = 0.3, 0.35, 0.4
FEW = 3  # blocks on either side
# Where nothing but figures and dates differ there may be no words to keep.
FIGURES_KEPT = 0.4
# Words that are looked at among several such blocks, each pair anew, all gaps together: about 0.2 s.
MAX_LEFTOVER_WORDS = 1_000_000
# A block that also changed its place must be more alike, and long enough that this is no coincidence.
MIN_MOVED_LIKENESS = 0.7
MIN_MOVED_WORDS = 8
# Pairs (old × new blocks) that one alignment scores without choosing, all gaps together: about 0.1 s. In gaps beyond that
# a block is scored against this many others that share rare words with it, and those this near to it by place.
MAX_SCORED_PAIRS = 60_000
# The same in pairs of words, with what was spelled of each block: about 0.2 s. Of real paragraphs it is a hundredth.
MAX_SCORED_WORDS = 10_000_000_000
MAX_CHOSEN = 6
CHOSEN_NEAR = 2
# Words in more blocks than this say nothing about which blocks belong together.
MAX_RARE_BLOCKS = 6


class Link(NamedTuple):
    """Old blocks that became new blocks: one to one, or (split) one to several, or (merge) several to one."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    moved: bool = False


Keys = list[str]


def align(
    old: Sequence[Block],
    new: Sequence[Block],
    known: Iterable[Pair] = (),
    book: Wordbook | None = None,
    *,
    later: int = 0,
    keys: tuple[Keys, Keys] | None = None,
) -> list[Link]:
    """Links between two versions' blocks, in order of the new ones; each block is in at most one.

    `known` pairs, from finer steps between the two versions, are taken over where they neither cross anchors nor
    contradict equal blocks.
    `book` may be shared by the versions of an article; places are told that much `later`; `keys` are those of both
    versions where they are known. Bounded: after equal blocks at most
    `MAX_SCORED_PAIRS` pairs and some ten more a block are scored, so time grows with the text (20,000 unlike blocks against
    20,000: some seconds).
    """
    old_keys, new_keys = keys or (keys_of(old), keys_of(new))
    pairs = dict(equal_pairs(old_keys, new_keys))
    moves = _equal_moves(old_keys, new_keys, pairs)
    book = book or Wordbook()
    if len(pairs) + len(moves) < min(len(old), len(new)) or len(old) != len(new):
        blocks = _Blocks(old, new, book)
        _take_known(pairs, moves, known)
        _pair_gaps(pairs, moves, blocks)
        _reworded_moves(pairs, moves, blocks)
        _pair_leftovers(pairs, moves, blocks)
    links = [(a, b, False) for a, b in pairs.items()] + [(a, b, True) for a, b in moves.items()]
    joined = sorted(join_neighbours(old_keys, new_keys, links, book), key=itemgetter(1))
    return [
        Link((olds[0] + later,), (news[0] + later,), moved)
        if len(olds) == len(news) == 1
        else Link(tuple(a + later for a in olds), tuple(b + later for b in news), moved)
        for olds, news, moved in joined
    ]


def keys_of(blocks: Sequence[Block]) -> Keys:
    """The blocks' texts in the form in which they are equal or not."""
    return [comparable(block.text) for block in blocks]


class _Blocks:
    """Both sides, with the words of a block spelled the first time it is compared: most blocks never are."""

    def __init__(self, old: Sequence[Block], new: Sequence[Block], book: Wordbook) -> None:
        self.old, self.new = old, new
        self.old_words, self.new_words = _Spelled(old, book), _Spelled(new, book)
        self.scored = 0  # pairs so far
        self._known: dict[int, dict[int, float]] = {}
        self._asked: dict[int, frozenset[int]] = {}

    def scores(self, olds: Sequence[int], news: Sequence[int], cutoff: float) -> dict[Pair, float]:
        """The likeness of old blocks to new ones that they may be; those below `cutoff` or of other kinds left out. From one
        time to the next `cutoff` never falls: what was scored once is known."""
        self.scored += len(olds) * len(news)
        wanted = frozenset(news)
        ones = {a: self.old_words[a] for a in olds if not wanted <= self._asked.get(a, frozenset())}
        others = {b: self.new_words[b] for b in news} if ones else {}
        for (a, b), score in alike(ones, others, cutoff).items():
            if may_pair(self.old[a], self.new[b], score):
                self._known.setdefault(a, {})[b] = score
        self._asked |= {a: self._asked[a] | wanted if a in self._asked else wanted for a in ones}
        return {
            (a, b): score
            for a in olds
            for b, score in sorted(self._known.get(a, {}).items())
            if b in wanted and score >= cutoff
        }

    def kept(self, a: int, b: int, gists: Gists) -> float:
        """How much of an old block is still there in a new one, from 0 to 1; 0 for blocks of other kinds."""
        old, new = self.old[a], self.new[b]
        in_order = likeness(self.old_words[a], self.new_words[b])
        if not may_pair(old, new, in_order):
            return 0.0
        share = (in_order + 2 * gists.share(old.text, new.text)) / 3
        return max(share, FIGURES_KEPT) if gists.differ_in_figures(old.text, new.text) else share


class _Spelled(dict[int, str]):
    """The words of each block by its place."""

    def __init__(self, blocks: Sequence[Block], book: Wordbook) -> None:
        super().__init__()
        self._blocks, self._book = blocks, book

    def __missing__(self, place: int) -> str:
        self[place] = self._book.spell(self._blocks[place].text)
        return self[place]


def _equal_moves(old_keys: Keys, new_keys: Keys, pairs: dict[int, int]) -> dict[int, int]:
    """Equal blocks that no anchor holds: the same text at another place."""
    taken = set(pairs.values())
    places: dict[str, list[int]] = defaultdict(list)
    for place in range(len(new_keys) - 1, -1, -1):
        if place not in taken:
            places[new_keys[place]].append(place)
    moves = {}
    for place, key in enumerate(old_keys):
        if place not in pairs and places.get(key):
            moves[place] = places[key].pop()
    return moves


def _take_known(pairs: dict[int, int], moves: dict[int, int], known: Iterable[Pair]) -> None:
    taken = {*pairs.values(), *moves.values()}
    anchored = sorted(pairs)
    for a, b in sorted(known):
        if a in pairs or a in moves or b in taken:
            continue
        taken.add(b)
        at = bisect_left(anchored, a)
        after_earlier = at == 0 or pairs[anchored[at - 1]] < b
        before_later = at == len(anchored) or b < pairs[anchored[at]]
        if after_earlier and before_later:
            anchored.insert(at, a)
            pairs[a] = b
        else:
            moves[a] = b


def _gaps(pairs: dict[int, int], moves: dict[int, int], sizes: Pair) -> list[tuple[list[int], list[int]]]:
    """The still unpaired blocks between each two neighbouring anchors."""
    moved_new = set(moves.values())
    gaps, i, j = [], 0, 0
    for a, b in [*sorted(pairs.items()), sizes]:
        if i < a and j < b:
            gap = [k for k in range(i, a) if k not in moves], [k for k in range(j, b) if k not in moved_new]
            if gap[0] and gap[1]:
                gaps.append(gap)
        i, j = a + 1, b + 1
    return gaps


def _pair_gaps(pairs: dict[int, int], moves: dict[int, int], blocks: _Blocks) -> None:
    for old_gap, new_gap in _gaps(pairs, moves, (len(blocks.old), len(blocks.new))):
        pairs.update(_best_pairing(old_gap, new_gap, blocks))


def _candidates(olds: Sequence[int], news: Sequence[int], blocks: _Blocks, cutoff: float) -> dict[Pair, float]:
    """Likeness of the pairs worth a look: all of them, or in a large gap those that share a rare word or stand near."""
    words = sum(len(blocks.old_words[a]) for a in olds) * sum(len(blocks.new_words[b]) for b in news)
    if blocks.scored + len(olds) * len(news) <= MAX_SCORED_PAIRS and words <= MAX_SCORED_WORDS:
        return blocks.scores(olds, news, cutoff)
    rows = (blocks.scores([a], chosen, cutoff) for a, chosen in _chosen(olds, news, blocks))
    return {pair: score for row in rows for pair, score in row.items()}


def _chosen(olds: Sequence[int], news: Sequence[int], blocks: _Blocks) -> Iterator[tuple[int, list[int]]]:
    """Each old block with the new ones that share most rare words with it, and those that stand where it stood."""
    holders: dict[str, list[int]] = defaultdict(list)
    for b in news:
        for word in _marks_of(blocks.new_words[b]):
            holders[word].append(b)
    rare = {word: held for word, held in holders.items() if len(held) <= MAX_RARE_BLOCKS}
    for place, a in enumerate(olds):
        shared = Counter(b for word in _marks_of(blocks.old_words[a]) for b in rare.get(word, ()))
        chosen = {b for b, _ in shared.most_common(MAX_CHOSEN)}
        opposite = place * len(news) // len(olds)
        chosen.update(news[max(0, opposite - CHOSEN_NEAR) : opposite + CHOSEN_NEAR + 1])
        yield a, sorted(chosen)


def _marks_of(spelled: str) -> set[str]:
    """What a block may be known by: its words two by two, the lone word of a short one."""
    return {spelled[at : at + 2] for at in range(max(1, len(spelled) - 1))}


def _best_pairing(olds: Sequence[int], news: Sequence[int], blocks: _Blocks) -> list[Pair]:
    """The monotone pairing with the largest sum of likeness."""
    return heaviest(_candidates(olds, news, blocks, MIN_LIKENESS))


def _reworded_moves(pairs: dict[int, int], moves: dict[int, int], blocks: _Blocks) -> None:
    taken = {*pairs.values(), *moves.values()}
    olds = [a for a in range(len(blocks.old)) if a not in pairs and a not in moves]
    news = [b for b in range(len(blocks.new)) if b not in taken]
    if not olds or not news:
        return
    olds = [a for a in olds if len(blocks.old_words[a]) >= MIN_MOVED_WORDS]
    news = [b for b in news if len(blocks.new_words[b]) >= MIN_MOVED_WORDS]
    scores = _candidates(olds, news, blocks, MIN_MOVED_LIKENESS)
    used: set[int] = set()
    for (a, b), _ in sorted(scores.items(), key=lambda item: -item[1]):
        if a not in moves and b not in used:
            moves[a] = b
            used.add(b)


def _pair_leftovers(pairs: dict[int, int], moves: dict[int, int], blocks: _Blocks) -> None:
    """Pairs blocks that stand where others stood and kept enough of them, though they were written anew."""
    gists, words = Gists(), 0
    for olds, news in _gaps(pairs, moves, (len(blocks.old), len(blocks.new))):
        most = max(len(olds), len(news))
        if most > 1:
            asked = len(olds) * sum(len(blocks.new_words[b]) + 1 for b in news)
            asked += len(news) * sum(len(blocks.old_words[a]) + 1 for a in olds)
            if words + asked > MAX_LEFTOVER_WORDS:
                continue
            words += asked
        least = MIN_KEPT_LONE if most == 1 else MIN_KEPT_OF_FEW if most <= FEW else MIN_KEPT
        scores = {(a, b): blocks.kept(a, b, gists) for a in olds for b in news}
        pairs.update(heaviest({pair: score for pair, score in scores.items() if score >= least}))
