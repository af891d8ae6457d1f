"""Finds a complaint by what somebody typed, for those who may read it; everybody else learns nothing."""

from __future__ import annotations

from domain.permissions import Actor, may_read
from domain.refusals import ComplaintNotFound, NotUnderstood
from domain.ticket import SlipOfTyping, parse
from services.moves import subject_of
from services.office import Office
from storage.tables import Complaint
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
    complaint = await find_any(work, text)
    government = await office.government(work, complaint.government_id)
    if not may_read(actor, subject_of(complaint, government)):
        raise ComplaintNotFound
    return complaint
