"""Shows a screen in a chat, whatever became of the message that was tapped."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from html import unescape

from aiogram import Bot
from aiogram.enums import ParseMode
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InaccessibleMessage,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)

from views.screen import TEXT_LIMIT, Button, Screen, clip

log = logging.getLogger(__name__)

CAPTION_LIMIT = 1024
"""Characters of a caption at Telegram, counted as those of a message."""

_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_QUIET: ContextVar[bool] = ContextVar("quiet", default=False)


@dataclass(frozen=True)
class Told:
    """Somebody who has spoken, and the choices of the newest screen that this has brought; None if it brought none."""

    person_id: int
    choices: tuple[Button, ...] | None


class SpeakingBot(Bot):
    """The bot, holding who speaks in a chat, and what they were shown, until the end of their update."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Takes what `aiogram.Bot` takes."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed through as it comes
        self._speaks: dict[int, int] = {}
        self._shown: dict[int, tuple[Button, ...]] = {}
        self._counters: dict[int, tuple[str, int]] = {}

    def remember(self, chat_id: int, screen: Screen) -> None:
        """Holds the choices of the newest screen of a chat; an album that was counted above it is counted no more."""
        self._counters.pop(chat_id, None)
        self._shown[chat_id] = screen.choices

    def counts(self, chat_id: int, album: str, message_id: int) -> None:
        """Keeps which message counts the photos of an album that is still coming in."""
        self._counters[chat_id] = (album, message_id)

    def counter(self, chat_id: int, album: str) -> int | None:
        """The message that counts this album, unless another screen was shown below it."""
        counted, message_id = self._counters.get(chat_id, ("", 0))
        return message_id if counted == album else None

    def hears(self, chat_id: int, person_id: int) -> None:
        """Holds who speaks in a private chat."""
        self._speaks[chat_id] = person_id

    def hand_over(self, chat_id: int) -> Told | None:
        """Who has spoken in a chat since this was asked last, and what they were shown; None if nobody has."""
        person_id, choices = self._speaks.pop(chat_id, None), self._shown.pop(chat_id, None)
        return None if person_id is None else Told(person_id, choices)


@contextmanager
def quietly() -> Iterator[None]:
    """Within it no screen is shown: something more urgent is said, and the open question comes after that."""
    token = _QUIET.set(True)
    try:
        yield
    finally:
        _QUIET.reset(token)


async def show(event: Message | CallbackQuery, screen: Screen, *, in_place: bool = False) -> None:
    """Shows a screen as a new message; the buttons of a tapped one go away, since they are answered.

    `in_place` changes the tapped message instead (for switches that stay on the same question).
    """
    bot, chat_id = bot_of(event), chat_of(event)
    if in_place and isinstance(event, CallbackQuery) and await _changed(bot, event, screen):
        _remember(bot, chat_id, screen)
        return
    await show_in(bot, chat_id, screen)
    if isinstance(event, CallbackQuery):
        await drop_buttons(event)


async def show_count(message: Message, screen: Screen) -> None:
    """Shows a screen that counts files; for the next photo of the same album that message is changed.

    An album has no end marker and no count, so nobody can wait until it is complete.
    """
    bot, chat_id, album = bot_of(message), chat_of(message), message.media_group_id
    if album is None or not isinstance(bot, SpeakingBot):
        await show(message, screen)
        return
    counter = bot.counter(chat_id, album)
    if _QUIET.get() or counter is None or not await _rewritten(bot, chat_id, counter, screen):
        counter = await show_in(bot, chat_id, screen)
    if counter is not None:
        _remember(bot, chat_id, screen)
        bot.counts(chat_id, album, counter)


async def show_in(bot: Bot, chat_id: int, screen: Screen) -> int | None:
    """Sends a screen to a chat: its picture and its point first, so that the buttons stand at the end.

    Files go by delivery alone: they may have to be uploaded, and a conversation does not wait for that.
    Returns the message with the buttons; None where it is kept quiet.
    """
    if _QUIET.get():
        return None
    if screen.picture is not None:
        await _send_picture(bot, chat_id, screen.picture, screen.picture_says)
    for document in screen.documents:
        await bot.send_document(chat_id, BufferedInputFile(document.content, document.name))
    if screen.location is not None:
        latitude, longitude = screen.location
        await bot.send_location(chat_id, latitude, longitude)
    message = await _send_text(bot, chat_id, screen)
    _remember(bot, chat_id, screen)
    return message.message_id


