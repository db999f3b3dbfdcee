"""However an edit is told, its blocks are aligned once and its words compared once. Counted in the engine itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from rowback.diff.blocks.similarity import alike
from rowback.diff.labels.change import read as read_article
from rowback.diff.labels.lexicon import lexicon_of
from rowback.diff.labels.names import is_known_name, known_names
from rowback.diff.telling.history import count_edits, tell
from rowback.diff.telling.step import tell_step
from rowback.diff.telling.table import lay_out
from rowback.diff.words import compare as wording
from rowback.diff.words.fixed_points import equal_pairs
from rowback.text.normalize import comparable

from .samples import TITLE, URL, at, content, versions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rowback.model import Content

    from .backend import Backend

Texts = tuple[str, ...]
PIERS = "North South East West Upper Lower Old New Salt Stone Grain Mill".split()
BLOCKS = tuple(
    f"From the {name} pier the boat leaves at six, and takes {n + 20} people." for n, name in enumerate(PIERS)
)
EDITED = tuple(text.replace("six", "seven") for text in BLOCKS)
TWICE = EDITED[1].replace("people", "passengers")


def _chain() -> list[Content]:
    """Five versions: of twelve blocks one changes once, one twice, one and back, one is moved and one split."""
    told = [list(BLOCKS)]
    for _ in range(4):
        told.append(list(told[-1]))
    for version in told[1:]:
        version[0] = EDITED[0]
    for version in told[2:]:
        version[1] = EDITED[1]
        first, last = version[6].split(", ")
        version[6:7] = [f"{first}.", last.capitalize()]
    told[2][2] = EDITED[2]
    for version in told[3:]:
        version.append(version.pop(4))
    told[4][1] = TWICE
    return [content(TITLE, paragraphs) for paragraphs in told]


CHAIN = _chain()


@dataclass
class Asked:
    """What the engine was asked: which blocks (comparable) to align, and which two texts to compare."""

    alignments: list[tuple[Texts, Texts]] = field(default_factory=list)
    words: list[tuple[str, str]] = field(default_factory=list)

    def forget(self) -> None:
        """Counts from here on."""
        self.alignments.clear()
        self.words.clear()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Counts where every alignment and every comparison of two texts comes by, whoever asked for it."""
    seen = Asked()
    compared = wording._compared

    def aligned(old: list[str], new: list[str]) -> list[tuple[int, int]]:
        seen.alignments.append((tuple(old), tuple(new)))
        return equal_pairs(old, new)

    def worded(old: str, new: str, effort: int) -> list[wording.Segment]:
        seen.words.append((old, new))
        return compared(old, new, effort)

    monkeypatch.setattr("rowback.diff.blocks.align.equal_pairs", aligned)
    monkeypatch.setattr(wording, "_compared", worded)
    return seen


def _keys(version: Content) -> Texts:
    return tuple(comparable(block.text) for block in version.blocks)


def _pairs(*pairs: tuple[int, int]) -> Counter[tuple[Texts, Texts]]:
    """Pairs of `CHAIN` by their numbers, as they are counted."""
    return Counter((_keys(CHAIN[a]), _keys(CHAIN[b])) for a, b in pairs)


NEIGHBOURS = tuple(pairwise(range(len(CHAIN))))


@pytest.mark.parametrize(
    "told", [lambda old, new: tell(versions([old, new]), 0, 1), tell_step, lay_out], ids=["history", "step", "table"]
)
def test_twelve_edited_blocks_are_twelve_comparisons(asked: Asked, told: Callable[[Content, Content], object]) -> None:
    told(content(TITLE, BLOCKS), content(TITLE, EDITED))
    assert len(asked.alignments) == 1
    assert Counter(asked.words) == Counter(zip(BLOCKS, EDITED, strict=True))


def test_a_history_compares_no_two_texts_twice(asked: Asked) -> None:
    for old, new in pairwise(CHAIN):
        tell_step(old, new)
    of_steps = set(asked.words)
    asked.forget()
    told = tell(versions(CHAIN), 0, 4)
    assert [edit.kind.value for edit in told.edits] == ["change", "change", "split", "move"]
    assert [edit.labels[0] for edit in told.passing] == ["restored"]
    assert Counter(asked.alignments) == _pairs(*NEIGHBOURS, (0, 4))
    assert Counter(asked.words) == Counter([*of_steps, (BLOCKS[1], TWICE)])  # the rest is as in some step


def test_a_history_backwards_is_asked_for_once_too(asked: Asked) -> None:
    tell(versions(CHAIN), 4, 0)
    assert Counter(asked.alignments) == _pairs(*NEIGHBOURS, (4, 0))
    assert max(Counter(asked.words).values()) == 1


def test_edits_are_counted_without_comparing_words(asked: Asked) -> None:
    assert count_edits(versions(CHAIN)) == 4
    assert Counter(asked.alignments) == _pairs(*NEIGHBOURS, (0, 4))
    assert asked.words == []
    assert count_edits(versions(CHAIN[:1])) == 0


REWRITTEN = tuple(
    f"Nobody who lives near {name} wants any of these {n} ferries any longer." for n, name in enumerate(PIERS)
)


