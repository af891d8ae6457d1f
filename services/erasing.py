"""Forgets people: a complaint stays as a record of public service, its citizen is nowhere to be found any more."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from domain.audit import Act
from domain.giveaways import telling_spans
from domain.lifecycle import Role
from services.covering import COVER, masked
from storage.tables_complaints import Complaint
from storage.tables_privacy import Erasure
from storage.unit_of_work import UnitOfWork

NAME_LEAST = 3
"""Characters from which a name can be looked for; a shorter one would cover half of every text."""

EVERY_SUPPORT = 10_000
"""More than anybody supports."""

POINT_DECIMALS = 2
"""Of degrees: about a kilometre, enough to know where a road is broken and not whose door it is."""


def without_person(text: str, names: Collection[str] = ()) -> str:
    """A citizen's words without numbers that name people, phrases that tell who wrote them, and their known names."""
    for start, stop in reversed(telling_spans(text)):
        text = text[:start] + COVER + text[stop:]
    return without_names(masked(text), names)


def without_names(text: str, names: Collection[str]) -> str:
    """The text with every known name covered, however it is written in capitals."""
    for name in sorted(names, key=len, reverse=True):
        if len(name) >= NAME_LEAST:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", COVER, text, flags=re.IGNORECASE)
    return text


@dataclass
class Eraser:
    """Works within one unit of work; whether the law lets it is asked before."""

    work: UnitOfWork
    now: datetime

    async def person(self, person_id: int) -> None:
        """Forgets somebody: every table that knew them, and the link from what they filed."""
        names = await self._names(person_id)
        filed = await self.work.erasures.all_of(person_id)
        for complaint in filed:
            await self.complaint(complaint, names)
        for complaint in await self.work.supports.of_person(person_id, EVERY_SUPPORT):
            await self.work.supports.remove(complaint, person_id)
        chat_id = await self.work.identities.chat_id_of(person_id)
        if chat_id is not None:
            await self.work.erasures.chat(str(chat_id))
        await self.work.flush()
        await self.work.erasures.person(person_id)
        # The bytes lie under nobody's key from here on, and the next sweep burns them.
        await self.work.evidence.drop_unused()
        person = await self.work.people.get(person_id)
        person.locale, person.menu, person.notice_version, person.notice_seen_at = "id", None, None, None
        person.created_at = person.last_seen_at = self.now
        person.unreachable_since = self.now
        self.work.audit.note(Act.ERASE, person_id=person_id, role=Role.CITIZEN, complaints=len(filed))
        self.work.privacy.add(Erasure(person_id=person_id, complaints=len(filed), at=self.now))

    async def complaint(self, complaint: Complaint, names: Collection[str] = ()) -> None:
        """Cuts a complaint loose from its citizen; each gets a stranger of its own, so that none leads to another."""
        name = self.work.complaints.open_name(complaint)
        known = {*names, *([name] if name else [])}
        for event in await self.work.erasures.events_of(complaint.id):
            if event.text:
                change = without_person if event.role is Role.CITIZEN else without_names
                event.text = change(event.text, known)
        complaint.text = without_person(complaint.text, known)
        complaint.place_text = complaint.place_text and without_person(complaint.place_text, known)
        complaint.occurred_text = complaint.occurred_text and without_person(complaint.occurred_text, known)
        complaint.place = complaint.place and _blurred(complaint.place)
        # The reasons of a proposal are words of the text.
        complaint.suggestions = [proposal | {"because": []} for proposal in complaint.suggestions]
        for asking in await self.work.reveals.of_complaint(complaint.id):
            asking.reason = without_names(asking.reason, known)
        complaint.shown_name_sealed = None
        stranger = await self.work.privacy.stranger(self.now)
        stranger.unreachable_since = self.now
        await self.work.erasures.loosen(complaint, stranger.id)
        await self.work.flush()

    async def _names(self, person_id: int) -> set[str]:
        name, username = await self.work.identities.names_of(person_id)
        return {known for known in (name, username) if known}


def _blurred(place: dict[str, object]) -> dict[str, object]:
    point = ("lat", "lng")
    return place | {key: round(value, POINT_DECIMALS) for key in point if isinstance(value := place.get(key), float)}
