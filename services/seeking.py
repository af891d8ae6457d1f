"""Finds a complaint by what somebody typed, for those who may read it; everybody else learns nothing."""

from __future__ import annotations

from domain.permissions import Actor, may_read
from domain.refusals import ComplaintNotFound, NotUnderstood
from domain.ticket import SlipOfTyping, parse
from services.moves import subject_of
from services.office import Office
from storage.tables_complaints import Complaint
from storage.unit_of_work import UnitOfWork


class NumberMistyped(NotUnderstood):
    """The number cannot be right; `suggestions` are numbers that it may have meant, which need not exist."""

    def __init__(self, suggestions: tuple[str, ...]) -> None:
        super().__init__("number_slip")
        self.suggestions = suggestions


def read_number(text: str) -> str:
    """The number in the form it is kept in; raises `NumberMistyped`."""
    found = parse(text)
    if isinstance(found, SlipOfTyping):
        raise NumberMistyped(tuple(found.suggestions))
    return found


async def find_any(work: UnitOfWork, text: str) -> Complaint:
    """The complaint of a number, whoever asks; raises `NumberMistyped` or `ComplaintNotFound`."""
    complaint = await work.complaints.by_number(read_number(text))
    if complaint is None:
        raise ComplaintNotFound
    return complaint


async def find(work: UnitOfWork, office: Office, actor: Actor, text: str) -> Complaint:
    """The complaint of a number for somebody who may read it; a foreign one is answered as a missing one."""
    complaint = await work.complaints.reachable_by_number(actor, read_number(text))
    return await _read(work, office, actor, complaint)


async def find_again(work: UnitOfWork, office: Office, actor: Actor, complaint_id: int) -> Complaint:
    """A complaint that a row of ours names, for somebody who may still read it; raises `ComplaintNotFound`."""
    return await _read(work, office, actor, await work.complaints.reachable(actor, complaint_id))


async def _read(work: UnitOfWork, office: Office, actor: Actor, complaint: Complaint | None) -> Complaint:
    if complaint is None:
        raise ComplaintNotFound
    government = await office.government(work, complaint.government_id)
    if not may_read(actor, subject_of(complaint, government)):
        raise ComplaintNotFound
    return complaint
