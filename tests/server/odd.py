"""What no client sends, but anyone can: odd values, headers and bodies of requests."""

from __future__ import annotations

import gzip

from hypothesis import strategies as st

from .samples import URL
from .visitor import FORM

LONG = 5_000
# What numbers, dates, cursors, addresses and queries are broken with.
ODD = (
    "0 1 -1 +1 1e9 1_0 0x10 ٣ ² nan null true [] [null] {} : ; , ,1 1, %s %ff %00 \x00 \x1b[2J \ufffe \u202e é 😀 "
    "2026-01-10T08:00:00Z 2026-01-10T08:00:00Z,1 2026-01-10T08:00:00Z,-999999999999999999999 "
    "2026-01-10T08:00:00Z,99999999999999999999 2026-01-10T08:00:00Z,9223372036854775808 2026-01-10T08:00:00Z,٣ "
    "0001-01-01T00:00:00Z,1 0001-01-01T00:00:00+23:59,1 9999-12-31T23:59:59-23:59,1 2026-02-30 0001-01-01 9999-12-31 "
    "9000-12-31 1970-01-01 previous latest first inline yes no owner hide forget unfollow label:figure label: removed:400 "
    'title: title:x NEAR( ( ) " * ^ AND OR NOT -x http:// http://[ http://[::1 http://a:99999/ https://é.example/ //x '
    "https://xn--a/ javascript:1 http://127.0.0.1:9/ feed:x https://www.google.com/amp/s/[ https://www.google.com/amp/s/a.b:x/"
).split(" ")
ODD += [
    "",
    " ",
    "9" * 25,
    "-" + "9" * 400,
    "9" * 6_000,
    "0001" + "9" * 6_000,
    "a" * LONG,
    "é" * 600,
    "a." * 2_500,
    URL,
    f"{URL}?{'x=1&' * 900}",
]
# What dates of HTTP are broken with, and what the other headers are.
DATES = [
    "Sat, 10 Jan 2026 08:00:00 GMT",
    *(f"Sat, 10 Jan 2026 08:00:00 {zone}" for zone in ("+2400", "-9999", "+99999999", "-" + "9" * 30, "+" + "9" * 400)),
    "Mon, 01 Jan 0001 00:00:00 +2359",
    "Fri, 31 Dec 9999 23:59:59 -2359",
    "Sat, 10 Jan 99999 08:00:00 GMT",
    "Sat, 99 Jan 2026 99:99:99 GMT",
    "9" * 30,
    "Sat, 10 Jan " + "9" * 400 + " 08:00:00 GMT",
]
HEADERS: dict[str, list[str]] = {
    "If-Modified-Since": DATES,
    "If-Unmodified-Since": DATES,
    "If-Range": [*DATES, '"x"', 'W/"'],
    "Date": DATES,
    "Accept-Datetime": DATES,
    "If-None-Match": ["*", '"', 'W/"x", "', "," * 3_000, '"' + "x" * LONG + '"', '"é"'],
    "If-Match": ["*", '"x"', "W/"],
    "Range": [
        "bytes=0-0",
        "bytes=-1",
        "bytes=9-1",
        "bytes=" + "9" * 30 + "-",
        "bytes=0-1,2-3",
        "x=1-2",
        "bytes=٣-",
        "bytes",
    ],
    "Accept": ["*/*;q=nan", "text/html;q=9e999", ";;", "text/html;q=-1", "," * 3_000, "text/html;q=٣", "a" * LONG],
    "Accept-Encoding": ["gzip;q=x", "*;q=0", ",,", "identity;q=" + "9" * 400],
    "Accept-Language": ["é;q=1", "en;q=inf", "*"],
    "Accept-Charset": ["x;q=", "utf-7"],
    "Forwarded": ['for="[::1', "for=_x;host=é;proto=gopher", ";=;", "for=" + "a" * LONG],
    "X-Forwarded-For": ["é", "1.2.3.4, ::g", "," * 99],
    "X-Forwarded-Proto": ["https", "gopher", "é", ",https"],
    "X-Forwarded-Host": ["evil.example", "[", "é"],
    "Host": [
        "a" * LONG,
        "a." * 2_500,
        "[::1]",
        "[::1",
        "[x]",
        "127.0.0.1:",
        "127.0.0.1:x",
        "127.0.0.1:٣",
        "127.0.0.1:" + "9" * 30,
        "127.0.0.1." + "." * 99,
        "é",
        "localhost:é",
        "xn--" + "a" * 70,
        "xn--é",
        "evil@localhost",
        "localhost/x",
        "localhost?x",
        "local host",
        "",
        "localhost,localhost",
        "\u2488",
    ],
    "Content-Length": ["-1", "x", "9" * 30, "٣", "", "1, 2", "+1", "1_0"],
    "Content-Type": [
        "application/json;charset=x",
        "application/json; charset=utf-16",
        "application/JSON",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=" + "x" * LONG,
        "multipart/form-data; boundary=é",
        "application/x-www-form-urlencoded; charset=idna",
        "é",
        ";",
        "text/html",
    ],
    "Content-Encoding": ["gzip", "é", "br", "gzip, gzip", "," * 99, "identity"],
    "Transfer-Encoding": ["chunked", "x"],
    "Cookie": ["rowback_session=é", "=;=;;", "rowback_80=x.y.z", "a=" + "b" * LONG, '"', "rowback_session=" + "." * 99],
    "Authorization": [
        "Bearer",
        "Bearer é",
        "Basic é",
        "Basic Og==",
        "Bearer \x00",
        "Digest a=b",
        "Bearer " + "x" * LONG,
    ],
    "Origin": ["null", "http://[", "http://127.0.0.1", "chrome-extension://é", "moz-extension://" + "a" * LONG, "é"],
    "Referer": ["é", "http://["],
    "User-Agent": ["é" * 300, "\x01", ""],
    "Sec-Fetch-Site": ["é", "none"],
    "Sec-Fetch-Mode": ["navigate", "é"],
    "Sec-Fetch-Dest": ["document", "é"],
    "Access-Control-Request-Method": ["é", "GET"],
    "Access-Control-Request-Headers": ["é", "," * 999],
    "Prefer": ["respond-async", "é"],
    "Expect": ["100-continue", "é"],
    "X-HTTP-Method-Override": ["DELETE", "é"],
    "Upgrade": ["websocket"],
}
VALUES = st.one_of(st.sampled_from(ODD), st.text(max_size=8))
JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(ODD), st.sampled_from([10**400, "\ud800"])
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(ODD), inner, max_size=2),
    max_leaves=4,
)
RAW = st.sampled_from(
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b"NaN",
        b'"\\ud800"',
        b"--x\r\n\r\n",
        b"a" * 70_000,
        b"%ff=%00&;=&" * 50,
        b"[null,null]",
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03",
        gzip.compress(b'{"url": 1}'),
    ]
)


