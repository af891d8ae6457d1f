"""The charts of docs/conversations/staff.md are what happens: every edge is walked by telephone, and no other."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from domain.lifecycle import Role
from domain.ticket import find_numbers
from scheduler.leaving import LeavingRounds
from services.leaving import Leaving
from tests.handlers.citizen.warga import Warga
from tests.handlers.staff.conftest import BUDI, Town, turns_to
from views.taps import Tap, Verb, unpack

DOCUMENT = Path(__file__).parents[3] / "docs/conversations/staff.md"
EDGE = re.compile(r"^    (\S+) --> ([^\s:]+): ", re.MULTILINE)
OUTSIDE = "[*]"
Edges = set[tuple[str, str]]

ANSWER = "Petugas kami sudah mengganti lampunya pagi ini pukul 09.00."
EMPTY = "Terima kasih atas laporannya. Mohon bersabar."
REASON = "Jadwal alat berat belum keluar"
CANNED = "Jadwal lampu\nLaporan {nomor} kami periksa {hari ini}, lampunya diganti pukul 10.00."
OTHER = "Lampu jalan di gang belakang pasar padam sejak kemarin malam"
STAYING = ("tap Baru", "tap Tangani", "tap Lepas", "tap Tukar", "tap Berikutnya", "tap Sebelumnya", "ok", ANSWER)
"""Acts after which the same is shown anew, and which the charts draw."""

WRITING = {"asked", "held", "why", "offered"}
CARD = {Verb.TAKE, Verb.RELEASE, Verb.TAKE_OVER, Verb.ASK, Verb.COMPOSE, Verb.VERIFY, Verb.ARCHIVE_REASON, Verb.TEAM}
MARKS: tuple[tuple[str, Callable[[Tap], bool]], ...] = (
    ("over", lambda tap: tap.verb is Verb.TAKE_OVER and len(tap.args) > 1),
    ("awaited", lambda tap: tap.verb is Verb.CANNED_STOP),
    ("removing", lambda tap: tap.verb is Verb.CANNED_REMOVE and len(tap.args) > 1),
    ("reply", lambda tap: tap.verb is Verb.CANNED_CHANGE),
    ("kept", lambda tap: tap.verb is Verb.CANNED_ADD),
    ("particular", lambda tap: tap.verb is Verb.ASK_VALUE),
    ("reason", lambda tap: tap.verb is Verb.ARCHIVE_REASON and len(tap.args) > 1),
    ("helping", lambda tap: tap.verb is Verb.HELPER_OFF),
    ("helpers", lambda tap: tap.verb is Verb.TEAM_ADD),
    ("both", lambda tap: tap.verb is Verb.MERGE_NOW),
    ("near", lambda tap: tap.verb is Verb.MERGE_INTO),
    ("units", lambda tap: tap.verb is Verb.CHOOSE_UNIT),
    ("proposal", lambda tap: tap.verb is Verb.UNITS),
    ("classes", lambda tap: tap.verb is Verb.CHOOSE_CLASS),
    ("block", lambda tap: tap.verb is Verb.COMPOSE and tap.args[1:] == ("record_sp4n",)),
)
"""Buttons that only one screen has, the most telling first."""


def officer(number: str) -> tuple[str, ...]:
    """A day in a unit: the queue, a colleague, requests, every turn of a reply, canned ones."""
    look = f"/lihat {number}"
    return (
        *("/antrean", "tap Baru (1)", f"tap {number}", "tap Tangani", "tap Lepas untuk rekan", "(colleague)", look),
        *("tap Ambil alih", "tap Tidak jadi", "tap Ambil alih", "tap Ya, ambil alih"),
        *("tap Ajukan permintaan", "tap Teruskan ke unit lain", "tap Pilih permintaan lain", "tap Jadikan rahasia"),
        *("tap Batal", "tap Lihat laporan", "tap Ajukan permintaan", f"tap Lihat {number}"),
        *(
            "tap Bukan wewenang kami",
            f"tap Lihat {number}",
            "tap Bukan wewenang kami",
            "tap (first)",
            "tap Batal",
            look,
        ),
        *("tap Bukan wewenang kami", "tap Belum tahu unit yang berwenang", "tap Batal", look),
        *("tap Tulis tanggapan", "ok", EMPTY, "tap Perbaiki", EMPTY, "tap Kirim apa adanya", "tap Perbaiki"),
        *(EMPTY, "tap Batal", f"/balas {number} {EMPTY}", "tap Kirim apa adanya", REASON, ANSWER),
        *("tap Ubah", ANSWER, "tap Batal", f"/balas {number} {ANSWER}", "tap Kirim", "tap Urungkan", "tap Kirim"),
        *("(leaves)", look, "(reply)", "tap Batal", look),
        *("/jawaban", "tap Tambah jawaban", "ok", CANNED, "tap Ubah jawaban ini", "tap Tidak jadi", "tap Jadwal lampu"),
        *("tap Hapus jawaban ini", "tap Tidak jadi", "tap Semua jawaban siap pakai", look),
        *("tap Tulis tanggapan", "tap Jawaban siap pakai", "tap Jadwal lampu", "tap Batal"),
        *("/jawaban", "tap Jadwal lampu", "tap Hapus jawaban ini", "tap Ya, hapus"),
    )


def coordinator(number: str, new: str, other: str) -> tuple[str, ...]:
    """A day at a desk: a proposal in every way, a merge, a unit that helps, a reminder."""
    return (
        *("/verifikasi", f"tap {new}", "tap Ganti unit", "tap Berikutnya", "tap Sebelumnya", "tap Kembali"),
        *("tap Ganti golongan", "tap (first)", "tap Lihat laporan", "tap Verifikasi", "tap Arsipkan", "tap (first)"),
        *("tap Batal", "tap Lihat laporan", "tap Arsipkan", "tap Lihat laporan", "tap Verifikasi"),
        *("tap Tunda dan tanya pelapor", "tap Batal", "tap Lihat laporan", "tap Tunda dan tanya pelapor", "tap Batal"),
        *("tap Lihat laporan", "tap Gabungkan", "tap (first)", "tap Tukar nomor utamanya", "tap Ya, gabungkan"),
        *(f"/lihat {number}", "tap Tambah unit pendamping", "(turn) Dinas Perhubungan", f"/lihat {number}"),
        *("tap Lepas unit pendamping", "tap Dinas Perhubungan", f"/lihat {number}"),
        *("tap Colek unit", f"/lihat {number}", "tap Alihkan ke unit lain", "tap Ganti unit", "tap (first)"),
        *("tap Ya, teruskan", f"/lihat {other}", "tap Verifikasi", "tap Bukan wewenang kami", ANSWER, "tap Kirim"),
        "(leaves)",
    )


def national(number: str) -> tuple[str, ...]:
    """At the desk that forwards to SP4N."""
    return (f"/lihat {number}", "tap Teks untuk SP4N", "tap Sudah masuk SP4N", "tap Batal")


class Walker:
    """Somebody at a desk, and where they stand after each act."""

    def __init__(self, town: Town, phone: Warga, number: str) -> None:
        self.town, self.phone, self.number = town, phone, number
        self.walked: list[tuple[str, str, str]] = []

    async def walks(self, acts: tuple[str, ...]) -> None:
        """One act after the other, from outside."""
        await self.phone.says("/bahasa")
        for act in acts:
            before = await self.stands_at()
            await self._acts(act)
            # A command leads out of everything; it is drawn from the outside only.
            if not act.startswith("/") or before == OUTSIDE:
                self.walked.append((act, before, await self.stands_at()))

    async def stands_at(self) -> str:
        """Where somebody is, by what is open in the register, and else by the screen."""
        services, by = self.town.house.services, await self.town.caller(self.phone.id)
        taps = self._taps()
        if any(tap.verb is Verb.CANNED_FILL for tap in taps):
            return "offered"
        if await services.correspondence.leaving(by) is not None:
            return "leaving"
        writing = await services.correspondence.current(by)
        if writing is None:
            return self._of_screen(taps)
        if writing.text is None:
            return "asked"
        return ("why" if writing.reason_is_asked else "held") if writing.held else "preview"

    def _taps(self) -> list[Tap]:
        return [tap for tap in map(unpack, map(self.phone.data_of, self.phone.labels())) if tap]

    def _of_screen(self, taps: list[Tap]) -> str:
        if taps and taps[0].verb is Verb.ASK_KIND:
            return "sorts"
        for name, mark in MARKS:
            if any(mark(tap) for tap in taps):
                return self._shared(name, taps)
        if taps and taps[0].verb in (Verb.SHOW, Verb.VERIFY) and find_numbers(self.phone.labels()[0]):
            return OUTSIDE if self.phone.labels()[0].startswith("Lihat") else "list"
        return "card" if CARD & {tap.verb for tap in taps} else OUTSIDE

    @staticmethod
    def _shared(name: str, taps: list[Tap]) -> str:
        """The card of the last desk has the button of its block too."""
        return "card" if name == "block" and len(taps) > 3 else name

    async def _acts(self, act: str) -> None:
        match act.partition(" "):
            case "(leaves)", *_:
                self.town.clock.advance(seconds=10)
                await LeavingRounds(Leaving(self.town.house.office)).round()
            case "(colleague)", *_:
                await self.town.house.services.handling.take(await self.town.caller(BUDI), self.number)
            case "(reply)", *_:
                await self.phone.says(ANSWER, reply_to=self.phone.newest)
            case "(turn)", _, label:
                await turns_to(self.phone, label)
                await self.phone.taps(label)
            case "tap", _, "(first)":
                await self.phone.taps(self.phone.labels()[0])
            case "tap", _, label:
                await self.phone.taps(label)
            case _:
                await self.phone.says(act)


def drawn(chart: int) -> Edges:
    """The edges of a chart of the document."""
    return set(EDGE.findall(DOCUMENT.read_text(encoding="utf-8").split("```mermaid")[chart].split("```")[0]))


def on_a_card(state: str) -> str:
    """The first chart: what is written is one state, what follows it is told by the second."""
    joined = dict.fromkeys(WRITING, "words") | dict.fromkeys(("units", "classes"), "proposal")
    outside = dict.fromkeys(("leaving", "awaited", "removing", "reply", "kept"), OUTSIDE)
    return (joined | outside).get(state, state)


def among(*states: str) -> Callable[[str], str]:
    """A chart that knows these states alone."""
    return lambda state: state if state in states else OUTSIDE


CHARTS: tuple[Callable[[str], str], ...] = (
    on_a_card,
    among(*WRITING, "preview", "leaving"),
    among("kept", "reply", "awaited", "removing"),
    among("proposal", "units", "classes"),
)


def edges(walked: list[tuple[str, str, str]], chart: Callable[[str], str]) -> Edges:
    """What was walked, as a chart draws it; that something stays is told only of states that it knows by name."""
    went = {(chart(before), chart(after)) for _, before, after in walked}
    stays = {(before, after) for act, before, after in walked if before == after and act.startswith(STAYING)}
    known = {pair for pair in stays if chart(pair[0]) == pair[0] != OUTSIDE}
    return {(before, after) for before, after in went if before != after} | known


async def test_every_edge_of_the_charts_is_walked_and_no_other(
    town: Town, dewi: Warga, rina: Warga, forwarded: str
) -> None:
    town.house.office.undo = timedelta(seconds=10)
    await town.hires(BUDI, Role.OFFICER, "dprkp")
    await town.hires(7009, Role.OFFICER, "dishub")
    desk = await town.hires(7010, Role.NATIONAL_ADMIN, None, None)
    new, twin, _ = [await town.files(text) for text in (OTHER, OTHER, OTHER)]
    walked = []
    for phone, acts in (
        (rina, officer(forwarded)),
        (dewi, coordinator(forwarded, new, twin)),
        (desk, national(twin)),
    ):
        walker = Walker(town, phone, forwarded)
        await walker.walks(acts)
        walked += walker.walked
    for place, chart in enumerate(CHARTS, start=1):
        went, known = edges(walked, chart), drawn(place)
        assert sorted(known - went) == [], f"chart {place}: drawn and not walked"
        assert sorted(went - known) == [], f"chart {place}: walked and not drawn"
