"""Texts name the command that a person has: that of a checkout, of a package, or of whatever starts the program."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import rowback
from rowback.cli import main
from rowback.command import as_typed, command
from rowback.config import unknown
from rowback.errors import NotFound
from rowback.extension import unpack
from rowback.store import Store

from .documents import ROOT
from .forked import MAIN, run

if TYPE_CHECKING:
    from .backend import Client

CHECKOUT = {"ROWBACK_COMMAND": "server/run"}


@pytest.fixture
def in_a_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in CHECKOUT.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize("said", ["", "  "])
def test_without_a_word_of_what_started_it_the_command_is_that_of_the_package(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROWBACK_COMMAND", said)
    assert command() == "rowback"
    assert as_typed("See `rowback doctor`.") == "See `rowback doctor`."


@pytest.mark.usefixtures("in_a_checkout")
def test_only_commands_are_named_anew() -> None:
    text = "`rowback follow URL` puts it into `rowback-extension`; a rowback is a story. `rowback`"
    assert as_typed(text) == text.replace("`rowback follow", "`server/run follow")


@pytest.mark.usefixtures("in_a_checkout")
def test_errors_and_settings_know_it() -> None:
    assert str(NotFound("`rowback feeds` lists them.")) == "`server/run feeds` lists them."
    assert unknown(CHECKOUT) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["follow", "--help"], "Usage: server/run follow"),
        (["follow", "--help"], "`server/run doctor`"),
        (["backfill", "--help"], "`server/run serve`"),
        (["folow"], "Try 'server/run --help'"),
        (["unfollow", "https://nowhere.example/a"], "`server/run feeds` lists"),
        (["feeds"], "`server/run follow URL`"),
        (["tokens"], "`server/run tokens new NAME`"),
        (["doctor", "--json"], "`server/run serve`"),
        (["status"], "`server/run serve` and `server/run poll`"),
    ],
)
def test_the_command_line_names_it(arguments: list[str], said: str, tmp_path: Path) -> None:
    where = {"ROWBACK_DB": str(tmp_path / "rowback.db"), "ROWBACK_PORT": "9", "HOME": str(tmp_path)}
    Store(tmp_path / "rowback.db").close()
    done = run(MAIN, arguments, os.environ | CHECKOUT | where)
    told = " ".join((done.stdout + done.stderr).split())
    assert said in told
    assert not re.search(r"[`'“]rowback ", told)


@pytest.mark.usefixtures("in_a_checkout")
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/login", "server/run sign-in"),
        ("/pair", "server/run pair CODE"),
        ("/status", "“server/run serve” and “server/run poll”"),
        ("/", "server/run follow URL"),
        ("/sign-in?key=none", "server/run sign-in"),
    ],
)
def test_pages_name_it(path: str, said: str, client: Client) -> None:
    page = client.get(path, Accept="text/html").body.decode()
    assert said in page
    assert not re.search(r"(<code>|<pre>|[`“])rowback ", page)


@pytest.mark.usefixtures("in_a_checkout")
def test_the_api_names_it(client: Client) -> None:
    answer = client.get("/api/v1/articles", Authorization="Bearer none")
    assert "`server/run tokens new NAME`" in answer.body.decode()


@pytest.mark.parametrize(
    ("given", "backend", "told"),
    [
        ("", "http://127.0.0.1:8484", "rowback serve"),
        ("server/run", "http://localhost:9000", "server/run serve"),
        ('run "$it" \\', "http://127.0.0.1:8484", 'run "$$it" \\ serve'),
        ("server/run", "https://rowback.example.org", "rowback serve"),
    ],
)
def test_an_unpacked_extension_names_the_command_of_its_own_machine(
    given: str, backend: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROWBACK_COMMAND", given)
    unpack(tmp_path, backend)
    for language in tmp_path.glob("_locales/*/messages.json"):
        messages = json.loads(language.read_text(encoding="utf-8"))
        assert f"“{told}”" in messages["error_backend_down"]["message"], language
        assert f"{messages['command_name']['message']} serve" == told


def test_no_template_names_the_command_by_itself() -> None:
    folder = Path(rowback.__file__).parent / "web" / "templates"
    named = [
        each.name for each in folder.iterdir() if re.search(r"(<code>|<pre>|[`“])rowback ", each.read_text("utf-8"))
    ]
    assert named == []


def test_a_checkout_says_how_it_is_run_and_a_wrapper_may_say_otherwise(tmp_path: Path) -> None:
    for folder in ("server", ".venv/bin"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(ROOT / "server" / "run", tmp_path / "server" / "run")
    for name, script in (("server/venv", ":"), (".venv/bin/rowback", 'echo "$ROWBACK_COMMAND"')):
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    plain = {name: value for name, value in os.environ.items() if name != "ROWBACK_COMMAND"}
    for environment, told in ((plain, "server/run"), (plain | {"ROWBACK_COMMAND": "my-rowback"}, "my-rowback")):
        done = subprocess.run([tmp_path / "server/run"], env=environment, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == told


def test_help_read_twice_names_the_command_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ROWBACK_COMMAND", raising=False)
    first, second = (CliRunner().invoke(main, ["poll", "--help"]).output for _ in range(2))
    assert first == second
    assert "`rowback serve`" in " ".join(first.split())
