"""What all tests start from.

Whatever a script runs in its background (`tests/run &`) has Ctrl-C ignored and passes that on: no program that a test starts
would hear it.
"""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from tests.server import forked

from .groups import Groups

if TYPE_CHECKING:
    from xdist.remote import Producer

signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes name no test: what is packed is packed at another second in each process, and all must have the same tests."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Groups | None:
    """Groups of tests stay together where that is asked for."""
    return Groups(config, log) if config.getoption("dist") == "loadgroup" else None


def pytest_sessionfinish() -> None:
    """Nothing that tests started outlives them."""
    forked.end()
