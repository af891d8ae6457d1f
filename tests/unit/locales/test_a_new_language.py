"""Adding a language needs a folder with catalogues, and not a line of code."""

import shutil
from pathlib import Path

import pytest

from locales.build import compile_catalogues
from locales.translator import CATALOGUES, languages, tongues, words_for
from views import language, welcome

JAVANESE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "language.name"
msgstr "Basa Jawa"

msgid "language.hint"
msgstr "Basa Jawa: ketik /bahasa"

msgid "welcome.button_report"
msgstr "Gawe laporan"
"""


@pytest.fixture
def catalogues(tmp_path: Path) -> Path:
    """The catalogues of the house and one more."""
    shutil.copytree(CATALOGUES, tmp_path / "locales", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    folder = tmp_path / "locales/jv/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "citizen.po").write_text(JAVANESE, encoding="utf-8")
    compile_catalogues(tmp_path / "locales")
    return tmp_path / "locales"


def test_it_is_offered_under_its_own_name(catalogues: Path) -> None:
    screen = language.screen(words_for("id"), tongues(catalogues))
    assert [button.label for button in screen.choices] == ["Bahasa Indonesia", "English", "Basa Jawa"]
    assert "3. Basa Jawa" in screen.text
    assert screen.choices[2].tap.args == ("jv",)


def test_what_it_does_not_say_yet_is_said_in_indonesian(catalogues: Path) -> None:
    words = words_for("jv-ID", catalogues)
    assert welcome.welcome(words).choices[0].label == "Gawe laporan"
    assert welcome.welcome(words).choices[1].label == "Laporan saya"


def test_it_is_known_where_its_folder_is_and_nowhere_else(catalogues: Path) -> None:
    assert languages(catalogues) == ("id", "en", "jv")
    assert "jv" not in languages()


def test_a_catalogue_that_is_gone_says_nothing_any_more(catalogues: Path) -> None:
    (catalogues / "jv/LC_MESSAGES/citizen.po").unlink()
    compile_catalogues(catalogues)
    assert languages(catalogues) == ("id", "en")
