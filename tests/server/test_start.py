"""What a command loads before it does anything: what it needs, and no more. Each runs in a fresh process."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from rowback.cli import main
from rowback.cli.roster import ALL

if TYPE_CHECKING:
    from pathlib import Path

UNKNOWN = "no-such-command"
URL = "https://echo.example/ferry"
WEB = {"flask", "jinja2", "waitress", "werkzeug"}
NETWORK = {"h2", "httpcore", "protego"}
READING = {"rowback.text.extract", "selectolax", "trafilatura"}
TELLING = {"diff_match_patch", "rapidfuzz", "rowback.diff.words.compare"}
RECORDING = {"rowback.store.intake", "rowback.store.merging", "rowback.store.rereading"}
STORE = {"regex", "rowback.store", "sqlite3", "sqlite_utils"}
HEAVY = WEB | NETWORK | READING | TELLING | RECORDING
WITHOUT = {
    "--version": HEAVY | STORE,
    "--help": HEAVY | STORE,
    UNKNOWN: HEAVY | STORE - {"regex"},
    "tokens": HEAVY,
    "tokens new phone": HEAVY,
    "pair": HEAVY,
    "sign-in": HEAVY,
    "sign-out --everywhere": HEAVY,
    "status": HEAVY,
    "feeds": HEAVY,
    "export --output all.jsonl": HEAVY,
    "backup copy.db": HEAVY,
    "extension folder": HEAVY,
    f"hide {URL} --reason x": HEAVY,
    f"list {URL}": HEAVY,
    f"pause {URL}": HEAVY,
    f"unfollow {URL}": HEAVY,
    "search ferry": HEAVY - TELLING,
    f"edits {URL}": HEAVY - TELLING - {"rowback.store.merging"},
    "import -": WEB | NETWORK | READING,
}
_RUN = """
import json, sys
from rowback.cli import main
try:
    main(sys.argv[2:])
finally:
    with open(sys.argv[1], "w") as out:
        json.dump(sorted(sys.modules), out)
"""


def _ran(folder: Path, *arguments: str, stdin: str = "") -> set[str]:
    """The modules that a command had loaded when it ended well."""
    env = {"ROWBACK_DB": str(folder / "rowback.db"), "HOME": str(folder), "PATH": ""}
    command = [sys.executable, "-c", _RUN, str(folder / "modules.json"), *arguments]
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, env=env, cwd=folder, timeout=60)
    assert done.returncode == (2 if arguments == (UNKNOWN,) else 0), done.stderr
    return set(json.loads((folder / "modules.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("start")
    told = [
        {"url": URL, "seen_at": f"2026-01-10T0{hour}:00:00Z", "title": "Ferry", "paragraphs": [f"It leaves at {word}."]}
        for hour, word in ((8, "six"), (9, "ten"))
    ]
    assert "rowback.store.intake" in _ran(found, "import", "-", stdin="".join(json.dumps(each) + "\n" for each in told))
    return found


@pytest.mark.parametrize("command", WITHOUT)
def test_a_command_loads_nothing_that_it_does_not_need(folder: Path, command: str) -> None:
    loaded = _ran(folder, *command.split())
    assert "rowback.cli" in loaded
    assert WITHOUT[command] & loaded == set()


def test_what_reads_pages_is_loaded_where_a_page_is_read(folder: Path) -> None:
    text = "The harbour office said that the first ferry leaves at six in the morning from Monday on."
    page = f"<title>Ferry</title><h1>Ferry timetable changes</h1><p>{text}</p>"
    assert _ran(folder, "capture", "-", "--url", "https://echo.example/b", stdin=page) >= READING
    large = page + f"<p>{text}</p>" * 60
    assert _ran(folder, "capture", "-", "--url", "https://echo.example/c", stdin=large) & READING == set()


def test_the_backend_loads_what_fetches_and_reads_when_there_is_something_to_read(folder: Path) -> None:
    """Its poller runs, and finds nothing due."""
    env = {"ROWBACK_DB": str(folder / "rowback.db"), "HOME": str(folder), "PATH": ""}
    command = [sys.executable, "-c", _RUN, str(folder / "serve.json"), "serve", "--port", "0", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env, cwd=folder) as process:
        try:
            assert process.stdout
            url = next(found[1] for line in process.stdout if (found := re.search(r"running at (http://\S+)", line)))
            with urllib.request.urlopen(f"{url}/api/v1/health") as answer:
                assert answer.status == 200
        finally:
            process.terminate()
        assert process.wait(60) == 0
    loaded = set(json.loads((folder / "serve.json").read_text(encoding="utf-8")))
    assert loaded >= WEB | {"rowback.capture.poller"}
    assert loaded & {"charset_normalizer", "h2", "httpcore", "rowback.text.doubts", *READING} == set()


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_the_list_says_what_the_commands_say_of_themselves(columns: int) -> None:
    loaded = click.Group("rowback", dict(main.commands), help=main.help, params=main.params)
    loaded.context_settings = main.context_settings
    runs = [
        CliRunner().invoke(each, ["--help"], prog_name="rowback", terminal_width=columns).output
        for each in (main, loaded)
    ]
    assert runs[0] == runs[1]
    assert all(name in runs[0] for name in ALL)


@pytest.mark.parametrize("name", ALL)
def test_a_line_of_the_list_is_its_command_s(name: str) -> None:
    entry, command = ALL[name], main.commands[name]
    assert command.name == name
    assert entry.short_help == command.short_help
    assert entry.help is None or (command.help or "").startswith(entry.help)
    assert (entry.short_help is None) != (entry.help is None)
