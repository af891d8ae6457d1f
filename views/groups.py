"""What stands in a unit's group: cards, words about them, lists, and the answers to whoever works there."""

from __future__ import annotations

from collections.abc import Sequence

from domain.lifecycle import WORKERS, Action, ClockKind, Role
from locales.translator import Html, Words, plain
from services.case_sheets import CaseLine, CaseSheet, EventSheet
from services.covering import summary
from services.group_post import ENDED
from services.group_sheets import GroupCall, GroupQueue
from views import presence
from views.dates import day_of
from views.letter_parts import due_lines, quoted, supporters_line
from views.naming import class_name, designation, kind_name, role_name
from views.queue import turns_of
from views.screen import Button, Screen, choice_screen, clip, lines, paragraph
from views.taps import Verb, tap
from views.told import VALUE_SHOWN, files_text, occurred_text, place_text, voiced

SUMMARY_SHOWN = 80
SAID_SHOWN = 5
"""Events in one message; what is older stands in the timeline."""

QUOTED_EVENT = 500
"""UTF-16 units of somebody's words, of which several may stand in one message."""

TOPIC_NAME = 100
"""UTF-16 units of a topic's name; Telegram takes 128 characters."""


def message(call: GroupCall, words: Words) -> Screen:
    """The message that a call sends or draws anew."""
    if len(call.cases) != 1:
        return arrivals(call.cases, words)
    [case] = call.cases
    if call.events:
        return said(case, call.events, words)
    return bare(case, words) if call.bare else card(case, words)


def topic_name(call: GroupCall) -> str:
    """What a topic is called: the number first, since that is what people look for; once the card is bare, it alone."""
    [case] = call.cases
    return case.number if call.bare else clip(f"{case.number} {summary(case.text or '')}".strip(), TOPIC_NAME)


def card(case: CaseSheet, words: Words) -> Screen:
    """A complaint in the group: what is needed to begin, and nothing that names who reported it."""
    text = paragraph(
        lines(designation(words, case.number, case.status), _kind(case, words)),
        voiced(case, words),
        quoted(case.text, words),
        _details(case, words),
        supporters_line(case, words),
        due_lines(case, words, ClockKind.FIRST_FOLLOW_UP, ClockKind.RESOLVE),
        words("letter.card.taken") if case.taken else None,
        words("group.card_how" if Action.FOLLOW_UP in case.actions else "group.card_helps"),
    )
    takes = Action.TAKE in case.actions and not case.taken
    take = ((Button(words("desk.do.take"), tap(Verb.TAKE, case.number)),),) if takes else ()
    return choice_screen(text, *take, (_open(case.number, words),))


def bare(case: CaseSheet, words: Words) -> Screen:
    """The card of a complaint that is over, that is not the unit's any more, or that no group may show any more."""
    if not case.roles:
        return Screen(words("group.card_gone", number=case.number))
    why = "group.card_ended" if case.status in ENDED else "group.card_private"
    return Screen(paragraph(designation(words, case.number, case.status), words(why)))


def said(case: CaseSheet, events: Sequence[EventSheet], words: Words) -> Screen:
    """What has happened to a complaint, in one message however much it is."""
    hidden = len(events) - SAID_SHOWN
    text = paragraph(
        designation(words, case.number, case.status),
        words("desk.earlier", count=hidden) if hidden > 0 else None,
        *(_event(event, words) for event in events[-SAID_SHOWN:]),
    )
    return choice_screen(text, (_open(case.number, words),))


def arrivals(cases: Sequence[CaseSheet], words: Words) -> Screen:
    """Many new complaints in one message."""
    listed = (
        words("letter.line", place=place, number=case.number, summary=clip(summary(case.text or ""), SUMMARY_SHOWN))
        for place, case in enumerate(cases, start=1)
    )
    text = paragraph(words("group.arrivals", count=len(cases)), lines(*listed), words("group.arrivals_how"))
    return Screen(text, tuple((Button(case.number, tap(Verb.SHOW, case.number)),) for case in cases))


def queue(sheet: GroupQueue, words: Words) -> Screen:
    """The unit's open complaints; a line opens one in the private chat."""
    turns = turns_of(sheet.page, words, Verb.QUEUE, later=sheet.more)
    listed = (_line(place, line, words) for place, line in enumerate(sheet.lines, start=1))
    more = (
        words("desk.choice", place=len(sheet.lines) + at, label=row[0].label) for at, row in enumerate(turns, start=1)
    )
    text = paragraph(
        words("group.queue" if sheet.lines else "group.queue_empty", unit=clip(sheet.unit, VALUE_SHOWN)),
        *listed,
        lines(*more),
        words("group.arrivals_how"),
    )
    rows = tuple((Button(line.number, tap(Verb.SHOW, line.number)),) for line in sheet.lines)
    return Screen(text, (*rows, *turns))


def _line(place: int, line: CaseLine, words: Words) -> Html:
    due = "letter.reminder.overdue" if line.overdue else "letter.reminder.due"
    return lines(
        words("letter.line", place=place, number=line.number, summary=clip(line.summary, SUMMARY_SHOWN)),
        words(due, day=day_of(words, line.due_at, line.time_zone)) if line.due_at else None,
    )


def sent(after: CaseSheet, words: Words) -> Screen:
    """The answer has left, or leaves in some seconds; `after` is the case as its writer may see it now."""
    if after.leaving is not None:
        leaving = presence.on_its_way(after, words) or Html("")
        return choice_screen(leaving, presence.undo_button(after, words))
    return Screen(paragraph(words("desk.left.follow_up", number=after.number), words("group.queue_how")))


def dropped(words: Words) -> Screen:
    """The answer was given up."""
    return Screen(paragraph(words("desk.dropped"), words("group.queue_how")))


def _open(number: str, words: Words) -> Button:
    return Button(words("group.button_open"), tap(Verb.SHOW, number))


def _kind(case: CaseSheet, words: Words) -> Html:
    return lines(
        words("letter.kind", name=kind_name(words, case.kind)),
        words("letter.class", name=class_name(words, case.complaint_class)) if case.complaint_class else None,
    )


def _details(case: CaseSheet, words: Words) -> Html:
    place = place_text(case.place, words) if case.place else None
    return lines(
        words("told.place", place=place) if place else None,
        words("told.occurred", occurred=occurred_text(case.occurred, words)) if case.occurred else None,
        words("told.files", files=files_text(case.files, words)) if case.files else None,
    )


def _event(event: EventSheet, words: Words) -> Html:
    """A line of the timeline; what the unit itself wrote stands above already, or was written in private."""
    action = event.action.value if event.action else "submitted"
    own = event.role in WORKERS
    who = plain(clip(event.unit, VALUE_SHOWN)) if event.unit and own else role_name(words, event.role)
    unit = clip(event.unit or "", VALUE_SHOWN) or words("desk.no_unit")
    speaks = not own and event.role is not Role.PARTICIPANT
    return lines(
        words(f"desk.event.{action}", who=who, unit=unit), quoted(event.text, words, QUOTED_EVENT) if speaks else None
    )
