"""The block that a person copies into SP4N-LAPOR!, in that register's own order of fields."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import unescape

from domain.drafting import Purpose
from domain.lifecycle import Action, ComplaintClass, Kind
from domain.when import Occurred
from locales.translator import FALLBACK, Html, Words, words_for
from services.case_sheets import CandidateSheet, CaseSheet, PlaceSheet
from services.export_sheets import ExportRow
from views.naming import classification, sector_name
from views.review import office_text
from views.screen import TEXT_LIMIT, Button, Document, Screen, choice_screen, clip, lines, numbered, utf16_length
from views.taps import Verb, tap
from views.told import files_text, occurred_text, place_parts

TITLE_SHOWN = 80
CELL_MAX = 32_000
"""Characters of a value in a file; Excel keeps 32,767 in a cell."""

VALUES_SHOWN = (150, 60)
"""UTF-16 units of a field: the second when the citizen's words would else not stand whole."""


def block(case: CaseSheet, words: Words) -> Screen:
    """One tap on the block copies it; the citizen's words have the room that the other fields leave.

    Words that are longer come whole in a file above it.
    """
    how, longer = words("sp4n.how", number=case.number), words("sp4n.longer")
    choices = _choices(case, words)
    told = _of_case(case)
    around = utf16_length(how) + utf16_length(longer) + utf16_length(numbered(choices)) + 4
    for limit in VALUES_SHOWN:
        room = TEXT_LIMIT - around - utf16_length(_block(replace(told, text=""), limit))
        if utf16_length(told.text) <= room:
            copied = words("sp4n.block", block=_block(told, limit))
            return choice_screen(lines(how, copied), *((choice,) for choice in choices))
    copied = words("sp4n.block", block=_block(replace(told, text=clip(told.text, room)), limit))
    screen = choice_screen(lines(how, longer, copied), *((choice,) for choice in choices))
    whole = Document(f"{case.number}.txt", _in_file(told).encode())
    return replace(screen, documents=(whole,))


def written(row: ExportRow) -> str:
    """The block of a complaint that leaves in a file: whole, as plain text, headed by the number that it has here."""
    words = _indonesian()
    text = "\n\n".join((row.text, *row.told_later)) if row.text is not None else unescape(words("export.hidden"))
    area = ", ".join(part for part in (row.village, row.district, row.regency, row.province) if part)
    told = _Told(
        kind=row.kind,
        complaint_class=row.complaint_class,
        title=_title(text),
        text=text,
        occurred=row.occurred,
        place=PlaceSheet(row.place, area or None, point=row.point),
        wished=CandidateSheet(*row.wished, because=()) if row.wished else None,
        files=", ".join(unescape(words(f"files.{kind.value}", count=count)) for kind, count in row.files),
        anonymous=row.anonymous,
        secret=row.secret,
    )
    return f"{row.tracking_id or row.number}\n{_in_file(told)}"


@dataclass(frozen=True)
class _Told:
    """What the block says."""

    kind: Kind
    complaint_class: ComplaintClass | None
    title: str
    text: str
    occurred: Occurred | None
    place: PlaceSheet | None
    wished: CandidateSheet | None
    files: str
    anonymous: bool
    secret: bool


def _of_case(case: CaseSheet) -> _Told:
    files = unescape(files_text(case.files, _indonesian())) if case.files else ""
    return _Told(
        kind=case.kind,
        complaint_class=case.complaint_class,
        title=_title(case.text or ""),
        text=case.text or "",
        occurred=case.occurred,
        place=case.place,
        wished=_wished(case),
        files=files,
        anonymous=case.anonymous,
        secret=case.secret,
    )


def _in_file(told: _Told) -> str:
    """The whole block as plain text; no line of somebody's words passes for a field of it."""
    return unescape(_block(replace(told, text=told.text.replace("\n", "\n  ")), CELL_MAX))


def _title(text: str) -> str:
    """The beginning of the words, in one line."""
    return clip(" ".join(text.split()), TITLE_SHOWN)


def _indonesian() -> Words:
    """That register is kept in Indonesian, whatever its reader here prefers."""
    return words_for(FALLBACK)


def _choices(case: CaseSheet, words: Words) -> tuple[Button, ...]:
    """What comes after copying: the number that SP4N gave it, or back to the card."""
    back = Button(words("desk.whole_back"), tap(Verb.SHOW, case.number))
    if Action.RECORD_SP4N not in case.actions or case.national_number:
        return (back,)
    return Button(words("desk.do.record_sp4n"), tap(Verb.COMPOSE, case.number, Purpose.RECORD_SP4N)), back


def _block(told: _Told, limit: int) -> Html:
    words = _indonesian()
    none = words("sp4n.none")
    return lines(
        words("sp4n.class", name=classification(words, told.kind, told.complaint_class)),
        words("sp4n.title", title=clip(told.title, limit)),
        words("sp4n.text", text=told.text),
        words("sp4n.occurred", occurred=occurred_text(told.occurred, words, limit) if told.occurred else none),
        words("sp4n.place", place=_place(told.place, limit) or none),
        words("sp4n.agency", agency=office_text(told.wished, limit) if told.wished else none),
        words("sp4n.category", category=sector_name(words, told.wished.sector) if told.wished else none),
        words("sp4n.files", files=told.files or none),
        words("sp4n.privacy", anonymous=_yes(told.anonymous, words), secret=_yes(told.secret, words)),
    )


def _wished(case: CaseSheet) -> CandidateSheet | None:
    """The office that the citizen chose, or else the first that was proposed."""
    if case.chosen is not None and 0 <= case.chosen < len(case.candidates):
        return case.candidates[case.chosen]
    return case.candidates[0] if case.candidates else None


def _place(place: PlaceSheet | None, limit: int) -> str:
    if place is None:
        return ""
    point = f"{place.point[0]:.5f}, {place.point[1]:.5f}" if place.point else None
    return "; ".join(clip(part, limit) for part in (*place_parts(place), point) if part)


def _yes(switch: bool, words: Words) -> Html:
    return words("sp4n.yes" if switch else "sp4n.no")
