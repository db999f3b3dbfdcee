"""Which file settings are read from, and what the environment only seems to set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rowback.config import load, unknown
from rowback.errors import SettingsError

if TYPE_CHECKING:
    from .program import Program


def _file(folder: Path, text: str, name: str = "chosen.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_named_file_takes_the_place_of_the_usual_one(tmp_path: Path) -> None:
    _file(tmp_path, "port = 1\npublic = true\n", "rowback.toml")
    chosen = _file(tmp_path, "port = 2\n")
    assert load({}, {}, tmp_path).port == 1
    found = load({}, {}, tmp_path, chosen)
    assert (found.port, found.public) == (2, False)
    assert load({"ROWBACK_CONFIG": str(chosen)}, {}, tmp_path).port == 2
    assert load({"ROWBACK_CONFIG": ""}, {}, tmp_path).port == 1


def test_the_flag_goes_before_the_variable_and_both_before_what_they_hold(tmp_path: Path) -> None:
    first, second = _file(tmp_path, "port = 1\n"), _file(tmp_path, "port = 2\n", "second.toml")
    environment = {"ROWBACK_CONFIG": str(second)}
    assert load(environment, {}, tmp_path, first).port == 1
    assert load(environment | {"ROWBACK_PORT": "3"}, {}, tmp_path).port == 3
    assert load(environment | {"ROWBACK_PORT": "3"}, {"port": 4}, tmp_path).port == 4


def test_a_named_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"gone\.toml"):
        load({}, {}, tmp_path, tmp_path / "gone.toml")
    with pytest.raises(SettingsError, match=r"gone\.toml"):
        load({"ROWBACK_CONFIG": str(tmp_path / "gone.toml")}, {}, tmp_path)
    assert load({}, {}, tmp_path).port == 8484


def test_what_looks_like_a_setting_is_named_without_what_it_holds() -> None:
    assert unknown({"ROWBACK_DB": "x", "ROWBACK_CONFIG": "y", "HOME": "z"}) == []
    told = unknown({"ROWBACK_ALLOWED_HOST": "secret", "ROWBACK_SERVICE_PORT_HTTP": "8484", "ROWBACK_db": "x"})
    assert [each.split()[0] for each in told] == [
        "ROWBACK_ALLOWED_HOST",
        "ROWBACK_SERVICE_PORT_HTTP",
        "ROWBACK_db",
    ]
    assert "ROWBACK_ALLOWED_HOSTS" in told[0]
    assert not any("secret" in each for each in told)


@pytest.mark.parametrize("command", [["tokens"], ["sign-in"], ["poll", "--once"]], ids=" ".join)
def test_every_command_heeds_the_file_it_is_told(rowback: Program, tmp_path: Path, command: list[str]) -> None:
    other = tmp_path / "other.db"
    rowback.ok(*command, "--config", _file(tmp_path, f'db = "{other}"\n'), ROWBACK_DB="")
    assert other.exists()
    assert not rowback.db.exists()


def test_a_group_passes_the_file_on_to_its_commands(rowback: Program, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    rowback.ok("tokens", "--config", _file(tmp_path, f'db = "{other}"\n'), "new", "reader", ROWBACK_DB="")
    assert other.exists()


def test_a_wrong_file_ends_a_command_with_two(rowback: Program, tmp_path: Path) -> None:
    done = rowback("tokens", "--config", tmp_path / "gone.toml")
    assert (done.code, done.out) == (2, "")
    assert "gone.toml" in done.err
    done = rowback("tokens", "--config", _file(tmp_path, "prot = 1\n"))
    assert done.code == 2
    assert "unknown setting prot" in done.err


def test_an_unknown_variable_is_named_once_and_stops_nothing(rowback: Program) -> None:
    done = rowback.ok("tokens", "--json", ROWBACK_ALLOWED_HOST="x.example")
    assert done.json == []
    assert done.err.count("ROWBACK_ALLOWED_HOST ") == 1
