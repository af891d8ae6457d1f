"""Turns rows into sheets, cut to what the reader may see: the wall between the register and its readers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.drafting import RATING_CHANGEABLE, FileState
from domain.evidence import Sort, neutral_name, sent_as, state_of
from domain.examination import is_examined
from domain.lifecycle import DESK, OPEN_STATUSES, TELLING, Action, Role
from domain.masking import mask
from domain.messages import Visibility
from domain.permissions import Actor, Subject, may_read, open_actions, standings
from domain.when import Occurred
from routing.rudeness import Flag, softened
from services.arbitration import handed_back
from services.case_sheets import CandidateSheet, CaseLine, CaseSheet, DueSheet, EventSheet, FileSheet, PlaceSheet
from services.moves import subject_of
from services.office import HOME_ZONE, Office
from services.presence import Presence
from services.reply_gate import GATE
from services.similar import Similar, may_be_offered
from services.support_sheets import SimilarLine
from storage.queries.evidence import FileRow
from storage.tables import ClockRow, Complaint, Draft, Event, Government, Unit
from storage.tables_evidence import Attachment, StoredFile
from storage.unit_of_work import UnitOfWork

SUMMARY_LENGTH = 70
"""Characters of a complaint's text in a list."""

STAFF = frozenset(Role) - {Role.CITIZEN, Role.SUPPORTER, Role.SYSTEM}


COVER = "[***]"
"""What stands where a number or an address named somebody; the same in every language."""


def masked(text: str) -> str:
    """The text without the numbers and addresses that name people, its rude words softened."""
    return softened(mask(text, lambda _kind: COVER).text)


def summary(text: str) -> str:
    """The first words of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= SUMMARY_LENGTH else line[: SUMMARY_LENGTH - 1].rstrip() + "…"


def covered(text: str | None) -> str | None:
    """The same of words that may be missing."""
    return masked(text) if text else text


def place_sheet(words: str | None, place: dict[str, Any] | None) -> PlaceSheet | None:
    """Where it is, as stored: the person's words and the recognised place."""
    if words is None and not place:
        return None
    place = place or {}
    names = (place.get(level) for level in ("village", "district", "regency", "province"))
    label = ", ".join(name for name in names if name) or None
    point = (place["lat"], place["lng"]) if place.get("lat") is not None and place.get("lng") is not None else None
    return PlaceSheet(words, label, place.get("code"), point)


def occurred_of(told: Complaint | Draft, show: Callable[[str | None], str | None] = lambda text: text) -> Occurred:
    """When it happened, as stored; `show` covers what its reader may not see in the words."""
    return Occurred(show(told.occurred_text), told.occurred_on)


def candidate_sheets(suggestions: Sequence[dict[str, Any]] | None) -> tuple[CandidateSheet, ...]:
    """The proposals as they were stored."""
    return tuple(
        CandidateSheet(item["sector"], item["agency"], item.get("unit_name"), tuple(item["because"]))
        for item in suggestions or ()
    )


def file_sheets(
    files: Sequence[FileRow], *, sheltered: bool, looks: Collection[bool] = (), owner: int | None = None
) -> tuple[FileSheet, ...]:
    """The files under neutral names; `looks`: whose withheld ones the reader may open, citizens' (False) or staff's.

    Whoever supports the complaint of an `owner` is as hidden as anybody, and so is what they sent along.
    """
    return tuple(
        _file(place, *row, sheltered=sheltered or owner not in (None, row[0].person_id), looks=looks)
        for place, row in enumerate(files, start=1)
    )


def _file(
    place: int, file: Attachment, stored: StoredFile | None, *, sheltered: bool, looks: Collection[bool]
) -> FileSheet:
    cleaned = stored is not None and stored.cleaned
    sort = stored.sort if stored else None
    state = state_of(
        file.state,
        sort,
        cleaned=cleaned,
        sheltered=sheltered and not file.by_staff,
        released=file.released_at is not None,
    )
    opens = state is FileState.OPEN or (state is FileState.WITHHELD and file.by_staff in looks)
    return FileSheet(
        kind=file.kind,
        state=state,
        stored=stored.id if stored and opens else None,
        handle=stored.handle if stored and opens else None,
        id=file.id,
        name=neutral_name(place, sort or Sort.UNKNOWN, cleaned=cleaned),
        sent_as=sent_as(file.kind, sort or Sort.UNKNOWN, cleaned=cleaned),
        event_id=file.event_id,
        by_staff=file.by_staff,
    )


