"""Phones in a real browser: what a page shows of a conversation, and what can be done on it."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from simulator import Limits, SimulatedTelegram
from simulator.page import Area, PhonesPage, Seat, Step, Surroundings
from tests.browser import NARROW, Window, chromium
from tests.simulator.bare_bot import YES_NO, BareBot, HandClock

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("browser")]

SQUARE = Area("Kota Contoh, Provinsi Contoh", "~ugC_iu_A?_pR_pR??~oR")
"""From 6 to 7 degrees south and 106 to 107 east."""


class Table:
    """A Telegram with two phones on a page, and the bot that talks with them."""

    def __init__(self, telegram: SimulatedTelegram, bot: BareBot, window: Window) -> None:
        self.telegram = telegram
        self.bot = bot
        self.window = window
        self.siti = window.phone("siti")
        self.rudi = window.phone("rudi")
        self.ids = {"siti": 700_001, "rudi": 700_002}
        self._next = -1

    async def sends(self, text: str, to: str = "siti", **more: object) -> int:
        """The bot writes; returns the message's id."""
        sent = await self.bot.does("sendMessage", chat_id=self.ids[to], text=text, parse_mode="HTML", **more)
        return int(sent["message_id"])

    async def told(self, kind: str = "message") -> dict[str, Any]:
        """Waits for the next updates with one of this kind, and returns what the newest of them says."""
        while True:
            batch = await self.bot.updates(offset=self._next, timeout=10)
            assert batch, f"the bot was told of no {kind}"
            self._next = batch[-1]["update_id"] + 1
            if found := [update[kind] for update in batch if kind in update]:
                return dict(found[-1])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def served() -> AsyncIterator[tuple[SimulatedTelegram, PhonesPage]]:
    async with SimulatedTelegram(clock=HandClock(), limits=Limits.off()) as telegram:
        siti, rudi = telegram.phone("Siti"), telegram.phone("Rudi")
        await siti.starts()
        await rudi.starts()
        seats = (Seat("siti", "warga", siti), Seat("rudi", "petugas", rudi))
        step = Step("day", "+1 hari", lambda: telegram.moves_clock(timedelta(days=1)))
        async with PhonesPage(telegram, seats, Surroundings((step,), lambda: [SQUARE], (-6.5, 106.5))) as page:
            yield telegram, page


@pytest_asyncio.fixture(loop_scope="module")
async def table(browser: Browser, served: tuple[SimulatedTelegram, PhonesPage]) -> AsyncIterator[Table]:
    telegram, page = served
    async with aiohttp.ClientSession() as session:
        window = await Window.opens(browser, page.url)
        table = Table(telegram, BareBot(telegram.url, telegram.token, session), window)
        await table.told()
        yield table
        await window.closes()


async def test_words_are_shown_with_their_emphasis_and_never_as_markup(table: Table) -> None:
    await table.sends(
        '<b>Nomor <i>laporan</i></b> &lt;img src=x&gt; <code>7K3-M9P-2QX</code> <a href="https://lapor.go.id/">situs</a>'
    )
    text = (await table.siti.sees("<img src=x>")).locator('[data-test="text"]')
    await expect(text.locator("strong")).to_have_text("Nomor laporan")
    await expect(text.locator("strong em")).to_have_text("laporan")
    await expect(text.locator("code")).to_have_text("7K3-M9P-2QX")
    await expect(text.locator("a")).to_have_attribute("rel", "noreferrer noopener")
    await expect(text.locator("img")).to_have_count(0)


async def test_a_button_tells_the_bot_and_rests_when_the_bot_has_answered(table: Table) -> None:
    message = await table.sends("Kirim sekarang?", reply_markup=YES_NO)
    await table.siti.taps("✅ Kirim")
    button = table.siti.bubble("Kirim sekarang?").locator('[data-test="button"]').first
    await expect(button).to_have_attribute("aria-busy", "true")
    query = await table.told("callback_query")
    assert (query["data"], query["message"]["message_id"]) == ("send", message)
    await table.bot.does("answerCallbackQuery", callback_query_id=query["id"], text="Sebentar")
    await expect(table.siti.part("toast")).to_have_text("Sebentar")
    await expect(button).not_to_have_attribute("aria-busy", "true")


