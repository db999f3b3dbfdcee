"""Every command in the papers, run as it stands there: those of one paper one after the other, in one shell.

What a test cannot run is listed in `ELSEWHERE`, with the reason and, where there is one, the file that runs it instead.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .collected import diffengine
from .documents import ROOT, commands, name_of, papers
from .program import free_port
from .samples import PARAGRAPHS, page
from .warcs import Warc

if TYPE_CHECKING:
    from .program import Program


@dataclass(frozen=True)
class Elsewhere:
    """Commands that begin so are not run here: why, and where there is one, the file that runs them and what it calls."""

    start: str
    reason: str
    file: str | None = None
    call: str = ""


_BEFORE = "tests/run does it before it runs this"
ELSEWHERE = (
    Elsewhere("git clone ", "fetches the project", "tests/first_command.py", "git clone "),
    Elsewhere("tests/run", "is what runs this", ".ci/run", "tests/run"),
    Elsewhere("npm --prefix tests ci", "takes away what other tests use", "tests/run", "npm --prefix tests ci"),
    Elsewhere("npm --prefix tests run --silent", _BEFORE, "tests/run", "npm --prefix tests run --silent"),
    Elsewhere("ruff check server tests", _BEFORE, "tests/run", "ruff check server tests"),
    Elsewhere("ruff format server tests", "changes files", "tests/run", "ruff format --check --quiet server tests"),
    Elsewhere("mypy", _BEFORE, "tests/run", "mypy"),
    Elsewhere("python -m pytest -n 2 tests/server", "is what this runs in", "tests/run", "tests/server"),
    Elsewhere("python -m pytest tests/browser", "needs browsers and minutes", "tests/run", "tests/browser"),
    Elsewhere("python -m pytest tests/evaluation", "needs a corpus and minutes", "tests/run", "tests/evaluation"),
    Elsewhere("python -m tests.server.", "writes tables that other tests read"),
    Elsewhere("python -m tests.benchmark", "measures for minutes"),
    Elsewhere("tests/soak", "checks for minutes to hours, by hand"),
    Elsewhere("server/lock", "asks a package index"),
    Elsewhere("server/run capture https://", "asks the web"),
    Elsewhere("server/run follow https://example.com/ ", "asks the web"),
    Elsewhere("server/run backfill https://", "asks a web archive"),
    Elsewhere("curl --head https://", "asks a host that is the reader's own"),
    Elsewhere("/opt/rowback/bin/granian ", "serves until stopped", "tests/server/test_granian.py", "granian"),
    Elsewhere("/opt/rowback/bin/gunicorn ", "serves until stopped", "tests/server/test_gunicorn.py", "gunicorn"),
    Elsewhere("server/run restore ", "wants the backend stopped", "tests/server/test_restore.py", '"restore"'),
    Elsewhere("sudo ", "needs root", "tests/soaking/chroot/hosting.py", '"sudo "'),
    Elsewhere("mkdir -p /run/", "needs root"),
    Elsewhere("docker ", "needs a builder", "tests/server/test_container.py", "compose.yaml"),
    Elsewhere(
        "ROWBACK_POLL=false ", "serves until stopped", "tests/server/test_gunicorn.py", "PROMETHEUS_MULTIPROC_DIR"
    ),
    Elsewhere("npx web-ext sign ", "needs an account at Mozilla"),
    Elsewhere("python -m tests.shop_window ", "takes pictures of a browser, to be looked at"),
    Elsewhere("python -m tests.installing", "is what tests/run does", "tests/run", "python -m tests.installing"),
)
# Until Ctrl-C, and what each says once it is up.
STAYING = {"server/run serve": "running at http://127.0.0.1:", "server/run demo --no-browser": "Ctrl-C"}
URL = "https://example.com/story"
OTHER_URL = "https://example.com/2026/harbour-bridge"
# What is stored before a paper's commands are run.
HISTORY = [
    {"url": url, "seen_at": f"2026-01-30T{hour}:00:00Z", "title": "The harbour bridge", "paragraphs": [text]}
    for url in (URL, OTHER_URL)
    for hour, text in (("08", PARAGRAPHS[1]), ("09", f"{PARAGRAPHS[1]} It opens in May."))
]
ENDS_WITHIN_S = 300
UP_WITHIN_S = 120
_WRITTEN = re.compile(r"(?:--output|backup) ([\w.-]+)$")
_DONE = re.compile(r"^<<(\d+) ended with (\d+)>>$", re.MULTILINE)


def _elsewhere(line: str) -> Elsewhere | None:
    return next((each for each in ELSEWHERE if line.startswith(each.start)), None)


def _run_here(paper: Path) -> list[str]:
    return [line for line in commands(paper) if line not in STAYING and _elsewhere(line) is None]


@pytest.fixture
def newcomer(rowback: Program, tmp_path: Path) -> dict[str, str]:
    """The surroundings of someone who has saved a page, was handed a history, and reads feeds elsewhere; with the tools of
    the checkout at hand."""
    (tmp_path / "saved-page.html").write_text(page(), encoding="utf-8")
    (tmp_path / "crawl.warc.gz").write_bytes(Warc().answer(url="https://example.com/news/ferry").whole())
    (tmp_path / "old-collections").mkdir()
    diffengine(tmp_path / "old-collections")
    (tmp_path / "history.jsonl").write_text("".join(json.dumps(line) + "\n" for line in HISTORY), encoding="utf-8")
    opml = '<opml version="2.0"><body><outline type="rss" xmlUrl="https://example.org/feed.xml"/></body></opml>'
    (tmp_path / "subscriptions.opml").write_text(opml, encoding="utf-8")
    tools = str(Path(sys.executable).parent)
    return rowback.environment() | {
        "PYTHONUNBUFFERED": "1",
        "ROWBACK_PORT": str(free_port()),
        "ROWBACK_OPEN_BROWSER": "false",
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
    }


def _shell(lines: list[str], folder: Path, environment: dict[str, str]) -> list[tuple[int, str]]:
    """What each line came to and said, in a shell in `folder` where `server/run` is the checkout's, on the port that is free
    here. Unlike a reader's, its curl fails when the answer is an error."""
    script = []
    for number, line in enumerate(lines):
        here = line.replace("server/run", shlex.quote(str(ROOT / "server" / "run")))
        here = here.replace(":8484", f":{environment['ROWBACK_PORT']}")
        script.append(re.sub(r"^curl ", "curl --fail-with-body --no-progress-meter ", here))
        script.append(f"printf '\\n<<{number} ended with %d>>\\n' $?")
    done = subprocess.run(
        ["sh", "-c", "\n".join(script)],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=ENDS_WITHIN_S,
    )
    parts = _DONE.split(done.stdout)
    ended = [(int(code), said.strip()) for said, _, code in zip(parts[::3], parts[1::3], parts[2::3], strict=False)]
    assert len(ended) == len(lines), done.stdout
    return ended