async def drop_buttons(query: CallbackQuery) -> None:
    """Takes the buttons off a message that has been answered, as far as Telegram lets us: one too many is refused."""
    message_id = _tapped(query)
    if message_id is None:
        return
    try:
        await bot_of(query).edit_message_reply_markup(chat_id=chat_of(query), message_id=message_id)
    except AiogramError as error:
        # Not modified, deleted, older than 48 hours, or no road: what there is to say has been said.
        log.debug("buttons stay: %s", type(error).__name__)


def keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    """The buttons of a screen as Telegram wants them."""
    rows = [[InlineKeyboardButton(text=b.label, callback_data=b.tap.pack()) for b in row] for row in screen.rows]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def bot_of(event: Message | CallbackQuery) -> Bot:
    """The bot that received an event."""
    if event.bot is None:
        raise RuntimeError("the event was made without its bot")
    return event.bot


def chat_of(event: Message | CallbackQuery) -> int:
    """The chat to answer to; a tap may come without its message, and then the person is the chat."""
    if isinstance(event, Message):
        return event.chat.id
    return event.message.chat.id if event.message is not None else event.from_user.id


def without_markup(text: str) -> str:
    """The words of an HTML text alone, short enough for one message."""
    return clip(unescape(_TAG.sub("", text)), TEXT_LIMIT)


async def _send_text(bot: Bot, chat_id: int, screen: Screen) -> Message:
    buttons = keyboard(screen)
    try:
        return await bot.send_message(chat_id, screen.text, parse_mode=ParseMode.HTML, reply_markup=buttons)
    except TelegramBadRequest as refusal:
        if not _about_text(refusal):
            raise
        log.error("screen refused, sent as plain text: %s", _name_of(screen))
        return await bot.send_message(chat_id, without_markup(screen.text), parse_mode=None, reply_markup=buttons)


async def _changed(bot: Bot, query: CallbackQuery, screen: Screen) -> bool:
    """Changes the tapped message; False if it cannot be changed any more."""
    message_id = _tapped(query)
    if message_id is None or screen.location or screen.picture:
        return False
    return await _rewritten(bot, chat_of(query), message_id, screen)


async def _rewritten(bot: Bot, chat_id: int, message_id: int, screen: Screen) -> bool:
    try:
        await bot.edit_message_text(
            screen.text,
            chat_id=chat_id,
            message_id=message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(screen),
        )
    except TelegramBadRequest as refusal:
        return "not modified" in refusal.message.lower()
    return True


async def _send_picture(bot: Bot, chat_id: int, picture: bytes, says: str | None) -> None:
    try:
        caption = clip(without_markup(says), CAPTION_LIMIT) if says else None
        await bot.send_photo(chat_id, BufferedInputFile(picture, "grafik.png"), caption=caption)
    except TelegramBadRequest:
        log.warning("picture refused by Telegram")


def _tapped(query: CallbackQuery) -> int | None:
    message = query.message
    return None if message is None or isinstance(message, InaccessibleMessage) else message.message_id


def _remember(bot: Bot, chat_id: int, screen: Screen) -> None:
    if isinstance(bot, SpeakingBot):
        bot.remember(chat_id, screen)


def _about_text(refusal: TelegramBadRequest) -> bool:
    """Telegram rewords its errors: broken markup and too much text are both mended by plain words."""
    reason = refusal.message.lower()
    return "parse" in reason or "too long" in reason or "entit" in reason


def _name_of(screen: Screen) -> str:
    """Names a screen by what its buttons ask, since its words may be somebody's."""
    return ",".join(dict.fromkeys(button.tap.verb.value for button in screen.choices)) or "without buttons"
