"""Nothing of what is kept of a step changes without `RULES`: stored steps are told anew by it (see `told`)."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest

from rowback.diff.labels import lexicon, rules, slips
from rowback.diff.labels.lexicon import LEXICONS
from rowback.diff.labels.rules import LABELS
from rowback.diff.telling import excerpt, step
from rowback.diff.telling.excerpt import TELLING
from rowback.told import EditKind

from . import told
from .told_pairs import pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rowback.diff.labels.lexicon import Lexicon

PAIRS = pairs()
OF_TWO_EDITS = tuple(pair for pair in PAIRS if " or " in pair.why)
NOTED = told.noted()
FIELDS = [(name, each.name) for name in LEXICONS for each in fields(LEXICONS[name])]


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    yield
    lexicon._begins_as_correction.cache_clear()


def _is_seen(only: Iterable[Any] = PAIRS) -> bool:
    """Whether some pair is told otherwise than it was noted."""
    lexicon._begins_as_correction.cache_clear()
    return any(told.digest(pair) != NOTED["steps"].get(told.key(pair)) for pair in only)


def test_what_is_told_changes_with_the_number_of_the_rules() -> None:
    now = told.now()
    meant = f"Is it meant? Make RULES in diff/telling/step.py one more, then run: {told.COMMAND}"
    if now["rules"] == NOTED["rules"]:
        assert told.told_otherwise(NOTED, now) == [], f"What is told of a step has changed, and RULES has not. {meant}"
    assert now == NOTED, f"There are other pairs, or RULES has grown. Run: {told.COMMAND}"


def test_the_pairs_show_every_label_every_kind_and_every_state() -> None:
    rows = [told.told(pair) for pair in PAIRS]
    assert {name for row in rows for name in row["labels"]} == set(LABELS)
    assert {name for row in rows for name in row["kinds"]} == {kind.value for kind in EditKind}
    for state in ("is_minor", "is_headline", "is_unannounced"):
        assert {row[state] for row in rows} == {False, True}
    kept = {"excerpt", "words_inserted", "words_deleted", "deleted", "inserted", "before", "after"}
    assert kept <= set(told.SAID)
    assert len({told.key(pair) for pair in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize("name", LABELS)
def test_a_rule_that_is_lost_is_seen(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_RULES", tuple(rule for rule in rules._RULES if rule[0] != name))
    assert _is_seen()


@pytest.mark.parametrize("name", LABELS)
def test_a_rule_that_is_wider_is_seen(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = tuple((each, (lambda _: True) if each == name else applies) for each, applies in rules._RULES)
    monkeypatch.setattr(rules, "_RULES", wide)
    assert _is_seen()


@pytest.mark.parametrize("name", ["TELLING", "KINDS"])
def test_another_order_of_what_excerpts_prefer_is_seen(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    order = getattr(excerpt, name)
    monkeypatch.setattr(excerpt, name, order[::-1])
    assert _is_seen(OF_TWO_EDITS)
    for place in range(len(order) - 1):
        monkeypatch.setattr(excerpt, name, _exchanged(order, place))
        assert f"the constant {name}" in told.told_otherwise(NOTED, told.as_written())


def test_labels_that_are_no_longer_telling_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excerpt, "TELLING", ())
    assert _is_seen(OF_TWO_EDITS)


def _exchanged(names: tuple[Any, ...], place: int) -> tuple[Any, ...]:
    return (*names[:place], names[place + 1], names[place], *names[place + 2 :])


@pytest.mark.parametrize("name", LEXICONS)
def test_a_language_that_is_lost_is_seen_in_pairs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LEXICONS, name, lexicon.Lexicon(frequent=LEXICONS[name].frequent))
    assert _is_seen()


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_a_word_of_a_language_is_seen_though_no_pair_has_it(
    name: str, field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LEXICONS, name, _with_one_less(LEXICONS[name], field))
    assert f"the words of {name}" in told.told_otherwise(NOTED, told.as_written())


def _with_one_less(full: Lexicon, field: str) -> Lexicon:
    value = getattr(full, field)
    if isinstance(value, frozenset):
        value = value - {max(value)}
    elif isinstance(value, dict):
        value = {word: digits for word, digits in value.items() if word != max(value)}
    else:
        value = lexicon.NO_WORDS.correction if field == "correction" else not value
    return replace(full, **{field: value})


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        (slips, "MIN_LETTERS", 5),
        (rules, "MAX_ATTRIBUTION_GAP", 4),
        (rules, "REWRITTEN_KEPT_SHARE", 0.26),
        (rules, "MINOR", frozenset({"typo", "punctuation"})),
        (excerpt, "EXCERPT_CHARACTERS", 241),
        (step, "CONTEXT_CHARACTERS", 61),
    ],
)
def test_a_threshold_is_seen_though_no_pair_stands_on_its_edge(
    module: Any, name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, name, value)
    assert f"the constant {name}" in told.told_otherwise(NOTED, told.as_written())


def test_nothing_is_noted_by_the_rules_of_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "NOTED", tmp_path / "told.json")
    monkeypatch.setattr(told, "pairs", lambda: OF_TWO_EDITS)
    monkeypatch.setattr(told, "groups", dict)
    told.main()
    first = told.noted()
    monkeypatch.setattr(excerpt, "TELLING", _exchanged(TELLING, 1))
    with pytest.raises(SystemExit, match="make it one more"):
        told.main()
    assert told.noted() == first
    monkeypatch.setattr(step, "RULES", step.RULES + 1)
    told.main()
    assert told.noted()["rules"] == step.RULES
    assert told.noted()["steps"].keys() == first["steps"].keys()
    assert told.noted()["steps"] != first["steps"]
