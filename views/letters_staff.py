"""Letters to staff: the unit's card, the desk's card, words about a complaint, and reminders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from domain.lifecycle import Action, ClockKind
from domain.requests import RequestState
from locales.translator import Html, Words, plain
from services.case_sheets import CandidateSheet, CaseLine, CaseSheet, EventSheet
from views import evidence
from views.dates import day_of
from views.letter_parts import Row, due_lines, number_line, offers, quoted, supporters_line
from views.naming import class_name, kind_name
from views.requests import kind_line
from views.review import office_text
from views.screen import Button, Screen, choice_screen, clip, lines, paragraph
from views.taps import Verb, tap
from views.teamwork import side_by_side
from views.told import flagged, told

VALUE_SHOWN = 150
"""UTF-16 units of a short value: an office, a name, a reason."""

SUMMARY_SHOWN = 80
CANDIDATES_SHOWN = 3
REMINDERS_SHOWN = 10

_LAST = datetime.max.replace(tzinfo=UTC)


def card(case: CaseSheet, event: EventSheet | None, words: Words) -> Screen:
    """A complaint arrives in a unit: everything that is needed to begin."""
    how = event.action if event and event.action in _ARRIVALS else Action.FORWARD
    text = paragraph(
        words(f"letter.card.{how.value}", unit=_receiver(case, event, words)),
        *_facts(case, words),
        _note(event, words),
        due_lines(case, words, ClockKind.FIRST_FOLLOW_UP, ClockKind.RESOLVE),
        words("letter.card.taken") if case.taken else None,
        words("letter.card.how" if Action.FOLLOW_UP in case.actions else "team.how", number=case.number),
    )
    acts = (Action.FOLLOW_UP, Action.MARK_DONE) if Action.FOLLOW_UP in case.actions else (Action.NOTE,)
    rows = _offers(case, words, acts if case.taken else (Action.TAKE, *acts))
    return _with_evidence(case, choice_screen(text, *rows))


def _receiver(case: CaseSheet, event: EventSheet | None, words: Words) -> str:
    """The unit that the card is for: the one that leads, or the one that shall help."""
    helps = event is not None and event.action is Action.ADD_UNIT
    return (event.unit if event and helps else case.unit) or words("letter.your_unit")


_ARRIVALS = frozenset({Action.FORWARD, Action.REFORWARD, Action.ADD_UNIT})


def desk_card(case: CaseSheet, event: EventSheet | None, words: Words) -> Screen:
    """A complaint waits for the desk: proposed offices with the words that speak for them, and one button."""
    text = paragraph(
        words(f"letter.desk_card.{_why_at_desk(event)}", unit=_speaker(case, event, words)),
        words("letter.desk_card.accuses") if case.accuses else None,
        side_by_side(case, words) if len(case.handed_back) > 1 else None,
        flagged(case, words),
        *_facts(case, words),
        _note(event, words),
        words("desk.gist_needed") if _unheard(case) else _proposals(case, words),
        words("support.near", numbers=", ".join(each.number for each in case.near)) if case.near else None,
        due_lines(case, words, ClockKind.VERIFY, ClockKind.FIRST_FOLLOW_UP),
        words(f"letter.desk_card.{_how(case)}", number=case.number),
    )
    return _with_evidence(case, choice_screen(text, *_next_steps(case, words)))


def _next_steps(case: CaseSheet, words: Words) -> tuple[Row, ...]:
    """What the desk does with it first: the gist of a recording, the copy for SP4N, or the verification."""
    if _unheard(case):
        return _offers(case, words, (Action.WRITE_GIST,))
    if case.at_sp4n_desk:
        return (Button(words("desk.do_sp4n"), tap(Verb.SP4N, case.number)),), *_offers(case, words, ())
    verify = next((action for action in (Action.FORWARD, Action.REFORWARD) if action in case.actions), None)
    return _offers(case, words, (verify,) if verify else ())


def _unheard(case: CaseSheet) -> bool:
    """Whether a recording is all that there is: nothing can be forwarded before somebody has written its gist."""
    return case.voiced and not case.text


def _how(case: CaseSheet) -> str:
    if _unheard(case):
        return "how_gist"
    return "how_sp4n" if case.at_sp4n_desk else "how"


def desk_update(case: CaseSheet, event: EventSheet, words: Words) -> Screen:
    """A word to whoever works on a complaint."""
    action = event.action or Action.NOTE
    text = paragraph(
        words(f"letter.desk_update.{_word(event, action)}", number=case.number, unit=_speaker(case, event, words)),
        kind_line(event.data, words) if action is Action.DECIDE_REQUEST else None,
        words("letter.about", summary=clip(" ".join(case.text.split()), SUMMARY_SHOWN)) if case.text else None,
        quoted(event.text, words),
        words("letter.class", name=class_name(words, case.complaint_class))
        if action is Action.CHANGE_CLASS and case.complaint_class
        else None,
        due_lines(case, words, *ClockKind),
    )
    screen = choice_screen(text, *_offers(case, words, (Action.FOLLOW_UP,)))
    return replace(screen, files=evidence.luggage(evidence.of_event(case, event)))


def _word(event: EventSheet, action: Action) -> str:
    """Which word is said; an answer to a request says which."""
    granted = action is Action.DECIDE_REQUEST and event.data.get("state") == RequestState.GRANTED
    return "granted" if granted else action.value


def _offers(case: CaseSheet, words: Words, actions: tuple[Action, ...]) -> tuple[Row, ...]:
    """What the reader may do, and the files."""
    return (*offers(case, words, actions), *evidence.button(case, words))


def reminder(found: Sequence[CaseLine], words: Words) -> Screen:
    """At most one message with all that waits, the oldest first."""
    ordered = sorted(found, key=lambda line: line.due_at or _LAST)
    shown, hidden = ordered[:REMINDERS_SHOWN], len(ordered) - REMINDERS_SHOWN
    text = paragraph(
        words("letter.reminder.title", count=len(ordered)),
        *(_reminded(place, line, words) for place, line in enumerate(shown, start=1)),
        words("letter.more", count=hidden) if hidden > 0 else None,
        words("letter.reminder.how"),
    )
    return Screen(text, tuple((Button(line.number, tap(Verb.SHOW, line.number)),) for line in shown))


def _reminded(place: int, line: CaseLine, words: Words) -> Html:
    what = words("letter.line", place=place, number=line.number, summary=clip(line.summary, SUMMARY_SHOWN))
    if line.due_at is None:
        return what
    key = "letter.reminder.overdue" if line.overdue else "letter.reminder.due"
    return lines(what, words(key, day=day_of(words, line.due_at, line.time_zone)))


def _facts(case: CaseSheet, words: Words) -> tuple[Html | None, ...]:
    """What it is, and what was told."""
    head = lines(
        number_line(case, words),
        words("letter.kind", name=kind_name(words, case.kind)),
        words("letter.class", name=class_name(words, case.complaint_class)) if case.complaint_class else None,
    )
    return head, told(case, words), supporters_line(case, words)


def _with_evidence(case: CaseSheet, screen: Screen) -> Screen:
    return replace(screen, files=evidence.open_ones(case), location=case.place.point if case.place else None)


def _note(event: EventSheet | None, words: Words) -> Html | None:
    """The words that came with the complaint: a reason, an objection, an instruction."""
    if event is None or event.action is None or not event.text:
        return None
    return words("letter.note", text=clip(event.text, QUOTED_NOTE))


QUOTED_NOTE = 500
"""UTF-16 units of the words that came with a card, below the citizen's own."""


