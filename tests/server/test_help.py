"""What `--help` says: all of it, for every command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from rowback.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

FLAGS = {"--json", "--db", "--config"}  # of the same meaning everywhere, in this order at the end


def every(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    for inner in command.commands.values() if isinstance(command, click.Group) else ():
        yield from every(inner, f"{name} {inner.name}")


COMMANDS = dict(every(main, "rowback"))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_does_and_what_each_of_its_options_means(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    options = [option for option in command.params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] == []
    flags = [option.opts[0] for option in options if option.opts[0] in FLAGS]
    assert "--db" not in flags or "--config" in flags
    assert flags == sorted(flags, reverse=True), "--json, then --db, then --config"


@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if isinstance(command, click.Group)])
def test_the_list_of_commands_is_in_whole_sentences(name: str) -> None:
    said = CliRunner().invoke(main, [*name.split()[1:], "--help"], terminal_width=80).output
    assert "..." not in said.split("Commands:")[1]
