"""What sites show of a link to a page, in the words of the Open Graph protocol (ogp.me).

Only templates of public backends write it, and only for articles that strangers see: here the second is decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.diff.telling.excerpt import most_telling
from rowback.text import tongue
from rowback.text.plain import line
from rowback.web.cards import rasteriser
from rowback.web.edit_names import name_of
from rowback.web.pages.card_words import in_a_sentence
from rowback.web.request import article_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.model import Article
    from rowback.store.versions import Span
    from rowback.told import Edit
    from rowback.web.pages.found_edits import FoundEdit

MAX_TITLE, MAX_DESCRIPTION = 120, 300  # characters; sites cut what is longer
# The protocol names a language with a country.
_LOCALES = {"ar": "ar_AR", "de": "de_DE", "en": "en_GB", "es": "es_ES", "fr": "fr_FR", "ja": "ja_JP", "pt": "pt_BR"}


@dataclass(frozen=True, slots=True)
class LinkPreview:
    """The properties; `image` is empty where no PNG is made."""

    title: str
    description: str
    url: str
    locale: str
    image: str


def preview_of_edit(found: FoundEdit) -> LinkPreview | None:
    """Of the page of an edit."""
    image = _image(found.address)
    return _preview(found.article, found.headline, in_a_sentence(found), found.address, image)


def preview(
    article: Article, path: str, description: str, between: tuple[Span, Span] | None, edits: Sequence[Edit]
) -> LinkPreview | None:
    """Of a page of an article, by the part of its path behind the article's own; with a picture of the edit between two
    versions that tells most."""
    address = article_page(article)
    edit = most_telling(edits) if between else None
    image = _image(f"{address}/edits/{name_of(*between, edit)}") if between and edit else ""
    return _preview(article, article.title or article.url, description, address + path, image)


def _preview(article: Article, title: str, description: str, url: str, image: str) -> LinkPreview | None:
    if not article.is_listed:
        return None
    return LinkPreview(line(title, MAX_TITLE), line(description, MAX_DESCRIPTION), url, _LOCALES[tongue.tag()], image)


def _image(address: str) -> str:
    return f"{address}/card.png?lang={tongue.tag()}" if rasteriser.is_installed() else ""
