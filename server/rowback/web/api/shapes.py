"""What the API says: model values as JSON-ready dictionaries, in the shapes of the OpenAPI document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from rowback.clock import format_instant, format_maybe
from rowback.model import MAX_TITLE
from rowback.store.brought import LEFT_OUT
from rowback.text import reasons
from rowback.web.api import past_shapes
from rowback.web.api.bounds import MAX_FOUND
from rowback.web.edit_names import name_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rowback.model import Article, Block, Found, Version
    from rowback.store.brought import Brought
    from rowback.store.checks_wanted import WantedCheck
    from rowback.store.feeds import Feed
    from rowback.store.followed_sites import FollowedSite
    from rowback.store.overview import Overview
    from rowback.store.readings import OlderReading
    from rowback.store.saves import SavedCopy
    from rowback.told import Edit, Moment, SeenAside, Times, VersionNote, Wording
    from rowback.web.api.bounds import ToldPart

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class EditPages:
    """Where the pages of an article's edits are: below an address, by names of the versions' fingerprints."""

    below: str
    fingerprints: Mapping[int, str]

    def of(self, edit: Edit) -> str | None:
        """The permanent address of an edit, None where it has none."""
        name = name_in(self.fingerprints, edit)
        return name and self.below + name


def article(found: Article, base: str) -> Json:
    """`base` is the backend's own address, without a slash at the end."""
    page = f"{base}/articles/{found.id}"
    return {
        "id": found.id,
        "url": found.url,
        "source": found.source,
        "title": found.title[:MAX_TITLE],
        "published_at": format_maybe(found.published_at),
        "first_seen_at": format_instant(found.first_seen_at),
        "last_checked_at": format_instant(found.last_checked_at),
        "last_changed_at": format_instant(found.last_changed_at),
        "next_check_at": format_maybe(found.next_check_at),
        "status": found.status.value,
        "version_count": found.version_count,
        "listed": found.is_listed,
        "links": {"html": page, "atom": f"{page}/feed.atom", "timemap": f"{page}/timemap"},
    }


def history(told: ToldPart, of: Article, base: str) -> Json:
    """The answer of `GET /api/v1/edits`."""
    found, left_out = told.history, told.left_out
    pages = EditPages(f"{base}/articles/{of.id}/edits/", {note.number: note.fingerprint for note in found.versions})
    return {
        "article": article(of, base),
        "from": found.from_version,
        "to": found.to_version,
        "versions": [_note(note) for note in found.versions],
        "edits": [_edit(edit, pages, edit.id in told.cut) for edit in found.edits],
        "passing": [_edit(edit, pages, edit.id in told.cut) for edit in found.passing],
        "unannounced": found.unannounced,
        "aside": [aside(each.title, each.seen) for each in told.aside],
        "left_out": {
            "versions": left_out.versions,
            "edits": left_out.edits,
            "passing": left_out.passing,
            "aside": left_out.aside,
        },
        "next": told.after,
        "backfill": None,
    }


def wordings(of: Edit, found: Sequence[Wording], after: int | None) -> Json:
    """The answer of `GET /api/v1/articles/{article_id}/edits/{edit}/wordings`."""
    return {"edit": of.id, "wordings": [_wording(wording) for wording in found], "next": after}


def aside(title: str, seen: SeenAside) -> Json:
    """What was seen of the text of a version with a title, without being an edit."""
    return {
        "version": seen.version,
        "title": title[:MAX_TITLE],
        "reason": seen.reason,
        "times": seen.times,
        "first_seen_at": format_maybe(seen.first_seen_at),
        "last_seen_at": format_instant(seen.last_seen_at),
        "lines": list(seen.lines),
    }


def version(found: Version, older: Sequence[OlderReading], copy: SavedCopy | None) -> Json:
    """One version with its text, what older rules read of it, and the copy that was made while it stood."""
    return {
        "version": found.number,
        "seen_at": format_instant(found.seen_at),
        "last_seen_at": format_instant(found.last_seen_at),
        "title": found.content.title,
        "origin": found.origin and found.origin.value,
        "memento": past_shapes.memento(found.memento),
        "saved": past_shapes.saved(copy),
        "blocks": [block(each) for each in found.content.blocks],
        "reading": found.reading,
        "older_readings": [
            {
                "reading": each.reading,
                "read_until": format_maybe(each.read_until),
                "title": each.content.title,
                "blocks": [block(one) for one in each.content.blocks],
            }
            for each in older
        ],
    }


def block(found: Block) -> Json:
    """A block as stored."""
    return {"kind": found.kind, "text": found.text}


def found_text(found: Found, base: str) -> Json:
    """One result of a search."""
    return {
        "article": article(found.article, base),
        "text": found.text[:MAX_FOUND],
        "first_version": found.first_version,
        "last_version": found.last_version,
        "spans": [{"first_version": first, "last_version": last} for first, last in found.spans],
    }


