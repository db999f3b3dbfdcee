"""The checks by name. A new one (another web server in front, another database behind) is one more entry."""

from __future__ import annotations

from tests.soaking.alerts.check import ALERTS
from tests.soaking.archive.check import ARCHIVE
from tests.soaking.big.check import BIG
from tests.soaking.check import Check
from tests.soaking.chroot.check import CHROOT
from tests.soaking.clients.check import CLIENTS
from tests.soaking.fuzz.check import FUZZ
from tests.soaking.kills.check import KILLS
from tests.soaking.poller.check import POLLER

CHECKS: dict[str, Check] = {
    "kills": KILLS,
    "fuzz": FUZZ,
    "clients": CLIENTS,
    "big": BIG,
    "poller": POLLER,
    "alerts": ALERTS,
    "archive": ARCHIVE,
    "chroot": CHROOT,
}
