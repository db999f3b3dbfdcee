"""An answer with one thing wrong in it, in every way a slip of the pen can make one: what a check of answers must see."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def spoilt(body: Any) -> Iterator[tuple[str, Any]]:
    """The body with one thing wrong in it, and what; each kind of place once."""
    met = set()
    for steps in _places(body):
        place = "/".join("*" if isinstance(step, int) or ":" in step else step for step in steps)
        if place in met:
            continue
        met.add(place)
        for how in ("retyped", "renamed", "left out", "added to"):
            copy = json.loads(json.dumps(body))
            if _spoil(copy, steps, how):
                yield f"{place} {how}", copy


def _places(value: Any, steps: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield steps
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _places(inner, (*steps, key))


def _spoil(body: Any, steps: tuple[Any, ...], how: str) -> bool:
    """Spoils the value at a place; False where it cannot be spoilt so."""
    holder: Any = {"": body}
    for step in ("", *steps[:-1]) if steps else ():
        holder = holder[step]
    key = steps[-1] if steps else ""
    value = holder[key]
    is_field = isinstance(holder, dict) and bool(steps) and not _is_map(steps)
    if how == "retyped":
        holder[key] = _retyped(value)
        return bool(steps)
    if how == "added to":
        if isinstance(value, dict) and not _is_map((*steps, "")):
            value["more"] = 1
            return True
        return False
    if is_field:
        del holder[key]
        if how == "renamed":
            holder[f"{key}n"] = value
    return is_field


def _is_map(steps: tuple[Any, ...]) -> bool:
    """Whether a place is in one of the objects whose names are data: addresses, statuses."""
    return len(steps) == 2 and steps[0] in ("results", "articles")


def _retyped(value: Any) -> Any:
    """Another type that is easily taken for it."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int):
        return str(value)
    return [] if value is None or isinstance(value, dict) else 1.5 if isinstance(value, str) else {}
