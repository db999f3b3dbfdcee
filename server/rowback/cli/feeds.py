"""`rowback follow`, `unfollow`, `feeds`: which articles and feeds are watched."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rowback import files
from rowback.cli.base import base, counted, db_option, json_option, open_store, settings, told_plainly
from rowback.cli.printer import MAX_MESSAGE, address, echo, print_json, print_xml, row
from rowback.cli.terminal import title_line
from rowback.clock import utc_now
from rowback.deferred import Deferred
from rowback.errors import BadInput, FetchFailed, NotAnArticle, NotFound, RowbackError
from rowback.model import Origin
from rowback.store.feeds import FeedKind
from rowback.store.following import found
from rowback.text.plain import line
from rowback.text.urls import asked_address
from rowback.web.api import shapes

if TYPE_CHECKING:
    from rowback.capture import captures, followable, looking, opml
    from rowback.capture.fetch import Answer
    from rowback.cli import poll
    from rowback.model import Article
    from rowback.store import Store
    from rowback.store.feeds import Feed
    from rowback.web.pages import search
else:
    followable, looking = Deferred("rowback.capture.followable"), Deferred("rowback.capture.looking")
    opml, poll = Deferred("rowback.capture.opml"), Deferred("rowback.cli.poll")
    captures, search = Deferred("rowback.capture.captures"), Deferred("rowback.web.pages.search")

KINDS = ("article", *(kind.value for kind in FeedKind))
include_option = click.option(
    "--include", multiple=True, metavar="PATTERN", help="Take only addresses with this in them. May be repeated."
)
exclude_option = click.option(
    "--exclude", multiple=True, metavar="PATTERN", help="Leave out addresses with this in them. May be repeated."
)


@click.command()
@click.argument("url", metavar="URL|FEED")
@click.option("--as", "kind", type=click.Choice(KINDS), help="What URL is.  [default: what it looks like]")
@include_option
@exclude_option
@json_option
@db_option
@told_plainly
def follow(
    url: str, kind: str | None, include: tuple[str, ...], exclude: tuple[str, ...], as_json: bool, db: Path | None
) -> None:
    """Watch an article for edits, or a feed for articles.

    A feed may be RSS, Atom, JSON Feed or a sitemap; the front page of a site or section leads to its feed; where it has
    none, a site's leads to its news sitemap, else the links on the page are followed. In a PATTERN, * stands for any text.
    """
    store = open_store(db)
    known = store.articles.find(url)
    if kind in (None, "article") and known is not None and not (include or exclude):
        _tell_article(store, known.id, as_json)
        return
    answer = _answer(store, url, db) if kind in (None, "article") else None
    if answer is not None and (kind == "article" or not _is_feed(answer)):
        _tell_article(store, _stored(store, answer).id, as_json)
        return
    chosen = FeedKind(kind) if kind else FeedKind.SITE
    feed, _ = store.feeds.add(url, chosen, "", utc_now(), include, exclude)
    _tell_feed(_looked_at(store, feed, db), as_json)


@click.command()
@click.argument("url", metavar="URL|FEED")
@db_option
@told_plainly
def unfollow(url: str, db: Path | None) -> None:
    """Stop watching an article or a feed. What is stored stays."""
    store = open_store(db, create=False)
    feed = store.feeds.find(url)
    article = store.articles.find(url)
    if feed is not None:
        store.feeds.remove(feed.id)
        echo(f"No longer following the feed {address(feed.url)}. Articles found in it stay watched.")
    elif article is not None:
        store.set_followed(article.id, None)
        echo(f"No longer following {title_line(article)}.")
    else:
        raise NotFound(f"Neither an article nor a feed at {url} is followed. `rowback feeds` lists the feeds.")


@click.group(invoke_without_command=True)
@json_option
@db_option
@click.pass_context
@told_plainly
def feeds(context: click.Context, as_json: bool, db: Path | None) -> None:
    """List the feeds that are followed; import and export them.

    Waiting is what is not captured yet; left out is what was more, on the day of the last reading, than one feed may bring.
    """
    context.obj = db
    if context.invoked_subcommand is not None:
        return
    followed = open_store(db, create=False).feeds.all()
    if as_json:
        print_json([shapes.feed(each) for each in followed])
        return
    for each in followed:
        told = each.reason or "not read yet"
        counts = f"{each.found} found, {each.waiting} waiting"
        counts += f", {each.left_out} left out" if each.left_out else ""
        counts += f", {each.dropped} dropped" if each.dropped else ""
        row(each.kind.value, each.url, each.title, counts, told)
    if not followed:
        echo("No feeds are followed. `rowback follow URL` follows one.", err=True)


@feeds.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@db_option
@click.pass_obj
@told_plainly
def import_(group_db: Path | None, file: Path, db: Path | None) -> None:
    """Follow every feed of an OPML file, as feed readers write it."""
    store, new, known = open_store(db or group_db), 0, 0
    for each in opml.from_opml(file.read_bytes()):
        try:
            _, is_new = store.feeds.add(each.url, FeedKind.FEED, each.title, utc_now())
        except RowbackError as error:
            echo(f"{line(each.url)}: {line(str(error), MAX_MESSAGE)}", err=True)
            continue
        new, known = new + is_new, known + (not is_new)
    echo(f"{counted(new, 'new feed')} followed; {known} followed before.")


@feeds.command()
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write.  [default: standard output]",
)
@db_option
@click.pass_obj
@told_plainly
def export(group_db: Path | None, output: Path | None, db: Path | None) -> None:
    """Write the feeds as OPML."""
    text = opml.to_opml(open_store(db or group_db, create=False).feeds.all())
    if output is None:
        print_xml(text)
    else:
        try:
            with files.open_to_write(output) as out:
                out.write(text.decode())
        except OSError as error:
            raise BadInput(f"{output} cannot be written: {error.strerror}.") from error


@feeds.command()
@click.argument("url", metavar="FEED|SITE")
@click.option("--undo", is_flag=True, help="Let what was dropped wait again.")
@json_option
@db_option
@click.pass_obj
@told_plainly
def drop(group_db: Path | None, url: str, undo: bool, as_json: bool, db: Path | None) -> None:
    """Drop what a feed named and is not captured yet.

    The feed stays followed, and does not bring the same again. The address of a site drops what feeds of that site named,
    and what any feed named on it.
    """
    store = open_store(db or group_db, create=False)
    act = store.finds.bring_back if undo else store.finds.drop
    count = act(search.with_scheme(url), utc_now())
    if as_json:
        print_json({"brought_back" if undo else "dropped": count})
    elif undo:
        echo(f"{counted(count, 'article')} brought back.")
    else:
        echo(f"{counted(count, 'article')} that waited {'was' if count == 1 else 'were'} dropped.")


def _stored(store: Store, answer: Answer) -> Article:
    capture = captures.from_html(answer.url, answer.text(), utc_now(), Origin.FETCH, anyway=True)
    try:
        return store.record(capture, utc_now()).article
    except NotAnArticle as error:
        hint = "Nor is it a feed, or a page with links to many articles. If it is a site or a section of one, add --as site."
        raise NotAnArticle(f"{error} {hint}") from error


def _answer(store: Store, url: str, db: Path | None) -> Answer:
    fetcher = poll.make_fetcher(store, settings(db=db))
    answer = fetcher.get(asked_address(url), any_type=True)
    if answer.status != 200:
        raise FetchFailed(f"The server answered {answer.status}.")
    return answer


def _is_feed(answer: Answer) -> bool:
    """Whether an address is a feed, a sitemap, or the front page of a site or a section."""
    try:
        return followable.leads_on(followable.named_in(answer), answer) is True
    except BadInput:
        return False


def _looked_at(store: Store, feed: Feed, db: Path | None) -> Feed:
    """The feed as it is after a first look at it."""
    context = poll.make_context(store, settings(db=db), threading.Event())
    seen = looking.look(context, feed, is_site=True)
    if store.feeds.feed(feed.id) is None:
        raise BadInput(f"Nothing new to follow: {seen.reason}.")
    return seen


def _tell_article(store: Store, article_id: int, as_json: bool) -> None:
    """Follows it. That its owner asks for it here lists it, as a capture would."""
    store.articles.bring(article_id)
    followed = store.set_followed(article_id, utc_now())
    if as_json:
        print_json(shapes.article(followed, base()))
    else:
        echo(f"Following {title_line(followed)}.")


def _tell_feed(feed: Feed, as_json: bool) -> None:
    if as_json:
        print_json(shapes.feed(feed))
    else:
        told = "front page" if feed.kind is FeedKind.FRONT else feed.kind.value
        taken = ": the articles it links to, not the page itself" if feed.kind is FeedKind.FRONT else ""
        echo(f"Following the {told} {address(feed.url)}{taken}. `rowback serve` or `rowback poll` reads it.")
        echo(line(found(feed), MAX_MESSAGE))
