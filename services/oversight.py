"""A coordinator at work: what is unverified and unrouted, the proposal of the program, forwarding in two taps."""

from __future__ import annotations

from dataclasses import dataclass

from domain.drafting import Purpose
from domain.lifecycle import Action, ComplaintClass, Kind, Role, Status
from domain.permissions import allow
from domain.refusals import DraftMissing, NotUnderstood, StaleStep
from services.arbitration import demand_arbiter, proposed_owner
from services.caller import Caller
from services.case_sheets import CaseLine, CaseSheet
from services.classifying import reclassify
from services.composing import fresh_serial
from services.desk_sheets import ProposalSheet
from services.digest_sheets import DigestSheet
from services.digests import Digests
from services.eligible import eligible_units
from services.handling import PAGE
from services.leaving import Leaving
from services.listing import Lister
from services.looking import note_look
from services.moves import Mover, Words, subject_of
from services.office import Office
from services.reading import Reader
from services.responsible import WORKING_ROLES
from services.seeking import find, find_again
from storage.tables_complaints import Complaint
from storage.tables_drafts import Composition
from storage.unit_of_work import UnitOfWork

_CLASSES = {
    Kind.INFORMATION: ComplaintClass.INFORMATION,
    Kind.ASPIRATION: ComplaintClass.ASPIRATION,
    Kind.COMPLAINT: ComplaintClass.ORDINARY,
}


def proposed_class(complaint: Complaint) -> ComplaintClass:
    """What the program proposes: an accusation needs examination, else the citizen's own kind decides."""
    return ComplaintClass.SUPERVISORY if complaint.accuses else _CLASSES[complaint.kind]


