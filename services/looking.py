"""Writes down who on duty opens a complaint, so that its citizen can be told."""

from __future__ import annotations

from domain.lifecycle import STAFF, Role
from domain.permissions import Actor, may_read, standings
from services.moves import subject_of
from services.office import Office
from storage.tables_complaints import Complaint
from storage.unit_of_work import UnitOfWork


async def note_look(office: Office, work: UnitOfWork, actor: Actor, complaint: Complaint) -> bool:
    """Keeps the look of somebody on duty; returns False for its own citizen and for strangers, who see less."""
    subject = subject_of(complaint, await office.government(work, complaint.government_id))
    on_duty = standings(actor, subject) & STAFF
    if not on_duty or not may_read(actor, subject) or actor.person_id is None:
        return False
    role = next(role for role in Role if role in on_duty)
    await work.privacy.looked(complaint, actor.person_id, role, office.clock())
    return True