@pytest.mark.parametrize("rewritten", [REWRITTEN, (*REWRITTEN[:6], BLOCKS[8], *REWRITTEN[6:])], ids=["all", "but one"])
def test_two_blocks_are_held_against_each_other_once(monkeypatch: pytest.MonkeyPatch, rewritten: Texts) -> None:
    scored = Counter[tuple[int, int]]()

    def counted(ones: Mapping[int, str], others: Mapping[int, str], cutoff: float) -> dict[tuple[int, int], float]:
        scored.update(product(ones, others))
        return alike(ones, others, cutoff)

    monkeypatch.setattr("rowback.diff.blocks.align.alike", counted)
    tell(versions([content(TITLE, BLOCKS), content(TITLE, rewritten)]), 0, 1)
    assert scored
    if rewritten == REWRITTEN:
        assert set(scored.values()) == {1}
    assert max(scored.values()) <= 2, "once among the blocks that it stands between, once as one that moved"


@pytest.mark.parametrize(
    ("after", "read"),
    [
        (BLOCKS[1:], Counter()),
        ((*BLOCKS, "A new pier opens in May."), Counter()),
        ((BLOCKS[1], BLOCKS[0], *BLOCKS[2:]), Counter()),
        ((EDITED[0], *BLOCKS[1:]), Counter(lexicon_of=1)),
        ((*EDITED[:2], *BLOCKS[2:]), Counter(lexicon_of=1)),
        ((BLOCKS[0].replace("North", "Hill"), *BLOCKS[1:]), Counter(lexicon_of=1)),
        ((BLOCKS[0].replace("From", "Off"), *BLOCKS[1:]), Counter(lexicon_of=1, is_known_name=1)),
    ],
    ids=["gone", "new", "moved", "a word", "two words", "a name inside", "what may be a name"],
)
def test_an_article_is_read_once_and_where_a_rule_asks(
    monkeypatch: pytest.MonkeyPatch, after: Texts, read: Counter[str]
) -> None:
    seen = Counter[str]()

    def watch(name: str, reads: Callable[..., Any]) -> None:
        def watched(*asked: object) -> object:
            seen[name] += 1
            return reads(*asked)

        monkeypatch.setattr(f"rowback.diff.labels.change.{name}", watched)

    watch("lexicon_of", lexicon_of)
    watch("known_names", known_names)
    watch("is_known_name", is_known_name)
    assert tell(versions([content(TITLE, BLOCKS), content(TITLE, after)]), 0, 1).edits
    assert seen == read


def test_names_are_sought_one_by_one_until_all_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def sought(word: str, *rest: Any) -> bool:
        asked.append(word)
        return is_known_name(word, *rest)

    monkeypatch.setattr("rowback.diff.labels.change.is_known_name", sought)
    article = read_article(
        versions([content(TITLE, ["The boats that Ruiz and Reyes saw are those that the town has, and it is so."])])[
            0
        ].content.blocks
    )
    words = [f"Word{n}" for n in range(60)]
    for word in (*words, *words, "Ruiz", "Boats"):
        assert article.names_among({word}) == ({word} & {"Ruiz"})
    assert len(asked) < len(words) // 2
    assert len(asked) == len(set(asked))


@pytest.fixture
def kept(backend: Backend, asked: Asked) -> Backend:
    """A backend that has the chain, with nothing counted yet."""
    for n, version in enumerate(CHAIN):
        asked.forget()
        backend.client.capture([block.text for block in version.blocks], TITLE, seen_at=at(60 * n).isoformat())
        assert Counter(asked.alignments) == (_pairs((n - 1, n)) if n else Counter()), "a new version is one new step"
        assert len(asked.words) == len(set(asked.words))
    asked.forget()
    return backend


EDITS = f"/api/v1/edits?url={quote(URL, safe='')}"


@pytest.mark.parametrize(
    ("path", "pairs"),
    [
        (EDITS, (*NEIGHBOURS, (0, 4))),
        (f"{EDITS}&from=previous", NEIGHBOURS),
        (f"{EDITS}&from=4&to=1", (*NEIGHBOURS, (4, 1))),
        ("/articles/1", (*NEIGHBOURS, (0, 4))),
        ("/articles/1/diff/0/4", (*NEIGHBOURS, (0, 4))),
        ("/articles/1/diff/1/2", ((1, 2),)),
        ("/articles/1/diff/4/0", ((4, 0),)),
        ("/articles/1/versions/2", ((2, 3),)),
        ("/articles/1/versions/4", ()),
        ("/articles/1/feed.atom", NEIGHBOURS),
        ("/", ()),
    ],
)
def test_an_answer_aligns_each_pair_of_versions_once(
    kept: Backend, asked: Asked, path: str, pairs: tuple[tuple[int, int], ...]
) -> None:
    assert kept.client.get(path).status == 200
    assert Counter(asked.alignments) == _pairs(*pairs)
    if not path.endswith("feed.atom"):  # its entries are steps, each told for itself
        assert len(asked.words) == len(set(asked.words))


@pytest.mark.parametrize("path", [EDITS, "/articles/1", "/articles/1/feed.atom"])
def test_what_was_told_is_not_asked_for_again(kept: Backend, asked: Asked, path: str) -> None:
    assert kept.client.get(path).status == 200
    asked.forget()
    assert kept.client.get(path).status == 200
    assert (asked.alignments, asked.words) == ([], [])


def test_a_lookup_compares_no_words(kept: Backend, asked: Asked) -> None:
    found = kept.client.post("/api/v1/lookup", {"urls": [URL]}).json["results"][URL]
    assert asked.words == []
    assert found["edit_count"] == len(kept.client.get(EDITS).json["edits"])
