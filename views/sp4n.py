"""The block that a person copies into SP4N-LAPOR!, in that register's own order of fields."""

from __future__ import annotations

from locales.translator import Html, Words
from services.sheets import CandidateSheet, CaseSheet, PlaceSheet
from views.naming import kind_name, sector_name
from views.review import files_text, office_text
from views.screen import TEXT_LIMIT, Button, Screen, choice_screen, clip, lines, utf16_length
from views.taps import Verb, tap

TITLE_SHOWN = 80
VALUE_SHOWN = 150
MARGIN = 250
"""UTF-16 units of the sentence before the block and of the button below it."""


def block(case: CaseSheet, words: Words) -> Screen:
    """One tap on the block copies it; the citizen's words have the room that the other fields leave."""
    bare = _block(case, "", words)
    text = clip(case.text or "", TEXT_LIMIT - MARGIN - utf16_length(bare))
    show = Button(words("desk.button_show"), tap(Verb.SHOW, case.number))
    how = words("sp4n.how", number=case.number)
    return choice_screen(lines(how, words("sp4n.block", block=_block(case, text, words))), (show,))


def _block(case: CaseSheet, text: str, words: Words) -> Html:
    wished = _wished(case)
    none = words("sp4n.none")
    return lines(
        words("sp4n.kind", kind=kind_name(words, case.kind)),
        words("sp4n.title", title=clip(" ".join((case.text or "").split()), TITLE_SHOWN)),
        words("sp4n.text", text=text),
        words("sp4n.occurred", occurred=clip(case.occurred, VALUE_SHOWN) if case.occurred else none),
        words("sp4n.place", place=_place(case.place) or none),
        words("sp4n.agency", agency=office_text(wished, VALUE_SHOWN) if wished else none),
        words("sp4n.category", category=sector_name(words, wished.sector) if wished else none),
        words("sp4n.files", files=files_text(case.files, words) if case.files else none),
        words("sp4n.privacy", anonymous=_yes(case.anonymous, words), secret=_yes(case.secret, words)),
    )


def _wished(case: CaseSheet) -> CandidateSheet | None:
    """The office that the citizen chose, or else the first that was proposed."""
    if case.chosen is not None and 0 <= case.chosen < len(case.candidates):
        return case.candidates[case.chosen]
    return case.candidates[0] if case.candidates else None


def _place(place: PlaceSheet | None) -> str:
    if place is None:
        return ""
    point = f"{place.point[0]:.5f}, {place.point[1]:.5f}" if place.point else None
    return "; ".join(clip(part, VALUE_SHOWN) for part in (place.words, place.label, point) if part)


def _yes(switch: bool, words: Words) -> Html:
    return words("sp4n.yes" if switch else "sp4n.no")
