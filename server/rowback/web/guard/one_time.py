"""What links with a secret in them look like, those that sign a browser in, those of invitations and those of feeds: known to
those who print them, too."""

from __future__ import annotations

from datetime import timedelta

BY_LINK = "/sign-in"
INVITED = "/join"
KEYED_FEED = "/secret-feed/"
LINK_LASTS = timedelta(minutes=10)  # one that is printed: time enough to find it, copy it and open a browser


def invitation_link(address: str, code: str) -> str:
    """The link of an invitation to the backend at an address. What it leads to takes the code alone, too."""
    return f"{address.rstrip('/')}{INVITED}?code={code}"
