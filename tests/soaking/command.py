"""Reads the command line, runs the checks one after the other, and prints their figures as one table."""

from __future__ import annotations

import argparse
import random
import tempfile
import time
import traceback
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tests.soaking.check import Extent, Figure, Run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.soaking.check import Check

OUTPUT = Path(__file__).parents[1] / "output" / "soak"


@dataclass(frozen=True, slots=True)
class Line:
    """A figure and the check that it is of."""

    check: str
    figure: Figure


def main(checks: Mapping[str, Check], arguments: Sequence[str], output: Path = OUTPUT) -> int:
    """Runs what the command line names. Returns 1 when a bound is broken, else 0."""
    parser = _parser(checks)
    given = parser.parse_args(arguments)
    for unknown in set(given.names) - checks.keys():
        parser.error(f"there is no check {unknown!r}. The checks are: {', '.join(checks)}.")
    seed = random.SystemRandom().randrange(1_000_000) if given.seed is None else given.seed
    kept = output / f"{datetime.now():%Y-%m-%d-%H%M%S}"  # noqa: DTZ005 (a folder's name, in the reader's own time)
    print(f"Seed {seed}: with --seed {seed} the same is tried again, as far as threads and processes let it.")
    lines: list[Line] = []
    for name in given.names or checks:
        check = checks[name]
        extent = _extent(check, given)
        print(f"\n== {name}: {check.description} ({_in_words(check, extent)})", flush=True)
        lines += [Line(name, each) for each in _figures(check, extent, kept / name, seed)]
    print(f"\n{table(lines)}")
    if kept.exists():
        print(f"\nWhat went wrong is kept in {kept}.")
    return 1 if any(line.figure.is_broken for line in lines) else 0


def _figures(check: Check, extent: Extent, kept: Path, seed: int) -> list[Figure]:
    """A check's figures. One that breaks down is told as a broken bound, and the next one has its turn."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="rowback-soak-", ignore_cleanup_errors=True) as folder:
        try:
            found = check.run(Run(extent, Path(folder), kept, seed, _say))
        except Exception as error:  # noqa: BLE001 (whatever it is)
            traceback.print_exc()
            found = [Figure("broke down", type(error).__name__, "never", is_broken=True)]
    return [Figure("took", f"{(time.monotonic() - began) / 60:.1f} minutes"), *found]


def _parser(checks: Mapping[str, Check]) -> argparse.ArgumentParser:
    described = "\n".join(
        f"  {name:9} {check.description}\n{'':11} {_in_words(check, check.full)}; --quick: {_in_words(check, check.quick)}"
        for name, check in checks.items()
    )
    parser = argparse.ArgumentParser(
        prog="tests/soak",
        description="Runs the long checks: real processes, real database files, real HTTP. Nothing leaves this machine; "
        "for `archive` pywb comes from PyPI, once, and `chroot` brings two Debians and Rowback's packages (as root).",
        epilog=f"checks:\n{described}\n\nAll of them at full length take an hour or two.\n"
        "The exit code is 1 when a bound in the table is broken.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="which checks; all unless named")
    parser.add_argument("--minutes", type=float, metavar="M", help="how long each goes on")
    parser.add_argument("--times", type=int, metavar="N", help="how often each does what it counts")
    parser.add_argument("--quick", action="store_true", help="a minute or so each")
    parser.add_argument("--seed", type=int, metavar="N", help="what chance is made from; printed by each run")
    return parser


def _extent(check: Check, given: argparse.Namespace) -> Extent:
    if given.times is not None or given.minutes is not None:
        return Extent(given.times, given.minutes)
    return check.quick if given.quick else check.full


def _in_words(check: Check, extent: Extent) -> str:
    parts = [f"{extent.times:,} {check.unit}"] if extent.times is not None else []
    parts += [f"{extent.minutes:g} minutes"] if extent.minutes is not None else []
    return ", at most ".join(parts)


def _say(text: str) -> None:
    print(f"{datetime.now():%H:%M:%S} {text}", flush=True)  # noqa: DTZ005 (for whoever sits before it)


def table(lines: Sequence[Line]) -> str:
    """The figures of all checks, one a line, those that break their bound marked."""
    rows = [("check", "figure", "value", "bound")]
    rows += [(line.check, line.figure.name, line.figure.value, line.figure.bound) for line in lines]
    marks = ["", *(" BROKEN" if line.figure.is_broken else "" for line in lines)]
    widths = [max(len(row[n]) for row in rows) for n in range(4)]
    return "\n".join(
        f"{row[0]:{widths[0]}}  {row[1]:{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]:{widths[3]}}{mark}".rstrip()
        for row, mark in zip(rows, marks, strict=True)
    )
