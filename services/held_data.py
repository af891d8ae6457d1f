"""Gathers everything that is held about one person; who handled it is told by role and office, never by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.lifecycle import Role
from services.erasing import EVERY_SUPPORT
from services.office import Office
from services.privacy_sheets import ChoicesSheet, FiledSheet, HandledSheet, HeldDataSheet
from storage.queries.evidence import FileRow
from storage.tables_complaints import Complaint, Event
from storage.tables_drafts import Draft
from storage.tables_privacy import Look
from storage.unit_of_work import UnitOfWork

FILED = "filed"

THEIRS = frozenset({Role.CITIZEN, Role.SYSTEM})


async def held_data(office: Office, work: UnitOfWork, person_id: int) -> HeldDataSheet:
    """The sheet of one person."""
    person = await work.people.get(person_id)
    wish = await work.privacy.wish_of(person_id)
    answers = await work.privacy.consents_of(person_id)
    name, username = await work.identities.names_of(person_id)
    writing = await work.drafts.composition_of(person_id)
    return HeldDataSheet(
        made_at=office.clock(),
        account={
            "telegram_id": await work.identities.chat_id_of(person_id),
            "name": name,
            "username": username,
            "language": person.locale,
            "first_seen_at": person.created_at,
            "last_seen_at": person.last_seen_at,
        },
        notice={"version": person.notice_version, "read_at": person.notice_seen_at},
        choices=ChoicesSheet(bool(answers and answers[-1].given), bool(wish and wish.restricted_at)),
        consents=tuple(
            {"extra": row.extra.value, "given": row.given, "wording": row.version, "at": row.at} for row in answers
        ),
        drafts=tuple([await _draft(work, row) for row in await work.drafts.unsent_of(person_id)]),
        unsent_words={"text": writing.text, "purpose": writing.purpose.value} if writing else None,
        complaints=tuple([await _filed(work, row) for row in await work.erasures.all_of(person_id)]),
        supported=tuple(row.number for row in await work.supports.of_person(person_id, EVERY_SUPPORT)),
        choices_shown=tuple([label for label, _ in await work.shown.of(person_id)]),
        letters=await work.outbox.count_of(person_id),
    )


async def _draft(work: UnitOfWork, draft: Draft) -> dict[str, Any]:
    return {
        "text": draft.text,
        "place_words": draft.place_text,
        "place": draft.place,
        "occurred": draft.occurred_text,
        "occurred_on": draft.occurred_on,
        "name_shown": work.drafts.open_name(draft),
        "anonymous": draft.anonymous,
        "secret": draft.secret,
        "state": draft.state.value,
        "begun_at": draft.created_at,
        "files": _files(await work.evidence.of_draft(draft)),
    }


def _files(files: Sequence[FileRow]) -> tuple[dict[str, Any], ...]:
    return tuple({"kind": file.kind.value, "bytes": file.size, "added_at": file.added_at} for file, _ in files)


async def _filed(work: UnitOfWork, complaint: Complaint) -> FiledSheet:
    events = await work.timeline.of(complaint.id)
    return FiledSheet(
        number=complaint.number,
        kind=complaint.kind,
        status=complaint.status,
        received_at=complaint.received_at,
        text=complaint.text,
        place=complaint.place,
        place_words=complaint.place_text,
        occurred=complaint.occurred_text,
        occurred_on=complaint.occurred_on,
        anonymous=complaint.anonymous,
        secret=complaint.secret,
        name_shown=work.complaints.open_name(complaint),
        files=_files(await work.evidence.of_complaint(complaint.id)),
        messages=tuple(
            {"at": event.at, "what": _what(event), "text": event.text} for event in events if event.role is Role.CITIZEN
        ),
        ratings=tuple(
            {"round": row.round, "satisfaction": row.satisfaction.value, "at": row.rated_at}
            for row in await work.complaints.ratings_of(complaint.id)
        ),
        handled=await _handled(work, complaint.id, events),
        held=bool(await work.privacy.held_among([complaint.id])),
    )


async def _handled(work: UnitOfWork, complaint_id: int, events: Sequence[Event]) -> tuple[HandledSheet, ...]:
    """Who opened it and who did what, in the order of time."""
    looks = await work.privacy.looks_at(complaint_id)
    told = [HandledSheet(row.at, row.role, await _office_of(work, row), None) for row in looks]
    told += [
        HandledSheet(row.at, row.role, await _office_of(work, row), row.action)
        for row in events
        if row.role not in THEIRS and row.action is not None
    ]
    return tuple(sorted(told, key=lambda line: line.at))


async def _office_of(work: UnitOfWork, row: Look | Event) -> str | None:
    if row.role in (Role.OFFICER, Role.UNIT_HEAD, Role.INSPECTOR) and row.unit_id is not None:
        unit = await work.directory.unit(row.unit_id)
        return unit.name if unit else None
    complaint = await work.complaints.get(row.complaint_id)
    if complaint.government_id is None:
        return None
    government = await work.directory.government(complaint.government_id)
    return government.name if government else None


def _what(event: Event) -> str:
    return event.action.value if event.action else FILED