def feed(found: Feed) -> Json:
    """A feed that is followed."""
    return {
        "id": found.id,
        "url": found.url,
        "kind": found.kind.value,
        "title": found.title,
        "include": list(found.include),
        "exclude": list(found.exclude),
        "added_at": format_instant(found.added_at),
        "last_checked_at": format_maybe(found.checked_at),
        "next_check_at": format_maybe(found.next_check_at),
        "outcome": found.outcome,
        "reason": found.reason,
        "reason_told": found.reason and reasons.told(found.reason),
        "failures": found.failures,
        "found_count": found.found,
        "waiting_count": found.waiting,
        "left_out_count": found.left_out,
        "dropped_count": found.dropped,
        "found": None if found.brought is None else _brought(found.brought),
    }


def site(found: FollowedSite, base: str, *, shows_feeds: bool) -> Json:
    """By what a page's site is followed, and what is stored of it."""
    newest = found.newest
    return {
        "source": found.source,
        "followed": bool(found.feeds),
        "feeds": [feed(each) for each in found.feeds] if shows_feeds else [],
        "article_count": found.articles,
        "edited_count": found.edited,
        "newest": newest and {"title": newest.title[:MAX_TITLE], "first_seen_at": format_instant(newest.first_seen_at)},
        "links": {"html": f"{base}/?source={quote(found.source, safe='')}"},
    }


def _brought(found: Brought) -> Json:
    return {
        "articles": found.named,
        "new": found.new,
        "first": list(found.first),
        "left_out": {name: getattr(found, name) for name in LEFT_OUT},
        "unread_sitemaps": found.unread,
        "undated": found.undated,
        "try_feeds": list(found.try_feeds),
    }


def overview(found: Overview) -> Json:
    """What the poller is at."""
    return {
        "poller_running": found.is_running,
        "poller_alive_at": format_maybe(found.alive_at),
        "poller_lost": found.lost and {"at": format_instant(found.lost[0]), "reason": found.lost[1]},
        "articles": found.articles,
        "checked_last_day": found.checked_last_day,
        "edited_last_day": found.edited_last_day,
        "due": found.due,
        "next_due_at": format_maybe(found.next_due_at),
        "feeds": found.feeds,
        "finds_waiting": found.finds_waiting,
        "requests": {
            "today": found.requests.asked,
            "daily_limit": found.requests.limit,
            "again_at": format_maybe(found.requests.again_at),
            "articles_wait": found.requests.articles_wait,
            "feeds_wait": list(found.requests.feeds_wait),
        },
        "archives": {
            "requests_today": found.archives.asked,
            "daily_limit": found.archives.limit,
            "backfills": found.archives.backfills,
        },
        "paused_hosts": [
            {"host": note.host, "until": format_instant(note.free_at), "blocks": note.blocks, "reason": note.reason}
            for note in found.paused_hosts
        ],
        "silent_sites": [{"source": site.source, "articles": site.articles} for site in found.silent_sites],
        "troubles": [
            {
                "kind": note.kind,
                "url": note.url,
                "outcome": note.outcome,
                "reason": note.reason,
                "failures": note.failures,
                "next_check_at": format_maybe(note.next_check_at),
            }
            for note in found.troubles
        ],
    }


def _note(note: VersionNote) -> Json:
    return {
        "version": note.number,
        "seen_at": format_instant(note.seen_at),
        "last_seen_at": format_instant(note.last_seen_at),
        "title": note.title[:MAX_TITLE],
        "origin": note.origin and note.origin.value,
        "memento": past_shapes.memento(note.memento),
        "later": note.later,
        "words_inserted": note.words_inserted,
        "words_deleted": note.words_deleted,
        "restores": note.restores,
        "flapping": note.flapping,
    }


def _edit(edit: Edit, pages: EditPages, is_cut: bool) -> Json:
    anchor = edit.anchor
    return {
        "id": edit.id,
        "kind": edit.kind.value,
        "block": {"kind": edit.block_kind, "index": edit.index},
        "anchor": {
            "exact": anchor.exact,
            "prefix": anchor.prefix,
            "suffix": anchor.suffix,
            "near": anchor.near,
        },
        "markup": edit.markup,
        "wordings": [_wording(wording) for wording in edit.wordings],
        "more_wordings": is_cut,
        "labels": list(edit.labels),
        "minor": edit.minor,
        "moved_from": edit.moved_from,
        "changed_in": edit.changed_in,
        "times": [_times(times) for times in edit.times],
        "page": pages.of(edit),
    }


def check(found: WantedCheck | None) -> Json | None:
    """A check out of turn, and what came of it."""
    if found is None:
        return None
    return {
        "state": found.state.value,
        "outcome": None if found.outcome is None else found.outcome.value,
        "reason": found.reason,
        "reason_told": found.reason and reasons.told(found.reason),
        "asked_at": format_instant(found.asked_at),
        "next_at": format_maybe(found.next_at),
        "ended_at": format_maybe(found.ended_at),
        "attended": found.is_attended,
    }


def _times(times: Times) -> Json:
    return {
        "what": times.what.value,
        "count": times.count,
        "first": _moment(times.first),
        "last": _moment(times.last),
    }


def _moment(moment: Moment) -> Json:
    return {
        "version": moment.version,
        "after": format_instant(moment.after),
        "seen_at": format_instant(moment.seen_at),
    }


def _wording(wording: Wording) -> Json:
    return {
        "version": wording.version,
        "last_version": wording.last_version,
        "seen_at": format_instant(wording.seen_at),
        "last_seen_at": format_instant(wording.last_seen_at),
        "text": wording.text,
    }
