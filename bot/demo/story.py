"""The story: one complaint from a citizen to an officer and back, told only by what people do and read.

It knows phones, the `lapor` command and a clock that can be moved, all by way of `Scene`; it imports no service and
touches no table, so what it shows is what anybody could do.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.demo.bubbles import Terminal
from bot.demo.cast import Part, Player, StoryBroke
from simulator import CannotDo, jpeg

SARI = Part("Bu Sari", "warga", "green")
BUDI = Part("Pak Budi", "admin koordinator", "magenta")
RINA = Part("Bu Rina", "petugas dinas", "cyan")
HENDRA = Part("Pak Hendra", "kepala dinas", "blue")
NINGSIH = Part("Bu Ningsih", "meja SP4N", "yellow")

SERANG = "36.73"
CILEGON = "36.72"
HOUSING = "dprkp"
TRANSPORT = "dishub"

STAFF = (
    (BUDI, "coordinator", ("--government", SERANG)),
    (RINA, "officer", ("--government", SERANG, "--unit", HOUSING)),
    (HENDRA, "unit_head", ("--government", SERANG, "--unit", HOUSING)),
    (Part("Bu Lestari", "admin Cilegon", "yellow"), "coordinator", ("--government", CILEGON)),
    (Part("Pak Joko", "petugas Cilegon", "yellow"), "officer", ("--government", CILEGON, "--unit", TRANSPORT)),
    (NINGSIH, "national_admin", ()),
)
"""Who works here: the person, the role, and where. The last three do not appear in the story."""

LAMP = "Lampu jalan di depan SD Negeri 2 sudah seminggu mati, gelap sekali kalau malam"
SCHOOL = (-6.1283, 106.1756)
QUESTION = "Tiang nomor berapa yang lampunya mati, Bu?"
POLE = "Tiang nomor 12, di sebelah kanan gerbang sekolah."
EMPTY = "Terima kasih atas laporannya, akan segera kami tindak lanjuti."
COMING = "Mohon maaf terlambat, Bu. Regu kami memeriksa lampunya hari ini, 16 April, pukul 14.00."
MENDED = "Kabel yang putus sudah disambung dan bohlamnya diganti, 16 April pukul 15.00. Lampu menyala lagi."

AN_AFTERNOON = timedelta(hours=6, minutes=45)
"""From the morning until the work is done, within office hours."""

NUMBER = re.compile(r"\b[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}\b")
AT_ONCE = 2
"""Commands that run side by side, one for each core of a small machine."""


class Scene(Protocol):
    """What the story needs of its stage."""

    terminal: Terminal

    def player(self, part: Part) -> Player:
        """Somebody comes on stage."""

    async def lapor(self, *args: str) -> str:
        """The operator gives a command; returns what it prints."""

    async def passes(self, by: timedelta) -> None:
        """Time passes, and what falls due meanwhile happens."""

    async def passes_to_morning(self, days: int = 1) -> None:
        """The same, until the morning of the `days`-th working day after today."""

    @property
    def today(self) -> str:
        """The date on the clock of the story, as the bot writes it."""

    @property
    def now(self) -> str:
        """The moment on the clock of the story, as the bot writes it."""


@dataclass
class Tale:
    """What is known so far."""

    scene: Scene
    sari: Player
    budi: Player
    rina: Player
    hendra: Player
    number: str = ""

    def narrates(self, key: str, **values: object) -> None:
        """The narrator says what cannot be seen on a phone."""
        self.scene.terminal.says(key, **values)


Act = Callable[[Tale], Awaitable[None]]


def begin(scene: Scene) -> Tale:
    """The people of the story come on stage, and nothing has happened yet."""
    return Tale(scene, scene.player(SARI), scene.player(BUDI), scene.player(RINA), scene.player(HENDRA))


async def tell(tale: Tale) -> None:
    """Tells the story from beginning to end; raises `StoryBroke` where it does not go as it should."""
    await _play(tale, ACTS)


async def enrol(tale: Tale) -> None:
    """Only lets the staff join; raises `StoryBroke` as `tell` does."""
    await _play(tale, (invited,))


async def _play(tale: Tale, acts: Sequence[Act]) -> None:
    scene = tale.scene
    for act in acts:
        title = scene.terminal.sentence(f"act.{act.__name__}")
        scene.terminal.begins(f"act.{act.__name__}")
        try:
            await act(tale)
        except (AssertionError, CannotDo) as unexpected:
            raise StoryBroke(title, str(unexpected)) from unexpected


async def invited(tale: Tale) -> None:
    """Staff join by single-use links that the operator makes."""
    tale.narrates("invited.how")
    free = asyncio.Semaphore(AT_ONCE)
    links = await asyncio.gather(*(_invitation(tale.scene, free, *invitation) for invitation in STAFF))
    coordinator, officer, head, *others = links
    for player, link in ((tale.budi, coordinator), (tale.rina, officer)):
        await player.opens(link)
        await player.reads("Selamat bergabung")
    await tale.hendra.joins(head)
    colleagues = [part for part, *_ in STAFF[3:]]
    for part, link in zip(colleagues, others, strict=True):
        await tale.scene.player(part).joins(link)
    tale.narrates("invited.others", names=", ".join(part.called for part in (HENDRA, *colleagues)))


async def _invitation(scene: Scene, free: asyncio.Semaphore, part: Part, role: str, where: tuple[str, ...]) -> str:
    """The link that `lapor staff invite` prints."""
    async with free:
        said = await scene.lapor("staff", "invite", role, "--name", part.name, *where)
    link = next((line for line in said.splitlines() if line.startswith("https://t.me/")), None)
    if link is None:
        raise StoryBroke(f"lapor staff invite {role}", f"no link in what it printed:\n{said}")
    return link


async def filed(tale: Tale) -> None:
    """A citizen tells in her own words, and is asked only for what is missing."""
    sari = tale.sari
    await sari.says(LAMP)
    await sari.reads("Tentang data Anda")
    await sari.taps("Saya mengerti")
    await sari.reads("termasuk yang mana")
    await sari.taps("Pengaduan")
    await sari.reads("Di mana kejadiannya")
    await sari.sends_location(*SCHOOL)
    await sari.reads("Kapan kejadiannya")
    await sari.says("seminggu lalu")
    await sari.reads("Ada foto")
    await sari.sends_photo(jpeg(shade=40))
    await sari.reads("1 foto")
    await sari.taps("Selesai")
    await sari.reads("Siapa yang boleh tahu")
    await sari.taps("Lanjut")
    await sari.reads("Nama apa")
    await sari.says("Bu Sari")
    await sari.reads("instansi mana", "Karena Anda menulis")
    tale.narrates("filed.reasons")
    await sari.says("1")
    await sari.reads("Periksa dahulu")
    await sari.taps("Kirim laporan")
    receipt = await sari.reads("Nomor laporan:")
    found = NUMBER.search(receipt.text)
    if found is None:
        raise AssertionError(f"no number in the receipt:\n{receipt}")
    tale.number = found.group()
    tale.narrates("filed.number", number=tale.number)


async def verified(tale: Tale) -> None:
    """The coordinator confirms in two taps what the program proposes; citizen and officer are told."""
    await tale.budi.reads("menunggu verifikasi", tale.number)
    await tale.budi.taps("Verifikasi")
    await tale.budi.reads("Dinas Perumahan")
    await tale.budi.taps("Ya, teruskan")
    await tale.budi.reads(tale.number, "diteruskan")
    await tale.sari.reads(tale.number, "sudah diteruskan")
    await tale.rina.reads("laporan baru", tale.number)


async def asked(tale: Tale) -> None:
    """The coordinator asks for what is missing: no office's clock runs until the citizen has answered."""
    await tale.budi.says(f"/tunda {tale.number} {QUESTION}")
    await tale.budi.reads(QUESTION, "Kirim")
    await tale.budi.taps("Kirim")
    await tale.budi.reads(tale.number, "Terkirim dalam", "Urungkan")
    await tale.sari.reads(QUESTION)
    await tale.scene.passes_to_morning()
    tale.narrates("asked.now", now=tale.scene.now)
    await tale.budi.reads("Ringkasan", tale.scene.today)
    await tale.sari.taps("Jawab pertanyaan")
    await tale.sari.reads("Apa jawaban Anda")
    await tale.sari.says(POLE)
    await tale.sari.reads(POLE, "Kirim")
    await tale.sari.taps("Kirim")
    await tale.sari.reads(tale.number, "berjalan lagi")
    await tale.sari.says(f"/kenapa {tale.number}")
    await tale.sari.reads(tale.number, "Ditunda menunggu jawaban")
    for player in (tale.rina, tale.budi):
        await player.reads(tale.number, POLE)
    await tale.hendra.catches_up()


