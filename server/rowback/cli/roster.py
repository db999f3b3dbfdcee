"""The commands by name, each in a module of its own group that is imported when it is called: `rowback --help` reads this
table alone, and no command loads what only others need.

What a command says of itself stands in its module; what the list of all says of it stands here, too (a test compares).
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from importlib import import_module

import click

from rowback.cli.printer import Plain
from rowback.command import as_typed


@dataclass(frozen=True)
class Signpost:
    """Where a command is, and its line in the list: the short help that it gives, or else the first sentence of its help,
    which click cuts where the terminal is narrow."""

    module: str
    attribute: str
    short_help: str | None = None
    help: str | None = None

    def loaded(self) -> click.Command:
        """The command itself."""
        found = getattr(import_module(f"rowback.cli.{self.module}"), self.attribute)
        if not isinstance(found, click.Command):
            raise TypeError(f"{self.module}.{self.attribute} is no command")
        return found


ALL = {
    "serve": Signpost("serve", "serve", "Run the backend, and check what is followed."),
    "demo": Signpost("demo", "demo", "Show Rowback on an invented newspaper."),
    "capture": Signpost("articles", "capture", "Store what an article says now."),
    "follow": Signpost("feeds", "follow", help="Watch an article for edits, or a feed for articles."),
    "unfollow": Signpost("feeds", "unfollow", help="Stop watching an article or a feed."),
    "feeds": Signpost("feeds", "feeds", help="List the feeds that are followed; import and export them."),
    "outlets": Signpost("outlet_lists", "outlets", "List outlets to follow; read them all."),
    "poll": Signpost("poll", "poll", "Check followed articles and feeds when they are due."),
    "check": Signpost("checking", "check", "Look at a stored article now."),
    "status": Signpost("status", "status", "Show what is watched and due, and what gives trouble."),
    "edits": Signpost("articles", "edits", "Show what was edited in an article."),
    "merge": Signpost("articles", "merge", help="Make one article of two that are the same story."),
    "split": Signpost("articles", "split", "Make two articles of one that are two stories."),
    "latest": Signpost("edited_last", "latest", "Show what was edited last, or since an instant."),
    "notes": Signpost("own_notes", "notes", "Show your notes on edits, or write them as a file."),
    "sources": Signpost("of_sources", "sources", "Show what is known of sources, side by side."),
    "search": Signpost("articles", "search", help="Find words in every version of every article."),
    "searches": Signpost("searching", "searches", "List saved searches; save and remove them."),
    "alerts": Signpost("alerting", "alerts", "Tell of edits by mail, chat or webhook."),
    "hide": Signpost("owner", "hide", "Hide an article from readers, who are told the reason."),
    "list": Signpost("owner", "list_", "Let strangers see an article where reading is public."),
    "unlist": Signpost("owner", "unlist", "Keep an article from strangers where reading is public."),
    "pause": Signpost("owner", "pause", help="Stop checking an article for edits; what is stored stays."),
    "forget": Signpost("owner", "forget", help="Delete an article with all its versions, for good."),
    "prune": Signpost("pruning", "prune", help="Delete articles that were never edited and not seen for long."),
    "backfill": Signpost("backfilling", "backfill", "Fetch earlier versions of articles from web archives."),
    "import": Signpost("importing", "import_", "Store what others collected, or JSON Lines."),
    "imports": Signpost("imported", "imports", "List imports and backfills; take them back."),
    "export": Signpost("exchange", "export", "Write versions as JSON Lines, or tables of edits."),
    "backup": Signpost("backups", "backup", "Copy the database, also while the backend runs."),
    "restore": Signpost("backups", "restore", "Put a backup in the place of the database."),
    "extension": Signpost("extension", "extension", "Put the unpacked extension in a folder, or pack it."),
    "pair": Signpost("access", "pair", "List who asks to be connected, or say yes to one."),
    "sign-in": Signpost("access", "sign_in", "Print a link that signs one browser in, once."),
    "sign-out": Signpost("access", "sign_out", "End the sessions of all signed-in browsers."),
    "invite": Signpost("other_readers", "invite", "Print a link that lets a reader's device in, once."),
    "readers": Signpost("other_readers", "readers", "List who reads here; rename, end and delete readers."),
    "tokens": Signpost("access", "tokens", help="List the tokens that may use the API; make and revoke them."),
    "feed-keys": Signpost("feed_keys", "feed_keys", help="List the secret addresses of feeds; make and revoke them."),
    "doctor": Signpost("health", "doctor", help="Check the installation, the database and the running backend."),
}


class Roster(MutableMapping[str, click.Command]):
    """Commands that are loaded one by one, as they are asked for."""

    def __init__(self, listed: dict[str, Signpost]) -> None:
        self._listed = listed
        self._loaded: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._loaded:
            self._loaded[name] = _as_typed(self._listed[name].loaded())
        return self._loaded[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        raise TypeError(f"{name} stays a command")

    def __contains__(self, name: object) -> bool:
        return name in self._listed or name in self._loaded

    def __iter__(self) -> Iterator[str]:
        return iter(self._listed | self._loaded)

    def __len__(self) -> int:
        return len(self._listed | self._loaded)


def _as_typed(found: click.Command) -> click.Command:
    """A command, and those within it, whose help names commands as they are typed here."""
    found.help = as_typed(found.help or "") or None
    for each in found.params:
        if isinstance(each, click.Option) and each.help:
            each.help = as_typed(each.help)
    for within in found.commands.values() if isinstance(found, click.Group) else ():
        _as_typed(within)
    return found


class Listing(Plain):
    """A group whose help is told without loading its commands."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """click's, of commands that know nothing but their line."""
        lines = {name: click.Command(name, short_help=each.short_help, help=each.help) for name, each in ALL.items()}
        click.Group(commands=lines).format_commands(ctx, formatter)
