"""The charts of what follows after sending are what happens: every edge is walked as it is drawn, and no other."""

from pathlib import Path

import pytest

from domain.drafting import Purpose
from services.people import TelegramPerson
from tests.handlers.citizen.conftest import Street
from tests.handlers.citizen.test_cases import Desk, files
from tests.handlers.citizen.test_chart import EDGE, SMALL
from tests.handlers.citizen.warga import Warga

DOCUMENT = Path(__file__).parents[3] / "docs/conversations/citizen.md"
OUTSIDE = "[*]"
STORY = "Sampah menumpuk di pasar sudah tiga hari dan baunya menyengat"
MORE = "Lampu di depan pos juga mati."
STAYING = ("Dan", "(same) ", "tap Bolehkan survei", "tap Batasi pemakaian data saya")
"""How acts begin after which a chart draws that the same thing stands open."""

TALES: dict[str, tuple[str, ...]] = {
    "After sending": (
        *(
            "/laporan",
            "tap (number)",
            "tap Tambah keterangan",
            MORE,
            "(same) Dan di gang sebelahnya.",
            "tap Tulis ulang",
        ),
        *(MORE, "tap Kirim", "tap Lihat laporan", "tap Tambah keterangan", "tap Tidak jadi"),
        *("(lacak)", "tap Tambah keterangan", MORE, "tap Tidak jadi", "(forwards)", "(asks)", "(lacak)"),
        *(
            "tap Jawab pertanyaan",
            "Di RT 3.",
            "tap Kirim",
            "(done)",
            "(lacak)",
            "tap Belum beres",
            "Mati lagi malam ini.",
        ),
        *("tap Kirim", "(done)", "(lacak)", "tap Sudah beres", "tap Cukup puas", "tap Lihat laporan"),
        *("tap Ubah penilaian", "tap Puas"),
    ),
    "Words by themselves": (
        *(STORY, "/batal", "tap Buang", "(files)", "Sampai kapan?", "Dan di gang sebelahnya juga.", "tap (first)"),
        *("tap Tidak jadi", "Sampai kapan?", "tap Tidak jadi", "(lacak)", f"(reply) {MORE}", "tap Kirim"),
        *(STORY, "tap Laporan baru", "tap Pengaduan", "Cipocok Jaya, Kota Serang"),
    ),
    "Others with the same trouble": (
        *("(lacak)", "tap Saya juga mengalami", "tap Lihat laporan", "tap Tarik dukungan", "tap Lihat laporan"),
        *(
            "tap Saya juga mengalami",
            "tap Tarik dukungan",
            "(lacak)",
            "tap Saya juga mengalami",
            "/dukungan",
            "tap (number)",
        ),
        *("(lacak)",),
    ),
    "My data": (
        *("/privasi", "tap Bolehkan survei", "tap Batasi pemakaian data saya", "tap Ambil data saya"),
        *("tap Hapus data saya", "tap Ambil data saya", "tap Hapus data saya", "tap Tidak jadi", "/dataku"),
        *("/privasi", "tap Hapus data saya", "tap Tidak jadi", "/hapus", "HAPUS DATA SAYA"),
    ),
}


def drawn(title: str) -> set[tuple[str, str]]:
    """The edges of the chart under a heading of the document."""
    _, _, section = DOCUMENT.read_text(encoding="utf-8").partition(f"\n## {title}\n")
    chart = section.split("```mermaid")[1].split("```")[0]
    return set(EDGE.findall(chart))


