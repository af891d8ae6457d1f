"""Words that are being written: what they become, how they are checked, and how their writer sees them."""

from __future__ import annotations

import secrets

from domain.canned import FILLS
from domain.drafting import TEXT_MAX, Purpose
from domain.lifecycle import Action
from domain.refusals import NotUnderstood
from domain.sp4n import tracking_id
from services import reply_gate
from services.composition_sheets import CompositionSheet
from services.presence import beside
from services.proof import lacking
from services.request_sheets import WishSheet
from services.requesting import KIND, wish_sheet
from services.told import file_sheets
from storage.tables_drafts import Composition
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


async def words_begun(work: UnitOfWork, person_id: int) -> CompositionSheet | None:
    """What somebody is writing; the proposal of a desk is not words, and what is on its way is written."""
    row = await work.drafts.composition_of(person_id)
    return None if row is None or not is_open(row) else await composition_sheet(work, row)


def is_open(row: Composition) -> bool:
    """Whether these are words that somebody is still writing."""
    return row.purpose is not Purpose.FORWARD and row.leaves_at is None


async def composition_sheet(work: UnitOfWork, row: Composition) -> CompositionSheet:
    """The words as their writer sees them."""
    complaint = await work.complaints.get(row.complaint_id)
    files = file_sheets(await work.evidence.of_composition(row.person_id), sheltered=False, looks=(True, False))
    return CompositionSheet(
        complaint.number,
        row.purpose,
        row.text,
        row.serial,
        dict(row.data),
        reply_gate.findings(row.data),
        reply_gate.held(row.data),
        reply_gate.reason_is_asked(row.data),
        files,
        await _wish(work, row),
        await beside(work, row, complaint),
        await lacking(work, row, complaint),
        row.purpose in FILLS and complaint.unit_id is not None and await work.canned.count(complaint.unit_id) > 0,
    )


async def _wish(work: UnitOfWork, row: Composition) -> WishSheet | None:
    """What is asked for, by these words or by the request that they answer."""
    if row.purpose not in REQUESTS:
        return None
    request = await work.requests.get(row.data.get("request_id", 0)) if KIND not in row.data else None
    return await wish_sheet(work, {KIND: request.kind, **request.data} if request else row.data)


def written(purpose: Purpose, said: str) -> str:
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
