"""A citizen's rights over HTTP: take everything as files, then be forgotten, and be met as a stranger."""

from domain.ticket import find_numbers
from simulator.phone import Phone
from tests.e2e.house import LAMP


async def test_somebody_takes_their_data_erases_it_and_begins_anew(koordinator: Phone, warga: Phone) -> None:
    await warga.says(LAMP)
    await warga.sees_new("Tentang data Anda")
    await warga.taps("Saya mengerti")
    await warga.sees_new("termasuk yang mana?")
    await warga.says("/dataku")
    await warga.sees_new("satu berkas untuk dibaca dan satu untuk komputer")
    names = [bubble.content["document"]["file_name"] for bubble in await warga.messages() if bubble.kind == "document"]
    assert names == ["data-saya.txt", "data-saya.json"]
    await warga.says("/hapus")
    await warga.sees_new("Yang dihapus untuk selamanya")
    await warga.says("HAPUS DATA SAYA")
    done = await warga.sees_new("Data Anda sudah dihapus.")
    assert not find_numbers(done.text)
    await warga.says("/lapor")
    await warga.sees_new("Tentang data Anda")
