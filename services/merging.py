"""A coordinator makes one of two: what is the same trouble goes on under one number, and its people come along."""

from __future__ import annotations

from domain.lifecycle import DESK, OPEN_STATUSES, Action
from domain.permissions import Actor, allow, standings
from domain.refusals import ComplaintNotFound, NotUnderstood
from services.caller import Caller
from services.case_sheets import CaseSheet
from services.desk_sheets import MergeSheet
from services.listing import Lister
from services.moves import Mover, Words, subject_of
from services.office import Office
from services.reading import Reader
from services.seeking import find
from services.similar import Similar, may_be_merged
from services.support_sheets import SimilarLine
from storage.tables_complaints import Complaint
from storage.unit_of_work import UnitOfWork


class Merging:
    """Two taps: a preview of both, then the merge. Raises the refusals of `find` and `allow`."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def near(self, by: Caller, number: str) -> tuple[SimilarLine, ...]:
        """What a complaint may be merged into, the likeliest first."""
        async with self._office.database.reading() as work:
            complaint = await self._at_desk(work, by, number)
            found = await Similar(self._office, work).to_complaint(complaint, by.actor)
            return await Lister(self._office, work, by.actor).similar_lines(found)

    async def preview(self, by: Caller, number: str, main_number: str) -> MergeSheet:
        """First tap: both as the caller may see them."""
        async with self._office.database.reading() as work:
            complaint = await self._at_desk(work, by, number)
            main = await _main(self._office, work, by.actor, complaint, main_number)
            reader = Reader(self._office, work, by.actor)
            people = await _coming(work, complaint, main)
            return MergeSheet(await reader.case(complaint), await reader.case(main), len(people))

    async def merge(self, by: Caller, number: str, main_number: str) -> CaseSheet:
        """Second tap: the first ends, its citizen and supporters support the other; returns the one that goes on."""
        async with self._office.database.work(by.cause) as work:
            complaint = await self._at_desk(work, by, number)
            main = await unite(self._office, work, by.actor, complaint, main_number)
            sheet = await Reader(self._office, work, by.actor).case(main)
            await work.commit()
            return sheet

    async def _at_desk(self, work: UnitOfWork, by: Caller, number: str) -> Complaint:
        complaint = await find(work, self._office, by.actor, number)
        government = await self._office.government(work, complaint.government_id)
        allow(by.actor, Action.MERGE, subject_of(complaint, government))
        return complaint


async def unite(office: Office, work: UnitOfWork, actor: Actor, complaint: Complaint, main_number: str) -> Complaint:
    """Ends a complaint in another one, which its people support from now on; returns the one that goes on."""
    main = await _main(office, work, actor, complaint, main_number)
    await Mover(office, work).move(complaint, actor, Action.MERGE, Words(data={"main": main.number}))
    complaint.merged_into_id = main.id
    for person_id in await _coming(work, complaint, main):
        await work.supports.add(main, person_id, office.clock(), merged_id=complaint.id)
    return main


async def _main(office: Office, work: UnitOfWork, actor: Actor, complaint: Complaint, number: str) -> Complaint:
    """The one that goes on, if the actor's desk has it too and both may be one."""
    main = await find(work, office, actor, number)
    government = await office.government(work, main.government_id)
    if not standings(actor, subject_of(main, government)) & DESK:
        raise ComplaintNotFound
    if main.status not in OPEN_STATUSES:
        raise NotUnderstood("merge_ended")
    if not may_be_merged(complaint, main):
        raise NotUnderstood("merge_apart")
    return main


async def _coming(work: UnitOfWork, complaint: Complaint, main: Complaint) -> list[int]:
    """Who comes along: the citizen and the supporters, but not whose the main one is, nor its supporters again."""
    known = {main.person_id, *await work.supports.people(main.id)}
    coming = (complaint.person_id, *await work.supports.people(complaint.id))
    return [person_id for person_id in dict.fromkeys(coming) if person_id not in known]
