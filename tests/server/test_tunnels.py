"""Fetching through an outgoing proxy: it is told the address that was checked, and nothing goes another way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rowback.capture.fetch import USER_AGENT, Fetcher
from rowback.capture.tunnels import check_name, proxy_at
from rowback.errors import FetchFailed, ForbiddenURL, SettingsError

from .outgoing_proxies import OutgoingProxy, outgoing_proxy
from .websites import HOST, Website, website

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .program import Program

PUBLIC, PUBLIC_6 = "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"
PAGE = "<p>The ferry leaves at noon.</p>"


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as made:
        made.put("/a", PAGE)
        yield made


@pytest.fixture(params=["http", "socks5"])
def proxy(request: pytest.FixtureRequest, site: Website) -> Iterator[OutgoingProxy]:
    with outgoing_proxy(request.param, site.port) as made:
        yield made


def _fetcher(
    proxy: OutgoingProxy, *addresses: str, hosts: tuple[str, ...] = (), resolves: bool = False, contact: str = ""
) -> Fetcher:
    def resolve(*_: object) -> list[str]:
        assert addresses, "no name is looked up here"
        return list(addresses)

    return Fetcher(hosts, resolve, proxy=proxy_at(proxy.address(), resolves=resolves), contact=contact)


def _asked(proxy: OutgoingProxy, where: str) -> str:
    return f"{'CONNECT' if proxy.kind == 'http' else 'SOCKS'} {where}"


@pytest.mark.parametrize("has_password", [False, True])
def test_the_proxy_is_told_the_address_that_was_checked(
    site: Website, proxy: OutgoingProxy, has_password: bool
) -> None:
    proxy.wants_password = has_password
    answer = _fetcher(proxy, PUBLIC).get(site.url("/a"))
    assert answer.body.decode() == PAGE
    assert proxy.asked == [_asked(proxy, f"{PUBLIC}:{site.port}")]
    assert site.asked[0][1]["Host"] == f"{HOST}:{site.port}"
    assert "Proxy-Authorization" not in site.asked[0][1]


def test_an_address_of_version_6_is_told_whole(site: Website, proxy: OutgoingProxy) -> None:
    assert _fetcher(proxy, PUBLIC_6).get(site.url("/a")).status == 200
    where = f"[{PUBLIC_6}]" if proxy.kind == "http" else PUBLIC_6
    assert proxy.asked == [_asked(proxy, f"{where}:{site.port}")]


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "::ffff:10.0.0.7"])
def test_what_is_private_is_refused_before_the_proxy_is_asked(
    site: Website, proxy: OutgoingProxy, address: str
) -> None:
    with pytest.raises(ForbiddenURL):
        _fetcher(proxy, address).get(site.url("/a"))
    with pytest.raises(ForbiddenURL):
        _fetcher(proxy, PUBLIC, address).get(site.url("/a"))
    assert proxy.asked == []


@pytest.mark.parametrize("resolves", [False, True])
def test_a_redirect_goes_through_the_same_check_and_the_same_proxy(
    site: Website, proxy: OutgoingProxy, resolves: bool
) -> None:
    site.put("/moved", status=302, Location=site.url("/a", "elsewhere.example"))
    site.put("/inside", status=302, Location="http://127.0.0.1:9/")
    fetcher = _fetcher(proxy, PUBLIC, resolves=resolves)
    assert fetcher.get(site.url("/moved")).url == site.url("/a", "elsewhere.example")
    assert len(proxy.asked) == 2
    inside = _fetcher(proxy, *(["127.0.0.1"] if not resolves else []), resolves=resolves)
    with pytest.raises(ForbiddenURL):
        inside.get(site.url("/inside"))


def test_a_host_of_ones_own_network_is_reached_without_it(site: Website, proxy: OutgoingProxy) -> None:
    for resolves in (False, True):
        fetcher = _fetcher(proxy, "127.0.0.1", hosts=(HOST,), resolves=resolves)
        assert fetcher.get(site.url("/a")).status == 200
    assert proxy.asked == []
    assert _fetcher(proxy, PUBLIC, hosts=(HOST,)).get(site.url("/a")).status == 200
    assert len(proxy.asked) == 1


def test_a_proxy_that_looks_up_names_is_told_them(site: Website, proxy: OutgoingProxy) -> None:
    assert _fetcher(proxy, resolves=True).get(site.url("/a")).status == 200
    assert proxy.asked == [_asked(proxy, f"{HOST}:{site.port}")]


@pytest.mark.parametrize(
    "host",
    [
        *(
            "localhost",
            "a.localhost",
            "printer",
            "nas.local",
            "x.internal",
            "router.home.arpa",
            "db.lan",
            "x.localhost.",
        ),
        *("127.0.0.1", "10.0.0.7", "[::1]", "[::ffff:10.0.0.7]", "169.254.169.254", "0x7f.1", "127.1", "2130706433"),
    ],
)
def test_a_name_that_leads_into_a_private_network_is_not_told_to_it(
    site: Website, proxy: OutgoingProxy, host: str
) -> None:
    with pytest.raises(ForbiddenURL):
        check_name(host.strip("[]"))
    with pytest.raises((ForbiddenURL, FetchFailed, ValueError)):
        _fetcher(proxy, resolves=True).get(f"http://{host}:{site.port}/a")
    assert proxy.asked == []


def test_other_ports_of_machines_stay_shut(proxy: OutgoingProxy) -> None:
    for resolves in (False, True):
        with pytest.raises(ForbiddenURL):
            _fetcher(proxy, PUBLIC, resolves=resolves).get(f"http://{HOST}:25/")
    assert proxy.asked == []


@pytest.mark.parametrize(
    "says",
    [
        *(b"", b"\0", b"HTTP/1.1 403 No\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\nmine"),
        *(b"\x05\xff", b"\x05\x02", b"\x04\x00", b"\x05\x00\x05\x02\x00\x01", b"x" * 200_000),
    ],
)
def test_a_proxy_that_fails_is_a_failure_and_nothing_goes_past_it(
    site: Website, proxy: OutgoingProxy, says: bytes
) -> None:
    proxy.says = says
    with pytest.raises(FetchFailed):
        _fetcher(proxy, PUBLIC).get(site.url("/a"))
    assert site.asked == []


def test_a_proxy_that_is_not_there_is_named_without_its_password(site: Website) -> None:
    found = proxy_at("socks5://reader:s3cret@127.0.0.1:1")
    with pytest.raises(FetchFailed, match=r"The outgoing proxy at 127\.0\.0\.1:1 does not answer") as failed:
        Fetcher((), lambda *_: [PUBLIC], proxy=found).get(site.url("/a"))
    assert "s3cret" not in str(failed.value) + repr(found)
    assert site.asked == []


@pytest.mark.parametrize(
    "address",
    [
        *("proxy.example:3128", "https://proxy.example", "socks4://x", "http://", "http://x:0", "http://x:99999"),
        *("http://x/y", "http://x?y", f"http://{'u' * 256}:x@y", "http://[x"),
    ],
)
def test_what_is_no_proxy_is_said_and_not_quoted(address: str) -> None:
    with pytest.raises(SettingsError, match="fetch_proxy") as wrong:
        proxy_at(address)
    assert address == "http://" or address not in str(wrong.value)


def test_who_asks_is_said_to_every_server(site: Website, proxy: OutgoingProxy) -> None:
    _fetcher(proxy, PUBLIC, contact="desk@echo.example").get(site.url("/a"))
    assert site.asked[0][1]["User-Agent"] == f"{USER_AGENT[:-1]}; desk@echo.example)"
    _fetcher(proxy, PUBLIC).get(site.url("/a"))
    assert site.asked[1][1]["User-Agent"] == USER_AGENT


def test_commands_go_through_the_proxy_of_the_settings(rowback: Program, site: Website) -> None:
    with outgoing_proxy("socks5", site.port) as proxy:
        text = "The harbour office said that the first ferry leaves at six in the morning from Monday on."
        site.put("/ferry", f"<title>Ferry</title><h1>Ferry timetable changes</h1><p>{text}</p>")
        for command in (["capture"], ["follow"]):
            url = f"http://{command[0]}.example:{site.port}/ferry"
            rowback(*command, url, ROWBACK_FETCH_PROXY=proxy.address(), ROWBACK_FETCH_PROXY_RESOLVES="yes")
        assert {asked.split(":")[0] for asked in proxy.asked} == {"SOCKS capture.example", "SOCKS follow.example"}
    wrong = rowback("capture", "https://news.example/", ROWBACK_FETCH_PROXY="proxy.example:s3cret")
    assert (wrong.code, "s3cret" in wrong.err) == (2, False)
