"""The package keeps its layers."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import rowback

from .layers import ALLOWED, ONLY_IN, SAID_PURE, WINGS, sources, violations

SOURCES = sources(Path(rowback.__file__).parent)


@pytest.mark.parametrize("module", [name for name in SOURCES if name])
def test_every_module_keeps_to_its_layer(module: str) -> None:
    assert violations(module, SOURCES[module]) == []


def test_the_rules_speak_of_every_part_of_the_package() -> None:
    assert {name.partition(".")[0] for name in SOURCES} - {""} == ALLOWED.keys()


def test_every_wing_has_its_place() -> None:
    for layer, wings in WINGS.items():
        held = {name.split(".")[1] for name in SOURCES if name.startswith(f"{layer}.")}
        assert held == set(wings), layer


def test_modules_that_say_so_are_pure() -> None:
    said = {
        name
        for name, source in SOURCES.items()
        if re.search(r"\bPure[.:]", ast.get_docstring(ast.parse(source)) or "")
        and name.partition(".")[0] not in ("text", "diff")
    }
    assert said == SAID_PURE


def test_modules_named_in_the_rules_exist_and_do_import_what_is_reserved_for_them() -> None:
    for library, homes in ONLY_IN.items():
        for home in homes:
            held = [source for name, source in SOURCES.items() if name == home or name.startswith(f"{home}.")]
            assert any(f"import {library}" in source or f"from {library}" in source for source in held), library


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("text.urls", "from rowback.store import Store"),
        ("text.urls", "from rowback.diff.words.compare import compare"),
        ("text.urls", "import socket"),
        ("text.extract", "from pathlib import Path"),
        ("text.elapsed", "from datetime import datetime\ndef f() -> None:\n    datetime.now()"),
        ("capture.poller", "from datetime import UTC, datetime\nSTARTED = datetime.now(UTC)"),
        ("web.app", "import datetime\ndef f() -> None:\n    datetime.datetime.now(datetime.UTC)"),
        ("store.store", "import datetime\nTODAY = datetime.date.today()"),
        ("cli.poll", "import time\nBEGAN = time.time()"),
        ("demo.run", "from time import time"),
        ("store.store", "from rowback.clock import utc_now"),
        ("text.elapsed", "from rowback.clock import format_instant"),
        ("clock", "from rowback.model import Block"),
        ("capture.habits", "from rowback.store.watching import watch"),
        ("capture.schedule", "from rowback.capture.context import Context"),
        ("store.placement", "import sqlite3"),
        ("pace", "from rowback.model import Status"),
        ("text.normalize", "def f() -> None:\n    open('x')"),
        ("diff.blocks.align", "import random"),
        ("diff.telling.history", "import time as t"),
        ("diff.telling.history", "if True:\n    from rowback.capture.captures import from_html"),
        ("diff.blocks.align", "import diff_match_patch"),
        ("text.urls", "import trafilatura.utils"),
        ("model", "from rowback.errors import BadInput"),
        ("store.store", "from rowback.capture import fetch"),
        ("store.store", "from rowback.web import shapes"),
        ("store.store", "shapes = Deferred('rowback.web.api.shapes')"),
        ("capture.captures", "create_app = DeferredFunction('rowback.web.app', 'create_app')"),
        ("capture.captures", "from rowback.web.app import create_app"),
        ("capture.fetch", "from rowback import web"),
        ("archive.bulk", "from rowback.cli.base import settings"),
        ("demo.desk", "from rowback.web.server import Server"),
        ("demo.desk", "def f() -> None:\n    import rowback.cli.demo"),
        ("web.api.routes", "from rowback.cli.base import settings"),
        ("web.api.routes", "import sqlite3"),
        ("cli.health", "from sqlite_utils import Database"),
        ("web.api.routes", "QUERY = 'select id from articles'"),
        ("capture.captures", "def f(db: object) -> None:\n    g('delete from blocks where id = ?')"),
        ("cli.health", "CHECK = 'PRAGMA quick_check'"),
        ("diff.blocks.align", "from . import words"),
        ("diff.words.compare", "from rowback.diff.labels.rules import LABELS"),
        ("diff.labels.names", "from rowback.diff.blocks import align"),
        ("diff.blocks.carry", "from rowback.diff.telling.history import tell"),
        ("diff.words.tidy", "from rowback.diff import telling"),
        ("web.guard.sessions", "from rowback.web.request import base"),
        ("web.request", "from rowback.web.api.shapes import article"),
        ("web.api.routes", "from rowback.web.pages import wording"),
        ("web.pages.article", "from rowback.web.app import create_app"),
        ("unheard_of", "from rowback.model import Block"),
    ],
)
def test_breaking_a_rule_is_noticed(module: str, source: str) -> None:
    assert len(violations(module, source)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("diff.blocks.align", "from rowback.text.normalize import comparable"),
        ("capture.fetch", "from rowback import __version__"),
        ("store.asides", "from rowback.store.placement import place"),
        ("store.asides", "if TYPE_CHECKING:\n    from rowback.store.versions import Span"),
        ("capture.fetch", "import time\nBEGAN = time.monotonic()"),
        ("capture.poller", "def f(context: object) -> None:\n    context.now()"),
        ("capture.log", "from datetime import datetime\nAT = datetime.fromtimestamp(0)"),
        ("clock", "from datetime import UTC, datetime\nNOW = datetime.now(UTC)"),
        ("store.store", "QUERY = 'select id from articles'"),
        ("cli.serve", "from rowback.web.app import create_app"),
        ("web.api.routes", "NOTE = 'Select a version, then press Compare.'"),
    ],
)
def test_what_is_allowed_is_not_blamed(module: str, source: str) -> None:
    assert violations(module, source) == []
