"""Words for a complaint that exists, by citizens and by staff: begun, written, shown before they leave, sent once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from domain.drafting import CITIZEN_PURPOSES, FILES_SUFFICE, TEXT_MAX, ArchiveReason, Purpose
from domain.lifecycle import Action
from domain.permissions import allow
from domain.refusals import DraftMissing, NotUnderstood, StaleStep
from domain.sp4n import tracking_id
from routing.rudeness import flags
from services import reply_gate
from services.announcing import ADDRESSEES, addressed, still_addressed
from services.arbitration import prepare_return
from services.asking import KIND, wish_sheet
from services.caller import Caller
from services.desk_sheets import WishSheet
from services.moves import Mover, Words, subject_of
from services.office import Office
from services.reading import Reader, file_sheets
from services.registering import Registrar
from services.requests import check_words, send_words
from services.seeking import find, find_again
from services.sheets import CaseSheet, CompositionSheet
from services.shelf import Home, NewFile, Shelf
from storage.tables import Complaint, Composition
from storage.tables_telling import HeardMessage
from storage.unit_of_work import UnitOfWork

ACTIONS: dict[Purpose, Action] = {
    Purpose.FOLLOW_UP: Action.FOLLOW_UP,
    Purpose.DONE: Action.MARK_DONE,
    Purpose.ADD_INFORMATION: Action.ADD_INFORMATION,
    Purpose.ANSWER: Action.ANSWER,
    Purpose.HOLD: Action.HOLD,
    Purpose.ARCHIVE: Action.ARCHIVE,
    Purpose.RETURN: Action.RETURN,
    Purpose.PASS_ON: Action.PASS_ON,
    Purpose.REOPEN: Action.REOPEN,
    Purpose.OBJECT: Action.OBJECT,
    Purpose.WITHDRAW: Action.WITHDRAW,
    Purpose.ASK_CITIZEN: Action.ASK_CITIZEN,
    Purpose.RECORD_SP4N: Action.RECORD_SP4N,
    Purpose.ANNOUNCE: Action.ANNOUNCE,
    Purpose.GIST: Action.WRITE_GIST,
    Purpose.NOTE: Action.NOTE,
    Purpose.REQUEST: Action.REQUEST,
    Purpose.REFUSE: Action.DECIDE_REQUEST,
}
"""What becomes of the words when they leave. Forwarding has no words of its own: see `Oversight`."""

REQUESTS = frozenset({Purpose.REQUEST, Purpose.REFUSE})
"""Words that become a request or the answer to one: see `services.requests`."""

STRAY = "stray"
"""Where a composition keeps words of which it is not yet said what they are for."""

WORDS_MIN = 3
"""Characters that any message needs."""

REASON_MIN = 10
"""Characters of the reason for sending a reply as it is: somebody will read it."""


class Correspondence:
    """One composition per person at a time. Raises the refusals of `find` and `allow`, `DraftMissing`, `StaleStep`."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

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
                row.text = _written(row.purpose, said)
                await reply_gate.look(work, row)
                await _hear(work, by, row.complaint_id, said)
            row.serial, row.updated_at = fresh_serial(), self._office.clock()
            sheet = await _sheet(work, row)
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
            sheet = await _sheet(work, row)
            await work.commit()
            return sheet

    async def attach(self, by: Caller, file: NewFile, caption: str = "") -> CompositionSheet:
        """Keeps a file that goes along with the words; a caption is these words, if there are none yet."""
        async with self._office.database.work(by.cause) as work:
            row = await self._open(work, by)
            return await self._attached(work, row, file, caption)

    async def with_file(
        self, by: Caller, number: str, purpose: Purpose, file: NewFile, caption: str = ""
    ) -> CompositionSheet:
        """Begins with a file already there, as a reply to a card brings it; its caption is the words, if it has one."""
        async with self._office.database.work(by.cause) as work:
            row = await self._begun(work, by, number, purpose)
            return await self._attached(work, row, file, caption)

    async def _attached(self, work: UnitOfWork, row: Composition, file: NewFile, caption: str) -> CompositionSheet:
        now, by_staff = self._office.clock(), row.purpose not in CITIZEN_PURPOSES
        await Shelf(work, now).put(row.person_id, file, Home(composed_by=row.person_id), by_staff=by_staff)
        if caption.strip() and not row.text:
            row.text = checked(caption)
            await reply_gate.look(work, row)
        row.updated_at, row.serial = now, fresh_serial()
        sheet = await _sheet(work, row)
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
            sheet = await _sheet(work, row)
            await work.commit()
            return sheet

    async def send(self, by: Caller, serial: int) -> CaseSheet:
        """Lets the words leave, once: a second tap finds nothing to send. A reply that is held back stays."""
        async with self._office.database.work(by.cause) as work:
            row = await self._open(work, by, serial)
            alone = row.purpose in FILES_SUFFICE and await work.evidence.of_composition(by.person_id)
            if not (row.text or alone) or reply_gate.held(row.data):
                raise StaleStep
            complaint = await find_again(work, self._office, by.actor, row.complaint_id)
            if row.purpose in REQUESTS:
                event = await send_words(self._office, work, by, complaint, row)
                await work.evidence.sent_along(by.person_id, complaint.id, event.id)
            else:
                await self._move(work, by, complaint, row)
            await work.drafts.discard_composition(by.person_id)
            await work.heard.left(by.person_id)
            sheet = await Reader(self._office, work, by.actor).case(complaint)
            await work.commit()
            return sheet

    async def _move(self, work: UnitOfWork, by: Caller, complaint: Complaint, row: Composition) -> None:
        await self._particulars(work, complaint, row)
        substantive = not row.data.get(reply_gate.FOUND) if row.purpose in reply_gate.REPLIES else None
        data = reply_gate.for_timeline({key: value for key, value in row.data.items() if key not in ADDRESSEES})
        words = Words(row.text, data, substantive)
        mover = Mover(self._office, work)
        if row.purpose in CITIZEN_PURPOSES:
            complaint.flags = sorted({*complaint.flags, *flags(row.text or "")})
        for each in await still_addressed(work, self._office, by.actor, complaint, row.data):
            event = await mover.move(each, by.actor, ACTIONS[row.purpose], words)
            if each is complaint:
                await work.evidence.sent_along(by.person_id, complaint.id, event.id)

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
        if purpose not in ACTIONS:
            raise NotUnderstood("choice_unknown")
        if purpose is Purpose.ARCHIVE and (data or {}).get("reason") not in set(ArchiveReason):
            raise NotUnderstood("choice_unknown")
        async with self._office.database.work(by.cause) as work:
            before = await work.drafts.composition_of(by.person_id)
            waited = str(before.data.get(STRAY, "")) if before else ""
            row = await self._begun(work, by, number, purpose, data)
            row.text = _written(purpose, words) if words else None
            # Words by themselves are joined as they come; each message answers for its own.
            said = words or str(row.data.get(STRAY, "")).removeprefix(waited).strip()
            await _hear(work, by, row.complaint_id, said)
            await reply_gate.look(work, row)
            sheet = await _sheet(work, row)
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

    async def _particulars(self, work: UnitOfWork, complaint: Complaint, row: Composition) -> None:
        """What the purpose changes on the complaint besides its status."""
        if row.purpose is Purpose.ARCHIVE:
            complaint.archive_reason = row.data["reason"]
        if row.purpose is Purpose.RETURN:
            await prepare_return(work, complaint)
        if row.purpose is Purpose.GIST:
            complaint.text = row.text or ""
            await Registrar(self._office, work).weigh(complaint)
        if row.purpose is Purpose.RECORD_SP4N:
            complaint.sp4n_tracking_id = _written(row.purpose, row.text or "")

    @staticmethod
    async def _open(work: UnitOfWork, by: Caller, serial: int | None = None) -> Composition:
        row = await work.drafts.composition_of(by.person_id)
        if row is None or row.purpose is Purpose.FORWARD:
            raise DraftMissing
        if serial not in (None, row.serial):
            raise StaleStep
        return row


