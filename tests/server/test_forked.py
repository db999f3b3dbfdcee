"""A copy of the process that has the program loaded is a process of its own, as one that is started anew."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from . import forked

pytestmark = pytest.mark.skipif(not forked.IS_POSSIBLE, reason="no process is copied here")
TELLS = """
import os, sys
umask = os.umask(0)
print(sys.argv, os.getcwd(), oct(umask), os.environ.get("ROWBACK_DB"), "PATH" in os.environ, input())
print("to the other", file=sys.stderr)
sys.exit(3)
"""


def test_it_has_arguments_an_environment_streams_and_an_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forked.run("")  # the one that is copied starts before
    monkeypatch.chdir(tmp_path)
    before = os.umask(0o027)
    try:
        done = forked.run(TELLS, ["a", tmp_path], {"ROWBACK_DB": "x"}, name="rowback", stdin="fähre\n")
    finally:
        os.umask(before)
    assert done.returncode == 3
    assert done.stdout == f"['rowback', 'a', '{tmp_path}'] {tmp_path} 0o27 x False fähre\n"
    assert done.stderr == "to the other\n"


def test_it_ends_as_python_ends() -> None:
    later = "import atexit, threading\natexit.register(print, 'last')\nthreading.Timer(0.1, print, ['next']).start()"
    assert forked.run(later).stdout.split() == ["next", "last"]
    raised = forked.run("1 / 0")
    assert (raised.returncode, raised.stderr.splitlines()[-1]) == (1, "ZeroDivisionError: division by zero")
    assert forked.run("import os; os.kill(os.getpid(), 9)").returncode == -signal.SIGKILL


def test_it_closes_what_it_left_open(tmp_path: Path) -> None:
    """A database that is not closed has its log beside it."""
    opens = "import sys; from pathlib import Path; from rowback.store import Store; one = Store(Path(sys.argv[1]))"
    held = f"{opens}; one.one = one; sys.exit()"
    for code in (opens, held):
        assert forked.run(code, [tmp_path / "rowback.db"]).returncode == 0
        assert sorted(each.name for each in tmp_path.iterdir()) == ["rowback.db", "rowback.db-lock"]


def test_what_cannot_be_written_at_the_end_is_told() -> None:
    done = forked.run("import os, sys; sys.stdout = open(1, 'w'); sys.stdout.write('a'); os.close(1)")
    assert (done.returncode, "Bad file descriptor" in done.stderr) == (120, True)


def test_it_is_interrupted_as_any_process_and_killed_when_it_takes_too_long() -> None:
    interrupted = (
        "import os, signal\ntry:\n os.kill(os.getpid(), signal.SIGINT)\nexcept KeyboardInterrupt:\n print('heard')"
    )
    assert forked.run(interrupted).stdout == "heard\n"
    with pytest.raises(subprocess.TimeoutExpired):
        forked.run("import signal; signal.pause()", within_s=0.2)


def test_it_runs_beside_others_and_is_told_to_end(tmp_path: Path) -> None:
    said = "import signal, sys; print(sys.stdin.read() or 'runs', flush=True); signal.pause()"
    with (tmp_path / "log").open("w") as log:
        copies = [forked.start(said, [], os.environ, err=log) for _ in range(2)]
    for copy in copies:
        assert copy.stdout is not None
        assert (copy.stdout.readline(), copy.poll()) == ("runs\n", None)
    assert forked.run("print('done')").stdout == "done\n"
    copies[1].terminate()
    copies[0].kill()
    assert [copy.communicate(timeout=60) for copy in copies] == [("", None)] * 2
    assert [copy.returncode for copy in copies] == [-signal.SIGKILL, -signal.SIGTERM]


def test_what_it_computes_counts_as_the_tests() -> None:
    forked.run("sum(range(10_000_000))")
    before = os.times().children_user
    forked.end()
    assert os.times().children_user > before


def test_one_leaves_nothing_to_the_next() -> None:
    forked.run("import os, rowback; rowback.left = 1; os.environ['LEFT'] = '1'; os.chdir('/')")
    assert (
        forked.run("import os, rowback; print(hasattr(rowback, 'left'), 'LEFT' in os.environ)").stdout
        == "False False\n"
    )


def test_it_ends_its_own_children_as_python_does() -> None:
    code = f"import subprocess; print(subprocess.run([{sys.executable!r}, '-c', 'raise SystemExit(4)']).returncode)"
    assert forked.run(code).stdout == "4\n"


def test_a_command_says_the_same_as_one_started_anew() -> None:
    command = str(Path(sys.executable).with_name("rowback"))
    for arguments in (["--help"], ["serv"], ["edits"]):
        anew = subprocess.run([command, *arguments], capture_output=True, text=True)
        copied = forked.run(forked.MAIN, arguments, name=command)
        assert (copied.returncode, copied.stdout, copied.stderr) == (anew.returncode, anew.stdout, anew.stderr)
