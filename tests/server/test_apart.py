"""Work in processes apart: it comes to the same, is bounded, keeps nobody waiting, and leaves no process behind."""

from __future__ import annotations

import logging
import os
import pickle
import re
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rowback.apart import frames, hand
from rowback.apart.hand import CannotStart, Hand
from rowback.apart.lanes import SMALL, Lane
from rowback.apart.limits import Limits
from rowback.apart.pool import BrokeApart, Ended, Pool
from rowback.capture import feed_documents
from rowback.diff.telling.history import tell
from rowback.diff.telling.step import tell_step
from rowback.errors import Busy, NotAnArticle, PageTooCostly, TooLarge
from rowback.text.extract import extract
from rowback.text.largest import MAX_HTML_BYTES

from .samples import TITLE, URL, changed, content, page, versions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .program import Program


WITHIN_S = 60
# Time runs away in Python's own patterns here: nothing else of the process runs meanwhile, no Python watchdog could end it.
RUNS_AWAY = "(a+)+$", "a" * 60 + "b"
MATCH: Callable[[str, str], object] = re.match
QUICK = Limits(cpu_s=0.3, memory_bytes=300 << 20)
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def _run_away(pool: Pool) -> None:
    pool.run(MATCH, *RUNS_AWAY)


class Noticed(Hand):
    """Says that it was asked for the first time."""

    def __init__(self, began: threading.Event, limits: Limits) -> None:
        super().__init__(limits)
        self._began = began

    def ask(self, frame: bytes) -> bytes:
        self._began.set()
        return super().ask(frame)


@pytest.fixture
def pool() -> Iterator[Pool]:
    made = Pool(2, QUICK)
    yield made
    made.end()


ONE, OTHER = content(TITLE, page().split(".")), content(TITLE, changed("400 commuters", "300 commuters"))


@pytest.mark.parametrize(
    ("task", "args"),
    [
        (extract, (page(), URL)),
        (tell_step, (ONE, OTHER)),
        (tell, (versions([ONE, OTHER]), 0, 1)),
        (feed_documents.read, (b"<rss><channel><item><link>/a</link><pubDate>Sat, 10 Jan 2026 08:00:00 GMT", URL)),
    ],
    ids=["a page", "a step", "a history", "a feed"],
)
def test_what_is_done_apart_comes_to_the_same(
    pool: Pool, task: Callable[..., object], args: tuple[object, ...]
) -> None:
    assert pool.run(task, *args) == task(*args)


def test_errors_come_back_as_they_are(pool: Pool) -> None:
    with pytest.raises(NotAnArticle, match="not HTML") as refused:
        pool.run(extract, "no page", URL)
    assert refused.value.reason == "no-text"
    with pytest.raises(TooLarge):
        pool.run(extract, "<p>" + "x" * MAX_HTML_BYTES, URL)
    with pytest.raises(BrokeApart, match="ValueError: invalid literal") as broke:
        pool.run(int, "seven")
    assert "Traceback" in broke.value.__notes__[0]
    assert pool.run(int, "7") == 7


@pytest.mark.parametrize(
    ("task", "told"),
    [
        ((MATCH, *RUNS_AWAY), "longer than 0.3 seconds of computing"),
        ((eval, "len(b'x' * 400_000_000)"), "more memory"),
        ((os._exit, 3), "did not survive"),
        ((os.abort,), "did not survive"),
    ],
    ids=["time", "memory", "an end", "a crash"],
)
def test_a_page_that_costs_too_much_is_given_up_and_the_next_one_read(
    pool: Pool, task: tuple[Callable[..., object], ...], told: str, caplog: pytest.LogCaptureFixture
) -> None:
    run, *args = task
    with pytest.raises(PageTooCostly, match=told):
        pool.run(run, *args)
    assert len(caplog.messages) == 1
    assert pool.run(int, "7") == 7


STOPPED = f"__import__('os').kill(__import__('os').getpid(), {getattr(signal, 'SIGSTOP', 0)})"


@pytest.mark.parametrize(
    ("grace_s", "task", "argument"), [(600.0, time.sleep, 600.0), (0.1, eval, STOPPED)], ids=["inside", "outside"]
)
def test_time_that_nobody_computes_in_is_bounded_from_both_sides(
    grace_s: float, task: Callable[..., object], argument: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hand, "GRACE_S", grace_s)
    pool = Pool(1, Limits(wall_s=0.3))
    with pytest.raises(PageTooCostly, match=r"longer than 0\.3 seconds\.$"):
        pool.run(task, argument)
    assert pool.pids() == []


