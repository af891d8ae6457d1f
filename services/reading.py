"""Turns a complaint into sheets, cut to what the reader may see: the wall between the register and its readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.drafting import RATING_CHANGEABLE
from domain.examination import is_examined
from domain.lifecycle import DESK, OPEN_STATUSES, STAFF, TELLING, Action, Role
from domain.messages import Visibility
from domain.permissions import Actor, Subject, may_read, open_actions, standings
from routing.rudeness import Flag
from services.arbitration import handed_back
from services.case_sheets import CaseSheet, DueSheet, EventSheet, FileSheet
from services.covering import masked
from services.listing import Lister
from services.moves import subject_of
from services.office import HOME_ZONE, Office
from services.presence import Presence
from services.reply_gate import GATE
from services.similar import Similar, may_be_offered
from services.support_sheets import SimilarLine
from services.told import as_told, candidate_sheets, file_sheets, public_text
from storage.tables_complaints import ClockRow, Complaint, Event
from storage.tables_offices import Government
from storage.unit_of_work import UnitOfWork


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
        near = await Similar(self.office, self.work).to_complaint(complaint, self.actor)
        return await Lister(self.office, self.work, self.actor).similar_lines(near)

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
        )


def without_gate(data: Mapping[str, Any]) -> dict[str, Any]:
    """The particulars of an event for who is not of the office: what was found in its reply is the desk's affair."""
    return {key: value for key, value in data.items() if key != GATE}


def _due(row: ClockRow) -> DueSheet:
    return DueSheet(row.kind, row.due_at, row.paused_at is not None)
