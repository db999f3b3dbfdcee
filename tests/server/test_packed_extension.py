"""The extension as one file for a store or for Firefox, and as a folder that stays the same extension."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from rowback import __version__, extension
from rowback.cli import main
from rowback.errors import BadInput
from rowback.extension import DEFAULT_BACKEND, ExtensionKind, pack, source_folder, unpack

if TYPE_CHECKING:
    from pathlib import Path

ID = "ljmdonifpgmhnnlijbgidldcgnehadcj"  # as Chrome says it; it must never change, else connections are lost
PACKED = (ExtensionKind.STORE, ExtensionKind.FIREFOX)
MUST = {"manifest.json", "shared/preset.json", "background/worker.js", "_locales/en/messages.json", "icons/128.png"}


def _packed(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def _said(path: Path, name: str = "manifest.json") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_packed(path)[name])
    return found


@pytest.mark.parametrize("kind", PACKED)
def test_the_same_files_make_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: ExtensionKind
) -> None:
    pack(tmp_path / "one", kind)
    other = tmp_path / "source"
    shutil.copytree(source_folder(), other, copy_function=shutil.copy)
    for number, path in enumerate(sorted(other.rglob("*"))):
        os.utime(path, (1_000_000_000 + number, 1_000_000_000 + number))
        path.chmod(0o700)
    for leavings in ("popup/popup.js~", ".DS_Store", "icons/.hidden.png", "content/note.orig"):
        (other / leavings).write_text("left")
    monkeypatch.setattr(extension, "_PACKAGED", other)
    monkeypatch.chdir(other)
    pack(tmp_path / "two", kind)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert list(_packed(tmp_path / "one")) == sorted(_packed(tmp_path / "one"))
    assert _packed(tmp_path / "one").keys() >= MUST


@pytest.mark.parametrize("kind", PACKED)
def test_nothing_of_this_machine_is_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: ExtensionKind
) -> None:
    monkeypatch.setenv("ROWBACK_PORT", "9999")
    ran = CliRunner().invoke(main, ["extension", f"--{kind}", str(tmp_path / "file")])
    assert ran.exit_code == 0, ran.output
    assert _said(tmp_path / "file", "shared/preset.json") == {"backend": DEFAULT_BACKEND}
    manifest = _said(tmp_path / "file")
    assert "key" not in manifest
    assert manifest["version"] == __version__


@pytest.mark.parametrize("more", [["--token", "secret"], ["FOLDER"]])
@pytest.mark.parametrize("kind", PACKED)
def test_a_packed_one_never_has_a_token(tmp_path: Path, kind: ExtensionKind, more: list[str]) -> None:
    file = tmp_path / "file"
    given = [str(tmp_path / each) if each == "FOLDER" else each for each in more]
    ran = CliRunner().invoke(main, ["extension", f"--{kind}", str(file), *given])
    assert ran.exit_code == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", PACKED)
def test_one_for_a_backend_elsewhere_may_reach_it(tmp_path: Path, kind: ExtensionKind) -> None:
    pack(tmp_path / "file", kind, "https://rowback.example.org:8443/")
    assert _said(tmp_path / "file", "shared/preset.json") == {"backend": "https://rowback.example.org:8443"}
    assert "https://rowback.example.org/*" in _said(tmp_path / "file")["host_permissions"]


def test_a_file_that_is_something_else_is_left_alone(tmp_path: Path) -> None:
    letter, strange = tmp_path / "letter.txt", tmp_path / "other.zip"
    letter.write_text("keep me")
    with zipfile.ZipFile(strange, "w") as archive:
        archive.writestr("manifest.json", "{}")
    before = strange.read_bytes()
    for file in (letter, strange):
        with pytest.raises(BadInput, match="something else"):
            pack(file, ExtensionKind.STORE)
    assert (letter.read_text(), strange.read_bytes()) == ("keep me", before)
    pack(tmp_path / "again.zip", ExtensionKind.STORE)
    pack(tmp_path / "again.zip", ExtensionKind.STORE)
    with pytest.raises(BadInput, match="cannot be written"):
        pack(tmp_path / "none" / "file.zip", ExtensionKind.STORE)


def test_firefox_reads_nothing_that_only_chrome_knows(tmp_path: Path) -> None:
    pack(tmp_path / "file", ExtensionKind.FIREFOX)
    manifest = _said(tmp_path / "file")
    assert not manifest.keys() & {"key", "minimum_chrome_version", "side_panel"}
    assert manifest["background"] == {"scripts": ["background/worker.js"], "type": "module"}
    assert "sidePanel" not in manifest["permissions"]
    gecko = manifest["browser_specific_settings"]["gecko"]
    assert gecko["data_collection_permissions"] == {"required": ["browsingActivity"], "optional": ["websiteContent"]}


def test_chrome_knows_the_folder_again_wherever_it_is(tmp_path: Path) -> None:
    for name in ("here", "there"):
        unpack(tmp_path / name, DEFAULT_BACKEND)
        key = json.loads((tmp_path / name / "manifest.json").read_text(encoding="utf-8"))["key"]
        digest = hashlib.sha256(base64.b64decode(key, validate=True)).hexdigest()[:32]
        assert "".join(chr(ord("a") + int(each, 16)) for each in digest) == ID


def test_without_a_name_the_folder_is_where_people_and_snaps_see_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    old = home / ".local" / "share" / "rowback" / "extension"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(old.parents[1]))
    first = CliRunner().invoke(main, ["extension"])
    assert first.exit_code == 0, first.output
    assert (home / "rowback-extension" / "manifest.json").is_file()
    assert str(home / "rowback-extension") in first.output
    assert "earlier" not in first.output
    unpack(old, DEFAULT_BACKEND)
    assert str(old) in CliRunner().invoke(main, ["extension"]).output