async def words_begun(work: UnitOfWork, person_id: int) -> CompositionSheet | None:
    """What somebody is writing; the proposal of a desk is not words."""
    row = await work.drafts.composition_of(person_id)
    return None if row is None or row.purpose is Purpose.FORWARD else await _sheet(work, row)


async def _sheet(work: UnitOfWork, row: Composition) -> CompositionSheet:
    complaint = await work.complaints.get(row.complaint_id)
    unit = await work.directory.unit(complaint.unit_id) if complaint.unit_id else None
    name = unit.name if unit else None
    files = file_sheets(await work.evidence.of_composition(row.person_id), sheltered=False, looks=(True, False))
    return CompositionSheet(
        complaint.number,
        row.purpose,
        row.text,
        row.serial,
        name,
        dict(row.data),
        reply_gate.findings(row.data),
        reply_gate.held(row.data),
        reply_gate.reason_is_asked(row.data),
        files,
        await _wish(work, row),
    )


async def _wish(work: UnitOfWork, row: Composition) -> WishSheet | None:
    """What is asked for, by these words or by the request that they answer."""
    if row.purpose not in REQUESTS:
        return None
    request = await work.requests.get(row.data.get("request_id", 0)) if KIND not in row.data else None
    return await wish_sheet(work, {KIND: request.kind, **request.data} if request else row.data)


async def _hear(work: UnitOfWork, by: Caller, complaint_id: int, said: str) -> None:
    """Notes from which message the words came, so that an edit of it changes them until they leave."""
    if by.message_id is not None and said:
        await work.heard.note(
            HeardMessage(person_id=by.person_id, message_id=by.message_id, complaint_id=complaint_id, words=said)
        )


def _written(purpose: Purpose, said: str) -> str:
    """The words as they are kept: of the national number its digits alone; raises `NotUnderstood` for another."""
    if purpose is not Purpose.RECORD_SP4N:
        return said
    if (number := tracking_id(said)) is None:
        raise NotUnderstood("sp4n_number")
    return number


def fresh_serial() -> int:
    """A number that no older button can carry: the button of a forgotten preview must never send another one."""
    return secrets.randbelow(2**31)


def checked(words: str, least: int = WORDS_MIN) -> str:
    """The words without blanks around them; raises `NotUnderstood` when they are too few or too many."""
    said = words.strip()
    if len(said) < least:
        raise NotUnderstood("text_short")
    if len(said) > TEXT_MAX:
        raise NotUnderstood("text_long")
    return said
