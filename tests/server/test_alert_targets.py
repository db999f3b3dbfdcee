"""Addresses of alerts: an allow-list, and no word of an address in what is said of it."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.alerts.targets import KINDS, MAX_ADDRESS, read_target
from rowback.alerts.through_apprise import made
from rowback.errors import BadInput, Undelivered

from .documents import ROOT

GOOD = {
    "https://hooks.example.org/a?b=c": ("webhook", "https://hooks.example.org/…"),
    "https://user:pass@hooks.example.org:8443/a": ("webhook", "https://hooks.example.org/…"),
    "mailtos://user:pass@mail.example?to=a@b.example&from=Rowback": ("mail", "mailtos://mail.example/…"),
    "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#news": ("slack", "slack://slack.com/…"),
    "matrixs://user:pass@matrix.example/#room": ("matrix", "matrixs://matrix.example/…"),
    "ntfy://my-secret-topic": ("ntfy", "ntfy://ntfy.sh/…"),
    "ntfys://user:pass@push.example/my-secret-topic?priority=low": ("ntfy", "ntfys://push.example/…"),
    "mastodons://token-of-mine@social.example?visibility=unlisted": ("mastodon", "mastodons://social.example/…"),
    "bluesky://handle:app-pass-word@bsky.social": ("bluesky", "bluesky://bsky.social/…"),
}
# What stands for the words in capitals of the table that the papers have.
WORDS = {
    "TOKEN-A": "T1JJ3T3L2",
    "TOKEN-B": "A1BRTD4JD",
    "TOKEN-C": "TIiajkdnlazkcOXrIdevi7FQ",
    "APP-PASSWORD": "app-pass-word",
    "PASSWORD": "pass",
    "ADDRESS": "desk@lantern-post.test",
    "HANDLE": "handle.lantern-post.test",
    "HOST": "host.example",
    "ROOM": "#room",
    "TOPIC": "topic",
    "TOKEN": "token",
    "USER": "user",
    "PATH": "hook",
}
BAD = [
    *("dbus://", "syslog://", "file:///etc/passwd", "gnome://", "windows://", "macosx://", "exec://x", "json://host/x"),
    *(
        "jsons://host/x",
        "xml://host",
        "form://host",
        "apprise://host/token",
        "include=https://x",
        "config://x",
        "ftp://host/",
    ),
    *(
        "javascript:alert(1)",
        "https://",
        "https:///x",
        "https://[::1",
        "https://host:99999/",
        "mailtos://",
        "x",
        "",
        " ",
    ),
    *(
        "http://hooks.example.org/a",
        "mailto://user:pass@mail.example",
        "ntfy://push.example/topic",
        "matrix://u:p@m.example",
    ),
    *(
        "mastodon://token@social.example",
        "https://host/\x00",
        "https://host/é",
        "https://host/a b",
        "https://" + "a" * 3_000,
    ),
    "mailtos://user:pass@mail.example?mode=insecure",
    "mailtos://user:pass@mail.example?pgppub=/etc/passwd",
    "mailtos://user:pass@mail.example?verify=no",
    "mailtos://user:pass@mail.example?+Bcc=spy@example.org",
    "mailtos://user:pass@mail.example?to=a@b.example&ATTACH=file:///etc/passwd",
    "mailtos://user:pass@mail.example?to=a@b.example;verify=no",
    "ntfys://push.example/topic?attach=file:///etc/passwd",
    "ntfys://push.example/topic?actions=http",
    "ntfys://push.example/topic#?redirect=yes",
    "slack://A/B/C?template=/etc/passwd",
    "matrixs://user:pass@matrix.example/#room?discovery=yes",
    "matrixs://user:pass@matrix.example/#room?mode=slack",
    "mastodons://token@social.example?key=x",
    "bluesky://handle:pass@bsky.social?rto=100000",
    "slack://A/B/C?retry=99",
]


@pytest.mark.parametrize("address", GOOD)
def test_of_a_target_its_scheme_and_host_are_shown(address: str) -> None:
    target = read_target(address, ())
    assert (target.kind, target.shown) == GOOD[address]
    assert target.address == address
    assert bool(target.secret) == (target.kind == "webhook")
    if target.kind != "webhook":
        plugin = made(target, ())
        assert plugin.redirects is False
        assert plugin.verify_certificate is True


def test_targets_are_written_as_the_papers_say() -> None:
    table = re.findall(
        r"^\| .* \| `(\w+://[^`]+)` \|", (ROOT / "server/docs/alerts.md").read_text("utf-8"), re.MULTILINE
    )
    kinds = set()
    for address in table:
        target = read_target(re.sub("|".join(WORDS), lambda found: WORDS[found[0]], address), ())
        kinds.add(target.kind)
        if target.kind != "webhook":
            assert made(target, ()) is not None
    assert kinds == KINDS.keys()


@pytest.mark.parametrize("address", BAD)
def test_what_is_not_on_the_list_is_refused_without_quoting_it(address: str) -> None:
    with pytest.raises(BadInput) as told:
        made(read_target(address, ()), ())
    for secret in ("pass@", "passwd", "token@", "my-secret", "alert(1)", "spy"):
        assert secret not in str(told.value)


@given(st.sampled_from(sorted(KINDS)), st.text(st.characters(max_codepoint=126), max_size=60))
def test_no_address_breaks_the_reader(kind: str, rest: str) -> None:
    for scheme, is_encrypted in KINDS[kind].schemes.items():
        try:
            target = read_target(f"{scheme}://{rest}", ())
        except BadInput:
            continue
        assert is_encrypted or target.shown.endswith(f"{KINDS[kind].fixed_host}/…")
        assert len(target.address) <= MAX_ADDRESS


def test_unencrypted_addresses_are_for_hosts_that_the_owner_named() -> None:
    allowed = {"push.lan", "10.0.0.7", "mail.lan"}
    for address in ("http://10.0.0.7:8080/hook", "ntfy://push.lan/topic", "mailto://user:pass@mail.lan"):
        assert read_target(address, allowed).address == address
        with pytest.raises(BadInput, match="fetch_hosts"):
            read_target(address, {"other.lan"})


def test_without_apprise_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise.asset", None)
    target = read_target("ntfy://topic", ())
    with pytest.raises(Undelivered, match=r'pip install "rowback\[alerts\]"'):
        made(target, ())
