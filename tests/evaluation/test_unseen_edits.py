"""Edits made on pages that nobody tuned for are told as what they are. `python -m tests.evaluation.true_edits` shows page by
page what is behind the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.told import EditKind
from tests.evaluation.articles import read_articles
from tests.evaluation.spread import spread
from tests.evaluation.true_edits import edit_standfirst, make_edits

if TYPE_CHECKING:
    from pathlib import Path

    from tests.evaluation.conftest import Score
    from tests.evaluation.corpus import Corpus
    from tests.evaluation.true_edits import Told


def test_edits_of_paragraphs_are_told(corpus: Corpus, score: Score, tmp_path: Path) -> None:
    """A figure, a name and a sentence that is gone, in paragraphs chosen without Rowback."""
    found = [told for each in spread(tmp_path, make_edits, _pages(corpus)) for told in each]
    missed = [told for told in found if not told.is_right]
    extra = [(told.page, markup) for told in found for markup in told.extra]
    _show(missed)
    print(f"{len(found)} edits; told besides: {extra}")
    score("unseen: edits told, %", 100 * (1 - len(missed) / len(found)))
    score("unseen: edits told that nobody made, too many", len(extra))


def test_an_edited_standfirst_is_a_change(corpus: Corpus, score: Score, tmp_path: Path) -> None:
    """Edited where it is read alone, and in the page's description of itself as well."""
    found = [told for each in spread(tmp_path, edit_standfirst, _pages(corpus)) for told in each]
    deleted = [told for told in found if told.kind == EditKind.DELETE]
    _show([told for told in found if not told.is_right])
    print(f"{len(found)} edits of standfirsts")
    score("unseen: edits of standfirsts told as changes, %", 100 * sum(told.is_right for told in found) / len(found))
    score("unseen: edits of standfirsts told as deleted, too many", len(deleted))


def _pages(corpus: Corpus) -> list[tuple[object, ...]]:
    return [(page,) for page in read_articles(corpus)]


def _show(missed: list[Told]) -> None:
    print(*(f"{told.page}, {told.name} {told.old!r}: {told.kind}" for told in missed), sep="\n")
