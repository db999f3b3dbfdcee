"""The long checks of `tests/soak`, each in its smallest size: they still run, and find nothing."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from rowback.store import Store
from rowback.web.app import create_app
from tests.soaking.archive.server import is_installed
from tests.soaking.check import Check, Extent, Figure, Run, Until, figure
from tests.soaking.checks import CHECKS
from tests.soaking.command import main
from tests.soaking.fuzz.paths import LISTS, NOT_ASKED, OF_ARTICLE, SEARCHES
from tests.soaking.fuzz.reading import filled

from .documents import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from _pytest.mark.structures import ParameterSet

SEED = 20_260_110
NOTHING = Extent(times=0)


def _where_it_can(name: str) -> ParameterSet:
    """A check; one that has to bring something first only where that was done, one that makes a Debian never."""
    left_out = {
        "archive": (not is_installed(), "tests/soak archive installs pywb"),
        "chroot": (True, "tests/soak chroot installs a Debian, and into it: minutes, and by hand"),
    }
    is_left_out, reason = left_out.get(name, (False, ""))
    return pytest.param(name, marks=pytest.mark.skipif(is_left_out, reason=reason))


@pytest.mark.parametrize("name", [_where_it_can(name) for name in CHECKS])
def test_a_check_runs_and_breaks_no_bound(name: str, tmp_path: Path) -> None:
    folder, kept = tmp_path / "run", tmp_path / "kept"
    folder.mkdir()
    found = CHECKS[name].run(Run(CHECKS[name].smallest, folder, kept, SEED, print))
    assert [each for each in found if each.is_broken] == []
    assert len([each for each in found if each.bound]) > 0
    assert not kept.exists(), "what goes wrong is kept, and only that"


def test_whatever_tells_of_an_article_is_asked_for(tmp_path: Path) -> None:
    routes = create_app(Store(tmp_path / "rowback.db")).url_map
    article = {"id": 1, "version_count": 2, "url": "https://a.example/b?c=d", "first_seen_at": "2026-01-10T08:00:00Z"}
    asked = set()
    for path in (*OF_ARTICLE, *SEARCHES, *LISTS):
        address = filled(path, article, "ferry").partition("?")[0]
        asked.add(routes.bind("127.0.0.1").match(address, method="GET")[0])
    assert {rule.endpoint for rule in routes.iter_rules() if "GET" in (rule.methods or ())} - asked == NOT_ASKED


def _check(*figures: Figure) -> Check:
    return Check("told", "times", lambda _: list(figures), NOTHING, NOTHING, NOTHING)


def _broken(_: Run) -> list[Figure]:
    raise ValueError("it broke down")


def test_a_broken_bound_is_marked_and_ends_the_run_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checks = {"good": _check(figure("lost", 0, at_most=0)), "bad": _check(figure("lost", 3, at_most=0))}
    assert main(checks, ["good"], tmp_path) == 0
    assert "BROKEN" not in capsys.readouterr().out
    assert main(checks, [], tmp_path) == 1
    marked = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.endswith("BROKEN")]
    assert marked == ["bad"]


def test_a_check_that_breaks_down_is_told_and_the_next_one_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checks = {"bad": Check("breaks", "times", _broken, NOTHING, NOTHING, NOTHING), "good": _check(figure("kept", 5))}
    assert main(checks, [], tmp_path) == 1
    told = capsys.readouterr()
    assert "it broke down" in told.err
    assert "kept" in told.out


def test_an_unknown_check_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main({"good": _check()}, ["goood"], tmp_path)
    assert "The checks are: good." in capsys.readouterr().err


def test_an_extent_is_over_after_its_times_or_its_minutes() -> None:
    clock = iter(range(0, 1_000, 25))
    twice = Until(Extent(times=2))
    assert [twice.once_more() for _ in range(4)] == [True, True, False, False]
    minute = Until(Extent(minutes=1), lambda: float(next(clock)))
    assert [minute.once_more() for _ in range(4)] == [True, True, False, False]


def test_the_script_says_which_checks_there_are() -> None:
    told = subprocess.run([ROOT / "tests" / "soak", "--help"], capture_output=True, text=True, check=True).stdout
    for name, check in CHECKS.items():
        assert name in told
        assert check.description in told
