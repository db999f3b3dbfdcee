"""Fixtures of the evaluation: the corpus, and a table of scores against their floors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Protocol

import pytest

# Once for all files here: fixtures of the browsers, of which only one playwright may run.
from tests.browser.conftest import (  # noqa: F401
    backend,
    browser,
    extension_for,
    module_readers,
    playwright,
    site,
)
from tests.evaluation.corpus import Corpus, find_corpus

# null: the figure is printed, and held to nothing.
FLOORS: dict[str, float | None] = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))
# Of these, less is better: the floor is a ceiling.
CEILINGS = ("too many", "missing", "wrong", "elsewhere", "per changed block", "fragments under", "cost")
_SCORES: dict[str, float] = {}
# What another engine scores on the same.
_BESIDE: dict[str, float] = {}


class Score(Protocol):
    """Call it with a measure's name and value, and what another engine scores where that is known: diff-match-patch's own
    clean-up for differences, trafilatura for extraction."""

    def __call__(self, name: str, value: float, beside: float | None = None) -> None:
        """It is printed in the table, and must hold its floor."""


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The corpus of real documents."""
    found = find_corpus()
    if found is None:
        pytest.skip("no corpus: set ROWBACK_CORPUS to its folder to run the evaluation")
    return found


@pytest.fixture
def score() -> Score:
    """See `Score`."""

    def note(name: str, value: float, beside: float | None = None) -> None:
        _SCORES[name] = value
        if beside is not None:
            _BESIDE[name] = beside
        floor = FLOORS[name]
        if floor is None:
            return
        holds = value <= floor if any(word in name for word in CEILINGS) else value >= floor
        assert holds, f"{name}: {value:g}, and the floor is {floor:g}"

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints the table."""
    if _SCORES:
        terminalreporter.section("evaluation")
        for name, value in _SCORES.items():
            beside = f" (the other: {_BESIDE[name]:.4g})" if name in _BESIDE else ""
            floor = "no floor" if FLOORS[name] is None else f"floor {FLOORS[name]:g}"
            terminalreporter.write_line(f"{value:>10.4g}  ({floor})  {name}{beside}")