@dataclass
class Reader:
    """Reads for one actor within one unit of work."""

    office: Office
    work: UnitOfWork
    actor: Actor

    async def case(self, complaint: Complaint) -> CaseSheet:
        """The whole case for somebody who may read it, the public face for everybody else."""
        government = await self.office.government(self.work, complaint.government_id)
        subject = subject_of(complaint, government)
        roles = standings(self.actor, subject)
        face = await self._face(complaint, government, roles) | await self._support(complaint, government)
        if not may_read(self.actor, subject):
            wish = await self.work.privacy.wish_of(complaint.person_id)
            closed = wish is not None and wish.restricted_at is not None
            # Hubs and observers learn numbers by what has climbed to them; these must open no text.
            closed = closed or self.actor.holds(Role.PROVINCE_HUB, Role.OBSERVER)
            apart = await self._apart(complaint)
            return CaseSheet(**face | apart, actions=(), text=None if closed or apart else public_text(complaint))
        inside = await self._inside(complaint, roles)
        return CaseSheet(**face, **inside, actions=await self._actions(complaint, subject))

    async def _face(
        self, complaint: Complaint, government: Government | None, roles: frozenset[Role]
    ) -> dict[str, Any]:
        """What anybody who knows the number may see."""
        unit = await self.work.directory.unit(complaint.unit_id) if complaint.unit_id else None
        return {
            "number": complaint.number,
            "status": complaint.status,
            "kind": complaint.kind,
            "complaint_class": complaint.complaint_class,
            "roles": roles,
            "time_zone": government.time_zone if government else HOME_ZONE,
            "received_at": complaint.received_at,
            "government": government.name if government else None,
            "unit": unit.name if unit else None,
            "round": complaint.round,
            "at_sp4n_desk": complaint.government_id is None,
            "anonymous": complaint.anonymous,
            "secret": complaint.secret,
        }

    async def _apart(self, complaint: Complaint) -> dict[str, Any]:
        """What the public face leaves out of a secret complaint, and of an examined one, which looks the same.

        Who is examined may know the number: that the inspectorate has it would tell them.
        """
        unit = await self.work.directory.unit(complaint.unit_id) if complaint.unit_id else None
        kind = unit.kind if unit else None
        examined = is_examined(accuses=complaint.accuses, complaint_class=complaint.complaint_class, unit_kind=kind)
        return {"unit": None, "complaint_class": None, "secret": True} if complaint.secret or examined else {}

    async def _support(self, complaint: Complaint, government: Government | None) -> dict[str, Any]:
        """How many have the same trouble, and how the reader stands to them: a number, and nobody's name."""
        person_id = self.actor.person_id
        supporting = person_id is not None and await self.work.supports.supports(complaint.id, person_id)
        subject = subject_of(complaint, government, supporter_id=person_id)
        may = person_id is not None and may_be_offered(complaint, person_id)
        return {
            "supporters": complaint.supporters,
            "supporting": supporting,
            "may_support": may and not supporting and Action.SUPPORT in open_actions(self.actor, subject),
        }

    async def _actions(self, complaint: Complaint, subject: Subject) -> tuple[Action, ...]:
        """What the rules leave open; a rating that has stood for a day is not changed any more."""
        open_now = open_actions(self.actor, subject)
        rating = await self.work.complaints.rating_of(complaint) if Action.RATE in open_now else None
        settled = rating is not None and self.office.clock() >= rating.first_rated_at + RATING_CHANGEABLE
        return tuple(action for action in open_now if not (settled and action is Action.RATE))

    async def _merged_into(self, complaint: Complaint) -> str | None:
        if complaint.merged_into_id is None:
            return None
        return (await self.work.complaints.get(complaint.merged_into_id)).number

    async def _near(self, complaint: Complaint, roles: frozenset[Role]) -> tuple[SimilarLine, ...]:
        """What a desk might merge it with."""
        if not roles & DESK or complaint.status not in OPEN_STATUSES:
            return ()
        return await self.similar_lines(await Similar(self.office, self.work).to_complaint(complaint, self.actor))

    async def similar_lines(self, complaints: Sequence[Complaint]) -> tuple[SimilarLine, ...]:
        """Several complaints as they may be offered to somebody else."""
        return tuple([await self._similar_line(complaint) for complaint in complaints])

    async def _similar_line(self, complaint: Complaint) -> SimilarLine:
        """A complaint without anything that its reader may not know; the area is no closer than the kecamatan."""
        government = await self.office.government(self.work, complaint.government_id)
        closed = complaint.anonymous or complaint.secret or _examined(complaint)
        readable = may_read(self.actor, subject_of(complaint, government)) or not closed
        names = ((complaint.place or {}).get(level) for level in ("district", "regency"))
        return SimilarLine(
            number=complaint.number,
            sector=complaint.sector,
            area=", ".join(name for name in names if name) or None,
            received_at=complaint.received_at,
            time_zone=government.time_zone if government else HOME_ZONE,
            status=complaint.status,
            supporters=complaint.supporters,
            summary=summary(masked(complaint.text)) if readable else None,
        )

    async def _inside(self, complaint: Complaint, roles: frozenset[Role]) -> dict[str, Any]:
        own = Role.CITIZEN in roles
        staff = bool(roles & STAFF)
        visible = tuple(Visibility) if staff else (Visibility.PUBLIC, Visibility.CITIZEN)
        timeline = await self._events(complaint, visible)
        rating = await self.work.complaints.rating_of(complaint)
        files = await self._files(complaint, roles, timeline)
        return {
            **as_told(complaint, files, self.work.complaints.open_name(complaint), own=own),
            "due": tuple(_due(row) for row in await self.work.clocks.of(complaint.id) if row.stopped_at is None),
            "timeline": timeline,
            "taken": complaint.taken_by is not None,
            "taken_by_me": complaint.taken_by is not None and complaint.taken_by == self.actor.person_id,
            "accuses": complaint.accuses and staff,
            "flags": tuple(Flag(flag) for flag in complaint.flags) if staff else (),
            "candidates": candidate_sheets(complaint.suggestions),
            "chosen": complaint.chosen,
            "satisfaction": rating.satisfaction if rating else None,
            "archive_reason": complaint.archive_reason,
            "national_number": complaint.sp4n_tracking_id,
            "merged_into": await self._merged_into(complaint),
            "near": await self._near(complaint, roles),
            **(await self._team(complaint) if staff else {}),
        }

    async def _team(self, complaint: Complaint) -> dict[str, Any]:
        """The units that help, and what those said that gave it back."""
        helping = [await self.work.directory.unit(each.unit_id) for each in complaint.participations]
        events = await self.work.timeline.of(complaint.id)
        return {
            "helping": tuple(unit.name for unit in helping),
            "handed_back": await handed_back(self.work, events),
            **await self._present(complaint),
            "at_arbiter": complaint.at_arbiter,
        }

    async def _present(self, complaint: Complaint) -> dict[str, Any]:
        """Who else is at it, and what of the reader's own is on its way."""
        presence, now = Presence(self.work, self.actor.person_id), self.office.clock()
        return {
            "holder": await presence.holder(complaint),
            "writer": await presence.writer(complaint, now),
            "leaving": await presence.leaving(complaint, now),
        }

    async def _files(
        self, complaint: Complaint, roles: frozenset[Role], timeline: Sequence[EventSheet]
    ) -> tuple[FileSheet, ...]:
        """The files, but for those of events that the reader does not see.

        People open what they sent themselves, staff what staff sent; the desk opens everything, since it decides.
        """
        looks = {False} if roles & {Role.CITIZEN, *DESK} else set()
        sheets = file_sheets(
            await self.work.evidence.of_complaint(complaint.id),
            sheltered=complaint.anonymous or complaint.secret,
            looks=looks | ({True} if roles & STAFF else set()),
            owner=complaint.person_id,
        )
        seen = {None, *(event.id for event in timeline)}
        return tuple(sheet for sheet in sheets if sheet.event_id in seen)

    async def _events(self, complaint: Complaint, visible: tuple[Visibility, ...]) -> tuple[EventSheet, ...]:
        return tuple([await self.event(event) for event in await self.work.timeline.of(complaint.id, visible)])

    async def event(self, event: Event) -> EventSheet:
        """One line of the timeline; who did it is shown as an office and never as a person."""
        unit = await self.work.directory.unit(event.unit_id) if event.unit_id else None
        mine = event.person_id is not None and event.person_id == self.actor.person_id
        return EventSheet(
            event.id,
            event.at,
            event.action,
            event.role,
            unit.name if unit else None,
            event.to_status,
            # An office's own telephone in its reply is meant to be read.
            masked(event.text) if event.text and event.role in TELLING and not mine else event.text,
            dict(event.data) if self.actor.memberships else without_gate(event.data),
            mine,
        )

    async def lines(self, complaints: Sequence[Complaint]) -> tuple[CaseLine, ...]:
        """Several complaints in a list, each with its nearest running deadline."""
        running: dict[int, list[ClockRow]] = {}
        for row in await self.work.clocks.unstopped_of([each.id for each in complaints]):
            running.setdefault(row.complaint_id, []).append(row)
        # Asked for at once and held here, or each line would ask for its own again.
        governments = await self.work.directory.governments_of({each.government_id for each in complaints})
        units = await self.work.directory.units_of({each.unit_id for each in complaints})
        return tuple(
            self._line(each, running.get(each.id, ()), governments.get(each.government_id), units.get(each.unit_id))
            for each in complaints
        )

    def _line(
        self, complaint: Complaint, running: Sequence[ClockRow], government: Government | None, unit: Unit | None
    ) -> CaseLine:
        due_at = min((row.due_at for row in running), default=None)
        overdue = any(row.paused_at is None and row.due_at < self.office.clock() for row in running)
        own = complaint.person_id == self.actor.person_id
        return CaseLine(
            complaint.number,
            complaint.status,
            summary(complaint.text if own else masked(complaint.text)),
            unit.name if unit else (government.name if government else None),
            due_at,
            government.time_zone if government else HOME_ZONE,
            overdue,
            complaint.taken_by is not None,
            complaint.taken_by is not None and complaint.taken_by == self.actor.person_id,
            complaint.supporters,
            any(each.unit_id in self.actor.units for each in complaint.participations),
        )


