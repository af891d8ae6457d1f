"""Before a handler sees an update: groups are shown the way, taps are answered, people are known."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import ClientDecodeError, TelegramBadRequest
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageReplyMarkup,
    GetMe,
    SendMessage,
    SetMyCommands,
    TelegramMethod,
)
from aiogram.types import Chat, Message, Update, User

from bot.app import dispatcher
from bot.house import House, build
from bot.middlewares import telegram_person
from storage.engine import Database
from storage.unit_of_work import Cause
from tests.conftest import FakeClock

SARI = {"id": 701, "is_bot": False, "first_name": "Sari", "language_code": "in"}
PRIVATE = {"id": 701, "type": "private"}
GROUP = {"id": -100123, "type": "supergroup", "title": "Warga RW 05"}


class Telephone(BaseSession):
    """A transport that keeps what is called; it may refuse to answer taps or to set menus."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[TelegramMethod[Any]] = []
        self.refused: tuple[type[TelegramMethod[Any]], ...] = ()
        self.unreadable: tuple[type[TelegramMethod[Any]], ...] = ()

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109 (aiogram's signature)
    ) -> Any:
        """Answers as Telegram does."""
        self.calls.append(method)
        if isinstance(method, self.unreadable):
            raise ClientDecodeError("no JSON", ValueError("x"), "<html>")
        if isinstance(method, self.refused):
            raise TelegramBadRequest(method=method, message="Bad Request: query is too old")
        match method:
            case GetMe():
                return User(id=42, is_bot=True, first_name="Lapor", username="lapor_uji_bot")
            case SendMessage():
                return Message(message_id=9, date=0, chat=Chat(id=1, type="private"), text=method.text)  # type: ignore[arg-type]  # as Telegram writes it
            case _:
                return True

    async def close(self) -> None:
        """Has nothing to close."""

    async def stream_content(self, *_args: Any, **_kwargs: Any) -> AsyncGenerator[bytes, None]:
        """Gives no file."""
        yield b""

    @property
    def texts(self) -> list[str]:
        return [call.text for call in self.calls if isinstance(call, SendMessage)]


