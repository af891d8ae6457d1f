"""Draws the pictures of the guide: a few working days on the demo's phones, in a browser. `make guide` runs it.

It needs Chromium and the packages for development. Every picture is one message as its reader sees it, but that of the
README, which shows three phones side by side.
"""

from __future__ import annotations

import asyncio
import io
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from PIL import Image
from rich.console import Console

from bot.demo.bubbles import AT_ONCE, Terminal
from bot.demo.cast import Part, Player
from bot.demo.phones import phones_page
from bot.demo.stage import Stage, simulator_process, stage
from bot.demo.story import BUDI, HENDRA, HOUSING, LAMP, NINGSIH, RINA, SARI, SCHOOL, SERANG
from domain.lifecycle import Role
from locales.translator import words_for
from tests.browser import Window, chromium

PICTURES = Path(__file__).parent / "gambar"
PHONES = Path(__file__).parents[1] / "pictures/phones.png"
COLOURS = 48
SHARPNESS = 1.5
TALLEST = 1700
"""Pixels; what is longer is cut, since a guide shows how something looks and not all that it says."""

SIZE = {"width": 400, "height": 2600}
"""As tall as the longest message, which a picture must not cut in two."""
WIDE = {"width": 1320, "height": 800}
UNDO = timedelta(seconds=10)

IRMA = Part("Bu Irma", "inspektorat", "red")
PUTRA = Part("Pak Putra", "admin provinsi", "yellow")
OLGA = Part("Bu Olga", "pemantau", "white")

OFFICES: tuple[tuple[Part, Role, str | None, str | None], ...] = (
    (RINA, Role.OFFICER, SERANG, HOUSING),
    (HENDRA, Role.UNIT_HEAD, SERANG, HOUSING),
    (BUDI, Role.COORDINATOR, SERANG, None),
    (IRMA, Role.INSPECTOR, SERANG, None),
    (PUTRA, Role.PROVINCE_HUB, SERANG, None),
    (OLGA, Role.OBSERVER, None, None),
    (NINGSIH, Role.NATIONAL_ADMIN, None, None),
)
"""Who works here: the people of the story, and whoever else the guide is for."""

PARK = "Lampu taman padam semua, anak-anak takut lewat kalau malam"
LEVY = "Petugas Disdukcapil minta uang pelicin 200 ribu untuk mengurus KTP saya, ini pungli"
ROAD = "Jalan provinsi berlubang besar, sudah ada motor yang jatuh"
FOUND = "Regu kami memeriksa lampunya hari ini pukul 10.00. Kabel di tiang 12 putus dan sedang disambung."
MENDED = "Kabel di tiang 12 sudah disambung dan bohlamnya diganti hari ini pukul 15.00. Lampu menyala lagi."


@dataclass
class Album:
    """The open page, and the people whose phones are on it."""

    window: Window
    set: Stage
    people: dict[str, Player] = field(default_factory=dict)
    keeps: bool = True

    async def draws(self, name: str, part: Part, *words: str) -> None:
        """Draws the newest message on somebody's phone that has all these words."""
        if not self.keeps:
            return
        phone = self.window.phone(part.short)
        await phone.part("tab").click()
        bubble = await phone.sees(*words)
        await bubble.scroll_into_view_if_needed()
        await self.window.page.mouse.move(1, 1)
        _keep(PICTURES / f"{name}.png", await bubble.screenshot(animations="disabled"))

    async def photographs(self, part: Part) -> None:
        """Sends the drawn picture of a dark lamp that the page has ready."""
        await self.window.phone(part.short).part("attach").click()
        for button in ("sample-lampu-mati", "send-files"):
            await self.window.part(button).click()

    def __getitem__(self, part: Part) -> Player:
        return self.people[part.short]


def _keep(file: Path, png: bytes) -> None:
    """Few colours are enough for words on a plain ground."""
    with Image.open(io.BytesIO(png)) as picture:
        cut = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, TALLEST)))
        cut.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(file, optimize=True)


