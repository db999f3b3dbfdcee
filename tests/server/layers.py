"""The rules of who may import whom, checked on a module's source."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORDS = {"model", "told", "errors", "pace"}
PURE = WORDS | {"text", "diff"}
# What each part of the package may import of the package. `version` is `from rowback import __version__`.
ALLOWED = {
    "model": set[str](),
    "told": {"model"},
    "command": set[str](),
    "errors": {"command"},
    "clock": {"errors"},
    "files": set[str](),
    "pace": set[str](),
    "waits": set[str](),
    "__main__": {"cli", "command"},
    "deferred": set[str](),
    "apart": WORDS | {"apart", "waits"},
    "config": WORDS | {"command"},
    "extension": WORDS | {"command", "files", "version"},
    "text": WORDS | {"text"},
    "diff": PURE,
    "reread": PURE | {"reread"},
    "store": PURE | {"apart", "deferred", "files", "reread", "store", "version"},
    "capture": PURE | {"apart", "clock", "command", "deferred", "store", "capture", "version", "waits"},
    "archive": PURE | {"clock", "deferred", "store", "capture", "archive", "version"},
    "alerts": PURE | {"alerts", "capture", "clock", "command", "deferred", "store", "waits"},
    "demo": PURE | {"clock", "store", "capture", "archive", "config", "extension", "demo", "version"},
    "web": PURE
    | {"alerts", "apart", "clock", "command", "store", "capture", "archive", "config", "deferred", "web", "version"},
    "cli": PURE
    | {
        "alerts",
        "apart",
        "clock",
        "command",
        "store",
        "capture",
        "archive",
        "config",
        "extension",
        "files",
        "deferred",
        "demo",
        "web",
        "cli",
        "version",
        "waits",
    },
}
# Within a part: its wings and modules from the lowest up. Each imports only those before it.
WINGS = {
    "diff": ("words", "labels", "blocks", "telling"),
    "web": (
        "sent",
        "guard",
        "seats",
        "numbering",
        "periods",
        "request",
        "asked_steps",
        "edit_names",
        "export_runs",
        "note_files",
        "api",
        "cards",
        "pages",
        "problems",
        "metrics",
        "app",
        "connections",
        "server",
    ),
}
# Modules outside of the pure parts that say that they are pure, too.
SAID_PURE = {
    "archive.cdx",
    "archive.choosing",
    "archive.sources",
    "archive.timemap",
    "capture.habits",
    "capture.opml",
    "capture.pacing",
    "capture.schedule",
    "store.asides",
    "store.placement",
    "store.public_spans",
    "store.shares",
    "web.api.bounds",
}
# Files, programs, the network, the clock and chance: not for the pure parts.
IMPURE = set(
    "asyncio flask http importlib io multiprocessing os pathlib random requests secrets select shutil signal socket "
    "sqlite3 sqlite_utils subprocess sys tempfile threading time urllib3 waitress".split()
)
# What tells the time of day, by what it is called on. How long something took may be measured anywhere but in the pure parts.
CLOCKS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime", "asctime"},
}
LATE = {"Deferred", "DeferredFunction"}  # what imports later, from `rowback.deferred`
CLOCK = "clock"  # the one part that may read it
ONLY_IN = {
    "trafilatura": {"text.careful"},
    "diff_match_patch": {"diff.words.compare"},
    "sqlite3": {"store"},
    "sqlite_utils": {"store"},
}
_SQL = re.compile(
    r"^\s*(select\s.+\sfrom\s|insert\s+(or\s+\w+\s+)?into\s|update\s+\w+\s+set\s|delete\s+from\s|create\s+(table|view|index)"
    r"\s|alter\s+table\s|drop\s+table\s|pragma\s|begin\s+immediate)",
    re.IGNORECASE | re.DOTALL,
)


def sources(package: Path) -> dict[str, str]:
    """The modules of a package folder by name without the package's (`text.urls`), with their source."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        found[name] = path.read_text(encoding="utf-8")
    return found


def violations(module: str, source: str) -> list[str]:
    """What in a module of `rowback` breaks the rules."""
    tree = ast.parse(source)
    layer = module.partition(".")[0]
    return [
        *_imports(module, layer, tree),
        *_arrows_up(module, layer, tree),
        *_impure(module, tree),
        *_clocks(module, layer, tree),
        *_files(module, layer, tree),
        *_sql(module, layer, tree),
    ]


def _imports(module: str, layer: str, tree: ast.Module) -> Iterator[str]:
    for name in _imported(tree):
        top, _, rest = name.partition(".")
        if top == "rowback":
            wanted = rest.partition(".")[0]
            if wanted not in ALLOWED.get(layer, set()):
                yield f"{module} imports {name}"
        elif _is_pure(module, layer) and top in IMPURE:
            yield f"{module} imports {name}, but is pure"
        homes = ONLY_IN.get(top)
        if homes is not None and not homes & {module, layer}:
            yield f"{module} imports {name}, which is for {' and '.join(homes)}"


def _arrows_up(module: str, layer: str, tree: ast.Module) -> Iterator[str]:
    wings = WINGS.get(layer, ())
    own = module.split(".")[1:2]
    if not own or own[0] not in wings:
        return
    for name in _imported(tree):
        for wing in wings[wings.index(own[0]) + 1 :]:
            if f"{name}.".startswith(f"rowback.{layer}.{wing}."):
                yield f"{module} imports {name}, which stands above it"


def _imported(tree: ast.AST) -> Iterator[str]:
    """Full names of imported modules; of the package itself, what is taken from it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in LATE:
            yield from (str(each.value) for each in node.args[:1] if isinstance(each, ast.Constant))
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield "rowback.relative"
            elif node.module == "rowback":
                yield from (f"rowback.{alias.name}".replace("__version__", "version") for alias in node.names)
            elif (node.module or "").split(".")[0] == "rowback":
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            else:
                yield node.module or ""


def _is_pure(module: str, layer: str) -> bool:
    return layer in ("text", "diff") or module in SAID_PURE


def _impure(module: str, tree: ast.Module) -> Iterator[str]:
    """What a module that is said to be pure takes from parts that are not; types may come from anywhere."""
    if module not in SAID_PURE:
        return
    types = {name for node in tree.body if _is_for_types(node) for name in _imported(node)}
    for name in set(_imported(tree)) - types:
        top, *rest = name.split(".")
        if top == "rowback" and rest[0] not in PURE and ".".join(rest[:2]) not in SAID_PURE:
            yield f"{module} imports {name}, but is pure"


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _clocks(module: str, layer: str, tree: ast.Module) -> Iterator[str]:
    if layer == CLOCK:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            on = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            if node.attr in CLOCKS.get(on, ()):
                yield f"{module} reads the clock"
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (f"{module} reads the clock" for alias in node.names if alias.name in CLOCKS["time"])


def _files(module: str, layer: str, tree: ast.Module) -> Iterator[str]:
    if not _is_pure(module, layer):
        return
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("open", "print", "input")
        ):
            yield f"{module} calls {node.func.id}"


def _sql(module: str, layer: str, tree: ast.Module) -> Iterator[str]:
    if layer == "store":
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _SQL.match(node.value):
            yield f"{module} holds SQL: {node.value[:30]!r}"
