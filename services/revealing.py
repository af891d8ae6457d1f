"""Identities are opened: asked for with a reason, agreed to by a second person where it matters most, shown once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.audit import Act
from domain.drafting import TEXT_MAX
from domain.examination import is_examined
from domain.lifecycle import Action, Role
from domain.messages import Notice
from domain.permissions import Actor, allow, open_actions
from domain.privacy import RevealState
from domain.refusals import NotUnderstood, OwnWork, StaleStep
from domain.staffing import seasoned
from services.caller import Caller
from services.inviting import office_of
from services.moves import Mover, Words, subject_of
from services.office import Office
from services.people import actor_of
from services.reveal_sheets import IdentitySheet, RevealSheet
from services.seeking import find, find_again
from storage.tables_complaints import Complaint
from storage.tables_messages import OutboxMessage
from storage.tables_privacy import Reveal
from storage.unit_of_work import UnitOfWork

REASON_MIN = 20
"""Characters of a reason; the citizen learns that it happened, an auditor reads why."""

REVEAL_WITHIN = timedelta(days=1)
"""How long an asking waits for its second person and its asker."""


def second_needed(complaint: Complaint) -> bool:
    """Whoever accuses an office has most to fear: one person alone does not learn who it is."""
    return is_examined(accuses=complaint.accuses, complaint_class=complaint.complaint_class)


class Revealing:
    """Raises what `find` and `allow` raise: who may is the row of `Action.REVEAL` in the table of the lifecycle."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def ask(self, by: Caller, number: str, reason: str) -> RevealSheet:
        """Asks to open an identity; raises `NotUnderstood` for a reason that is none, or if nobody could agree."""
        said = reason.strip()
        if not REASON_MIN <= len(said) <= TEXT_MAX:
            raise NotUnderstood("reason_short" if len(said) < REASON_MIN else "text_long")
        async with self._office.database.work(by.cause) as work:
            complaint = await find(work, self._office, by.actor, number)
            await self._allow(work, by.actor, complaint)
            row = Reveal(
                complaint_id=complaint.id,
                asked_by=by.person_id,
                reason=said,
                asked_at=self._office.clock(),
                second_needed=second_needed(complaint),
            )
            await work.reveals.add(row)
            work.audit.note(Act.ASK_REVEAL, person_id=by.person_id, complaint_id=complaint.id, reveal=row.id)
            if row.second_needed:
                await self._ask_second(work, by, complaint, row)
            sheet = _sheet(row, complaint, by.person_id)
            await work.commit()
            return sheet

    async def decide(self, by: Caller, reveal_id: int, *, granted: bool) -> RevealSheet:
        """The second person agrees or refuses, once; raises `OwnWork` for whoever asked, and `StaleStep`.

        Raises `NotUnderstood("second_bound")` for who came by the asker, or too lately: it might be the same person.
        """
        async with self._office.database.work(by.cause) as work:
            row, complaint = await self._open(work, by, reveal_id, RevealState.WAITING)
            if row.asked_by == by.person_id:
                raise OwnWork
            if granted and not await self._may_agree(work, row, by.person_id, complaint):
                raise NotUnderstood("second_bound")
            row.decided_by, row.decided_at, row.granted = by.person_id, self._office.clock(), granted
            act = Act.APPROVE_REVEAL if granted else Act.REFUSE_REVEAL
            work.audit.note(act, person_id=by.person_id, complaint_id=complaint.id, reveal=row.id)
            await self._owe(work, row, row.asked_by)
            sheet = _sheet(row, complaint, by.person_id)
            await work.commit()
            return sheet

    async def show(self, by: Caller, reveal_id: int) -> IdentitySheet:
        """Opens the identity for whoever asked, once: it is written down first, and a second tap raises `StaleStep`."""
        async with self._office.database.work(by.cause) as work:
            row, complaint = await self._open(work, by, reveal_id, RevealState.READY)
            if row.asked_by != by.person_id:
                raise StaleStep
            row.shown_at = self._office.clock()
            words = Words(row.reason, {"reveal_id": row.id})
            await Mover(self._office, work).move(complaint, by.actor, Action.REVEAL, words)
            work.audit.note(Act.REVEAL, person_id=by.person_id, complaint_id=complaint.id, reveal=row.id)
            name, username = await work.identities.names_of(complaint.person_id)
            sheet = IdentitySheet(complaint.number, work.complaints.open_name(complaint), name, username)
            await work.commit()
            return sheet

    async def _open(
        self, work: UnitOfWork, by: Caller, reveal_id: int, wanted: RevealState
    ) -> tuple[Reveal, Complaint]:
        row = await work.reveals.get(reveal_id)
        if row is None:
            raise StaleStep
        complaint = await find_again(work, self._office, by.actor, row.complaint_id)
        await self._allow(work, by.actor, complaint)
        if state_of(row) is not wanted or row.asked_at < self._office.clock() - REVEAL_WITHIN:
            raise StaleStep
        return row, complaint

    async def _allow(self, work: UnitOfWork, actor: Actor, complaint: Complaint) -> None:
        government = await self._office.government(work, complaint.government_id)
        allow(actor, Action.REVEAL, subject_of(complaint, government))

    async def _ask_second(self, work: UnitOfWork, by: Caller, complaint: Complaint, row: Reveal) -> None:
        """Tells everybody who could agree; raises `NotUnderstood("no_second")` where there is nobody."""
        desk = await work.staff.at_desk(complaint.government_id)
        inspectors = await work.staff.in_unit(complaint.unit_id, [Role.INSPECTOR]) if complaint.unit_id else []
        others = [each for each in dict.fromkeys([*desk, *inspectors]) if each != by.person_id]
        able = [each for each in others if await self._may_agree(work, row, each, complaint)]
        for person_id in able:
            await self._owe(work, row, person_id)
        if not able:
            raise NotUnderstood("no_second")

    async def _may_agree(self, work: UnitOfWork, row: Reveal, person_id: int, complaint: Complaint) -> bool:
        """Whether somebody may be the second person: by an office that they have held for long, and on their own."""
        government = await self._office.government(work, complaint.government_id)
        subject = subject_of(complaint, government)
        actor = await actor_of(work, await work.people.get(person_id))
        held = await work.staff.memberships_of(person_id)
        long = tuple(office_of(each) for each in held if seasoned(each.since, row.asked_at))
        able = (actor, replace(actor, memberships=long))
        return all(open_actions(each, subject, [Action.REVEAL]) for each in able) and await _apart(
            work, row.asked_by, person_id
        )

    async def _owe(self, work: UnitOfWork, row: Reveal, person_id: int) -> None:
        await work.outbox.add(
            f"{Notice.REVEAL}:{row.id}:{person_id}",
            person_id,
            Notice.REVEAL,
            self._office.clock(),
            complaint_id=row.complaint_id,
            data={"reveal_id": row.id},
        )


