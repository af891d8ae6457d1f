"""The courier: carries one screen to one chat by python-telegram-bot, within Telegram's limits."""

from __future__ import annotations

import asyncio
import logging
import re
import warnings
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from html import unescape
from typing import TypeVar

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot
from telegram.warnings import PTBDeprecationWarning

from domain.groups import BETWEEN_CALLS
from scheduler.delivery_beat import Beat, InBeat
from scheduler.delivery_files import Bot, FileSource, Luggage, about_words, refused
from scheduler.delivery_line import Line
from scheduler.delivery_outcome import Outcome, Sent, outcome_of
from views.screen import TEXT_LIMIT, File, Screen, clip, utf16_length

CAPTION_LIMIT = 1024
"""Characters of a caption at Telegram, counted after entities are parsed (in UTF-16 code units)."""

UPLOAD_S = 10
"""Seconds more that an answer may take for each file that goes along."""

A_SECOND = 25
"""Messages a second: Telegram grants thirty over all chats, and dialogues in other processes need some of them."""

CONNECTIONS = 16
"""More than are ever in flight, letters and groups, so that none waits for a connection."""

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Made = TypeVar("Made")

log = logging.getLogger(__name__)


class Courier:
    """Sends screens; every error of Telegram or of the road becomes an `Outcome`."""

    def __init__(
        self,
        token: str,
        api_url: str,
        proxy: str | None = None,
        patience: float = 10,
        source: FileSource | None = None,
        between: timedelta = BETWEEN_CALLS,
        a_second: float = A_SECOND,
    ) -> None:
        """Calls nobody yet. `patience` is how many seconds an answer may take; a whole letter may take twice that.

        Files that Telegram does not have yet are uploaded from the `source`. `between` is how far apart the calls
        to one group are, `a_second` how many messages leave.
        """
        _keep_quiet()
        self._patience = patience
        self.beat = Beat(a_second)
        self._line = Line(CONNECTIONS, patience, proxy)
        self.bot: Bot = ExtBot(
            token,
            base_url=f"{api_url.rstrip('/')}/bot",
            base_file_url=f"{api_url.rstrip('/')}/file/bot",
            request=self._line,
            get_updates_request=self._line,
            # Never a retry behind our back: what waits is a row, and rows are claimed afresh.
            rate_limiter=InBeat(self.beat, between.total_seconds()),
        )
        self._luggage = Luggage(self.bot, source)

    async def send(self, chat_id: int, screen: Screen, template: str) -> Outcome:
        """Sends a screen with its files; `template` names it in the log should its markup be broken."""
        try:
            async with asyncio.timeout(2 * self._patience + UPLOAD_S * (len(screen.files) + len(screen.documents))):
                return Sent((await self._send(chat_id, screen, template)).message_id, screen.choices)
        except (TelegramError, TimeoutError) as error:
            return outcome_of(error)

    async def close(self) -> None:
        """Closes the connections."""
        await self._line.shutdown()

    async def _send(self, chat_id: int, screen: Screen, template: str) -> Message:
        """What has the text and the buttons goes last, so that it stands below its files."""
        markup = keyboard(screen)
        for document in screen.documents:
            await self.bot.send_document(chat_id, document.content, filename=document.name)
        if screen.location is not None:
            await self.bot.send_location(chat_id, *screen.location)
        if screen.picture is not None and (
            below := await self._pictured(chat_id, screen.picture, screen.text, markup, template)
        ):
            return below
        if len(screen.files) == 1 and utf16_length(plain_words(screen.text)) <= CAPTION_LIMIT:
            captioned = await self._captioned(chat_id, screen.files[0], screen.text, markup, template)
            if captioned is not None:
                return captioned
        else:
            await self._luggage.all(chat_id, screen.files)
        write = partial(self.bot.send_message, chat_id, reply_markup=markup, link_preview_options=_NO_PREVIEW)
        return await styled(screen.text, template, lambda text, mode: write(text, parse_mode=mode))

    async def _pictured(
        self, chat_id: int, picture: bytes, text: str, markup: InlineKeyboardMarkup | None, template: str
    ) -> Message | None:
        """Sends a picture, with the text below it where that fits; None while the text is still to be sent."""
        send = partial(self.bot.send_photo, chat_id, picture, filename="grafik.png")
        try:
            if utf16_length(plain_words(text)) > CAPTION_LIMIT:
                await send()
                return None
            captioned = partial(send, reply_markup=markup)
            return await styled(text, template, lambda words, mode: captioned(caption=words, parse_mode=mode))
        except BadRequest as error:
            refused(error)
            return None

    async def _captioned(
        self, chat_id: int, file: File, caption: str, markup: InlineKeyboardMarkup | None, template: str
    ) -> Message | None:
        """Sends one file with the text below it; None when Telegram does not take the file."""
        send = partial(self._luggage.one, chat_id, file, reply_markup=markup)
        try:
            return await styled(caption, template, lambda text, mode: send(caption=text, parse_mode=mode))
        except BadRequest as error:
            refused(error)
            return None


def plain_words(html: str) -> str:
    """What a reader sees of a text with markup, also where the markup is broken."""
    return unescape(_TAG.sub("", html))


_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


async def styled(html: str, template: str, send: Callable[[str, str | None], Awaitable[Made]]) -> Made:
    """Sends with markup, or without it where Telegram cannot read it: words before looks."""
    try:
        return await send(html, ParseMode.HTML)
    except BadRequest as error:
        if not about_words(error):
            raise
        log.error("the template %s has broken markup or is too long; it went out as plain text: mend it", template)
        return await send(clip(plain_words(html), TEXT_LIMIT), None)


def keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    """The buttons of a screen as Telegram wants them."""
    rows = [
        [InlineKeyboardButton(button.label, callback_data=button.tap.pack()) for button in row] for row in screen.rows
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def _keep_quiet() -> None:
    """Silences what would log people's words (the library's own lines)."""
    # Whatever it would report reaches us as an exception, and we report that.
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", ".*attribute `retry_after`", PTBDeprecationWarning)
