"""Opens what is owed for its reader just before it leaves: a row names its subject, the words are made late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from domain.lifecycle import DESK, OPEN_STATUSES, STAFF, WORKERS, Action
from domain.messages import Notice, Visibility
from domain.permissions import Actor, at_desk, standings
from services.case_sheets import CaseLine, CaseSheet, EventSheet
from services.clock_letters import escalated_lines, late_sheet, moved_sheet, open_request, outcome_open
from services.clock_sheets import EscalatedLine, LateSheet, MovedSheet
from services.composing import words_begun
from services.composition_sheets import CompositionSheet
from services.digest_sheets import DigestSheet
from services.digests import Digests
from services.draft_sheets import DraftLine, DraftSheet
from services.drafting import DraftDesk
from services.export_letters import open_export
from services.export_sheets import ExportSheet
from services.figure_sheets import QuietSheet
from services.figures import Figures
from services.group_losing import group_news
from services.group_sheets import GroupNews
from services.letter_sheets import Letter
from services.listing import Lister
from services.moves import subject_of
from services.office import Office
from services.people import actor_of
from services.practice_sheets import PracticeSheet
from services.practising import practised
from services.reading import Reader
from services.regions import quiet_sheet
from services.request_sheets import RequestSheet
from services.reveal_sheets import RevealSheet
from services.revealing import open_reveal
from services.staff_letters import staff_news
from services.staff_sheets import StaffNews
from services.support_letters import supported
from services.unsent import unsent
from storage.tables_complaints import Complaint, Event
from storage.tables_messages import OutboxMessage
from storage.unit_of_work import UnitOfWork


class Letters:
    """Turns rows of the outbox into letters."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def open(self, message: OutboxMessage) -> Letter | None:
        """The letter, cut to what its reader may see now; None when it is no longer true and should not leave."""
        return (await self.together([message]))[message.id]

    async def together(self, messages: Sequence[OutboxMessage]) -> Mapping[int, Letter | None]:
        """The same of several, by the row's number: what they have in common is read once."""
        async with self._office.database.reading() as work:
            await _look_ahead(work, messages)
            return {message.id: await self._letter(work, message) for message in messages}

    async def _letter(self, work: UnitOfWork, message: OutboxMessage) -> Letter | None:
        chat_id = await work.identities.chat_id_of(message.person_id)
        if chat_id is None:
            return None
        person = await work.people.get(message.person_id)
        actor = await actor_of(work, person)
        subject = await _Subject.of(self._office, work, actor, message)
        if subject is None:
            return None
        return Letter(
            kind=message.kind,
            locale=person.locale,
            chat_id=chat_id,
            case=subject.case,
            event=subject.event,
            digest=subject.digest,
            reminders=subject.reminders,
            draft=subject.draft,
            writing=subject.writing,
            data=dict(message.data),
            moved=subject.moved,
            escalated=subject.escalated,
            late=subject.late,
            request=subject.request,
            reveal=subject.reveal,
            quiet=subject.quiet,
            practice=subject.practice,
            export=subject.export,
            unsent=subject.unsent,
            group=subject.group,
            staff=subject.staff,
            weekly=(
                await Figures(self._office, work, actor).weekly(message.data["government_id"])
                if message.kind is Notice.WEEKLY
                else None
            ),
        )


async def _look_ahead(work: UnitOfWork, messages: Sequence[OutboxMessage]) -> None:
    """Reads what most letters need, in a few questions for all of them."""
    people = {message.person_id for message in messages}
    await work.identities.ahead(people)
    await work.people.ahead(people)
    await work.staff.ahead(people)
    about = {message.complaint_id for message in messages if message.complaint_id is not None}
    if about:
        complaints = await work.complaints.ahead(about)
        await work.directory.ahead({each.government_id for each in complaints}, {each.unit_id for each in complaints})
        for subject in (work.timeline, work.clocks, work.evidence):
            await subject.ahead(about)
        await work.supports.ahead(about, people)


