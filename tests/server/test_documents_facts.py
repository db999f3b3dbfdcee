"""What the papers say of the program is so: settings, routes, pages, searches, errors, languages and labels."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from rowback import errors
from rowback.archive.rows import TABLES
from rowback.config import Settings, load
from rowback.diff.labels.lexicon import LEXICONS
from rowback.diff.labels.rules import LABELS
from rowback.text.query import FIELDS, parse
from rowback.web.app import create_app

from .documents import DOCS, ROOT, blocks, name_of, papers, prose, section, spans, table
from .test_help import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

    from rowback.store import Store

_PARAMETER = re.compile(r"<any\(([^)]*)\):\w+>|<[^>]+>")


def test_every_setting_is_on_its_paper_with_its_default_and_its_flag() -> None:
    rows = table(prose(DOCS / "settings.md"))
    told = {cells[0].strip("`"): cells for cells in rows}
    assert sorted(cells[0].strip("`") for cells in rows) == sorted(field.name for field in fields(Settings))
    flags = {
        name for command in ("serve", "poll") for each in COMMANDS[f"rowback {command}"].params for name in each.opts
    }
    for field in fields(Settings):
        _, _, default, flag = told[field.name]
        own = f"--{field.name.replace('_', '-')}"
        off = f"--no-{field.name.partition('_')[0]}"
        assert flag.strip("`") == next((each for each in (own, off) if each in flags), ""), field.name
        if isinstance(field.default, (str, int)):
            assert default.strip("`") == str(field.default).lower(), field.name
        elif field.default == ():
            assert default == "none", field.name


def test_settings_files_in_papers_are_settings_files(tmp_path: Path) -> None:
    found = [block for paper in papers() for block in blocks(paper, "toml")]
    assert found
    for block in found:
        (tmp_path / "rowback.toml").write_text(block, encoding="utf-8")
        assert load({}, {}, tmp_path) != load({}, {}, tmp_path / "nowhere")


def test_json_in_papers_is_json() -> None:
    found = [block for paper in papers() for block in blocks(paper, "json")]
    assert found
    for block in found:
        json.loads(block)


def test_every_route_of_the_api_is_on_its_paper() -> None:
    document = json.loads((ROOT / "server/rowback/web/api/openapi.json").read_text(encoding="utf-8"))
    methods = {"get", "put", "post", "patch", "delete"}
    routes = [
        f"{method.upper()} {path}" for path, item in document["paths"].items() for method in methods & item.keys()
    ]
    told = [cells[0].strip("`") for cells in table(section(DOCS / "api.md", "## All routes"))]
    assert sorted(told) == sorted(routes)


def test_every_page_is_on_its_paper_and_every_address_is_a_page(store: Store) -> None:
    rules = [rule.rule for rule in create_app(store).url_map.iter_rules() if rule.endpoint != "static"]
    patterns = {rule: re.compile(_as_pattern(rule)) for rule in rules}
    told = {span.partition("?")[0] for span in spans(DOCS / "pages.md")}
    untold = [rule for rule in rules if not rule.startswith("/api/") and not any(map(patterns[rule].fullmatch, told))]
    assert untold == []
    for paper in papers():
        for span in spans(paper):
            address = span.partition("?")[0]
            if address.startswith("/") and not address.startswith(("/etc/", "/opt/")):
                found = any(pattern.fullmatch(address) for pattern in patterns.values())
                assert found, f"{span} in {name_of(paper)}"


def _as_pattern(rule: str) -> str:
    """A pattern for how a paper may write a route: any word for a parameter."""
    found, at = "", 0
    for parameter in _PARAMETER.finditer(rule):
        words = parameter[1].replace(", ", "|") if parameter[1] else r"[\w.:-]+"
        found += f"{re.escape(rule[at : parameter.start()])}(?:{words})"
        at = parameter.end()
    return found + re.escape(rule[at:])


def test_every_field_of_a_search_is_on_its_paper_and_every_example_is_a_search() -> None:
    searching = section(DOCS / "pages.md", "## Searching")
    examples = [cells[0].strip("`") for cells in table(searching) if "://" not in cells[0]]
    assert [field for field in FIELDS if f"{field}:" not in " ".join(examples)] == []
    for example in examples:
        parse(example)


def test_every_error_is_on_its_paper() -> None:
    told = {(cells[0], cells[1].strip("`")) for cells in table(section(DOCS / "api.md", "## Errors"))}
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.RowbackError)]
    ours = {(str(kind.status), kind.code) for kind in kinds} - {("500", "error"), ("500", "bad-setting")}
    assert told == ours


def test_every_language_is_on_its_paper() -> None:
    interface, labels = section(DOCS / "reading.md", "## Languages").split("Labels that depend on words")
    codes = re.compile(r"\(`([a-z]{2}(?:_[A-Z]{2})?)`\)")
    assert set(codes.findall(interface)) == {path.name for path in (ROOT / "extension" / "_locales").iterdir()}
    assert set(codes.findall(labels)) == LEXICONS.keys()


@pytest.mark.parametrize("name", TABLES)
def test_every_column_of_an_export_is_on_its_paper_in_order(name: str) -> None:
    told = [cells[0].strip("`") for cells in table(section(DOCS / "data.md", f"## {name.capitalize()}"))]
    assert told == [column.name for column in TABLES[name].columns]


def test_labels_that_are_named_exist() -> None:
    named = {
        label
        for paper in papers()
        for label in re.findall(r"(?:label:|/labels/)([a-z-]+)(?= |/feed|$)", " ".join(spans(paper)))
    }
    assert named
    assert named <= set(LABELS)
