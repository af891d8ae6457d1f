"""In the group of a unit: officers answer, take and look; strangers, masks and forgeries get nowhere."""

import re
from datetime import timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramForbiddenError
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import ForumTopicCreated, Message

from domain.drafting import Purpose
from domain.lifecycle import Role
from scheduler.leaving import LeavingRounds
from services.leaving import Leaving
from tests.conftest import FakeClock
from tests.handlers.citizen.warga import Warga
from tests.handlers.staff.conftest import BUDI, DEWI, LEVY, RINA, SARI, Town
from tests.handlers.staff.group_room import BOT, CHAT, GroupDesk, GroupRoom, labels

ANSWER = "Petugas kami sudah mengganti lampunya pagi ini pukul 09.00."
HOLLOW = "Terima kasih atas laporannya, akan segera kami koordinasikan."
LINK = "https://t.me/lapor_bot"
TINA, STRANGER = 7010, 4711


@pytest.fixture
def desk() -> GroupDesk:
    """A transport that knows groups."""
    return GroupDesk()


@pytest.fixture
async def room(town: Town, desk: GroupDesk, dewi: Warga, rina: Warga) -> GroupRoom:
    """The group, not connected yet; Tina is the second officer of the unit."""
    town.desk = desk
    town.__post_init__()
    await town.hires(TINA, Role.UNIT_HEAD, "dprkp")
    return GroupRoom(town, desk)


async def code_of(room: GroupRoom, who: int = RINA) -> str:
    """The command that the officer gets in the private chat."""
    found = re.search(r"/hubungkan [A-Z0-9]{8}", await room.town.phone(who).says("/hubungkan"))
    assert found
    return found[0]


@pytest.fixture
async def connected(room: GroupRoom) -> GroupRoom:
    """The same, connected by Rina."""
    assert "sekarang terhubung" in await room.says(RINA, await code_of(room))
    told = await room.town.delivers()
    assert "menghubungkan sebuah grup" in (told[TINA][-1].text or "")
    return room


@pytest.fixture
async def card(connected: GroupRoom) -> Message:
    """The card of a complaint about a lamp, as it stands in the group."""
    await connected.town.forwards(await connected.town.files())
    [brought] = await connected.delivers()
    return brought


async def leaves(room: GroupRoom) -> int:
    """Lets the seconds pass in which words can be taken back; returns how many have left."""
    room.town.clock.advance(seconds=10)
    return await LeavingRounds(Leaving(room.town.house.office)).round()


async def test_an_officer_answers_by_replying_to_the_card(connected: GroupRoom, card: Message) -> None:
    assert "Ibu Sari" not in (card.text or "")
    preview = await connected.says(RINA, ANSWER, to=card)
    assert ANSWER in preview
    assert "Dibaca oleh: pelapor" in preview
    assert "Ibu Sari" not in preview
    await connected.taps(RINA, "Kirim")
    assert "sudah dikirim kepada pelapor" in (connected.newest.text or "")
    assert ANSWER in "\n".join(each.text or "" for each in (await connected.town.delivers())[SARI])


async def test_nobody_else_sends_what_a_colleague_has_written(connected: GroupRoom, card: Message) -> None:
    await connected.says(RINA, ANSWER, to=card)
    preview = connected.newest
    before = len(connected.shown)
    assert "tidak berlaku" in await connected.taps(TINA, "Kirim", preview)
    assert "hanya untuk petugas" in await connected.taps(STRANGER, "Kirim", preview)
    assert "hanya untuk petugas" in await connected.taps(DEWI, "Kirim", preview)
    assert len(connected.shown) == before
    await connected.taps(RINA, "Kirim", preview)
    assert "sudah dikirim" in (connected.newest.text or "")


async def test_in_the_group_too_an_answer_can_be_taken_back_by_its_writer_alone(
    connected: GroupRoom, card: Message
) -> None:
    connected.town.house.office.undo = timedelta(seconds=10)
    await connected.says(RINA, ANSWER, to=card)
    await connected.taps(RINA, "Kirim")
    leaving = connected.newest
    assert "Terkirim dalam 10 detik" in (leaving.text or "")
    assert "tidak dapat diurungkan" in await connected.taps(TINA, "Urungkan", leaving)
    assert "hanya untuk petugas" in await connected.taps(STRANGER, "Urungkan", leaving)
    await connected.taps(RINA, "Urungkan", leaving)
    assert "belum ada yang terkirim" in (connected.newest.text or "")
    assert ANSWER in (connected.newest.text or "")
    assert await leaves(connected) == 0
    await connected.taps(RINA, "Kirim")
    assert await leaves(connected) == 1
    assert [ANSWER in (letter.text or "") for letter in (await connected.town.delivers())[SARI]].count(True) == 1


