"""A form that was sent with an error comes back as it was filled in: the error stands beside its field, secrets do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import selectolax.lexbor as lexbor

from .test_saved_searches import NAME, OWN, edited, reader

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from rowback.store import Store

__all__ = ["edited"]
ALERT = {
    "do": "set",
    "target": "https://hooks.example/s3cret-of-the-hook",
    "rhythm": "daily",
    "hour": "7",
    "zone": "Europe/Berlin",
    "quiet_from": "22",
    "quiet_until": "6",
    "unlisted": "1",
}


def fault(answer: TestResponse) -> tuple[str, str]:
    """The name of the one field that is marked, and the error that is told with it."""
    page = lexbor.LexborHTMLParser(answer.text)
    (field,) = page.css("[aria-invalid]")
    assert "autofocus" in field.attributes
    assert [each.attributes["name"] for each in page.css("[autofocus]")] == [field.attributes["name"]]
    ids = (field.attributes["aria-describedby"] or "").split()
    told = [each for id_ in ids if (each := page.css_first(f"[id='{id_}']")) is not None]
    assert len(told) == len(ids)
    assert told[0].attributes["role"] == "alert"
    return field.attributes["name"] or "", told[0].text().strip()


def value(answer: TestResponse, form: str, name: str) -> str | None:
    """What stands in a field of the form with a main button of that value."""
    page = lexbor.LexborHTMLParser(answer.text)
    (found,) = [each for each in page.css("form.boxed") if each.css_first(f"button[value={form}]")]
    field = found.css_first(f"[name={name}]")
    assert field is not None
    if field.tag == "select":
        chosen = field.css_first("option[selected]")
        return None if chosen is None else chosen.attributes["value"]
    return field.attributes.get("value")


@pytest.mark.parametrize(
    ("name", "query", "field"),
    [("", "added:401", "name"), ("a/b", "added:401", "name"), ("Taken", "added:401", "name"), ("Good", "", "q"),
     ('"><b>', "label:nothing", "q"), ("Good", "x" * 501, "q"), ("Good", "nofield:x", "q"), ("Good", "-x", "q")],
)  # fmt: skip
def test_a_search_that_cannot_be_saved_is_there_to_be_mended(edited: Store, name: str, query: str, field: str) -> None:
    owner = reader(edited)
    owner.post("/searches", do="save", name="Taken", q="ferry")
    answer = owner.post("/searches", do="save", name=name, q=query)
    assert answer.status_code == 400
    marked, told = fault(answer)
    assert marked == field
    assert told
    assert (value(answer, "save", "name"), value(answer, "save", "q")) == (name, query)
    assert "<b>" not in answer.text


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("target", "file:///etc/passwd"), ("rhythm", "yearly"), ("hour", "99"), ("hour", "٣"), ("quiet_from", "24"),
     ("quiet_until", "x"), ("quiet_from", ""), ("quiet_until", "22"), ("zone", "Nowhere/Atlantis")],
)  # fmt: skip
def test_an_alert_that_cannot_be_set_is_there_to_be_mended_without_its_secret(
    edited: Store, field: str, wrong: str
) -> None:
    owner = reader(edited)
    owner.post("/searches", do="save", name=NAME, q="added:401")
    form = ALERT | {field: wrong}
    answer = owner.post(f"{OWN}/alerts", **form)
    assert answer.status_code == 400
    marked, told = fault(answer)
    assert marked == field
    assert told
    for name in ("hour", "zone", "quiet_from", "quiet_until"):
        assert value(answer, "set", name) == form[name]
    assert value(answer, "set", "rhythm") == (None if field == "rhythm" else "daily")
    assert value(answer, "set", "target") is None
    assert "s3cret-of-the-hook" not in answer.text
    assert "passwd" not in answer.text
    assert edited.alerts.all() == []
    assert "[aria-invalid" not in owner.get(OWN).text


def test_what_the_world_reads_is_told_at_the_box_that_does_not_fit(edited: Store) -> None:
    owner = reader(edited)
    owner.post("/searches", do="save", name=NAME, q="added:401")
    answer = owner.post(f"{OWN}/alerts", **(ALERT | {"target": "mastodons://token-of-mine@social.example"}))
    assert fault(answer)[0] == "unlisted"
    assert "token-of-mine" not in answer.text


@pytest.mark.parametrize("path", ["/searches", OWN])
def test_a_page_that_nobody_sent_a_form_to_marks_nothing(edited: Store, path: str) -> None:
    owner = reader(edited)
    owner.post("/searches", do="save", name=NAME, q="added:401")
    page = owner.get(path).text
    assert "aria-invalid" not in page
    assert "autofocus" not in page
    assert 'value="UTC"' in page or path == "/searches"


@pytest.mark.parametrize(
    ("do", "form", "field"),
    [("new-token", {"name": "", "scope": "read", "days": "9"}, "name"),
     ("new-token", {"name": "One", "scope": "all", "days": "9"}, "scope"),
     ("new-token", {"name": "One", "scope": "capture", "days": "0"}, "days"),
     ("new-token", {"name": "owner", "scope": "capture", "days": "9"}, "name"),
     ("invite", {"name": "", "scope": "capture"}, "name"), ("invite", {"name": "Bea", "scope": "owner"}, "scope"),
     ("new-feed", {"feed": "/nowhere"}, "feed"), ("new-feed", {"feed": ""}, "feed")],
)  # fmt: skip
def test_what_cannot_be_made_for_others_is_there_to_be_mended(
    edited: Store, do: str, form: dict[str, str], field: str
) -> None:
    owner = reader(edited)
    answer = owner.post("/access", do=do, **form)
    assert answer.status_code == 400
    marked, told = fault(answer)
    assert marked == field
    assert told
    for name, text in form.items():
        assert value(answer, do, name) == (None if name == field == "scope" else text)
    assert "aria-invalid" not in owner.get("/access").text