async def _apart(work: UnitOfWork, one: int, other: int) -> bool:
    """Whether neither came by the other, nor both by a third, other than the nation: else they may be one person."""
    shared = await work.invites.line_of(one) & await work.invites.line_of(other)
    return not shared & {one, other} and shared <= set(await work.staff.at_desk(None))


def state_of(row: Reveal) -> RevealState:
    """How an asking stands."""
    if row.shown_at is not None:
        return RevealState.SHOWN
    if row.second_needed and row.granted is None:
        return RevealState.WAITING
    return RevealState.REFUSED if row.granted is False else RevealState.READY


async def open_reveal(office: Office, work: UnitOfWork, message: OutboxMessage) -> RevealSheet | None:
    """What a letter about an asking says to its reader; None when there is nothing left to decide or to tell."""
    row = await work.reveals.get(message.data["reveal_id"])
    if row is None or row.asked_at < office.clock() - REVEAL_WITHIN:
        return None
    sheet = _sheet(row, await work.complaints.get(row.complaint_id), message.person_id)
    told = {RevealState.READY, RevealState.REFUSED} if sheet.mine else {RevealState.WAITING}
    return sheet if sheet.state in told else None


def _sheet(row: Reveal, complaint: Complaint, reader_id: int) -> RevealSheet:
    return RevealSheet(row.id, complaint.number, state_of(row), row.reason, row.asked_by == reader_id)
