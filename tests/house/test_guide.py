"""The guide is true: every picture is there and small, every command is in a menu, every role has its page."""

import re
from pathlib import Path

import pytest
from PIL import Image

from domain.lifecycle import Role
from views.menus import MENUS

GUIDE = Path(__file__).parents[2] / "docs/panduan"
PAGES = sorted(GUIDE.glob("*.md"))
PAGE_OF = {
    Role.CITIZEN: "pelapor",
    Role.OFFICER: "petugas",
    Role.UNIT_HEAD: "kepala-unit",
    Role.COORDINATOR: "koordinator",
    Role.INSPECTOR: "inspektorat",
    Role.PROVINCE_HUB: "admin-provinsi",
    Role.OBSERVER: "pemantau",
    Role.NATIONAL_ADMIN: "admin-nasional",
}
OF_NO_PERSON = {Role.SYSTEM, Role.SUPPORTER, Role.PARTICIPANT}
"""In what capacity somebody acts, but what nobody is by trade."""

PICTURE = re.compile(r'<img src="([^"]+)" alt="([^"]*)" width="280">')
COMMAND = re.compile(r"(?<![\w/.(])/([a-z]+)\b(?!/)")
HEAVIEST = 80 * 1024
MOST = 20


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def test_every_role_has_its_page_and_the_first_page_leads_to_all() -> None:
    assert PAGE_OF.keys() == set(Role) - OF_NO_PERSON
    assert {page.stem for page in PAGES} == {*PAGE_OF.values(), "README"}
    first = text_of(GUIDE / "README.md")
    assert [name for name in PAGE_OF.values() if f"({name}.md)" not in first] == []


def test_every_picture_that_is_named_is_there_and_every_picture_that_is_there_is_named() -> None:
    named = {file for page in PAGES for file, _ in PICTURE.findall(text_of(page))}
    assert named == {f"gambar/{file.name}" for file in (GUIDE / "gambar").iterdir()}
    assert len(named) <= MOST


def test_every_picture_says_in_words_what_it_shows() -> None:
    assert [file for page in PAGES for file, said in PICTURE.findall(text_of(page)) if len(said.split()) < 2] == []
    assert [page.name for page in PAGES if "![" in text_of(page)] == []


def test_every_picture_is_small_enough_for_a_telephone() -> None:
    files = sorted((GUIDE / "gambar").iterdir())
    assert [file.name for file in files if file.stat().st_size > HEAVIEST] == []
    for file in files:
        with Image.open(file) as picture:
            assert picture.width <= 800, file.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_that_a_page_names_is_in_a_menu(page: Path) -> None:
    offered = {command for menu in MENUS.values() for command in menu}
    assert set(COMMAND.findall(text_of(page))) - offered == set()


def test_the_program_that_serves_people_knows_no_browser() -> None:
    packages = (
        "bot",
        "handlers",
        "scheduler",
        "views",
        "services",
        "routing",
        "storage",
        "domain",
        "locales",
        "simulator",
    )
    sources = (file for name in packages for file in (GUIDE.parents[1] / name).rglob("*.py"))
    assert [file.name for file in sources if "playwright" in file.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_short(page: Path) -> None:
    assert len(text_of(page).split()) < 500
