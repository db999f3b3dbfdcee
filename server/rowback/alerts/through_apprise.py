"""Sends by mail and chat, with Apprise (an extra, imported here alone, and only when something is to be sent by it).

Of Apprise one class is used, the one that the target's kind names: its own choice by schemes, configuration files and
attachments are never asked. It looks names up by itself: the hosts that it is going to ask are checked right before, and
no redirect is followed. What it logs names addresses and texts: nothing of it is passed on but the number of a status.
"""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Future
from importlib import import_module
from typing import TYPE_CHECKING, Any

import regex

from rowback.alerts.targets import KINDS
from rowback.capture.addresses import check_port, permitted
from rowback.capture.network import Deadline, in_time
from rowback.command import command
from rowback.errors import BadInput, Undelivered

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rowback.alerts.messages import Message
    from rowback.alerts.targets import TargetKind
    from rowback.capture.fetch import Fetcher
    from rowback.store.alerts import Target

EXTRA = "rowback[alerts]"
LOOKUP_S = 10.0
MAX_SECONDS = 60.0  # for a whole message: a mail has several turns, each of which Apprise waits for up to 15 seconds
MAIL_PORTS = (25, 465, 587, 2525)
WEB_PORT = 443
_STATUS = regex.compile(r"error=(\d{3})\b")


def send(target: Target, message: Message, key: str, fetcher: Fetcher) -> None:
    """Sends a message. Raises `Undelivered`, also where that takes too long, and `ForbiddenURL` for a host on a private
    network."""
    ended: Future[None] = Future()

    def work() -> None:
        try:
            _send(target, message, key, fetcher)
            ended.set_result(None)
        except BaseException as error:  # noqa: BLE001 (raised where the end is waited for)
            ended.set_exception(error)

    # Apprise bounds each silence, but not how long an answer drips: a thread that hangs so is left alone.
    threading.Thread(target=work, name=f"{target.kind} message", daemon=True).start()
    try:
        ended.result(MAX_SECONDS)
    except TimeoutError as error:
        raise Undelivered(f"{target.shown} did not take the message in {MAX_SECONDS:g} seconds.") from error


def _send(target: Target, message: Message, key: str, fetcher: Fetcher) -> None:
    plugin = made(target, fetcher.allowed_hosts)
    for host, port in _asked(plugin, KINDS[target.kind]):
        _check(host, port, KINDS[target.kind], fetcher)
    if target.kind == "mastodon":
        plugin.idempotency_key = key
    if target.kind == "mail":  # the same again is the same message to those who look for it
        plugin.headers["X-Rowback-Delivery"] = key
    with _Heard() as heard:
        is_sent = plugin.notify(body=message.text, title=message.title, body_format="text", notify_type="info")
    if not is_sent:
        status = f" ({heard.status})" if heard.status else ""
        raise Undelivered(f"{target.shown} did not take the message{status}.")


def made(target: Target, allowed_hosts: Collection[str]) -> Any:
    """Apprise's object for a target. Raises `BadInput` for an address that it cannot read, `Undelivered` where there is no
    Apprise."""
    kind = KINDS[target.kind]
    asset, plugin = _loaded(kind)
    with _Heard():
        parsed = plugin.parse_url(target.address)
        if parsed and {name.lower() for name in parsed.get("qsd", {})} <= kind.params:
            joint = "&" if "?" in target.address else "?"
            forced = "&".join(f"{name}={value}" for name, value in kind.forced.items())
            parsed = plugin.parse_url(f"{target.address}{joint}{forced}")
        try:
            if parsed:
                found = plugin(**{**parsed, "asset": asset})
                found.redirects = False
                if target.kind == "mail":
                    _check_encrypted(found, allowed_hosts)
                return found
        except TypeError:  # what Apprise raises for an address that lacks a part
            pass
    raise BadInput(f"Apprise cannot read that address. How it is written: {plugin.setup_url}")


def _check_encrypted(plugin: Any, allowed_hosts: Collection[str]) -> None:
    if plugin.secure_mode == "insecure" and plugin.smtp_host not in allowed_hosts:
        raise BadInput("That mail server would be spoken to unencrypted: write mailtos://.")


def _loaded(kind: TargetKind) -> tuple[Any, Any]:
    try:
        logging.getLogger("apprise").propagate = False
        assets, module = import_module("apprise.asset"), import_module(f"apprise.plugins.{kind.module}")
    except ImportError as error:
        raise Undelivered(
            f'Alerts of this kind need Apprise: pip install "{EXTRA}". Then start {command()} again.'
        ) from error
    asset = assets.AppriseAsset(
        app_id="Rowback",
        app_desc="Rowback",
        app_url="",
        http_redirects=False,
        storage_mode="memory",
        allow_templates=False,
        interpret_emojis=False,
        interpret_escapes=False,
        secure_logging=True,
        pgp_autogen=False,
        pem_autogen=False,
    )
    return asset, getattr(module, kind.plugin)


def _asked(plugin: Any, kind: TargetKind) -> Iterator[tuple[str, int]]:
    """The hosts and ports that a plugin is going to ask."""
    if kind.name == "mail":
        yield plugin.smtp_host, int(plugin.port or MAIL_PORTS[0])
    elif kind.name == "bluesky":
        _, endpoint = plugin.get_identifier()  # it finds the server that has the account, and remembers it
        if not endpoint:
            raise Undelivered("Bluesky did not say which server has the account.")
        yield str(endpoint).partition("://")[2].partition("/")[0].partition(":")[0], WEB_PORT
    elif not kind.fixed_host or (kind.name == "ntfy" and plugin.mode == "private"):
        yield plugin.host, int(plugin.port or WEB_PORT)


def _check(host: str, port: int, kind: TargetKind, fetcher: Fetcher) -> None:
    """Raises `ForbiddenURL` for a host on a private network that the owner did not allow, `NoAnswer` for an unknown one."""
    if host in fetcher.allowed_hosts:
        return
    if kind.name != "mail":
        check_port(port)
    elif port not in MAIL_PORTS:
        raise BadInput(f"A mail server listens at port {', '.join(map(str, MAIL_PORTS))}.")
    permitted(host, WEB_PORT, (), in_time(fetcher.resolver, Deadline(LOOKUP_S, fetcher.clock)))


class _Heard(logging.Handler):
    """What Apprise logs in this thread meanwhile: kept from every other log, and read for the number of a status only."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.status = ""
        self._thread = threading.get_ident()
        self._logger = logging.getLogger("apprise")

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            found = _STATUS.search(record.getMessage())
            self.status = found[1] if found else self.status

    def __enter__(self) -> _Heard:
        self._logger.propagate = False
        self._logger.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._logger.removeHandler(self)
