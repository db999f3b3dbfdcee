"""The API of which sites are followed: for readers' programs, which do not say what is read to find that out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify, request

from rowback.errors import BadURL
from rowback.model import Scope
from rowback.web.api import shapes
from rowback.web.api.wished_language import in_wished_language
from rowback.web.request import base

if TYPE_CHECKING:
    from rowback.store import Store
    from rowback.web.guard.sessions import Visitors


def create_sites_api(store: Store, sessions: Visitors) -> Blueprint:
    """The blueprint of `/api/v1/sites`."""
    sites = Blueprint("sites", __name__, url_prefix="/api/v1")

    @sites.get("/sites")
    def of_reader() -> Response:
        # A feed's address may hold a key: it is shown to who may follow feeds, and to no other.
        scope = sessions.visitor().scope
        is_owner = scope is not None and scope.covers(Scope.OWNER)
        url = request.args.get("url")
        if url is None:
            parts = [{"source": each.source, "section": each.section} for each in store.followed_sites.all()]
            return jsonify(sites=parts, may_follow=is_owner)
        if not url.strip():
            raise BadURL("The query parameter `url` is empty.")
        found = store.followed_sites.site(url)
        with in_wished_language():
            return jsonify(site=shapes.site(found, base(), shows_feeds=is_owner), may_follow=is_owner)

    return sites
