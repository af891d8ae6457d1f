"""Letters are opened several at a time: each says what it would say alone, and the register is asked hardly more."""

from datetime import timedelta

from sqlalchemy import event

from domain.lifecycle import Role
from tests.conftest import FakeClock
from tests.services.conftest import Town

HARDLY_MORE = 3


async def test_letters_opened_together_say_what_each_says_alone_and_ask_hardly_more(
    town: Town, clock: FakeClock
) -> None:
    await town.hires(20, Role.OFFICER, "dprkp")
    await town.hires(30, Role.COORDINATOR)
    for chat_id in (10, 11, 12):
        await town.files(await town.meets(chat_id))
    async with town.office.database.work() as work:
        rows = await work.outbox.claim_due("test", clock(), 50, timedelta(seconds=30))
        await work.commit()
    asked: list[str] = []
    reader, _ = town.office.database.engines
    event.listen(reader.sync_engine, "before_cursor_execute", lambda *heard: asked.append(heard[2]))

    alone = {row.id: await town.letters.open(row) for row in rows}
    for_one = len(asked) / len(rows)
    asked.clear()
    together = await town.letters.together(rows)

    assert len(rows) > HARDLY_MORE
    assert together == alone
    assert len(asked) < HARDLY_MORE * for_one
