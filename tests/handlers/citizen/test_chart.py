"""The chart of the intake in docs/conversations/citizen.md is what happens: every edge is walked, no other."""

import re
from pathlib import Path

from domain.drafting import Step
from services.people import TelegramPerson
from tests.handlers.citizen.conftest import Street
from tests.handlers.citizen.warga import Warga

DOCUMENT = Path(__file__).parents[3] / "docs/conversations/citizen.md"
EDGE = re.compile(r"^    (\S+) --> ([^\s:]+): ", re.MULTILINE)
OUTSIDE = "[*]"

LAMP = "Lampu jalan mati sejak seminggu, gelap sekali kalau malam dan sudah ada yang jatuh"
STAYING = ("(photo)", "tap Jadikan anonim", "besok")
"""Acts after which the same question is asked again, and which the chart draws."""

PHOTO, PIN, FIRST = "(photo)", "(pin)", "tap (first)"
EDITS = ("isi", "jenis", "tempat", "waktu")

TALES: dict[str, tuple[str, ...]] = {
    "by buttons, every field mended": (
        *("/lapor", "tap Saya mengerti", LAMP, "tap Pengaduan", "Cipocok Jaya, Kota Serang", "besok", "tap Kemarin"),
        *(PHOTO, "tap Selesai", "tap Jadikan anonim", "tap Lanjut", "tap Tidak tahu"),
        *(act for field in EDITS for act in (f"tap Ubah {field}", "tap Biarkan seperti semula")),
        *("tap Tambah berkas", "tap Selesai", "tap Anonim atau rahasia", "tap Lanjut", "tap Ubah tujuan", FIRST),
        *("tap Anonim atau rahasia", "tap Tidak jadi anonim", "tap Lanjut", "tap Lewati"),
        "tap Kirim laporan",
    ),
    "a clear story": (
        *("/lapor", "tap Saya mengerti", f"{LAMP} di Cipocok Jaya, Kota Serang, kemarin", "tap Pengaduan"),
        *("tap Tidak ada berkas", "tap Lanjut", "Ibu Sari", FIRST, "tap Buang"),
    ),
    "a place that may be several": (
        *("/lapor", "tap Saya mengerti", f"{LAMP} di Serang", "tap Pengaduan", "tap Bukan salah satunya"),
        *("Serang", FIRST, "/batal", "tap Buang"),
    ),
    "words by themselves, a landmark, and others with the same trouble": (
        *("/lapor", "tap Saya mengerti", "/batal", "tap Buang", LAMP, "tap Pengaduan", "depan pasar"),
        *("Kota Serang", "tap Kemarin", "tap Tidak ada berkas", "tap Lanjut", "tap Lewati", "tap Tidak tahu"),
        *("tap Ubah tempat", "Cipocok Jaya, Kota Serang", "tap Tidak tahu", "tap Kirim laporan"),
        *("tap Periksa lagi laporan saya", "tap Kirim laporan", "tap Kirim sebagai laporan baru"),
    ),
    "a day, a place of two names, and joining another": (
        *("/lapor", "tap Saya mengerti", LAMP, "tap Pengaduan", "depan Pasar Rau", "Serang"),
        *(FIRST, "tap Kemarin", "tap Tidak ada berkas", "tap Lanjut", "tap Lewati", "tap Tidak tahu"),
        *("tap Ubah tempat", "Serang", "tap Bukan salah satunya", "Kota Serang", "tap Tidak tahu"),
        *("tap Ubah tempat", "Cipocok Jaya, Kota Serang", "tap Tidak tahu", "tap Kirim laporan", FIRST, FIRST),
    ),
    "a pin first": (
        "/lapor",
        "tap Saya mengerti",
        "/batal",
        "tap Buang",
        PIN,
        LAMP,
        "tap Pengaduan",
        "/batal",
        "tap Buang",
    ),
}


def drawn() -> set[tuple[str, str]]:
    """The edges of the first chart of the document."""
    chart = DOCUMENT.read_text(encoding="utf-8").split("```mermaid")[1].split("```")[0]
    return set(EDGE.findall(chart))


DISTURBED = {
    "by buttons, every field mended": 12,
    "a clear story": 6,
    "a day, a place of two names, and joining another": 5,
    "a place that may be several": 4,
}
"""How far each tale is told to somebody who is disturbed at every new question."""


class Teller:
    """Somebody who tells, and where they stand."""

    def __init__(self, street: Street, place: int) -> None:
        self.street = street
        self.warga: Warga = street.warga(7300 + place)
        self.walked: set[tuple[str, str]] = set()

    async def stands_at(self) -> str:
        """The question that is open."""
        by = await self.street.services.people.meet(TelegramPerson(self.warga.id))
        sheet = await self.street.services.intake.current(by)
        return sheet.step.value if sheet else OUTSIDE

    async def does(self, act: str) -> None:
        """One act, and the edge that it went along."""
        before = await self.stands_at()
        await self._acts(act)
        after = await self.stands_at()
        # /batal leads out of every question; it is no line of the chart.
        if act != "tap Buang" and (before != after or act in STAYING):
            self.walked.add((before, after))

    async def _acts(self, act: str) -> None:
        if act == PHOTO:
            await self.warga.photographs()
        elif act == PIN:
            await self.warga.sends(location={"latitude": -6.12, "longitude": 106.15})
        elif act == FIRST:
            await self.warga.taps(self.warga.labels()[0])
        elif act.startswith("tap "):
            await self.warga.taps(act.removeprefix("tap "))
        else:
            await self.warga.says(act)

    async def is_disturbed(self) -> None:
        """Nonsense, a stop thought better of, and days of silence: the same question is still open."""
        here = await self.stands_at()
        for act in ("/nonsens", "/bantuan", "/laporan", "/batal"):
            await self.warga.says(act)
            assert await self.stands_at() == here, act
        await self.warga.taps("Simpan untuk nanti")
        self.street.clock.advance(days=5)
        self.street.restarts()
        self.warga = self.street.warga(self.warga.id)
        await self.warga.sends(sticker={"file_id": "s", "file_unique_id": "s", "type": "regular"} | SMALL)
        await self.warga.says("/draf")
        await self.does(FIRST)
        assert await self.stands_at() == here
        await self.warga.presses("1:send:999999")
        assert await self.stands_at() == here


SMALL = {"width": 1, "height": 1, "is_animated": False, "is_video": False}


async def test_every_edge_of_the_chart_is_walked_and_no_other(street: Street) -> None:
    walked: set[tuple[str, str]] = set()
    for place, acts in enumerate(TALES.values()):
        teller = Teller(street, place)
        for act in acts:
            await teller.does(act)
        walked |= teller.walked
    assert sorted(drawn() - walked) == [], "drawn and not walked"
    assert sorted(walked - drawn()) == [], "walked and not drawn"


async def test_nonsense_a_stop_and_days_of_silence_change_no_question(street: Street) -> None:
    met: set[str] = set()
    for place, (tale, acts) in enumerate(DISTURBED.items(), start=90):
        teller = Teller(street, place)
        for act in TALES[tale][:acts]:
            await teller.does(act)
            here = await teller.stands_at()
            if here not in met | {OUTSIDE} and act != "tap Saya mengerti":
                met.add(here)
                await teller.is_disturbed()
    assert met == {step.value for step in Step} - {Step.SIMILAR.value}
