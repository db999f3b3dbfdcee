"""The one way onto the terminal: whatever commands print, and what click says for them, is cleaned here.

A title, a feed or a host may say anything (`rowback.text.plain`), and a terminal may know few characters. What it cannot
hold is written as an escape.
"""

from __future__ import annotations

import codecs
import errno
import io
import json
import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from rowback.command import as_typed, command
from rowback.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from rowback.text import plain
else:
    plain = Deferred("rowback.text.plain")

MAX_ADDRESS = 1_000  # characters of an address in a list; with --json it is whole
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as the code page of its country
MAX_MESSAGE = 2_000  # characters of an error in one line; it may quote an address

Styled = tuple[str, dict[str, Any]]  # a text and its style, as `click.style` takes it


def echo(text: str = "", *, err: bool = False, nl: bool = True, **style: Any) -> None:
    """Prints a text in one style, commands in it as they are typed here. Its line breaks and tabs are taken for ours: what is
    quoted goes through `line` first."""
    echo_styled([(as_typed(text), style)], err=err, nl=nl)


def echo_styled(pieces: Iterable[Styled], *, err: bool = False, nl: bool = True) -> None:
    """Prints texts, each in its style."""
    stream = _stream(err=err)
    told = "".join(click.style(text, **style) if style else text for text, style in _clean(pieces, stream))
    with _written(stream):
        click.echo(told, file=stream, nl=nl)


def row(*fields: str) -> None:
    """Prints an entry of a list, its fields a tab apart, each in one line of bounded length."""
    echo("\t".join(address(field) if "://" in field else plain.line(field, 400) for field in fields))


def address(url: str) -> str:
    """An address to be printed beside other words."""
    return plain.line(url, MAX_ADDRESS)


def print_json(value: Any) -> None:
    """A value as JSON on stdout."""
    print_json_lines([json.dumps(value, ensure_ascii=False, indent=2) + "\n"])


def print_json_lines(lines: Iterable[str]) -> None:
    """JSON texts on stdout, each with its line break; what a terminal obeys or the stream cannot hold is escaped in them."""
    stream = _stream(err=False)
    for text in lines:
        told = plain.in_json(text)
        with _written(stream):
            stream.write(told if _fits(told, stream) else plain.in_json(text, ascii_only=True))
    with _written(stream):
        stream.flush()


def print_csv(lines: Iterable[str]) -> None:
    """Lines of CSV on stdout, cleaned as they are; what the stream cannot hold is escaped. A file or a program gets the mark
    by which spreadsheets know UTF-8."""
    stream = _stream(err=False)
    with _written(stream):
        stream.write("" if stream.isatty() or not _is_utf8(stream) else BYTE_ORDER_MARK)
    for text in lines:
        with _written(stream):
            stream.write(_fitted(text, stream))
    with _written(stream):
        stream.flush()


def print_xml(document: bytes) -> None:
    """An XML document in UTF-8 on stdout; what the stream cannot hold is written as references to characters."""
    stream, text = _stream(err=False), plain.visible(document.decode())
    with _written(stream):
        stream.write(text.encode(_encoding(stream), "xmlcharrefreplace").decode(_encoding(stream)))
        stream.flush()


def confirm(question: str) -> None:
    """Asks before something that cannot be undone; ends the command unless the answer is yes."""
    try:
        click.confirm(_fitted(plain.visible(question), _stream(err=False)), abort=True)
    except UnicodeDecodeError as error:  # typed in another encoding than the terminal's: not a yes
        raise click.Abort from error


def ask_secret(question: str) -> str:
    """What somebody types at a terminal, without showing it."""
    return str(click.prompt(_fitted(plain.visible(question), _stream(err=True)), hide_input=True, err=True))


def progress(length: int, label: str) -> AbstractContextManager[Any]:
    """A progress bar on stderr; it shows itself on a terminal only."""
    stream = _stream(err=True)
    return click.progressbar(length=length, label=_fitted(plain.line(label), stream), file=stream)


def has_colours() -> bool:
    """Whether stdout is shown in colours."""
    context = click.get_current_context(silent=True)
    if context is not None and context.color is not None:
        return context.color
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")  # https://no-color.org


class Plain(click.Group):
    """Commands of which click's own complaints, too, are plain: they quote what was typed."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """click's, in UTF-8 where nobody looks on, and also where the standard streams are closed (`>&-`): what is said there
        is said to nobody."""
        for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
            if getattr(sys, name) is None:
                setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 (until the end)
        _write_utf8()
        return super().main(*args, **{"prog_name": command()} | kwargs)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """click's, with plain complaints."""
        try:
            return super().make_context(*args, **kwargs)
        except click.ClickException as error:
            raise _plain(error) from error

    def invoke(self, ctx: click.Context) -> Any:
        """click's, with plain complaints."""
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            raise _plain(error) from error


def _write_utf8() -> None:
    """Files and pipes get UTF-8, whatever a console's code page or the locale is, unless `PYTHONIOENCODING` says otherwise;
    a terminal gets what it can show."""
    if os.environ.get("PYTHONIOENCODING"):
        return
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty() and not _is_utf8(stream):
            with suppress(OSError):  # one that something was written to already: escapes do there
                stream.reconfigure(encoding="utf-8")


def _plain(error: click.ClickException) -> click.ClickException:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error
    told = _fitted(plain.visible(as_typed(error.format_message()))[:MAX_MESSAGE], _stream(err=True))
    return click.UsageError(told, error.ctx) if isinstance(error, click.UsageError) else click.ClickException(told)


@contextmanager
def _written(stream: TextIO) -> Iterator[None]:
    """Says in a sentence that a stream takes no more, as one into a file on a full disk. Who reads no further (`| head`) is
    click's to handle."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        with suppress(OSError), Path(os.devnull).open("wb") as nowhere:  # else Python complains of the rest at its end
            os.dup2(nowhere.fileno(), stream.fileno())
        raise click.ClickException(f"The output cannot be written: {error.strerror}.") from error


def _clean(pieces: Iterable[Styled], stream: TextIO) -> list[Styled]:
    return [(_fitted(plain.visible(text), stream), style) for text, style in pieces]


def _stream(*, err: bool) -> TextIO:
    return sys.stderr if err else sys.stdout


def _encoding(stream: TextIO) -> str:
    return stream.encoding or "utf-8"


def _is_utf8(stream: TextIO) -> bool:
    return codecs.lookup(_encoding(stream)).name == "utf-8"


def _fits(text: str, stream: TextIO) -> bool:
    try:
        text.encode(_encoding(stream))
    except UnicodeEncodeError:
        return False
    return True


def _fitted(text: str, stream: TextIO) -> str:
    return text.encode(_encoding(stream), "backslashreplace").decode(_encoding(stream))
