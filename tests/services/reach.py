"""A town with complaints wherever they may lie, everybody who may stand before them, and the door of every action."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import routing
from bot.house import activities
from domain.drafting import ArchiveReason, FileKind, Purpose, Satisfaction
from domain.evidence import FetchState
from domain.lifecycle import TABLE, Action, ClockKind, ComplaintClass, Kind, Role, Status
from domain.refusals import ComplaintNotFound, NotAllowed
from domain.requests import RequestKind, RequestState
from domain.ticket import new_number
from handlers.activities import Services
from services.caller import Caller
from services.moves import Mover, Words
from services.office import Office
from services.seeking import find
from storage.files import FileStore
from storage.tables_complaints import ClockRow, Complaint
from storage.tables_evidence import Attachment
from storage.tables_offices import StaffMembership
from storage.tables_teamwork import Participation
from storage.tables_time import StaffRequest
from storage.unit_of_work import UnitOfWork
from tests.services.conftest import Town

CILEGON = Path(routing.__file__).parent / "data/directory/kota-cilegon.yaml"

WORDS = "Petugas kami sudah mengganti lampunya pagi ini pukul 09.00 dan memeriksanya sekali lagi sore ini."


@dataclass(frozen=True)
class World:
    """Kota Serang with a complaint in every status that matters, wherever it may lie."""

    units: dict[str, int]
    governments: dict[str, int]
    numbers: dict[tuple[str, Status | str], str]
    files: dict[str, int]
    requests: dict[tuple[str, RequestKind], int]


@dataclass(frozen=True)
class Stage:
    """The services over a register that forgets at the end of the attempt."""

    services: Services
    office: Office
    world: World
    lies: str

    @classmethod
    def of(cls, office: Office, files: FileStore, world: World, lies: str) -> Stage:
        """Everything that people can do, over one office."""
        return cls(activities(office, files), office, world, lies)

    def number(self, status: Status | str) -> str:
        """The complaint in a status; or `OTHER`."""
        return self.world.numbers[self.lies, status]


Attempt = Callable[[Stage, Caller, str], Awaitable[object]]


def writes(purpose: Purpose, words: str = WORDS, **data: Any) -> Attempt:
    """Words, written and sent."""

    async def attempt(stage: Stage, by: Caller, number: str) -> object:
        said = await stage.services.correspondence.at_once(by, number, purpose, words, data)
        assert not said.held, said.findings
        return await stage.services.correspondence.send(by, said.serial)

    return attempt


def moves(action: Action) -> Attempt:
    """What has no door of its own, by somebody who has found the number."""

    async def attempt(stage: Stage, by: Caller, number: str) -> object:
        async with stage.office.database.work() as work:
            complaint = await find(work, stage.office, by.actor, number)
            return await Mover(stage.office, work).move(complaint, by.actor, action, Words())

    return attempt


async def forwards(stage: Stage, by: Caller, number: str) -> object:
    """Both taps, to another unit than the one that is proposed."""
    proposal = await stage.services.oversight.propose(by, number)
    chosen = await stage.services.oversight.choose_unit(by, proposal.serial, stage.world.units["dishub"])
    return await stage.services.oversight.forward(by, chosen.serial)


async def releases(stage: Stage, by: Caller, number: str) -> object:
    """Gives back what the person has in hand, however they came by it."""
    async with stage.office.database.work() as work:
        complaint = await work.complaints.by_number(number)
        assert complaint is not None
        complaint.taken_by = by.person_id
        await work.commit()
    return await stage.services.handling.release(by, number)


async def writes_gist(stage: Stage, by: Caller, number: str) -> object:
    """Writes down what a recording says."""
    async with stage.office.database.work() as work:
        complaint = await work.complaints.by_number(number)
        assert complaint is not None
        complaint.voiced = True
        await work.commit()
    return await writes(Purpose.GIST)(stage, by, number)


async def clears(stage: Stage, by: Caller, number: str) -> object:
    """Clears a unit that somebody else said was accused, which is no unit of theirs."""
    async with stage.office.database.work() as work:
        complaint = await work.complaints.by_number(number)
        assert complaint is not None
        complaint.accused_unit_ids = [*complaint.accused_unit_ids, stage.world.units["diskominfo"]]
        await work.commit()
    return await stage.services.accusations.clear(by, number, stage.world.units["diskominfo"])


async def refuses(stage: Stage, by: Caller, number: str) -> object:
    """Does not agree to more time."""
    request_id = stage.world.requests[stage.lies, RequestKind.EXTENSION]
    return await writes(Purpose.REFUSE, "Suku cadangnya sudah tersedia", request_id=request_id)(stage, by, number)


async def reveals(stage: Stage, by: Caller, number: str) -> object:
    """Asks, and is shown."""
    sheet = await stage.services.revealing.ask(by, number, "Pelapor diminta hadir sebagai saksi")
    return await stage.services.revealing.show(by, sheet.id)


DOORS: Mapping[Action, Attempt] = {
    Action.ADD_INFORMATION: writes(Purpose.ADD_INFORMATION),
    Action.ANSWER: writes(Purpose.ANSWER),
    Action.SUPPORT: lambda s, by, number: s.services.supporting.join(by, number),
    Action.ASK_SECRECY: moves(Action.ASK_SECRECY),
    Action.WITHDRAW: writes(Purpose.WITHDRAW),
    Action.CONFIRM: lambda s, by, number: s.services.tracking.confirm(by, number),
    Action.REOPEN: writes(Purpose.REOPEN),
    Action.RATE: lambda s, by, number: s.services.tracking.rate(by, number, Satisfaction.SATISFIED),
    Action.OBJECT: writes(Purpose.OBJECT),
    Action.FORWARD: forwards,
    Action.REFORWARD: forwards,
    Action.PASS_ON: writes(Purpose.PASS_ON),
    Action.ADD_UNIT: lambda s, by, number: s.services.teamwork.add(by, number, s.world.units["dishub"]),
    Action.REMOVE_UNIT: lambda s, by, number: s.services.teamwork.remove(by, number, s.world.units["dlh"]),
    Action.CHANGE_CLASS: lambda s, by, number: s.services.oversight.change_class(
        by, number, ComplaintClass.INFORMATION
    ),
    Action.MAKE_SECRET: lambda s, by, _: s.services.requests.grant(
        by, s.world.requests[s.lies, RequestKind.MAKE_SECRET]
    ),
    Action.WRITE_GIST: writes_gist,
    Action.HOLD: writes(Purpose.HOLD),
    Action.RESUME: moves(Action.RESUME),
    Action.EXTEND: lambda s, by, _: s.services.requests.grant(by, s.world.requests[s.lies, RequestKind.EXTENSION]),
    Action.ARCHIVE: writes(Purpose.ARCHIVE, reason=ArchiveReason.INCOMPLETE.value),
    Action.MERGE: lambda s, by, number: s.services.merging.merge(by, number, s.number(OTHER)),
    Action.ANNOUNCE: writes(Purpose.ANNOUNCE),
    Action.DECIDE_REQUEST: refuses,
    Action.NUDGE: lambda s, by, number: s.services.teamwork.nudge(by, number),
    Action.RELEASE_FILE: lambda s, by, number: s.services.evidence.release(by, number, s.world.files[number]),
    Action.REVEAL: reveals,
    Action.ACCUSE: lambda s, by, number: s.services.accusations.accuse(by, number, s.world.units["dishub"]),
    Action.CLEAR: lambda s, by, number: clears(s, by, number),
    Action.RECORD_SP4N: writes(Purpose.RECORD_SP4N, "1234567"),
    Action.TAKE: lambda s, by, number: s.services.handling.take(by, number),
    Action.RELEASE: releases,
    Action.NOTE: writes(Purpose.NOTE),
    Action.ASK_CITIZEN: writes(Purpose.ASK_CITIZEN, "Nomor tiang lampunya berapa, Pak?"),
    Action.FOLLOW_UP: writes(Purpose.FOLLOW_UP),
    Action.MARK_DONE: writes(Purpose.DONE),
    Action.REQUEST: lambda s, by, _: s.services.requests.ask_extension(by, s.number(OTHER), 3, "Menunggu suku cadang"),
    Action.RETURN: writes(Purpose.RETURN),
    Action.HAND_OVER: moves(Action.HAND_OVER),
    Action.ESCALATE: moves(Action.ESCALATE),
    Action.CLOSE: moves(Action.CLOSE),
}


async def queued(stage: Stage, by: Caller) -> object:
    """Every page of the queue."""
    pages = [await stage.services.handling.queue(by, page=page) for page in range(3)]
    return [line for sheet in pages for line in sheet.lines]


async def unverified(stage: Stage, by: Caller) -> object:
    """Every page of what waits."""
    return [await stage.services.oversight.unverified(by, page) for page in range(2)]


LISTS: Mapping[str, tuple[Status, Callable[[Stage, Caller], Awaitable[object]]]] = {
    "queue": (Status.FORWARDED, queued),
    "unverified": (Status.SUBMITTED, unverified),
    "unrouted": (Status.SUBMITTED, lambda s, by: s.services.oversight.unrouted(by)),
    "requests": (Status.FORWARDED, lambda s, by: s.services.requests.pending(by)),
    "digest": (Status.SUBMITTED, lambda s, by: s.services.oversight.digest(by)),
}

OPENED: Mapping[str, Attempt] = {
    "card": lambda s, by, number: s.services.handling.look(by, number),
    "files": lambda s, by, number: s.services.evidence.ask(by, number),
}


async def answer(attempt: Attempt, stage: Stage, by: Caller, number: str) -> str:
    """What came of it; any other end than these three is undefined, and raised."""
    try:
        await attempt(stage, by, number)
    except NotAllowed:
        return "-"
    except ComplaintNotFound:
        return "?"
    return "+"


STATUSES = (Status.FORWARDED, Status.SUBMITTED, Status.ON_HOLD, Status.DONE, Status.ARCHIVED)


def status_for(action: Action) -> Status:
    """A status in which the action is possible, so that it is the person who decides."""
    return next(status for status in STATUSES if (status, action) in TABLE)


OTHER = "other"
"""One more that lies with the unit: to be merged with, and to be written to as well."""

LIES = {"lamp": ("dprkp", False), "exam": ("inspektorat", False), "arbiter": ("dprkp", True)}
"""Where the complaints lie: the unit that has them, and whether they wait for the arbiter."""


FILED, ASKER = 1, 2
"""Chats of the citizen who filed everything, and of an officer of the unit who asked for things."""


async def build(town: Town) -> World:
    """Enters the complaints as rows: how they came there is told by other tests."""
    await town.directory.load(CILEGON)
    citizen, asker = await town.meets(FILED), await town.meets(ASKER)
    world = World(units={}, governments={}, numbers={}, files={}, requests={})
    async with town.office.database.work() as work:
        for code, home in (("36.73", ""), ("36.72", "cilegon")):
            government = await work.directory.government_by_code(code)
            assert government is not None
            world.governments[home] = government.id
            for unit in await work.directory.units(government.id):
                world.units.setdefault(home or unit.code.removeprefix(f"{code}-"), unit.id)
        for lies in LIES:
            for status in (*STATUSES, OTHER):
                await _file(town, work, world, citizen.person_id, asker.person_id, lies, status)
        for unit in ("dprkp", "inspektorat", "dishub"):
            work.staff.add(_membership(world, asker.person_id, Role.OFFICER, unit, town.office))
        await work.commit()
    return world


def _membership(world: World, person_id: int, role: Role, scope: str | None, office: Office) -> StaffMembership:
    home = "cilegon" if scope == "cilegon" else ""
    local = role in (Role.OFFICER, Role.UNIT_HEAD, Role.INSPECTOR)
    return StaffMembership(
        person_id=person_id,
        role=role,
        government_id=world.governments[home] if local or role is Role.COORDINATOR else None,
        unit_id=world.units[scope or ""] if local else None,
        province=scope if role is Role.PROVINCE_HUB else None,
        since=office.clock(),
    )


async def hire(town: Town, world: World, chat_id: int, offices: tuple[tuple[Role, str | None], ...]) -> Caller:
    """Somebody with these offices."""
    by = await town.meets(chat_id)
    async with town.office.database.work() as work:
        for role, scope in offices:
            work.staff.add(_membership(world, by.person_id, role, scope, town.office))
        await work.commit()
    return await town.meets(chat_id)


async def _file(
    town: Town, work: UnitOfWork, world: World, citizen: int, asker: int, lies: str, status: Status | str
) -> None:
    now, (unit, at_arbiter) = town.office.clock(), LIES[lies]
    stands = Status.FORWARDED if status == OTHER else Status(status)
    with_unit = stands is not Status.SUBMITTED
    row = await work.complaints.add(
        Complaint(
            number=new_number(Random(len(world.numbers)).randrange),
            person_id=citizen,
            kind=Kind.COMPLAINT,
            complaint_class=ComplaintClass.ORDINARY if with_unit else None,
            status=stands,
            held_from=Status.FORWARDED if stands is Status.ON_HOLD else None,
            text="Lampu jalan di depan sekolah mati",
            government_id=world.governments[""],
            unit_id=world.units[unit] if with_unit else None,
            at_arbiter=at_arbiter,
            accused_unit_ids=[world.units["disdukcapil"]],
            sector="housing",
            regency_code="36.73",
            regulation_version=town.office.regulations[0].version,
            received_at=now,
            version=1,
        )
    )
    row.participations = [Participation(unit_id=world.units["dlh"], since=now)] if with_unit else []
    world.numbers[lies, status] = row.number
    work.clocks.add(
        ClockRow(
            complaint_id=row.id,
            kind=ClockKind.RESOLVE,
            limit_days=14,
            regulation_version=row.regulation_version,
            time_zone="Asia/Jakarta",
            started_at=now,
            due_at=now + timedelta(days=20),
            original_due_at=now + timedelta(days=20),
        )
    )
    if status is not Status.FORWARDED:
        return
    file = Attachment(
        person_id=citizen,
        complaint_id=row.id,
        kind=FileKind.PHOTO,
        file_id=row.number,
        file_unique_id=row.number,
        added_at=now,
        fetch_at=now,
        state=FetchState.KEPT,
    )
    work.evidence.add(file)
    await work.flush()
    world.files[row.number] = file.id
    for kind, data in ((RequestKind.EXTENSION, {"days": 3}), (RequestKind.MAKE_SECRET, {})):
        request = await work.requests.add(
            StaffRequest(
                complaint_id=row.id,
                unit_id=row.unit_id,
                kind=kind,
                state=RequestState.OPEN,
                reason="Menunggu suku cadang",
                data=data,
                asked_by=asker,
                asked_at=now,
                due_at=now + timedelta(days=1),
            )
        )
        world.requests[lies, kind] = request.id