@dataclass(frozen=True)
class _Subject:
    """What a letter speaks of."""

    case: CaseSheet | None = None
    event: EventSheet | None = None
    digest: DigestSheet | None = None
    reminders: tuple[CaseLine, ...] = ()
    draft: DraftSheet | None = None
    writing: CompositionSheet | None = None
    moved: MovedSheet | None = None
    escalated: tuple[EscalatedLine, ...] = ()
    late: LateSheet | None = None
    request: RequestSheet | None = None
    unsent: DraftLine | None = None
    reveal: RevealSheet | None = None
    practice: PracticeSheet | None = None
    group: GroupNews | None = None
    export: ExportSheet | None = None
    staff: StaffNews | None = None
    quiet: QuietSheet | None = None

    @classmethod
    async def of(cls, office: Office, work: UnitOfWork, actor: Actor, message: OutboxMessage) -> _Subject | None:
        """None when there is nothing left to say to this reader."""
        match message.kind:
            case Notice.REMINDER:
                lines = await _reminders(office, work, actor, message)
                return cls(reminders=lines) if lines else None
            case Notice.DIGEST | Notice.WEEKLY | Notice.QUIET:
                return await cls._of_desk(office, work, actor, message)
            case Notice.RESUME | Notice.APOLOGY | Notice.GIVEN_BACK:
                return await cls._of_question(office, work, actor, message)
            case Notice.UNSENT | Notice.EXPORT | Notice.STAFFING:
                return await cls._of_own(office, work, actor, message)
            case Notice.DATES_MOVED:
                moved = await moved_sheet(office, work, actor, message)
                return cls(moved=moved) if moved else None
            case Notice.ESCALATION:
                escalated = await escalated_lines(office, work, actor, message)
                return cls(escalated=escalated) if escalated else None
            case Notice.SUPPORTED:
                known = await supported(office, work, actor, message)
                return cls(case=known[0], event=known[1]) if known else None
            case Notice.ASK_OUTCOME if not await outcome_open(work, message):
                return None
            case _:
                return await cls._of_case(office, work, actor, message)

    @classmethod
    async def _of_own(cls, office: Office, work: UnitOfWork, actor: Actor, message: OutboxMessage) -> _Subject | None:
        """What the reader has begun or asked for themselves, or an office of theirs."""
        if message.kind is Notice.UNSENT:
            line = await unsent(work, message)
            return cls(unsent=line) if line else None
        if message.kind is Notice.STAFFING:
            news = await staff_news(office, work, actor, message)
            return cls(staff=news[0], reminders=news[1]) if news else None
        export = await open_export(office, work, actor, message)
        return cls(export=export) if export else None

    @classmethod
    async def _of_desk(cls, office: Office, work: UnitOfWork, actor: Actor, message: OutboxMessage) -> _Subject | None:
        """What is told of a desk, to who still serves it."""
        desk = message.data["government_id"]
        if not at_desk(actor, desk):
            return None
        if message.kind is Notice.QUIET:
            quiet = await quiet_sheet(office, work, actor, message)
            return cls(quiet=quiet) if quiet else None
        return cls(digest=await Digests(office, work, actor).of(desk) if message.kind is Notice.DIGEST else None)

    @classmethod
    async def _of_question(
        cls, office: Office, work: UnitOfWork, actor: Actor, message: OutboxMessage
    ) -> _Subject | None:
        """What stands open for somebody: a practice, words for a complaint, a draft, or nothing.

        Whoever has spoken since is answered to that: nothing was interrupted for them. Whoever has not is told so
        even if nothing stands open: it may be the first answer of all that was lost.
        """
        behind = message.data.get("update_id")
        if message.kind is Notice.RESUME and behind is not None and await work.inbox.went_on(behind):
            return None
        draft = await work.drafts.open_of(message.person_id)
        question = cls(
            draft=await DraftDesk(office, work).sheet(draft) if draft else None,
            writing=await words_begun(work, message.person_id),
            practice=await practised(office, work, actor),
        )
        return None if message.kind is Notice.GIVEN_BACK and question.writing is None else question

    @classmethod
    async def _of_no_case(cls, work: UnitOfWork, actor: Actor, message: OutboxMessage) -> _Subject | None:
        """A file that came to nothing, or the group of a unit."""
        if message.kind is Notice.GROUP and actor.memberships:
            return cls(group=await group_news(work, message))
        return cls() if message.kind is Notice.FILE_PROBLEM else None

    @classmethod
    async def _of_case(cls, office: Office, work: UnitOfWork, actor: Actor, message: OutboxMessage) -> _Subject | None:
        """A case that has left the reader's reach (another unit has it now) is no longer theirs to be told of."""
        if message.complaint_id is None:
            return await cls._of_no_case(work, actor, message)
        reader = Reader(office, work, actor)
        complaint = await work.complaints.get(message.complaint_id)
        case = await reader.case(complaint)
        row = await work.timeline.get(message.event_id) if message.event_id else None
        if not case.roles:
            heard = row is not None and (_taken_off(row, actor, complaint) or await _answers(work, row, actor))
            return cls(case=replace(case, text=None), event=await reader.event(row)) if row and heard else None
        if row is not None and row.visibility is Visibility.STAFF and not case.roles & STAFF:
            return None
        event = await reader.event(row) if row else None
        late = await late_sheet(office, work, message) if message.kind is Notice.LATE else None
        request = await open_request(office, work, message) if message.kind is Notice.REQUEST else None
        if (message.kind is Notice.LATE and late is None) or (message.kind is Notice.REQUEST and request is None):
            return None
        reveal = await open_reveal(office, work, message) if message.kind is Notice.REVEAL else None
        if message.kind is Notice.REVEAL and (reveal is None or Action.REVEAL not in case.actions):
            return None
        return cls(case=case, event=event, late=late, request=request, reveal=reveal)


async def _reminders(office: Office, work: UnitOfWork, actor: Actor, message: OutboxMessage) -> tuple[CaseLine, ...]:
    """The lines that are still true: open, and still with a unit or at a desk of the reader."""
    rows = [await work.complaints.reachable(actor, complaint_id) for complaint_id in message.data["complaint_ids"]]
    mine = [row for row in rows if row and row.status in OPEN_STATUSES and await _works_on(office, work, actor, row)]
    return await Lister(office, work, actor).lines(mine)


async def _works_on(office: Office, work: UnitOfWork, actor: Actor, complaint: Complaint) -> bool:
    government = await office.government(work, complaint.government_id)
    return bool(standings(actor, subject_of(complaint, government)) & (WORKERS | DESK))


def _taken_off(event: Event, actor: Actor, complaint: Complaint) -> bool:
    """Whether a unit of this person's was asked to help no more: they hear why the complaint is gone.

    Nobody hears so much of one that accuses a unit of theirs.
    """
    if event.action is not Action.REMOVE_UNIT or actor.units & {*complaint.accused_unit_ids}:
        return False
    return event.data["unit_id"] in actor.units


async def _answers(work: UnitOfWork, event: Event, actor: Actor) -> bool:
    """Whether it answers what this person asked for: they hear of it though the complaint may have left them by it.

    Whoever has left the unit for which they asked hears no more of it.
    """
    if event.action is not Action.DECIDE_REQUEST:
        return False
    request = await work.requests.get(event.data["request_id"])
    return request is not None and request.asked_by == actor.person_id and request.unit_id in actor.units
