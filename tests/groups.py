"""Which tests stay together when tests run beside each other (`--dist loadgroup`): those of one file in one browser.

They share a browser that was started, stories that were told, or a reading of the corpus: apart, each process that runs
tests would make these for itself. A group is read from a test's name. xdist's own marks of groups have had no effect since
pytest 9.2 (pytest-xdist#1386), and nothing says so: all tests are then spread one by one.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from xdist.scheduler import LoadScopeScheduling

BROWSER = re.compile(r"[\[-](chromium|firefox)(?=[-\]])")


class Groups(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Gives whole groups to workers, those of many tests first."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)


def group(nodeid: str) -> str:
    """The group of a test: its file's name, and the browser among its parameters."""
    file, _, test = nodeid.partition("::")
    browser = BROWSER.search(test)
    return f"{PurePosixPath(file).stem} {browser[1] if browser else ''}".strip()
