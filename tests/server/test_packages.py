"""What makes Rowback a package that installs everywhere. `tests.installing` tries each way in."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions, requires
from typing import TYPE_CHECKING, Any

import pytest

from rowback import __version__

from .documents import ROOT
from .program import COMMAND

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
BROUGHT_BY = "flask"  # what it is made of is documented as parts of it, and imported under its own name
ON_BEHALF_OF = {"zoneinfo": "tzdata"}  # of the standard library, and without a list of zones on Windows


def test_the_version_stands_in_one_place() -> None:
    assert "version" not in PROJECT
    assert PROJECT["dynamic"] == ["version"]
    said = (ROOT / PYPROJECT["tool"]["hatch"]["version"]["path"]).read_text(encoding="utf-8")
    assert f'__version__ = "{__version__}"' in said.splitlines()
    manifest = json.loads((ROOT / "extension" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["version"] == __version__  # copies are given it; a browser that loads the checkout reads it there


def test_what_trafilatura_needs_is_named_for_old_pips() -> None:
    assert any(each.startswith("lxml-html-clean") for each in PROJECT["dependencies"])


def test_whatever_is_imported_is_asked_for_by_name() -> None:
    """What another package happens to bring may be gone with its next version."""
    groups = (PROJECT["dependencies"], requires(BROUGHT_BY) or (), *PROJECT["optional-dependencies"].values())
    asked = {_name(each) for group in groups for each in group}
    brings = {module: {_name(each) for each in found} for module, found in packages_distributions().items()}
    imported = set(_imported())
    assert {"flask", "lxml", "zoneinfo"} <= imported
    for module in imported - {"rowback"}:
        if module in ON_BEHALF_OF:
            assert ON_BEHALF_OF[module] in asked
        elif module not in sys.stdlib_module_names:
            assert brings.get(module, set()) & asked, module


def test_clocks_of_a_zone_are_known_where_the_system_lists_none(tmp_path: Path) -> None:
    environment = {"ROWBACK_DB": str(tmp_path / "r.db"), "HOME": str(tmp_path), "PATH": "", "PYTHONTZPATH": ""}
    assert _ran([COMMAND, "searches", "save", "figures", "label:figure"], environment)[0] == 0
    alert = [COMMAND, "alerts", "add", "figures", "https://hooks.example/edits", "--digest", "daily", "--zone"]
    assert _ran([*alert, "Europe/Berlin"], environment)[0] == 0
    assert "is no time zone" in _ran([*alert, "Europe/Nowhere"], environment)[2]


def test_classifiers_name_every_python_that_may_be_used() -> None:
    named = [each.rpartition(" ")[2] for each in PROJECT["classifiers"] if " :: 3." in each]
    assert named[0] == PROJECT["requires-python"].removeprefix(">=")
    assert named == [f"3.{minor}" for minor in range(11, 11 + len(named))]


def test_python_m_is_the_same_command() -> None:
    for words in (["--version"], ["--help"], ["follow"]):
        here, there = (_ran([*command, *words]) for command in ([COMMAND], [sys.executable, "-m", "rowback"]))
        assert here[0] == there[0]
        # It is named as it was typed.
        assert here[1:] == tuple(told.replace("python -m rowback", "rowback") for told in there[1:])
        assert "__main__" not in here[1] + here[2]


@pytest.mark.parametrize("locale", [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}])
def test_files_and_pipes_get_utf_8_whatever_the_locale(tmp_path: Path, locale: dict[str, str]) -> None:
    title, url = "السوق الليلية في المدينة القديمة", "https://quay.example/night-market"
    line = {
        "url": url,
        "seen_at": "2026-01-31T09:30:00Z",
        "title": title,
        "paragraphs": ["Am Hafen öffnet „die Fähre“ wieder – für 3 €, teilte die Stadt mit, 夜市 auch."],
    }
    (tmp_path / "lines.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    environment = locale | {"ROWBACK_DB": str(tmp_path / "r.db"), "HOME": str(tmp_path), "PATH": ""}
    imported = _ran([COMMAND, "import", "-"], environment, (tmp_path / "lines.jsonl").read_bytes())
    assert imported[0] == 0, imported
    exported = _ran([COMMAND, "export"], environment)
    assert exported[0] == 0
    assert title in exported[1]
    assert "„die Fähre“ wieder – für 3 €" in exported[1]
    told = _ran([COMMAND, "edits", url], environment)
    assert title in told[1]


def _ran(
    command: list[str], environment: dict[str, str] | None = None, given: bytes | None = None
) -> tuple[int, str, str]:
    """The code, what was printed and what was complained of; both have to be UTF-8."""
    ran = subprocess.run(command, input=given, capture_output=True, env=environment)
    return ran.returncode, ran.stdout.decode(), ran.stderr.decode()


def _name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement)[0].lower().replace("_", "-")


def _imported() -> Iterator[str]:
    """The first words of what the package's own modules import from elsewhere."""
    for path in (ROOT / "server" / "rowback").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (each.name.partition(".")[0] for each in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0]