@pytest.mark.parametrize("paper", [paper for paper in papers() if _run_here(paper)], ids=name_of)
def test_a_papers_commands_work_one_after_the_other(
    paper: Path, rowback: Program, newcomer: dict[str, str], tmp_path: Path
) -> None:
    lines = _run_here(paper)
    folder = ROOT if paper.is_relative_to(ROOT / ".github") else tmp_path
    with rowback.serving("--no-poll", "--port", newcomer["ROWBACK_PORT"]) as serving:
        for capture in HISTORY:
            assert serving.client.post("/api/v1/captures", capture).status == 201
        ended = _shell(lines, folder, newcomer | {"TOKEN": serving.client.token or ""})
    for line, (code, said) in zip(lines, ended, strict=True):
        assert code == 0, f"{line}\n{said}"
        written = _WRITTEN.search(line)
        if written is not None:
            assert (tmp_path / written[1]).stat().st_size > 0, line
        elif line.startswith("server/run "):
            assert said, f"{line} says nothing"


def test_the_papers_have_commands() -> None:
    assert sum(len(_run_here(paper)) for paper in papers()) > 40
    assert {line for paper in papers() for line in commands(paper)} >= STAYING.keys()


@pytest.mark.parametrize("line", STAYING)
def test_what_stays_is_started_and_stopped_as_the_papers_say(line: str, newcomer: dict[str, str]) -> None:
    command = [str(ROOT / line.split()[0]), *line.split()[1:]]
    with subprocess.Popen(
        command, cwd=ROOT, env=newcomer, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as staying:
        assert staying.stdout is not None
        watch = threading.Timer(UP_WITHIN_S, os.killpg, (staying.pid, signal.SIGKILL))
        watch.start()
        assert any(STAYING[line] in said for said in staying.stdout), "it ended, or never came up"
        watch.cancel()
        os.killpg(staying.pid, signal.SIGINT)  # as Ctrl-C in a terminal reaches all of a command
        assert staying.wait(ENDS_WITHIN_S) == 0


@pytest.mark.parametrize("each", ELSEWHERE, ids=lambda each: each.start.strip())
def test_what_is_run_elsewhere_is_in_a_paper_and_run_there(each: Elsewhere) -> None:
    lines = [line for paper in papers() for line in commands(paper)]
    assert any(_elsewhere(line) == each for line in lines), "no paper has such a command any more"
    assert each.file is None or each.call in (ROOT / each.file).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "line",
    [line for paper in papers() for line in commands(paper) if line.startswith("python -m ") and _elsewhere(line)],
)
def test_python_that_is_run_elsewhere_could_be_run(line: str) -> None:
    """Collected, or found, without running it."""
    module, *rest = line.split()[2:]
    check = ["-m", "pytest", "--collect-only", "-q", *rest] if module == "pytest" else ["-c", f"import {module}"]
    done = subprocess.run([sys.executable, *check], cwd=ROOT, capture_output=True, text=True, timeout=ENDS_WITHIN_S)
    assert done.returncode == 0, done.stdout + done.stderr