async def joined(album: Album) -> None:
    """Invitations, and the practice to which they lead."""
    await _join(album, *(part for part, *_ in OFFICES))
    rina = album[RINA]
    await album.draws("undangan", RINA, "Selamat bergabung")
    await rina.taps("Mulai latihan menjawab laporan (3 menit)")
    await rina.reads("Langkah 1 dari 4")
    await album.draws("latihan", RINA, "Langkah 1 dari 4")
    await rina.taps("Tangani")
    await rina.reads("Langkah 2 dari 4")
    await rina.taps("Tulis tanggapan")
    await rina.taps("Pakai contoh jawaban kosong")
    await rina.reads("ditahan sekali")
    await album.draws("ditahan", RINA, "ditahan sekali")
    await rina.taps("Keluar dari latihan")
    await rina.reads("Latihan dihentikan")


async def _join(album: Album, *staff: Part) -> None:
    """These people take up their offices."""
    directory = album.set.house.services.directory
    for part, role, government, unit in OFFICES:
        if part in staff:
            await album[part].phone.starts(await directory.invite(role, government, unit, part.name))
            await album[part].reads("Selamat bergabung")


async def told(album: Album) -> None:
    """A citizen tells what is wrong."""
    sari = album[SARI]
    await sari.says("/start")
    await sari.reads("Selamat datang")
    await album.draws("mulai", SARI, "Selamat datang")
    await sari.says(LAMP)
    await sari.taps("Saya mengerti")
    await sari.taps("Pengaduan")
    await sari.reads("Di mana kejadiannya")
    await sari.sends_location(*SCHOOL)
    await sari.reads("Kapan kejadiannya")
    await sari.says("seminggu lalu")
    await sari.reads("Ada foto")
    await album.photographs(SARI)
    await sari.taps("Selesai")
    await sari.reads("Siapa yang boleh tahu")
    await album.draws("siapa-boleh-tahu", SARI, "Siapa yang boleh tahu")
    await sari.taps("Lanjut")
    await sari.reads("Nama apa")
    await sari.says("Bu Sari")
    await sari.reads("instansi mana")
    await sari.says("1")
    await sari.reads("Periksa dahulu")
    await album.draws("periksa", SARI, "Periksa dahulu")
    await sari.taps("Kirim laporan")
    await sari.reads("Nomor laporan:")
    await album.draws("nomor", SARI, "Nomor laporan:")


async def verified(album: Album) -> None:
    """The coordinator forwards in two taps."""
    budi = album[BUDI]
    await budi.reads("menunggu verifikasi")
    await album.draws("laporan-baru", BUDI, "menunggu verifikasi")
    await budi.taps("Verifikasi")
    await budi.reads("Sudah tepat?")
    await album.draws("usulan", BUDI, "Sudah tepat?")
    await budi.taps("Ya, teruskan")
    await budi.reads("diteruskan")


async def answered(album: Album) -> None:
    """The officer takes it, answers, finishes; the citizen decides whether it is solved."""
    rina, sari = album[RINA], album[SARI]
    await rina.reads("laporan baru")
    await album.draws("kartu", RINA, "laporan baru")
    await rina.taps("Tangani")
    await rina.reads("sekarang Bapak/Ibu tangani")
    await rina.taps("Tulis tanggapan")
    await rina.reads("Apa tanggapan")
    await rina.says(FOUND)
    await rina.reads("Kirim sekarang?")
    await album.draws("pratinjau", RINA, "Kirim sekarang?")
    await rina.taps("Kirim")
    await rina.reads("Urungkan")
    await album.draws("urungkan", RINA, "Urungkan")
    await sari.reads("tindak lanjut", FOUND)
    await rina.taps("Lihat laporan")
    await rina.taps("Nyatakan selesai")
    await rina.reads("diselesaikan?")
    await rina.says(MENDED)
    await rina.taps("Kirim")
    await sari.reads("selesai ditangani", MENDED)
    await album.draws("sudah-beres", SARI, "selesai ditangani")
    await sari.taps("Sudah beres")
    await sari.reads("puas")


async def examined(album: Album) -> None:
    """An accusation goes to the inspectorate alone."""
    await _files(album, LEVY)
    budi = album[BUDI]
    await budi.reads("menunggu verifikasi", "pungli")
    await budi.taps("Verifikasi")
    await budi.taps("Ya, teruskan")
    await album[IRMA].reads("laporan baru")
    await album.draws("inspektorat", IRMA, "laporan baru")


