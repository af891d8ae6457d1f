"""The conversation over HTTP: what people say and see, whatever they say."""

from simulator.phone import Phone
from tests.e2e.house import RunningHouse


async def test_a_citizen_files_a_complaint_and_gets_a_receipt_with_its_number(
    house: RunningHouse, warga: Phone
) -> None:
    number = await house.files(warga)
    await warga.says(f"/lacak {number}")
    await warga.sees_new(number, "Menunggu verifikasi")