# What queries, forms and bodies are asked for.
ASKED = (
    "q url from to limit before older newer source label substance headline unannounced page view code token next csrf say "
    "scope do name session days reason sure follow include exclude kind urls html title blocks paragraphs canonical_url "
    "seen_at origin device_code target text after start address captures feed since article language country reader "
    "wait pick feed until one change changes collection collection_id note note-1 weekday hour which alert "
    "rhythm quiet_from quiet_until zone unlisted theme lang table format removal"
).split()
NAMES = st.sampled_from(ASKED)
QUERY = st.lists(st.tuples(NAMES, VALUES), max_size=4)
SOME_HEADERS = st.lists(
    st.sampled_from(sorted(HEADERS)).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(HEADERS[name]))),
    max_size=3,
)
FORMS = st.tuples(st.just(FORM), st.dictionaries(NAMES, VALUES, max_size=5))
OBJECTS = st.tuples(st.just("application/json"), st.dictionaries(NAMES, JSON, max_size=5))
_OTHERS = st.one_of(
    st.none(),
    FORMS,
    st.tuples(st.just("application/json"), JSON),
    st.tuples(st.sampled_from(["application/json", FORM, "multipart/form-data; boundary=x"]), RAW),
)
# Of the API, and of forms: mostly what they are there for.
BODIES = {True: st.one_of(OBJECTS, OBJECTS, _OTHERS), False: st.one_of(FORMS, FORMS, _OTHERS)}
