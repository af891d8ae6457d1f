"""A group at Telegram before the real dispatcher: people who talk, reply and tap, and what they read there."""

from itertools import count
from typing import Any

from aiogram import Bot
from aiogram.methods import AnswerCallbackQuery, GetChat, GetChatMember, GetMe, TelegramMethod
from aiogram.types import ChatFullInfo, ChatMemberAdministrator, ChatMemberLeft, ChatMemberMember, Message, Update, User

from bot.app import dispatcher
from domain.groups import ANONYMOUS_ADMINISTRATOR
from handlers.showing import SpeakingBot, keyboard
from locales.translator import words_for
from services.group_post import GroupPost
from tests.handlers.citizen.warga import Desk
from tests.handlers.staff.conftest import Town
from views import groups

CHAT = -1001234
BOT = {"id": 42, "is_bot": True, "first_name": "Lapor", "username": "lapor_bot"}
RIGHTS = {
    name: False
    for name, field in ChatMemberAdministrator.model_fields.items()
    if name.startswith("can_") and field.is_required()
}


class GroupDesk(Desk):
    """A transport that also says who the bot is in a group, and keeps the windows that taps bring."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []
        self.forum = False
        self.place = "member"
        self.manages = False
        self.reads_everything = False
        self.username: str | None = None

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109 (aiogram asks it so)
        """Answers what only groups are asked."""
        me = User(**BOT, can_read_all_group_messages=self.reads_everything)
        match method:
            case AnswerCallbackQuery():
                self.windows += [method.text] if method.text else []
                return True
            case GetMe():
                return me
            case GetChat():
                return ChatFullInfo.model_validate(
                    {
                        "id": method.chat_id,
                        "type": "supergroup",
                        "is_forum": self.forum,
                        "username": self.username,
                        "accent_color_id": 0,
                        "max_reaction_count": 1,
                        "accepted_gift_types": dict.fromkeys(
                            (
                                "unlimited_gifts",
                                "limited_gifts",
                                "unique_gifts",
                                "premium_subscription",
                                "gifts_from_channels",
                            ),
                            False,
                        ),
                    }
                )
            case GetChatMember():
                if self.place == "administrator":
                    flags = RIGHTS | {"can_be_edited": False, "is_anonymous": False, "can_manage_topics": self.manages}
                    return ChatMemberAdministrator(user=me, **flags)
                return ChatMemberLeft(user=me) if self.place == "left" else ChatMemberMember(user=me)
            case _:
                return await super().make_request(bot, method, timeout)


class GroupRoom:
    """The group of the department that answers for the street lamps."""

    def __init__(self, town: Town, desk: GroupDesk, chat_id: int = CHAT) -> None:
        self.town, self.desk, self.chat_id = town, desk, chat_id
        self.post = GroupPost(town.house.office)
        self._bot = SpeakingBot("42:TEST-token", session=desk)
        self._dispatcher = dispatcher(town.house.services)
        self._numbers = count(900_000)

    async def says(self, who: int, text: str, *, to: Message | None = None, **more: Any) -> str:
        """Somebody writes, perhaps as a reply; returns what is answered."""
        replied = {"reply_to_message": to.model_dump(mode="json", exclude_none=True)} if to else {}
        return await self._feed(message=self._message(who, text=text, **replied, **more))

    async def says_as_nobody(self, text: str, **more: Any) -> str:
        """An administrator writes who wishes to stay unknown."""
        chat = {"id": self.chat_id, "type": "supergroup", "title": "Dinas"}
        masked = self._message(ANONYMOUS_ADMINISTRATOR, text=text, sender_chat=chat, **more)
        masked["from"] |= {"is_bot": True, "username": "GroupAnonymousBot"}
        return await self._feed(message=masked)

    async def taps(self, who: int, label: str, message: Message | None = None) -> str:
        """Somebody taps the newest button with this label; returns the window that it brings."""
        found = message or next(each for each in reversed(self.shown) if label in labels(each))
        data = next(b.callback_data for row in rows(found) for b in row if b.text == label)
        return await self.forges(who, str(data), found)

    async def forges(self, who: int, data: str, message: Message) -> str:
        """Somebody sends what a button may say, be it there or not; returns the window that it brings."""
        before = len(self.desk.windows)
        under = message.model_dump(mode="json", exclude_none=True) | {"chat": self._chat()}
        query = {"id": "1", "from": self._who(who), "chat_instance": "1", "data": data, "message": under}
        await self._feed(callback_query=query)
        return "\n".join(self.desk.windows[before:])

    async def tells(self, **content: Any) -> None:
        """Telegram itself writes a line."""
        await self._feed(message=self._message(1, **content))

    async def places(self, status: str) -> None:
        """Telegram tells of the bot's place in the group."""
        old, new = {"user": BOT, "status": "member"}, {"user": BOT, "status": status}
        more = {"until_date": 0} if status == "kicked" else {}
        change = {"chat": self._chat(), "from": self._who(1), "date": 1}
        await self._feed(my_chat_member=change | {"old_chat_member": old, "new_chat_member": new | more})

    async def delivers(self) -> list[Message]:
        """Brings the group what it is owed, as delivery does; returns the messages."""
        brought = []
        while turns := await self.post.turns(1):
            call = await self.post.next_call(turns[0])
            if call is None:
                continue
            screen = groups.message(call, words_for("id"))
            message = await self._bot.send_message(
                self.chat_id, screen.text, parse_mode="HTML", reply_markup=keyboard(screen)
            )
            brought.append(message)
            await self.post.done(call, message.message_id)
            self.town.clock.advance(seconds=4)
        return brought

    @property
    def shown(self) -> list[Message]:
        """What the bot has written here."""
        return [message for message in self.desk.shown if message.chat.id == self.chat_id]

    @property
    def newest(self) -> Message:
        """The newest of it."""
        return self.shown[-1]

    async def _feed(self, **content: Any) -> str:
        before = len(self.desk.shown)
        update = Update.model_validate({"update_id": next(self._numbers), **content}, context={"bot": self._bot})
        await self._dispatcher.feed_update(self._bot, update)
        return "\n".join(message.text or "" for message in self.desk.shown[before:])

    def _message(self, who: int, **content: Any) -> dict[str, Any]:
        date = int(self.town.clock().timestamp())
        return {
            "message_id": next(self._numbers),
            "date": date,
            "chat": self._chat(),
            "from": self._who(who),
            **content,
        }

    def _chat(self) -> dict[str, Any]:
        return {"id": self.chat_id, "type": "supergroup", "title": "Dinas", "is_forum": self.desk.forum}

    @staticmethod
    def _who(who: int) -> dict[str, Any]:
        return {"id": who, "is_bot": False, "first_name": "Seseorang", "language_code": "id"}


def rows(message: Message) -> list[list[Any]]:
    """The buttons under a message."""
    return list(message.reply_markup.inline_keyboard) if message.reply_markup else []


def labels(message: Message) -> list[str]:
    """What stands on them."""
    return [button.text for row in rows(message) for button in row]