async def test_an_edited_message_changes_in_its_place(table: Table) -> None:
    first = await table.sends("Sudah 1 foto", reply_markup=YES_NO)
    await table.sends("Yang lain")
    await table.bot.does("editMessageText", chat_id=table.ids["siti"], message_id=first, text="Sudah 2 foto")
    changed = await table.siti.sees("Sudah 2 foto")
    await expect(changed.locator('[data-test="edited"]')).to_be_visible()
    await expect(changed.locator('[data-test="button"]')).to_have_count(0)
    texts = await table.siti.log.locator('[data-test="text"]').all_inner_texts()
    assert texts == ["/start", "Sudah 2 foto", "Yang lain"]


async def test_a_deleted_message_is_gone(table: Table) -> None:
    message = await table.sends("Rahasia")
    bubble = await table.siti.sees("Rahasia")
    await table.bot.does("deleteMessage", chat_id=table.ids["siti"], message_id=message)
    await expect(bubble).to_have_count(0)


async def test_own_words_can_be_changed_and_others_answered(table: Table) -> None:
    question = await table.sends("Nama Anda?")
    bubble = await table.siti.sees("Nama Anda?")
    await bubble.hover()
    await bubble.locator('[data-test="reply"]').click()
    await table.siti.says("Sitti")
    assert (await table.told())["reply_to_message"]["message_id"] == question
    await expect((await table.siti.sees("Sitti")).locator('[data-test="quoted"]')).to_contain_text("Nama Anda?")
    await table.siti.part("write").press("ArrowUp")
    await expect(table.siti.part("write")).to_have_value("Sitti")
    await table.siti.says("Siti")
    await expect((await table.siti.sees("Siti", "diubah")).locator('[data-test="text"]')).to_have_text("Siti")
    assert (await table.told("edited_message"))["text"] == "Siti"


async def test_sample_pictures_leave_as_one_album_with_a_caption(table: Table) -> None:
    await table.siti.part("attach").click()
    for sample in ("lampu-mati", "banjir"):
        await table.window.part(f"sample-{sample}").click()
    await table.window.part("caption").fill("Dua-duanya")
    await table.window.part("send-files").click()
    album = await table.siti.sees("Dua-duanya")
    await expect(album).to_have_attribute("data-kind", "album")
    await expect(album.locator("img")).to_have_count(2)
    told = [update["message"] for update in await table.bot.updates(offset=-2)]
    assert told[0]["caption"] == "Dua-duanya"
    assert told[0]["media_group_id"] == told[1]["media_group_id"]
    assert (await table.bot.downloads(told[0]["photo"][-1]["file_id"])).startswith(b"\xff\xd8")
    await album.locator("img").first.click()
    await table.window.page.keyboard.press("Escape")


async def test_a_file_of_the_machine_is_sent_and_a_document_comes_down_again(table: Table, tmp_path: Path) -> None:
    file = tmp_path / "catatan warga.txt"
    file.write_text("isi catatan")
    await table.siti.part("attach").click()
    await table.window.part("file-input").set_input_files(file)
    await table.window.part("send-files").click()
    card = (await table.siti.sees("catatan warga.txt")).locator('[data-test="file"]')
    assert (await table.told())["document"]["file_name"] == "catatan warga.txt"
    async with table.window.page.expect_download() as coming:
        await card.click()
    download = await coming.value
    assert download.suggested_filename == "catatan warga.txt"
    saved = tmp_path / "unduhan"
    await download.save_as(saved)
    assert saved.read_text() == "isi catatan"


async def test_a_picture_sent_as_a_file_stays_as_it_is(table: Table) -> None:
    await table.siti.part("attach").click()
    await table.window.part("sample-sampah").click()
    await table.window.part("as-file").check()
    await table.window.part("send-files").click()
    await table.siti.sees("sampah.jpg")
    assert (await table.told())["document"]["mime_type"] == "image/jpeg"


