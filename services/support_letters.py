"""Opens the words that supporters are owed: what is public of a step, and nothing that was said to its citizen."""

from __future__ import annotations

from dataclasses import replace

from domain.lifecycle import Action
from domain.permissions import Actor
from services.case_sheets import CaseSheet, EventSheet
from services.office import Office
from services.reading import Reader
from storage.tables_messages import OutboxMessage
from storage.unit_of_work import UnitOfWork

FOR_EVERYBODY = frozenset({Action.ANNOUNCE})
"""Whose words are written for many. An answer to the citizen may name them: supporters learn only that there is one."""


async def supported(
    office: Office, work: UnitOfWork, actor: Actor, message: OutboxMessage
) -> tuple[CaseSheet, EventSheet] | None:
    """The public face and the step; None for somebody who does not support it any more."""
    if message.complaint_id is None or message.event_id is None:
        return None
    if not await work.supports.supports(message.complaint_id, message.person_id):
        return None
    reader = Reader(office, work, replace(actor, memberships=()))
    case = await reader.case(await work.complaints.get(message.complaint_id))
    event = await reader.event(await work.timeline.get(message.event_id))
    if event.action not in FOR_EVERYBODY:
        event = replace(event, text=None, data={})
    if case.unit is None:
        event = replace(event, unit=None)
    return case, event
