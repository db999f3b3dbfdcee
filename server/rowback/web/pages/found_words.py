"""What was found at an address that somebody wants to follow, in sentences: the extension says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.capture.sampled import Nothing, Why
from rowback.text.reasons import told
from rowback.text.tongue import gettext, grouped, marked, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rowback.capture.sampled import Sample

MEGABYTE = 1_000_000
_NOTHING = {
    Why.ARTICLE: marked("This is a single article. Follow it from its own page."),
    Why.BAD_ADDRESS: marked("That is not the address of a site. It looks like news.example."),
    Why.BROKEN: marked("Its server answers, but not with anything that can be read."),
    Why.BUSY: marked("This site is being asked just now. Try again in a moment."),
    Why.EMPTY: marked("It is there, but names no articles."),
    Why.MISSING: marked("There is nothing at this address."),
    Why.NO_ANSWER: marked("Nobody answers there, or not safely. Look whether the address is right."),
    Why.NOT_A_FEED: marked("This is neither a feed nor a page that leads to articles."),
    Why.PRIVATE: marked("This address is on a private network, and is not asked."),
    Why.REFUSED: marked("The site turned your backend away."),
    Why.ROBOTS: marked("The site asks programs to stay away from this page."),
    Why.STALE: marked("Nothing new has appeared there for more than a week."),
    Why.TOO_LARGE: marked("What is there is too large to be read."),
}


def found_in_words(found: Sample | Nothing) -> str:
    """What is there, how much of it comes, and what was met on the way; or why there is nothing."""
    return " ".join([_nothing(found)] if isinstance(found, Nothing) else _sample(found))


def cost_in_words(found: Iterable[Sample]) -> str:
    """What following all of them comes to, as far as their dates tell."""
    all_found = list(found)
    number = grouped(len(all_found))
    a_day = sum(each.a_day or 0 for each in all_found)
    if not a_day:
        return gettext("Chosen: %(sites)s.", sites=number)
    megabytes = sum(
        max(1, round(each.bytes_a_month / MEGABYTE)) for each in all_found if each.bytes_a_month is not None
    )
    return gettext(
        "Chosen: %(sites)s. About %(articles)s articles a day; about %(megabytes)s MB a month on your backend’s disk.",
        sites=number,
        articles=grouped(a_day),
        megabytes=grouped(megabytes),
    )


def _sample(found: Sample) -> list[str]:
    before = found.instead_of
    said = [_nothing(before), gettext("Its site names another feed: %(address)s.", address=found.url)] if before else []
    articles = ngettext("%(num)s article found", "%(num)s articles found", found.articles)
    said.append(f"{articles}.")
    if found.first:
        said.append(gettext("First: “%(headline)s”.", headline=found.first[0]))
    if found.a_day is None:
        said.append(gettext("It does not say how many come in a day."))
    else:
        said.append(gettext("Articles a day: about %(articles)s.", articles=grouped(found.a_day)))
    if found.leads_to:
        said.append(gettext("It leads to another site: %(site)s.", site=found.leads_to))
    return said


def _nothing(found: Nothing) -> str:
    said = gettext(_NOTHING[found.why])
    # Perhaps in English, in sentences that may run the other way: isolated, its full stop stays where it belongs.
    return f"{said} (\N{FIRST STRONG ISOLATE}{told(found.reason)}\N{POP DIRECTIONAL ISOLATE})" if found.reason else said
