"""Why a deadline is due when it is: start, days skipped by name, pauses, extensions, the rule and its version."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from domain.calendar import SkippedDay
from domain.deadlines import CountedPause, Explanation
from locales.translator import Html, Words, plain
from services.clock_sheets import ClockWhy, WhySheet
from views.dates import day, day_of, moment, short_day
from views.holidays import holiday_line
from views.naming import role_name, status_name
from views.screen import Button, Screen, choice_screen, lines, paragraph
from views.taps import Verb, tap


def why(sheet: WhySheet, words: Words) -> Screen:
    """The answer to "kenapa jatuh tempo Selasa, 14 April?"."""
    show = (Button(words("clock.why.button_show"), tap(Verb.SHOW, sheet.number)),)
    return choice_screen(why_text(sheet, words), show)


def why_text(sheet: WhySheet, words: Words) -> Html:
    """The whole answer as text."""
    title = words("clock.why.title", number=sheet.number, status=status_name(words, sheet.status))
    if not sheet.clocks:
        return paragraph(title, words("clock.why.nothing_runs"))
    return paragraph(title, *(_clock(each, words) for each in sheet.clocks), words("clock.why.counting"))


def ask_number(words: Words) -> Screen:
    """How `/kenapa` is written."""
    return Screen(words("clock.why.how"))


def _clock(why: ClockWhy, words: Words) -> Html:
    told = why.explanation
    zone = told.time_zone
    return lines(
        words("clock.why.due", clock=words(f"clock.{told.kind.value}"), moment=moment(words, told.due_at, zone)),
        _state(why, words),
        words("clock.why.start", moment=moment(words, told.started_at, zone)),
        _counted_from(told, words),
        _rule(why, words),
        _skipped(told, words),
        *(_pause(pause, zone, words) for pause in told.pauses),
        words("clock.why.paused_now", moment=moment(words, told.paused_at, zone)) if told.paused_at else None,
        *(words("clock.why.extension", count=each.days, day=day_of(words, each.at, zone)) for each in told.extensions),
        words("clock.why.original", moment=moment(words, told.original_due_at, zone)) if told.extensions else None,
        *(words("clock.why.told", role=role_name(words, role), day=day_of(words, at, zone)) for role, at in why.told),
    )


def _state(why: ClockWhy, words: Words) -> Html | None:
    if why.stopped_at is None:
        return None
    stopped = moment(words, why.stopped_at, why.explanation.time_zone)
    return words("clock.why.stopped_in_time" if why.in_time else "clock.why.stopped_late", moment=stopped)


def _counted_from(told: Explanation, words: Words) -> Html:
    reason = "as_is"
    if told.started_after_closing:
        reason = "after_closing"
    elif told.counted_from != told.started_at.astimezone(ZoneInfo(told.time_zone)).date():
        reason = "free_day"
    return words(f"clock.why.from_{reason}", day=day(words, told.counted_from))


def _rule(why: ClockWhy, words: Words) -> Html:
    told = why.explanation
    shorter = told.limit_days < why.national_limit
    return words(
        "clock.why.rule_promised" if shorter else "clock.why.rule",
        count=told.limit_days,
        national=why.national_limit,
        regulation=why.regulation,
    )


def _skipped(told: Explanation, words: Words) -> Html | None:
    if not told.skipped:
        return None
    named = (holiday_line(skip.holiday, words) for skip in told.skipped if skip.holiday)
    weekends = [skip for skip in told.skipped if skip.holiday is None]
    return lines(
        words("clock.why.skipped"),
        *(words("clock.why.skipped_line", day=line) for line in named),
        words("clock.why.weekends", days=_spans(weekends, words)) if weekends else None,
    )


def _spans(days: list[SkippedDay], words: Words) -> Html:
    """Neighbouring days together: "11-12 April 2026" reads better than each by itself."""
    runs = groupby(enumerate(days), key=lambda pair: pair[1].on.toordinal() - pair[0])
    spans = [[skip.on for _, skip in run] for _, run in runs]
    return Html(", ".join(_span_of(span[0], span[-1], words) for span in spans))


def _span_of(first: date, last: date, words: Words) -> Html:
    if first == last:
        return short_day(words, first)
    begin = plain(str(first.day)) if (first.year, first.month) == (last.year, last.month) else short_day(words, first)
    return words("clock.why.span", first=begin, last=short_day(words, last))


def _pause(counted: CountedPause, zone: str, words: Words) -> Html:
    return words(
        "clock.why.pause",
        begin=day_of(words, counted.pause.from_at, zone),
        end=day_of(words, counted.pause.to_at, zone),
        count=counted.days,
    )
