"""The tables, as numbered migrations. A migration that has been released is never edited; the next one changes it.

Plain text and foreign keys, so that the file reads well in the sqlite3 shell or Datasette:

    articles ─┬─ aliases          every address (in key form) that leads to the article
              ├─ versions ─── bodies ─── blocks     a block's text is stored once per article; the view `version_blocks`
              └─ captures         every observation, and the version it saw
              └─ checks           how an article is watched: its host, validators, failures, the last outcome
              └─ checks_wanted    articles that somebody wants checked out of turn, and what came of it
    feeds ─┬─ finds               where new articles are found, what they brought last, and finds not captured yet
           └─ feed_days           how much each named on the day it was last read
    requests                      how many requests were made on a day, by purse
    hosts                         when a host may be asked again, and who is asking it now
    begun                         jobs that a poller is at, and how often one was begun without an end
    failed_captures               pages that were not taken for the article, by address
    passing_texts                 texts that came and went in a source's articles
    loose_lines                   short lines outside a source's prose, by what they say besides their numbers
    other_headlines               what the site's own fronts and feeds call an article, where that is another headline
    moved_articles                ids of articles that were merged into others
    copies, copy_texts            what archives kept of an article, as it was read, believed or not
    parted                        articles that were one until their owner parted them
    visit_parameters              parameters that a site writes anew at each visit
    readings, reading_blocks      what older rules read of a version, until it was read again
    inlays                        how often the boxes between an article's paragraphs were exchanged
    set_aside                     articles and versions that are none by today's rules, and how to bring them back
    fronts                        articles whose page read like the front of a section last
    public_times                  what strangers are told of when versions were seen, where a reader's browser saw them
    changes, changes_due          what lists say of each step between versions, and articles where it may be out of date
    changes_before, known_by      the order in which steps became known: ids that are kept, and when some were known
    label_names, step_labels      the steps that have a label, so that those of a rare one are found at once
    told, told_due                answers from first version to latest, and articles where one may be out of date
    backfills, backfill_copies    what archives were asked about, and the copies that they have
    import_files                  how far the files of an import are stored
    mementos                      from which archive's copy a capture was read
    saves                         which copies web.archive.org is asked to make, and what came of it
    read_there                    when readers of other backends read, which strangers are not told
    imports, brought              what came by which import or backfill, and who said what of an article
    tokens, pairings              who may use the API, and who asks to
    sessions, sign_in_links       browsers that are signed in, and links that sign one in
    readers, invitations          who reads here, and codes that let a device of theirs in
    reader_articles               which readers brought an article that is not listed
    picks                         what readers chose to follow, read first and not followed yet
    reviews                       what readers made of steps: seen, starred, noted
    unseen                        the steps that a reader who marks what was seen has not seen
    collections, collected        lists of steps that readers made
    review_acts                   what readers did last with steps, to be undone
    feed_addresses                secret addresses, under which feed readers elsewhere read one feed each
    searches, alerts              queries that readers named, and where edits that fit them are told
    deliveries                    messages to tell, and those told last
    removals                      searches and alerts that were removed, kept for an hour to be undone
    settings                      what the store remembers of itself
    totals                        how many articles of each status, versions and captures there are
    hours                         how many of what is due, was checked or was edited last falls into an hour
    version_blocks, change_words  views: the blocks of each version, the changed words of each step
    …_fts, …_spaced               full-text indexes; the second of texts in scripts without spaces

Instants are UTC text of fixed width (`2026-01-31T09:30:00.000000Z`), so that they sort. A version's number is its rank by
`seen_at` in its article: the view `version_list` shows it.
"""

from __future__ import annotations

# Importing a module adds its migrations, which run in this order: that of their numbers.
from rowback.store.schema import (
    m0001_articles,
    m0006_checks,
    m0010_changes,
    m0013_unspaced,
    m0016_totals,
    m0017_visitors,
    m0018_given_aliases,
    m0020_begun,
    m0021_requests,
    m0022_listed,
    m0024_loose_lines,
    m0025_readings,
    m0026_anyway,
    m0027_paging,
    m0028_set_aside,
    m0029_inlays,
    m0030_addresses,
    m0033_brought,
    m0034_told,
    m0035_compact,
    m0040_hours,
    m0041_copies,
    m0050_backfills,
    m0060_read_there,
    m0070_imports,
    m0071_saves,
    m0080_import_files,
    m0100_feed_addresses,
    m0120_readers,
    m0130_checks_wanted,
    m0140_other_headlines,
    m0160_order_known,
    m0170_picks,
    m0180_triage,
    m0190_by_source,
    m0200_alerts,
    m0220_unseen,
    m0230_trimmed,
    m0240_step_labels,
    m0250_removals,
)
from rowback.store.schema.registry import migrations

__all__ = [
    "m0001_articles",
    "m0006_checks",
    "m0010_changes",
    "m0013_unspaced",
    "m0016_totals",
    "m0017_visitors",
    "m0018_given_aliases",
    "m0020_begun",
    "m0021_requests",
    "m0022_listed",
    "m0024_loose_lines",
    "m0025_readings",
    "m0026_anyway",
    "m0027_paging",
    "m0028_set_aside",
    "m0029_inlays",
    "m0030_addresses",
    "m0033_brought",
    "m0034_told",
    "m0035_compact",
    "m0040_hours",
    "m0041_copies",
    "m0050_backfills",
    "m0060_read_there",
    "m0070_imports",
    "m0071_saves",
    "m0080_import_files",
    "m0100_feed_addresses",
    "m0120_readers",
    "m0130_checks_wanted",
    "m0140_other_headlines",
    "m0160_order_known",
    "m0170_picks",
    "m0180_triage",
    "m0190_by_source",
    "m0200_alerts",
    "m0220_unseen",
    "m0230_trimmed",
    "m0240_step_labels",
    "m0250_removals",
    "migrations",
]
