"""What all tests start from.

Whatever a script runs in its background (`tests/run &`) has Ctrl-C ignored and passes that on: no program that a test starts
would hear it.
"""

from __future__ import annotations

import signal

import pytest

from tests.server import forked

signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes name no test: what is packed is packed at another second in each process, and all must have the same tests."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What shares a started browser, or a reading of the corpus, stays together when tests run beside each other: the tests
    of one file in one browser."""
    for item in items:
        callspec = getattr(item, "callspec", None)
        browser = callspec.params.get("browser", "") if callspec else ""
        item.add_marker(pytest.mark.xdist_group(f"{item.path.stem} {browser}".strip()))


def pytest_sessionfinish() -> None:
    """Nothing that tests started outlives them."""
    forked.end()
