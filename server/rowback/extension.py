"""The extension's files: finds them in the package or the checkout, puts a copy where a browser can load it from, and packs
one for a store or for Firefox."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from rowback import __version__, files
from rowback.command import NAME, command
from rowback.errors import BadInput, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from urllib.parse import SplitResult

DEFAULT_BACKEND = "http://127.0.0.1:8484"
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost"})  # the manifest has these two already
# Half of a pair of which the other half was thrown away. Chrome makes an extension's id of it, else of its folder's path:
# moved to another folder, the copy stays the same extension, with its settings and its connection.
KEY = (
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwowXIFFe1NnMhT5vcvFcBqiD36fyBw50Z3T+YUFL1JyClYP0Z5guawn/"
    "fmzqChYtNcCoIx1SVI7IXE8tYLZdAbFaR+13Nq0YBa1Z5ATnkRG3ar/52IqeN0nuX7le8I0mGChTsxO8AzOOyFeyiC9fR6c69pyl"
    "Jx3PZo0+VPB7LPrwoxnHqCcMfUq1Wu1e1a+iEkwvv9F7u8SeW0ZldUeVnJUdG6edneXKaCiXC7wyTkPeyhYsQfPPknrU7SuD3NxS"
    "BatkLY/G+MOAHqUPN1TQslSQYjQS0XOUhHhR6H1TXkuNniq/IfIj5jeB+ISYSuL+/BxXJVIN2pGnFGNVvzYrnQIDAQAB"
)
_PACKAGED = Path(__file__).parent / "_extension"
_CHECKOUT = Path(__file__).parents[2] / "extension"
_MANIFEST, _PRESET = "manifest.json", "shared/preset.json"
_SUFFIXES = frozenset({".css", ".html", ".js", ".json", ".png", ".svg"})  # an editor's leavings are none of it
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can tell


class ExtensionKind(StrEnum):
    """For whom the files are. Each reads a manifest of its own."""

    FOLDER = "folder"
    """To be loaded unpacked, by any browser."""
    STORE = "zip"
    """For the Chrome Web Store and Edge's, which give the extension an id."""
    FIREFOX = "xpi"
    """For Firefox, without what only Chrome knows."""


def source_folder() -> Path:
    """Where the extension's files are: inside the installed package, or in the checkout."""
    for folder in (_PACKAGED, _CHECKOUT):
        if (folder / _MANIFEST).is_file():
            return folder
    raise SettingsError("The extension's files are missing from this installation. Install Rowback again.")


def unpack(target: Path, backend: str, token: str | None = None, *, is_set_up: bool = False) -> None:
    """Copies the extension to `target`, preset to a backend's address (and to a token, so that it need not pair:
    then it is for its owner alone).

    One that `is_set_up` does not open its first page: all that it asks for is given.

    An earlier copy there is replaced; any other folder that is not empty is refused with `BadInput`.
    """
    parts = _parts(backend)
    if target.exists() and any(target.iterdir()):
        if not (target / _PRESET).is_file():
            raise BadInput(f"{target} is not empty and holds something else. Name another folder.")
        shutil.rmtree(target)
    try:
        files.make_folder(target)
    except OSError as error:
        raise BadInput(f"{target} cannot be made: {error.strerror}.") from error
    # One by one: a folder that is copied whole gets the permissions of the source.
    for each in source_folder().iterdir():
        (shutil.copytree if each.is_dir() else shutil.copy2)(each, target / each.name)
    if parts.hostname in LOOPBACK_HOSTS and command() != NAME:
        _name_command(target)
    preset = {"backend": _address(parts)} | ({"token": token} if token else {})
    files.write(target / _PRESET, _text(preset | ({"is_set_up": True} if is_set_up else {})))
    (target / _MANIFEST).write_text(_text(_manifest(ExtensionKind.FOLDER, parts)), encoding="utf-8")


def pack(target: Path, kind: ExtensionKind, backend: str = DEFAULT_BACKEND) -> None:
    """Writes the extension as one file, preset to a backend's address and never to a token.

    The same files make the same bytes on every machine: in order, without their times, and not compressed, which libraries
    do differently. A file there that is no packed Rowback is refused with `BadInput`.
    """
    parts = _parts(backend)
    if target.exists() and not _is_packed(target):
        raise BadInput(f"{target} is something else. Name another file.")
    own = {_MANIFEST: _manifest(kind, parts), _PRESET: {"backend": _address(parts)}}
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, path in _files():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # Unix, wherever it is made
            archive.writestr(entry, _text(own[name]) if name in own else path.read_bytes())
    try:
        target.write_bytes(packed.getvalue())
    except OSError as error:
        raise BadInput(f"{target} cannot be written: {error.strerror}.") from error


def _name_command(folder: Path) -> None:
    """Lets a copy for this machine name the command as it is typed here. Its texts have commands between “ and ”."""
    typed = command().replace("$", "$$")  # a $ begins what is put in
    for path in folder.glob("_locales/*/messages.json"):
        said = json.loads(path.read_text(encoding="utf-8"))
        for each in said.values():
            each["message"] = each["message"].replace(f"“{NAME} ", f"“{typed} ")
        said["command_name"]["message"] = typed
        files.write(path, _text(said))


def _files() -> Iterator[tuple[str, Path]]:
    source = source_folder()
    names = {path.relative_to(source).as_posix(): path for path in source.rglob("*") if path.is_file()}
    for name in sorted(names):
        if names[name].suffix in _SUFFIXES and not any(part.startswith(".") for part in name.split("/")):
            yield name, names[name]


def _is_packed(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return _PRESET in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def _manifest(kind: ExtensionKind, parts: SplitResult) -> dict[str, Any]:
    """The manifest as it is read by whom `kind` names, for a backend at this address."""
    said: dict[str, Any] = json.loads((source_folder() / _MANIFEST).read_text(encoding="utf-8"))
    said["version"] = re.match(r"[\d.]*\d", __version__)[0]  # type: ignore[index]  # stores take numbers only
    if parts.hostname not in LOOPBACK_HOSTS:
        said["host_permissions"] = [*said.get("host_permissions", []), f"{parts.scheme}://{parts.hostname}/*"]
    if kind is ExtensionKind.FOLDER:
        said["key"] = KEY
    if kind is ExtensionKind.FIREFOX:
        del said["minimum_chrome_version"], said["side_panel"], said["background"]["service_worker"]
        said["permissions"] = [each for each in said["permissions"] if each != "sidePanel"]
    return said


def _parts(backend: str) -> SplitResult:
    parts = urlsplit(backend)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise BadInput(f"{backend} is no address of a backend: write {DEFAULT_BACKEND}.")
    return parts


def _address(parts: SplitResult) -> str:
    """Of the backend, with the path below which it lies, without a slash at the end."""
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
