"""A voice note is evidence: nobody pretends to have understood it, and a person may be asked to listen."""

import pytest

from domain.drafting import Purpose, Step
from domain.refusals import NotUnderstood
from tests.handlers.citizen.conftest import Street
from tests.handlers.citizen.test_cases import Desk
from tests.handlers.citizen.test_intake import ASKED, PLACE, STORY
from tests.handlers.citizen.test_where_and_when import answers
from tests.handlers.citizen.warga import Warga

LISTEN = "Biar petugas mendengarkan"
GIST = "Lampu jalan di depan SD Negeri 2 Cipocok Jaya mati, pelapor minta diperbaiki."


@pytest.fixture
async def desk(street: Street) -> Desk:
    """The other side."""
    return await Desk(street).opens()


@pytest.fixture
async def number(sari: Warga, desk: Desk) -> str:
    """A complaint that was told in a recording alone."""
    await sari.hands_in("voice")
    await sari.taps(LISTEN)
    await answers(sari, "1", PLACE, "kemarin", "lanjut", "lanjut", "lewati")
    assert "sudah kami terima" in await sari.taps("Kirim laporan")
    await sari.says("/laporan")
    return sari.labels()[0]


@pytest.mark.parametrize("kind", ["voice", "audio", "video", "video_note"])
async def test_a_recording_may_begin_and_one_line_of_text_is_asked(sari: Warga, kind: str) -> None:
    answer = await sari.hands_in(kind)
    assert "kami tidak dapat menuliskan isinya" in answer
    assert sari.labels() == [LISTEN]
    assert ASKED[Step.KIND] in await sari.says(STORY)


async def test_an_officer_may_listen_instead(sari: Warga) -> None:
    await sari.hands_in("voice")
    assert ASKED[Step.KIND] in await sari.says("biar petugas mendengarkan")
    review = await answers(sari, "1", PLACE, "kemarin", "lanjut", "lanjut", "lewati")
    assert ASKED[Step.REVIEW] in review
    assert "Petugas akan mendengarkannya" in review


async def test_without_a_recording_nobody_can_listen(sari: Warga) -> None:
    await sari.says("/lapor")
    assert "Belum ada rekaman" in await sari.presses("1:listen:2")


async def test_the_coordinator_writes_the_gist_before_forwarding(
    street: Street, sari: Warga, desk: Desk, number: str
) -> None:
    dewi = street.warga(9001)
    card = await dewi.says(f"/lihat {number}")
    assert "Perlu ditulis intinya." in card
    assert "Verifikasi" not in dewi.labels()
    proposal = await street.services.oversight.propose(desk.coordinator, number)
    assert not proposal.case.text
    with pytest.raises(NotUnderstood, match="gist_missing"):
        await street.services.oversight.forward(desk.coordinator, proposal.serial)
    await dewi.says(f"/lihat {number}")
    assert "Apa inti rekaman" in await dewi.taps("Tulis intinya")
    assert GIST in await dewi.says(GIST)
    assert "dapat diteruskan" in await dewi.taps("Kirim")
    assert GIST in await dewi.says(f"/lihat {number}")


async def test_the_unit_reads_the_gist_and_who_wrote_it(street: Street, sari: Warga, desk: Desk, number: str) -> None:
    await desk.writes(desk.coordinator, number, Purpose.GIST, GIST)
    await desk.forwards(number)
    card = await street.warga(9002).says(f"/lihat {number}")
    assert GIST in card
    assert "ditulis oleh admin koordinator" in card
    own = await sari.says(f"/lacak {number}")
    assert GIST in own
    assert "Admin menuliskan inti rekaman Anda." in own


async def test_a_gist_is_written_for_recordings_alone(sari: Warga, desk: Desk, street: Street, number: str) -> None:
    await answers(sari, f"/lapor {STORY}", "1", PLACE, "kemarin", "tidak ada", "lanjut", "lewati", "tidak tahu", "1")
    await sari.says("/laporan")
    told = next(label for label in sari.labels() if label != number)
    with pytest.raises(NotUnderstood):
        await desk.writes(desk.coordinator, told, Purpose.GIST, GIST)


def forwarded(name: str, person: int) -> dict[str, object]:
    """What Telegram says of a message that was forwarded."""
    sender = {"id": person, "is_bot": False, "first_name": name}
    return {"forward_origin": {"type": "user", "date": 1, "sender_user": sender}}


async def test_forwarded_words_are_a_quotation_without_their_senders_name(street: Street, sari: Warga) -> None:
    answer = await sari.sends(text=STORY, **forwarded("Pak Rahasia", 5))
    assert "kami simpan sebagai kutipan, tanpa nama pengirimnya" in answer
    review = await answers(sari, "1", PLACE, "kemarin", "tidak ada", "lanjut", "lewati", "tidak tahu")
    assert f"“{STORY}”" in review
    assert "Rahasia" not in review
    async with street.office.database.reading() as work:
        draft = await work.drafts.open_of(1)
        assert draft is not None
        assert "Rahasia" not in repr(vars(draft))


async def test_ones_own_words_forwarded_are_no_quotation(sari: Warga) -> None:
    answer = await sari.sends(text=STORY, **forwarded("Sari", sari.id))
    assert "kutipan" not in answer
    assert ASKED[Step.KIND] in answer


async def test_a_forwarded_caption_is_a_quotation_too(sari: Warga) -> None:
    large = {"file_id": "f", "file_unique_id": "f", "width": 900, "height": 900, "file_size": 9}
    hidden = {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Pak Rahasia"}}
    answer = await sari.sends(photo=[large], caption=STORY, **hidden)
    assert "kutipan" in answer
    assert "Rahasia" not in answer
