"""The frame of the benchmarks: who takes turns with whom, what a line says, which modules are found. Nothing is timed."""

from __future__ import annotations

import json

import pytest

from tests.benchmark.__main__ import benchmarks, main
from tests.benchmark.interleaved import Line, Skipped, Times, exactly, show, take_turns
from tests.benchmark.reference import ROOT, reference_tree


def test_sides_take_turns_and_the_order_turns_round() -> None:
    order: list[str] = []

    def side(name: str, *took: float) -> float:
        order.append(name)
        return took[order.count(name) - 1]

    ours, theirs = take_turns(lambda: side("ours", 3, 1, 2), lambda: side("theirs", 4, 8, 2), rounds=3)
    assert order == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]
    assert (ours.each, theirs.each) == ((3, 1, 2), (4, 8, 2))
    assert (ours.least, ours.median) == (1, 2)


def test_a_ratio_is_told_round_by_round() -> None:
    slow_minute = Line("a page", Times((10, 100, 11)), "a reference", Times((20, 200, 20)), goal=0.5)
    assert slow_minute.ratio == 0.5
    assert slow_minute.least_ratio == 0.5
    assert slow_minute.is_met


def test_other_rounds_are_held_against_each_other_by_medians() -> None:
    assert Line("a page", Times((2, 4, 6)), "a reference", exactly(2)).ratio == 2


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (Line("ratio at the goal", exactly(2), "a reference", exactly(1), goal=2), "met"),
        (Line("ratio over it", exactly(2.1), "a reference", exactly(1), goal=2), "MISSED"),
        (Line("figure at the goal", exactly(0.5), goal=0.5), "met"),
        (Line("figure over it", exactly(0.6), goal=0.5), "MISSED"),
        (Line("no goal", exactly(9), "a reference", exactly(1)), ""),
    ],
)
def test_a_goal_is_met_or_missed(line: Line, verdict: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert line.row()[-1] == verdict
    assert show([line]) is (verdict != "MISSED")
    assert capsys.readouterr().out.endswith(f"{verdict}\n")


def test_what_is_skipped_says_why_and_is_no_miss(capsys: pytest.CaptureFixture[str]) -> None:
    assert show([Skipped("beside wikidiff2", "php is not here")], as_json=True)
    assert json.loads(capsys.readouterr().out) == {"what": "beside wikidiff2", "skipped": "php is not here"}


def test_json_says_what_the_table_says(capsys: pytest.CaptureFixture[str]) -> None:
    show([Line("a page", Times((1, 3)), "a reference", Times((2, 2)), goal=1)], as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["least"], told["median"], told["ratio"], told["ratio_of_least"], told["met"]) == (1, 2, 1, 0.5, True)


def test_benchmarks_are_found_by_what_they_define(capsys: pytest.CaptureFixture[str]) -> None:
    assert "start" in benchmarks()
    assert not {"interleaved", "reference", "articles", "engines"} & set(benchmarks())
    with pytest.raises(SystemExit):
        main(["no-such-line"])
    assert "start" in capsys.readouterr().err


def test_a_commit_that_is_not_there_is_no_tree() -> None:
    with reference_tree("0" * 40) as root:
        assert root is None


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this is no clone")
def test_the_tree_of_a_commit_is_gone_afterwards() -> None:
    with reference_tree("HEAD") as root:
        assert root is not None
        assert (root / "server" / "rowback" / "__init__.py").is_file()
    assert not root.exists()
