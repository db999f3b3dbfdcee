"""The check `chroot`."""

from __future__ import annotations

import re
import shlex
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tests.server import image
from tests.server.backend import Client
from tests.server.documents import ROOT
from tests.server.program import ENDS_WITHIN_S, free_port
from tests.server.samples import PARAGRAPHS, URL
from tests.soaking.check import Check, Extent, Figure, Run, Until, figure
from tests.soaking.chroot import container, debian, hosting
from tests.soaking.chroot.debian import Debian, Somebody
from tests.soaking.chroot.ways import SOURCES, WAYS, with_python

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.soaking.chroot.debian import Release
    from tests.soaking.chroot.ways import Way

USER = "reader"
HOMES = f"/home/{USER}"
CONTAINER = "container"
COMPOSE = "compose"  # whether its file is understood; nothing of it runs
PYTHONS = "newest Pythons"
HOSTING = "hosting"
ALL = (*WAYS, HOSTING, CONTAINER, COMPOSE, PYTHONS)


@dataclass(frozen=True)
class Installed:
    """`rowback` as it is typed in a Debian by somebody somewhere."""

    debian: Debian
    command: str
    by: Somebody

    def run(self, arguments: str) -> str:
        return self.debian.run(f"{self.command} {arguments}", self.by)

    @contextmanager
    def serving(self, arguments: str, log: str) -> Iterator[int]:
        """The port of its backend while the block runs; then it is ended as systemd and docker do."""
        unbuffered = replace(self.by, environment={"PYTHONUNBUFFERED": "1", **self.by.environment})
        command = self.debian.command(f"exec {self.command} {arguments}", unbuffered)
        with (
            self.debian.inside(log).open("w") as said,
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, encoding="utf-8") as backend,
        ):
            try:
                assert backend.stdout is not None
                port = re.search(r"http://[^\s/]+:(\d+)", backend.stdout.readline())
                if port is None:
                    raise RuntimeError(f"it does not serve: {self.debian.inside(log).read_text(encoding='utf-8')}")
                yield int(port[1])
                backend.terminate()
                assert backend.wait(ENDS_WITHIN_S) == 0
            finally:
                backend.kill()


@dataclass
class Ways:
    """One run of the check: each time one more way."""

    run: Run
    failed: list[str] = field(default_factory=list)

    def go(self) -> list[Figure]:
        """Tries the ways until the extent is over."""
        if (reason := debian.missing()) is not None:
            return [figure("left out", reason)]
        until = Until(self.run.extent)
        for name in ALL:
            if until.once_more():
                self._try(name)
        return [figure("ways", until.done), figure("ways without a working backend", len(self.failed), at_most=0)]

    def _try(self, name: str) -> None:
        self.run.say(name)
        try:
            if name == CONTAINER:
                _is_image_good(self._debian(debian.OLDEST), debian.copy_to(self.run.folder / "image"))
            elif name == HOSTING:
                hosting.is_as_the_paper_says(self._debian(debian.OLDEST), USER)
            elif name == COMPOSE:
                self._debian(debian.NEWEST).run(f"docker-compose --file {SOURCES}/server/compose.yaml config --quiet")
            elif name == PYTHONS:
                _are_pythons_good(self._debian(debian.NEWEST))
            else:
                _is_way_good(name, WAYS[name], self._debian(debian.OLDEST))
        except (RuntimeError, AssertionError, OSError, subprocess.SubprocessError) as error:
            self.run.say(f"{name} failed: {error}")
            self.failed.append(name)

    def _debian(self, release: Release) -> Debian:
        """The copy of a bare Debian that all ways in it use, with the user and the checkout."""
        root = self.run.folder / release.name
        if not root.exists():
            self.run.say(f"making or copying the bare Debian {release.name}")
            here = debian.copy_to(root, release)
            here.run(f"useradd --create-home {USER}")
            debian.copy_checkout(here.inside(SOURCES))
        return Debian(root)


def _are_pythons_good(newest: Debian) -> None:
    """Every Python of the newest Debian, none of which may be unknown to what the package says of itself."""
    found = newest.run("cd /usr/bin && ls -v python3.*[0-9]").split()
    told = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for python in found:
        assert f'Python :: {python.removeprefix("python")}"' in told, f"{python} is in no classifier"
        _is_way_good(python, with_python(python), newest)


def _is_way_good(name: str, way: Way, here: Debian) -> None:
    home = f"{HOMES}/{name}"
    here.run(f"install -d -o {USER} -g {USER} {home}")
    # What one way brought here, the next need not.
    by = Somebody(USER, home, {"HOME": home, "XDG_CACHE_HOME": f"{HOMES}/.cache"})
    for line in way.lines:
        here.run(line, by)
    installed = Installed(here, f"{home}/{way.command}", by)
    _answers(installed, "serve --port 0 --no-open --no-poll")
    installed.run("extension unpacked")
    assert here.inside(f"{home}/unpacked/manifest.json").is_file()


def _is_image_good(first: Debian, last: Debian) -> None:
    """Builds the image's two stages, and runs what a container of it runs, on another port."""
    stage = container.build(first, last)
    _, kept = image.stages()
    port = free_port()
    by = stage.somebody(ROWBACK_PORT=f"{port}")
    installed = Installed(last, shlex.join(image.words(kept, "ENTRYPOINT")), by)
    check = shlex.join(word.replace(":8484", f":{port}") for word in image.words(kept, "HEALTHCHECK"))
    _answers(installed, shlex.join(image.words(kept, "CMD")))
    with installed.serving(shlex.join(image.words(kept, "CMD")), "/tmp/again.log"):  # noqa: S108  # a folder of the image
        last.run(check, by)
    try:
        last.run("touch /opt/rowback/bin/rowback", by)
    except RuntimeError:
        return
    raise AssertionError("the container can change itself")


def _answers(installed: Installed, serve: str) -> None:
    """Its backend stores two wordings of an article, tells the edit, and still has it when it is started again."""
    assert re.fullmatch(r"rowback, version \S+\s*", installed.run("--version"))
    token = installed.run("tokens new outside").split()[-1]
    log = "/tmp/serve.log"  # noqa: S108  # a folder of the bare Debian
    with installed.serving(serve, log) as port:
        client = Client(port, token)
        first = client.capture()
        assert first.status == 201, first
        changed = [PARAGRAPHS[0].replace(" ", " hardly ", 1), *PARAGRAPHS[1:]]
        assert client.capture(changed).status == 201
        _edits(client, 1)
    with installed.serving(serve, log) as port:
        _edits(Client(port, token), 1)


def _edits(client: Client, count: int) -> None:
    told = client.post("/api/v1/lookup", {"urls": [URL]}).json["results"][URL]
    assert told["edit_count"] == count, told


CHROOT = Check(
    description="bare Debians, an ordinary user, each way to install, the newest Pythons, and the container's steps",
    unit="ways to install",
    run=lambda run: Ways(run).go(),
    full=Extent(times=len(ALL)),
    quick=Extent(times=2),
    smallest=Extent(times=1),
)
