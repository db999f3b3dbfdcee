"""Asks SQLite's FTS5 for what a search looks for. Every word is quoted, so that nothing typed is syntax."""

from __future__ import annotations

from rowback.text.sought import AllOf, AnyOf, Phrase, Sought, Within


def match_of(sought: Sought) -> str:
    """What FTS5's `match` is given."""
    return " AND ".join(map(_inner, sought.parts)) if isinstance(sought, AllOf) else _inner(sought)


def _inner(sought: Sought) -> str:
    if isinstance(sought, Phrase):
        quoted = sought.text.replace('"', '""')  # one of full width becomes a plain one
        return f'"{quoted}"{"*" if sought.is_prefix else ""}'
    if isinstance(sought, Within):
        return f"({{{sought.field}}} : {_inner(sought.what)})"
    if isinstance(sought, AllOf):
        return f"({match_of(sought)})"
    if isinstance(sought, AnyOf):
        return f"({' OR '.join(map(_inner, sought.parts))})"
    return f"({match_of(sought.wanted)}) NOT {_inner(sought.unwanted)}"
