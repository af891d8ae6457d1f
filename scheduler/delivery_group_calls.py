"""One call for a group by python-telegram-bot, and what came of it: topics, cards, edits, and every way they fail."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import assert_never

from telegram import LinkPreviewOptions, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from domain.groups import Errand
from locales.translator import Words
from scheduler.delivery_courier import keyboard, styled
from scheduler.delivery_files import Bot
from scheduler.delivery_outcome import NOBODY_THERE, Outcome, Unreachable, outcome_of
from services.group_sheets import GroupCall
from views import groups

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True)
class Done:
    """Telegram has done it; `given` is the id of the topic or message that it made."""

    given: int | None = None


@dataclass(frozen=True)
class Moved:
    """The group has become a supergroup under another id."""

    chat_id: int


@dataclass(frozen=True)
class Missing:
    """Somebody has deleted the topic, or the message that was to be changed."""

    why: str
    topic: bool


@dataclass(frozen=True)
class NoTopics:
    """The group has no topics, or we may not open and close them."""

    why: str


GroupOutcome = Done | Moved | Missing | NoTopics | Outcome

# Telegram rewords its errors, so they are looked for loosely.
_TOPIC_GONE = ("thread not found", "topic_id_invalid", "topic_deleted", "topic not found")
_CARD_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_NO_TOPICS = ("not a forum", "manage topics", "forum_disabled", "chat_admin_required")
_MUTE = ("not enough rights to send", "have no rights to send", "chat_write_forbidden", "chat_restricted")
_SO_ALREADY = ("not modified", "topic_not_modified", "topic_closed_already")


class GroupCourier:
    """Makes calls for groups; the library's limiter keeps the calls to one group apart."""

    def __init__(self, bot: Bot, patience: float = 20) -> None:
        """Takes the bot of the courier, so that one limiter counts everything. `patience` is in seconds."""
        self._bot = bot
        self._patience = patience

    async def make(self, call: GroupCall, words: Words) -> GroupOutcome:
        """Makes one call; every error of Telegram or of the road becomes an outcome."""
        try:
            async with asyncio.timeout(self._patience):
                return Done(await self._make(call, words))
        except ChatMigrated as error:
            return Moved(error.new_chat_id)
        except BadRequest as error:
            return _of_refusal(error)
        except Forbidden as error:
            return Unreachable(error.message)
        except (TelegramError, TimeoutError) as error:
            return outcome_of(error)

    async def _make(self, call: GroupCall, words: Words) -> int | None:
        match call.errand:
            case Errand.OPEN:
                name = groups.topic_name(call)
                return (await self._bot.create_forum_topic(call.chat_id, name)).message_thread_id
            case Errand.RENAME:
                await self._bot.edit_forum_topic(call.chat_id, call.thread_id or 0, groups.topic_name(call))
            case Errand.CLOSE:
                await self._bot.close_forum_topic(call.chat_id, call.thread_id or 0)
            case Errand.REOPEN:
                await self._bot.reopen_forum_topic(call.chat_id, call.thread_id or 0)
            case Errand.EDIT:
                await self._edit(call, words)
            case Errand.CARD | Errand.LIST | Errand.SAY:
                return await self._send(call, words)
            case _:
                assert_never(call.errand)
        return None

    async def _send(self, call: GroupCall, words: Words) -> int:
        screen = groups.message(call, words)
        # Where there is a topic it is the place; elsewhere words hang on the card that they are about.
        hangs = call.errand is Errand.SAY and call.thread_id is None and call.message_id is not None
        reply = ReplyParameters(call.message_id or 0, allow_sending_without_reply=True) if hangs else None
        sent = await styled(
            screen.text,
            f"group {call.errand}",
            lambda text, mode: self._bot.send_message(
                call.chat_id,
                text,
                parse_mode=mode,
                message_thread_id=call.thread_id,
                reply_parameters=reply,
                reply_markup=keyboard(screen),
                link_preview_options=_NO_PREVIEW,
            ),
        )
        return sent.message_id

    async def _edit(self, call: GroupCall, words: Words) -> None:
        screen = groups.message(call, words)
        await styled(
            screen.text,
            f"group {call.errand}",
            lambda text, mode: self._bot.edit_message_text(
                text,
                call.chat_id,
                call.message_id,
                parse_mode=mode,
                reply_markup=keyboard(screen),
                link_preview_options=_NO_PREVIEW,
            ),
        )


def _of_refusal(error: BadRequest) -> GroupOutcome:
    """What a 400 means in a group."""
    why = error.message

    def speaks_of(sayings: tuple[str, ...]) -> bool:
        return any(words in why.lower() for words in sayings)

    if speaks_of(_SO_ALREADY):
        return Done()
    if speaks_of(_TOPIC_GONE):
        return Missing(why, topic=True)
    if speaks_of(_CARD_GONE):
        return Missing(why, topic=False)
    if speaks_of(_MUTE) or speaks_of(NOBODY_THERE):
        return Unreachable(why)
    return NoTopics(why) if speaks_of(_NO_TOPICS) else outcome_of(error)
