"""What becomes of an archive's copy, and of any capture of an article that has some: they are told all together.

Copies teach nothing: neither when a site edits nor which of its lines rotate; and no check is planned by them where the
article was seen live. Runs inside write transactions.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from rowback.model import PAST_ORIGINS, Doubt, Recorded
from rowback.store.arranging import arrange, live_spans
from rowback.store.articles import article_of, list_article
from rowback.store.claims import set_address
from rowback.store.failures import write_failure
from rowback.store.instants import from_text, to_text
from rowback.store.kept_copies import KeptCopy, keep_copy, read_copies
from rowback.store.versions import number_of, read_content
from rowback.store.watching import watch, watch_copies

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.model import Article, Capture
    from rowback.store.engine import Db
    from rowback.store.known import Known
    from rowback.text.urls import PageURL

MOST_READ = 1_000  # captures, of which the text that is seen live now is no older
_PAST = ", ".join(f"'{origin.value}'" for origin in sorted(PAST_ORIGINS))
# When the text that was seen live last began to be seen, and what stood at an instant: what a copy says may have been kept
# before from elsewhere.
_LIVE = (
    "select captures.seen_at, fingerprint from captures join versions on versions.id = version_id "
    f"where captures.article_id = ? and aside is null and captures.origin not in ({_PAST}) "
    "order by captures.seen_at desc limit ?"
)
_STOOD = (
    "select version_id from captures where article_id = ? and seen_at = ? "
    "order by origin = ? desc, aside is null desc, id desc limit 1"
)


def write_copy(db: Db, capture: Capture, known: Known, own: PageURL, received_at: datetime) -> Recorded | Doubt:
    """Keeps a copy and lets it make what it makes beside the others; `own` is the address that it says is the article's."""
    article_id = _id_of(known)
    keep_copy(db, article_id, KeptCopy.of(capture, known.text, received_at))
    copies = read_copies(db, article_id)
    told = arrange(db, article_id, copies)
    itself = (capture.seen_at, known.text.fingerprint)
    said = next(
        said for copy, said in zip(copies, told, strict=True) if (copy.seen.seen_at, copy.text.fingerprint) == itself
    )
    if isinstance(said, Doubt):
        write_failure(db, capture, said, known.text.fingerprint, received_at, known.key)
        return said
    if capture.lists:
        list_article(db, article_id)
    article = article_of(db, article_id)
    if not db.execute(_LIVE, [article_id, 1]).fetchall():
        if plainness(own.link) < plainness(article.url):
            set_address(db, article_id, own.link)
        article = watch_copies(db, article_of(db, article_id), received_at)
    return _recorded(db, capture, known, article)


def plainness(link: str) -> tuple[bool, int, str]:
    """Which of the addresses at which an archive kept an article is taken for its own, whatever came first: the plainest."""
    return not link.startswith("https://"), len(link), link


def without_copies(db: Db, capture: Capture, known: Known) -> Known:
    """What is known of an article besides its copies: by it a live page is told from what rotates and alternates there."""
    spans = live_spans(db, _id_of(known), known.spans)
    standing = next((span for span in reversed(spans) if span.seen_at <= capture.seen_at), None)
    is_other = capture.is_page and standing is not None and standing.fingerprint != known.text.fingerprint
    return replace(
        known,
        spans=spans,
        standing=standing,
        said=read_content(db, standing.id) if standing is not None and is_other else None,
        is_latest=standing is not None and standing is spans[-1] and capture.seen_at > standing.last_seen_at,
    )


def rearrange(db: Db, capture: Capture, known: Known, own: PageURL, received_at: datetime) -> Recorded:
    """Judges an article's copies again beside a capture of another kind that was just written. Address and checks are as if
    no copy had come before it; a text of the past alone plans none."""
    article_id = _id_of(known)
    arrange(db, article_id)
    rows = db.execute(_LIVE, [article_id, MOST_READ]).fetchall()
    if not rows:
        return _recorded(db, capture, known, watch_copies(db, article_of(db, article_id), received_at))
    if len(rows) == 1 and article_of(db, article_id).url != own.link:
        set_address(db, article_id, own.link)
    began = [at for at, _ in takewhile(lambda row: row[1] == rows[0][1], rows)][-1]
    article = watch(
        db,
        article_of(db, article_id),
        received_at,
        is_new=began == to_text(capture.seen_at),
        changed_at=from_text(began),
    )
    return _recorded(db, capture, known, article)


def _id_of(known: Known) -> int:
    if known.article_id is None:
        raise TypeError("a capture is written into an article")
    return known.article_id


def _recorded(db: Db, capture: Capture, known: Known, article: Article) -> Recorded:
    at = [article.id, to_text(capture.seen_at), capture.origin.value]
    (version_id,) = db.execute(_STOOD, at).fetchone()
    is_new = all(span.id != version_id for span in known.spans)
    return Recorded(article, number_of(db, article.id, version_id), is_new)
