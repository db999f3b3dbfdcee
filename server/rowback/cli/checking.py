"""`rowback check`: looks at a stored article now, with the poller's manners, and says what came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from rowback.cli.base import base, counted, db_option, json_option, open_store, settings, told_plainly
from rowback.cli.printer import echo, print_json
from rowback.cli.terminal import title_line
from rowback.command import as_typed
from rowback.deferred import Deferred
from rowback.errors import UnknownArticle
from rowback.store.check_words import in_words
from rowback.store.checks_wanted import CheckState
from rowback.store.work import Outcome
from rowback.web.api import shapes

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from rowback.capture.poller import Poller
    from rowback.cli import poll
    from rowback.model import Article
    from rowback.store import Store
    from rowback.store.checks_wanted import WantedCheck
else:
    poll = Deferred("rowback.cli.poll")

AGAIN_S = 1.0  # between two looks at what another poller is at
PATIENCE = timedelta(minutes=2)  # a site's pace is waited for; a pause that it asked for is not
LONGEST = timedelta(minutes=5)  # more than a poller is at one page


@click.command(short_help="Look at a stored article now.")
@click.argument("url")
@json_option
@db_option
@told_plainly
def check(url: str, as_json: bool, db: Path | None) -> None:
    """Look at a stored article now, out of turn: what came of it is printed.

    Its site is asked no faster for that, and its robots.txt is heeded. Whether the article is followed stays as it is. Ends
    with 1 when the page was not read.
    """
    chosen = settings(db=db)
    store = open_store(db, create=False)
    article = store.articles.find(url)
    if article is None:
        raise UnknownArticle(
            f"No version of {url} is stored. `rowback follow {url}` stores the first and has it checked again; `rowback "
            f"capture {url}` only stores it."
        )
    poller = poll.make_poller(store, chosen)
    found = looked_at(poller, article.id, _progress)
    _tell(store, article, found, as_json)
    store.end()
    if found.state is not CheckState.DONE:
        click.get_current_context().exit(1)


def looked_at(poller: Poller, article_id: int, tell: Callable[[str], None]) -> WantedCheck:
    """The check of an article that is asked for, once it is over, or as it stands when it has to wait for long. It is done
    here where no other poller is at it."""
    store, now = poller.context.store, poller.context.now
    began = now()
    found = store.checks_wanted.ask(article_id, began)
    said: datetime | None = None
    while not found.is_over and now() - began < LONGEST:
        if found.next_at is not None:
            if found.next_at - now() > PATIENCE:
                break
            if found.next_at != said:
                said = found.next_at
                tell(f"Waiting until {said:%H:%M:%S} UTC: the site is not asked before.")
        if poller.step(only=article_id) is None:
            poller.context.pause(AGAIN_S)
        found = store.checks_wanted.standing(article_id, now()) or found
    return found


def _progress(text: str) -> None:
    echo(text, err=True)


def _tell(store: Store, before: Article, found: WantedCheck, as_json: bool) -> None:
    article = store.articles.get(before.id) or before
    if as_json:
        print_json({"check": shapes.check(found), "article": shapes.article(article, base())})
    elif found.state is not CheckState.DONE:
        echo(as_typed(in_words(found, _shown)), err=True)
    elif found.outcome is Outcome.EDITED:
        echo(f"Edited: version {article.version_count - 1} of {title_line(article)} is new.")
    else:
        echo(f"Unchanged: {counted(article.version_count, 'version')} of {title_line(article)}.")


def _shown(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
