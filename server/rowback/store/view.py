"""A store as an audience sees it: every part of it that answers about articles, none of which can be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.articles import Articles
from rowback.store.by_source import BySource
from rowback.store.kept_answers import KeptAnswers
from rowback.store.known_steps import KnownSteps
from rowback.store.latest import Latest
from rowback.store.notes import Notes
from rowback.store.reader_collections import ReaderCollections
from rowback.store.readings import Readings
from rowback.store.review_acts import ReviewActs
from rowback.store.reviews import Reviews
from rowback.store.search import Search
from rowback.store.source_articles import SourceArticles
from rowback.store.steps import KeptSteps
from rowback.store.versions import Versions
from rowback.store.whole_articles import WholeArticles

if TYPE_CHECKING:
    from rowback.store.audience import Audience
    from rowback.store.database import Connection


class View:
    """What is asked about articles."""

    def __init__(self, connection: Connection, audience: Audience) -> None:
        self.audience = audience
        self.answers = KeptAnswers(connection, audience)
        self.articles = Articles(connection, audience)
        self.by_source = BySource(connection, audience)
        self.known = KnownSteps(connection, audience)
        self.latest = Latest(connection, audience)
        self.collections = ReaderCollections(connection, audience.reader)
        self.readings = Readings(connection, audience)
        self.review_acts = ReviewActs(connection, audience)
        self.reviews = Reviews(connection, audience)
        self.notes = Notes(connection, audience)
        self.search = Search(connection, self.latest, audience)
        self.source_articles = SourceArticles(connection, audience)
        self.versions = Versions(connection, audience)
        self.steps = KeptSteps(connection, self.versions, audience)
        self.whole = WholeArticles(connection, self.steps, audience)
