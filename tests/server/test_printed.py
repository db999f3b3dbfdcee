"""Whatever a store, a server or an argument says, commands print text and nothing else, on any code page."""

from __future__ import annotations

import ast
import csv
import io
import json
import logging
import os
import re
import socket
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
from click.testing import CliRunner

import rowback
from rowback.capture.log import JSONLines, PlainLines
from rowback.cli import main
from rowback.cli.printer import MAX_MESSAGE
from rowback.clock import utc_now
from rowback.store.backups import named, pattern_of
from rowback.web.server import Server

from . import hostile_store
from .hostile_store import ARTICLE, FEED, HIDDEN, LONG, MARK, OTHER, SAID, SIGNS
from .program import COMMAND, Program
from .samples import page
from .websites import website

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .websites import Website

OBEYED = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))} - {"\n", "\t"}
OBEYED |= {"\u061c", "\u200e", "\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A)), "\u2028"}
CHARSETS = ["utf-8", "cp1252", "ascii"]
MAX_PRINTED = 3 * MAX_MESSAGE  # a line: several fields, and escapes for what the stream cannot hold
_STYLE = re.compile(r"\x1b\[[0-9;]*m")
# What of each command is run: a row for each way in which it prints. `-` marks one that quotes nothing.
RUNS: dict[str, list[str]] = {
    "serve": ["- --port 0 --no-open --no-poll"],
    "demo": ["--no-browser"],
    "capture": [
        "{site}/page", "- {site}/picture",
        "FILE --url ODD", "FILE --url https://a.example/1", "FILE --url https://a.example/2 --json"],
    "follow": ["ARTICLE", "- FEED --as feed", "{site}/feed --as feed --include SAID --json", "- {site}/picture",
        "{site}/page"],
    "unfollow": ["- https://quay.example/none", "OTHER", "- FEED"],
    "feeds": ["", "--json"],
    "feeds import": ["LIST"],
    "feeds export": ["", "- --output OUT"],
    "feeds drop": ["- FEED", "- FEED --undo", "- FEED --json", "ODD"],
    "backfill": [
        "- ARTICLE --from memento+{site}/map", "- ARTICLE --from memento+{site}/map --dry-run",
        "- ARTICLE --from memento+{site}/map --json", "ARTICLE --from ODD"],
    "poll": ["--once", "- --once --log-json", "- --once --json"],
    "status": ["", "--json"],
    "edits": ["ARTICLE", "ARTICLE --json", "ODD"],
    "merge": ["ARTICLE OTHER"],
    "split": ["OTHER", "OTHER --undo", "OTHER --json", "- ARTICLE --versions SAID", "- ODD"],
    "outlets": ["- --language de", "- --country NZ --json", "- --country ODD"],
    "check": ["- ODD", "- ARTICLE", "- ARTICLE --json"],
    "latest": ["", "--since 9000d", "--json", "- --since 0m", "--article ARTICLE", "ODD"],
    "notes": ["- --csv --json", "- --csv", "- --json", "-", "--reader ODD"],
    "sources": ["", "--json", "- ODD", "- quay.example --until 2026-01-31"],
    "search": ["HOSTILE", "HOSTILE --json", "- nothingatall"],
    "hide": ["OTHER --reason SAID", "OTHER --undo"],
    "pause": ["OTHER"],
    "list": ["OTHER", "ODD"],
    "unlist": ["OTHER"],
    "forget": ["ARTICLE --yes", "HIDDEN"],
    "prune": ["- --unedited-for 1 --dry-run", "- --unedited-for 1 --dry-run --json", "- --yes"],
    "import": ["LINES", "LINES --json", "CRAWL", "CRAWL --json", "CRAWL --dry-run", "CRAWL --dry-run --json",
        "LINES --as SAID", "- --query rmdes"],
    "imports": ["", "--json"],
    "imports undo": ["- 9", "IMPORT", "- IMPORT --yes", "- --source ODD --json", "- --article https://quay.example/none"],
    "export": ["", "ARTICLE", "- --output OUT", "ODD", "--edits", "--versions --format csv", "ARTICLE --blocks --public",
        "- --edits --versions --format sqlite --output OUT", "- --edits --format parquet --output OUT", "- ODD --edits"],
    "backup": ["OUT"],
    "restore": ["BACKUP --db RESTORED"],
    "extension": ["FOLDER", "--zip OUT", "--xpi OUT"],
    "pair": ["", "--json", "- ODD"],
    "sign-in": ["-", "--at ODD"],
    "sign-out": ["- --everywhere"],
    "invite": ["- SAID", "- SAID --at ODD"],
    "readers": ["", "--json"],
    "readers rename": ["- OWNER SAID"],
    "readers revoke": ["ODD"],
    "readers delete": ["ODD", "ODD --yes"],
    "tokens": ["", "--json"],
    "tokens new": ["- SAID"],
    "tokens revoke": ["ODD"],
    "feed-keys new": ["- ODD", "- /feed --at ODD"],
    "feed-keys": ["-", "- --json"],
    "feed-keys revoke": ["- 1", "- 9"],
    "searches save": ["- SAID label:figure", "- Figures label:figure", "- Figures ODD"],
    "searches": ["- ", "- --json"],
    "alerts add": ["- Figures {site}/hook --quiet 22-7", "- Figures ODD", "- ODD {site}/hook"],
    "alerts": ["-", "- --json"],
    "alerts test": ["- 1", "- 9"],
    "alerts pause": ["- 1"],
    "alerts resume": ["- 1"],
    "alerts log": ["-", "- 1", "- 1 --json"],
    "alerts remove": ["- 1"],
    "searches remove": ["- Figures", "- ODD"],
    "doctor": ["", "--json"],
}  # fmt: skip
LAST = ["merge", "split", "forget", "restore"]
ORDER = [name for name in RUNS if name not in LAST] + LAST


def _commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        inner = isinstance(command, click.Group)
        if not inner or command.invoke_without_command:  # type: ignore[attr-defined]
            yield " ".join((*path, name)), command
        if isinstance(command, click.Group):
            yield from _commands(command, (*path, name))


COMMANDS = dict(_commands(main))


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as found:
        found.put("/page", page(title=f"Ferry {SAID} leaves"))
        found.put("/picture", b"GIF8", Content_Type="image/gif")
        found.put("/feed", json.dumps({"version": "https://jsonfeed.org/version/1", "title": SAID, "items": []}))
        yield found


@pytest.fixture
def place(tmp_path: Path, site: Website, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a hostile store and hostile files; no name is resolved, and what would run on returns at once."""
    monkeypatch.chdir(tmp_path)  # what is named oddly is made here
    monkeypatch.setattr("rowback.capture.pacing.GAP_S", 0.0)
    monkeypatch.setattr(Server, "run", lambda _, ready: ready())
    monkeypatch.setattr("rowback.cli.demo.run", lambda *_, say, **__: say(SAID))
    known = socket.getaddrinfo

    def resolve(host: Any, *rest: Any, **more: Any) -> Any:
        if not re.fullmatch(r"[\d.:]+", str(host or "0")):
            raise OSError("no network in tests")
        return known(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    for name, value in Program(tmp_path).environment().items():
        if name.startswith(("ROWBACK", "HOME", "XDG")):
            monkeypatch.setenv(name, value)
    monkeypatch.setenv("ROWBACK_FETCH_HOSTS", "127.0.0.1")
    hostile_store.fill(tmp_path / "rowback.db")
    (tmp_path / "list.opml").write_text(
        f'<opml><body><outline xmlUrl="{MARK}://x"/><outline xmlUrl="https://b.example/" title="€"/></body></opml>',
        encoding="utf-8",
    )
    (tmp_path / f"{_name('file')}.html").write_text(page(title=SAID), encoding="utf-8", errors="replace")
    line = {
        "url": "https://c.example/1",
        "seen_at": "2026-01-10T08:00:00Z",
        "title": SAID,
        "paragraphs": ["Some text."],
    }
    bad = line | {"blocks": [{"kind": SAID, "text": "x"}], "paragraphs": None}
    (tmp_path / f"{_name('lines')}.jsonl").write_text(
        "\n".join(map(json.dumps, (line, bad, {"url": LONG}))), encoding="utf-8"
    )
    content = {"mimeType": "text/html", "text": page(title=SAID)}
    entries = [
        {"startedDateTime": at, "request": {"url": url}, "response": {"status": 200, "content": content}}
        for at, url in (("2026-01-10T08:00:00Z", f"https://d.example/{SAID}"), (SAID, "https://d.example/2"))
    ]
    (tmp_path / f"{_name('crawl')}.har").write_text(
        json.dumps({"log": {"version": "1.2", "entries": entries}}), encoding="utf-8"
    )
    kept, level = logging.getLogger().handlers[:], logging.getLogger().level
    yield tmp_path
    logging.getLogger().handlers[:] = kept
    logging.getLogger().setLevel(level)
    logging.getLogger("rowback").setLevel(logging.NOTSET)


def _name(kind: str) -> str:
    """A file name as anything may write it: a terminal would obey it."""
    return f"{kind} {MARK} \x1b[2J\x9b\u202e€漢"


def _arguments(name: str, text: str, place: Path, site: Website) -> list[str]:
    named = {
        "ARTICLE": ARTICLE,
        "OTHER": OTHER,
        "HIDDEN": HIDDEN,
        "FEED": FEED,
        "SAID": SAID,
        "IMPORT": "1",
        "ODD": f"https://a.example/{MARK}{SAID}",
        "FILE": str(place / f"{_name('file')}.html"),
        "LINES": str(place / f"{_name('lines')}.jsonl"),
        "LIST": str(place / "list.opml"),
        "CRAWL": str(place / f"{_name('crawl')}.har"),
        "OUT": str(place / _name(f"out {name} {text.count('-')}")),
        "BACKUP": str(named_backup(place)),
        "RESTORED": str(place / _name("restored")),
        "FOLDER": str(place / _name("folder")),
    }
    words = [word for word in text.split() if word != "-"]
    return [*name.split(), *(named.get(word, word.format(site=site.url("", "127.0.0.1"))) for word in words)]


def named_backup(place: Path) -> Path:
    return named(pattern_of(place / _name("out backup 0"), is_series=False), utc_now())


def _check(raw: bytes, charset: str, asked: object) -> str:
    text = raw.decode(charset)
    assert not set(text) & OBEYED, (asked, text[:2_000])
    return text


@pytest.mark.parametrize("charset", CHARSETS)
def test_every_command_prints_text_and_nothing_else(
    place: Path, site: Website, charset: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", charset)
    runner, silent = CliRunner(charset=charset), []
    for name in ORDER:
        for text in RUNS[name]:
            arguments = _arguments(name, text, place, site)
            ran = runner.invoke(main, arguments, input="n\n")
            assert isinstance(ran.exception, SystemExit | None), (arguments, ran.exc_info)
            assert ran.exit_code in (0, 1, 2)
            out, err = _check(ran.stdout_bytes, charset, arguments), _check(ran.stderr_bytes, charset, arguments)
            if MARK not in out + err and text.split()[:1] != ["-"]:
                silent.append((arguments, out, err))
            if "--json" in arguments and out:
                json.loads(out)
            elif name == "export" and "csv" in arguments:
                assert all(row["seen_at"] for row in csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
            elif name == "export" and out:
                assert all(json.loads(line)["seen_at"] for line in out.splitlines())
            elif name not in ("edits", "export"):
                assert max(map(len, (out + err).splitlines()), default=0) <= MAX_PRINTED, arguments
    assert not silent, silent


def test_every_command_is_run() -> None:
    assert RUNS.keys() == COMMANDS.keys()


def test_colours_are_the_only_escapes(place: Path, site: Website) -> None:
    ran = CliRunner().invoke(main, ["edits", ARTICLE], color=True)
    assert _STYLE.search(ran.stdout)
    assert not set(_STYLE.sub("", ran.stdout)) & OBEYED


def test_an_answer_in_another_encoding_is_no_yes(place: Path) -> None:
    ran = CliRunner(charset="ascii").invoke(main, ["forget", HIDDEN], input=b"\xff\n")
    assert (ran.exit_code, ran.stderr) == (1, "Aborted!\n")
    assert "Forgotten" in CliRunner().invoke(main, ["forget", HIDDEN], input="y\n").stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_odd_argument_is_borne(place: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    command, odd = COMMANDS[name], f"\udcff{SAID}"
    needed = [odd for each in command.params if isinstance(each, click.Argument) and (each.required or name == "pair")]
    fixed = {"poll": ["--once"], "serve": ["--no-poll", "--port", "0"]}.get(name, [])
    tried = [[], ["--help"], ["--" + odd], ["--", odd, odd, odd, odd]]
    for option in command.params:
        if isinstance(option, click.Option) and not option.is_flag:
            tried += [[option.opts[0], value] for value in (odd, "https://a.example/\udcff", "")]
    for charset in CHARSETS:
        monkeypatch.setenv("PYTHONIOENCODING", charset)
        for more in tried:
            ran = CliRunner(charset=charset).invoke(main, [*name.split(), *fixed, *more, *needed], input="n\n")
            assert isinstance(ran.exception, SystemExit | None), (more, ran.exc_info)
            assert ran.exit_code in (0, 1, 2)
            _check(ran.stdout_bytes, charset, more)
            _check(ran.stderr_bytes, charset, more)


@pytest.mark.parametrize(
    "environment",
    [{"PYTHONIOENCODING": "cp1252"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}],
    ids=str,
)
def test_a_terminal_of_another_code_page_is_no_obstacle(tmp_path: Path, environment: dict[str, str]) -> None:
    program = Program(tmp_path)
    hostile_store.fill(program.db)
    kept = {**program.environment(), "PYTHONUTF8": "0"} | environment
    charset = environment.get("PYTHONIOENCODING", "utf-8")
    for arguments in (["edits", ARTICLE], ["export"], ["edits", b"https://x.example/\xff\x1b[2J\xe2\x80\xae"]):
        ran = subprocess.run([COMMAND, *arguments], capture_output=True, env=kept)
        assert b"Traceback" not in ran.stderr
        assert ran.returncode in (0, 1)
        _check(ran.stdout, charset, arguments)
        _check(ran.stderr, charset, arguments)
    lines = [
        json.loads(line)
        for line in subprocess.run([COMMAND, "export"], capture_output=True, env=kept).stdout.splitlines()
    ]
    assert {SIGNS in line["title"] for line in lines} == {True}
    again = Program(tmp_path / "again")
    again.folder.mkdir()
    exported = subprocess.run([COMMAND, "export"], capture_output=True, env=kept).stdout
    taken = subprocess.run(
        [COMMAND, "import", "-"], input=exported, capture_output=True, env=kept | {"ROWBACK_DB": str(again.db)}
    )
    assert (taken.returncode, taken.stderr) == (0, b"")


def test_logs_are_text_and_nothing_else() -> None:
    raised = (ValueError, ValueError(SAID), None)
    record = logging.LogRecord("x", logging.WARNING, "x", 1, "%s said %s", ("who", LONG), raised)
    plain, as_json = PlainLines("%(asctime)s %(message)s").format(record), JSONLines().format(record)
    assert not set(plain + as_json) & OBEYED
    assert MARK in plain
    assert plain.splitlines()[0].endswith("…")
    assert json.loads(as_json)["message"] == f"who said {LONG}"


CLI = Path(rowback.__file__).parent
_PRINTING = {"echo", "secho", "echo_via_pager", "confirm", "prompt", "progressbar", "style", "pause", "edit"}


# Who else names a stream, and how often: one asks whether it is a terminal, one hands it to `faulthandler`.
OTHERS = {"cli/desktop.py": 1, "apart/inside.py": 2}


def test_only_the_printer_prints() -> None:
    found = []
    for path in sorted(CLI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                is_printing = (node.value.id == "click" and node.attr in _PRINTING) or (
                    node.value.id == "sys" and node.attr in {"stdout", "stderr", "__stdout__", "__stderr__"}
                )
            elif isinstance(node, ast.ImportFrom):
                names = {alias.name for alias in node.names}
                is_printing = (node.module == "click" and bool(names & _PRINTING)) or (
                    node.module == "sys" and bool(names & {"stdout", "stderr"})
                )
            else:
                is_printing = isinstance(node, ast.Name) and node.id == "print"
            if is_printing:
                found.append(path.relative_to(CLI).as_posix())
    assert set(found) == {"cli/printer.py", *OTHERS}
    assert [found.count(name) for name in OTHERS] == list(OTHERS.values())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
@pytest.mark.parametrize("arguments", [("search", "ferry"), ("search", "--json", "ferry"), ("export",), ("status",)])
def test_an_output_that_takes_no_more_is_told_in_a_sentence(rowback: Program, arguments: tuple[str, ...]) -> None:
    (rowback.folder / "ferry.html").write_text(page(), encoding="utf-8")
    rowback.ok("capture", rowback.folder / "ferry.html", "--url", ARTICLE)
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ran = subprocess.run(
            [COMMAND, *arguments], stdout=full, stderr=subprocess.PIPE, text=True, env=rowback.environment()
        )
    assert (ran.returncode, ran.stderr.count("\n")) == (1, 1), ran.stderr
    assert "cannot be written" in ran.stderr


@pytest.mark.skipif(os.name == "nt", reason="streams are closed by a shell")
def test_commands_run_with_their_streams_closed(rowback: Program) -> None:
    (rowback.folder / "ferry.html").write_text(page(), encoding="utf-8")
    rowback.ok("capture", rowback.folder / "ferry.html", "--url", ARTICLE)
    for arguments in (("search", "ferry"), ("search", "--json", "ferry"), ("edits", ARTICLE)):
        ran = subprocess.run(
            ["sh", "-c", 'exec "$0" "$@" <&- >&-', COMMAND, *arguments],
            capture_output=True,
            text=True,
            env=rowback.environment(),
        )
        assert (ran.returncode, ran.stderr) == (0, ""), arguments
