"""The figures of the week for the head of a desk: one plain message."""

from __future__ import annotations

from datetime import date

from domain.figures import Share, Speed
from locales.translator import Html, Words
from services.figure_sheets import FiguresSheet, WeeklySheet
from views.dates import short_day
from views.naming import class_name
from views.screen import Screen, clip, lines, paragraph

UNITS_SHOWN = 10
NAME_SHOWN = 60

ENOUGH = 5
"""Replies from which on it is no accident that they say nothing."""


def weekly(sheet: WeeklySheet, words: Words) -> Screen:
    """Last week in one line; speeds, shares in time and the ranking over four weeks."""
    week, recent = sheet.week, sheet.recent
    title = words("figures.title", government=clip(week.whose, NAME_SHOWN), span=_span(week, words))
    last = words("figures.week", received=week.received, followed_up=week.followed_up, done=week.done)
    if not recent.received:
        return Screen(paragraph(title, last, words("figures.nothing"), words("figures.how")))
    return Screen(
        paragraph(
            title,
            last,
            lines(words("figures.recent", span=_span(recent, words)), _summary(recent, words)),
            lines(
                _speed("verification", recent.verification, recent.verified_in_time, words),
                _speed("follow_up", recent.follow_up, recent.followed_up_in_time, words),
            ),
            _classes(recent, words),
            _ranking(recent, words),
            _hollow(recent, words),
            campaigns(recent, words),
            words("figures.how"),
        )
    )


def _span(sheet: FiguresSheet, words: Words) -> Html:
    return span(sheet.first, sheet.last, words)


def span(first: date, last: date, words: Words) -> Html:
    """Two dates: "6 April 2026 sampai 12 April 2026"."""
    return words("figures.span", first=short_day(words, first), last=short_day(words, last))


def _summary(sheet: FiguresSheet, words: Words) -> Html:
    followed_up, done = Share(sheet.followed_up, sheet.received), Share(sheet.done, sheet.received)
    return words("figures.summary", received=sheet.received, followed_up=followed_up.percent, done=done.percent)


def _speed(what: str, speed: Speed | None, in_time: Share, words: Words) -> Html | None:
    if speed is None:
        return None
    return words(f"figures.{what}", median=speed.median, p90=speed.p90, percent=in_time.percent)


def _classes(sheet: FiguresSheet, words: Words) -> Html | None:
    if not sheet.classes:
        return None
    return lines(
        words("figures.classes"),
        *(
            words("figures.class", name=class_name(words, each), percent=share.percent, count=share.whole)
            for each, share in sheet.classes
        ),
    )


def _hollow(sheet: FiguresSheet, words: Words) -> Html | None:
    """Replies that said nothing, of all; the unit with the largest share, where it is no accident."""
    part, whole = sum(share.part for _, share in sheet.hollow), sum(share.whole for _, share in sheet.hollow)
    if not part:
        return None
    worst = next(((name, share) for name, share in sheet.hollow if share.part >= ENOUGH), None)
    return lines(
        words("figures.hollow", part=part, whole=whole, percent=Share(part, whole).percent),
        words("figures.hollow_most", name=clip(worst[0], NAME_SHOWN), percent=worst[1].percent) if worst else None,
    )


def campaigns(sheet: FiguresSheet, words: Words) -> Html | None:
    """What each campaign has brought; these counts point at nobody, so small ones are told too."""
    if not sheet.campaigns:
        return None
    return lines(
        words("figures.campaigns"),
        *(
            words("figures.campaign", name=each.name, starts=each.starts, drafts=each.drafts, sent=each.sent)
            for each in sheet.campaigns
        ),
    )


def _ranking(sheet: FiguresSheet, words: Words) -> Html | None:
    if not sheet.parts:
        return None
    hidden = len(sheet.parts) - UNITS_SHOWN
    return lines(
        words("figures.ranking"),
        *(
            words(
                "figures.unit",
                place=place,
                name=clip(part.name, NAME_SHOWN),
                received=part.followed_up.whole,
                percent=portion(part.followed_up, sheet.few, words),
            )
            for place, part in enumerate(sheet.parts[:UNITS_SHOWN], start=1)
        ),
        words("letter.more", count=hidden) if hidden > 0 else None,
    )


def portion(share: Share, few: int, words: Words) -> Html:
    """A share in percent; one with few in it would give the few away."""
    if 0 < share.part < few:
        return words("overview.few_of_all", few=few)
    return words("overview.percent", percent=share.percent)
