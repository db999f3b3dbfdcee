"""Lines that lead elsewhere, or stand over what does. Pure."""

from __future__ import annotations

LEADS = (
    r"(?:related(?:\s+\p{L}+)?|read\s+(?:more|next|also)|more\s+(?:on|from|about)\s+(?:this|the)(?:\s+\p{L}+)?|see\s+also)\W*",
    r"(?:recommended(?:\s+for\s+you)?|you\s+may\s+also\s+like|most\s+(?:read|popular)|trending(?:\s+now)?)\W*",
    r"(?:lesen\s+sie\s+auch|(?:à\s+)?lire\s+aussi|lea\s+también|leggi\s+anche|lees\s+ook|mehr\s+zum\s+thema)\W*",
    r"(?:image|media|video)\s+(?:copyright|source)\W*.{0,60}|media playback is (?:un)?supported.{0,40}",
    r"(?:back|return)\s+to\s+(?:the\s+)?top\W*|(?:loading|please wait|close|menu|search)\W*",
)
