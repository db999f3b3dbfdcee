"""What each route needs: the one table of who may do what. A route that is not in it is the owner's."""

from __future__ import annotations

from rowback.model import Scope

# Anyone's: no token, no session. A secret feed's address is its own key.
OPEN = frozenset(
    """
    api.health ready_api.ready access_api.join access_api.pair access_api.pair_token openapi removed.removed
    robots.robots static joining.enter joining.invited languages.choose
    secret_feeds.feed secret_feeds.nothing
    signing_in.login signing_in.sign_in signing_in.by_link signing_in.logout
    """.split()
)
_READ = """
    api.all_articles api.edits api.lookup api.one_article api.one_version api.search api.wordings
    changes_api.changes sources_api.all_sources sources_api.one_source
    sources.sources sources.source sources.articles
    about.about whats_new.page article.article_page article.compare diff.diff_page edit.card edit.cited edit.page edit.picture
    find.find_url find.search front.articles front.front
    version.memento version.older_reading version.version_at version.version_json version.version_page version.version_text
    feeds.everything feeds.of_article feeds.of_label feeds.of_search feeds.of_source
    memento.timegate memento.timegate_of memento.timemap memento.timemap_json memento.timemap_json_of memento.timemap_of
"""
# For whoever reads here, by a token or signed in, whatever they may do: never a stranger's, also where reading is public.
# What a reader makes of edits is the reader's own; pages say themselves that the owner's devices which only read change
# nothing of it.
OF_TOKENS = frozenset(
    """
    access_api.give_back access_api.sign_in access_api.this_token beginning.outlets sites.of_reader
    searches.act searches.every searches.feed searches.one
    triage_api.reviews triage.act triage.act_on_own_collections triage.collections triage.notes_csv triage.notes_json
    triage.triage
    """.split()
)
_CAPTURE = """
    api.captures api.follow article.check_now backfills.ask backfills.standing backfills.stop checks.ask checks.standing
    find.capture follow.act follow.choose triage_api.act
"""
RIGHTS = {
    **dict.fromkeys(_READ.split(), Scope.READ),
    **dict.fromkeys(OF_TOKENS, Scope.READ),
    **dict.fromkeys(_CAPTURE.split(), Scope.CAPTURE),
}


def needed(endpoint: str | None) -> Scope | None:
    """The scope that a route needs, None for one that is open to all. Addresses without a route are told to readers."""
    if endpoint is None:
        return Scope.READ
    return None if endpoint in OPEN else RIGHTS.get(endpoint, Scope.OWNER)


def is_public(endpoint: str | None) -> bool:
    """Whether the setting `public` opens a route to strangers: reading, and nothing else."""
    return endpoint not in OF_TOKENS and needed(endpoint) is Scope.READ
