"""Practising: a pretend complaint from step to step. One row keeps the step; no other table is written."""

from __future__ import annotations

from domain.lifecycle import ComplaintClass
from domain.permissions import Actor
from domain.practice import ENDS, FIRST, LASTS, WRITING, Move, PracticeStep, Road, after, roads
from domain.refusals import StaleStep
from services.caller import Caller
from services.composing import checked
from services.office import Office
from services.practice_sheets import PracticeSheet
from services.reply_gate import judge
from storage.tables_practice import Practice
from storage.unit_of_work import UnitOfWork


class Practising:
    """A first day at a desk. Raises `StaleStep` for a button of another step, or when nothing is practised."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register, and reads of it the calendar alone."""
        self._office = office

    async def begin(self, by: Caller, road: Road) -> PracticeSheet:
        """Begins, or begins again; a road of an office that the caller does not hold raises `StaleStep`."""
        if road not in roads(by.actor) or road not in FIRST:
            raise StaleStep
        now = self._office.clock()
        async with self._office.database.work(by.cause) as work:
            row = await work.practices.put(
                Practice(
                    person_id=by.person_id,
                    step=FIRST[road],
                    text=None,
                    complaint_class=ComplaintClass.ORDINARY,
                    begun_at=now,
                    touched_at=now,
                )
            )
            sheet = await practice_sheet(self._office, work, by.actor, row)
            await work.commit()
            return sheet

    async def current(self, by: Caller) -> PracticeSheet | None:
        """Where the caller stands; None when they practise nothing."""
        async with self._office.database.reading() as work:
            return await practised(self._office, work, by.actor)

    async def move(
        self, by: Caller, step: PracticeStep, move: Move, complaint_class: ComplaintClass | None = None
    ) -> PracticeSheet:
        """A tap on a screen of this step; one that leads nowhere shows the step again. The last step ends it."""
        async with self._office.database.work(by.cause) as work:
            row = await self._open(work, by)
            if row.step is not step or move in (Move.HELD, Move.PASSED):
                raise StaleStep
            row.step, row.touched_at = after(step, move), self._office.clock()
            row.complaint_class = complaint_class or row.complaint_class
            if move in (Move.FINISH, Move.DROP):
                row.text = None
            sheet = await practice_sheet(self._office, work, by.actor, row, astray=row.step is step)
            if row.step in ENDS:
                await work.practices.end(row)
            await work.commit()
            return sheet

    async def write(self, by: Caller, text: str) -> PracticeSheet:
        """Words, judged as those of a real reply; a step that asks for none is shown again."""
        async with self._office.database.work(by.cause) as work:
            row = await self._open(work, by)
            if row.step not in WRITING:
                return await practice_sheet(self._office, work, by.actor, row, astray=True)
            said = checked(text)
            row.step = after(row.step, Move.HELD if judge(said) else Move.PASSED)
            row.text, row.touched_at = said, self._office.clock()
            sheet = await practice_sheet(self._office, work, by.actor, row)
            await work.commit()
            return sheet

    async def leave(self, by: Caller) -> bool:
        """Ends it; False when there was none. Without the cause: what the caller wants is still to be done."""
        async with self._office.database.work() as work:
            row = await work.practices.of(by.person_id)
            if row is None:
                return False
            lasted = row.touched_at >= self._office.clock() - LASTS
            await work.practices.end(row)
            await work.commit()
            return lasted

    async def _open(self, work: UnitOfWork, by: Caller) -> Practice:
        row = await work.practices.of(by.person_id)
        if row is None or row.touched_at < self._office.clock() - LASTS:
            raise StaleStep
        return row


async def practised(office: Office, work: UnitOfWork, actor: Actor) -> PracticeSheet | None:
    """Where somebody stands who practises, and has not left it for long."""
    row = await work.practices.of(actor.person_id) if actor.person_id is not None and actor.memberships else None
    if row is None or row.touched_at < office.clock() - LASTS:
        return None
    return await practice_sheet(office, work, actor, row)


async def practice_sheet(
    office: Office, work: UnitOfWork, actor: Actor, row: Practice, *, astray: bool = False
) -> PracticeSheet:
    """The step with days as they would run for the caller's own government."""
    home = next((each.government_id for each in actor.memberships if each.government_id is not None), None)
    government = await office.government(work, home)
    calendar = await office.calendar(work, government)
    rules = office.rules(office.regulation_now(calendar).version, government)
    return PracticeSheet(
        step=row.step,
        text=row.text,
        findings=judge(row.text) if row.text else (),
        complaint_class=row.complaint_class,
        begun_at=row.begun_at,
        time_zone=calendar.zone,
        verify_by=calendar.due_after(row.begun_at, rules.verify_days),
        follow_up_by=calendar.due_after(row.begun_at, rules.first_follow_up_days),
        resolve_by=calendar.due_after(row.begun_at, rules.resolve_days[row.complaint_class]),
        react_by=calendar.due_after(row.begun_at, rules.react_days),
        astray=astray,
    )
