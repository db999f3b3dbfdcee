"""`rowback outlets`: what there is to begin with, and whether its feeds give anything."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import click

from rowback.capture.fetch import Fetcher
from rowback.capture.outlets import all_outlets, chosen
from rowback.capture.robots import Robots
from rowback.capture.sampled import Candidate, Nothing
from rowback.capture.sampling import Reach, sample
from rowback.capture.tunnels import proxy_at
from rowback.cli.base import config_option, counted, json_option, settings, told_plainly
from rowback.cli.printer import MAX_MESSAGE, echo, print_json, progress, row
from rowback.clock import utc_now
from rowback.text.plain import line
from rowback.waits import each_over, result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.capture.outlets import Outlet
    from rowback.capture.sampled import Sample
    from rowback.config import Settings

HANDS = 8  # sites that are asked at once, each for its own feed


@click.command(short_help="List outlets to follow; read them all.")
@click.option("--language", default="", metavar="TAG", help="Only those in this language: de, pt-BR.")
@click.option("--country", default="", metavar="CODE", help="Only those of this country: DE, BR.")
@click.option("--read", "is_to_read", is_flag=True, help="Read each feed, and say which give nothing.")
@json_option
@config_option
@told_plainly
def outlets(language: str, country: str, is_to_read: bool, as_json: bool) -> None:
    """List the outlets that a reader can begin with.

    With --read each one's feed is asked for once; the command ends with 1 where any gives nothing.
    """
    found = chosen(all_outlets(), language, country)
    if not is_to_read:
        _list(found, as_json=as_json)
        return
    read = _read(found, settings())
    fine = sum(_is_fine(each) for _, each in read)
    if as_json:
        print_json([_told(outlet, each) for outlet, each in read])
    for outlet, each in () if as_json else read:
        if not _is_fine(each):
            row(outlet.name, outlet.feed_url, line(_why(each), MAX_MESSAGE))
    echo(f"{counted(fine, 'outlet')} of {len(read)} can be followed as they stand in the list.", err=True)
    if fine < len(read):
        sys.exit(1)


def _list(found: Sequence[Outlet], *, as_json: bool) -> None:
    if as_json:
        told = [
            {"name": each.name, "country": each.country, "language": each.language, "feed_url": each.feed_url}
            for each in found
        ]
        print_json(told)
        return
    for each in found:
        row(each.country, each.language, each.name, each.feed_url)


def _read(found: Sequence[Outlet], chosen_settings: Settings) -> list[tuple[Outlet, Sample | Nothing]]:
    """Each outlet with what its feed gives, in the order of the list; how far it is, on a terminal."""
    fetcher = Fetcher(
        chosen_settings.fetch_hosts,
        proxy=proxy_at(chosen_settings.fetch_proxy, resolves=chosen_settings.fetch_proxy_resolves),
        contact=chosen_settings.contact,
    )
    robots = Robots(lambda url: fetcher.get(url, any_type=True), time.monotonic)

    def read(each: Outlet) -> Sample | Nothing:
        return sample(Reach.within(fetcher, robots, utc_now), Candidate(each.feed_url, each.kind, each.site))

    with ThreadPoolExecutor(HANDS, "outlets") as hands:
        reading = {hands.submit(read, each): number for number, each in enumerate(found)}
        try:
            with progress(len(reading), "Reading") as bar:
                results = {}
                for each in each_over(reading):
                    results[reading[each]] = result(each)
                    bar.update(1)
        except BaseException:
            hands.shutdown(wait=False, cancel_futures=True)
            raise
    return [(each, results[number]) for number, each in enumerate(found)]


def _is_fine(found: Sample | Nothing) -> bool:
    return not isinstance(found, Nothing) and found.instead_of is None


def _why(found: Sample | Nothing) -> str:
    if isinstance(found, Nothing):
        return f"{found.why}: {found.reason}"
    before = found.instead_of
    return "" if before is None else f"{before.why}: {before.reason}; its site names {found.url}"


def _told(outlet: Outlet, found: Sample | Nothing) -> dict[str, object]:
    read = None if isinstance(found, Nothing) else found
    return {
        "name": outlet.name,
        "feed_url": outlet.feed_url,
        "ok": _is_fine(found),
        "why": _why(found) or None,
        "articles": 0 if read is None else read.articles,
        "a_day": None if read is None else read.a_day,
        "found_at": None if read is None else read.url,
    }
