"""Lines that say when: updated, published, so long ago; and how long it takes to read. Pure."""

from __future__ import annotations

# What is read of these is never given back, so that a line of nothing else takes no longer than any other.
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*+"
_UNITS = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)"
_DATE = (
    rf"(?:(?:\d(?:[\d:.,/–-]|h(?!\p{{L}}))*+(?:st|nd|rd|th|am|pm|h)?|{_MONTHS}|{_UNITS}|(?:mon|tue|wed|thu|fri|sat|sun)\p{{L}}*+|"
    r"today|yesterday|gmt|utc|bst|est|edt|et|pst|pdt|pt|cet|cest|uk|a\.?m\.?|p\.?m\.?|at|on|of|the|and|ago|an?|uhr|show|all|"
    r"updates|[^\w\s])\s*+)+"
)
TIMES = (
    # "Last updated 3 hours ago", "Published 5 April 2009 at 19:26 GMT"
    rf"(?:(?:page|article)\s+)?(?:(?:last|first)\s+)?(?:updated|published|posted|modified|edited)(?:\s*:|\s+on|\s+at)?\s+{_DATE}",
    rf"(?:(?:about|over)\s+)?(?:an?|\d+)\s+{_UNITS}\s+ago",
    # "2 hours agoAnna LindHarbour correspondent", "By Anna Lind, 2 hours ago": a byline that counts the hours
    rf"(?:an?|\d+)\s+{_UNITS}\s+(?-i:ago)\W*(?-i:\p{{Lu}})[^.!?]*",
    rf"by\s+[^.!?]{{1,80}}\W\s*(?:(?:published|updated|posted)\s+)?(?:an?|\d+)\s+{_UNITS}\s+ago",
    r"(?:vor|il y a|hace|há)\s+(?:\d+|einer?|une?|una?|um|uma)\s+\p{L}+|\d+\s+\p{L}+\s+(?:fa|geleden|siden|sedan|temu)",
    r"\d+\s*min(?:ute)?s?\s+(?:read|lesezeit|de lecture|de lectura)|(?:reading time|lesezeit)\W*\d+\s*min\p{L}*",
)
