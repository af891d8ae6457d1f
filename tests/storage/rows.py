"""Rows as the tests of storage need them, with as few words as possible."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from domain.lifecycle import Kind
from domain.messages import Notice
from storage.queries.inbox import Claim, Unanswered
from storage.tables_complaints import Complaint
from storage.tables_people import Person
from storage.unit_of_work import UnitOfWork

_numbers = count(1)


async def a_person(work: UnitOfWork, now: datetime, chat_id: int | None = None) -> Person:
    """Somebody who has just written for the first time."""
    return await work.identities.meet(chat_id or 9_000_000 + next(_numbers), now)


def a_complaint(person: Person, now: datetime, **fields: Any) -> Complaint:
    """A complaint of that person, as short as can be."""
    usual = {"number": f"T{next(_numbers):07}", "kind": Kind.COMPLAINT, "text": "Jalan berlubang"}
    return Complaint(person_id=person.id, **{**usual, "regulation_version": "test", "received_at": now, **fields})


async def owe(work: UnitOfWork, person: Person, now: datetime, key: str, **fields: Any) -> bool:
    """Owes that person a receipt, or what `fields` say."""
    kind = fields.pop("kind", Notice.RECEIPT)
    return await work.outbox.add(key, person.id, kind, now, **fields)


async def claim_next(
    work: UnitOfWork, worker: str, now: datetime, lease: timedelta, gap: timedelta = timedelta()
) -> Claim | Unanswered | None:
    """Takes the one update that is next, if there is any."""
    return next(iter(await work.inbox.claim(worker, now, lease, 1, gap)), None)
