"""/wilayah: kab/kota in figures, how late they are, which are silent; no complaint stands here, only how many."""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape

from locales.translator import Html, Words
from services.figure_sheets import GovernmentLine, ProvinceLine, QuietSheet, RegionSheet, Reminded
from services.handling import PAGE
from views.figures import portion, span
from views.queue import turns_of
from views.screen import Button, Screen, choice_screen, clip, lines, paragraph
from views.taps import Verb, tap

NAME_SHOWN = 60


def provinces(found: Sequence[ProvinceLine], page: int, words: Words) -> Screen:
    """Which province? With how many governments it has here, and how many of them are silent."""
    start = page * PAGE
    rows = ((_province(line, words),) for line in found[start : start + PAGE])
    turns = turns_of(page, words, Verb.REGIONS, later=len(found) > start + PAGE)
    return choice_screen(words("region.ask" if found else "region.none"), *rows, *turns)


def _province(line: ProvinceLine, words: Words) -> Button:
    key = "region.province_quiet" if line.quiet else "region.province"
    label = words(key, name=clip(line.name, NAME_SHOWN), count=line.governments, quiet=line.quiet)
    return Button(unescape(label), tap(Verb.REGION, line.province, 0))


def region(sheet: RegionSheet, page: int, words: Words) -> Screen:
    """The kab/kota of a province, the best first; silent ones can be reminded by whoever looks after them."""
    start = page * PAGE
    shown = sheet.lines[start : start + PAGE]
    silent = [line for line in shown if sheet.may_remind and line.quiet_days is not None]
    text = paragraph(
        words("region.title", province=clip(sheet.name, NAME_SHOWN), span=span(sheet.first, sheet.last, words)),
        words("region.summary", count=len(sheet.lines), quiet=sum(each.quiet_days is not None for each in sheet.lines))
        if sheet.lines
        else words("region.empty"),
        *(_line(place, line, sheet.few, words) for place, line in enumerate(shown, start=start + 1)),
        words("region.how", few=sheet.few) if shown else None,
        words("region.remind_how") if silent else None,
    )
    turns = turns_of(page, words, Verb.REGION, sheet.province, later=len(sheet.lines) > start + PAGE)
    return choice_screen(text, *((_remind(line, words),) for line in silent), *turns)


def _line(place: int, line: GovernmentLine, few: int, words: Words) -> Html:
    share, name = line.followed_up, clip(line.name, NAME_SHOWN)
    return lines(
        words("figures.unit", place=place, name=name, received=share.whole, percent=portion(share, few, words))
        if share
        else words("region.small", place=place, name=name),
        _late(line.late, line.oldest_days, few, words),
        words("region.unstaffed") if not line.staffed else None,
        words("region.quiet", days=line.quiet_days) if line.quiet_days is not None else None,
    )


def _late(late: int, oldest_days: int, few: int, words: Words) -> Html | None:
    """How many are late and the longest of them; a count that might point at somebody is not told."""
    if not late:
        return None
    key = "region.late_few" if late < few else "region.late"
    return words(key, count=late, few=few, days=oldest_days)


def _remind(line: GovernmentLine, words: Words) -> Button:
    label = words("region.button_remind", name=clip(line.name, NAME_SHOWN))
    return Button(unescape(label), tap(Verb.REMIND, line.government_id))


def reminded(sheet: Reminded, words: Words) -> Screen:
    """The silent government was reminded."""
    return choice_screen(
        words("region.reminded", name=clip(sheet.name, NAME_SHOWN), count=sheet.people),
        (Button(words("region.button_back"), tap(Verb.REGION, sheet.province, 0)),),
    )


def quiet(sheet: QuietSheet, words: Words) -> Screen:
    """Somebody who looks after them has noticed that nobody of a government was here for long."""
    from_whom = (
        words("region.letter.from_province", province=clip(sheet.province, NAME_SHOWN))
        if sheet.province
        else words("region.letter.from_nation")
    )
    text = paragraph(
        from_whom,
        words("region.letter.quiet", government=clip(sheet.government, NAME_SHOWN), days=sheet.quiet_days),
        words("region.letter.late", count=sheet.late, days=sheet.oldest_days) if sheet.late else None,
        words("region.letter.how"),
    )
    return choice_screen(text, (Button(words("desk.button_unverified"), tap(Verb.UNVERIFIED, 0)),))


def no_region(words: Words) -> Screen:
    """/wilayah by somebody who looks after no province."""
    return choice_screen(words("region.no_office"), (Button(words("welcome.button_help"), tap(Verb.HELP)),))
