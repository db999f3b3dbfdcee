"""Whose host an address is on: names of one host for several devices, and AMP viewers, which show pages of others.

A domain says nothing of who writes there: whoever can register a name under `wordpress.com` shares it with strangers, and
the Public Suffix List knows only some of such domains. So two hosts are one only by the prefixes below.
"""

from __future__ import annotations

import ipaddress
import unicodedata
from urllib.parse import SplitResult, unquote, urlsplit

import regex
from tld import is_tld

# The same pages for other devices. `edition.`, `news.`, `touch.` and languages are not here: they are other pages elsewhere.
WWW = "www."
DEVICE_PREFIXES = (WWW, "m.", "mobile.", "amp.")
# Domains under which anyone can have a name, also one that looks like a device; those that the Public Suffix List may lack.
SHARED_DOMAINS = frozenset(
    "wordpress.com substack.com medium.com tumblr.com ghost.io blogspot.com github.io gitlab.io typepad.com livejournal.com "
    "weebly.com wixsite.com webflow.io squarespace.com hatenablog.com hatenadiary.jp over-blog.com beehiiv.com write.as "
    "bearblog.dev neocities.org netlify.app pages.dev vercel.app notion.site blogger.com jimdofree.com strikingly.com".split()
)
# Google's own domains, from www.google.com/supported_domains: others may own `google` under other suffixes.
_GOOGLE_COM = (
    "af ag ar au bd bh bn bo br bz co cu cy do ec eg et fj gh gi gt hk jm kh kw lb ly mm mt mx my na ng ni np om pa pe pg ph "
    "pk pr py qa sa sb sg sl sv tj tr tw ua uy vc vn"
)
_GOOGLE_CO = "ao bw ck cr id il in jp ke kr ls ma mz nz th tz ug uk uz ve vi za zm zw"
_GOOGLE = (
    "com ad ae al am as at az ba be bf bg bi bj bs bt by ca cat cd cf cg ch ci cl cm cn cv cz de dj dk dm dz ee es fi fm fr "
    "ga ge gg gl gm gr gy hn hr ht hu ie im iq is it je jo kg ki kz la li lk lt lu lv md me mg mk ml mn mu mv mw ne nl no nr "
    "nu pl pn ps pt ro rs ru rw sc se sh si sk sm sn so sr st td tg tl tm tn to tt vu ws"
)
GOOGLE_DOMAINS = frozenset(
    f"google.{suffix}"
    for suffix in (
        *_GOOGLE.split(),
        *(f"com.{country}" for country in _GOOGLE_COM.split()),
        *(f"co.{country}" for country in _GOOGLE_CO.split()),
    )
)
AMP_CACHES = (".cdn.ampproject.org", ".bing-amp.com")  # each page on a subdomain of its publisher's
_BLOGSPOT = regex.compile(r"(?:^|\.)blogspot\.(?:[a-z]{2,3}|com?\.[a-z]{2})$")
_BLOGGER_PATH = regex.compile(r"/20\d\d/[01]\d/[^/]+\.html")
_DEVIATING, _DOTS = frozenset("ßς"), regex.compile(r"[.。．｡]")
_IGNORED = regex.compile(r"\p{Default_Ignorable_Code_Point}")
_VIEWED = regex.compile(r"^/amp/(?:s/)?(?P<rest>[^/]+\..+)$")
_CACHED = regex.compile(r"^/[a-z]/(?:s/)?(?P<rest>[^/]+\..+)$")


def site_host(host: str) -> str:
    """The host without `www.`, `m.` and the like, as long as a name that one owner has is left. `host` is in normal form."""
    while not is_address(host) and host.startswith(DEVICE_PREFIXES):
        rest = host.split(".", 1)[1]
        is_shared = rest in SHARED_DOMAINS and not host.startswith(WWW)
        if "." not in rest or is_tld(rest) or is_address(rest) or is_shared:
            break
        host = rest
    return host


def is_blog_of_google(host: str, path: str) -> bool:
    """Whether an address is of a blog on Blogger, on Google's host or on one of its own. There `?m=1` is the page for
    telephones."""
    return _BLOGSPOT.search(host) is not None or _BLOGGER_PATH.fullmatch(path) is not None


def in_ascii(url: str) -> str:
    """An address with a host that browsers send to where it says. `ß` and `ς` are letters of their own (IDNA 2008, RFC 5894,
    section 7.2; UTS #46, deviation characters); w3lib, by IDNA 2003, makes `ss` and `σ` of them, which is another's host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url  # told by whoever reads it
    user, at, place = parts.netloc.rpartition("@")
    host, colon, port = place.partition(":")
    spelt = unicodedata.normalize("NFKC", "".join(char.lower() for char in host))
    if not _DEVIATING.intersection(spelt):
        return url
    labels = (_label(each) for each in _DOTS.split(spelt))
    return parts._replace(netloc=f"{user}{at}{'.'.join(labels)}{colon}{port}").geturl()


def _label(label: str) -> str:
    if not _DEVIATING.intersection(label):
        return label
    return f"xn--{_IGNORED.sub('', label).encode('punycode').decode()}"


def is_address(host: str) -> bool:
    """Whether a host is an address of numbers and no name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def behind_viewer(url: str) -> str:
    """The publisher's address of a page that an AMP viewer or cache shows; any other address as it is.

    To look things up and to fetch from the publisher: what was read from the viewer is the viewer's.
    """
    try:
        parts = urlsplit(url.strip())
        pattern = _viewer(parts)
        found = pattern.match(parts.path) if pattern is not None else None
    except ValueError:
        return url
    if found is None:
        return url
    return f"https://{unquote(found['rest'])}" + (f"?{parts.query}" if parts.query else "")


def _viewer(parts: SplitResult) -> regex.Pattern[str] | None:
    if parts.scheme.lower() != "https" or parts.port not in (None, 443):
        return None
    host = (parts.hostname or "").removesuffix(".")
    if host.removeprefix(WWW) in GOOGLE_DOMAINS:
        return _VIEWED
    return _CACHED if host.endswith(AMP_CACHES) else None