async def test_a_pin_is_dropped_by_keys_by_name_and_by_numbers(table: Table) -> None:
    await table.siti.part("pin").click()
    dialog = table.window
    await expect(dialog.part("place-name")).to_have_text("Kota Contoh, Provinsi Contoh")
    await dialog.part("map").press("ArrowUp")
    north = float(await dialog.part("latitude").input_value())
    assert -6.5 < north < -6.0
    for _ in range(6):
        await dialog.part("map").press("Shift+ArrowLeft")
    await expect(dialog.part("place-name")).to_contain_text("Di laut")
    await dialog.part("place-search").fill("contoh")
    await dialog.part("place-search").press("Enter")
    await expect(dialog.part("latitude")).to_have_value("-6.50000")
    await dialog.part("latitude").fill("-6,25")
    await dialog.part("longitude").fill("106.75")
    await dialog.part("send-place").click()
    await expect(table.siti.bubble("106.75000").locator('[data-test="location"]')).to_contain_text("Kota Contoh")
    assert (await table.told())["location"] == {"latitude": -6.25, "longitude": 106.75}


async def test_the_clock_is_moved_and_shown(table: Table) -> None:
    await expect(table.window.part("now")).to_have_text("Senin, 2 Maret 2026, 08.00 WIB")
    await table.window.part("clock-day").click()
    await expect(table.window.part("now")).to_have_text("Selasa, 3 Maret 2026, 08.00 WIB")
    await table.sends("Keesokan harinya")
    await table.siti.sees("Keesokan harinya")
    days = table.siti.log.locator('[data-test="day"]')
    assert await days.all_inner_texts() == ["2 Maret 2026", "3 Maret 2026"]


async def test_the_bots_commands_and_its_keyboard_are_at_hand(table: Table) -> None:
    commands = [{"command": "lapor", "description": "Buat laporan"}]
    await table.bot.does("setMyCommands", commands=commands)
    await table.siti.part("menu").click()
    await table.window.page.keyboard.press("Enter")
    assert (await table.siti.sees("/lapor")) is not None
    await table.sends("Di mana?", reply_markup={"keyboard": [["Di rumah"]]})
    await table.siti.part("phone").get_by_role("button", name="Di rumah").click()
    await table.siti.sees("Di rumah")


async def test_everything_goes_by_keyboard(table: Table) -> None:
    keys = table.window.page.keyboard
    await table.sends("Lama", reply_markup=YES_NO)
    await table.sends("Kirim sekarang?", reply_markup=YES_NO)
    await table.siti.sees("Kirim sekarang?")
    await table.siti.part("write").focus()
    await keys.type("halo")
    await keys.press("Enter")
    await table.siti.sees("halo")
    await keys.press("Shift+Tab")
    await keys.press("Shift+Tab")
    focused = table.window.page.locator(":focus")
    await expect(focused).to_have_text("✅ Kirim")
    outline = await focused.evaluate("each => getComputedStyle(each).outlineStyle")
    assert outline == "solid"
    await keys.press("Enter")
    assert (await table.told("callback_query"))["data"] == "send"
    await keys.press("Shift+Tab")
    await expect(table.siti.log).to_be_focused()
    await keys.press("ArrowUp")
    await keys.press("ArrowUp")
    await keys.press("ArrowUp")
    await expect(focused).to_contain_text("Lama")
    await keys.press("Alt+2")
    await expect(table.rudi.part("write")).to_be_focused()


async def test_the_place_in_the_conversation_is_kept_when_a_message_changes_under_the_hand(table: Table) -> None:
    message = await table.sends("Halaman 1", reply_markup=YES_NO)
    button = (await table.siti.sees("Halaman 1")).locator('[data-test="button"]').first
    await button.press("Enter")
    again = {"chat_id": table.ids["siti"], "message_id": message, "text": "Halaman 2", "reply_markup": YES_NO}
    await table.bot.does("editMessageText", **again)
    await table.siti.sees("Halaman 2")
    await expect(table.window.page.locator(":focus")).to_have_text("✅ Kirim")


