"""Which release each connected extension is of, as it says with its requests: heard since the start, for the status page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rowback import __version__

SAID_BY_EXTENSION = "Rowback-Extension"
SAID_BY_BACKEND = "Rowback-Version"
MOST = 100  # connections that are remembered; a household has a handful
_RELEASE = re.compile(r"\d{1,6}(?:\.\d{1,6}){0,3}")


@dataclass(frozen=True, slots=True)
class Extension:
    """A connection by its name, and the release that it spoke with last."""

    name: str
    version: str
    is_behind: bool
    """Whether it is older than this backend."""
    is_ahead: bool


class Heard:
    """What was heard, the newest last."""

    def __init__(self) -> None:
        self._versions: dict[str, str] = {}

    def note(self, name: str, said: str | None) -> None:
        """Notes what the bearer of the token `name` says of itself; what is no release is not heard."""
        if said is None or self._versions.get(name) == said or not _RELEASE.fullmatch(said):
            return
        kept = {other: version for other, version in self._versions.items() if other != name} | {name: said}
        self._versions = dict(list(kept.items())[-MOST:])  # in one piece: other threads read it

    def all(self) -> list[Extension]:
        """Everything heard, by name."""
        own = release(__version__)
        return [
            Extension(name, version, release(version) < own, release(version) > own)
            for name, version in sorted(self._versions.items())
        ]


def release(version: str) -> tuple[int, ...]:
    """The numbers of a release, four of them, to be compared; what stands after them (`.dev1`) counts for nothing."""
    found = _RELEASE.match(version)
    numbers = [int(part) for part in found[0].split(".")] if found else []
    return tuple((numbers + [0] * 4)[:4])
