"""The API of who may use the API: pairing, links that sign a browser in, and what a token may do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify, request, url_for

from rowback.clock import format_instant
from rowback.errors import BadInput, NoToken
from rowback.model import Scope
from rowback.store.access import MAX_NAME
from rowback.store.sessions import SignInLink
from rowback.web.api.asked_archives import named
from rowback.web.guard.attempts import Attempts
from rowback.web.guard.login import local
from rowback.web.guard.proxies import visitor
from rowback.web.request import whole_object

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from rowback.store import Store
    from rowback.store.access import Token
    from rowback.web.guard.sessions import Visitors

LINK_LASTS = timedelta(minutes=1)  # the extension opens it at once
MAX_BEGUN, BEGUN_PER = 30, timedelta(minutes=10)
MAX_WRONG, WRONG_PER = 60, timedelta(minutes=5)  # device codes that nobody knows
MAX_TRIES, TRIES_PER = 10, timedelta(minutes=5)  # codes of invitations, typed by hand


def create_access_api(
    store: Store, sessions: Visitors, now: Callable[[], datetime], archives: Sequence[str]
) -> Blueprint:
    """The blueprint. `archives` are those that may be asked, as settings name them."""
    access = Blueprint("access_api", __name__, url_prefix="/api/v1")
    _add_pairing(access, store, now)
    _add_joining(access, store, now)
    _add_token_routes(access, store, sessions, now, archives)
    return access


def _add_pairing(access: Blueprint, store: Store, now: Callable[[], datetime]) -> None:
    begun, wrong = Attempts(MAX_BEGUN, BEGUN_PER), Attempts(MAX_WRONG, WRONG_PER)

    @access.post("/pair")
    def pair() -> tuple[Response, int]:
        name = _name(whole_object().get("name"))
        at = now()
        begun.note(at)
        found = store.pairings.begin(name, request.headers.get("Origin"), visitor(request.environ), at)
        return jsonify(
            device_code=found.device_code,
            user_code=found.user_code,
            confirm=url_for("pairing.pair", code=found.user_code, _external=True),
            expires_in=found.expires_in_s,
            interval=found.interval_s,
        ), 202

    @access.post("/pair/token")
    def pair_token() -> Response:
        device_code = whole_object().get("device_code")
        if not isinstance(device_code, str) or not 0 < len(device_code) <= MAX_NAME:
            raise BadInput('The body must be {"device_code": "…"}, as `POST /api/v1/pair` gave it.')
        at = now()
        if not store.pairings.knows(device_code):
            wrong.note(at)
        secret, scope = store.pairings.token(device_code, request.headers.get("Origin"), at)
        return jsonify(token=secret, scope=scope)


def _add_joining(access: Blueprint, store: Store, now: Callable[[], datetime]) -> None:
    tries = Attempts(MAX_TRIES, TRIES_PER)

    @access.post("/join")
    def join() -> Response:
        """The owner said yes when the invitation was made: its code is all that is asked for."""
        body, at = whole_object(), now()
        code, name = body.get("code"), _name(body.get("name"))
        if not isinstance(code, str) or not 0 < len(code) <= MAX_NAME:
            raise BadInput(
                'The body must be {"code": "…", "name": "…"}: the code of an invitation, and of what it is used on.'
            )
        if store.readers.invited(code, at) is None:
            tries.note(at)
        secret, reader = store.readers.join(code, name, request.headers.get("Origin"), at)
        return jsonify(token=secret, scope=reader.scope, reader=reader.name)


def _add_token_routes(
    access: Blueprint, store: Store, sessions: Visitors, now: Callable[[], datetime], archives: Sequence[str]
) -> None:
    named_archives = named(archives)

    @access.post("/sign-in")
    def sign_in() -> tuple[Response, int]:
        token = _token(sessions)
        target = whole_object().get("next", "/")
        if not isinstance(target, str) or local(target) != target:
            raise BadInput('`next` is a path of this backend, such as "/articles/7".')
        code = store.sessions.new_link(SignInLink(token.scope, token.name, target, token.reader), now(), LINK_LASTS)
        link = url_for("signing_in.by_link", code=code, _external=True)
        return jsonify(link=link, expires_in=int(LINK_LASTS.total_seconds())), 201

    @access.get("/token")
    def this_token() -> Response:
        token = _token(sessions)
        may_ask = token.scope is not Scope.READ
        return jsonify(
            name=token.name,
            scope=token.scope,
            expires_at=token.expires_at and format_instant(token.expires_at),
            archives=named_archives if may_ask else [],
        )

    @access.delete("/token")
    def give_back() -> tuple[str, int]:
        """An extension that is disconnected leaves nothing that holds."""
        store.access.revoke(_token(sessions).name)
        return "", 204


def _token(sessions: Visitors) -> Token:
    token = sessions.visitor().token
    if token is None:
        raise NoToken("Send `Authorization: Bearer TOKEN`.")
    return token


def _name(given: object) -> str:
    """Who asks, for the owner to read: one line of what can be printed."""
    if not isinstance(given, str):
        raise BadInput('The body must be {"name": "…"}: what the owner is told of who asks.')
    name = " ".join("".join(char if char.isprintable() else " " for char in given).split())
    if not name:
        raise BadInput("`name` must hold something that can be read.")
    return name[:MAX_NAME]
