"""Fixtures of the evaluation: the corpus, and a table of scores against their floors."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.evaluation.corpus import Corpus, find_corpus

FLOORS: dict[str, float] = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))
# Of these, less is better: the floor is a ceiling.
CEILINGS = ("too many", "missing", "wrong", "elsewhere", "that cut")
_SCORES: dict[str, float] = {}

Score = Callable[[str, float], None]


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The corpus of real documents."""
    found = find_corpus()
    if found is None:
        pytest.skip("no corpus: set ROWBACK_CORPUS to its folder to run the evaluation")
    return found


@pytest.fixture
def score() -> Score:
    """Call it with a measure's name and value: it is printed in the table, and must hold its floor."""

    def note(name: str, value: float) -> None:
        _SCORES[name] = value
        floor = FLOORS[name]
        holds = value <= floor if any(word in name for word in CEILINGS) else value >= floor
        assert holds, f"{name}: {value:g}, and the floor is {floor:g}"

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints the table."""
    if _SCORES:
        terminalreporter.section("evaluation")
        for name, value in _SCORES.items():
            terminalreporter.write_line(f"{value:>10.4g}  (floor {FLOORS[name]:g})  {name}")
