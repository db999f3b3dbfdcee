"""The sorts of lines that are furniture, and what a line was found to be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Sort(Enum):
    """What a line does. A `DATE` alone is furniture only above an article's text: below, it is a day of a chronicle."""

    TIME = "time"
    DATE = "date"
    COUNTER = "counter"
    METER = "meter"
    SHARE = "share"
    OFFER = "offer"
    ADVERT = "advert"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Line:
    """`is_open`: it has words that could be an article's, so that a heading or an item of a list may say the same."""

    sort: Sort
    is_open: bool = False