async def test_what_comes_is_announced_and_everything_to_press_has_a_name(table: Table) -> None:
    await expect(table.siti.log).to_have_attribute("aria-live", "polite")
    await table.sends("Kirim sekarang?", reply_markup=YES_NO)
    await table.siti.sees("Kirim sekarang?")
    nameless = await table.window.page.evaluate(
        """() => [...document.querySelectorAll("button, a, input, textarea, canvas[role]")].filter((each) =>
            !(each.textContent.trim() || each.getAttribute("aria-label"))).map((each) => each.outerHTML)"""
    )
    assert nameless == []


async def test_a_narrow_screen_shows_one_phone_and_counts_what_comes_on_the_others(
    browser: Browser, served: tuple[SimulatedTelegram, PhonesPage]
) -> None:
    telegram, page = served
    window = await Window.opens(browser, page.url, NARROW)
    siti, rudi = window.phone("siti"), window.phone("rudi")
    await expect(siti.part("phone")).to_be_visible()
    await expect(rudi.part("phone")).to_be_hidden()
    async with aiohttp.ClientSession() as session:
        bot = BareBot(telegram.url, telegram.token, session)
        await bot.does("sendMessage", chat_id=700_002, text="Laporan baru")
    await expect(rudi.part("tab")).to_contain_text("1")
    await siti.part("tab").press("ArrowRight")
    await expect(rudi.part("phone")).to_be_visible()
    await rudi.sees("Laporan baru")
    wide = await window.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0
    await window.closes()


async def test_whoever_blocked_the_bot_can_take_it_back(table: Table) -> None:
    await table.telegram.phone("Siti", user_id=700_001).blocks()
    start = table.siti.part("start")
    await expect(start).to_have_text("Buka blokir")
    await start.click()
    await expect(start).to_be_hidden()


async def test_what_cannot_be_done_is_said(table: Table) -> None:
    await table.telegram.phone("Siti", user_id=700_001).deletes_account()
    await table.siti.says("halo?")
    await expect(table.siti.part("problem")).to_contain_text("blocked the bot or is gone")
    await expect(table.siti.part("write")).to_have_value("halo?")
    table.window.complaints[:] = [each for each in table.window.complaints if "409" not in each]


async def test_pages_from_elsewhere_are_refused_and_nothing_is_loaded_from_outside(
    served: tuple[SimulatedTelegram, PhonesPage],
) -> None:
    telegram, page = served
    foreign = [{"Origin": "https://example.org"}, {"Host": "example.org"}, {"Origin": "null"}]
    says = {"text": "halo"}
    async with aiohttp.ClientSession() as session:
        for headers in foreign:
            async with session.get(page.url, headers=headers) as answer:
                assert answer.status == 403
            async with session.post(f"{page.url}phones/siti/says", json=says, headers=headers) as answer:
                assert answer.status == 403
            async with session.post(f"{telegram.url}/control/limits", json={}, headers=headers) as answer:
                assert answer.status == 403
        async with session.post(f"{page.url}phones/siti/says", data='{"text": "x"}') as answer:
            assert answer.status == 415
        async with session.get(page.url) as answer:
            policy = answer.headers["Content-Security-Policy"]
            html = await answer.text()
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert re.findall(r"""(?:src|href)=["'](?!/web/)""", html) == []


async def test_a_page_that_lost_its_telegram_says_so(browser: Browser) -> None:
    async with SimulatedTelegram(limits=Limits.off()) as telegram:
        siti = telegram.phone("Siti")
        await siti.starts()
        async with PhonesPage(telegram, [Seat("siti", "warga", siti)]) as page:
            window = await Window.opens(browser, page.url)
            await expect(window.part("lost")).to_have_text("")
        await expect(window.part("lost")).to_contain_text("Sambungan terputus")
        await window.page.close()
