"""Words for a complaint that exists, by citizens and by staff: begun, written, shown before they leave, sent once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.drafting import CITIZEN_PURPOSES, TAKEN_BACK, ArchiveReason, Purpose
from domain.permissions import allow
from domain.refusals import AlreadyLeft, DraftMissing, NotUnderstood, StaleStep
from services import reply_gate
from services.announcing import addressed
from services.caller import Caller
from services.case_sheets import CaseSheet
from services.composing import (
    ACTIONS,
    REASON_MIN,
    REQUESTS,
    STRAY,
    checked,
    composition_sheet,
    fresh_serial,
    is_open,
    words_begun,
    written,
)
from services.composition_sheets import CompositionSheet
from services.leaving import Leaving, demand_complete, leave
from services.moves import subject_of
from services.office import Office
from services.reading import Reader
from services.requests import check_words
from services.seeking import find, find_again
from services.shelf import Home, NewFile, Shelf
from storage.tables_drafts import Composition
from storage.unit_of_work import UnitOfWork


class Correspondence:
    """One composition per person at a time. Raises the refusals of `find` and `allow`, `DraftMissing`, `StaleStep`."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office
        self._leaving = Leaving(office)

    async def current(self, by: Caller) -> CompositionSheet | None:
        """What the person is writing just now; a coordinator's open proposal is not words and not shown here."""
        async with self._office.database.reading() as work:
            return await words_begun(work, by.person_id)

    async def begin(
        self, by: Caller, number: str, purpose: Purpose, data: Mapping[str, Any] | None = None
    ) -> CompositionSheet:
        """Asks for words; what was begun for something else is replaced."""
        return await self._begin(by, number, purpose, None, data)

    async def at_once(
        self, by: Caller, number: str, purpose: Purpose, words: str, data: Mapping[str, Any] | None = None
    ) -> CompositionSheet:
        """Begins with the words already there, as `/balas NOMOR teks` gives them."""
        return await self._begin(by, number, purpose, checked(words), data)

    async def write(self, by: Caller, words: str) -> CompositionSheet:
        """Takes the words; they have not left yet."""
        said = checked(words)
        async with self._office.database.work(by.cause) as work:
            row = await self._open(work, by)
            if reply_gate.reason_is_asked(row.data):
                row.data = {**row.data, reply_gate.AS_IS: checked(words, REASON_MIN)}
            else:
                row.text = written(row.purpose, said)
                await reply_gate.look(work, row)
                await _hear(work, by, row.complaint_id, said)
            row.serial, row.updated_at = fresh_serial(), self._office.clock()
            sheet = await composition_sheet(work, row)
            await work.commit()
            return sheet

    async def as_is(self, by: Caller, serial: int) -> CompositionSheet:
        """Asks why a reply that was held back should leave as it is; the coordinator will read the reason."""
        async with self._office.database.work(by.cause) as work:
            row = await self._open(work, by, serial)
            if not reply_gate.held(row.data):
                raise StaleStep
            row.data = {**row.data, reply_gate.AS_IS: ""}
            row.serial, row.updated_at = fresh_serial(), self._office.clock()
            sheet = await composition_sheet(work, row)
            await work.commit()
            return sheet

    async def attach(self, by: Caller, file: NewFile, caption: str = "") -> CompositionSheet:
        """Keeps a file that goes along with the words; a caption is these words, if there are none yet."""
        async with self._office.database.work(by.cause) as work:
            row = await self._open(work, by)
            return await self._attached(work, row, file, caption)

    async def with_file(
        self,
        by: Caller,
        number: str,
        purpose: Purpose,
        file: NewFile,
        caption: str = "",
        data: Mapping[str, Any] | None = None,
    ) -> CompositionSheet:
        """Begins with a file already there, as a reply to a card brings it; its caption is the words, if it has one."""
        _demand_known(purpose, data)
        await self._leaving.settle(by.person_id)
        async with self._office.database.work(by.cause) as work:
            row = await self._begun(work, by, number, purpose, data)
            return await self._attached(work, row, file, caption)

    async def _attached(self, work: UnitOfWork, row: Composition, file: NewFile, caption: str) -> CompositionSheet:
        now, by_staff = self._office.clock(), row.purpose not in CITIZEN_PURPOSES
        await Shelf(work, now, self._office.limits).put(
            row.person_id, file, Home(composed_by=row.person_id), by_staff=by_staff
        )
        if caption.strip() and not row.text:
            row.text = checked(caption)
            await reply_gate.look(work, row)
        row.updated_at, row.serial = now, fresh_serial()
        sheet = await composition_sheet(work, row)
        await work.commit()
        return sheet

    async def rewrite(self, by: Caller, serial: int) -> CompositionSheet:
        """Asks for the words again."""
        async with self._office.database.work(by.cause) as work:
            row = await self._open(work, by, serial)
            row.text, row.updated_at = None, self._office.clock()
            if reply_gate.reason_is_asked(row.data):
                row.data = {key: value for key, value in row.data.items() if key != reply_gate.AS_IS}
            row.serial = fresh_serial()
            sheet = await composition_sheet(work, row)
            await work.commit()
            return sheet

    async def send(self, by: Caller, serial: int) -> CaseSheet:
        """Lets the words leave, once. What others act upon waits some seconds in which it can be taken back.

        A second tap finds nothing to send. A reply that is held back stays.
        """
        async with self._office.database.work(by.cause) as work:
            row = await self._open(work, by, serial)
            complaint = await find_again(work, self._office, by.actor, row.complaint_id)
            await demand_complete(work, row, complaint)
            if self._office.undo and row.purpose in TAKEN_BACK:
                government = await self._office.government(work, complaint.government_id)
                allow(by.actor, ACTIONS[row.purpose], subject_of(complaint, government))
                row.updated_at = self._office.clock()
                row.leaves_at = row.updated_at + self._office.undo
                await work.flush()
            else:
                await leave(self._office, work, by, row)
            sheet = await Reader(self._office, work, by.actor).case(complaint)
            await work.commit()
            return sheet

    async def leaving(self, by: Caller) -> CaseSheet | None:
        """The complaint for which the person's words are on their way and can still be taken back, if there is one."""
        async with self._office.database.reading() as work:
            row = await work.drafts.composition_of(by.person_id)
            if row is None or row.leaves_at is None:
                return None
            return await Reader(self._office, work, by.actor).case(await work.complaints.get(row.complaint_id))

    async def undo(self, by: Caller, serial: int) -> CompositionSheet:
        """Takes back words that have not left yet: they are open again. Raises `AlreadyLeft` for any others."""
        async with self._office.database.work(by.cause) as work:
            row = await work.drafts.hold_composition(by.person_id)
            if row is None or row.leaves_at is None or row.serial != serial:
                raise AlreadyLeft
            row.leaves_at, row.updated_at, row.serial = None, self._office.clock(), fresh_serial()
            sheet = await composition_sheet(work, row)
            await work.commit()
            return sheet

    async def drop(self, by: Caller) -> None:
        """Gives up what was begun."""
        async with self._office.database.work(by.cause) as work:
            await self._open(work, by)
            await work.evidence.forget_composition(by.person_id)
            await work.drafts.discard_composition(by.person_id)
            await work.heard.forget_waiting(by.person_id)
            await work.commit()

    async def _begin(
        self, by: Caller, number: str, purpose: Purpose, words: str | None, data: Mapping[str, Any] | None
    ) -> CompositionSheet:
        _demand_known(purpose, data)
        await self._leaving.settle(by.person_id)
        async with self._office.database.work(by.cause) as work:
            before = await work.drafts.composition_of(by.person_id)
            waited = str(before.data.get(STRAY, "")) if before else ""
            row = await self._begun(work, by, number, purpose, data)
            row.text = written(purpose, words) if words else None
            # Words by themselves are joined as they come; each message answers for its own.
            said = words or str(row.data.get(STRAY, "")).removeprefix(waited).strip()
            await _hear(work, by, row.complaint_id, said)
            await reply_gate.look(work, row)
            sheet = await composition_sheet(work, row)
            await work.commit()
            return sheet

    async def _begun(
        self, work: UnitOfWork, by: Caller, number: str, purpose: Purpose, data: Mapping[str, Any] | None = None
    ) -> Composition:
        """A fresh composition; files that were to go along with words about another number are forgotten."""
        complaint = await find(work, self._office, by.actor, number)
        if purpose is Purpose.GIST and not complaint.voiced:
            raise NotUnderstood("choice_unknown")
        government = await self._office.government(work, complaint.government_id)
        allow(by.actor, ACTIONS[purpose], subject_of(complaint, government))
        before = await work.drafts.composition_of(by.person_id)
        if before is not None and before.complaint_id != complaint.id:
            await work.evidence.forget_composition(by.person_id)
        particulars = dict(data or {})
        if purpose in REQUESTS:
            await check_words(self._office, work, by, complaint, particulars)
        if purpose is Purpose.ANNOUNCE:
            particulars |= await addressed(work, self._office, by.actor, complaint)
        return await work.drafts.compose(
            by.person_id, complaint.id, purpose, particulars, fresh_serial(), self._office.clock()
        )

    @staticmethod
    async def _open(work: UnitOfWork, by: Caller, serial: int | None = None) -> Composition:
        row = await work.drafts.hold_composition(by.person_id)
        if row is None or not is_open(row):
            raise DraftMissing
        if serial not in (None, row.serial):
            raise StaleStep
        return row


def _demand_known(purpose: Purpose, data: Mapping[str, Any] | None) -> None:
    """Raises `NotUnderstood` for a purpose that no words have, or an archive without one of the coded reasons."""
    archived = purpose is Purpose.ARCHIVE and (data or {}).get("reason") not in set(ArchiveReason)
    if purpose not in ACTIONS or archived:
        raise NotUnderstood("choice_unknown")


async def _hear(work: UnitOfWork, by: Caller, complaint_id: int, said: str) -> None:
    """Notes from which message the words came, so that an edit of it changes them until they leave."""
    if by.message_id is not None and said:
        await work.heard.note(by.person_id, by.message_id, said, complaint_id=complaint_id)
