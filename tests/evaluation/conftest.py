"""Fixtures of the evaluation: the corpus, and a table of scores against their floors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

# Once for all files here: fixtures of the browsers, of which only one playwright may run.
from tests.browser.conftest import (  # noqa: F401
    backend,
    browser,
    extension_for,
    firefox_profile,
    module_readers,
    playwright,
    site,
)
from tests.evaluation.corpus import Corpus, find_corpus

if TYPE_CHECKING:
    from collections.abc import Callable

# null: the figure is printed, and held to nothing.
FLOORS: dict[str, float | None] = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))
# Of these, less is better: the floor is a ceiling.
CEILINGS = ("too many", "missing", "wrong", "elsewhere", "per changed block", "fragments under", "cost")
SCORED = "score"  # the property of a test's report in which its scores come, also from another process
# By name, with what another engine scores on the same.
_SCORES: dict[str, tuple[float, float | None]] = {}


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
def score(record_property: Callable[[str, object], None]) -> Score:
    """See `Score`."""

    def note(name: str, value: float, beside: float | None = None) -> None:
        record_property(SCORED, [name, value, beside])
        floor = FLOORS[name]
        if floor is None:
            return
        holds = value <= floor if any(word in name for word in CEILINGS) else value >= floor
        assert holds, f"{name}: {value:g}, and the floor is {floor:g}"

    return note


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Takes down a test's scores."""
    if report.when == "call":
        for kind, told in report.user_properties:
            if kind == SCORED and isinstance(told, list):
                name, value, beside = told
                _SCORES[name] = value, beside


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints the table, in the order of the floors."""
    if _SCORES:
        terminalreporter.section("evaluation")
        for name in filter(_SCORES.__contains__, FLOORS):
            value, beside = _SCORES[name]
            other = f" (the other: {beside:.4g})" if beside is not None else ""
            floor = "no floor" if FLOORS[name] is None else f"floor {FLOORS[name]:g}"
            terminalreporter.write_line(f"{value:>10.4g}  ({floor})  {name}{other}")
