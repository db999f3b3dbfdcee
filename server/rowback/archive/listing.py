"""Which copies of an article an archive lists: one list, and where it goes on. Nothing is noted of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from rowback.archive import cdx, timemap
from rowback.archive.knocking import SAID, NotNow, ask
from rowback.archive.peers import list_versions
from rowback.archive.sources import LIST_ROWS, NoCopy, SourceKind, pause, source_of
from rowback.capture.addresses import is_public
from rowback.capture.captures import MAX_CLOCK_SKEW
from rowback.errors import BadURL, FetchFailed, ForbiddenURL, RowbackError
from rowback.store.pasts_wanted import ListedAt
from rowback.text.archived import stamp_of
from rowback.text.urls import identify

if TYPE_CHECKING:
    from datetime import timedelta

    from rowback.archive.sources import Source
    from rowback.capture.context import Context
    from rowback.store.pasts_wanted import Wish

AT_HOME = "The article's host is on a private network: no archive is asked about it."


class TurnedAway(FetchFailed):
    """An archive gave no list: `rest` is how long it is let alone then."""

    def __init__(self, detail: str, rest: timedelta) -> None:
        super().__init__(detail)
        self.rest = rest


@dataclass(frozen=True, slots=True)
class Shelf:
    """What an archive has of an article, by an address of it; `article_id` is None where it is not stored."""

    context: Context
    source: Source
    url: str
    article_id: int | None

    def listed(self, asked: str) -> tuple[list[ListedAt], list[str]]:
        """The copies of the article that a list has, and where the list goes on. Raises `NotNow`, and what `Fetcher.get`
        raises."""
        if self.source.kind is SourceKind.ROWBACK:
            return list_versions(self.context, self.source, asked, self.is_own), []
        answer = ask(self.context, asked, any_type=True)
        if self.source.kind is SourceKind.MEMENTO:
            found = timemap.read(answer.body, answer.url)
            home = urlsplit(self.source.list_at).netloc
            told = [
                ListedAt(each.seen_at, each.original or found.original or "", "", each.raw_url)
                for each in found.mementos
                if urlsplit(each.url).netloc == home  # elsewhere it has another pace
            ]
            more = [part.url for part in found.parts if urlsplit(part.url).netloc == home]
        else:
            rows = cdx.read(answer.body)
            told = [
                ListedAt(row.seen_at, row.original, row.digest, self.source.copy_url(row.seen_at, row.original))
                for row in rows.copies
                if row.is_readable
            ]
            more = self._further(rows, asked)
        latest = self.context.now() + MAX_CLOCK_SKEW
        return [each for each in told if each.seen_at <= latest and self.is_own(each.original)], more

    def is_own(self, original: str) -> bool:
        """Whether a copy is of the article, by its address."""
        try:
            page = identify(original)
        except BadURL:
            return False
        if page.key == identify(self.url).key:
            return True
        if self.article_id is None:
            return False
        article = self.context.store.articles.find(original)
        return article is not None and article.id == self.article_id

    def link_of(self, original: str) -> str:
        """The address under which a copy is stored: the article's as it was asked for, where that is the copy's."""
        return self.url if identify(original).key == identify(self.url).key else original

    def _further(self, rows: cdx.CopyList, asked: str) -> list[str]:
        """Where a list goes on: by its key, or, of a server that gives none, from the newest copy that a full list has."""
        if rows.resume is not None:
            return [f"{asked.partition('&resumeKey=')[0]}&{urlencode({'resumeKey': rows.resume})}"]
        is_full = len(rows.copies) + rows.left_out >= LIST_ROWS
        if self.source.kind is not SourceKind.PYWB or not is_full or not rows.copies:
            return []
        return [f"{asked.partition('&from=')[0]}&{urlencode({'from': stamp_of(rows.copies[-1].seen_at)})}"]


def is_at_home(context: Context, url: str) -> bool:
    """Whether an article's host has private addresses; one that is not known any more has none."""
    page = identify(url)
    try:
        found = context.fetcher.resolver(page.host, page.port or 443)
    except RowbackError:
        return False
    return not all(map(is_public, found))


def listed(context: Context, wish: Wish, asked: str) -> tuple[list[ListedAt], list[str]]:
    """The copies of an article that one list of an archive has, and where the list goes on. Raises `TurnedAway` where the
    archive does not let itself be asked now, or shows none of the publisher's, and `OutOfRequests`."""
    if is_at_home(context, wish.url):
        raise ForbiddenURL(AT_HOME)
    article = context.store.articles.find(wish.url)
    shelf = Shelf(context, source_of(wish.source), wish.url, None if article is None else article.id)
    try:
        return shelf.listed(asked)
    except NotNow as error:
        if error.kind is NoCopy.MISSING:
            return [], []
        blocks = context.store.queue.blocks(wish.host)
        raise TurnedAway(SAID[error.kind], pause(error.kind, blocks, error.retry_after_s)) from error
