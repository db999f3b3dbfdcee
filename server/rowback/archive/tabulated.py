"""Makes the rows of an export's tables, article by article: nothing is held of those that were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.archive.rows import BLOCKS, EDITS, VERSIONS, ExportedBlock, ExportedEdit, ExportedVersion
from rowback.deferred import Deferred
from rowback.told import EditKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rowback.archive.rows import Row, RowTable
    from rowback.diff.telling import sides
    from rowback.model import Version
    from rowback.store.latest import Filters
    from rowback.store.whole_articles import WholeArticle
else:
    sides = Deferred("rowback.diff.telling.sides")


def rows(table: RowTable, articles: Iterable[WholeArticle], filters: Filters) -> Iterator[Row]:
    """A table's rows, by article and in each by version."""
    for whole in articles:
        yield from _MAKERS[table.name](whole, filters)


def _edits(whole: WholeArticle, filters: Filters) -> Iterator[Row]:
    """The edits of the steps that are wanted; with labels, those that have all of them."""
    article, labels = whole.article, set(filters.labels)
    for version in whole.wanted(filters):
        if version.number == 0:
            continue
        step, previous = whole.told(version.number), whole.versions[version.number - 1]
        for edit in step.edits:
            if not labels <= set(edit.labels):
                continue
            yield ExportedEdit(
                id=f"a{article.id}-v{version.number}-{edit.id}",
                article_id=article.id,
                version=version.number,
                edit_id=edit.id,
                url=article.url,
                source=article.source,
                title=version.content.title,
                published_at=article.published_at,
                previous_seen_at=previous.last_seen_at,
                seen_at=version.seen_at,
                is_day=version.is_day or previous.is_day,
                origin=version.origin and version.origin.value,
                kind=edit.kind.value,
                block_kind=edit.block_kind,
                block_index=edit.index,
                moved_from=edit.moved_from,
                labels=edit.labels,
                minor=edit.minor,
                unannounced=step.is_unannounced,
                before=None if edit.kind is EditKind.INSERT else sides.old_text(edit.markup),
                after=None if edit.kind is EditKind.DELETE else sides.new_text(edit.markup),
                markup=edit.markup,
                listed=article.is_listed,
            )


def _versions(whole: WholeArticle, filters: Filters) -> Iterator[Row]:
    for version in whole.wanted(filters):
        article, span, step = whole.article, whole.spans[version.number], whole.steps.get(version.number)
        copy = version.memento
        yield ExportedVersion(
            id=f"a{article.id}-v{version.number}",
            article_id=article.id,
            version=version.number,
            url=article.url,
            source=article.source,
            title=version.content.title,
            published_at=article.published_at,
            seen_at=version.seen_at,
            last_seen_at=version.last_seen_at,
            is_day=version.is_day,
            origin=version.origin and version.origin.value,
            archive=copy.archive if copy else None,
            memento=copy.href if copy else None,
            fingerprint=span.fingerprint,
            restores=span.restores,
            flapping=span.flapping,
            edit_count=step.edit_count if step else None,
            words_inserted=step.words_inserted if step else None,
            words_deleted=step.words_deleted if step else None,
            labels=step.labels if step else None,
            minor=step.minor if step else None,
            unannounced=step.unannounced if step else None,
            block_count=len(version.content.blocks),
            text="\n\n".join(block.text for block in version.content.blocks),
            listed=article.is_listed,
        )


def _blocks(whole: WholeArticle, filters: Filters) -> Iterator[Row]:
    for version in whole.wanted(filters):
        yield from _blocks_of(whole, version)


def _blocks_of(whole: WholeArticle, version: Version) -> Iterator[Row]:
    article = whole.article
    for index, block in enumerate(version.content.all_blocks()):
        if index == 0 and not block.text:
            continue  # an article without a headline
        yield ExportedBlock(
            id=f"a{article.id}-v{version.number}-b{index}",
            article_id=article.id,
            version=version.number,
            block_index=index,
            url=article.url,
            source=article.source,
            seen_at=version.seen_at,
            is_day=version.is_day,
            kind=block.kind,
            text=block.text,
        )


_MAKERS = {EDITS.name: _edits, VERSIONS.name: _versions, BLOCKS.name: _blocks}
