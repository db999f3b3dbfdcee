"""Which browser the demo takes, and what it says when there is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rowback.demo import advice
from rowback.demo.browser import (
    MAKES,
    MIN_CHROMIUM,
    MIN_FIREFOX,
    Browser,
    Family,
    Machine,
    Obstacle,
    find_browser,
    this_machine,
)
from rowback.errors import SettingsError

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests" / "cases" / "demo-browsers.json").read_text(encoding="utf-8"))["cases"]
CHROMIUM, _, FIREFOX, CHROME, _ = MAKES


def machine(platform: str, installed: dict[str, str], environ: dict[str, str] | None = None) -> Machine:
    """A machine on which these programs are installed, each printing what it prints for `--version`."""
    surroundings = {
        "linux": {"DISPLAY": ":0"},
        "darwin": {"HOME": "/Users/reader"},
        "win32": {"ProgramFiles": "C:/Program Files", "ProgramFiles(x86)": "C:/Program Files (x86)"},
    }[platform]
    on_path = {Path(path).name: path for path in installed if path.startswith("/usr/bin/")}
    return Machine(
        platform=platform,
        environ=surroundings if environ is None else environ,
        which=on_path.get,
        is_file=lambda path: path.as_posix() in installed,
        version_text=lambda path: installed[path.as_posix()],
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_the_right_browser_is_found(case: dict[str, Any]) -> None:
    here = machine(case["platform"], case["installed"])
    if "error" in case:
        with pytest.raises(SettingsError, match=case["error"]):
            find_browser(here, case["wanted"])
        return
    found = find_browser(here, case.get("wanted"))
    if case["chosen"] is None:
        assert found is None
        return
    assert found is not None
    told = (found.path.as_posix(), found.make.name, found.version, found.obstacle)
    assert told == (case["chosen"], case["make"], case["version"], case["obstacle"])


def test_the_least_versions_are_those_of_the_manifest() -> None:
    manifest = json.loads((ROOT / "extension" / "manifest.json").read_text(encoding="utf-8"))
    assert int(manifest["minimum_chrome_version"]) == MIN_CHROMIUM
    assert int(float(manifest["browser_specific_settings"]["gecko"]["strict_min_version"])) == MIN_FIREFOX


def test_a_program_that_cannot_be_run_has_no_version(tmp_path: Path) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("not a program")
    assert this_machine().version_text(broken) == ""


@pytest.mark.parametrize(
    ("platform", "environ", "has"),
    [
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {}, False),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_a_display_is_known_by_the_environment(platform: str, environ: dict[str, str], has: bool) -> None:
    assert machine(platform, {}, environ).has_display is has


def test_without_a_display_no_browser_is_started_unless_it_needs_none() -> None:
    here = machine("linux", {}, environ={})
    browser = Browser(CHROMIUM, Path("/usr/bin/chromium"), 156)
    assert "no display" in (advice.why_not(here, browser, headless=False) or "")
    assert advice.why_not(here, browser, headless=True) is None


def test_what_is_missing_is_said() -> None:
    here = machine("linux", {})
    assert "No browser was found" in (advice.why_not(here, None, headless=False) or "")
    old = Browser(FIREFOX, Path("/usr/bin/firefox"), 128)
    assert "Firefox 128 is too old" in (advice.why_not(here, old, headless=False) or "")


def test_a_browser_that_refuses_is_still_opened() -> None:
    refusing = Browser(CHROME, Path("/usr/bin/google-chrome"), 141)
    assert refusing.obstacle is Obstacle.REFUSES
    assert advice.why_not(machine("linux", {}), refusing, headless=False) is None
    assert "Google Chrome 141" in advice.refused(refusing)


@pytest.mark.parametrize(
    ("family", "steps", "missing"),
    [
        (
            Family.CHROMIUM,
            ["chrome://extensions", "Developer mode", "Load unpacked", "/x/extension"],
            "about:debugging",
        ),
        (Family.FIREFOX, ["about:debugging#/runtime/this-firefox", "/x/extension/manifest.json"], "chrome://"),
        (None, ["chrome://extensions", "about:debugging", "http://127.0.0.1:1/"], "{"),
    ],
)
def test_the_way_by_hand_is_told_exactly(family: Family | None, steps: list[str], missing: str) -> None:
    told = advice.load_by_hand(family, Path("/x/extension"), "http://127.0.0.1:1")
    assert all(step in told for step in steps)
    assert missing not in told
