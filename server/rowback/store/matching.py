"""Full-text matches in both indexes of a table: `…_fts` of all rows, `…_spaced` of those in scripts without spaces."""

from __future__ import annotations


def matching(table: str, condition: str = "", order: str = "") -> str:
    """A query for the row ids that match; its values are the match and those of `condition`, twice.

    A row that is in the second index is found through that one alone: in the first its sentences are single words. Which
    rows those are is read from the table in which FTS5 keeps the sizes of an index's rows: asking the index itself takes
    as long as finding a match does.
    """
    plain, spaced = f"{table}_fts", f"{table}_spaced"
    return (
        f"select * from (select {plain}.rowid from {plain} where {plain} match ? {condition.format(plain)} and {plain}.rowid "
        f"not in (select id from {spaced}_docsize) {order.format(plain)}) union all select * from "
        f"(select {spaced}.rowid from {spaced} where {spaced} match ? {condition.format(spaced)} {order.format(spaced)})"
    )
