"""The extension's messages, as the pages' tests read them."""

from __future__ import annotations

import json
from pathlib import Path

LOCALES = Path(__file__).parents[2] / "extension" / "_locales"


def message_name(family: str, word: str) -> str:
    """The name of the message for a word of the backend's, as `nameFor` of the extension's `shared/messages.js` makes it."""
    return f"{family}_{word.replace('-', '_')}"


def english() -> dict[str, str]:
    """What each message says in English."""
    found = json.loads((LOCALES / "en/messages.json").read_text(encoding="utf-8"))
    return {name: message["message"] for name, message in found.items()}
