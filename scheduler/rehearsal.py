"""A dry run: what the jobs would do at an instant, what would be sent to whom, and why the rest would not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.lifecycle import Role
from domain.messages import Notice, OutboxState
from scheduler.jobs import Job, jobs_of, retention_jobs
from services.left_unsaid import LeftUnsaid, Why
from services.letters import Letters
from services.office import Office
from services.retaining import Retaining
from services.timekeeping import Timekeeping
from storage.rehearsal import RehearsedDatabase, rehearsing
from storage.tables_messages import OutboxMessage
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class WouldSend:
    """A message that would leave: its sort, its reader as an office or as the citizen of a number, its subject."""

    notice: Notice
    to: str
    about: str


@dataclass(frozen=True)
class Outlook:
    """`done` counts what each job would do."""

    at: datetime
    done: tuple[tuple[str, int], ...]
    sent: tuple[WouldSend, ...]
    left_unsaid: tuple[LeftUnsaid, ...]


async def rehearse(office: Office, at: datetime, jobs: Callable[[Timekeeping], Sequence[Job]] = jobs_of) -> Outlook:
    """Runs every job at an instant and opens every letter, in a transaction that keeps nothing."""

    def clock() -> datetime:
        return at

    left_unsaid: list[LeftUnsaid] = []
    async with rehearsing(office.database, clock) as database:
        stage = replace(office, database=database, clock=clock)
        done = [(job.id, await job.act(at)) for job in jobs(Timekeeping(stage, left_unsaid.append))]
        done += [(job.id, await job.act(at)) for job in retention_jobs(Retaining(stage))]
        sent = await _deliverable(stage, database, at, left_unsaid)
    return Outlook(at, tuple(done), tuple(sent), tuple(dict.fromkeys(left_unsaid)))


async def _deliverable(
    stage: Office, database: RehearsedDatabase, at: datetime, left_unsaid: list[LeftUnsaid]
) -> list[WouldSend]:
    letters, sent = Letters(stage), []
    for message in await database.queued():
        async with database.reading() as work:
            would = await _would_send(work, message)
            person = await work.people.get(message.person_id)
        why, until = await _hindrance(letters, message, at, reachable=person.unreachable_since is None)
        if why is None:
            sent.append(would)
        else:
            left_unsaid.append(LeftUnsaid(f"{would.notice} to {would.to}", would.about, why, until))
    return sent


async def _hindrance(
    letters: Letters, message: OutboxMessage, at: datetime, *, reachable: bool
) -> tuple[Why | None, datetime | None]:
    if not reachable or message.state is OutboxState.BLOCKED:
        return Why.BLOCKED, None
    if message.not_before > at:
        return Why.ASLEEP, message.not_before
    return (None if await letters.open(message) else Why.NO_LONGER_TRUE), None


async def _would_send(work: UnitOfWork, message: OutboxMessage) -> WouldSend:
    complaint = await work.complaints.get(message.complaint_id) if message.complaint_id else None
    if complaint is not None and complaint.person_id == message.person_id:
        to = Role.CITIZEN.value
    else:
        to = await _offices(work, message.person_id)
    listed = next((len(message.data[key]) for key in ("complaint_ids", "climbs", "moved") if key in message.data), 0)
    about = complaint.number if complaint else (f"{listed} deadlines" if listed else "the day")
    if message.kind is Notice.UNSENT:
        about = f"draft {message.data['draft_id']}"
    return WouldSend(message.kind, to, about)


async def _offices(work: UnitOfWork, person_id: int) -> str:
    """The roles of a person with their scope; who has none is a citizen. Nobody is named."""
    offices = []
    for held in await work.staff.memberships_of(person_id):
        unit = await work.directory.unit(held.unit_id) if held.unit_id else None
        government = await work.directory.government(held.government_id) if held.government_id else None
        scope = unit.name if unit else (government.name if government else "")
        offices.append(f"{held.role.value} {scope}".strip())
    return ", ".join(offices) or Role.CITIZEN.value
