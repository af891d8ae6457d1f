"""The whole road of letters: what services owe, as it arrives on people's phones."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from domain.drafting import Purpose
from domain.lifecycle import Role
from scheduler.delivery import Delivery
from scheduler.delivery_courier import Courier
from scheduler.jobs import jobs_of
from scheduler.timetable import Timetable
from simulator import Phone, SimulatedTelegram
from tests.conftest import FakeClock
from tests.scheduler.office import QUICK, eventually
from tests.services.conftest import Town, clock, matcher, town

__all__ = ["clock", "matcher", "town"]


@asynccontextmanager
async def post(telegram: SimulatedTelegram, town: Town) -> AsyncIterator[Timetable]:
    """Delivery and timetable over the real services."""
    courier = Courier(telegram.token, telegram.url)
    delivery = Delivery(town.office.database, town.letters, courier, town.office.clock, QUICK)
    try:
        async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
            tasks.create_task(delivery.run())
            try:
                yield Timetable(jobs_of(town.timekeeping), town.office.database, town.office.clock, delivery.wake)
            finally:
                delivery.stop()
    finally:
        await courier.close()


@pytest.fixture
async def people(telegram: SimulatedTelegram) -> tuple[Phone, Phone, Phone]:
    """A citizen, an officer, a coordinator."""
    phones = (telegram.phone("Sari"), telegram.phone("Joko"), telegram.phone("Dewi"))
    for phone in phones:
        await phone.starts()
    return phones


async def test_everybody_reads_of_a_complaint_what_concerns_them(
    telegram: SimulatedTelegram, town: Town, clock: FakeClock, people: tuple[Phone, Phone, Phone]
) -> None:
    sari, joko, dewi = people
    officer = await town.hires(joko.id, Role.OFFICER, "dprkp")
    coordinator = await town.hires(dewi.id, Role.COORDINATOR)
    citizen = await town.meets(sari.id)
    async with post(telegram, town) as timetable:
        number = (await town.files(citizen)).number
        await sari.sees("Nomor laporan:", number, "Diverifikasi paling lambat", "Jumat, 10 April 2026 pukul 16.30 WIB")
        await dewi.sees("laporan baru", number, "Usulan unit", "Dinas Perumahan dan Kawasan Permukiman", "karena:")

        proposal = await town.oversight.propose(coordinator, number)
        await town.oversight.forward(coordinator, proposal.serial)
        clock.advance(seconds=2)
        await sari.sees(number, "diteruskan kepada Dinas Perumahan dan Kawasan Permukiman")
        card = await joko.sees(number, "Pelapor: Ibu Sari", "Tindak lanjut pertama paling lambat")
        assert "Tangani" in card.labels

        clock.advance(days=13)
        assert (await timetable.tick())["remind"] == 1
        # What left last may be written down only now, and a chat is granted one message a second.
        clock.advance(seconds=2)
        await joko.sees("1 laporan", number, "terlambat")
        await dewi.sees(number, "terlambat dan kini memerlukan perhatian")
        clock.advance(seconds=2)
        await dewi.sees("Ringkasan Pemerintah Kota Serang", number)

        written = await town.correspondence.at_once(officer, number, Purpose.DONE, "Lampu sudah diganti dan menyala.")
        await town.correspondence.send(officer, written.serial)
        clock.advance(seconds=2)
        done = await sari.sees(number, "selesai ditangani", "Lampu sudah diganti dan menyala.")
        assert done.labels[:3] == ["Sudah beres", "Belum beres", "Beri penilaian"]


async def test_who_comes_back_after_blocking_gets_what_was_owed(
    telegram: SimulatedTelegram, town: Town, clock: FakeClock, people: tuple[Phone, Phone, Phone]
) -> None:
    sari, *_ = people
    citizen = await town.meets(sari.id)
    await sari.blocks()

    async def unreachable() -> bool:
        async with town.office.database.reading() as work:
            return bool(await work.people.unreachable())

    async with post(telegram, town):
        number = (await town.files(citizen)).number
        await eventually(unreachable)
        await sari.unblocks()
        clock.advance(seconds=1)
        await town.meets(sari.id)
        await sari.sees("Nomor laporan:", number)
