"""A crowd that writes at once: everybody is heard, nobody waits behind somebody who floods.

`LAPOR_CROWD=1000` (or `make proof`) gathers a larger one.
"""

import os
from dataclasses import replace
from itertools import count
from typing import Any

from bot.storing import keep
from tests.attack.siege import STRANGERS, Siege
from tests.handlers.staff.conftest import LAMP, Town

CROWD = int(os.environ.get("LAPOR_CROWD", "30"))
LIMIT = 10
"""Messages a minute that one person may send; one of them sends three times as many, and is answered once."""


async def test_a_thousand_accounts_and_one_that_floods_keep_nobody_from_being_heard(town: Town) -> None:
    siege, numbers = Siege(town, 1), count(1)
    town.house.office.limits = replace(town.house.office.limits, messages_per_minute=LIMIT)

    def says(chat_id: int, text: str) -> dict[str, Any]:
        number = next(numbers)
        person = {"id": chat_id, "is_bot": False, "first_name": "Orang", "language_code": "id"}
        chat = {"id": chat_id, "type": "private"}
        message = {"message_id": number, "date": 1_775_527_200, "chat": chat, "from": person, "text": text}
        return {"update_id": number, "message": message}

    flood = [says(STRANGERS[0], f"banjir {n}") for n in range(3 * LIMIT)]
    crowd = [says(9000 + n, f"{LAMP} nomor {n}") for n in range(CROWD)]
    await keep(town.house.database, town.clock, [*flood, *crowd])
    await siege.inbox.empty()
    assert not siege.failures
    answered = {message.chat.id for message in town.desk.shown}
    assert answered == {STRANGERS[0], *(9000 + n for n in range(CROWD))}
    to_the_flood = [message for message in town.desk.shown if message.chat.id == STRANGERS[0]]
    assert len(to_the_flood) == 1
    assert "112" in str(to_the_flood[0].text)
    async with town.house.database.reading() as unit:
        assert await unit.inbox.waiting() == 0
        assert not await unit.inbox.dead()
