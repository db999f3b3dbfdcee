"""What is offered to begin with, in the order in which a reader sees it: packs of their languages first, countries by name.
Nothing is ranked but by language and alphabet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.capture.outlets import all_outlets, all_packs, chosen
from rowback.deferred import Deferred
from rowback.text.urls import site_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.capture.outlets import Outlet, Pack
    from rowback.web.pages import catalogues
else:
    catalogues = Deferred("rowback.web.pages.catalogues")


@dataclass(frozen=True, slots=True)
class Offer:
    """Outlets that are shown together; `is_open` unfolded."""

    id: str
    name: str
    language: str
    outlets: tuple[Outlet, ...]
    is_open: bool


def packs_for(languages: Sequence[str]) -> list[Offer]:
    """All packs, those for the reader's languages first, in their order; the first of them unfolded."""
    by_name = {each.name: each for each in all_outlets()}
    ranked = sorted(all_packs(), key=lambda pack: _rank(pack, languages))  # sorting keeps the order of equals
    return [
        Offer(
            pack.id,
            pack.name,
            pack.language,
            tuple(by_name[name] for name in pack.outlets if name in by_name),
            place == 0 and _rank(pack, languages) < len(languages),
        )
        for place, pack in enumerate(ranked)
    ]


def countries(tag: str) -> list[tuple[str, str]]:
    """Codes and names of the countries that outlets are in, by name, as a language has them."""
    codes = {each.country for each in all_outlets()}
    return sorted(((code, catalogues.country(tag, code)) for code in codes), key=lambda each: each[1].casefold())


def in_country(code: str) -> list[Outlet]:
    """The outlets of a country, by name; none for one that has none."""
    return sorted(chosen(all_outlets(), country=code), key=lambda each: each.name.casefold()) if code else []


def about(outlet: Outlet) -> str:
    """Where an outlet is: its host."""
    return site_of(outlet.site.split("/")[2])


def _rank(pack: Pack, languages: Sequence[str]) -> float:
    """A tag that is named fits better than one of the same language."""
    ranks = [float(len(languages))]
    for place, language in enumerate(languages):
        if language.lower() in {each.lower() for each in pack.languages}:
            ranks.append(place)
        elif _primary(language) in {_primary(each) for each in pack.languages}:
            ranks.append(place + 0.5)
    return min(ranks)


def _primary(tag: str) -> str:
    return tag.lower().partition("-")[0]
