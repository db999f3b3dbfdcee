"""The container's papers: what they copy is there, what they set is a setting, and their health check tells health."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from fnmatch import fnmatch
from typing import TYPE_CHECKING, Any

import pytest
import yaml  # type: ignore[import-untyped]

from rowback.cli import main
from rowback.config import load, unknown

from . import image
from .documents import ROOT
from .program import ENDS_WITHIN_S
from .websites import website

if TYPE_CHECKING:
    from pathlib import Path

    from .program import Program

SERVER = ROOT / "server"
NOBODY = 10_000  # below it, a user of the host may have the number


def _compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((SERVER / "compose.yaml").read_text(encoding="utf-8"))
    return found


def test_it_runs_as_a_user_without_rights_and_a_number_of_its_own() -> None:
    stage = image.stages()[-1]
    made = next(each.rest for each in stage if each.name == "RUN")
    number, user = re.findall(r"--uid (\d+) .*?(\w+) +&&", made)[0]
    assert int(number) > NOBODY
    assert [each.rest for each in stage if each.name == "USER"] == [user]
    names = [each.name for each in stage]
    after = names[names.index("USER") :]
    assert "RUN" not in after
    assert "COPY" not in after
    assert not any(each.rest.startswith("--chown") for each in stage if each.name == "COPY"), "it cannot change itself"


def test_what_is_copied_is_there_and_not_ignored() -> None:
    kept = (SERVER / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert kept[1] == "*", "nothing but what is named"
    named = [line[1:] for line in kept if line.startswith("!")]
    copied = [
        source
        for each in image.instructions()
        if each.name == "COPY" and not each.rest.startswith("--from")
        for source in each.rest.split()[:-1]
    ]
    assert sorted(copied) == sorted(named)
    assert all((ROOT / source).exists() for source in copied)
    assert not any(fnmatch(source, "**/__pycache__") for source in copied)


def test_everything_installed_is_locked() -> None:
    installs = [each.rest for each in image.instructions() if each.name == "RUN" and "pip install" in each.rest]
    assert all("--no-deps" in each for each in installs)
    assert "--require-hashes -r server/requirements.txt" in installs[0]


def test_what_they_set_are_settings(tmp_path: Path) -> None:
    environments = [
        image.environment(image.stages()[-1]),
        *(each.get("environment", {}) for each in _compose()["services"].values()),
    ]
    for environment in environments:
        assert unknown(environment) == []
    found = load({name: str(value) for each in environments for name, value in each.items()}, {}, tmp_path)
    assert str(found.db).startswith("/data/")
    assert not found.open_browser
    assert image.Instruction("VOLUME", "/data") in image.stages()[-1]
    assert image.Instruction("EXPOSE", str(found.port)) in image.stages()[-1]


def test_the_health_check_tells_whether_the_backend_can_work(rowback: Program) -> None:
    def is_healthy(port: int) -> bool:
        check = [
            sys.executable,
            *(word.replace(":8484", f":{port}") for word in image.words(image.stages()[-1], "HEALTHCHECK")[1:]),
        ]
        return subprocess.run(check, capture_output=True, timeout=ENDS_WITHIN_S).returncode == 0

    with rowback.serving("--no-poll") as serving:
        assert is_healthy(serving.client.port)
        serving.end(signal.SIGTERM)
        assert not is_healthy(serving.client.port)
    with website() as cannot:
        cannot.put("/api/v1/health", '{"status": "ok"}')
        cannot.put("/api/v1/ready", '{"status": "unavailable"}', 503)
        assert not is_healthy(cannot.port)
        assert cannot.asked


def test_compose_gives_each_service_the_data_and_no_rights() -> None:
    composed = _compose()
    for name, service in composed["services"].items():
        main.commands[service["command"][0]].make_context(name, service["command"][1:])
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert "data:/data" in service["volumes"]
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    network = composed["networks"]["rowback"]["ipam"]["config"][0]
    assert composed["services"]["rowback"]["environment"]["ROWBACK_TRUSTED_PROXIES"] == network["gateway"]


@pytest.mark.skipif(shutil.which("docker") is None, reason="docker is not installed")
def test_docker_understands_the_compose_file() -> None:
    command = ["docker", "compose", "--file", str(SERVER / "compose.yaml"), "config", "--quiet"]
    if subprocess.run(["docker", "compose", "version"], capture_output=True).returncode != 0:
        pytest.skip("docker has no compose here")
    done = subprocess.run(command, capture_output=True, text=True, timeout=ENDS_WITHIN_S)
    assert (done.returncode, done.stderr) == (0, "")
