"""A citizen before the real dispatcher, and a Telegram that only keeps what it is told."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from itertools import count
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession
from aiogram.methods import (
    EditMessageReplyMarkup,
    EditMessageText,
    GetMe,
    SendDocument,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.types import BufferedInputFile, Chat, InlineKeyboardMarkup, Message, Update, User

from bot.shown import note_shown
from handlers.showing import SpeakingBot
from simulator.formatting import formatted, units
from storage.engine import Database
from tests.conftest import FakeClock

LIMIT = 4096


class Desk(BaseSession):
    """The transport: every call is kept, checked as strictly as Telegram would, and answered at once."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Message] = []
        self.documents: list[BufferedInputFile] = []
        self.captions: list[str] = []
        self._numbers = count(1000)

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109 (aiogram asks it so)
        """Answers a call as Telegram does when all is well."""
        match method:
            case SendMessage():
                return self._keep(bot, int(method.chat_id), method.text, method.reply_markup)
            case EditMessageText():
                self._take_away(method.message_id)
                return self._keep(bot, int(method.chat_id or 0), method.text, method.reply_markup)
            case EditMessageReplyMarkup():
                self._take_away(method.message_id)
                return True
            case SendDocument(document=BufferedInputFile() as document):
                self.documents.append(document)
                return True
            case SendPhoto(photo=BufferedInputFile()):
                self.captions.append(method.caption or "")
                return True
            case GetMe():
                return User(id=42, is_bot=True, first_name="Lapor", username="lapor_bot")
            case _:
                return True

    async def close(self) -> None:
        """Has nothing to close."""

    async def stream_content(self, *_args: Any, **_kwargs: Any) -> AsyncGenerator[bytes, None]:
        """Gives no file."""
        yield b""

    def _keep(self, bot: Bot, chat_id: int, text: str, markup: Any) -> Message:
        parsed = formatted(text, "HTML").text
        assert units(parsed) <= LIMIT
        keyboard = markup if isinstance(markup, InlineKeyboardMarkup) else None
        message = Message(
            message_id=next(self._numbers),
            date=datetime(2025, 1, 6, tzinfo=UTC),
            chat=Chat(id=chat_id, type="private"),
            from_user=User(id=42, is_bot=True, first_name="Lapor"),
            text=parsed,
            reply_markup=keyboard,
        )
        self.shown.append(message)
        return message.as_(bot)

    def _take_away(self, message_id: int | None) -> None:
        self.shown = [
            shown.model_copy(update={"reply_markup": None}) if shown.message_id == message_id else shown
            for shown in self.shown
        ]


