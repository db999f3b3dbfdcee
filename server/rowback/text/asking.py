"""Where a page asks a reader to write something, such as an address: noted before its fields are left out."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.html import HtmlElement

ASKS = "rowback-asks"
NOTED = 2  # elements around a field: the box, or what holds the field and the box
LOOKED_AT = 8  # up to which they are looked for: a form has boxes of its own
_WRITTEN = frozenset({"", "text", "email", "tel"})


def note_asking(gone: Collection[HtmlElement]) -> None:
    """Gives the attribute `ASKS` to the two elements that stay around each field that goes."""
    for node in gone:
        if node.tag == "input" and str(node.get("type") or "").lower() in _WRITTEN:
            around = [above for above in islice(node.iterancestors(), LOOKED_AT) if above not in gone]
            for above in around[:NOTED]:
                above.set(ASKS, "")
