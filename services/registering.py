"""A draft becomes a complaint: its number, the desk that it reaches, its first clock, its receipt."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from typing import Any

from domain.drafting import UNDECIDED, DraftState
from domain.lifecycle import Action, ClockEffect, ClockKind, Kind, Role, Status
from domain.messages import Notice, Visibility
from domain.permissions import SYSTEM
from domain.ticket import new_number
from routing.rudeness import flags
from services.accusing import accused_ids
from services.arriving import Arriving
from services.clocks import Clocks
from services.drafting import place_of
from services.moves import Mover, Words
from services.notices import Notices
from services.office import Office
from services.placing import REGENCY_CODE
from services.similar import area_codes
from storage.tables_complaints import Complaint, Event
from storage.tables_drafts import Draft
from storage.tables_offices import Government
from storage.unit_of_work import UnitOfWork


@dataclass
class Registrar:
    """Enters drafts into the register within one unit of work."""

    office: Office
    work: UnitOfWork

    async def register(self, draft: Draft) -> Complaint:
        """Makes the complaint with everything that follows from it; the caller commits."""
        now = self.office.clock()
        government = await self._home(draft)
        calendar = await self.office.calendar(self.work, government)
        rules = self.office.regulation_now(calendar)
        complaint = await self.work.complaints.add(await self._complaint(draft, government, rules.version))
        await self.work.evidence.hand_over(draft.id, complaint.id)
        draft.state, draft.complaint_id, draft.updated_at = DraftState.SENT, complaint.id, now
        await Arriving(self.office, self.work).sent(draft)
        clocks = Clocks(self.work, complaint, calendar, self.office.rules(rules.version, government))
        await clocks.apply(((ClockKind.VERIFY, ClockEffect.START),), now)
        event = await self.work.timeline.add(
            Event(
                complaint_id=complaint.id,
                at=now,
                action=None,
                role=Role.CITIZEN,
                person_id=draft.person_id,
                to_status=Status.SUBMITTED,
                visibility=Visibility.CITIZEN,
                data={},
            )
        )
        await self.work.outbox.add(
            f"{Notice.RECEIPT}:{complaint.id}",
            complaint.person_id,
            Notice.RECEIPT,
            now,
            complaint_id=complaint.id,
            event_id=event.id,
        )
        if not await self._forward_directly(complaint, government):
            await Notices(self.work, complaint, calendar, now).tell_desk(event)
        return complaint

    async def _complaint(self, draft: Draft, government: Government | None, version: str) -> Complaint:
        found = self.office.matcher.suggest(draft.text, place_of(draft.place))
        accused = await accused_ids(self.work, government, found.accused)
        suggestions = draft.suggestions or []
        regency, district = area_codes(draft.place)
        return Complaint(
            number=await self._number(),
            person_id=draft.person_id,
            kind=draft.kind or Kind.COMPLAINT,
            status=Status.SUBMITTED,
            round=1,
            text=draft.text,
            voiced=draft.voiced and not draft.text,
            place_text=draft.place_text,
            place=draft.place,
            occurred_text=draft.occurred_text,
            occurred_on=draft.occurred_on,
            anonymous=draft.anonymous,
            secret=draft.secret,
            shown_name_sealed=None if draft.anonymous else draft.shown_name_sealed,
            government_id=government.id if government else None,
            sector=suggestions[0]["sector"] if suggestions else None,
            suggestions=suggestions,
            confident=draft.confident,
            chosen=draft.chosen,
            source=draft.source,
            accuses=draft.accuses,
            flags=list(flags(draft.text)),
            accused_unit_ids=sorted(accused),
            regency_code=regency,
            district_code=district,
            supporters=0,
            at_arbiter=False,
            returns=0,
            regulation_version=version,
            received_at=self.office.clock(),
        )

    async def weigh(self, complaint: Complaint) -> None:
        """Proposes offices for a text that was written later, and sees whom it accuses; nobody is cleared by it."""
        found = self.office.matcher.suggest(complaint.text, place_of(complaint.place))
        government = await self.office.government(self.work, complaint.government_id)
        complaint.suggestions = [asdict(candidate) for candidate in found.candidates]
        complaint.sector = complaint.suggestions[0]["sector"] if complaint.suggestions else None
        complaint.confident, complaint.accuses = found.confident, complaint.accuses or found.accuses
        accused = await accused_ids(self.work, government, found.accused)
        complaint.accused_unit_ids = sorted({*complaint.accused_unit_ids, *accused})

    async def _number(self) -> str:
        """A free number; among 850 thousand million a collision is a matter of centuries, but checked."""
        while await self.work.complaints.by_number(number := new_number(secrets.randbelow)) is not None:
            continue
        return number

    async def _home(self, draft: Draft) -> Government | None:
        """The government whose coordinator receives it: the chosen agency's, else that of the first proposal or place.

        One that is not served here, or has no coordinator, is no home: then the SP4N desk has it, and the citizen is
        told exactly that. Nothing waits at a desk that nobody reads.
        """
        suggestions: list[dict[str, Any]] = draft.suggestions or []
        chosen = suggestions[draft.chosen] if draft.chosen not in (None, UNDECIDED) else None
        wanted = chosen or (suggestions[0] if suggestions else None)
        code = wanted.get("government") if wanted else (draft.place or {}).get("code", "")[:REGENCY_CODE]
        government = await self.work.directory.government_by_code(code) if code else None
        if government is None or not government.served:
            return None
        return government if await self.work.staff.at_desk(government.id) else None

    async def _forward_directly(self, complaint: Complaint, government: Government | None) -> bool:
        """Forwards by itself where the government wants that and the route is confident and accuses nobody."""
        first = complaint.suggestions[0] if complaint.suggestions else None
        if government is None or not government.direct_forwarding or complaint.accuses or not complaint.confident:
            return False
        unit = await self.work.directory.unit_by_code(government.id, first["unit"]) if first and first["unit"] else None
        if unit is None or not await self.work.staff.of_unit(unit.id):
            return False
        complaint.unit_id = unit.id
        await Mover(self.office, self.work).move(complaint, SYSTEM, Action.FORWARD, Words(data={"direct": True}))
        return True
