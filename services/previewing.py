"""A draft as its readers will see it once it is sent: the officer, and whoever knows the number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.giveaways import gives_away
from domain.lifecycle import Kind, Role, Status
from services.case_sheets import CaseSheet
from services.office import HOME_ZONE
from services.told import as_told, file_sheets, public_text
from storage.queries.evidence import FileRow
from storage.tables_drafts import Draft

NO_NUMBER = ""
"""A draft has no number yet."""


def as_officer(draft: Draft, files: Sequence[FileRow], name: str | None) -> CaseSheet:
    """The draft as the officer will read it."""
    sheets = file_sheets(files, sheltered=draft.anonymous or draft.secret)
    return CaseSheet(**_face(draft, frozenset({Role.OFFICER})), **as_told(draft, sheets, name, own=False))


def as_public(draft: Draft) -> CaseSheet:
    """The draft as anybody will read it who knows its number."""
    return CaseSheet(**_face(draft, frozenset()), text=public_text(draft))


def telling_phrases(draft: Draft) -> tuple[str, ...]:
    """The phrases by which a draft tells readers who wrote it, where they are not meant to learn it.

    The officer of a named and secret complaint knows its writer, and nobody else reads it.
    """
    if draft.secret and not draft.anonymous:
        return ()
    told = (draft.text, draft.place_text or "", draft.occurred_text or "")
    return tuple(phrase for text in told for phrase in gives_away(text))


def _face(draft: Draft, roles: frozenset[Role]) -> dict[str, Any]:
    return {
        "number": NO_NUMBER,
        "status": Status.SUBMITTED,
        "kind": draft.kind or Kind.COMPLAINT,
        "complaint_class": None,
        "roles": roles,
        "actions": (),
        "time_zone": HOME_ZONE,
        "received_at": draft.updated_at,
        "government": None,
        "unit": None,
        "anonymous": draft.anonymous,
        "secret": draft.secret,
    }
