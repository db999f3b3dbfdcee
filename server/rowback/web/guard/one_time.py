"""What links that sign a browser in look like: known to those who print them, too."""

from __future__ import annotations

from datetime import timedelta

BY_LINK = "/sign-in"
LINK_LASTS = timedelta(minutes=10)  # one that is printed: time enough to find it, copy it and open a browser
