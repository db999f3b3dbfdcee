"""What is read from a page (`rowback.text.extract`): known without reading one, so that whoever has pages read in another
process need not load what reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.model import Content, Inlay, PageText, Reason


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a page says of itself. `canonical_url` is as the page names it: not yet believed. `is_article` is True where the
    page calls itself one, `is_front` where it reads like the front of a site or section; `taken_for` says what it is where it
    is no article. `loose` are the places of blocks that are short lines outside its prose, `inlays`
    is what stands in small boxes between its paragraphs; `page` is all that it says."""

    content: Content
    canonical_url: str | None
    published_at: datetime | None
    lang: str | None
    is_free: bool
    is_article: bool
    is_front: bool
    page: PageText
    taken_for: Reason | None = None
    loose: tuple[int, ...] = ()
    inlays: tuple[Inlay, ...] = ()