async def late(album: Album) -> None:
    """Nobody answers: the head hears of it, and the coordinator's day shows it."""
    await _files(album, PARK)
    budi = album[BUDI]
    await budi.reads("menunggu verifikasi", "Lampu taman")
    await budi.taps("Verifikasi")
    await budi.taps("Ya, teruskan")
    await album.set.passes_to_morning(6)
    await album[HENDRA].reads("terlambat")
    await album.draws("terlambat", HENDRA, "terlambat")
    await budi.reads("Ringkasan", album.set.today)
    await album.draws("ringkasan", BUDI, "Ringkasan", album.set.today)
    await budi.says("/ekspor")
    await budi.taps("Bulan ini")
    await budi.reads("dalam bentuk apa")
    await album.draws("ekspor", BUDI, "dalam bentuk apa")


async def copied(album: Album) -> None:
    """What no government here serves is copied into SP4N."""
    await _files(album, ROAD, "Kota Bandung")
    ningsih = album[NINGSIH]
    await ningsih.reads("menunggu verifikasi")
    await ningsih.taps("Teks untuk SP4N")
    await ningsih.reads("Klasifikasi:")
    await album.draws("teks-sp4n", NINGSIH, "Klasifikasi:")


async def watched(album: Album) -> None:
    """Those who read figures."""
    for part, command, title, name in (
        (PUTRA, "/wilayah", "Wilayah", "admin-provinsi"),
        (OLGA, "/statistik", "Statistik", "pemantau"),
    ):
        await album[part].says(command)
        await album[part].reads(title)
        await album.draws(name, part, title)


async def _files(album: Album, story: str, place: str = "Cipocok Jaya, Kota Serang") -> None:
    """A complaint without pictures."""
    sari = album[SARI]
    await sari.says("/lapor")
    await sari.reads()
    await sari.says(story)
    await sari.taps("Pengaduan")
    await sari.reads("Di mana kejadiannya")
    await sari.says(place)
    await sari.reads("Kapan kejadiannya")
    await sari.taps("Kemarin")
    await sari.reads("Ada foto")
    await sari.taps("Tidak ada berkas")
    await sari.reads("Siapa yang boleh tahu")
    await sari.taps("Lanjut")
    await sari.reads("Nama apa")
    await sari.taps("Lewati")
    await sari.reads("Tidak tahu")
    await sari.says("1")
    await sari.reads("Periksa dahulu")
    await sari.taps("Kirim laporan")
    await sari.reads("Nomor laporan:")


SCENES: tuple[Callable[[Album], Awaitable[None]], ...] = (
    joined,
    told,
    verified,
    answered,
    examined,
    late,
    copied,
    watched,
)


@asynccontextmanager
async def opened(parts: Sequence[Part], size: dict[str, int], sharpness: float = 1) -> AsyncIterator[Album]:
    """A stage of its own with these people on it, and the page with their phones."""
    terminal = Terminal(words_for("id"), console=Console(file=io.StringIO()), pace=AT_ONCE)
    with tempfile.TemporaryDirectory(prefix="laporbot-guide-") as folder:
        async with (
            simulator_process() as telegram,
            stage(Path(folder), telegram, terminal) as ready,
            chromium() as browser,
        ):
            ready.house.office.undo = UNDO
            people = {part.short: ready.player(part) for part in parts}
            async with phones_page(ready, tuple(people.values())) as page:
                yield Album(await Window.opens(browser, page.url, size, sharpness), ready, people)


async def draw_guide() -> None:
    """Plays every scene."""
    PICTURES.mkdir(exist_ok=True)
    async with opened((SARI, *(part for part, *_ in OFFICES)), SIZE, SHARPNESS) as album:
        for scene in SCENES:
            await scene(album)
            sys.stdout.write(f"{scene.__name__}\n")


async def draw_phones() -> None:
    """Three phones after a complaint was forwarded."""
    async with opened((SARI, RINA, BUDI), WIDE) as album:
        album.keeps = False
        await _join(album, RINA, BUDI)
        await told(album)
        await verified(album)
        await album[RINA].reads("laporan baru")
        for part, words in ((SARI, "sudah diteruskan"), (RINA, "Tangani"), (BUDI, "diteruskan")):
            await (await album.window.phone(part.short).sees(words)).scroll_into_view_if_needed()
        _keep(PHONES, await album.window.page.screenshot(animations="disabled"))
        sys.stdout.write("phones\n")


async def draw() -> None:
    """Everything."""
    await draw_guide()
    await draw_phones()


if __name__ == "__main__":
    asyncio.run(draw())
