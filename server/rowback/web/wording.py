"""Sentences and formats that templates share: instants and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from rowback.web import shapes

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask


def install(app: Flask) -> None:
    """Makes the filters known to all templates of `app`."""
    app.add_template_filter(shown, "instant")
    app.add_template_filter(day, "day")
    app.add_template_filter(clock, "clock")
    app.add_template_filter(shapes.instant, "rfc3339")
    app.add_template_filter(http_date, "http_date")
    app.add_template_filter(count, "count")
    app.add_template_filter(Markup, "markup")  # only for markup written by rowback.diff.markup


def shown(at: datetime) -> str:
    """`24 November 2026, 09:05 UTC`."""
    return f"{day(at)}, {clock(at)} UTC"


def day(at: datetime) -> str:
    """`24 November 2026`."""
    return f"{at.day} {at.strftime('%B %Y')}"


def clock(at: datetime) -> str:
    """`09:05`."""
    return at.strftime("%H:%M")


def http_date(at: datetime) -> str:
    """An HTTP date: RFC 9110, section 5.6.7."""
    days, months = "Mon Tue Wed Thu Fri Sat Sun".split(), "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{days[at.weekday()]}, {at.day:02} {months[at.month - 1]} {at.year:04} {at.strftime('%H:%M:%S')} GMT"


def count(number: int, noun: str) -> str:
    """`1 edit`, `2 edits`; large numbers in groups of three."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
