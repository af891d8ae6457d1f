"""The digest: a coordinator's day on one screen, what is not yet routed first."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from locales.translator import Html, Words, plain
from services.digest_sheets import DigestLine, DigestSheet, Series
from views.chart import draw
from views.dates import day
from views.screen import Button, Screen, clip, lines, paragraph
from views.taps import Verb, tap

LINES_SHOWN = 5
"""Lines in one section, so that all full sections fit one message; how many are hidden is said."""

FEWER_SHOWN = 3
"""Lines in a section that is not about dates."""

SUMMARY_SHOWN = 50
UNIT_SHOWN = 30
BUTTONS_IN_ROW = 2

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Section:
    name: str
    found: Sequence[DigestLine]
    hidden: int
    verb: Verb = Verb.SHOW
    most: int = LINES_SHOWN

    @property
    def shown(self) -> Sequence[DigestLine]:
        return self.found[: self.most]

    @property
    def count(self) -> int:
        return len(self.found) + self.hidden


def digest(sheet: DigestSheet, words: Words) -> Screen:
    """Everything that waits for a coordinator today, with the chart of the last days; a button per line."""
    sections = _sections(sheet)
    buttons = _buttons(sections, words)
    places = {number: place for place, number in enumerate(buttons, start=1)}
    text = paragraph(
        words("digest.title", desk=sheet.government or words("digest.desk_sp4n"), day=day(words, sheet.on)),
        words("digest.since_yesterday", received=sheet.received_yesterday, done=sheet.done_yesterday),
        *(_section(section, places, words) for section in sections if section.count),
        words("digest.unreachable", count=sheet.unreachable_citizens) if sheet.unreachable_citizens else None,
        words("digest.revealed", count=sheet.revealed) if sheet.revealed else None,
        words("digest.idle", count=sheet.idle) if sheet.idle else None,
        _unstaffed(sheet.units_without_officer, words),
        _lost_groups(sheet.lost_groups, words),
        None if _has_work(sheet, sections) else words("digest.nothing"),
        words("digest.log_head", head=sheet.log_head) if sheet.log_head else None,
    )
    each = tuple(buttons.values())
    rows = tuple(each[at : at + BUTTONS_IN_ROW] for at in range(0, len(each), BUTTONS_IN_ROW))
    return Screen(text, rows, picture=_picture(sheet.series, words))


def _picture(series: Series | None, words: Words) -> bytes | None:
    """The chart; None where there is nothing to draw, or where it could not be drawn."""
    if series is None or series.empty:
        return None
    try:
        return draw(series, words)
    except Exception:
        # Whatever ails the drawing (fonts, memory, a folder that cannot be written), the words must arrive.
        log.exception("the chart of a digest could not be drawn")
        return None


def _sections(sheet: DigestSheet) -> tuple[_Section, ...]:
    return (
        _Section("unrouted", sheet.unrouted, sheet.unrouted_hidden, Verb.VERIFY),
        _Section("due_today", sheet.due_today, sheet.due_today_hidden),
        _Section("overdue", sheet.overdue, sheet.overdue_hidden),
        _Section("requests", sheet.requests, sheet.requests_hidden, most=FEWER_SHOWN),
        _Section("returned", sheet.returned, sheet.returned_hidden, most=FEWER_SHOWN),
        _Section("hollow", sheet.hollow, sheet.hollow_hidden, most=FEWER_SHOWN),
        _Section("flagged", sheet.flagged, 0, most=FEWER_SHOWN),
        _Section("low_ratings", sheet.low_ratings, 0, most=FEWER_SHOWN),
    )


def _section(section: _Section, places: Mapping[str, int], words: Words) -> Html:
    rest = section.count - len(section.shown)
    return lines(
        words(f"digest.{section.name}", count=section.count),
        *(_line(places[line.number], line, words) for line in section.shown),
        words("letter.more", count=rest) if rest else None,
    )


def _line(place: int, line: DigestLine, words: Words) -> Html:
    about = (
        words("digest.unit", unit=clip(line.unit, UNIT_SHOWN)) if line.unit else None,
        words("digest.late", days=line.days_late) if line.days_late > 0 else None,
    )
    what = words("letter.line", place=place, number=line.number, summary=clip(line.summary, SUMMARY_SHOWN))
    return Html(" ".join(part for part in (what, *about) if part))


def _unstaffed(units: Sequence[str], words: Words) -> Html | None:
    """Units whose complaints fall to the coordinator."""
    if not units:
        return None
    rest = len(units) - LINES_SHOWN
    return lines(
        words("digest.unstaffed", count=len(units)),
        *(plain(f"- {clip(unit, UNIT_SHOWN)}") for unit in units[:LINES_SHOWN]),
        words("letter.more", count=rest) if rest > 0 else None,
    )


def _lost_groups(units: Sequence[str], words: Words) -> Html | None:
    """Units whose group cannot be reached."""
    named = ", ".join(clip(unit, UNIT_SHOWN) for unit in units[:LINES_SHOWN])
    return words("digest.lost_groups", count=len(units), units=named) if units else None


def _has_work(sheet: DigestSheet, sections: Iterable[_Section]) -> bool:
    return any(section.count for section in sections) or bool(sheet.units_without_officer)


def _buttons(sections: Iterable[_Section], words: Words) -> dict[str, Button]:
    """One button per complaint, even if it stands in two sections; its place is the number of its lines."""
    buttons: dict[str, Button] = {}
    for section in sections:
        for line in section.shown:
            buttons.setdefault(line.number, _button(section.verb, line.number, words))
    return buttons


def _button(verb: Verb, number: str, words: Words) -> Button:
    label = words("digest.button_verify", number=number) if verb is Verb.VERIFY else number
    return Button(label, tap(verb, number))