class Follower:
    """Somebody who has filed, or looks at what others have filed, and what stands open for them."""

    def __init__(self, street: Street, warga: Warga, desk: Desk, number: str) -> None:
        self.street, self.warga, self.desk, self.number = street, warga, desk, number
        self.walked: set[tuple[str, str]] = set()
        self.fresh = True

    async def stands_at(self) -> str:
        """Words that wait, a draft, or else what the newest screen offers."""
        by = await self.street.services.people.meet(TelegramPerson(self.warga.id))
        writing = await self.street.services.correspondence.current(by)
        if writing is not None:
            return "what_for" if "stray" in writing.data else "preview" if writing.text else "words"
        if await self.street.services.intake.current(by) is not None:
            return "draft"
        return self._offered()

    def _offered(self) -> str:
        taps = [self.warga.data_of(label).split(":")[1:] for label in self.warga.labels()]
        verbs = {verb for verb, *_ in taps}
        text = self.warga.reads()
        if any(verb == "rate" and len(rest) > 1 for verb, *rest in taps):
            return "rating"
        for verb, place in (("consent", "notice"), ("noerase", "confirm"), ("support", "public")):
            if verb in verbs:
                return place
        if "leaves" in verbs:
            return "joined" if "Kabarnya kami kirim ke sini" in text else "following"
        if "Riwayat" in text:
            return "case"
        for said, place in (("Laporan Anda", "list"), ("Laporan yang Anda dukung", "supported")):
            if said in text:
                return place
        return "data" if verbs == {"erase"} else OUTSIDE

    async def does(self, act: str) -> None:
        """One act, and the edge that it went along; a command begins anew."""
        before = OUTSIDE if act.startswith(("/", "(lacak)", "(reply)")) and act != "/batal" else await self.stands_at()
        await self._acts(act)
        after = await self.stands_at()
        # What others do, and throwing a draft away, are no lines of these charts.
        others = act.startswith("(") and not act.startswith(("(lacak)", "(reply)", "(same)"))
        if others or act == "tap Buang":
            return
        if before == after == "draft" and not act.startswith(("tap", "/")):
            self.walked.add((OUTSIDE, "answer"))
        elif before != after or act.startswith(STAYING):
            self.walked.add((before, after))

    async def _acts(self, act: str) -> None:
        sari, desk, number = self.warga, self.desk, self.number
        match act:
            case "(lacak)":
                await sari.says(f"/lacak {number}")
            case "(files)":
                self.number = await files(sari)
                await sari.says("/bantuan")
            case "(forwards)":
                await desk.forwards(number)
            case "(asks)":
                await desk.writes(desk.coordinator, number, Purpose.HOLD, "Di RT berapa lampu itu?")
            case "(done)":
                await desk.writes(desk.officer, number, Purpose.DONE, "Lampu diganti pada 7 Januari dan menyala.")
            case "tap (number)":
                await sari.taps(self.number)
            case "tap (first)":
                await sari.taps(sari.labels()[0])
            case _ if act.startswith("tap "):
                await sari.taps(act.removeprefix("tap "))
            case _ if act.startswith("(reply) "):
                await sari.says(act.removeprefix("(reply) "), reply_to=sari.newest)
            case _:
                await sari.says(act.removeprefix("(same) "))

    async def is_disturbed(self) -> None:
        """Nonsense, a forged button, days of silence and a restart: what waits still waits."""
        here = await self.stands_at()
        await self.warga.says("/nonsens")
        await self.warga.presses("1:leave:999999")
        self.street.clock.advance(days=5)
        self.street.restarts()
        self.warga = self.street.warga(self.warga.id)
        await self.warga.sends(sticker={"file_id": "s", "file_unique_id": "s", "type": "regular"} | SMALL)
        assert await self.stands_at() == here


@pytest.fixture
async def follower(street: Street, sari: Warga, request: pytest.FixtureRequest) -> Follower:
    """Whom a tale needs: a stranger, somebody with nothing filed, or Sari with her complaint."""
    desk = await Desk(street).opens()
    title = request.node.callspec.params["title"]
    number = "" if title == "Words by themselves" else await files(sari)
    warga = street.warga(7300) if title == "Others with the same trouble" else sari
    await warga.says("/bantuan")
    return Follower(street, warga, desk, number)


@pytest.mark.parametrize("title", TALES)
async def test_every_edge_of_what_follows_is_walked_and_no_other(follower: Follower, title: str) -> None:
    for act in TALES[title]:
        await follower.does(act)
    assert sorted(drawn(title) - follower.walked) == [], "drawn and not walked"
    known = drawn(title) | (drawn("After sending") if title == "Words by themselves" else set())
    assert sorted(follower.walked - known) == [], "walked and not drawn"


@pytest.mark.parametrize("title", ["After sending"])
async def test_nonsense_and_days_of_silence_lose_no_words(follower: Follower, title: str) -> None:
    met = set()
    for act in (*TALES[title][:3], MORE, "tap Tidak jadi", "Sampai kapan?"):
        await follower.does(act)
        here = await follower.stands_at()
        if here in {"words", "preview", "what_for"}:
            met.add(here)
            await follower.is_disturbed()
    assert met == {"words", "preview", "what_for"}
