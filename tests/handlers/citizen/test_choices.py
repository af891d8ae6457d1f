"""A number that is typed means the choice that stands in the chat, whichever process has shown it."""

import pytest
from sqlalchemy import select

from storage.crypto import Keyring, new_key
from storage.engine import Database
from storage.tables_telling import ShownChoices
from tests.handlers.citizen.conftest import Street
from tests.handlers.citizen.test_cases import Desk, files
from tests.handlers.citizen.warga import Warga

CRY = "tolong, rumah tetangga kebakaran!"


@pytest.fixture
async def number(street: Street, sari: Warga) -> str:
    """A complaint that Sari has filed."""
    await Desk(street).opens()
    return await files(sari)


def elsewhere(street: Street) -> Warga:
    """Sari, whose next message another process works."""
    street.restarts()
    return street.warga()


async def test_after_a_restart_a_number_still_opens_a_line_of_the_list(street: Street, number: str) -> None:
    await elsewhere(street).says("/laporan")
    assert "Menunggu verifikasi" in await elsewhere(street).says("1")


async def test_after_a_restart_a_number_still_answers_whether_to_go_on(street: Street, sari: Warga) -> None:
    await sari.says(CRY)
    assert sari.labels() == ["Ya, lanjutkan", "Nanti saja"]
    assert "Utamakan keselamatan Anda" in await elsewhere(street).says("2")


async def test_after_a_restart_the_words_of_a_button_still_choose(street: Street, number: str) -> None:
    await elsewhere(street).says(f"/lacak {number}")
    assert "Tuliskan" in await elsewhere(street).says("tambah keterangan")


async def test_a_screen_without_choices_takes_the_former_numbers_away(street: Street, number: str) -> None:
    await elsewhere(street).says(f"/lacak {number}")
    await elsewhere(street).says("/baru")
    assert "Tambah" not in await elsewhere(street).says("1")


async def test_what_was_shown_is_sealed_and_goes_with_the_person(street: Street, sari: Warga) -> None:
    await sari.says("Lampu jalan di depan SD Negeri 2 mati sudah seminggu")
    await sari.says("/draf")
    database = street.office.database
    async with database.reading() as work:
        [row] = await work._session.scalars(select(ShownChoices))
        assert b"Lampu" not in row.choices_sealed
        assert "Lampu" in str(await work.shown.of(row.person_id))
    await sari.says("/hapus")
    await sari.says("HAPUS DATA SAYA")
    async with database.reading() as work:
        assert (await work._session.scalars(select(ShownChoices))).all() == []


async def test_choices_whose_key_is_gone_are_not_known_and_nothing_breaks(street: Street, sari: Warga) -> None:
    await sari.says("/bantuan")
    stranger = Database(street.office.database.url, Keyring([new_key()]), street.clock)
    async with stranger.reading() as work:
        [row] = await work._session.scalars(select(ShownChoices))
        assert await work.shown.of(row.person_id) == ()
    await stranger.dispose()