async def test_after_the_seconds_the_way_back_is_closed_in_the_group_too(connected: GroupRoom, card: Message) -> None:
    connected.town.house.office.undo = timedelta(seconds=10)
    await connected.says(RINA, ANSWER, to=card)
    await connected.taps(RINA, "Kirim")
    assert await leaves(connected) == 1
    before = len(connected.shown)
    assert "tidak dapat diurungkan" in await connected.taps(RINA, "Urungkan")
    assert len(connected.shown) == before


async def test_a_choice_can_be_typed_as_a_reply(connected: GroupRoom, card: Message) -> None:
    await connected.says(RINA, ANSWER, to=card)
    await connected.says(RINA, "1", to=connected.newest)
    assert "sudah dikirim kepada pelapor" in (connected.newest.text or "")


async def test_a_hollow_answer_is_held_back_and_its_reason_comes_as_a_reply(
    connected: GroupRoom, card: Message
) -> None:
    assert "belum substantif" in (await connected.says(RINA, HOLLOW, to=card)).lower()
    await connected.taps(RINA, "Kirim apa adanya")
    assert "Balas pesan ini" in (connected.newest.text or "")
    assert "Kirim" in await connected.says(RINA, "Regu baru berangkat setelah hujan reda", to=connected.newest)
    await connected.taps(RINA, "Kirim")
    assert "sudah dikirim" in (connected.newest.text or "")


async def test_a_photo_as_a_reply_goes_along_with_the_answer(connected: GroupRoom, card: Message) -> None:
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9, "file_size": 9}]
    replied = card.model_dump(mode="json", exclude_none=True)
    await connected._feed(message=connected._message(RINA, photo=photo, caption=ANSWER, reply_to_message=replied))
    assert "1 foto" in (connected.newest.text or "")
    await connected.taps(RINA, "Kirim")
    assert "sudah dikirim" in (connected.newest.text or "")


async def test_a_stranger_who_answers_a_card_is_told_politely_and_once(connected: GroupRoom, card: Message) -> None:
    said = await connected.says(STRANGER, "Ini sudah saya perbaiki", to=card)
    assert "hanya petugas" in said
    assert LINK in said
    assert await connected.says(STRANGER, "Halo?", to=card) == ""
    assert await connected.says(STRANGER, "/lapor") == ""


async def test_somebody_who_has_left_the_staff_answers_nothing_any_more(connected: GroupRoom, card: Message) -> None:
    await connected.says(RINA, ANSWER, to=card)
    database, clock = connected.town.house.database, connected.town.clock
    async with database.work() as work:
        person = await work.identities.person_of(RINA)
        assert person
        for row in await work.staff.memberships_of(person.id):
            row.revoked_at = clock()
        await work.commit()
    assert "hanya untuk petugas" in await connected.taps(RINA, "Kirim")
    assert "hanya petugas" in await connected.says(RINA, ANSWER, to=card)
    told = (await connected.town.delivers())[SARI]
    assert ANSWER not in "\n".join(each.text or "" for each in told)


async def test_plain_talk_and_lines_in_a_topic_are_left_alone(connected: GroupRoom, card: Message) -> None:
    opening = card.model_copy(update={"text": None, "forum_topic_created": ForumTopicCreated(name="x", icon_color=1)})
    assert await connected.says(RINA, "siapa yang berangkat?") == ""
    inside = {"message_thread_id": 7, "is_topic_message": True}
    assert await connected.says(RINA, "sudah selesai kemarin", to=opening, **inside) == ""


async def test_take_and_open_are_answered_to_who_tapped_alone(connected: GroupRoom, card: Message) -> None:
    assert "sekarang Bapak/Ibu tangani" in await connected.taps(RINA, "Tangani")
    assert "rekan" in (await connected.taps(TINA, "Tangani", card)).lower()
    [drawn] = await connected.delivers()
    assert "sedang ditangani" in (drawn.text or "")
    assert "obrolan pribadi" in await connected.taps(TINA, "Buka di obrolan pribadi", card)
    brought = await connected.town.delivers()
    assert "Ibu Sari" in (brought[TINA][-1].text or "")


async def test_the_queue_of_the_group_is_that_of_its_unit_alone(connected: GroupRoom, card: Message) -> None:
    number = (await connected.town.house.services.tracking.mine(await connected.town.caller(SARI)))[0].number
    assert number in await connected.says(RINA, "/antrean@lapor_bot")
    assert await connected.says(RINA, "/antrean@other_bot") == ""
    await connected.town.hires(RINA, Role.OFFICER, "dishub")
    assert number in await connected.says(RINA, "/antrean")


