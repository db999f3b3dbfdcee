"""The command line, as a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from . import forked

LINES = [
    {"url": "https://echo.example/a", "seen_at": f"2026-01-10T{hour}:00:00Z", "title": "Ferry", "paragraphs": [text]}
    for hour, text in (("08", "It leaves at six."), ("09", "It leaves at ten."))
]


def _run(tmp_path: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ROWBACK_")}
    environment = kept | {"ROWBACK_DB": str(tmp_path / "rowback.db")}
    return forked.run(forked.MAIN, arguments, environment, stdin=stdin, within_s=60)


@pytest.fixture
def history(tmp_path: Path) -> str:
    text = "".join(json.dumps(line) + "\n" for line in LINES)
    assert _run(tmp_path, "import", "-", stdin=text).returncode == 0
    return text


def test_an_import_can_be_repeated(tmp_path: Path, history: str) -> None:
    assert "0 new versions, 2 unchanged" in _run(tmp_path, "import", "-", stdin=history).stdout


def test_bad_lines_are_listed_and_the_rest_is_kept(tmp_path: Path, history: str) -> None:
    done = _run(tmp_path, "import", "-", stdin="nonsense\n" + history)
    assert done.returncode == 1
    assert "-:1: not JSON" in done.stderr


def test_what_an_import_came_to_is_printed_as_json(tmp_path: Path, history: str) -> None:
    done = _run(tmp_path, "import", "-", "--json", stdin=history + "nonsense\n")
    assert (done.returncode, json.loads(done.stdout)) == (
        1,
        [{"file": "-", "new_versions": 0, "unchanged": 2, "bad_lines": 1}],
    )


def test_a_page_is_captured_from_standard_input(tmp_path: Path) -> None:
    text = "The harbour office said that the first ferry leaves at six in the morning from Monday on."
    page = f"<title>Ferry</title><h1>Ferry timetable changes</h1><p>{text}</p>"
    done = _run(tmp_path, "capture", "-", "--url", "https://echo.example/b", stdin=page)
    assert done.stdout.startswith("Stored version 0 of Ferry timetable changes")
    assert "--url" in _run(tmp_path, "capture", "-", stdin=page).stderr


def test_edits_are_shown_and_printed_as_json(tmp_path: Path, history: str) -> None:
    assert "It leaves at [-six-]{+ten+}." in _run(tmp_path, "edits", "https://www.echo.example/a/").stdout
    told = json.loads(_run(tmp_path, "edits", "https://echo.example/a", "--json").stdout)
    assert told["edits"][0]["markup"] == "<p>It leaves at <del>six</del><ins>ten</ins>.</p>"


def test_what_is_exported_can_be_imported_elsewhere(tmp_path: Path, history: str) -> None:
    exported = _run(tmp_path, "export").stdout
    other = tmp_path / "other"
    other.mkdir()
    assert "2 new versions" in _run(other, "import", "-", stdin=exported).stdout
    assert _run(other, "export").stdout == exported


def test_a_dash_stands_for_standard_output_and_input(tmp_path: Path, history: str) -> None:
    lines = _run(tmp_path, "export", "--output", "-").stdout.splitlines()
    assert [json.loads(line)["seen_at"] for line in lines] == [line["seen_at"] for line in LINES]
    page = "<h1>Ferry leaves at ten</h1><p>The first ferry leaves at ten from Monday on, the harbour office said.</p>"
    done = _run(tmp_path, "capture", "-", "--url", "https://echo.example/b", stdin=page)
    assert (done.returncode, done.stderr) == (0, "")
    assert "version 0 of Ferry leaves at ten" in done.stdout


def test_a_file_that_begins_with_a_byte_order_mark_is_imported(tmp_path: Path, history: str) -> None:
    (tmp_path / "marked.jsonl").write_text(history, encoding="utf-8-sig")
    assert "2 unchanged" in _run(tmp_path, "import", str(tmp_path / "marked.jsonl")).stdout


@pytest.mark.parametrize("command", [("export", "--output"), ("backup",)], ids=["export", "backup"])
def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, history: str, command: tuple[str, ...]) -> None:
    (tmp_path / "taken").write_text("a file, and no folder")
    place = tmp_path / "taken" / "copy"
    done = _run(tmp_path, *command, str(place))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Error: {place} cannot be ")


def test_an_unknown_article_is_said_to_be_so(tmp_path: Path, history: str) -> None:
    done = _run(tmp_path, "edits", "https://echo.example/other")
    assert (done.returncode, done.stdout) == (1, "")
    assert "rowback capture" in done.stderr


def test_a_saved_page_is_captured(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<article><h1>Ferry stays in port</h1><p>The ferry stays in port today.</p></article>")
    done = _run(tmp_path, "capture", str(page), "--url", "https://echo.example/f", "--at", "2026-01-31T09:30:00Z")
    assert done.stdout.startswith("Stored version 0 of Ferry stays in port")


def test_a_new_token_stands_alone_on_stdout(tmp_path: Path) -> None:
    assert len(_run(tmp_path, "tokens", "new", "script").stdout.split()) == 1
    assert _run(tmp_path, "tokens", "new", "script").returncode == 1
    assert _run(tmp_path, "tokens", "revoke", "script").returncode == 0


def test_the_extension_is_put_into_a_folder_and_nothing_else_is_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "extension"
    assert _run(tmp_path, "extension", str(target), "--backend", "http://127.0.0.1:9999").returncode == 0
    assert json.loads((target / "shared" / "preset.json").read_text())["backend"] == "http://127.0.0.1:9999"
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("keep me")
    assert _run(tmp_path, "extension", str(mine)).returncode == 1
    assert (mine / "letter.txt").read_text() == "keep me"


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_serve_stops_cleanly(tmp_path: Path, ending: signal.Signals) -> None:
    command = [sys.executable, "-c", "from rowback.cli import main; main()", "serve", "--port", "0"]
    environment = os.environ | {"ROWBACK_DB": str(tmp_path / "rowback.db"), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as serving:
        assert serving.stdout is not None
        assert "running at" in serving.stdout.readline()
        serving.send_signal(ending)
        assert serving.wait(30) == 0


def test_a_port_in_use_is_said_to_be_so(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = _run(tmp_path, "serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "--port" in done.stderr


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "rowback.db").write_text("this is a letter and no database, and it is long enough" * 20)
    done = _run(tmp_path, "tokens")
    assert done.returncode == 1
    assert "not an SQLite database" in done.stderr


def test_an_article_is_hidden_shown_paused_and_forgotten(tmp_path: Path, history: str) -> None:
    url = "https://echo.example/a"
    assert _run(tmp_path, "hide", url).returncode == 2
    assert _run(tmp_path, "hide", url, "--reason", "A court forbids it.").stdout.startswith("Hidden: Ferry")
    assert _run(tmp_path, "search", "leaves").stdout == ""
    assert _run(tmp_path, "hide", url, "--undo").stdout.startswith("Shown again: Ferry")
    assert _run(tmp_path, "pause", url, "--undo").stdout.startswith("Checked again: Ferry")
    assert _run(tmp_path, "forget", url, stdin="n\n").returncode == 1
    assert "ten" in _run(tmp_path, "edits", url).stdout
    assert "Forgotten: Ferry" in _run(tmp_path, "forget", url, stdin="y\n").stdout
    assert _run(tmp_path, "edits", url).returncode == 1
