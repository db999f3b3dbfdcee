"""The pictures for stores, without the browser that takes them: their size, what is on them, and in which language."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from werkzeug.test import Client

from rowback.clock import utc_now
from rowback.extension import unpack
from rowback.store import Store
from tests.shop_stage import BACKEND, NEWSPAPER, hosts, languages, speak
from tests.shop_window import SIZE, STORY, THIS_MACHINE, main, write

if TYPE_CHECKING:
    from collections.abc import Iterator

SITE = f"https://{NEWSPAPER}"
PAPER = Path(__file__).parents[2] / "server" / "docs" / "store" / "README.md"


def _png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + width.to_bytes(4) + height.to_bytes(4)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store(tmp_path_factory.mktemp("shop") / "rowback.db")
    yield store
    store.close()


@pytest.fixture(scope="module")
def shop(kept: Store) -> Client:
    return Client(hosts(kept))


def test_the_story_has_its_edits_under_invented_names(shop: Client) -> None:
    page = shop.get(STORY.removeprefix(SITE), base_url=SITE)
    assert (page.status_code, THIS_MACHINE.findall(page.text)) == (200, [])
    answer = shop.get("/api/v1/edits", base_url=f"https://{BACKEND}", query_string={"url": STORY})
    assert len(answer.get_json()["edits"]) == 3


def test_no_archive_is_there_to_be_named(kept: Store, shop: Client) -> None:
    key = {"Authorization": f"Bearer {kept.access.new_token('shop', utc_now())}"}
    assert shop.get("/api/v1/token", base_url=f"https://{BACKEND}", headers=key).get_json()["archives"] == []


def test_other_names_are_nobody(shop: Client) -> None:
    assert [shop.get("/", base_url=base).status_code for base in (SITE, "https://127.0.0.1")] == [200, 404]


@pytest.mark.parametrize("text", ["On for 127.0.0.1", "http://localhost:8484"])
def test_names_of_this_machine_are_noticed(text: str) -> None:
    assert THIS_MACHINE.search(text)


@pytest.mark.parametrize(("width", "height"), [(400, 600), (1280, 801), (800, 1280)])
def test_a_picture_of_another_size_is_not_kept(tmp_path: Path, width: int, height: int) -> None:
    with pytest.raises(SystemExit, match=f"{width} × {height}"):
        write(tmp_path / "3-popup.png", _png(width, height))
    assert not list(tmp_path.iterdir())


def test_a_picture_of_the_papers_size_is_kept(tmp_path: Path) -> None:
    write(tmp_path / "3-popup.png", _png(SIZE["width"], SIZE["height"]))
    assert [each.name for each in tmp_path.iterdir()] == ["3-popup.png"]
    assert f"{SIZE['width']} × {SIZE['height']}" in PAPER.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", languages())
def test_the_extension_has_the_words_of_one_language(tmp_path: Path, language: str) -> None:
    unpack(tmp_path, f"https://{BACKEND}")
    speak(tmp_path, language)
    assert json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["default_locale"] == language
    assert [each.name for each in (tmp_path / "_locales").iterdir()] == [language]


def test_the_paper_names_the_languages_that_there_are() -> None:
    named = re.search(r"`--language de` .*?\(([^)]*)\)", PAPER.read_text(encoding="utf-8"), re.DOTALL)
    assert named
    assert sorted(re.findall(r"`(\w+)`", named[1])) == languages()


def test_no_picture_is_taken_in_a_language_that_is_not_there(tmp_path: Path) -> None:
    answer = CliRunner().invoke(main, [str(tmp_path / "pictures"), "--language", "tlh"])
    assert answer.exit_code == 2
    assert not list(tmp_path.iterdir())