async def test_a_number_of_another_unit_is_not_answered_in_this_group(connected: GroupRoom, budi: Warga) -> None:
    await connected.town.hires(BUDI, Role.OFFICER, "dprkp")
    number = await connected.town.files("Angkot trayek 2 ugal-ugalan di terminal Pakupatan setiap pagi", chat_id=7020)
    await connected.town.forwards(number)
    queue = await budi.says("/antrean")
    assert number in queue
    assert number not in await connected.says(BUDI, "/antrean")
    assert "tidak ada di grup ini" in await connected.says(BUDI, f"/balas {number} {ANSWER}")
    assert "tidak ada di grup ini" in await connected.says(BUDI, "/balas 222-222-222 halo semua")


async def test_a_reply_by_command_is_shown_before_it_leaves(connected: GroupRoom, card: Message) -> None:
    number = (await connected.town.house.services.tracking.mine(await connected.town.caller(SARI)))[0].number
    assert ANSWER in await connected.says(RINA, f"/balas {number} {ANSWER}")
    assert "/balas NOMOR" in await connected.says(TINA, "/balas")


@pytest.mark.parametrize("command", ["/lapor", "/lihat", "/selesai", "/privasi", "/start abc"])
async def test_every_other_command_leads_to_the_private_chat(connected: GroupRoom, command: str) -> None:
    assert LINK in await connected.says(RINA, command)


async def test_what_an_officer_writes_in_private_is_not_shown_in_the_group(connected: GroupRoom, card: Message) -> None:
    services, by = connected.town.house.services, await connected.town.caller(RINA)
    number = (await services.tracking.mine(await connected.town.caller(SARI)))[0].number
    secret = "Menurut kami ini wewenang provinsi, mohon dialihkan saja"
    await services.correspondence.at_once(by, number, Purpose.RETURN, secret)
    answered = await connected.says(RINA, ANSWER, to=card)
    assert secret not in answered
    assert LINK in answered
    current = await services.correspondence.current(by)
    assert current
    for verb in ("rewrite", "asis", "leave", "unwrite"):
        assert "tidak berlaku" in await connected.forges(RINA, f"1:{verb}:{current.serial}", card)
    assert secret not in "\n".join(each.text or "" for each in connected.shown)


@pytest.mark.parametrize(
    "data", ["0:old:menu", "x", "1:take", "1:take:222-222-222", "1:verify:abc", "1:queue:99999999999"]
)
async def test_an_old_or_forged_button_says_so_to_who_tapped(connected: GroupRoom, card: Message, data: str) -> None:
    before = len(connected.shown)
    assert await connected.forges(RINA, data, card)
    assert len(connected.shown) == before


async def test_an_administrator_without_a_name_is_refused_and_the_code_stays_good(room: GroupRoom) -> None:
    code = await code_of(room)
    assert "admin anonim" in await room.says_as_nobody(code)
    assert "sekarang terhubung" in await room.says(RINA, code)
    room.town.clock.advance(minutes=2)
    assert "admin anonim" in await room.says_as_nobody("/antrean")


async def test_a_code_is_good_for_nobody_else_and_in_no_second_group(room: GroupRoom, budi: Warga) -> None:
    code = await code_of(room)
    assert LINK in await room.says(STRANGER, code)
    assert "tidak berlaku untuk Bapak/Ibu" in await room.says(BUDI, code)
    assert "sekarang terhubung" in await room.says(RINA, code)
    second = GroupRoom(room.town, room.desk, -1009)
    assert "tidak berlaku untuk Bapak/Ibu" in await second.says(RINA, code)
    assert LINK in await second.says(STRANGER, "/antrean")


async def test_a_group_that_everybody_may_read_is_not_connected(room: GroupRoom) -> None:
    command = await code_of(room)
    room.desk.username = "warga_serang_ngobrol"
    assert "Grup ini publik" in await room.says(RINA, command)
    await room.town.forwards(await room.town.files())
    assert await room.delivers() == []
    room.desk.username = None
    assert "sekarang terhubung" in await room.says(RINA, command)


async def test_a_group_that_becomes_public_is_brought_nothing_until_it_is_private_again(connected: GroupRoom) -> None:
    connected.desk.username = "warga_serang_ngobrol"
    assert "jadikan grup ini privat" in await connected.says(RINA, "/cek")
    await connected.town.forwards(await connected.town.files())
    assert await connected.delivers() == []
    connected.desk.username = None
    assert "publik" not in await connected.says(RINA, "/cek")


