"""The coordinator's morning over HTTP: the digest comes with its chart, and the chart can be looked at."""

from simulator.phone import Phone
from tests.e2e.house import RunningHouse


async def test_the_coordinator_receives_the_digest_with_its_chart(
    house: RunningHouse, warga: Phone, koordinator: Phone
) -> None:
    number = await house.files(warga)
    await koordinator.sees(number)
    await house.passes(days=1)
    digest = await koordinator.sees("Ringkasan Pemerintah Kota Serang", number, "Belum diteruskan (1)")
    assert digest.kind == "photo"
    assert f"Verifikasi {number}" in digest.labels
    assert (await koordinator.downloads(digest)).startswith(b"\x89PNG")


async def test_asked_for_by_command_the_day_has_its_chart_too(
    house: RunningHouse, warga: Phone, koordinator: Phone
) -> None:
    number = await house.files(warga)
    await koordinator.sees(number)
    await koordinator.says("/ringkasan")
    await koordinator.sees_new("Ringkasan Pemerintah Kota Serang", number)
    [chart] = [bubble for bubble in await koordinator.messages() if bubble.kind == "photo"]
    assert (await koordinator.downloads(chart)).startswith(b"\x89PNG")
