"""The steps of the Dockerfile, done one by one in two copies of a bare Debian, as a builder does them.

The Python is Debian's and not the image's. Layers, and what a container may not do, are not tried.
"""

from __future__ import annotations

import shlex
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.server import image
from tests.server.documents import ROOT
from tests.soaking.chroot.debian import PATH, Somebody

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.soaking.chroot.debian import Debian

IGNORED = shutil.ignore_patterns("__pycache__")  # as Dockerfile.dockerignore has it; test_container.py compares
SAYS_NOTHING_HERE = {"FROM", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"}


@dataclass
class Stage:
    """One stage while it is built."""

    debian: Debian
    others: Mapping[str, Debian]
    user: str = "root"
    folder: str = "/"
    environment: dict[str, str] = field(default_factory=dict)

    def somebody(self, **more: str) -> Somebody:
        """Who runs what follows, with more in the environment."""
        return Somebody(self.user, self.folder, self.environment | more)

    def do(self, each: image.Instruction) -> None:
        """What a builder does for an instruction; raises `RuntimeError` for one that is not known here."""
        if each.name == "RUN":
            self.debian.run(each.rest, self.somebody())
        elif each.name == "COPY":
            self._copy(shlex.split(each.rest))
        elif each.name == "WORKDIR":
            self.folder = each.rest
            self.debian.inside(each.rest).mkdir(parents=True, exist_ok=True)
        elif each.name == "USER":
            self.user = each.rest
        elif each.name == "ENV":
            found = image.environment([each])
            was = self.environment.get("PATH", PATH)
            self.environment |= {name: value.replace("$PATH", was) for name, value in found.items()}
        elif each.name not in SAYS_NOTHING_HERE:
            raise RuntimeError(f"{each.name} of the Dockerfile is not known here")

    def _copy(self, words: list[str]) -> None:
        origin = ROOT
        if words[0].startswith("--from="):
            origin = self.others[words.pop(0).removeprefix("--from=")].root
        *sources, where = words
        target = self.debian.inside(f"{self.folder}/{where}" if not where.startswith("/") else where)
        for source in sources:
            _copy_one(origin / source.removeprefix("/"), target / source if where.endswith("/") else target)


def _copy_one(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=IGNORED, symlinks=True, dirs_exist_ok=True)
    else:
        shutil.copy2(source, target)


def build(first: Debian, last: Debian) -> Stage:
    """The finished last stage of two."""
    (building, kept) = image.stages()
    name = building[0].rest.split(" AS ")[1]
    earlier = Stage(first, {})
    for each in building:
        earlier.do(each)
    stage = Stage(last, {name: first})
    for each in kept:
        stage.do(each)
    return stage
