"""Several complaints side by side: one is open, the others wait, and each is taken up again in words."""

import pytest

from domain.drafting import DRAFTS_MAX, Step
from domain.ticket import find_numbers
from tests.handlers.citizen.conftest import Street
from tests.handlers.citizen.test_intake import ASKED, PLACE, STORY, come_to
from tests.handlers.citizen.warga import Warga

RUBBISH = "Sampah menumpuk di depan pasar sudah tiga hari"


async def test_a_second_complaint_is_told_while_the_first_waits(sari: Warga) -> None:
    await come_to(sari, Step.TIME)
    assert "kita lanjutkan" in await sari.says("/lapor")
    answer = await sari.taps("Simpan dulu, buat laporan baru")
    assert "Laporan yang sebelumnya kami simpan" in answer
    assert ASKED[Step.TEXT] in answer
    await sari.says(RUBBISH)
    answer = await sari.says("/draf")
    assert answer.index("1. Sampah menumpuk") < answer.index("Berhenti di: jenis laporan.")
    assert answer.index("2. Lampu jalan") < answer.index("Berhenti di: waktu kejadian.")
    assert "Terakhir ditulis " in answer


async def test_each_complaint_gets_its_own_number(sari: Warga) -> None:
    await come_to(sari, Step.REVIEW)
    await sari.says("/baru")
    for typed in (RUBBISH, "pengaduan", PLACE, "kemarin", "tidak ada", "lanjut", "lewati", "tidak tahu"):
        await sari.says(typed)
    assert "sudah kami terima" in await sari.taps("Kirim laporan")
    await sari.says("/draf")
    assert STORY[:20] in await sari.taps(next(label for label in sari.labels() if label.startswith("Lampu")))
    assert "sudah kami terima" in await sari.taps("Kirim laporan")
    await sari.says("/laporan")
    assert len(find_numbers(sari.reads())) == 2


@pytest.mark.parametrize("step", [step for step in ASKED if step is not Step.TEXT])
async def test_a_draft_is_taken_up_after_days_and_a_restart_where_it_stopped(
    street: Street, sari: Warga, step: Step
) -> None:
    await come_to(sari, step)
    await sari.says("/batal")
    await sari.taps("Simpan untuk nanti")
    street.clock.advance(days=9)
    street.restarts()
    again = street.warga()
    assert "Lampu jalan" in await again.says("/lapor")
    assert ASKED[step] in await again.says("1")


async def test_words_for_another_complaint_begin_their_own_draft(sari: Warga) -> None:
    await come_to(sari, Step.PLACE)
    answer = await sari.says(f"/lapor {RUBBISH}")
    assert "Laporan yang sebelumnya kami simpan" in answer
    assert ASKED[Step.KIND] in answer
    await sari.says("/draf")
    assert len(sari.labels()) == 3


async def test_a_draft_in_which_nothing_was_told_is_not_kept(sari: Warga) -> None:
    await sari.says("/lapor")
    await sari.says("/baru")
    assert "Laporan yang sebelumnya" not in sari.reads()
    await sari.says("/draf")
    assert sari.labels() == ["Belum ada tulisan", "Buat laporan baru"]


async def test_nobody_takes_up_somebody_elses_draft(street: Street, sari: Warga) -> None:
    await come_to(sari, Step.TIME)
    await sari.says("/draf")
    stolen = sari.data_of(sari.labels()[0])
    assert STORY not in await street.warga(7002).presses(stolen)


async def test_an_old_button_does_not_take_up_what_was_sent_or_thrown_away(sari: Warga) -> None:
    await come_to(sari, Step.TIME)
    await sari.says("/draf")
    old = sari.data_of(sari.labels()[0])
    await sari.says("/batal")
    await sari.taps("Buang")
    assert "menu lama" in await sari.presses(old)
    assert "Tidak ada laporan yang tersimpan" in await sari.says("/draf")


async def test_more_drafts_than_can_be_told_apart_are_refused_kindly(sari: Warga) -> None:
    for place in range(DRAFTS_MAX):
        await sari.says(f"/lapor {RUBBISH}, nomor {place}")
    assert f"sudah menyimpan {DRAFTS_MAX} laporan" in await sari.says(f"/lapor {RUBBISH} lagi")
    await sari.says("/draf")
    assert len(sari.labels()) == DRAFTS_MAX + 1
