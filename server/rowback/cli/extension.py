"""`rowback extension`."""

from __future__ import annotations

from pathlib import Path

import click

from rowback.cli.base import db_option, settings, told_plainly
from rowback.cli.printer import echo
from rowback.config import data_folder
from rowback.extension import unpack

HOW_TO = """\
The extension is in {folder}, set to {backend}.

Chrome, Edge, Brave:  open chrome://extensions, switch on "Developer mode", press "Load unpacked", choose that folder.
Firefox:              open about:debugging#/runtime/this-firefox, press "Load Temporary Add-on…", choose
                      {folder}/manifest.json. It stays until Firefox is closed.
"""


@click.command(short_help="Put the unpacked extension in a folder.")
@click.argument("folder", required=False, metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--backend", metavar="URL", help="The backend's address.  [default: this machine, at the port of the settings]"
)
@click.option("--token", metavar="TOKEN", help="Preset this token, too: such a copy need not be connected.")
@db_option
@told_plainly
def extension(folder: Path | None, backend: str | None, token: str | None, db: Path | None) -> None:
    """Put the unpacked extension in a folder, and say how to load it into a browser. Without DIR: in the user's data folder.

    The extension knows its backend, not the database: --db changes nothing here, and is taken so that every command
    can be given the same flags.
    """
    del db
    folder = folder or data_folder() / "extension"
    backend = backend or f"http://127.0.0.1:{settings().port}"
    unpack(folder, backend, token)
    echo(HOW_TO.format(folder=folder.resolve(), backend=backend))
