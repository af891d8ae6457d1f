"""Written words leave: their effect is taken when the seconds are over in which their writer may take them back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from domain.drafting import CITIZEN_PURPOSES, FILES_SUFFICE, Purpose
from domain.messages import Notice
from domain.refusals import NotUnderstood, Refusal, StaleStep
from routing.rudeness import flags
from services import reply_gate
from services.announcing import ADDRESSEES, still_addressed
from services.arbitration import prepare_return
from services.caller import Caller
from services.composing import ACTIONS, REQUESTS, fresh_serial, written
from services.moves import Mover, Words
from services.office import Office
from services.people import actor_of
from services.proof import lacking
from services.registering import Registrar
from services.requests import send_words
from services.seeking import find_again
from storage.tables_complaints import Complaint
from storage.tables_drafts import Composition
from storage.unit_of_work import UnitOfWork

REST = timedelta(minutes=1)
"""How long words rest that could not leave because something was broken."""


class Leaving:
    """Settles what is on its way. Its effect and its end are one transaction, so it leaves once, after any kill."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def due(self) -> Sequence[int]:
        """Whose words are to leave now."""
        async with self._office.database.reading() as work:
            return await work.drafts.due_to_leave(self._office.clock())

    async def settle(self, person_id: int) -> bool:
        """Lets somebody's words leave now if they are on their way; returns whether they did.

        What the rules do not let through any more is given back to its writer, who is told.
        """
        try:
            return await self._settle(person_id)
        except Refusal:
            return await self._give_back(person_id)

    async def put_off(self, person_id: int) -> None:
        """They could not leave, and no rule is the reason: they are tried again later."""
        async with self._office.database.work() as work:
            row = await work.drafts.hold_composition(person_id)
            if row is not None and row.leaves_at is not None:
                row.leaves_at = self._office.clock() + REST
            await work.commit()

    async def _settle(self, person_id: int) -> bool:
        async with self._office.database.work() as work:
            row = await work.drafts.hold_composition(person_id)
            if row is None or row.leaves_at is None:
                return False
            person = await work.people.get(person_id)
            by = Caller(person_id, await actor_of(work, person), person.locale)
            await leave(self._office, work, by, row)
            await work.commit()
            return True

    async def _give_back(self, person_id: int) -> bool:
        async with self._office.database.work() as work:
            row = await work.drafts.hold_composition(person_id)
            if row is not None and row.leaves_at is not None:
                row.leaves_at, row.serial = None, fresh_serial()
                key = f"{Notice.GIVEN_BACK}:{row.serial}:{person_id}"
                await work.outbox.add(key, person_id, Notice.GIVEN_BACK, self._office.clock())
            await work.commit()
            return False


async def demand_complete(work: UnitOfWork, row: Composition, complaint: Complaint) -> None:
    """Raises `StaleStep` for words that may not leave yet: none, or a reply that is held back.

    Raises `NotUnderstood("proof_missing")` where to say that it is done takes more than words.
    """
    alone = row.purpose in FILES_SUFFICE and await work.evidence.of_composition(row.person_id)
    if not (row.text or alone) or reply_gate.held(row.data):
        raise StaleStep
    if await lacking(work, row, complaint):
        raise NotUnderstood("proof_missing")


async def leave(office: Office, work: UnitOfWork, by: Caller, row: Composition) -> None:
    """The words take their effect and are no longer waiting."""
    complaint = await find_again(work, office, by.actor, row.complaint_id)
    if row.purpose in REQUESTS:
        event = await send_words(office, work, by, complaint, row)
        await work.evidence.sent_along(by.person_id, complaint.id, event.id)
    else:
        await _move(office, work, by, complaint, row)
    await work.drafts.discard_composition(by.person_id)
    await work.heard.left(by.person_id)


async def _move(office: Office, work: UnitOfWork, by: Caller, complaint: Complaint, row: Composition) -> None:
    await _particulars(office, work, complaint, row)
    substantive = not row.data.get(reply_gate.FOUND) if row.purpose in reply_gate.REPLIES else None
    data = reply_gate.for_timeline({key: value for key, value in row.data.items() if key not in ADDRESSEES})
    words = Words(row.text, data, substantive)
    mover = Mover(office, work)
    if row.purpose in CITIZEN_PURPOSES:
        complaint.flags = sorted({*complaint.flags, *flags(row.text or "")})
    for each in await still_addressed(work, office, by.actor, complaint, row.data):
        event = await mover.move(each, by.actor, ACTIONS[row.purpose], words)
        if each is complaint:
            await work.evidence.sent_along(by.person_id, complaint.id, event.id)


async def _particulars(office: Office, work: UnitOfWork, complaint: Complaint, row: Composition) -> None:
    """What the purpose changes on the complaint besides its status."""
    if row.purpose is Purpose.ARCHIVE:
        complaint.archive_reason = row.data["reason"]
    if row.purpose is Purpose.RETURN:
        await prepare_return(work, complaint)
    if row.purpose is Purpose.GIST:
        complaint.text = row.text or ""
        await Registrar(office, work).weigh(complaint)
    if row.purpose is Purpose.RECORD_SP4N:
        complaint.sp4n_tracking_id = written(row.purpose, row.text or "")
