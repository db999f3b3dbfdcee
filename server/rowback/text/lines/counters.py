"""Lines that count readers, comments and shares. Pure."""

from __future__ import annotations

COUNTERS = (
    r"\d[\d.,\s]*[km]?\s*(?:views?|shares?|comments?|likes?|reads?|retweets?|kommentare?|commentaires?|comentarios?|reacties)",
    r"(?:(?:view|read|show|see|add|post|leave)\s+)?(?:(?:all|a)\s+)?comments?\W*\d*\W*",
)
