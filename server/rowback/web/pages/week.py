"""Days of the week, as pages name them: from Monday, 1, as ISO 8601 counts."""

from __future__ import annotations

from rowback.text.tongue import in_context, pgettext

_DAYS = (
    in_context("weekday", "Monday"),
    in_context("weekday", "Tuesday"),
    in_context("weekday", "Wednesday"),
    in_context("weekday", "Thursday"),
    in_context("weekday", "Friday"),
    in_context("weekday", "Saturday"),
    in_context("weekday", "Sunday"),
)


def weekday(number: int) -> str:
    """The name of a day, from 1 to 7, in the spoken language."""
    return pgettext("weekday", _DAYS[number - 1])
