"""The demo's three phones in a real browser: a complaint goes round, by typing and tapping alone."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect
from rich.console import Console

from bot.demo.bubbles import Terminal
from bot.demo.clock import DemoClock
from bot.demo.phones import phones_page
from bot.demo.stage import Desk, Stage
from bot.demo.story import BUDI, HOUSING, LAMP, RINA, SARI
from domain.lifecycle import Role
from domain.ticket import find_numbers
from locales.translator import words_for
from tests.browser import Window, chromium
from tests.e2e.house import running_house

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("browser")]

ANSWER = "Petugas kami sudah mengganti lampunya pagi ini pukul 09.00."


@pytest_asyncio.fixture(loop_scope="module")
async def window(register: str, tmp_path: Path) -> AsyncIterator[Window]:
    """The page of a running office: an officer and a coordinator work here, nobody has complained yet."""
    clock = DemoClock()
    async with running_house(register, clock) as house, chromium() as browser:  # type: ignore[arg-type]  # a clock too
        await house.telegram.moves_clock(clock() - await house.telegram.now())
        terminal = Terminal(words_for("id"), Console(file=io.StringIO()))
        stage = Stage(terminal, house.telegram, Desk(tmp_path), clock, house.application, house.inside)
        sari, rina, budi = (stage.player(part) for part in (SARI, RINA, BUDI))
        await house.hires(rina.phone, Role.OFFICER, HOUSING)
        await house.hires(budi.phone, Role.COORDINATOR)
        async with phones_page(stage, (sari, rina, budi)) as page:
            window = await Window.opens(browser, page.url)
            yield window
            await window.closes()


async def test_a_complaint_goes_round_the_three_phones(window: Window) -> None:
    sari, rina, budi = (window.phone(name) for name in ("sari", "rina", "budi"))
    await expect(window.part("now")).to_contain_text("Selasa, 7 April 2026, 08.30 WIB")
    await sari.part("start").click()
    await sari.says(LAMP)
    await sari.taps("Saya mengerti")
    await sari.taps("Pengaduan")
    await sari.sees("Di mana kejadiannya")
    await sari.part("pin").click()
    await expect(window.part("place-name")).to_have_text("Kota Serang, Banten")
    await window.part("send-place").click()
    await sari.taps("Kemarin")
    await sari.sees("Ada foto")
    await sari.part("attach").click()
    await window.part("sample-lampu-mati").click()
    await window.part("send-files").click()
    await sari.sees("1 foto")
    await sari.taps("Selesai")
    await sari.sees("Siapa yang boleh tahu")
    await sari.taps("Lanjut")
    await sari.taps("Lewati")
    await sari.sees("instansi mana")
    await sari.says("1")
    await sari.taps("Kirim laporan")
    receipt = await sari.sees("Nomor laporan:")
    (number,) = set(find_numbers(await receipt.inner_text()))

    await budi.sees("menunggu verifikasi", number)
    await budi.taps("Verifikasi")
    await budi.taps("Ya, teruskan")
    card = await rina.sees("laporan baru", number)
    await window.part("clock-working-day").click()
    await expect(window.part("now")).to_contain_text("Rabu, 8 April 2026, 08.30 WIB")
    await budi.sees("Ringkasan")
    await card.hover()
    await card.locator('[data-test="reply"]').click()
    await rina.says(ANSWER)
    await rina.sees("Kirim sekarang?")
    await rina.taps("Kirim")
    await sari.sees(number, ANSWER)
