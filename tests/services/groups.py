"""A unit with a group, and a Telegram that a test plays: every call is seen, and answered as the test wishes."""

from dataclasses import dataclass, field
from itertools import count

from domain.drafting import Purpose
from domain.groups import Errand
from domain.lifecycle import Role
from domain.messages import Notice
from domain.requests import RequestKind
from services.caller import Caller
from services.group_post import GroupPost
from services.group_sheets import GroupCall, RoomSheet
from services.groups import Groups
from storage.tables_groups import GroupCard, UnitGroup
from tests.conftest import FakeClock
from tests.services.conftest import Town, jakarta

CHAT = -1001234
HEAD, RINA, DEWI, SARI = 21, 20, 30, 10


@dataclass
class Room:
    """The group of the department that answers for the street lamps; `topics` are the ids that were made."""

    town: Town
    clock: FakeClock
    officer: Caller
    coordinator: Caller
    topics: bool = False
    calls: list[GroupCall] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.groups = Groups(self.town.office)
        self.post = GroupPost(self.town.office)
        self._ids = count(500)

    async def connects(self, chat_id: int = CHAT, by: Caller | None = None) -> RoomSheet:
        """The officer types the code in the group."""
        [code] = await self.groups.codes(by or self.officer)
        return await self.groups.connect(by or self.officer, chat_id, code.code, topics=self.topics)

    async def files(self, chat_id: int = SARI, text: str | None = None, **how: bool) -> str:
        """A complaint is filed and forwarded as proposed."""
        citizen = await self.town.meets(chat_id)
        told = {"text": text} if text else {}
        number = (await self.town.files(citizen, **told, **how)).number
        await self.forwards(number)
        return number

    async def forwards(self, number: str) -> None:
        """The coordinator forwards it as proposed."""
        proposal = await self.town.oversight.propose(self.coordinator, number)
        await self.town.oversight.forward(self.coordinator, proposal.serial)

    async def keeps_secret(self, number: str) -> None:
        """The unit asks for it, the desk agrees."""
        data = {"kind": RequestKind.MAKE_SECRET.value}
        reason = "Ada keterangan kesehatan warga"
        sheet = await self.town.correspondence.at_once(self.officer, number, Purpose.REQUEST, reason, data)
        await self.town.correspondence.send(self.officer, sheet.serial)
        [request] = await self.town.requests.pending(self.coordinator)
        await self.town.requests.grant(self.coordinator, request.id)

    async def next(self) -> GroupCall | None:
        """The call that is due now, if there is one."""
        turns = await self.post.turns(1)
        return await self.post.next_call(turns[0]) if turns else None

    async def delivers(self) -> list[Errand]:
        """Makes every call that is due, with success; returns which."""
        made = []
        while (call := await self.next()) is not None:
            self.calls.append(call)
            made.append(call.errand)
            await self.post.done(call, next(self._ids))
            self.clock.advance(seconds=4)
        return made

    async def row(self) -> UnitGroup:
        """The group as it is kept."""
        async with self.town.office.database.reading() as work:
            group = await work.groups.of_chat(CHAT)
            assert group is not None
            return group

    async def card(self, number: str) -> GroupCard:
        """The card of a complaint in it."""
        group = await self.row()
        async with self.town.office.database.work() as work:
            complaint = await work.complaints.by_number(number)
            assert complaint is not None
            card = await work.groups.card(group.id, complaint.id)
            assert card is not None
            return card

    async def told(self, *kinds: Notice) -> list[tuple[int, Notice]]:
        """Who is owed which letters now in private, of some kinds."""
        letters = await self.town.owed(self.clock)
        return [(letter.chat_id, letter.kind) for letter in letters if letter.kind in kinds]


async def a_room(town: Town, clock: FakeClock, *, topics: bool = False) -> Room:
    """The department with two officers, a coordinator, and a connected group, on Tuesday at nine."""
    officer = await town.hires(RINA, Role.OFFICER, "dprkp")
    await town.hires(HEAD, Role.UNIT_HEAD, "dprkp")
    coordinator = await town.hires(DEWI, Role.COORDINATOR)
    clock.set(jakarta("2026-04-07 09:00"))
    room = Room(town, clock, officer, coordinator, topics)
    await room.connects()
    await town.owed(clock)
    return room
