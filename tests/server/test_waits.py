"""Waits of a command's own thread come in short pieces, so that Ctrl-C ends them on Windows, too."""

from __future__ import annotations

import ast
import threading
from concurrent.futures import Future
from pathlib import Path

import pytest

import rowback
from rowback import waits
from rowback.waits import LOOKS_S

PACKAGE = Path(rowback.__file__).parent
# Waits without an end in themselves that no command's own thread is in for long, by what they wait for.
SHORT = {
    "apart/hand.py": {"self._process.wait()"},  # it was killed
    "archive/repository.py": {
        "self._batch.communicate()",
        "each.communicate()",
    },  # their work is done, or they are killed
    "web/export_runs.py": {"self._process.wait()"},  # it was killed
    "reread/lift.py": {"_Lift(far, near, lifted).result()"},  # no future
}
_WAITING = {"wait", "join", "result", "communicate", "acquire"}


class _Recorder:
    """An event, a thread, a condition that is there after some looks, and remembers how long each was."""

    def __init__(self, looks: int) -> None:
        self.left, self.asked = looks, list[float | None]()

    def wait(self, timeout: float | None = None) -> bool:
        self.asked.append(timeout)
        self.left -= 1
        return self.left < 0

    def join(self, timeout: float | None = None) -> None:
        self.wait(timeout)

    def is_alive(self) -> bool:
        return self.left >= 0


def test_an_event_and_a_thread_are_looked_at_again_and_again() -> None:
    event, thread = _Recorder(3), _Recorder(3)
    waits.until_set(event)  # type: ignore[arg-type]
    waits.until_over(thread)  # type: ignore[arg-type]
    assert event.asked == thread.asked == [LOOKS_S] * 4
    assert LOOKS_S <= 1


@pytest.mark.parametrize(
    ("within_s", "asked", "told"),
    [(None, LOOKS_S, True), (60.0, LOOKS_S, True), (0.25, 0.25, False), (-1.0, -1.0, False)],
)
def test_a_condition_is_waited_for_in_pieces(within_s: float | None, asked: float, told: bool) -> None:
    condition = _Recorder(9)
    assert waits.changed(condition, within_s) is told  # type: ignore[arg-type]
    assert condition.asked == [asked]


def test_a_result_comes_when_it_is_there() -> None:
    future = Future[int]()
    thread = threading.Thread(target=future.set_result, args=[7])
    thread.start()
    assert waits.result(future) == 7
    waits.until_over(thread)


def test_nothing_else_waits_without_an_end() -> None:
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_endless(node):
                found.setdefault(path.relative_to(PACKAGE).as_posix(), set()).add(ast.unparse(node))
    assert found.pop("waits.py") == {"future.result()"}
    assert found == SHORT


def _is_endless(call: ast.Call) -> bool:
    """Whether a call waits for ever, or for a number of seconds beyond what a wait may have."""
    assert isinstance(call.func, ast.Attribute)
    if call.func.attr not in _WAITING:
        return False
    given = [*call.args, *(each.value for each in call.keywords)]
    if not given:
        return True
    first = given[0]
    return isinstance(first, ast.Constant) and isinstance(first.value, int | float) and first.value > 10 * LOOKS_S