def _why_at_desk(event: EventSheet | None) -> str:
    action = event.action if event else None
    if action in _TOLD_MORE:
        return "accused_since"
    if action in _ARRIVALS:
        return "unstaffed"
    return action.value if action in _COMES_BACK else "submitted"


_TOLD_MORE = (Action.ADD_INFORMATION, Action.ANSWER, Action.SUPPORT, Action.REOPEN)
"""Words of people of which only the desk is told, because they accuse the unit that has the complaint."""

_COMES_BACK = (Action.RETURN, Action.OBJECT, Action.PASS_ON)


def _speaker(case: CaseSheet, event: EventSheet | None, words: Words) -> Html:
    unit = (event.unit if event else None) or case.unit
    return plain(clip(unit, VALUE_SHOWN)) if unit else words("letter.unit")


def _proposals(case: CaseSheet, words: Words) -> Html | None:
    if case.at_sp4n_desk:
        return None
    if not case.candidates:
        return words("letter.desk_card.no_candidates")
    shown = enumerate(case.candidates[:CANDIDATES_SHOWN])
    listed = (_candidate(candidate, case.chosen == place, words) for place, candidate in shown)
    return lines(words("letter.desk_card.candidates"), *listed)


def _candidate(candidate: CandidateSheet, chosen: bool, words: Words) -> Html:
    because = words("letter.desk_card.because", words=clip(", ".join(candidate.because), VALUE_SHOWN))
    return lines(
        words("letter.desk_card.candidate", office=office_text(candidate, VALUE_SHOWN)),
        because if candidate.because else None,
        words("letter.desk_card.chosen") if chosen else None,
    )
