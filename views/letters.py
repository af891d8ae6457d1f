"""Letters: what is owed to people, as screens in their own language, made just before they leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from domain.drafting import FileKind
from domain.evidence import Problem
from domain.messages import Notice
from locales.translator import Words
from services.case_sheets import CaseSheet, EventSheet
from services.letter_sheets import Letter
from views import (
    drafts,
    evidence,
    export,
    group_desk,
    letters_citizen,
    letters_clock,
    letters_staff,
    letters_supporters,
    regions,
    revealing,
    staffing,
)
from views.digest import digest
from views.figures import weekly
from views.question import question
from views.screen import Button, Screen, choice_screen
from views.taps import Verb, tap

DRAWN = frozenset({Notice.DIGEST, Notice.WEEKLY})
"""Letters that may have a chart to draw."""

_Told = TypeVar("_Told")


class Incomplete(ValueError):
    """A letter without what its sort speaks of: a slip of the programmer."""


def render(letter: Letter, words: Words) -> Screen:
    """Makes the screen of a letter; raises `Incomplete` when it lacks what it speaks of."""
    return _SCREENS[letter.kind](letter, words)


def _receipt(letter: Letter, words: Words) -> Screen:
    return letters_citizen.receipt(_case(letter), words)


def _update(letter: Letter, words: Words) -> Screen:
    return letters_citizen.update(_case(letter), _event(letter), words)


def _card(letter: Letter, words: Words) -> Screen:
    return letters_staff.card(_case(letter), letter.event, words)


def _desk_card(letter: Letter, words: Words) -> Screen:
    return letters_staff.desk_card(_case(letter), letter.event, words)


def _desk_update(letter: Letter, words: Words) -> Screen:
    return letters_staff.desk_update(_case(letter), _event(letter), words)


def _reminder(letter: Letter, words: Words) -> Screen:
    return letters_staff.reminder(_needed(letter.reminders, "a reminder of nothing"), words)


def _digest(letter: Letter, words: Words) -> Screen:
    return digest(_needed(letter.digest, "a digest without its day"), words)


def _apology(letter: Letter, words: Words) -> Screen:
    """Something went wrong here; the open question, if there is one, is asked again."""
    asked = question(letter.practice, letter.writing, letter.draft, words)
    if asked is None:
        return choice_screen(words("letter.apology"), (Button(words("letter.button.help"), tap(Verb.HELP)),))
    kept = "letter.resume" if letter.writing or letter.practice else "letter.draft_kept"
    return asked.after(words("letter.apology"), words(kept))


def _resume(letter: Letter, words: Words) -> Screen:
    """We were cut off; the open question is asked again."""
    asked = question(letter.practice, letter.writing, letter.draft, words)
    if asked is None:
        report = Button(words("letter.button.report"), tap(Verb.START_REPORT))
        return choice_screen(words("letter.resume_nothing"), (report,))
    return asked.after(words("letter.resume"))


def _given_back(letter: Letter, words: Words) -> Screen:
    """What its writer had sent could not leave any more; it is shown to them again."""
    asked = question(None, letter.writing, None, words)
    if asked is None or letter.writing is None:
        raise Incomplete("words given back that are not there")
    return asked.after(words("letter.given_back", number=letter.writing.number))


def _late(letter: Letter, words: Words) -> Screen:
    return letters_clock.late(_case(letter), _needed(letter.late, "a word about lateness without what is late"), words)


def _ask_outcome(letter: Letter, words: Words) -> Screen:
    return letters_clock.ask_outcome(_case(letter), words)


def _moved(letter: Letter, words: Words) -> Screen:
    return letters_clock.moved(_needed(letter.moved, "a word about dates without any"), words)


def _escalation(letter: Letter, words: Words) -> Screen:
    return letters_clock.escalation(_needed(letter.escalated, "an escalation of nothing"), words)


def _request(letter: Letter, words: Words) -> Screen:
    return letters_clock.request(_needed(letter.request, "a request that asks nothing"), words)


def _weekly(letter: Letter, words: Words) -> Screen:
    return weekly(_needed(letter.weekly, "a week without its figures"), words)


def _supported(letter: Letter, words: Words) -> Screen:
    return letters_supporters.update(_case(letter), _event(letter), words)


def _files(letter: Letter, words: Words) -> Screen:
    return evidence.letter(_case(letter), words)


def _file_problem(letter: Letter, words: Words) -> Screen:
    problem, kind = letter.data.get("problem"), letter.data.get("kind")
    if problem is None or kind is None:
        raise Incomplete("a word about a file without what is wrong with it")
    return evidence.problem(Problem(str(problem)), FileKind(str(kind)), words)


def _unsent(letter: Letter, words: Words) -> Screen:
    return drafts.unsent(_needed(letter.unsent, "a word about a draft without the draft"), words)


def _reveal(letter: Letter, words: Words) -> Screen:
    return revealing.letter(_needed(letter.reveal, "a word about an identity that nobody asked for"), words)


def _group(letter: Letter, words: Words) -> Screen:
    return group_desk.news(_needed(letter.group, "a word about a group that nobody has"), words)


def _export(letter: Letter, words: Words) -> Screen:
    return export.handed_over(_needed(letter.export, "an export without what it holds"), words)


def _staffing(letter: Letter, words: Words) -> Screen:
    return staffing.news(
        _needed(letter.staff, "a word about people who come and go without saying which"), letter.reminders, words
    )


def _quiet(letter: Letter, words: Words) -> Screen:
    return regions.quiet(_needed(letter.quiet, "a word to a silent government without what is silent"), words)


def _case(letter: Letter) -> CaseSheet:
    return _needed(letter.case, f"a letter of sort {letter.kind} without its complaint")


def _event(letter: Letter) -> EventSheet:
    return _needed(letter.event, f"a letter of sort {letter.kind} without what happened")


def _needed(found: _Told | None, otherwise: str) -> _Told:
    """What a letter speaks of; raises `Incomplete` when there is nothing, which it then says."""
    if not found:
        raise Incomplete(otherwise)
    return found


_SCREENS: dict[Notice, Callable[[Letter, Words], Screen]] = {
    Notice.RECEIPT: _receipt,
    Notice.UPDATE: _update,
    Notice.CARD: _card,
    Notice.DESK_CARD: _desk_card,
    Notice.DESK_UPDATE: _desk_update,
    Notice.REMINDER: _reminder,
    Notice.DIGEST: _digest,
    Notice.APOLOGY: _apology,
    Notice.RESUME: _resume,
    Notice.LATE: _late,
    Notice.ASK_OUTCOME: _ask_outcome,
    Notice.DATES_MOVED: _moved,
    Notice.ESCALATION: _escalation,
    Notice.REQUEST: _request,
    Notice.WEEKLY: _weekly,
    Notice.SUPPORTED: _supported,
    Notice.FILES: _files,
    Notice.FILE_PROBLEM: _file_problem,
    Notice.REVEAL: _reveal,
    Notice.UNSENT: _unsent,
    Notice.QUIET: _quiet,
    Notice.GIVEN_BACK: _given_back,
    Notice.GROUP: _group,
    Notice.EXPORT: _export,
    Notice.STAFFING: _staffing,
}
