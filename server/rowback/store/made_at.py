"""Which captures of an article were made at an address: those that say so; of captures from before that was remembered, those
whose text goes with the others', or with the order in which addresses came to lead to the article.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.errors import BadInput
from rowback.store.leads import page_of
from rowback.store.versions import read_content, read_spans
from rowback.text.doubts import is_other_story

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from rowback.model import Content
    from rowback.store.engine import Db
    from rowback.store.leads import Lead
    from rowback.store.recording import Seen
    from rowback.text.urls import PageURL

COMPARED = 3  # texts of a story that the next one is held against
NAME_THEM = "Say with --versions which of its versions are of this address."


@dataclass(frozen=True, slots=True)
class Made:
    """A row of `captures`, by its id, and the version that it saw."""

    id: int
    version_id: int
    seen: Seen


def made_at(
    db: Db, sights: Sequence[Made], page: PageURL, lead: Lead, numbers: Collection[int] | None
) -> frozenset[int]:
    """The ids of an article's captures that were made at an address; with `numbers` those that saw the versions with these.

    Raises `BadInput` where these are none or all, or where nobody remembers."""
    if numbers is not None:
        chosen = _of_versions(db, sights, lead.article_id, numbers)
    else:
        chosen = _told(sights, page)
        unknown = [each for each in sights if each.seen.key is None]
        if unknown:
            chosen |= _by_text(db, sights, page, lead, chosen)
    if not chosen:
        raise BadInput(f"Nothing that is stored of this article was read at this address. {NAME_THEM}")
    if len(chosen) == len(sights):
        raise BadInput("All that is stored of this article was read at this address: there is nothing to part.")
    return frozenset(chosen)


def _of_versions(db: Db, sights: Sequence[Made], article_id: int, numbers: Collection[int]) -> set[int]:
    rows = {span.number: span.id for span in read_spans(db, article_id)}
    missing = sorted(set(numbers) - rows.keys())
    if missing:
        raise BadInput(f"The article has no version {missing[0]}.")
    wanted = {rows[number] for number in numbers}
    return {each.id for each in sights if each.version_id in wanted}


def _told(sights: Sequence[Made], page: PageURL) -> set[int]:
    """The captures that say that they were made at the address: in just this spelling where that tells it from another of the
    same key, which is the case that is asked about then."""
    alike = {each.id: each.seen.key for each in sights if each.seen.key and page_of(each.seen.key).key == page.key}
    exact = {id_ for id_, key in alike.items() if key == page.keys[0]}
    return exact or set(alike)


def _by_text(db: Db, sights: Sequence[Made], page: PageURL, lead: Lead, chosen: Collection[int]) -> set[int]:
    """The captures that say nothing of an address and tell the story of those made at it."""
    stories = _stories(db, sights)
    known = [story for story in stories if any(each.seen.key for each in story)]
    own = [story for story in known if any(each.id in chosen for each in story)]
    if known and len(known) < len(stories):
        left = [story for story in stories if story not in known]
        if not own and len(left) == 1:
            own = left
    elif not known:
        own = [_by_order(db, stories, page, lead)]
    return {each.id for story in own for each in story if each.seen.key is None}


def _stories(db: Db, sights: Sequence[Made]) -> list[list[Made]]:
    """The captures by what they tell, in the order in which each story was first captured."""
    stories: list[tuple[list[Made], list[Content], set[int]]] = []
    for each in sorted(sights, key=lambda made: made.id):
        content = None
        for story, told, versions in stories:
            if each.version_id in versions:
                story.append(each)
                break
            content = content or read_content(db, each.version_id)
            if not all(is_other_story(one, content) for one in told[-COMPARED:]):
                story.append(each)
                told.append(content)
                versions.add(each.version_id)
                break
        else:
            stories.append(([each], [content or read_content(db, each.version_id)], {each.version_id}))
    return [story for story, _, _ in stories]


def _by_order(db: Db, stories: list[list[Made]], page: PageURL, lead: Lead) -> list[Made]:
    """The story of an address by when it came to lead to the article. A canonical one that was only claimed came second."""
    rows = db.execute("select key from aliases where article_id = ? order by rowid", [lead.article_id]).fetchall()
    keys = list(dict.fromkeys(page_of(key).key for (key,) in rows))
    own = page_of(lead.url).key
    if keys and keys[0] != own:
        keys = [key for key in keys if key != own]
    at = keys.index(page.key) if page.key in keys else -1
    if len(stories) > 1 and at >= 0:
        if at == 0 or len(stories) == len(keys):
            return stories[at]
        if at == len(keys) - 1:
            return stories[-1]
    raise BadInput(f"Nobody remembers at which address the versions of this article were read. {NAME_THEM}")
