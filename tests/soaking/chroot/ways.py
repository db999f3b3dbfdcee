"""The ways to install Rowback from its sources, as an ordinary user types them; each in a home of its own."""

from __future__ import annotations

from dataclasses import dataclass

SOURCES = "/srv/rowback"  # a checkout that the user may only read
VENV = "python3 -m venv venv"
PIP = "venv/bin/pip install -q"


@dataclass(frozen=True)
class Way:
    """`lines` are typed one after the other in an empty home; `command` is `rowback` from then on, below that home."""

    lines: tuple[str, ...]
    command: str


WAYS = {
    "checkout": Way((f"cp -r {SOURCES} rowback", "rowback/server/run --version"), "rowback/server/run"),
    "pip": Way((VENV, f"{PIP} {SOURCES}/"), "venv/bin/rowback"),
    "wheel": Way(
        (VENV, f"venv/bin/pip wheel -q --no-deps -w dist {SOURCES}/", f"{PIP} dist/rowback-*.whl"), "venv/bin/rowback"
    ),
    "sdist": Way(
        (
            VENV,
            f"{PIP} build",
            f"venv/bin/python -m build --sdist -o dist {SOURCES}",
            f"{PIP} dist/rowback-*.tar.gz",
        ),
        "venv/bin/rowback",
    ),
    "pipx": Way((f"pipx install {SOURCES}/",), ".local/bin/rowback"),
    "uv": Way((VENV, f"{PIP} uv", f"venv/bin/uv tool install {SOURCES}/"), ".local/bin/rowback"),
}


def with_python(python: str) -> Way:
    """The way of an interpreter, by its name on the path."""
    return Way((f"{python} -m venv venv", f"{PIP} {SOURCES}/"), "venv/bin/rowback")
