"""What is kept of a step, told of a table of pairs, as digests: so that no rule changes without `RULES` growing.

A store keeps what `tell_step` says, with the number of the rules by which it was told. Whatever comes out differently after
a change must be told anew, or old steps keep old labels for ever. Pairs show most rules; words and thresholds of which no
pair stands on the edge are noted as they are. After a change that is meant, make `RULES` one more, then

    python -m tests.server.told

writes `tests/cases/told.json`. It refuses to where something is told otherwise by rules of the same number. New pairs are
taken in by it as they are.
"""

from __future__ import annotations

import ast
import hashlib
import importlib
import json
import pkgutil
import re
import sys
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import regex

from rowback import diff
from rowback.diff.labels.lexicon import LEXICONS
from rowback.diff.telling import step

from .cases import FOLDER
from .told_pairs import pairs
from .told_probes import LENGTHS, groups, lines, told_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

    from rowback.diff.labels.lexicon import Lexicon

    from .told_pairs import Pair

NOTED = FOLDER / "told.json"
COMMAND = "python -m tests.server.told"
NOT_TOLD = {"rowback.diff.telling.sides"}  # it reads what was told
SECTIONS = {"lexicons": "the words of", "constants": "the constant"}
MAX_SHOWN_CHARACTERS = 60
SAID = [each.name for each in fields(step.Step) if each.name != "edits"]
SAID += [name for name, value in vars(step.Step).items() if isinstance(value, property)]
_PLAIN = (str, int, float, type(None))
Noted = dict[str, Any]


def told(pair: Pair) -> dict[str, Any]:
    """Everything that a step says, but for the edits themselves: a store keeps their number."""
    said = step.tell_step(pair.old, pair.new)
    return {"edit_count": len(said.edits), **{name: getattr(said, name) for name in SAID}}


def digest(pair: Pair) -> str:
    """Of what is told of a pair."""
    return _digest(json.dumps(told(pair), default=lambda segment: [segment.op, segment.text]))


def key(pair: Pair) -> str:
    """What a pair is noted under: the same as long as its texts are."""
    sides = [[each.title, *([block.kind, block.text] for block in each.blocks)] for each in (pair.old, pair.new)]
    return _digest(json.dumps([sides, pair.new.paging.value] if pair.new.paging else sides))


def noted() -> Noted:
    """What `tests/cases/told.json` holds."""
    found: Noted = json.loads(NOTED.read_text(encoding="utf-8"))
    return found


def now() -> Noted:
    """What it should hold."""
    made = {
        f"{name}, {_digest(json.dumps(texts))}": _digest(json.dumps(told_of(name))) for name, texts in groups().items()
    }
    return as_written() | {
        "groups": made | {f"lines, {_digest(repr(LENGTHS))}": _digest(json.dumps(lines()))},
        "steps": {key(pair): digest(pair) for pair in pairs()},
    }


def as_written() -> Noted:
    """Of that what stands in the source as it is: no text is told of."""
    return {
        "rules": step.RULES,
        "lexicons": {name: lexicon_digest(lexicon) for name, lexicon in LEXICONS.items()},
        "constants": constants(),
    }


def lexicon_digest(lexicon: Lexicon) -> str:
    """Of all its words and patterns, in whatever order they are written."""
    return _digest(repr([(each.name, _steady(getattr(lexicon, each.name))) for each in fields(lexicon)]))


def constants() -> dict[str, str]:
    """The thresholds, lists and patterns that the modules of `rowback.diff` name in capitals, whichever module has them."""
    names = (info.name for info in pkgutil.walk_packages(diff.__path__, f"{diff.__name__}."))
    return constants_of(name for name in names if name not in NOT_TOLD)


def constants_of(modules: Iterable[str]) -> dict[str, str]:
    """The same of some modules."""
    found: dict[str, list[str]] = {}
    for module_name in modules:
        module = importlib.import_module(module_name)
        for name in _named(module):
            value = _steady(getattr(module, name))
            if name not in ("RULES", "READING") and value is not None:
                found.setdefault(name, []).append(repr(value))
    shown = {name: " ".join(sorted(values)) for name, values in sorted(found.items())}
    return {name: text if len(text) <= MAX_SHOWN_CHARACTERS else _digest(text) for name, text in shown.items()}


@cache
def _named(module: ModuleType) -> list[str]:
    """The names in capitals that a module gives values to."""
    found: list[str] = []
    for node in ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")).body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        names = [each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)]
        found += [name for name in names if name.isupper()]
    return found


def _steady(value: object) -> object:
    """A value in a form that reads the same in every run; None for what is no plain value, such as a function."""
    if isinstance(value, re.Pattern):
        return value.pattern, value.flags
    if isinstance(value, regex.Pattern):
        return value.pattern
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, dict):
        return _steady(tuple(sorted(value.items(), key=lambda item: repr(_steady(item[0])))))
    if isinstance(value, tuple | frozenset):
        is_sorted = isinstance(value, frozenset) and all(isinstance(each, _PLAIN) for each in value)
        inner = [_steady(each) for each in (sorted(value) if is_sorted else value)]
        if isinstance(value, frozenset) and not is_sorted:
            inner.sort(key=repr)
        return None if any(each is None for each in inner) else inner
    return None


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def told_otherwise(before: Noted, after: Noted) -> list[str]:
    """What is told otherwise than it was noted: by words, by constants, and of texts that are in both."""
    whys = {key(pair): pair.why for pair in pairs()}
    texts = [(name, said) for section in ("groups", "steps") for name, said in after.get(section, {}).items()]
    known = before.get("groups", {}) | before["steps"]
    return [
        *(
            f"{words} {name}"
            for section, words in SECTIONS.items()
            for name in sorted(before[section].keys() | after[section].keys())
            if before[section].get(name) != after[section].get(name)
        ),
        *(whys.get(name, name) for name, said in texts if known.get(name, said) != said),
    ]


def main() -> None:
    """Writes `tests/cases/told.json`, unless something is told otherwise by rules of the same number."""
    after = now()
    before = noted() if NOTED.exists() else after
    otherwise = told_otherwise(before, after)
    if otherwise and after["rules"] <= before["rules"]:
        sys.exit("\n".join([f"Told otherwise, by the same RULES ({step.RULES}): make it one more first.", *otherwise]))
    NOTED.write_text(json.dumps(after, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
