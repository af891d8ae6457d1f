"""Reference: aiogram with a dialogue in its FSM, and one SQLAlchemy insert and commit for every answer."""

import gc
import sys
from pathlib import Path

import uvloop
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.memory import MemoryStorage, SimpleEventIsolation
from aiogram.methods import Response
from aiogram.types import Message
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from storage.engine import async_url, create_engine


class Base(DeclarativeBase):
    """Of one table."""


class Answer(Base):
    """What somebody has answered."""

    __tablename__ = "answers"
    id: Mapped[int] = mapped_column(primary_key=True)
    chat: Mapped[int] = mapped_column()
    text: Mapped[str]


async def main(url: str, token: str, database: str) -> None:
    """Polls until it is told to end; engine, pragmas and the garbage collector are those of the program."""
    engine = create_engine(async_url(database), writes=True)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    dispatcher = Dispatcher(storage=MemoryStorage(), events_isolation=SimpleEventIsolation(), held=Response[Message])

    @dispatcher.message()
    async def take(message: Message, state: FSMContext) -> None:
        step = await state.get_value("step", 0) + 1
        await state.update_data(step=step)
        async with sessions() as session:
            session.add(Answer(chat=message.chat.id, text=message.text or "-"))
            await session.commit()
        await message.answer(f"Question {step}")

    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    await dispatcher.start_polling(bot, polling_timeout=25, allowed_updates=["message"])


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:4]))
