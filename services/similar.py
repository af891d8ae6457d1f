"""Finds open complaints of the same trouble at the same place: few by an indexed question, then by their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from domain.examination import is_examined
from domain.permissions import SYSTEM, Actor
from routing.areas import DISTRICT, REGENCY
from routing.places import Place
from routing.similar import Told, measures, similar
from services.office import Office
from storage.tables_complaints import Complaint
from storage.tables_drafts import Draft
from storage.unit_of_work import UnitOfWork


def area_codes(place: dict[str, Any] | None) -> tuple[str | None, str | None]:
    """The codes of the kabupaten or kota and of the kecamatan, as far as a place is known."""
    code = (place or {}).get("code") or ""
    return (code[:REGENCY] if len(code) >= REGENCY else None, code[:DISTRICT] if len(code) >= DISTRICT else None)


def may_be_offered(complaint: Complaint, person_id: int) -> bool:
    """Whether somebody may be shown that a complaint exists: never their own, a secret or an examined one."""
    examined = is_examined(accuses=complaint.accuses, complaint_class=complaint.complaint_class)
    return not (complaint.secret or examined or complaint.person_id == person_id)


@dataclass
class Similar:
    """Looks within one unit of work."""

    office: Office
    work: UnitOfWork

    async def to_draft(self, draft: Draft) -> list[Complaint]:
        """What may be offered to the writer of a draft instead of sending it, the likeliest first.

        Whoever accuses somebody is offered nothing: that goes its own way.
        """
        if draft.accuses:
            return []
        around = await self._around(SYSTEM, draft.place, draft.suggestions, accuses=False)
        closed = await self.work.privacy.restricted_among({each.person_id for each in around})
        around = [each for each in around if each.person_id not in closed]
        open_to = [each for each in around if may_be_offered(each, draft.person_id)]
        return _likest(_told(draft), open_to)

    async def to_complaint(self, complaint: Complaint, actor: Actor) -> list[Complaint]:
        """What lies at the same desk and may be merged with a complaint, the likeliest first, of what the actor reads.

        To others a number tells that there is a complaint, and by its public face who has it.
        """
        around = await self._around(actor, complaint.place, complaint.suggestions, accuses=complaint.accuses)
        return _likest(_told(complaint), [each for each in around if may_be_merged(complaint, each)])

    async def _around(
        self,
        actor: Actor,
        place: dict[str, Any] | None,
        suggestions: Iterable[dict[str, Any]] | None,
        *,
        accuses: bool,
    ) -> Sequence[Complaint]:
        """Those that accuse and those that do not never take each other's room among the newest."""
        regency, district = area_codes(place)
        if regency is None:
            return ()
        since = self.office.clock() - measures().window
        pinned = (place or {}).get("lat") is not None
        sectors = {item["sector"] for item in suggestions or ()}
        return await self.work.complaints.open_around(
            actor, regency, None if pinned else district, sectors, since, measures().looked_at, accuses=accuses
        )


def may_be_merged(complaint: Complaint, main: Complaint) -> bool:
    """Whether two complaints lie at one desk and accuse alike: an accusation must not end in what the accused read."""
    same_desk = complaint.government_id == main.government_id
    alike = complaint.accuses == main.accuses and set(complaint.accused_unit_ids) == set(main.accused_unit_ids)
    return complaint.id != main.id and same_desk and alike


def _likest(told: Told, others: Sequence[Complaint]) -> list[Complaint]:
    places = similar(told, [_told(other) for other in others])
    return [others[place] for place in places[: measures().offered]]


def _told(row: Complaint | Draft) -> Told:
    sectors = tuple(dict.fromkeys(item["sector"] for item in row.suggestions or ()))
    return Told(row.text, Place(**row.place) if row.place else Place(), sectors)
