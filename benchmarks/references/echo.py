"""Reference: bare aiogram, which says every text again and keeps nothing."""

from __future__ import annotations

import gc
import sys

import uvloop
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import Response
from aiogram.types import Message


async def main(url: str, token: str) -> None:
    """Polls until it is told to end; the garbage collector is tamed as in the program."""
    dispatcher = Dispatcher(disable_fsm=True)

    @dispatcher.message()
    async def say_again(message: Message) -> None:
        await message.answer(message.text or "-")

    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    held = Response[Message]
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    await dispatcher.start_polling(bot, polling_timeout=25, allowed_updates=["message"])
    del held


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:3]))
