"""Parameters that a site writes anew at each visit, learned from feeds that are read again: where the same stories are named
as before, but each with another value of one parameter, that parameter tells no story. Runs inside write transactions.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import regex

from rowback.store.instants import to_text
from rowback.store.leads import page_of, visit_parameters, without
from rowback.store.putting import insert
from rowback.store.rekeying import bring_together, rekey_finds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from rowback.store.engine import Db
    from rowback.text.urls import PageURL

MIN_STORIES = 3  # named twice, each time with another value
SHARE = 0.5  # of the stories with the parameter, how many must have been named before
REMEMBERED = 2_000  # addresses that a feed named
# What chooses a story or a page of one, whatever its values look like.
_NEVER = frozenset(
    "id p page paged pg nr no num number issue story storyid article articleid art aid nid pid news newsid post postid doc "
    "docid item itemid date day d edition cat category tag section q query s lang".split()
)
# A value that no person writes: letters and digits mixed, or more digits than a number of stories or a day has.
_WRITTEN = regex.compile(r"[\w.~=+/-]{1,200}+")
MIN_MIXED, MIN_DIGITS, MIN_LETTERS = 6, 9, 20  # characters
_DAY = regex.compile(r"(?:19|20)\d\d[-_.]?[01]\d[-_.]?[0-3]\d(?:\d{4}|\d{6})?")


def learn(db: Db, feed_id: int, pages: Iterable[PageURL], at: datetime) -> None:
    """Compares what a feed names with what it named before. What was stored twice for a parameter that is learned is brought
    together (see `store.rekeying`)."""
    named = _named(pages)
    if not named:
        return
    rows = db.execute(
        "select key, url from finds where feed_id = ? and url like '%?%' order by found_at desc limit ?",
        [feed_id, REMEMBERED],
    ).fetchall()
    before = _named(page_of(url) for _, url in rows)
    for (site, name), stories in named.items():
        if name in visit_parameters(db, site) or not _is_of_a_visit(stories, before.get((site, name), {})):
            continue
        insert(db, "visit_parameters", {"site": site, "name": name, "at": to_text(at)}, ignore=True)
        _bring_together(db, site)


Stories = dict[str, set[str]]  # by the rest of their addresses, the values of a parameter


def _named(pages: Iterable[PageURL]) -> dict[tuple[str, str], Stories]:
    """By site and parameter, what is named with it."""
    found: dict[tuple[str, str], Stories] = defaultdict(lambda: defaultdict(set))
    for page in pages:
        query = page.key.partition("#")[0].partition("?")[2]
        for name, value in parse_qsl(query, keep_blank_values=True):
            if name.lower() not in _NEVER:
                found[page.site, name.lower()][without(page.key, {name.lower()})].add(value)
    return found


def _is_of_a_visit(stories: Mapping[str, set[str]], before: Mapping[str, set[str]]) -> bool:
    """Whether each story has one value, never had it before, and enough of them were named before with others."""
    if len(stories) < MIN_STORIES or any(len(values) > 1 for values in stories.values()):
        return False
    if not all(_is_token(value) for values in stories.values() for value in values):
        return False
    again = [rest for rest in stories if rest in before]
    return len(again) >= max(MIN_STORIES, SHARE * len(stories)) and not any(
        stories[rest] & before[rest] for rest in again
    )


def _is_token(value: str) -> bool:
    if _WRITTEN.fullmatch(value) is None or _DAY.fullmatch(value) is not None:
        return False
    has_digits, has_letters = any(map(str.isdigit, value)), any(map(str.isalpha, value))
    least = MIN_MIXED if has_digits and has_letters else MIN_DIGITS if has_digits else MIN_LETTERS
    return len(value) >= least


def _bring_together(db: Db, site: str) -> None:
    names = visit_parameters(db, site)

    def new_key(page: PageURL) -> str:
        return without(page.key, names) if page.site == site else page.key

    aliases = db.execute(
        "select key, article_id from aliases where substr(key, 1, ?) = ? and key like '%?%'", [len(site), site]
    ).fetchall()
    bring_together(db, aliases, new_key)
    finds = db.execute("select key, url from finds where url like '%?%' order by found_at").fetchall()
    rekey_finds(db, finds, new_key)
