"""The block that a person copies into SP4N-LAPOR!, in that register's own order of fields."""

from __future__ import annotations

from domain.drafting import Purpose
from domain.lifecycle import Action
from locales.translator import FALLBACK, Html, Words, words_for
from services.sheets import CandidateSheet, CaseSheet, PlaceSheet
from views.naming import kind_name, sector_name
from views.review import office_text
from views.screen import TEXT_LIMIT, Button, Screen, choice_screen, clip, lines, numbered, utf16_length
from views.taps import Verb, tap
from views.told import files_text

VALUES_SHOWN = (150, 60)
"""UTF-16 units of a field: the second when the citizen's words would else not stand whole."""


def block(case: CaseSheet, words: Words) -> Screen:
    """One tap on the block copies it; the citizen's words have the room that the other fields leave."""
    how = words("sp4n.how", number=case.number)
    choices = _choices(case, words)
    # That register is kept in Indonesian, whatever its reader here prefers.
    written = words_for(FALLBACK)
    text = case.text or ""
    around = utf16_length(how) + utf16_length(numbered(choices)) + 3
    for limit in VALUES_SHOWN:
        room = TEXT_LIMIT - around - utf16_length(_block(case, "", limit, written))
        if utf16_length(text) <= room:
            break
    block = words("sp4n.block", block=_block(case, clip(text, room), limit, written))
    return choice_screen(lines(how, block), *((choice,) for choice in choices))


def _choices(case: CaseSheet, words: Words) -> tuple[Button, ...]:
    """What comes after copying: the number that SP4N gave it, or back to the card."""
    back = Button(words("desk.whole_back"), tap(Verb.SHOW, case.number))
    if Action.RECORD_SP4N not in case.actions or case.national_number:
        return (back,)
    return Button(words("desk.do.record_sp4n"), tap(Verb.COMPOSE, case.number, Purpose.RECORD_SP4N)), back


def _block(case: CaseSheet, text: str, limit: int, words: Words) -> Html:
    wished = _wished(case)
    none = words("sp4n.none")
    return lines(
        words("sp4n.kind", kind=kind_name(words, case.kind)),
        words("sp4n.title", title=clip(" ".join((case.text or "").split()), min(limit, 80))),
        words("sp4n.text", text=text),
        words("sp4n.occurred", occurred=clip(case.occurred, limit) if case.occurred else none),
        words("sp4n.place", place=_place(case.place, limit) or none),
        words("sp4n.agency", agency=office_text(wished, limit) if wished else none),
        words("sp4n.category", category=sector_name(words, wished.sector) if wished else none),
        words("sp4n.files", files=files_text(case.files, words) if case.files else none),
        words("sp4n.privacy", anonymous=_yes(case.anonymous, words), secret=_yes(case.secret, words)),
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
    return "; ".join(clip(part, limit) for part in (place.words, place.label, point) if part)


def _yes(switch: bool, words: Words) -> Html:
    return words("sp4n.yes" if switch else "sp4n.no")
