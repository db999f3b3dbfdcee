"""The processes that benchmarks ask: whose code tells, what is compared, what is read from markup. Nothing is timed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.benchmark import same
from tests.benchmark.histories import Told
from tests.benchmark.marks import Marks, fewest_words, read_marks
from tests.benchmark.reference import ROOT
from tests.benchmark.tellers import teller, wikidiff2

OLD = ("Ferry timetable", ["The ferry leaves at six.", "It carries forty cars."])
NEW = ("Ferry timetable", ["The ferry leaves at ten.", "It carries forty cars."])
KINDS = [Told("edited", [[OLD, NEW], [NEW, OLD]]), Told("unedited", [[OLD, OLD]])]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A checkout whose code writes other markup."""
    shutil.copytree(ROOT / "server" / "rowback", tmp_path / "server" / "rowback")
    markup = tmp_path / "server" / "rowback" / "diff" / "telling" / "markup.py"
    markup.write_text(
        markup.read_text(encoding="utf-8").replace('"<ins>", "</ins>"', '"<u>", "</u>"'), encoding="utf-8"
    )
    return tmp_path


def test_each_article_is_answered_for() -> None:
    with teller(ROOT, KINDS) as ours:
        assert [len(ours.ask(kind, work)) for kind in ("edited", "unedited") for work in ("tell", "mark")] == [
            2,
            2,
            1,
            1,
        ]
        assert ours.markups("unedited") == [[]]
        there, back = ours.markups("edited")
    assert ["<ins>ten</ins>" in markup for markup in there] == [True]
    assert ["<ins>six</ins>" in markup for markup in back] == [True]


def test_a_checkout_tells_with_its_own_code(elsewhere: Path) -> None:
    with teller(elsewhere, KINDS) as theirs:
        assert "<u>ten</u>" in theirs.markups("edited")[0][0]


def test_what_is_told_otherwise_differs_and_nothing_else(elsewhere: Path) -> None:
    with teller(ROOT, KINDS) as ours, teller(elsewhere, KINDS) as theirs:
        assert ours.digests("edited") == ours.digests("edited")
        assert [a == b for a, b in zip(ours.digests("edited"), theirs.digests("edited"), strict=True)] == [False, False]
        assert ours.digests("unedited") == theirs.digests("unedited")


def test_a_page_that_reads_otherwise_differs() -> None:
    page = b"<html><body><article><h1>Ferry</h1><p>%s</p></article></body></html>"
    told = [
        page % (b"The ferry leaves at %s, and carries forty cars to the island. " % at * 8) for at in (b"six", b"ten")
    ]
    with teller(ROOT, []) as ours:
        first, second, again, empty = ours.readings(
            [(f"https://echo.example/{n}", each) for n, each in enumerate((*told, told[0], b""))]
        )
    assert first == again
    assert len({first, second, empty}) == 3


def test_what_differs_is_counted_and_named(capsys: pytest.CaptureFixture[str]) -> None:
    with teller(ROOT, KINDS) as one, teller(ROOT, KINDS) as other:
        answers = {one: ["a", "b"], other: ["a", "c"]}
        assert same.compare([one, other], "pages", ["first", "second"], lambda side: answers[side]) == 1
    assert capsys.readouterr().out.split() == ["pages", "1", "the", "same", "1", "different:", "second"]


def test_a_process_that_ends_is_no_answer(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), teller(tmp_path, KINDS):
        pass


@pytest.mark.parametrize(
    ("markup", "marks"),
    [
        ("<p>The <del>old</del><ins>new</ins> tall <del>ship</del> sails</p>", Marks(1, 0, 3)),
        ("<p>The <ins>new</ins> ship sails to the <ins>far</ins> island</p>", Marks(0, 0, 2)),
        ("<p>One <ins>a</ins></p><p>two <ins>b</ins></p>", Marks(0, 0, 2)),
        ("<p>sail<ins>ing</ins> &amp; <del>row</del></p>", Marks(1, 1, 2)),
        ("<p>It moved.</p>", Marks(0, 0, 0)),
    ],
)
def test_islands_and_cuts_are_read_from_markup(markup: str, marks: Marks) -> None:
    assert read_marks([[markup]]) == marks
    assert read_marks([[markup], []]) == Marks(marks.islands / 2, marks.cuts / 2, marks.words / 2)


def test_the_fewest_words_are_those_of_the_shortest_script() -> None:
    assert fewest_words([[OLD, NEW], [OLD, OLD]]) == 1


def test_wikidiff2_answers_for_each_article() -> None:
    with wikidiff2(KINDS) as theirs:
        if theirs is None:
            pytest.skip("php with wikidiff2 is not here")
        assert (len(theirs.ask("edited")), len(theirs.ask("unedited"))) == (2, 1)
