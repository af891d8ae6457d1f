"""Files as people see them: how many, which can be opened, what is withheld and how it is released."""

from __future__ import annotations

from collections.abc import Iterable

from domain.drafting import FileKind, FileState
from domain.evidence import Problem
from domain.lifecycle import DESK, Action, Role
from locales.translator import Html, Words
from services.case_sheets import CaseSheet, EventSheet, FileSheet
from views.screen import Button, File, Screen, choice_screen, lines, paragraph
from views.taps import Verb, tap
from views.told import files_text

RELEASES_SHOWN = 8
"""Buttons that open a file for the unit, on one screen; the next ones follow when these are done."""


def luggage(files: Iterable[FileSheet]) -> tuple[File, ...]:
    """The files that can go along, under neutral names."""
    return tuple(File(file.sent_as, file.handle, file.stored, file.name) for file in files if file.stored is not None)


def open_ones(case: CaseSheet) -> tuple[File, ...]:
    """What goes along with a card: what every reader of it may open."""
    return luggage(file for file in case.files if file.state is FileState.OPEN)


def of_event(case: CaseSheet, event: EventSheet) -> tuple[FileSheet, ...]:
    """What came with one line of the timeline."""
    return tuple(file for file in case.files if file.event_id == event.id)


def button(case: CaseSheet, words: Words) -> tuple[tuple[Button, ...], ...]:
    """One row that brings the files, where there are any."""
    if not case.files:
        return ()
    return ((Button(words("evidence.button", count=len(case.files)), tap(Verb.FILES, case.number)),),)


def counted(files: tuple[FileSheet, ...], words: Words) -> Html | None:
    """What goes along with words that are being written."""
    return words("evidence.along", files=files_text(files, words)) if files else None


def letter(case: CaseSheet, words: Words) -> Screen:
    """The files that were asked for, each told in one line; the desk may open what is withheld."""
    if not case.files:
        return choice_screen(words("evidence.none", number=case.number), *_back(case, words))
    releases = _releases(case, words)
    text = paragraph(
        words("evidence.title", number=case.number),
        lines(*(_line(file, words) for file in case.files)),
        words("evidence.release_how") if releases else None,
    )
    screen = choice_screen(text, *releases, *_back(case, words))
    return Screen(screen.text, screen.rows, luggage(case.files))


def released(case: CaseSheet, words: Words) -> Screen:
    """A file was opened for the unit; others may still be withheld."""
    return choice_screen(words("evidence.released", number=case.number), *_releases(case, words), *_back(case, words))


def joined(number: str, count: int, words: Words) -> Screen:
    """Late photos of an album have followed the others to their complaint."""
    show = Button(words("case.button_show"), tap(Verb.SHOW, number))
    return choice_screen(words("evidence.joined", number=number, count=count), (show,))


def problem(what: Problem, kind: FileKind, words: Words) -> Screen:
    """A word to whoever sent a file that is not what it was called, or that never came."""
    said = words(f"evidence.problem.{what.value}", kind=words(f"evidence.kind.{kind.value}"))
    return choice_screen(said, (Button(words("welcome.button_mine"), tap(Verb.MY_REPORTS)),))


def _line(file: FileSheet, words: Words) -> Html:
    told = words(
        "evidence.line",
        name=file.name.partition(".")[0] if file.stored is None else file.name,
        kind=words(f"evidence.kind.{file.kind.value}"),
        sender=words("evidence.from_staff" if file.by_staff else "evidence.from_citizen"),
    )
    state = None if file.state is FileState.OPEN else words(f"evidence.state.{file.state.value}")
    return Html(f"{told} {state}") if state else told


def _releases(case: CaseSheet, words: Words) -> tuple[tuple[Button, ...], ...]:
    if Action.RELEASE_FILE not in case.actions or not case.roles & DESK:
        return ()
    withheld = [file for file in case.files if file.state is FileState.WITHHELD]
    return tuple(
        (Button(words("evidence.button_release", name=file.name), tap(Verb.RELEASE_FILE, case.number, file.id)),)
        for file in withheld[:RELEASES_SHOWN]
    )


def _back(case: CaseSheet, words: Words) -> tuple[tuple[Button, ...], ...]:
    key = "case.button_show" if Role.CITIZEN in case.roles else "desk.button_show"
    return ((Button(words(key), tap(Verb.SHOW, case.number)),),)
