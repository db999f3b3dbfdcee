"""What the last reading of a feed brought, as it is spoken here. `Brought.in_words` says it in English, for logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.text.tongue import ENGLISH, comma, gettext, grouped, marked, ngettext, pgettext, tag

if TYPE_CHECKING:
    from rowback.store.brought import Brought

# By the name of the number in `Brought`, in its order.
_LEFT_OUT = {
    "too_old": marked("%(number)s older than a week"),
    "too_many": marked("%(number)s more than one feed may bring"),
    "unwanted": marked("%(number)s by your patterns"),
    "no_address": marked("%(number)s without an address"),
    "unlike": marked("%(number)s not like an article"),
    "elsewhere": marked("%(number)s on other sites"),
}
_NONE = marked("nothing that looks like an article")


def brought_told(found: Brought) -> str:
    """`12 articles named, 3 new; first: The ferry stays shut; left out: 2 older than a week`."""
    return pgettext("between parts of a sentence", "; ").join(_parts(found))


def _parts(found: Brought) -> list[str]:
    said = [_named(found)]
    if found.named and found.first:
        said.append(gettext("first: %(headline)s", headline=_apart(found.first[0])))
    if reasons := [
        gettext(words, number=grouped(getattr(found, name)))
        for name, words in _LEFT_OUT.items()
        if getattr(found, name)
    ]:
        said.append(gettext("left out: %(reasons)s", reasons=comma().join(reasons)))
    if found.unread:
        said.append(ngettext("%(num)s sitemap could not be read", "%(num)s sitemaps could not be read", found.unread))
    if found.undated:
        said.append(ngettext("%(num)s date not believed", "%(num)s dates not believed", found.undated))
    if found.try_feeds and not found.named:
        feeds = comma().join(map(_apart, found.try_feeds))
        said.append(gettext("try its feed: %(addresses)s", addresses=feeds))
    return said


def _named(found: Brought) -> str:
    if found.named:
        return ngettext(
            "%(num)s article named, %(new)s new",
            "%(num)s articles named, %(new)s new",
            found.named,
            new=grouped(found.new),
        )
    return gettext("0 articles named") if found.unread else gettext(_NONE)


def _apart(text: str) -> str:
    """A site's own words in a sentence that may run the other way."""
    return text if tag() == ENGLISH else f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"