class Switchboard:
    """The dispatcher with a transport that keeps what is called."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.telephone = Telephone()
        self._bot = Bot("42:TEST-token", session=self.telephone)
        self._dispatcher = dispatcher(house.services)

    async def hears(self, number: int = 1, **update: Any) -> list[str]:
        """Leads an update through; returns the texts that were sent."""
        before = len(self.telephone.texts)
        read = Update.model_validate({"update_id": number, **update}, context={"bot": self._bot})
        await self._dispatcher.feed_update(self._bot, read, cause=Cause(number, 1))
        return self.telephone.texts[before:]


@pytest.fixture
def switchboard(register: Database, clock: FakeClock) -> Switchboard:
    """Nobody is known yet."""
    return Switchboard(build(register, clock))


def message(text: str, chat: dict[str, Any] = PRIVATE, **more: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": 1, "chat": chat, "from": SARI, "text": text, **more}


def tapped(data: str) -> dict[str, Any]:
    shown = {"message_id": 4, "date": 1, "chat": PRIVATE, "text": "Pilih"}
    return {"id": "77", "from": SARI, "chat_instance": "1", "data": data, "message": shown}


async def test_in_a_group_a_command_is_answered_with_the_way_to_the_private_chat(switchboard: Switchboard) -> None:
    [answer] = await switchboard.hears(message=message("/lapor jalan rusak", GROUP))
    assert "https://t.me/lapor_uji_bot" in answer


async def test_in_a_group_people_talk_undisturbed_and_nobody_is_written_down(switchboard: Switchboard) -> None:
    assert await switchboard.hears(message=message("jalan rusak lagi", GROUP)) == []
    assert await switchboard.hears(message=message("/lapor", GROUP)) != []
    async with switchboard.house.database.reading() as work:
        assert await work.identities.person_of(701) is None


async def test_in_a_topic_of_a_group_the_answer_stays_in_the_topic(switchboard: Switchboard) -> None:
    await switchboard.hears(message=message("/lapor", GROUP, message_thread_id=12, is_topic_message=True))
    [sent] = [call for call in switchboard.telephone.calls if isinstance(call, SendMessage)]
    assert sent.message_thread_id == 12


async def test_a_group_that_lets_nobody_write_raises_nothing(switchboard: Switchboard) -> None:
    switchboard.telephone.refused = (SendMessage,)
    await switchboard.hears(message=message("/lapor", GROUP))


@pytest.mark.parametrize(
    ("command", "answers"), [("/lapor@lapor_uji_bot", 1), ("/lapor@Lapor_Uji_Bot x", 1), ("/lapor@other_bot", 0)]
)
async def test_in_a_group_a_command_for_another_bot_is_left_to_it(
    switchboard: Switchboard, command: str, answers: int
) -> None:
    assert len(await switchboard.hears(message=message(command, GROUP))) == answers


async def test_what_comes_from_nobody_is_left_alone(switchboard: Switchboard) -> None:
    from_nobody = {name: value for name, value in message("/lapor").items() if name != "from"}
    assert await switchboard.hears(message=from_nobody) == []


async def test_a_tap_is_answered_before_anything_else_is_called(switchboard: Switchboard) -> None:
    await switchboard.hears(callback_query=tapped("1:help"))
    assert isinstance(switchboard.telephone.calls[0], AnswerCallbackQuery)


async def test_a_tap_that_is_too_old_to_be_answered_is_worked_all_the_same(switchboard: Switchboard) -> None:
    switchboard.telephone.refused = (AnswerCallbackQuery,)
    assert await switchboard.hears(callback_query=tapped("1:help"))


async def test_a_tap_whose_answer_cannot_be_read_is_worked_all_the_same(switchboard: Switchboard) -> None:
    switchboard.telephone.unreadable = (AnswerCallbackQuery, EditMessageReplyMarkup)
    assert await switchboard.hears(callback_query=tapped("1:help"))


@pytest.mark.parametrize("data", ["0:old:menu", "1:kind:abc:xyz", "1:kind:1:nonsense", "1:send:999", "x", "1:show"])
async def test_an_old_or_forged_button_says_so_and_raises_nothing(switchboard: Switchboard, data: str) -> None:
    answers = await switchboard.hears(callback_query=tapped(data))
    assert len(answers) == 1


async def test_a_tap_that_comes_without_its_message_is_worked_all_the_same(switchboard: Switchboard) -> None:
    lost = {name: value for name, value in tapped("1:help").items() if name != "message"}
    assert len(await switchboard.hears(callback_query=lost)) == 1


async def test_the_menu_of_a_citizen_is_set_once(switchboard: Switchboard) -> None:
    await switchboard.hears(1, message=message("/start"))
    await switchboard.hears(2, message=message("/start"))
    menus = [call for call in switchboard.telephone.calls if isinstance(call, SetMyCommands)]
    assert len(menus) == 1
    assert "lapor" in [command.command for command in menus[0].commands]


async def test_a_menu_that_could_not_be_set_is_tried_again_and_harms_nothing(switchboard: Switchboard) -> None:
    switchboard.telephone.refused = (SetMyCommands,)
    assert await switchboard.hears(1, message=message("/start"))
    switchboard.telephone.refused = ()
    await switchboard.hears(2, message=message("/start"))
    assert len([call for call in switchboard.telephone.calls if isinstance(call, SetMyCommands)]) == 2


async def test_who_blocks_the_bot_is_marked_and_who_comes_back_is_reachable_again(switchboard: Switchboard) -> None:
    await switchboard.hears(1, message=message("/start"))

    async def unreachable() -> bool:
        async with switchboard.house.database.reading() as work:
            return bool(await work.people.unreachable())

    bot = {"id": 42, "is_bot": True, "first_name": "Lapor"}
    there, gone = {"status": "member", "user": bot}, {"status": "kicked", "user": bot, "until_date": 0}
    change = {"chat": PRIVATE, "from": SARI, "date": 1}
    await switchboard.house.services.people.blocked(telegram_person(User(**SARI)))
    assert await unreachable()
    await switchboard.hears(2, my_chat_member={**change, "old_chat_member": gone, "new_chat_member": there})
    assert not await unreachable()


async def test_a_live_location_that_moves_is_not_answered_every_time(switchboard: Switchboard) -> None:
    moved = message("", edit_date=2, location={"latitude": -6.1, "longitude": 106.1, "live_period": 900})
    del moved["text"]
    assert await switchboard.hears(edited_message=moved) == []


async def test_a_changed_message_is_answered_politely(switchboard: Switchboard) -> None:
    [answer] = await switchboard.hears(edited_message=message("jalan rusak", edit_date=2))
    assert "pesan baru" in answer