class Oversight:
    """What a coordinator does, and a national admin where there is no government."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def unverified(self, by: Caller, page: int = 0) -> tuple[CaseLine, ...]:
        """What waits for verification at the caller's desks, oldest first; one page."""
        return await self._waiting(by, page, unrouted=False)

    async def unrouted(self, by: Caller, page: int = 0) -> tuple[CaseLine, ...]:
        """Those among them for which the program has no proposal that it trusts, oldest first; one page."""
        return await self._waiting(by, page, unrouted=True)

    async def _waiting(self, by: Caller, page: int, *, unrouted: bool) -> tuple[CaseLine, ...]:
        async with self._office.database.reading() as work:
            found = await work.complaints.submitted_at(by.actor, PAGE, page * PAGE, unrouted=unrouted)
            return await Lister(self._office, work, by.actor).lines(found)

    async def look(self, by: Caller, number: str) -> CaseSheet:
        """The case with everything that a desk may see, the copy-ready block of SP4N included."""
        # Without the cause: to look is not what was asked for when something else is done in the same breath.
        async with self._office.database.work() as work:
            complaint = await find(work, self._office, by.actor, number)
            await note_look(self._office, work, by.actor, complaint)
            sheet = await Reader(self._office, work, by.actor).case(complaint)
            await work.commit()
            return sheet

    async def digest(self, by: Caller) -> tuple[DigestSheet, ...]:
        """The day of each of the caller's desks, as it stands now."""
        desks: list[int | None] = [*sorted(by.actor.governments(Role.COORDINATOR))]
        if by.actor.holds(Role.NATIONAL_ADMIN):
            desks.append(None)
        async with self._office.database.reading() as work:
            digests = Digests(self._office, work, by.actor)
            return tuple([await digests.of(desk) for desk in desks])

    async def propose(self, by: Caller, number: str) -> ProposalSheet:
        """First tap: the class and the unit that the program proposes, kept until the person confirms or changes it."""
        await Leaving(self._office).settle(by.person_id)
        async with self._office.database.work(by.cause) as work:
            complaint = await find(work, self._office, by.actor, number)
            government = await self._office.government(work, complaint.government_id)
            allow(by.actor, _forwarding(complaint), subject_of(complaint, government))
            await demand_arbiter(work, by.actor, complaint)
            await note_look(self._office, work, by.actor, complaint)
            data = (await _Choice.first(work, complaint)).data() | _standing(complaint)
            row = await work.drafts.compose(
                by.person_id, complaint.id, Purpose.FORWARD, data, fresh_serial(), self._office.clock()
            )
            sheet = await self._proposal(work, by, complaint, row)
            await work.commit()
            return sheet

    async def proposal(self, by: Caller, serial: int) -> ProposalSheet:
        """The open proposal as it stands; raises `DraftMissing` or `StaleStep` for an old one."""
        async with self._office.database.reading() as work:
            row, complaint = await self._open(work, by, serial)
            return await self._proposal(work, by, complaint, row)

    async def choose_unit(self, by: Caller, serial: int, unit_id: int) -> ProposalSheet:
        """Changes the unit of the open proposal; raises `NotUnderstood` for one that may not have it."""
        async with self._office.database.work(by.cause) as work:
            row, complaint = await self._open(work, by, serial)
            if unit_id not in {unit.id for unit in await eligible_units(work, complaint)}:
                raise NotUnderstood("choice_unknown")
            row.data = {**row.data, "unit_id": unit_id}
            return await self._changed(work, by, row, complaint)

    async def choose_class(self, by: Caller, serial: int, complaint_class: ComplaintClass) -> ProposalSheet:
        """Changes the class of the open proposal."""
        async with self._office.database.work(by.cause) as work:
            row, complaint = await self._open(work, by, serial)
            row.data = {**row.data, "class": complaint_class.value}
            return await self._changed(work, by, row, complaint)

    async def _changed(self, work: UnitOfWork, by: Caller, row: Composition, complaint: Complaint) -> ProposalSheet:
        row.serial, row.updated_at = fresh_serial(), self._office.clock()
        sheet = await self._proposal(work, by, complaint, row)
        await work.commit()
        return sheet

    async def forward(self, by: Caller, serial: int) -> CaseSheet:
        """Second tap: verifies, classifies and forwards, as the proposal stands."""
        async with self._office.database.work(by.cause) as work:
            row, complaint = await self._open(work, by, serial)
            if complaint.voiced and not complaint.text:
                raise NotUnderstood("gist_missing")
            unit_id = row.data["unit_id"]
            if unit_id is None or unit_id not in {unit.id for unit in await eligible_units(work, complaint)}:
                raise NotUnderstood("unit_missing")
            complaint.complaint_class = ComplaintClass(row.data["class"])
            complaint.unit_id = unit_id
            action = _forwarding(complaint)
            await Mover(self._office, work).move(complaint, by.actor, action, Words(data={"unit_id": unit_id}))
            await work.drafts.discard_composition(by.person_id)
            sheet = await Reader(self._office, work, by.actor).case(complaint)
            await work.commit()
            return sheet

    async def change_class(self, by: Caller, number: str, complaint_class: ComplaintClass) -> CaseSheet:
        """Sets the class; a resolution clock that runs is counted from its start with the limit of the new class."""
        async with self._office.database.work(by.cause) as work:
            complaint = await find(work, self._office, by.actor, number)
            await reclassify(self._office, work, by.actor, complaint, complaint_class)
            sheet = await Reader(self._office, work, by.actor).case(complaint)
            await work.commit()
            return sheet

    async def _open(self, work: UnitOfWork, by: Caller, serial: int) -> tuple[Composition, Complaint]:
        """The open proposal and what it is about, for whoever may still forward it from where it stood."""
        row = await work.drafts.composition_of(by.person_id)
        if row is None or row.purpose is not Purpose.FORWARD:
            raise DraftMissing
        complaint = await find_again(work, self._office, by.actor, row.complaint_id)
        government = await self._office.government(work, complaint.government_id)
        allow(by.actor, _forwarding(complaint), subject_of(complaint, government))
        await demand_arbiter(work, by.actor, complaint)
        if row.serial != serial or not _standing(complaint).items() <= row.data.items():
            raise StaleStep
        return row, complaint

    async def _proposal(self, work: UnitOfWork, by: Caller, complaint: Complaint, row: Composition) -> ProposalSheet:
        units = await eligible_units(work, complaint)
        chosen = next((unit for unit in units if unit.id == row.data["unit_id"]), None)
        staffed = bool(chosen and await work.staff.in_unit(chosen.id, WORKING_ROLES))
        return ProposalSheet(
            case=await Reader(self._office, work, by.actor).case(complaint),
            complaint_class=ComplaintClass(row.data["class"]),
            unit_id=chosen.id if chosen else None,
            unit_name=chosen.name if chosen else None,
            unit_ids=tuple(unit.id for unit in units),
            unit_names=tuple(unit.name for unit in units),
            serial=row.serial,
            reachable=staffed,
        )


def _forwarding(complaint: Complaint) -> Action:
    return Action.FORWARD if complaint.status is Status.SUBMITTED else Action.REFORWARD


def _standing(complaint: Complaint) -> dict[str, int | str | None]:
    """Where a complaint stands: what a colleague has forwarded meanwhile is not forwarded a second time unseen."""
    return {"action": _forwarding(complaint).value, "held_by": complaint.unit_id}


@dataclass(frozen=True)
class _Choice:
    """A class and a unit."""

    complaint_class: ComplaintClass
    unit_id: int | None

    @classmethod
    async def first(cls, work: UnitOfWork, complaint: Complaint) -> _Choice:
        """The owner that the last return named, or the first unit that was proposed and may have it, if any."""
        proposed = {item.get("unit") for item in complaint.suggestions}
        owner = proposed_owner(await work.timeline.of(complaint.id)) if complaint.returns else None
        units = await eligible_units(work, complaint)
        named = [unit for unit in units if unit.id == owner]
        fitting = named or [unit for unit in units if unit.code in proposed or complaint.accuses]
        return cls(proposed_class(complaint), fitting[0].id if fitting else None)

    def data(self) -> dict[str, int | str | None]:
        """As it is kept in the composition."""
        return {"class": self.complaint_class.value, "unit_id": self.unit_id}
