"""How long articles are looked at: what the store, the schedule and the sentences that people read have in common."""

from __future__ import annotations

from datetime import timedelta

QUIET_DAYS = 40  # without an edit for so long, an article is settled …
LONG_QUIET_DAYS = 365  # … or for so long, where its source is known to edit later
FIRST_CHECK = timedelta(minutes=10)  # half of all edits of a fresh article come in its first hours
