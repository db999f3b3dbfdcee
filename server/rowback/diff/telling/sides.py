"""Reads markup back: what the older and the newer version say where an edit is."""

from __future__ import annotations

import html
import re

_TAG = re.compile("</?[a-z][a-z0-9]*>")
_CHANGED = {name: re.compile(f"<{name}>[^<]*</{name}>") for name in ("ins", "del")}


def old_text(markup: str) -> str:
    """What the older version says, exactly; of several blocks one after the other."""
    return _side(markup, "ins")


def new_text(markup: str) -> str:
    """What the newer version says, exactly; of several blocks one after the other."""
    return _side(markup, "del")


def _side(markup: str, dropped: str) -> str:
    return html.unescape(_TAG.sub("", _CHANGED[dropped].sub("", markup)))