async def reminded(tale: Tale) -> None:
    """Nobody acts until the deadline is over: reminder, escalation to the head, an honest word, the digest."""
    tale.narrates("reminded.silence")
    await tale.scene.passes_to_morning(6)
    tale.narrates("reminded.now", now=tale.scene.now)
    await tale.rina.reads("1 laporan menunggu", tale.number)
    await tale.hendra.reads("1 laporan terlambat", tale.number)
    await tale.sari.reads(tale.number, "terlambat")
    await tale.budi.reads("Ringkasan", tale.scene.today, tale.number)


async def followed_up(tale: Tale) -> None:
    """The officer takes it and follows up by command: what says nothing is held back, what says something leaves."""
    await tale.rina.taps("Tangani")
    await tale.rina.reads("Bapak/Ibu tangani")
    await tale.rina.says(f"/balas {tale.number} {EMPTY}")
    await tale.rina.reads("belum substantif", "Perbaiki")
    await tale.rina.taps("Perbaiki")
    await tale.rina.reads("Apa tanggapan")
    await tale.rina.says(COMING)
    await tale.rina.reads(COMING, "Kirim")
    await tale.rina.taps("Kirim")
    await tale.rina.reads(tale.number, "Terkirim dalam", "Urungkan")
    await tale.sari.reads("tindak lanjut", COMING)


async def done(tale: Tale) -> None:
    """The unit says that it has finished; only the citizen can say that it is solved."""
    await tale.scene.passes(AN_AFTERNOON)
    tale.narrates("done.now", now=tale.scene.now)
    await tale.rina.says(f"/selesai {tale.number} {MENDED}")
    await tale.rina.reads(MENDED, "Kirim")
    await tale.rina.taps("Kirim")
    await tale.rina.reads(tale.number, "Terkirim dalam", "Urungkan")
    await tale.sari.reads("selesai", MENDED)
    await tale.budi.reads("selesai", MENDED)


async def answered(tale: Tale) -> None:
    """The citizen confirms and rates; the officer hears of it."""
    await tale.sari.taps("Sudah beres")
    await tale.sari.reads("puas")
    await tale.sari.taps("Puas")
    await tale.sari.reads("Penilaian Anda", "Puas")
    await tale.rina.reads("sudah beres")


async def digested(tale: Tale) -> None:
    """The next working morning brings the coordinator his digest."""
    await tale.scene.passes_to_morning()
    tale.narrates("digested.now", now=tale.scene.now)
    await tale.budi.reads("Ringkasan", tale.scene.today, "1 dinyatakan selesai")
    tale.narrates("digested.end", number=tale.number)


ACTS: tuple[Act, ...] = (invited, filed, verified, asked, reminded, followed_up, done, answered, digested)
