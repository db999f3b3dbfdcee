"""What stores are told of the extension is what its manifest asks for, and fits their forms."""

from __future__ import annotations

import json
from typing import Any

from .documents import DOCS, ROOT, section, table

MANIFEST: dict[str, Any] = json.loads((ROOT / "extension" / "manifest.json").read_text(encoding="utf-8"))
ENGLISH = json.loads((ROOT / "extension" / "_locales" / "en" / "messages.json").read_text(encoding="utf-8"))
STORE = DOCS / "store"
MAX_REASON = 1_000  # characters, in Chrome's form
MAX_SUMMARY = 132  # characters, of Chrome; Firefox takes 250


def _first_cells(paper: str, heading: str) -> list[str]:
    return [cells[0].strip("`") for cells in table(section(STORE / paper, heading))]


def test_each_permission_has_a_reason() -> None:
    names = ("permissions", "optional_permissions", "host_permissions", "optional_host_permissions")
    asked = [one for name in names for one in MANIFEST[name]]
    assert sorted(_first_cells("permissions.md", "## A reason for each")) == sorted(asked)
    for cells in table(section(STORE / "permissions.md", "## A reason for each")):
        optional = cells[0].strip("`") in MANIFEST["optional_permissions"] + MANIFEST["optional_host_permissions"]
        assert cells[1].startswith("optional: ") == optional
        assert len(cells[1]) <= MAX_REASON


def test_what_is_collected_is_what_firefox_asks_for() -> None:
    asked = MANIFEST["browser_specific_settings"]["gecko"]["data_collection_permissions"]
    told = table(section(STORE / "permissions.md", "## What is collected"))
    when = {cells[0].strip("`"): cells[1] for cells in told}
    assert [kind for kind, at in when.items() if at == "at installation"] == asked["required"]
    assert [kind for kind, at in when.items() if at != "at installation"] == asked["optional"]


def test_the_listing_says_what_the_extension_says_and_fits() -> None:
    listing = (STORE / "listing.md").read_text(encoding="utf-8")
    name, summary = (ENGLISH[f"extension_{what}"]["message"] for what in ("name", "description"))
    assert f"\n## Name\n\n{name}\n" in listing
    assert f"\n## Summary\n\n{summary}\n" in listing
    assert len(summary) <= MAX_SUMMARY


def test_the_oldest_browsers_are_the_manifests() -> None:
    told = [cells[1] for cells in table(section(STORE / "README.md", "## The oldest browsers"))]
    own = MANIFEST["browser_specific_settings"]
    assert own["gecko"]["strict_min_version"] == own["gecko_android"]["strict_min_version"]
    assert told == [MANIFEST["minimum_chrome_version"], own["gecko"]["strict_min_version"]]