def test_nobody_waits_for_a_page_that_runs_away() -> None:
    began = threading.Event()
    pool = Pool(2, Limits(cpu_s=WITHIN_S), start=partial(Noticed, began))
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(_run_away, pool)
        assert began.wait(WITHIN_S)
        done = [pool.run(int, str(number)) for number in range(20)]
        is_running = not running.done()
        pool.end()
        assert isinstance(running.exception(WITHIN_S), Ended)
    assert (done, is_running) == (list(range(20)), True)


def test_a_process_that_starts_while_all_are_ended_is_ended_too() -> None:
    pools, hands = list[Pool](), list[Hand]()

    def start(limits: Limits) -> Hand:
        hands.append(Hand(limits))
        pools[0].end()
        return hands[0]

    pools.append(Pool(1, Limits(cpu_s=WITHIN_S), start=start))
    with pytest.raises(Ended):
        _run_away(pools[0])
    assert hands[0]._process.returncode == -signal.SIGKILL, "it did not go on until its time was over"


def test_there_are_never_more_processes_than_said() -> None:
    started: list[Hand] = []

    def start(limits: Limits) -> Hand:
        started.append(Hand(limits))
        return started[-1]

    pool = Pool(2, start=start)
    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(lambda n: pool.run(int, str(n)), range(40))) == list(range(40))
    assert 1 <= len(started) <= 2
    assert len(pool.pids()) == len(started)
    pool.end()
    assert [each.is_there for each in started] == [False] * len(started)


def test_processes_with_nothing_to_do_are_ended() -> None:
    ended = threading.Event()

    class Watched(Hand):
        def let_go(self) -> None:
            super().let_go()
            ended.set()

    pool = Pool(1, idle_s=0.05, start=Watched)
    assert pool.run(int, "7") == 7
    assert ended.wait(WITHIN_S)
    assert pool.run(int, "8") == 8
    pool.end()


def test_a_process_that_was_ended_while_it_had_nothing_to_do_is_no_fault_of_the_next_page(pool: Pool) -> None:
    assert pool.run(int, "7") == 7
    (pid,) = pool.pids()
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert pool.run(int, "8") == 8


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_what_ends_the_backend_does_not_end_a_page_that_it_finishes(pool: Pool, name: str) -> None:
    pool.run(int, "7")
    before = pool.pids()
    os.kill(before[0], getattr(signal, name))
    assert pool.run(int, "8") == 8
    assert pool.pids() == before


@linux
def test_a_process_that_needed_much_memory_is_not_kept() -> None:
    pool = Pool(1)
    pool.run(len, b"")
    before = pool.pids()
    assert pool.run(extract, page(), URL).content.title == TITLE
    assert pool.pids() == before
    assert pool.run(eval, "len(b'x' * 400_000_000)") == 400_000_000
    assert pool.pids() == []


