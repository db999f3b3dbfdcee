"""What links with a secret in them look like, those that sign a browser in and those of feeds: known to those who print
them, too."""

from __future__ import annotations

from datetime import timedelta

BY_LINK = "/sign-in"
KEYED_FEED = "/secret-feed/"
LINK_LASTS = timedelta(minutes=10)  # one that is printed: time enough to find it, copy it and open a browser
