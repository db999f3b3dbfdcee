"""What is stored, as `rowback export` says it, held against what was sent."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.soaking.kills.sending import Sent

Text = tuple[str, tuple[str, ...]]
Stored = dict[str, list["Span"]]


@dataclass(frozen=True, slots=True)
class Span:
    """A version: its text (title, paragraphs), and when it was seen first and last."""

    text: Text
    first: datetime
    last: datetime


def read_export(lines: Iterable[str]) -> Stored:
    """The versions by address. A version has a line for its first capture, and one for its last where that is another."""
    stored: Stored = defaultdict(list)
    for line in lines:
        item = json.loads(line)
        text = item["title"], tuple(block["text"] for block in item["blocks"])
        at = datetime.fromisoformat(item["seen_at"])
        spans = stored[item["url"]]
        if spans and spans[-1].text == text:
            spans[-1] = replace(spans[-1], last=at)
        else:
            spans.append(Span(text, at, at))
    return dict(stored)


def lost(stored: Stored, acknowledged: Iterable[Sent]) -> list[Sent]:
    """What was acknowledged and is in no version that stood when it was seen."""
    return [
        sent
        for sent in acknowledged
        if not any(
            span.text == (sent.title, sent.paragraphs) and span.first <= sent.seen_at <= span.last
            for span in stored.get(sent.url, ())
        )
    ]


def invented(stored: Stored, sent: Iterable[Sent]) -> list[str]:
    """Versions that nobody sent, or not then."""
    known = {(each.url, each.title, each.paragraphs, each.seen_at) for each in sent}
    return [
        f"{url}: {span.text[0]!r} at {at}"
        for url, spans in stored.items()
        for span in spans
        for at in {span.first, span.last}
        if (url, *span.text, at) not in known
    ]


def out_of_order(stored: Mapping[str, list[Span]]) -> list[str]:
    """Versions that do not lie behind the one before them."""
    return [
        f"{url}: {earlier.text[0]!r} until {earlier.last}, then {later.text[0]!r} from {later.first}"
        for url, spans in stored.items()
        for earlier, later in pairwise(spans)
        if not earlier.first <= earlier.last < later.first <= later.last
    ]
