"""Addresses that alerts may go to: an allow-list of schemes, and of each the parameters that do no harm.

A webhook is an http(s) address. The rest are written as Apprise writes them (https://appriseit.com). What would read files,
run programs, load more configuration or attach something is not on the list, and so is refused. No message of an error
quotes an address: it is a secret.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from rowback.errors import BadInput
from rowback.store.alerts import Target

if TYPE_CHECKING:
    from collections.abc import Collection

MAX_ADDRESS = 2_000  # characters
WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True)
class TargetKind:
    """A kind of target. `schemes` are by whether they are encrypted; `params` are those that an address may have; `module`
    and `plugin` are Apprise's, and `forced` what is set whatever the address says; `room` is how many characters a message
    may have, and `is_posted` says that the world reads it. `fixed_host` is the one that is asked, where the address names
    none."""

    name: str
    schemes: dict[str, bool]
    params: frozenset[str] = frozenset()
    module: str = ""
    plugin: str = ""
    forced: dict[str, str] = field(default_factory=dict)
    room: int = 20_000
    is_posted: bool = False
    fixed_host: str = ""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


KINDS = {
    kind.name: kind
    for kind in (
        TargetKind(WEBHOOK, {"https": True, "http": False}),
        TargetKind(
            "mail",
            {"mailtos": True, "mailto": False},
            _words("to cc bcc from name reply smtp user pass"),
            "email",
            "NotifyEmail",
            {"format": "text", "overflow": "upstream"},
        ),
        TargetKind(
            "slack", {"slack": True}, _words("to"), "slack", "NotifySlack", {"format": "text"}, fixed_host="slack.com"
        ),
        TargetKind(
            "matrix",
            {"matrixs": True, "matrix": False},
            _words("to token"),
            "matrix",
            "NotifyMatrix",
            {"format": "text", "discovery": "no", "e2ee": "no", "msgtype": "text"},
        ),
        TargetKind(
            "ntfy",
            {"ntfys": True, "ntfy": False},
            _words("to token priority tags"),
            "ntfy",
            "NotifyNtfy",
            {"format": "text"},
            room=3_900,  # beyond 4,096 bytes ntfy makes a file of a message
            fixed_host="ntfy.sh",
        ),
        TargetKind(
            "mastodon",
            {"mastodons": True, "toots": True, "mastodon": False, "toot": False},
            _words("token visibility language"),
            "mastodon",
            "NotifyMastodon",
            {"format": "text"},
            room=480,  # of 500
            is_posted=True,
        ),
        TargetKind(
            "bluesky",
            {"bluesky": True, "bsky": True},
            frozenset(),
            "bluesky",
            "NotifyBlueSky",
            {"format": "text"},
            room=280,  # of 300
            is_posted=True,
            fixed_host="bsky.social",
        ),
    )
}
_BY_SCHEME = {scheme: kind for kind in KINDS.values() for scheme in kind.schemes}


def read_target(address: str, allowed_hosts: Collection[str]) -> Target:
    """The target that an address names; unencrypted only to hosts that the owner allowed by name. Raises `BadInput`."""
    given = address.strip()
    if not given or len(given) > MAX_ADDRESS or not given.isascii() or not given.isprintable() or " " in given:
        raise BadInput(
            f"Write the address of a target, of at most {MAX_ADDRESS} plain characters without spaces: others are written "
            "as %20."
        )
    scheme, _, rest = given.partition("://")
    kind = _BY_SCHEME.get(scheme.lower())
    if kind is None or not rest:
        raise BadInput(f"A target begins with one of: {', '.join(f'{each}://' for each in _BY_SCHEME)}.")
    host = host_of(given, kind)
    _check_parts(given, kind)
    if not kind.schemes[scheme.lower()] and host != kind.fixed_host and host not in allowed_hosts:
        encrypted = next(each for each, is_encrypted in kind.schemes.items() if is_encrypted)
        raise BadInput(
            f"{scheme.lower()}:// is not encrypted: write {encrypted}://, or name the host in the setting fetch_hosts."
        )
    secret = secrets.token_urlsafe(32) if kind.name == WEBHOOK else ""
    return Target(kind.name, f"{scheme.lower()}://{host}/…", given, secret)


def host_of(address: str, kind: TargetKind) -> str:
    """The host that an address names, or the one that its kind always asks. Raises `BadInput`."""
    try:
        parts = urlsplit(address)
        host, _ = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    # `ntfy://topic` goes to ntfy.sh, and so does a host without anything behind it.
    if kind.fixed_host and (kind.name != "ntfy" or not parts.path.strip("/")):
        return kind.fixed_host
    if not host:
        raise BadInput("That address names no host.")
    return host


def _check_parts(address: str, kind: TargetKind) -> None:
    """Raises `BadInput` for parameters that are not on the list; of a webhook they are the other server's own."""
    if kind.name == WEBHOOK:
        return
    # Apprise reads what follows the first question mark, a fragment included.
    query = address.partition("?")[2].replace(";", "&").replace("#", "&").replace("?", "&")
    odd = [name for name, _ in parse_qsl(query, keep_blank_values=True) if name.lower() not in kind.params]
    if odd:
        raise BadInput(
            f"Targets of this kind may have these parameters and no others: {', '.join(sorted(kind.params)) or 'none'}."
        )
