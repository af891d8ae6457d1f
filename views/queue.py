"""Lists of the desks: a unit's queue, what waits for verification, what has no proposal; and who may not see them."""

from __future__ import annotations

from collections.abc import Sequence

from domain.lifecycle import Status
from domain.queues import Tab
from locales.translator import Html, Words
from services.case_sheets import CaseLine
from services.desk_sheets import QueueSheet
from services.handling import PAGE
from views.dates import day_of
from views.screen import Button, Screen, choice_screen, clip, lines, paragraph
from views.taps import Verb, tap

SUMMARY_SHOWN = 80
UNIT_SHOWN = 60


def queue(sheet: QueueSheet, words: Words) -> Screen:
    """The unit's open complaints, most pressing first; tabs with something behind them, each with how many."""
    tabs = tuple(_tab(tab, count, words) for tab, count in sheet.counts if count and tab is not sheet.tab)
    name, behind = ("queue", ()) if sheet.tab is Tab.ALL else (f"queue_{sheet.tab.value}", (sheet.tab,))
    return _listing(name, sheet.lines, sheet.page, Verb.QUEUE, Verb.SHOW, words, behind=behind, tabs=tabs)


def _tab(tab: Tab, count: int, words: Words) -> Button:
    return Button(words(f"desk.tab.{tab.value}", count=count), tap(Verb.QUEUE, 0, tab))


def unverified(found: Sequence[CaseLine], page: int, words: Words) -> Screen:
    """What waits for verification, oldest first; a button brings the proposal."""
    return _listing("unverified", found, page, Verb.UNVERIFIED, Verb.VERIFY, words)


def unrouted(found: Sequence[CaseLine], page: int, words: Words) -> Screen:
    """Those among them that nobody could be proposed for."""
    return _listing("unrouted", found, page, Verb.UNROUTED, Verb.VERIFY, words)


def no_office(words: Words) -> Screen:
    """A command of the desks, and the person has none: how to complain instead."""
    return choice_screen(
        words("desk.no_office"),
        (Button(words("welcome.button_report"), tap(Verb.START_REPORT)),),
        (Button(words("welcome.button_mine"), tap(Verb.MY_REPORTS)),),
    )


def no_desk(words: Words) -> Screen:
    """A command of the coordinators, by somebody who works in a unit."""
    return choice_screen(words("desk.no_desk"), (queue_button(words),))


def ask_number(words: Words, command: str) -> Screen:
    """A command came without its number."""
    return Screen(words(f"desk.ask_number.{command}"))


def queue_button(words: Words) -> Button:
    """To the unit's queue."""
    return Button(words("desk.button_queue"), tap(Verb.QUEUE, 0))


def unverified_button(words: Words) -> Button:
    """To what waits for verification."""
    return Button(words("desk.button_unverified"), tap(Verb.UNVERIFIED, 0))


def _listing(
    name: str,
    found: Sequence[CaseLine],
    page: int,
    turn: Verb,
    open_: Verb,
    words: Words,
    *,
    behind: tuple[object, ...] = (),
    tabs: tuple[Button, ...] = (),
) -> Screen:
    """`behind` stands after the page in what the turning buttons say."""
    others = tuple((button,) for button in tabs)
    turns = (*_turns(page, words, turn, behind, later=len(found) >= PAGE), *others)
    if not found:
        again = turns or ((Button(words("desk.button_again"), tap(turn, page, *behind)),),)
        return choice_screen(words(f"desk.list_empty.{name}") if page == 0 else words("desk.page_empty"), *again)
    name_of_list = words(f"desk.list.{name}")
    title = name_of_list if page == 0 else words("desk.page", title=name_of_list, page=page + 1)
    listed = (_line(place, line, words) for place, line in enumerate(found, start=1))
    more = (words("desk.choice", place=len(found) + at, label=row[0].label) for at, row in enumerate(turns, start=1))
    rows = tuple((Button(line.number, tap(open_, line.number)),) for line in found)
    return Screen(paragraph(title, *listed, lines(*more), words("desk.list_how")), (*rows, *turns))


def turns_of(page: int, words: Words, verb: Verb, *args: object, later: bool) -> tuple[tuple[Button, ...], ...]:
    """The buttons to the next page and to the one before, where there may be one; the page is the last argument."""
    return _turns(page, words, verb, (), *args, later=later)


def _turns(
    page: int, words: Words, verb: Verb, behind: tuple[object, ...], *args: object, later: bool
) -> tuple[tuple[Button, ...], ...]:
    after = ((Button(words("desk.button_next"), tap(verb, *args, page + 1, *behind)),),) if later else ()
    before = ((Button(words("desk.button_before"), tap(verb, *args, page - 1, *behind)),),) if page > 0 else ()
    return (*after, *before)


def _line(place: int, line: CaseLine, words: Words) -> Html:
    return lines(
        words("desk.line", place=place, number=line.number, state=words(f"desk.state.{_state(line)}")),
        words("desk.summary", summary=clip(line.summary, SUMMARY_SHOWN)),
        words("support.count", count=line.supporters + 1) if line.supporters else None,
        _due(line, words),
    )


def _due(line: CaseLine, words: Words) -> Html | None:
    if line.due_at is None or line.status is Status.ON_HOLD:
        return None
    key = "desk.line_overdue" if line.overdue else "desk.line_due"
    return words(key, day=day_of(words, line.due_at, line.time_zone))


def _state(line: CaseLine) -> str:
    """In one word who should act: new, mine, a colleague's, waiting for the citizen."""
    match line:
        case CaseLine(status=Status.SUBMITTED):
            return "unverified"
        case CaseLine(status=Status.ON_HOLD):
            return "waiting"
        case CaseLine(helping=True):
            return "helping"
        case CaseLine(taken_by_me=True):
            return "mine"
        case CaseLine(taken=True):
            return "colleague"
        case CaseLine(status=Status.FORWARDED):
            return "new"
        case _:
            return "free"
