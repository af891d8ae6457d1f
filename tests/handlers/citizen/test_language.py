"""Somebody reads the whole of it in another language."""

from tests.handlers.citizen.conftest import Street
from tests.handlers.citizen.warga import Warga

LAMP = "Lampu jalan di depan pasar mati sejak seminggu, gelap sekali kalau malam"


async def test_a_telephone_in_english_is_greeted_in_english_and_told_how_to_change(street: Street) -> None:
    john = street.warga(7101, language="en-GB")
    greeting = await john.says("/start")
    assert "Welcome." in greeting
    assert "Bahasa Indonesia: ketik /bahasa" in greeting


async def test_any_other_telephone_is_greeted_in_indonesian_and_told_of_english(street: Street) -> None:
    for place, code in enumerate(("ja", "in", "x" * 40, "../en", "", None)):
        greeting = await street.warga(7200 + place, language=code).says("/start")
        assert "Selamat datang." in greeting
        assert "English: type /bahasa" in greeting


async def test_the_language_is_chosen_by_its_number_and_remembered(street: Street) -> None:
    sari = street.warga(7101)
    asked = await sari.says("/bahasa")
    assert "1. Bahasa Indonesia\n2. English" in asked
    assert "in English" in await sari.says("2")
    street.restarts()
    assert "Welcome." in await street.warga(7101).says("/start")


async def test_changing_it_in_the_middle_of_a_complaint_asks_the_same_question_in_the_new_language(
    sari: Warga,
) -> None:
    await sari.says("/lapor")
    await sari.says(LAMP)
    await sari.says("/bahasa")
    assert "What kind of report is it?" in await sari.taps("English")
    assert "Where did it happen?" in await sari.says("complaint")
    await sari.says("/bahasa")
    assert "Di mana kejadiannya?" in await sari.says("bahasa indonesia")


async def test_a_forged_language_changes_nothing(sari: Warga) -> None:
    assert "menu lama" in await sari.presses("1:language:tlh")
    assert "menu lama" in await sari.presses("1:language:../../etc")
    assert "Selamat datang." in await sari.says("/start")