class Warga:
    """One citizen: what they do, and what they read."""

    def __init__(
        self,
        bot: SpeakingBot,
        desk: Desk,
        dispatcher: Dispatcher,
        clock: FakeClock,
        database: Database,
        chat_id: int = 7001,
        language: str | None = "id",
    ) -> None:
        self._language = language
        self._bot, self._desk, self._dispatcher, self._clock = bot, desk, dispatcher, clock
        self._database = database
        self._numbers = count(chat_id * 1000)
        self.id = chat_id
        self.sent = 0
        """The id of the message that was sent last."""

    async def says(self, text: str, *, reply_to: Message | None = None) -> str:
        """Writes a text, and reads the answer."""
        replied = {"reply_to_message": reply_to.model_dump(mode="json", exclude_none=True)} if reply_to else {}
        return await self.sends(text=text, **replied)

    async def sends(self, **content: Any) -> str:
        """Sends a message of any content, and reads the answer."""
        message = self._message(**content)
        self.sent = message["message_id"]
        return await self._feed(message=message)

    async def edits(self, text: str, message_id: int | None = None, *, caption: bool = False) -> str:
        """Changes a message that was sent before; without its id, one that nothing was taken from."""
        known = {"message_id": message_id} if message_id else {}
        words = {"caption" if caption else "text": text}
        return await self._feed(edited_message=self._message(**words, edit_date=1, **known))

    async def photographs(self, unique: str = "photo", caption: str = "", size: int = 90_000) -> str:
        """Sends a photo in two sizes."""
        small = {"file_id": f"s-{unique}", "file_unique_id": f"s-{unique}", "width": 90, "height": 90, "file_size": 9}
        large = {"file_id": unique, "file_unique_id": unique, "width": 900, "height": 900, "file_size": size}
        return await self.sends(photo=[small, large], **({"caption": caption} if caption else {}))

    async def hands_in(self, kind: str, size: int = 1000) -> str:
        """Sends a document, a video, a voice note or the like."""
        file = {"file_id": kind, "file_unique_id": kind, "file_size": size, "duration": 3, "width": 1, "height": 1}
        return await self.sends(**{kind: file | {"length": 1}})

    async def taps(self, label: str) -> str:
        """Taps the newest button with this label, and reads the answer."""
        message, data = self._button(label)
        return await self.presses(data, message)

    async def taps_twice(self, label: str) -> tuple[str, str]:
        """Taps twice before the first answer could be seen."""
        message, data = self._button(label)
        return await self.presses(data, message), await self.presses(data, message)

    async def presses(self, data: str, message: Message | None = None) -> str:
        """Sends what a button says, be it there or not."""
        under = (message or self._any_message()).model_dump(mode="json", exclude_none=True)
        query = {"id": "1", "from": self._who(), "chat_instance": "1", "data": data, "message": under}
        return await self._feed(callback_query=query)

    def reads(self) -> str:
        """The newest message."""
        return self.newest.text or ""

    @property
    def newest(self) -> Message:
        """The newest message as it came."""
        return self._seen()[-1]

    def labels(self) -> list[str]:
        """The buttons under the newest message."""
        keyboard = self.newest.reply_markup
        return [button.text for row in keyboard.inline_keyboard for button in row] if keyboard else []

    def data_of(self, label: str) -> str:
        """What a button says when it is tapped."""
        return self._button(label)[1]

    def _button(self, label: str) -> tuple[Message, str]:
        for message in reversed(self._desk.shown):
            for row in message.reply_markup.inline_keyboard if message.reply_markup else ():
                for button in row:
                    if button.text == label and message.chat.id == self.id:
                        return message, str(button.callback_data)
        raise AssertionError(f"no button {label!r}; the newest message reads:\n{self.reads()}")

    async def _feed(self, **content: Any) -> str:
        before = len(self._desk.shown)
        update = {"update_id": next(self._numbers), **content}
        try:
            await self._dispatcher.feed_update(self._bot, Update.model_validate(update, context={"bot": self._bot}))
        finally:
            await self._ends()
        return "\n".join(message.text or "" for message in self._desk.shown[before:])

    async def _ends(self) -> None:
        """The update ends as it does in the inbox: what it has shown is a row."""
        async with self._database.work() as work:
            told = self._bot.hand_over(self.id)
            await note_shown(work, [told] if told else [], self._clock())
            await work.commit()

    def _any_message(self) -> Message:
        """A forged tap comes from some message in the own chat."""
        return self.newest.model_copy() if self._seen() else Message.model_validate(self._message(text="?"))

    def _seen(self) -> list[Message]:
        return [message for message in self._desk.shown if message.chat.id == self.id]

    def _message(self, **content: Any) -> dict[str, Any]:
        return {
            "message_id": next(self._numbers),
            "date": int(self._clock().timestamp()),
            "chat": {"id": self.id, "type": "private"},
            "from": self._who(),
            **content,
        }

    def _who(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": "Sari <b>&", "language_code": self._language}


def exchanged(number: str) -> str:
    """The number with its first two unlike neighbours in the wrong order, as fingers slip."""
    at = next(i for i in range(len(number) - 1) if number[i] != number[i + 1] and "-" not in number[i : i + 2])
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
