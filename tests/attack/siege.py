"""A siege: strangers send anything at all, and afterwards the town is as it was and nobody has learned anything."""

from __future__ import annotations

import logging
import random
from dataclasses import dataclass, field
from typing import Any

from aiogram.types import Update as TelegramUpdate
from pydantic import ValidationError
from sqlalchemy import select

from bot.app import dispatcher
from bot.inbox import Inbox
from bot.storing import keep
from domain.lifecycle import Action, Kind, Role
from handlers.showing import SpeakingBot
from storage.tables_complaints import Complaint, Event
from storage.tables_offices import StaffMembership
from storage.unit_of_work import Cause
from tests.attack import updates
from tests.handlers.staff.conftest import DEWI, LAMP, RINA, SARI, Town
from tests.handlers.staff.group_room import GroupDesk

STRANGERS = (8001, 8002, 8003)
"""Who attacks: two who are nobody, and an officer of an office that has nothing to do with it."""

SECRET = "zqsangatrahasiaqz"
STORY = f"{LAMP}, {SECRET}"
NAME = "Ibu Zuleha Rahmawati"
OPEN_TO_ALL = {"supporters", "version"}
"""What anybody may add to a complaint of somebody else: that they have the same trouble."""


class Broken(AssertionError):
    """The siege has broken something; the message tells the update and the seed."""


@dataclass
class Siege:
    """One siege, told by a seed."""

    town: Town
    seed: int
    unreadable: int = 0
    worked: int = 0
    failures: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        # Strangers speak in groups too, where the bot asks Telegram how it stands there.
        self.town.desk = GroupDesk()
        self.town.__post_init__()
        self.bot = SpeakingBot("42:TEST-token", session=self.town.desk)
        self.dispatcher = dispatcher(self.town.house.services)
        self.inbox = Inbox(self.town.house.database, self.town.clock, self._work, "siege", at_once=1)

    async def lasts(self, count: int, *, every: int = 25) -> None:
        """Sends so many updates, and looks at the town after every few; raises `Broken`."""
        numbers = await self._furnished()
        before = await self._town_as_it_is()
        logging.disable(logging.CRITICAL)
        try:
            for first in range(0, count, every):
                batch = [self._one(numbers, first + n) for n in range(min(every, count - first))]
                await self._receives(batch)
                await self._holds(before, batch)
        finally:
            logging.disable(logging.NOTSET)

    async def _furnished(self) -> tuple[str, ...]:
        """What the strangers are after: a secret complaint and an open one at work, and people who work on them."""
        await self.town.hires(DEWI, Role.COORDINATOR)
        await self.town.hires(RINA, Role.OFFICER, "dprkp")
        await self.town.hires(STRANGERS[-1], Role.OFFICER, "dishub")
        hidden, open_one = await self._secret(), await self.town.files()
        await self.town.forwards(open_one)
        return hidden, open_one

    async def _secret(self) -> str:
        intake, by = self.town.house.services.intake, await self.town.caller(SARI)
        sheet = await intake.begin(by, STORY)
        sheet = await intake.choose_kind(by, sheet.id, Kind.COMPLAINT)
        sheet = await intake.place(by, "Cipocok Jaya, Kota Serang")
        await intake.pick_time(by, sheet.id, "yesterday")
        await intake.finish_evidence(by, sheet.id)
        await intake.switch(by, sheet.id, "secret")
        await intake.finish_privacy(by, sheet.id)
        await intake.name(by, NAME, sheet.id)
        await intake.pick_agency(by, sheet.id, 0)
        return (await intake.submit(by, sheet.id)).number

    def _one(self, numbers: tuple[str, ...], place: int) -> updates.Update:
        update = updates.genuine(self.random, self.random.choice(STRANGERS), numbers)
        if self.random.random() < 0.6:
            update = updates.mutated(self.random, update)
        # Telegram numbers what it sends; nothing else can be relied upon.
        return update | {"update_id": 10_000 + place}

    async def _receives(self, batch: list[updates.Update]) -> None:
        await keep(self.town.house.database, self.town.clock, batch)
        await self.inbox.empty()
        self.town.clock.advance(seconds=60)

    async def _work(self, payload: str, cause: Cause) -> None:
        """What the application does, noting what goes wrong; what aiogram cannot read is nobody's."""
        try:
            update = TelegramUpdate.model_validate_json(payload, context={"bot": self.bot})
        except ValidationError:
            self.unreadable += 1
            return
        try:
            await self.dispatcher.feed_update(self.bot, update, cause=cause)
            self.worked += 1
        except Exception as error:  # noqa: BLE001 (whatever a handler raises is what we are after)
            self.failures.append(f"{type(error).__name__}: {error}\n{payload}")

    async def _holds(self, before: list[Any], batch: list[updates.Update]) -> None:
        told = f"seed {self.seed}, among the updates {batch[0]['update_id']} to {batch[-1]['update_id']}"
        if self.failures:
            raise Broken(f"{told}: {self.failures[0]}")
        async with self.town.house.database.reading() as unit:
            if waiting := await unit.inbox.waiting():
                raise Broken(f"{told}: {waiting} updates were left")
        if (after := await self._town_as_it_is()) != before:
            raise Broken(f"{told}: changed by strangers: {set(after) ^ set(before)}")
        for message in self.town.desk.shown:
            if message.chat.id in STRANGERS and (SECRET in (message.text or "") or NAME in (message.text or "")):
                raise Broken(f"{told}: a stranger reads {message.text}")
        self.town.desk.shown.clear()

    async def _town_as_it_is(self) -> list[Any]:
        """What stands of complaints that are not the strangers', of what happened to them, and of who serves."""
        mine = (await self.town.caller(SARI)).person_id
        filed = [column for column in Complaint.__table__.columns if column.name not in OPEN_TO_ALL]
        told = select(Event.id, Event.action).join(Complaint, Event.complaint_id == Complaint.id)
        asked = (
            select(*filed).where(Complaint.person_id == mine),
            told.where(Complaint.person_id == mine, Event.action != Action.SUPPORT.value),
            select(StaffMembership.id, StaffMembership.person_id, StaffMembership.role, StaffMembership.revoked_at),
        )
        async with self.town.house.database.reading() as unit:
            return [repr(row) for each in asked for row in await unit._session.execute(each.order_by(column_of(each)))]


def column_of(asked: Any) -> Any:
    """The column that rows are put in order by: the first."""
    return next(iter(asked.selected_columns))
