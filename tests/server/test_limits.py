"""However large or strange two versions are, the work stays bounded and the promises hold. Counted, not timed."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from diff_match_patch import diff_match_patch
from rapidfuzz.distance import Indel

from rowback.diff.blocks import align as aligning
from rowback.diff.blocks.kept import Gists
from rowback.diff.blocks.similarity import MAX_JUDGED_WORDS, alike
from rowback.diff.telling.history import tell
from rowback.diff.words import compare as wording
from rowback.diff.words import untangle as untangling
from rowback.diff.words.compare import DELETE, INSERT, compare
from rowback.diff.words.effort import WORK
from rowback.model import Block, Content
from rowback.told import EditKind

from . import markup_sides as markup
from .samples import versions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Texts = list[str]
CHANCE = random.Random(20_260_110)  # noqa: S311 - the same documents each time
VOCABULARY = [
    "".join(CHANCE.choice("abcdefghiklmnoprstuvw") for _ in range(CHANCE.randint(2, 9))) for _ in range(3_000)
]


def _sentence(words: int = 12) -> str:
    return " ".join(CHANCE.choice(VOCABULARY) for _ in range(words)).capitalize() + "."


def _sentences(count: int) -> Texts:
    return [_sentence() for _ in range(count)]


def _reworded(text: str) -> str:
    words = text.split(" ")
    words[CHANCE.randrange(len(words))] = CHANCE.choice(VOCABULARY)
    return " ".join(words)


def _live_blog() -> tuple[Texts, Texts]:
    old = [" ".join(_sentences(4)) for _ in range(210)]
    new = [" ".join(_sentences(3)), *(_reworded(text) if n % 5 == 0 else text for n, text in enumerate(old))]
    return old, [*new[:50], *new[60:], *new[50:55]]


def _rewritten() -> tuple[Texts, Texts]:
    return _sentences(2_000), _sentences(2_000)


def _all_reworded() -> tuple[Texts, Texts]:
    old = _sentences(2_000)
    return old, [_reworded(text) for text in old]


def _one_word_blocks() -> tuple[Texts, Texts]:
    return ["yes"] * 5_000, ["yes" if n % 7 else "no" for n in range(5_000)]


def _common_words() -> tuple[Texts, Texts]:
    few = VOCABULARY[:30]
    old, new = ([" ".join(CHANCE.choice(few) for _ in range(20)) for _ in range(1_000)] for _ in range(2))
    return old, new


def _huge_block() -> tuple[Texts, Texts]:
    old = " ".join(_sentences(27_000))
    return [old], [old[:900] + old[950:1_500_000] + "Again. " + old[1_500_000:]]


def _hostile(piece: str) -> Callable[[], tuple[Texts, Texts]]:
    """A text of nothing but one piece, in which a careless pattern would look ahead to the end at each step."""
    return lambda: ([piece * 40_000], [piece * 20_000 + "x 5 " + piece * 20_000])


DOCUMENTS: dict[str, Callable[[], tuple[Texts, Texts]]] = {
    "a live blog of 10,000 words": _live_blog,
    "2,000 blocks rewritten": _rewritten,
    "2,000 blocks reworded": _all_reworded,
    "5,000 blocks of one word": _one_word_blocks,
    "1,000 blocks of few words": _common_words,
    "a block of 2 MB": _huge_block,
    **{
        f"nothing but {piece!r}": _hostile(piece)
        for piece in ("1.a.", "a-", "a.b-", "'a ", "“", "(", "1,", "a@", "http://(")
    },
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_promises_hold_and_few_pairs_are_scored(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    scored = 0

    def counted(ones: Mapping[int, str], others: Mapping[int, str], cutoff: float) -> dict[tuple[int, int], float]:
        nonlocal scored
        scored += len(ones) * len(others)
        return alike(ones, others, cutoff)

    monkeypatch.setattr("rowback.diff.blocks.align.alike", counted)
    old, new = DOCUMENTS[name]()
    contents = [Content("T", tuple(Block("p", text) for text in texts)) for texts in (old, new)]
    _check(contents)
    a_block = aligning.MAX_CHOSEN + 2 * aligning.CHOSEN_NEAR + 1
    assert scored <= aligning.MAX_SCORED_PAIRS + 2 * a_block * len(old)


def _unlike_runs(runs: int, blocks: int, words: int) -> tuple[list[Block], list[Block]]:
    """Runs of blocks that share little with those they stand opposite, between blocks that stayed."""
    between = [Block("p", _sentence()) for _ in range(runs)]
    old, new = (
        [
            block
            for stayed in between
            for block in (stayed, *(Block("p", " ".join(CHANCE.choices(VOCABULARY, k=words))) for _ in range(blocks)))
        ]
        for _ in range(2)
    )
    return old, new


@pytest.mark.parametrize(("runs", "blocks", "words"), [(1, 300, 40), (100, 10, 200), (1, 3, 60_000)])
def test_what_was_kept_is_asked_of_so_many_words(
    runs: int, blocks: int, words: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    share = Gists.share

    def watched(self: Gists, old: str, new: str) -> float:
        asked.append(sum(min(len(text.split()), MAX_JUDGED_WORDS) for text in (old, new)))
        return share(self, old, new)

    monkeypatch.setattr(Gists, "share", watched)
    aligning.align(*_unlike_runs(runs, blocks, words))
    assert sum(asked) <= aligning.MAX_LEFTOVER_WORDS


def _check(contents: list[Content]) -> None:
    old, new = ([block.text for block in content.all_blocks()] for content in contents)
    for edit in tell(versions(contents), 0, 1).edits:
        sides = markup.read(edit.markup)
        old_text, new_text = "".join(side.old for side in sides), "".join(side.new for side in sides)
        if edit.kind is EditKind.DELETE:
            assert old_text == old[edit.index]
        else:
            assert new_text == edit.anchor.exact == "".join(new[edit.index : edit.index + len(sides)])


def test_reworded_blocks_are_changes_however_many() -> None:
    contents = [Content("T", tuple(Block("p", text) for text in texts)) for texts in _all_reworded()]
    kinds = [edit.kind for edit in tell(versions(contents), 0, 1).edits]
    assert kinds.count(EditKind.CHANGE) > 0.95 * len(kinds)


@pytest.mark.parametrize(
    ("words", "changed"), [(3_000, 100), (3_000, 1_200), (3_000, 2_900), (60_000, 600), (60_000, 30_000)]
)
def test_the_slow_search_is_given_small_differences_only(
    words: int, changed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    search = diff_match_patch.diff_main

    def watched(self: object, old: str, new: str, *more: bool) -> object:
        seen.append(Indel.distance(old, new))
        return search(self, old, new, *more)

    monkeypatch.setattr(diff_match_patch, "diff_main", watched)
    tokens = [CHANCE.choice(VOCABULARY) for _ in range(words)]
    places = set(CHANCE.sample(range(words), changed))
    old, new = " ".join(tokens), " ".join("other" if n in places else token for n, token in enumerate(tokens))
    segments = compare(old, new)
    assert "".join(segment.text for segment in segments if segment.op != INSERT) == old
    assert "".join(segment.text for segment in segments if segment.op != DELETE) == new
    assert max(seen, default=0) <= wording.MAX_WORD_EDITS


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """What the two slow searches are given: token edits squared, and pairs of equal tokens."""
    seen: Counter[str] = Counter()
    search, match = diff_match_patch.diff_main, untangling._heaviest

    def searched(self: object, old: str, new: str, *more: bool) -> object:
        seen["most edits"] = max(seen["most edits"], Indel.distance(old, new))
        seen["edits"] += Indel.distance(old, new) ** 2
        return search(self, old, new, *more)

    def matched(old: list[str], places: dict[str, list[int]]) -> list[tuple[int, int]]:
        seen["matches"] += sum(len(places.get(token, ())) for token in old)
        return match(old, places)

    monkeypatch.setattr(diff_match_patch, "diff_main", searched)
    monkeypatch.setattr(untangling, "_heaviest", matched)
    return seen


@pytest.mark.parametrize(("blocks", "words"), [(300, 900), (600, 130)])
def test_all_blocks_together_have_so_much_of_the_slow_searches(blocks: int, words: int, work: Counter[str]) -> None:
    old, new = ([" ".join(CHANCE.choices("ab", k=words)) for _ in range(blocks)] for _ in range(2))
    _check([Content("T", tuple(Block("p", text) for text in texts)) for texts in (old, new)])
    assert work["edits"] <= WORK + blocks * wording.FEW_WORD_EDITS**2
    assert work["matches"] <= WORK // untangling.EDITS_SQUARED_PER_MATCH


def test_an_article_of_usual_length_has_all_of_the_slow_searches(work: Counter[str]) -> None:
    texts = [" ".join(CHANCE.choices(VOCABULARY[:60], k=380)) for _ in range(20)]
    _check([Content("T", tuple(Block("p", text) for text in each)) for each in (texts, _other_words(texts))])
    assert work["most edits"] > 0.8 * wording.MAX_WORD_EDITS


def _other_words(texts: Texts) -> Texts:
    """The texts with four words in nine written anew."""
    return [
        " ".join(word if n % 9 < 5 else CHANCE.choice(VOCABULARY) for n, word in enumerate(text.split()))
        for text in texts
    ]


def test_tangles_with_very_many_matches_are_left_as_they_are() -> None:
    size = int(untangling.MAX_MATCHES**0.5) + 1
    runs = [
        (-1, ["x"]),
        (0, ["the"] * 2),
        (1, ["y"]),
        (0, ["a", "the"] * 2),
        (-1, ["the"] * size),
        (1, ["z", *["the"] * size]),
    ]
    assert untangling.untangle(runs) == runs
