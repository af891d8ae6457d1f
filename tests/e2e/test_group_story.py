"""A unit's group over HTTP with both libraries: two officers, a forum, a deleted topic, a mask, a supergroup."""

import re

from domain.lifecycle import Role
from simulator import GroupPhone
from simulator.phone import Phone
from tests.e2e.house import RunningHouse
from tests.scheduler.office import eventually

ANSWER = "Petugas kami sudah mengganti lampunya pagi ini pukul 09.00."


async def code_from(officer: Phone) -> str:
    """The command that connects a group, as the bot gives it in private."""
    await officer.says("/hubungkan")
    found = re.search(r"/hubungkan [A-Z0-9]{8}", (await officer.sees_new("Kode berlaku")).text)
    assert found
    return found[0]


async def forwarded(house: RunningHouse, warga: Phone, koordinator: Phone, place: str = "Cipocok Jaya") -> str:
    """A complaint goes to the unit by two taps."""
    number = await house.files(warga, place=f"{place}, Kota Serang")
    await koordinator.taps("Verifikasi", message=await koordinator.sees(number))
    await koordinator.sees_new(number, "Sudah tepat?")
    await koordinator.taps("Ya, teruskan")
    return number


async def test_two_officers_work_in_the_topics_of_their_forum(
    house: RunningHouse, warga: Phone, petugas: Phone, koordinator: Phone
) -> None:
    tina = await house.hires(house.phone("Tina"), Role.UNIT_HEAD, "dprkp")
    forum = await house.telegram.group("Dinas Perumahan", petugas, forum=True)
    await forum.admits(tina)
    await forum.admits()
    await forum.promotes(can_manage_topics=True)
    code = await code_from(petugas)
    await forum.promotes(forum, anonymous=True)
    await forum.says(code)
    await forum.sees_new("admin anonim")
    await forum.demotes(forum)
    await forum.says(code)
    await forum.sees_new("sekarang terhubung")

    number = await forwarded(house, warga, koordinator)
    card = await forum.sees(number, "balas pesan ini")
    assert card.thread is not None
    await petugas.does_not_see(f"{number}\n")
    topic = card.thread
    colleague = GroupPhone(tina, forum.room, topic)
    await colleague.replies(card, ANSWER)
    preview = await colleague.sees_new("Dibaca oleh: pelapor", ANSWER)
    await forum.in_topic(topic).taps("Kirim", message=preview)
    await forum.sees_toast("tidak berlaku")
    await colleague.taps("Kirim", message=preview)
    await warga.sees(number, ANSWER)
    await forum.in_topic(topic).sees("Sedang diproses")

    await forum.deletes_topic(topic)
    await warga.says(f"/lacak {number}")
    await warga.taps("Tambah keterangan")
    await warga.says("Tiangnya juga miring")
    await warga.taps("Kirim")
    anew = await forum.sees("Tiangnya juga miring")
    assert anew.thread not in (None, topic)

    await koordinator.says(f"/tuduhan {number}")
    await koordinator.sees_new("Unit mana lagi yang dituduh")
    await koordinator.says("1")
    await eventually(lambda: is_called(forum.in_topic(anew.thread), number))
    await forum.in_topic(anew.thread).sees("tidak lagi ditangani unit ini")


async def is_called(topic: GroupPhone, name: str) -> bool:
    """Whether a topic has been given a name."""
    return {"name": name} in [bubble.content.get("forum_topic_edited") for bubble in await topic.messages()]


async def test_a_small_group_moves_loses_the_bot_and_has_it_back(
    house: RunningHouse, warga: Phone, petugas: Phone, koordinator: Phone
) -> None:
    group = await house.telegram.group("Dinas Perumahan", petugas, supergroup=False)
    await group.admits()
    await group.says(await code_from(petugas))
    await group.sees_new("sekarang terhubung")
    number = await forwarded(house, warga, koordinator)
    await group.sees(number, "balas pesan ini")
    larger = GroupPhone(petugas, await group.upgrades())
    card = await larger.sees(number, "balas pesan ini")
    await larger.taps("Tangani", message=card)
    await larger.sees_toast("sekarang Bapak/Ibu tangani")
    await larger.says("/cek")
    await larger.sees_new("Pemeriksaan grup", "nyalakan topik")

    await larger.removes()
    await koordinator.sees("tidak dapat kami jangkau lagi")
    second = await forwarded(house, house.phone("Budi"), koordinator, "Kasemen")
    await petugas.sees(second)
    await larger.admits()
    await koordinator.sees("dapat kami jangkau lagi. Laporan baru kembali")
    third = await forwarded(house, house.phone("Wati"), koordinator, "Walantaka")
    await larger.sees(third, "balas pesan ini")
