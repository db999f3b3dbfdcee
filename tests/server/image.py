"""Reads the Dockerfile: its stages, and what the last of them sets."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from .documents import ROOT

DOCKERFILE = ROOT / "server" / "Dockerfile"


@dataclass(frozen=True)
class Instruction:
    """One of them: its name in capitals, and what follows the name, on one line."""

    name: str
    rest: str


def instructions() -> list[Instruction]:
    """All of them, in order."""
    text = DOCKERFILE.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [Instruction(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in lines)]


def stages() -> list[list[Instruction]]:
    """The instructions of each stage; the first of each is its FROM."""
    found: list[list[Instruction]] = []
    for each in instructions():
        if each.name == "FROM":
            found.append([])
        found[-1].append(each)
    return found


def environment(stage: list[Instruction]) -> dict[str, str]:
    """What a stage's ENV sets."""
    return {
        name: value for each in stage if each.name == "ENV" for name, value in re.findall(r"(\w+)=(\S+)", each.rest)
    }


def words(stage: list[Instruction], name: str) -> list[str]:
    """The JSON list at the end of the stage's instruction of this name, after its CMD where it is a HEALTHCHECK's."""
    rest = next(each.rest for each in stage if each.name == name)
    found: list[str] = json.loads(rest[rest.index("[") :])
    return found
