"""`rowback extension`."""

from __future__ import annotations

from pathlib import Path

import click

from rowback.cli.base import db_option, settings, told_plainly
from rowback.cli.printer import echo
from rowback.config import data_folder
from rowback.errors import BadInput
from rowback.extension import DEFAULT_BACKEND, ExtensionKind, pack, unpack

FOLDER_NAME = "rowback-extension"  # in the home directory: file choosers show it, and browsers from snaps may read it
HOW_TO = """\
The extension is in {folder}, set to {backend}.

Chrome, Edge, Brave:  open chrome://extensions, switch on "Developer mode", press "Load unpacked", choose that folder.
Firefox:              open about:debugging#/runtime/this-firefox, press "Load Temporary Add-on…", choose
                      {folder}/manifest.json. It stays until Firefox is closed.
Firefox ESR and Developer Edition keep it: see `rowback extension --xpi rowback.xpi`.
"""
EARLIER = """
An earlier release put it in {folder}. Browsers that loaded it from there go on with that old copy: remove it in the
browser, load the new folder, and delete the old one.
"""
PACKED = "{file} is packed, set to {backend}."
HOW_TO_KEEP = """\
Firefox ESR and Developer Edition: open about:config, set xpinstall.signatures.required to false, then open about:addons,
press the gear, "Install Add-on From File…", choose that file. It stays. Other Firefoxes take it once Mozilla signed it.
"""
_file = click.Path(dir_okay=False, path_type=Path)


@click.command(short_help="Put the unpacked extension in a folder, or pack it.")
@click.argument("folder", required=False, metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--backend", metavar="URL", help="The backend's address.  [default: this machine, at the port of the settings]"
)
@click.option("--token", metavar="TOKEN", help="Preset this token, too: such a copy need not be connected.")
@click.option("--zip", "zip_file", metavar="FILE", type=_file, help="Pack it for the stores of Chrome and Edge.")
@click.option("--xpi", "xpi_file", metavar="FILE", type=_file, help="Pack it for Firefox.")
@db_option
@told_plainly
def extension(
    folder: Path | None,
    backend: str | None,
    token: str | None,
    zip_file: Path | None,
    xpi_file: Path | None,
    db: Path | None,
) -> None:
    """Put the unpacked extension in a folder, and say how to load it into a browser. Without DIR: `rowback-extension` in the
    home directory.

    With --zip or --xpi it becomes one file instead, the same on every machine; that is for others, too, so it has no token,
    and its backend is http://127.0.0.1:8484 unless --backend says otherwise.

    The extension knows its backend, not the database: --db changes nothing here, and is taken so that every command
    can be given the same flags.
    """
    del db
    if zip_file or xpi_file:
        if folder or token:
            raise BadInput("A packed extension may go to others: --zip and --xpi take neither a token nor a folder.")
        _pack(zip_file, xpi_file, backend or DEFAULT_BACKEND)
        return
    folder = folder or Path.home() / FOLDER_NAME
    backend = backend or f"http://127.0.0.1:{settings().port}"
    unpack(folder, backend, token)
    echo(HOW_TO.format(folder=folder.resolve(), backend=backend))
    earlier = data_folder() / "extension"
    if (earlier / "manifest.json").is_file() and earlier.resolve() != folder.resolve():
        echo(EARLIER.format(folder=earlier))


def _pack(zip_file: Path | None, xpi_file: Path | None, backend: str) -> None:
    for file, kind in ((zip_file, ExtensionKind.STORE), (xpi_file, ExtensionKind.FIREFOX)):
        if file is not None:
            pack(file, kind, backend)
            echo(PACKED.format(file=file.resolve(), backend=backend))
    if xpi_file is not None:
        echo(HOW_TO_KEEP)
