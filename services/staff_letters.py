"""Opens the words about people who come and go just before they leave, as far as they are still true."""

from __future__ import annotations

from domain.lifecycle import Role
from domain.permissions import Actor
from domain.staffing import JUDGING, StaffWord
from services.case_sheets import CaseLine
from services.handling import PAGE
from services.listing import Lister
from services.office import Office
from services.responsible import WORKING_ROLES
from services.staff_sheets import StaffNews
from storage.queries.staff import UNFINISHED
from storage.tables_complaints import Complaint
from storage.tables_messages import OutboxMessage
from storage.tables_offices import StaffMembership
from storage.unit_of_work import UnitOfWork


async def staff_news(
    office: Office, work: UnitOfWork, actor: Actor, message: OutboxMessage
) -> tuple[StaffNews, tuple[CaseLine, ...]] | None:
    """What the letter says and the complaints that it lists; None when it is no longer so, or not for this reader."""
    row = await work.staff.ever(message.data["membership_id"])
    if row is None:
        return None
    word = StaffWord(message.data["word"])
    found = await _about(work, actor, word, row, message)
    if found is None:
        return None
    rows, count = found
    government = await office.government(work, row.government_id)
    unit = await work.directory.unit(row.unit_id) if row.unit_id is not None else None
    news = StaffNews(
        word=word,
        id=row.id,
        role=row.role,
        government=government.name if government else None,
        unit=unit.name if unit else None,
        count=count,
        unsent=message.data.get("unsent"),
    )
    return news, await Lister(office, work, actor).lines(rows[:PAGE])


async def _about(
    work: UnitOfWork, actor: Actor, word: StaffWord, row: StaffMembership, message: OutboxMessage
) -> tuple[list[Complaint], int] | None:
    """The complaints to be listed and their number; None when there is nothing left to say."""
    match word:
        case StaffWord.JOINED:
            return ([], 0) if await work.staff.within(actor, row.id, lock=False) is not None else None
        case StaffWord.ARRIVED:
            return ([], 0) if row.revoked_at is None and actor.holds(*JUDGING) else None
        case StaffWord.LEFT:
            return [], 0
        case StaffWord.GIVEN:
            return [], len(message.data["complaint_ids"])
        case StaffWord.RECEIVED | StaffWord.QUEUED:
            holder = actor.person_id if word is StaffWord.RECEIVED else None
            rows = [await work.complaints.reachable(actor, each) for each in message.data["complaint_ids"]]
            still = [each for each in rows if each and each.status in UNFINISHED and each.taken_by == holder]
            return (still, len(still)) if still else None
        case StaffWord.UNIT_EMPTY:
            if row.unit_id is None or await work.staff.in_unit(row.unit_id, WORKING_ROLES):
                return None
            waiting, count = await work.complaints.open_of_unit(actor, row.unit_id, PAGE)
            return (list(waiting), count) if _at_a_desk(actor) else None
        case StaffWord.DESK_EMPTY:
            staffed = await work.staff.at_desk(row.government_id)
            return ([], 0) if actor.holds(Role.NATIONAL_ADMIN) and not staffed else None


def _at_a_desk(actor: Actor) -> bool:
    return actor.holds(Role.COORDINATOR, Role.NATIONAL_ADMIN)
