"""What a citizen told, as sheets: of a draft and of its complaint in one way, so that a preview breaks no promise."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from domain.drafting import FileState
from domain.evidence import Sort, neutral_name, sent_as, state_of
from domain.examination import is_examined
from domain.when import Occurred
from services.case_sheets import CandidateSheet, FileSheet, PlaceSheet
from services.covering import covered, masked
from storage.queries.evidence import FileRow
from storage.tables_complaints import Complaint
from storage.tables_drafts import Draft
from storage.tables_evidence import Attachment, StoredFile


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
    """What anybody reads who knows the number; None where its words are closed."""
    return None if is_closed(told) else masked(told.text)


def is_closed(told: Complaint | Draft) -> bool:
    """Whether the public reads none of its words.

    Who is accused may well know the number: what accuses is as closed as what is secret.
    """
    complaint_class = told.complaint_class if isinstance(told, Complaint) else None
    return told.anonymous or told.secret or is_examined(accuses=told.accuses, complaint_class=complaint_class)


def place_sheet(words: str | None, place: dict[str, Any] | None) -> PlaceSheet | None:
    """Where it is, as stored: the person's words and the recognised place."""
    if words is None and not place:
        return None
    place = place or {}
    names = (place.get(level) for level in ("village", "district", "regency", "province"))
    label = ", ".join(name for name in names if name) or None
    point = (place["lat"], place["lng"]) if place.get("lat") is not None and place.get("lng") is not None else None
    return PlaceSheet(words, label, point)


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