def without_gate(data: Mapping[str, Any]) -> dict[str, Any]:
    """The particulars of an event for who is not of the office: what was found in its reply is the desk's affair."""
    return {key: value for key, value in data.items() if key != GATE}


def _due(row: ClockRow) -> DueSheet:
    return DueSheet(row.kind, row.due_at, row.original_due_at, row.paused_at is not None)


def as_told(told: Complaint | Draft, files: tuple[FileSheet, ...], name: str | None, *, own: bool) -> dict[str, Any]:
    """What the citizen told, as fields of a `CaseSheet`; for everybody else numbers that name people are covered.

    The preview of a draft and the card of its complaint are both made here, so that one cannot promise what the other
    breaks.
    """
    show = (lambda text: text) if own else covered
    return {
        "text": told.text if own else masked(told.text),
        "voiced": told.voiced,
        "place": place_sheet(show(told.place_text), told.place),
        "occurred": occurred_of(told, show),
        "files": files,
        "reporter": None if told.anonymous else show(name),
    }


def public_text(told: Complaint | Draft) -> str | None:
    """What anybody reads who knows the number; None where the content is closed.

    Who is accused may well know the number: what accuses is as closed as what is secret.
    """
    hidden = told.anonymous or told.secret or _examined(told)
    return None if hidden else masked(told.text)


def _examined(told: Complaint | Draft) -> bool:
    complaint_class = told.complaint_class if isinstance(told, Complaint) else None
    return is_examined(accuses=told.accuses, complaint_class=complaint_class)