@linux
def test_nothing_is_handed_on_but_two_pipes(pool: Pool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        os.set_inheritable(listening.fileno(), True)
        pool.run(int, "7")
        (pid,) = pool.pids()
        held = [str(each.readlink()) for each in Path(f"/proc/{pid}/fd").iterdir()]
    assert sorted(re.sub(r"\W.*", "", each) or each for each in held if each != os.devnull) == ["pipe", "pipe"]


PARENT = """
import re, sys, threading
from rowback.apart import lanes
from rowback.apart.limits import Limits
from rowback.apart.pool import Pool
pool = Pool(2, Limits(cpu_s=float(sys.argv[1]), wall_s=600.0))
lanes.INCOMING = lanes.Lane(pool, 0)
pool.run(int, "7")
threading.Thread(target=pool.run, args=(re.match, "(a+)+$", "a" * 60 + "b"), daemon=True).start()
pool.run(int, "8")
while len(pool.pids()) < 2:
    pool.run(int, "9")
print(*pool.pids(), flush=True)
sys.stdin.read()
"""


@linux
@pytest.mark.parametrize(("how", "cpu_s"), [("SIGKILL", 1), ("SIGTERM", 1), ("the end", 600)])
def test_no_process_is_left_when_the_backend_ends(how: str, cpu_s: int) -> None:
    command = [sys.executable, "-c", PARENT, str(cpu_s)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pids = [int(each) for each in parent.stdout.readline().split()]
        watched = [os.pidfd_open(pid) for pid in pids]
        if how == "the end":
            parent.communicate(timeout=WITHIN_S)
        else:
            parent.send_signal(getattr(signal, how))
    assert len(watched) == 2
    for each in watched:
        ended, _, _ = select.select([each], [], [], WITHIN_S)
        os.close(each)
        assert ended


def test_where_no_process_can_be_started_it_is_done_here_and_said_once(caplog: pytest.LogCaptureFixture) -> None:
    asked = []

    def never(limits: Limits) -> Hand:
        asked.append(limits)
        raise CannotStart("not allowed")

    clock = [0.0]
    pool = Pool(1, start=never, seconds=lambda: clock[0])
    with caplog.at_level(logging.WARNING):
        assert [pool.run(int, str(n)) for n in range(5)] == list(range(5))
    assert (len(asked), len(caplog.messages)) == (1, 1)
    assert "not allowed" in caplog.messages[0]
    clock[0] = 601.0
    assert pool.run(int, "7") == 7
    assert (len(asked), len(caplog.messages)) == (2, 1)


def test_a_program_that_cannot_run_is_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    for program in ("/nowhere/python", "/bin/false", "/bin/echo"):
        monkeypatch.setattr(sys, "executable", program)
        with pytest.raises(CannotStart):
            Hand(QUICK)


class Sly:
    """What a process that was taken over could send."""

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, ("true",)


@pytest.mark.parametrize(
    "value", [Sly(), os.getcwd, pickle.loads, frames.packed, Pool], ids=["object", "system", "pickle", "own", "class"]
)
def test_only_values_are_taken_from_a_process_that_read_a_page(value: object) -> None:
    with pytest.raises(pickle.UnpicklingError):
        frames.unpacked_safely(pickle.dumps(value))


def test_small_pages_are_read_here_and_others_apart() -> None:
    class Counting(Pool):
        runs = 0

        def run(self, task, *args, **named):  # type: ignore[no-untyped-def]
            self.runs += 1
            return task(*args, **named)

    pool = Counting(1)
    lane = Lane(pool, SMALL)
    assert lane.run(SMALL, int, "7") == 7
    assert pool.runs == 0
    assert lane.run(SMALL + 1, int, "8") == 8
    assert pool.runs == 1


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="no process can be kept to a processor here")
def test_as_many_processes_read_pages_as_there_are_processors_to_run_on() -> None:
    kept = f"import os; os.sched_setaffinity(0, {{{min(os.sched_getaffinity(0))}}}); "
    asked = "from rowback.apart import lanes; print(lanes.processors(), lanes.INCOMING.pool.most)"
    run = partial(subprocess.run, capture_output=True, text=True, check=True)
    assert run([sys.executable, "-c", kept + asked]).stdout.split() == ["1", "1"]
    most = len(os.sched_getaffinity(0))
    assert run([sys.executable, "-c", asked]).stdout.split() == [str(most), str(min(4, most))]


def test_whoever_waits_long_for_an_answer_is_told_to_come_again() -> None:
    began = threading.Event()
    pool = Pool(1, Limits(cpu_s=WITHIN_S), most_wait_s=0.05, start=partial(Noticed, began))
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(_run_away, pool)
        assert began.wait(WITHIN_S)
        with pytest.raises(Busy):
            pool.run(int, "8")
        pool.end()
        assert isinstance(running.exception(WITHIN_S), Ended)


def test_what_was_too_costly_once_is_not_tried_again(pool: Pool) -> None:
    lane = Lane(pool, 0)
    for _ in range(2):
        with pytest.raises(PageTooCostly, match="longer than"):
            lane.run_unless_refused("this", 1, MATCH, *RUNS_AWAY)
    started = pool.pids()
    assert lane.run_unless_refused("that", 1, int, "7") == 7
    assert started == []
    with pytest.raises(PageTooCostly):
        lane.run_unless_refused("this", 1, int, "7")


@linux
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_backend_leaves_no_process_behind_and_hands_on_no_socket(rowback: Program, how: signal.Signals) -> None:
    with rowback.serving() as serving:
        long = page([f"The first ferry {n} leaves at six in the morning from Monday on." for n in range(200)])
        assert serving.client.post("/api/v1/captures", {"url": URL, "html": long}).status == 201
        pids = _children(serving.process.pid)
        sockets = [
            each for pid in pids for each in Path(f"/proc/{pid}/fd").iterdir() if "socket" in str(each.readlink())
        ]
        watched = [os.pidfd_open(pid) for pid in pids]
        assert serving.end(how).code == (0 if how is not signal.SIGKILL else -how)
    assert (len(watched), sockets) == (1, [])
    for each in watched:
        ended, _, _ = select.select([each], [], [], WITHIN_S)
        os.close(each)
        assert ended


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(each) for task in tasks for each in (task / "children").read_text(encoding="ascii").split()]
