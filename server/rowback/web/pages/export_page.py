"""The owner's page of exports: which table, of what, and the file as it is written. For the owner alone: an export holds
also what is not listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request

from rowback.archive.rows import TABLES
from rowback.diff.labels.rules import LABELS
from rowback.errors import BadInput
from rowback.text.tongue import gettext
from rowback.web.export_runs import ExportRuns
from rowback.web.guard.visibility import known_source, seen
from rowback.web.request import filters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rowback.store import Store

OFFERED_SOURCES = 500  # names that a field offers; another one may be typed
# What can be sent row by row. A Parquet or SQLite file has to be whole first: the command writes those.
FORMS = {"csv": "text/csv", "jsonl": "application/jsonl"}


def create_export_page(store: Store) -> Blueprint:
    """The blueprint."""
    pages = Blueprint("export", __name__)
    runs = ExportRuns(store.path)

    @pages.get("/export")
    def page() -> str:
        return render_template(
            "export.html",
            labels=LABELS,
            sources=seen(store).by_source.names(OFFERED_SOURCES, ""),
            due=seen(store).steps.due(),
        )

    @pages.get("/export/table")
    def table() -> Response:
        name, form = _one_of("table", TABLES), _one_of("format", FORMS)
        wanted = filters({each: request.args.get(each, "") for each in ("source", "label", "from", "to")})
        for source in wanted.sources:
            known_source(store, source)
        for label in wanted.labels:
            _check_label(label)
        headers = {
            "Content-Disposition": f'attachment; filename="rowback-{name}.{form}"',
            "Cache-Control": "private, no-store",
        }
        body = runs.begin(name, form, wanted) if request.method == "GET" else b""
        return Response(body, headers=headers, mimetype=FORMS[form])

    return pages


def _one_of(name: str, known: Mapping[str, object]) -> str:
    given = request.args.get(name, "").strip().lower()
    if given not in known:
        raise BadInput(gettext("%(name)s: choose one of %(words)s.", name=name, words=", ".join(known)))
    return given


def _check_label(label: str) -> None:
    if label not in LABELS:
        raise BadInput(gettext("There is no such label. The page about labels has all of them."))
