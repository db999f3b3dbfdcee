"""What all commands share: the `--db` option, settings, the store, and errors as one line with exit code 1."""

from __future__ import annotations

import functools
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

from rowback import config, files
from rowback.cli.printer import MAX_MESSAGE, echo
from rowback.errors import BadInput, RowbackError, SettingsError, StoreError, UnknownArticle
from rowback.store import Store
from rowback.store.family import open_to_others
from rowback.text.plain import is_whole, line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rowback.config import Settings
    from rowback.model import Article

P = ParamSpec("P")
R = TypeVar("R")

MAY_BE_FILE = "source"  # of `capture`: an address or a file
_FILE = f"{__name__}.file"  # where what a command shares with its groups holds the file of settings
_WARNED = f"{__name__}.warned"
_db = click.option(
    "--db", type=click.Path(dir_okay=False, path_type=Path), help="The database file.  [default: see `rowback doctor`]"
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


def _keep_file(context: click.Context, _option: click.Parameter, given: Path | None) -> None:
    if given is not None:
        context.meta[_FILE] = given


config_option = click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    expose_value=False,
    is_eager=True,
    callback=_keep_file,
    help="Read settings from this file instead of rowback.toml.",
)


def db_option(command: Callable[P, R]) -> Callable[P, R]:
    """Adds what every command that knows the settings takes: `--db`, handed to it, and `--config`, heeded by `settings`."""
    return _db(config_option(command))


backend_option = click.option(
    "--at",
    "address",
    metavar="URL",
    help="The backend's address.  [default: this machine, at the port of the settings]",
)


def settings(**flags: object) -> Settings:
    """The settings in force with these flags, and with the file that the command was told. The first time that a command asks
    for them, what the environment only seems to set is named on stderr. Raises `SettingsError`."""
    context = click.get_current_context(silent=True)
    shared = context.meta if context is not None else {}
    for told in [] if shared.get(_WARNED) else config.unknown(os.environ):
        echo(f"Warning: {told}", err=True)
    shared[_WARNED] = True
    return config.load(os.environ, flags, file=shared.get(_FILE))


def open_store(db: Path | None, *, create: bool = True) -> Store:
    """The store that the settings name."""
    return opened(settings(db=db), create=create)


def opened(chosen: Settings, *, create: bool = True) -> Store:
    """The store of some settings. Files of it that earlier releases left open to others are closed to them, and named; what
    others may have read of them opens nothing any more."""
    found = open_to_others(chosen.db, config.data_folder())
    was_readable = any(each.is_file() and files.is_reachable(each) for each in found)
    closed = [each for each in found if files.close_to_others(each)]
    if closed:
        echo(f"No longer open to others on this machine: {', '.join(map(str, closed))}.", err=True)
    store = Store(chosen.db, create=create)
    if was_readable:
        with suppress(StoreError):  # where nothing can be written, nothing was closed for good
            store.sessions.end_old()
    if store.start.notice:
        echo(store.start.notice, err=True)
    return store


def known_article(store: Store, url: str) -> Article:
    """The article that an address leads to. Raises `BadURL`, `UnknownArticle`."""
    article = store.articles.find(url)
    if article is None:
        raise UnknownArticle(f"No version of {url} is stored. `rowback capture {url}` stores the first.")
    return article


def base() -> str:
    """Where the backend answers, by the settings."""
    return backend_at(settings())


def backend_named(address: str | None) -> str:
    """The address that `backend_option` was given, without a slash at its end, else the one of the settings.
    Raises `BadInput`."""
    if address is not None and not address.startswith(("http://", "https://")):
        raise BadInput(f"{address} is no address of a backend: write http://127.0.0.1:8484.")
    return (address or base()).rstrip("/")


def backend_at(chosen: Settings) -> str:
    """Where a program on this machine finds the backend: one that listens everywhere is found at loopback, too."""
    host = chosen.host.split(",")[0].strip()
    host = {"0.0.0.0": "127.0.0.1", "::": "127.0.0.1"}.get(host, host)  # noqa: S104 (asked for here, not listened at)
    return f"http://{f'[{host}]' if ':' in host else host}:{chosen.port}"


def told_plainly(command: Callable[P, R]) -> Callable[P, R]:
    """Turns the errors Rowback raises on purpose into one line on stderr: exit code 2 for settings, 1 for the rest."""

    @functools.wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            _check_text(kwargs)
            return command(*args, **kwargs)
        except RowbackError as error:
            echo(f"Error: {line(str(error), MAX_MESSAGE)}", err=True)
            sys.exit(2 if isinstance(error, SettingsError) else 1)

    return told


def _check_text(given: Mapping[str, object]) -> None:
    """Raises `BadInput` for an argument with bytes that are no text in the terminal's encoding; files' names may have any."""
    for name, value in given.items():
        texts = [text for text in (value if isinstance(value, tuple) else (value,)) if isinstance(text, str)]
        if name != MAY_BE_FILE and not all(map(is_whole, texts)):
            raise BadInput(f"What is given as {name.strip('_')} is no text: some of its bytes are no characters.")


def readers_reach(chosen: Settings) -> str:
    """Where readers reach the backend, for links in messages."""
    return chosen.public_address or backend_at(chosen)


def counted(number: int, noun: str) -> str:
    """A number of things: "1 edit", "2 edits"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