async def test_a_citizen_who_adds_the_bot_to_the_own_group_gets_the_way_and_nothing_else(room: GroupRoom) -> None:
    await room.places("member")
    assert LINK in await room.says(SARI, "/hubungkan ABCDEFGH")
    assert {await room.says(SARI, f"/apa{each}") for each in range(60)} == {""}
    room.town.clock.advance(minutes=1)
    assert LINK in await room.says(SARI, "/cek")
    assert await room.says(SARI, "halo bot") == ""
    assert "kode" not in (await room.town.phone(SARI).says("/hubungkan")).lower()


async def test_disconnected_the_group_is_nobodys(connected: GroupRoom, card: Message) -> None:
    assert LINK in await connected.says(STRANGER, "/putuskan")
    assert "sudah dilepas" in await connected.says(TINA, "/putuskan")
    assert "tidak terhubung" in await connected.taps(RINA, "Tangani", card)
    assert LINK in await connected.says(RINA, "/antrean")


async def test_the_check_names_what_is_wrong_and_its_mend(connected: GroupRoom) -> None:
    assert "nyalakan topik" in await connected.says(RINA, "/cek")
    connected.desk.forum = True
    assert "Kelola topik" in await connected.says(RINA, "/cek")
    connected.desk.place, connected.desk.reads_everything = "administrator", True
    assert "/setprivacy" in await connected.says(RINA, "/cek")
    connected.desk.manages, connected.desk.reads_everything = True, False
    assert "Semua baik" in await connected.says(RINA, "/cek")
    connected.desk.place = "left"
    said = await connected.town.phone(RINA).says("/cek")
    assert "tidak ada di grup" in said
    assert "tambahkan lagi" in said


async def test_the_bot_put_out_and_let_in_again(connected: GroupRoom, clock: FakeClock) -> None:
    await connected.places("kicked")
    told = await connected.town.delivers()
    assert all("tidak dapat kami jangkau" in (told[who][-1].text or "") for who in (RINA, TINA, DEWI))
    await connected.town.forwards(await connected.town.files())
    assert {RINA, TINA} <= set(await connected.town.delivers())
    assert await connected.delivers() == []
    await connected.places("member")
    await connected.town.forwards(await connected.town.files(chat_id=7021))
    assert len(await connected.delivers()) == 1


async def test_a_group_that_becomes_a_supergroup_goes_on_under_its_new_id(connected: GroupRoom, card: Message) -> None:
    await connected.tells(migrate_to_chat_id=-1005)
    new = GroupRoom(connected.town, connected.desk, -1005)
    await new.tells(migrate_from_chat_id=CHAT)
    assert "Laporan terbuka" in await new.says(RINA, "/antrean")


async def test_an_accusation_never_shows_in_a_group(connected: GroupRoom, town: Town) -> None:
    await town.hires(7030, Role.INSPECTOR)
    await town.hires(7031, Role.UNIT_HEAD, "disdukcapil")
    second = GroupRoom(town, connected.desk, -1009)
    await second.says(7031, await code_of(connected, 7031))
    number = await town.files(LEVY, chat_id=7022)
    await town.forwards(number)
    assert await second.delivers() == []
    assert number not in await second.says(7031, "/antrean")
    assert "tidak ada di grup ini" in await second.says(7031, f"/balas {number} {ANSWER}")
    assert number not in "\n".join(each.text or "" for each in second.shown)


def test_a_card_offers_what_makes_sense_in_a_group(card: Message) -> None:
    assert labels(card) == ["Tangani", "Buka di obrolan pribadi"]
    assert BOT["id"] == 42


class Mute(GroupDesk):
    """A group in which we may not write; Telegram says so in words of its own."""

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109 (aiogram asks it so)
        """Refuses every message."""
        if isinstance(method, SendMessage):
            raise TelegramForbiddenError(method, "Forbidden: bot was kicked by Ibu Sari")
        return await super().make_request(bot, method, timeout)


async def test_what_telegram_answers_is_logged_by_its_kind_alone(
    town: Town, dewi: Warga, rina: Warga, caplog: pytest.LogCaptureFixture
) -> None:
    command = re.search(r"/hubungkan [A-Z0-9]{8}", await rina.says("/hubungkan"))
    assert command
    await GroupRoom(town, Mute()).says(RINA, command[0])
    told = [record.getMessage() for record in caplog.records if record.name.startswith("handlers.")]
    assert told == ["an answer could not be shown in a group: TelegramForbiddenError"]
