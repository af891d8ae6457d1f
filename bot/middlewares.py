"""What every update goes through before a handler sees it: taps answered, the person known, the chat private."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from aiogram import BaseMiddleware, Bot, Dispatcher
from aiogram.enums import ChatType
from aiogram.exceptions import AiogramError, TelegramAPIError
from aiogram.types import BotCommand, BotCommandScopeChat, CallbackQuery, TelegramObject, Update, User

from domain.fair_use import Admission
from handlers.activities import Services
from handlers.showing import SpeakingBot
from locales.translator import locale_of, words_for
from services.caller import Caller
from services.people import Guest, TelegramPerson, menu_for
from views.emergency import not_heard
from views.menus import commands

log = logging.getLogger(__name__)

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class AnswerTaps(BaseMiddleware):
    """Answers a tap beside the work that it asks for: Telegram waits only seconds for it, and people for the work."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Answers without words, since a toast is not read aloud; the screen says what there is to say."""
        query = event.callback_query if isinstance(event, Update) else None
        if query is None:
            return await handler(event, data)
        worked: Any = None
        failed: Exception | None = None
        async with asyncio.TaskGroup() as beside:
            beside.create_task(self._answer(query))
            try:
                worked = await handler(event, data)
            except Exception as error:  # noqa: BLE001 (raised below as it is, not as one of a group)
                failed = error
        if failed is not None:
            raise failed
        return worked

    @staticmethod
    async def _answer(query: CallbackQuery) -> None:
        try:
            await query.answer()
        except AiogramError as error:
            # Too old, answered before the process was killed, or no road: what there is to say the screen says.
            log.debug("a tap is not answered: %s", type(error).__name__)


class InGroups(BaseMiddleware):
    """Hands whatever happens in a group to another conversation: nothing of a private chat can be said there."""

    def __init__(self, conversation: Dispatcher) -> None:
        """Takes the dispatcher of groups."""
        self._conversation = conversation

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Lets through what comes from a private chat."""
        chat = data.get("event_chat")
        if chat is None or chat.type == ChatType.PRIVATE or not isinstance(event, Update):
            return await handler(event, data)
        return await self._conversation.feed_update(data["bot"], event, cause=data.get("cause"))


class Meeting(BaseMiddleware):
    """Knows who writes: hands over the `guest`, `by` and `words`, and shows the menu of the person's role."""

    def __init__(self, services: Services) -> None:
        """Asks `services.people`."""
        self._services = services

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Meets the person of a private chat; who only left or came back is not asked anything."""
        user: User | None = data.get("event_from_user")
        if user is None:
            # Nobody to answer; channels and services write so.
            return None
        if not isinstance(event, Update) or event.my_chat_member:
            return await handler(event, data)
        person = telegram_person(user)
        guest = await self._services.people.receive(person, data.get("cause"))
        by = guest.by
        data["by"], data["words"] = replace(by, message_id=_message_id(event)), words_for(by.locale)
        data["guest"] = guest
        bot = data["bot"]
        if isinstance(bot, SpeakingBot):
            bot.hears(person.chat_id, by.person_id)
        answer = await handler(event, data)
        changed = answer if isinstance(answer, Caller) else await self._joined(event, person)
        if changed or menu_for(by.actor) != guest.known.menu:
            await self._menu(data["bot"], person.chat_id, changed or by)
        return answer

    async def _joined(self, event: Update, person: TelegramPerson) -> Caller | None:
        """An invitation gives a role while its update is worked, so the person is met once more afterwards."""
        text = event.message.text if event.message else None
        return await self._services.people.meet(person) if text and text.startswith("/start ") else None

    async def _menu(self, bot: Bot, chat_id: int, by: Caller) -> None:
        """Sets the menu when the role has changed; a menu that fails is tried at the next update."""
        due = await self._services.people.menu_due(by)
        if due is None:
            return
        listed = [
            BotCommand(command=name, description=said) for name, said in commands(words_for(due.locale), due.menu)
        ]
        try:
            await bot.set_my_commands(listed, scope=BotCommandScopeChat(chat_id=chat_id))
        except TelegramAPIError as error:
            log.warning("the menu could not be set: %s", type(error).__name__)
        else:
            await self._services.people.menu_shown(by, due.menu)


class FairUse(BaseMiddleware):
    """Keeps out whoever floods the bot: answered once, then passed over. Stands behind `Meeting`."""

    def __init__(self, services: Services) -> None:
        """Asks `services.fairness`."""
        self._services = services

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Lets through what is within the limit; whoever only left or came back is not counted."""
        guest: Guest | None = data.get("guest")
        if guest is None or guest.admission is Admission.WORK:
            return await handler(event, data)
        # Decided anew: only where it is written down is it certain that one answer leaves.
        decided = await self._services.fairness.admit(data["by"])
        if decided is Admission.WORK:
            return await handler(event, data)
        if decided is Admission.ANSWER:
            words = data["words"]
            said = not_heard(words("flood.slow"), await self._services.emergency.for_everybody(), words)
            await data["bot"].send_message(data["event_chat"].id, said, parse_mode="HTML")
        return None


def telegram_person(user: User) -> TelegramPerson:
    """What Telegram says of somebody. A private chat has the number of its person; a tap may come without its chat."""
    return TelegramPerson(user.id, user.full_name, user.username, locale_of(user.language_code))


def _message_id(update: Update) -> int | None:
    """The message in which somebody speaks, edited or new; a tap is none."""
    message = update.message or update.edited_message
    return message.message_id if message else None
