"""Answers in a group: as a reply to who spoke, in the topic where they spoke, or to who tapped alone."""

from __future__ import annotations

import logging

from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat
from aiogram.types import CallbackQuery, Message, ReplyParameters

from handlers.showing import SpeakingBot, bot_of, keyboard, without_markup
from locales.translator import Html
from views.screen import Screen, clip

TOAST = 200
"""Characters that the answer to a tap may have."""

TYPED = "typed"
"""The id of a tap that was typed as a number: Telegram knows of none."""

log = logging.getLogger(__name__)


def topic_of(message: Message) -> int | None:
    """The topic in which something stands."""
    return message.message_thread_id if message.is_topic_message else None


async def answer(message: Message, screen: Screen) -> int | None:
    """Replies, so that everybody sees to whom; returns the id of the answer, None where we may not write.

    That is mended by people and not by another try, and colleagues wait for their turn in the same chat.
    """
    try:
        sent = await bot_of(message).send_message(
            message.chat.id,
            screen.text,
            parse_mode=ParseMode.HTML,
            message_thread_id=topic_of(message),
            reply_parameters=ReplyParameters(message_id=message.message_id, allow_sending_without_reply=True),
            reply_markup=keyboard(screen),
        )
    except (TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat) as error:
        log.warning("an answer could not be shown in a group: %s", type(error).__name__)
        return None
    return sent.message_id


async def hint(message: Message, screen: Screen) -> None:
    """Says where to go. Muted, flooded or thrown out: a hint is not worth a second try."""
    try:
        await bot_of(message).send_message(
            message.chat.id, screen.text, parse_mode=ParseMode.HTML, message_thread_id=topic_of(message)
        )
    except TelegramAPIError as error:
        log.warning("a group could not be shown the way: %s", type(error).__name__)


async def answer_count(message: Message, screen: Screen) -> None:
    """Replies once to all photos of an album, with a count that is redrawn as they come."""
    bot, album, chat_id = bot_of(message), message.media_group_id, message.chat.id
    counter = bot.counter(chat_id, album) if album is not None and isinstance(bot, SpeakingBot) else None
    if counter is not None and await _rewritten(message, counter, screen):
        return
    counter = await answer(message, screen)
    if album is not None and counter is not None and isinstance(bot, SpeakingBot):
        bot.counts(chat_id, album, counter)


async def redraw(query: CallbackQuery, screen: Screen) -> None:
    """Changes the message that was tapped, so that a group is not filled with what is over."""
    message = query.message
    if not isinstance(message, Message):
        return
    if not await _rewritten(message, message.message_id, screen):
        await answer(message, screen)


async def tell(query: CallbackQuery, text: Html) -> None:
    """Tells who tapped, and nobody else: strangers who tap must not fill the group with answers."""
    said = clip(without_markup(text), TOAST)
    if query.id == TYPED:
        if isinstance(query.message, Message):
            await answer(query.message, Screen(text))
        return
    try:
        # A window and not a passing line, which no screen reader reads.
        await query.answer(said, show_alert=True)
    except TelegramBadRequest:
        log.debug("a tap can no longer be answered")


async def settle(query: CallbackQuery) -> None:
    """Answers a tap without words: the message says what there is to say."""
    if query.id == TYPED:
        return
    try:
        await query.answer()
    except TelegramBadRequest:
        # Too old, or answered before.
        log.debug("a tap can no longer be answered")


async def _rewritten(message: Message, message_id: int, screen: Screen) -> bool:
    try:
        await bot_of(message).edit_message_text(
            screen.text,
            chat_id=message.chat.id,
            message_id=message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(screen),
        )
    except TelegramBadRequest as refusal:
        return "not modified" in refusal.message.lower()
    except (TelegramForbiddenError, TelegramMigrateToChat) as error:
        log.warning("a message could not be changed in a group: %s", type(error).__name__)
    return True
