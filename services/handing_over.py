"""Work changes hands because people do: from whoever leaves or is relieved to a colleague, to the unit, to the desk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.audit import Act
from domain.drafting import CITIZEN_PURPOSES, Purpose
from domain.lifecycle import FINISHED_STATUSES, OPEN_STATUSES, WORKERS, Action, Role
from domain.messages import Notice
from domain.permissions import SYSTEM, Actor, open_actions, standings
from domain.staffing import StaffWord, judges
from services.composing import ACTIONS
from services.moves import Mover, subject_of
from services.office import Office
from services.people import actor_of
from services.responsible import WORKING_ROLES
from storage.queries.staff import UNFINISHED
from storage.tables_complaints import Complaint
from storage.tables_groups import UnitGroup
from storage.tables_offices import StaffMembership
from storage.unit_of_work import UnitOfWork

FORWARDING = (Action.FORWARD, Action.REFORWARD)


@dataclass
class HandingOver:
    """Works within one unit of work. Nobody is told here of single complaints: each reader gets one word for all."""

    office: Office
    work: UnitOfWork

    async def move(self, row: StaffMembership, heir_id: int | None) -> list[int]:
        """Takes out of somebody's hands what they took on in the unit of an office; returns what of it is unfinished.

        Whoever still works in that unit keeps it, unless an heir is named. What the heir may not have goes to the unit.
        """
        giver = await self.actor(row.person_id)
        if row.unit_id is None or (heir_id is None and _works_in(giver, row.unit_id)):
            return []
        heir = await self.actor(heir_id) if heir_id is not None else None
        moved = await self.work.complaints.taken_by(row.person_id, row.unit_id)
        for complaint in moved:
            if complaint.status in OPEN_STATUSES | FINISHED_STATUSES:
                await Mover(self.office, self.work).move(complaint, SYSTEM, Action.HAND_OVER)
            complaint.taken_by = heir_id if heir and await self._may_work(heir, complaint) else None
        await self.work.flush()
        return [complaint.id for complaint in moved if complaint.status in UNFINISHED]

    async def drop_words(self, person_id: int) -> str | None:
        """Drops what somebody has begun and may no longer send; returns the number that words were for."""
        row = await self.work.drafts.composition_of(person_id)
        if row is None or row.purpose in CITIZEN_PURPOSES:
            return None
        complaint = await self.work.complaints.get(row.complaint_id)
        government = await self.office.government(self.work, complaint.government_id)
        wanted = FORWARDING if row.purpose is Purpose.FORWARD else (ACTIONS[row.purpose],)
        if open_actions(await self.actor(person_id), subject_of(complaint, government), wanted):
            return None
        await self.work.evidence.forget_composition(person_id)
        await self.work.drafts.discard_composition(person_id)
        await self.work.heard.forget_waiting(person_id)
        return complaint.number if row.purpose is not Purpose.FORWARD else None

    async def left_in_unit(self, row: StaffMembership) -> list[int]:
        """Who else works in the unit of an office; empty for an office without a unit."""
        people = await self.work.staff.in_unit(row.unit_id, WORKING_ROLES) if row.unit_id is not None else []
        return [person for person in people if person != row.person_id]

    async def group_of(self, row: StaffMembership) -> UnitGroup | None:
        """The group of the unit of an office."""
        return await self.work.groups.of_unit(row.unit_id) if row.unit_id is not None else None

    async def leave_group(self, row: StaffMembership, by: int | None) -> None:
        """Leaves the group of a unit where nobody works any more: whoever is still in it is no member of staff."""
        group = await self.group_of(row)
        if group is not None:
            self.work.audit.note(Act.DISCONNECT_GROUP, person_id=by, unit=row.unit_id, group=group.id)
            await self.work.groups.end(group)

    async def left_at_desk(self, row: StaffMembership) -> list[int]:
        """Who else holds the desk of an office; empty for an office without one."""
        match row.role:
            case Role.COORDINATOR:
                people = await self.work.staff.at_desk(row.government_id)
            case Role.NATIONAL_ADMIN:
                people = await self.work.staff.at_desk(None)
            case _:
                people = []
        return [person for person in people if person != row.person_id]

    async def desk_above(self, government_id: int | None) -> list[int]:
        """The coordinators of a government, or where it has none the national admins, who can invite one."""
        return await self.work.staff.at_desk(government_id) or await self.work.staff.at_desk(None)

    async def fellow_judges(self, row: StaffMembership) -> list[int]:
        """Who else reads what accuses, and the nation, for an office that lets somebody read it; else nobody."""
        unit = await self.work.directory.unit(row.unit_id) if row.unit_id is not None else None
        if not judges(row.role, unit.kind if unit else None):
            return []
        desk = await self.work.staff.at_desk(row.government_id)
        inspectors = await self.work.staff.holding(Role.INSPECTOR, row.government_id) if row.government_id else ()
        people = (*desk, *(each.person_id for each in inspectors), *await self.work.staff.at_desk(None))
        return [person for person in dict.fromkeys(people) if person != row.person_id]

    async def tell(
        self,
        word: StaffWord,
        people: Iterable[int],
        row: StaffMembership,
        complaint_ids: Sequence[int] = (),
        unsent: str | None = None,
    ) -> None:
        """Owes each of some people one word; in office hours, but for whoever comes or leaves, who learn it at once."""
        now = self.office.clock()
        government = await self.office.government(self.work, row.government_id)
        calendar = await self.office.calendar(self.work, government)
        at_once = word in (StaffWord.JOINED, StaffWord.LEFT)
        for person_id in people:
            await self.work.outbox.add(
                f"{Notice.STAFFING}:{word}:{row.id}:{person_id}:{now.timestamp():.0f}",
                person_id,
                Notice.STAFFING,
                now,
                data={
                    "word": word.value,
                    "membership_id": row.id,
                    "complaint_ids": list(complaint_ids),
                    "unsent": unsent,
                },
                not_before=now if at_once else calendar.next_opening(now),
            )

    async def actor(self, person_id: int) -> Actor:
        """Somebody with the roles that they hold just now."""
        return await actor_of(self.work, await self.work.people.get(person_id))

    async def _may_work(self, heir: Actor, complaint: Complaint) -> bool:
        government = await self.office.government(self.work, complaint.government_id)
        return bool(standings(heir, subject_of(complaint, government)) & WORKERS)


def _works_in(actor: Actor, unit_id: int) -> bool:
    return any(held.role in WORKERS and held.unit_id == unit_id for held in actor.memberships)
