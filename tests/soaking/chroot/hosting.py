"""The paper on hosting, typed as it stands there by somebody who may use sudo: install, run as services, back up, upgrade,
roll back. systemd is not running in a bare Debian; `systemctl` beside this file does as the installed units say.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.deadline import until
from tests.server.backend import Client
from tests.server.documents import DOCS, blocks, commands
from tests.server.program import free_port
from tests.soaking.chroot.debian import Somebody
from tests.soaking.chroot.ways import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.soaking.chroot.debian import Debian

PAPER = DOCS / "hosting.md"
SETTINGS = "/etc/rowback.toml"
SERVICES = ("rowback.service", "rowback-poll.service")
ROWBACK = "sudo -u rowback /opt/rowback/bin/rowback"
UP_WITHIN_S = 120.0
GIT = f"git -C {SOURCES} -c user.name=tests -c user.email=tests@example.org"
# The paper's address is this checkout.
PUBLISHED = (
    f"{GIT} init --quiet",
    f"{GIT} add .",
    f"{GIT} commit --quiet --message checkout",
    f"git config --system url.file://{SOURCES}.insteadOf https://github.com/rowback/rowback",
    "git config --system --add safe.directory '*'",
)


def is_as_the_paper_says(here: Debian, user: str) -> None:
    """Raises `RuntimeError` with what a line said that failed, `AssertionError` where it did not do what it is there for."""
    by = _admin(here, user)
    lines = [line for line in commands(PAPER) if line.startswith("sudo ")]
    upgrade = next(place for place, line in enumerate(lines) if line.startswith("sudo systemctl start rowback-backup"))
    port = free_port()
    settings = next(each for each in blocks(PAPER, "toml") if each.startswith("db = "))
    here.inside(SETTINGS).write_text(f"{settings}port = {port}\n", encoding="utf-8")
    with _ended(here, by):
        for line in lines[:upgrade]:
            here.run(line, by)
        token = here.run(f"{ROWBACK} tokens new outside --config {SETTINGS}", by).split()[-1]
        client = Client(port, token)
        until(lambda: _is_up(client), lambda: _log(here), UP_WITHIN_S)
        assert client.capture().status == 201
        for line in lines[upgrade:]:
            here.run(line, by)
        until(lambda: _is_up(client), lambda: _log(here), UP_WITHIN_S)
        assert _stored(client) == 1
    copies = here.run("ls /var/lib/rowback/copies", Somebody()).split()
    assert len(copies) == 1, copies
    here.run(f"{ROWBACK} restore /var/lib/rowback/copies/{copies[0]} --config {SETTINGS}", by)


def _admin(here: Debian, user: str) -> Somebody:
    """A user with sudo, in a checkout that lies at the paper's address."""
    here.run("apt-get install -qq --yes --no-install-recommends sudo >/dev/null")
    here.inside("/etc/sudoers.d/tests").write_text(
        f"{user} ALL=(ALL) NOPASSWD: ALL\nDefaults !env_reset, !use_pty\n", encoding="utf-8"
    )
    shutil.copy2(Path(__file__).with_name("systemctl"), here.inside("/usr/local/bin/systemctl"))
    here.run(" && ".join(PUBLISHED))
    return Somebody(user, SOURCES, {"HOME": f"/home/{user}"})


@contextmanager
def _ended(here: Debian, by: Somebody) -> Iterator[None]:
    """Ends what the block leaves running."""
    try:
        yield
    finally:
        for service in SERVICES:
            if here.inside(f"/run/{service}.pid").exists():
                here.run(f"sudo systemctl stop {service}", by)


def _is_up(client: Client) -> bool:
    try:
        return client.get("/api/v1/ready").status == 200
    except OSError:
        return False


def _stored(client: Client) -> int:
    return len(client.get("/api/v1/articles").json["articles"])


def _log(here: Debian) -> str:
    return "it to be ready; it says " + "".join(
        here.inside(f"/run/{service}.log").read_text(encoding="utf-8") for service in SERVICES
    )
