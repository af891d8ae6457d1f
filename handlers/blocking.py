"""Somebody blocks the bot: nothing is sent to them until they write again, and nothing is held against them."""

from __future__ import annotations

from aiogram.enums import ChatMemberStatus
from aiogram.types import ChatMemberUpdated

from handlers.activities import Services
from handlers.talk import Talk
from locales.translator import locale_of
from services.people import TelegramPerson
from storage.unit_of_work import Cause


def router() -> Talk:
    """Hears who leaves and who comes back."""
    blocking = Talk("blocking")
    blocking.my_chat_member.register(take_leave)
    return blocking


async def take_leave(update: ChatMemberUpdated, services: Services, cause: Cause) -> None:
    """Notes who has blocked the bot; who lets it speak again gets what has waited meanwhile."""
    user = update.from_user
    person = TelegramPerson(update.chat.id, user.full_name, user.username, locale_of(user.language_code))
    if update.new_chat_member.status in (ChatMemberStatus.KICKED, ChatMemberStatus.LEFT):
        await services.people.blocked(person, cause)
    else:
        await services.people.meet(person, cause)
