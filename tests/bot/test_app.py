"""The application over its parts: what it does when Telegram refuses in the middle of a conversation."""

from bot.app import Conversation
from bot.house import open_house
from bot.polling import Polling
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
        conversation = Conversation(settings, house)
        sari = telegram.phone("Sari")
        await sari.says("/bantuan")
        assert isinstance(conversation.listener, Polling)
        await conversation.listener.once()
        await sari.blocks()
        await conversation.inbox.empty()
        await conversation.close()
    async with register.reading() as unit:
        assert await unit.inbox.waiting() == 0, "it is not tried again"
        assert not [row for row in await unit.inbox.dead() if row.state is InboxState.DEAD]
        assert len(await unit.people.unreachable()) == 1
