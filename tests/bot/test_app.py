"""The application over its parts: what it does when Telegram refuses in the middle of a conversation."""

from bot.app import Application
from bot.composition import open_house
from domain.messages import InboxState
from simulator.server import SimulatedTelegram
from storage.engine import Database
from tests.bot.wiring import settings_for
from tests.conftest import FakeClock


async def test_who_blocks_the_bot_before_its_answer_is_not_reached_and_leaves_no_dead_letter(
    url: str, register: Database, telegram: SimulatedTelegram, clock: FakeClock
) -> None:
    settings = settings_for(url, telegram.url)
    async with open_house(settings, clock) as house:
        application = Application(settings, house)
        sari = telegram.phone("Sari")
        await sari.says("/bantuan")
        await application.polling.once()
        await sari.blocks()
        await application.inbox.empty()
        await application.close()
    async with register.reading() as unit:
        assert await unit.inbox.waiting() == 0, "it is not tried again"
        assert not [row for row in await unit.inbox.dead() if row.state is InboxState.DEAD]
        assert len(await unit.people.unreachable()) == 1
