"""The extension's folder: finds it in the package or the checkout, and puts a copy where a browser can load it from."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from rowback import files
from rowback.errors import BadInput, SettingsError

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost"})  # the manifest has these two already
_PACKAGED = Path(__file__).parent / "_extension"
_CHECKOUT = Path(__file__).parents[2] / "extension"


def source_folder() -> Path:
    """Where the extension's files are: inside the installed package, or in the checkout."""
    for folder in (_PACKAGED, _CHECKOUT):
        if (folder / "manifest.json").is_file():
            return folder
    raise SettingsError("The extension's files are missing from this installation. Install Rowback again.")


def unpack(target: Path, backend: str, token: str | None = None, *, is_set_up: bool = False) -> None:
    """Copies the extension to `target`, preset to a backend's address (and to a token, so that it need not pair:
    then it is for its owner alone).

    One that `is_set_up` does not open its first page: all that it asks for is given.

    An earlier copy there is replaced; any other folder that is not empty is refused with `BadInput`.
    """
    parts = urlsplit(backend)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise BadInput(f"{backend} is no address of a backend: write http://127.0.0.1:8484.")
    backend = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
    if target.exists() and any(target.iterdir()):
        if not (target / "shared" / "preset.json").is_file():
            raise BadInput(f"{target} is not empty and holds something else. Name another folder.")
        shutil.rmtree(target)
    try:
        files.make_folder(target)
    except OSError as error:
        raise BadInput(f"{target} cannot be made: {error.strerror}.") from error
    # One by one: a folder that is copied whole gets the permissions of the source.
    for each in source_folder().iterdir():
        (shutil.copytree if each.is_dir() else shutil.copy2)(each, target / each.name)
    preset = {"backend": backend} | ({"token": token} if token else {}) | ({"is_set_up": True} if is_set_up else {})
    files.write(target / "shared" / "preset.json", json.dumps(preset, indent=2) + "\n")
    if parts.hostname not in LOOPBACK_HOSTS:
        _allow_host(target / "manifest.json", f"{parts.scheme}://{parts.hostname}/*")


def _allow_host(manifest: Path, pattern: str) -> None:
    described = json.loads(manifest.read_text(encoding="utf-8"))
    described["host_permissions"] = [*described.get("host_permissions", []), pattern]
    manifest.write_text(json.dumps(described, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
