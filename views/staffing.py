"""Who works where, for whoever decides about it: the list, one office, ending it, giving its work away, inviting."""

from __future__ import annotations

from collections.abc import Sequence

from domain.lifecycle import Role
from domain.staffing import StaffWord
from locales.translator import Html, Words
from services.case_sheets import CaseLine
from services.handling import PAGE
from services.staff_sheets import (
    ChangedSheet,
    ChangeSheet,
    InviteSheet,
    OfficesSheet,
    StaffLine,
    StaffNews,
    StaffPage,
)
from views.dates import day
from views.naming import role_name
from views.queue import turns_of
from views.screen import Button, Screen, choice_screen, clip, lines, paragraph
from views.taps import Verb, tap

OFFICE_SHOWN = 90
DESIGNATION_SHOWN = 60
SUMMARY_SHOWN = 80
EMPTY_SHOWN = 5
"""Units without anybody that are named; how many more there are is said."""


def listing(sheet: StaffPage, page: int, words: Words) -> Screen:
    """Those about whom the reader decides, with who is idle and where nobody is."""
    turns = turns_of(page, words, Verb.STAFF, later=sheet.more)
    rows = tuple((Button(_called(line.id, words), tap(Verb.STAFF_ONE, line.id)),) for line in sheet.lines)
    invite = (Button(words("staff.button_invite"), tap(Verb.INVITE)),)
    more = enumerate((*turns, invite), start=len(rows) + 1)
    title = words("staff.title")
    return Screen(
        paragraph(
            title if page == 0 else words("desk.page", title=title, page=page + 1),
            words("staff.idle", count=sheet.idle) if sheet.idle else None,
            *(_listed(place, line, words) for place, line in enumerate(sheet.lines, start=1)),
            None if sheet.lines else words("staff.nobody"),
            _unstaffed(sheet.empty_units, words),
            lines(*(words("desk.choice", place=place, label=row[0].label) for place, row in more)),
        ),
        (*rows, *turns, invite),
    )


def one(line: StaffLine, words: Words) -> Screen:
    """One office and what can be done about it."""
    give = ((Button(words("staff.button_give"), tap(Verb.STAFF_GIVE, line.id, 0)),),) if line.in_hand else ()
    return choice_screen(
        paragraph(_facts(line, words), words("staff.designate_how", id=line.id)),
        (Button(words("staff.button_end"), tap(Verb.STAFF_END, line.id)),),
        *give,
        (_list(words),),
    )


def colleagues(line: StaffLine, found: Sequence[StaffLine], page: int, words: Words) -> Screen:
    """Who in the unit could take the work over."""
    shown = found[page * PAGE : (page + 1) * PAGE]
    rows = tuple((Button(_called(each.id, words), tap(Verb.STAFF_GIVE_TO, line.id, each.id)),) for each in shown)
    turns = turns_of(page, words, Verb.STAFF_GIVE, line.id, later=len(found) > (page + 1) * PAGE)
    back = ((Button(words("staff.button_not"), tap(Verb.STAFF_ONE, line.id)),),)
    more = enumerate((*turns, *back), start=len(rows) + 1)
    return Screen(
        paragraph(
            words("staff.give_to" if shown else "staff.no_colleague", id=line.id),
            *(_listed(place, each, words) for place, each in enumerate(shown, start=1)),
            lines(*(words("desk.choice", place=place, label=row[0].label) for place, row in more)),
        ),
        (*rows, *turns, *back),
    )


def ending(sheet: ChangeSheet, words: Words) -> Screen:
    """What ending an office would change, said before the second tap."""
    line = sheet.line
    last_own = line.mine and sheet.last_at_desk
    end = Button(
        words("staff.button_end_last" if last_own else "staff.button_end_now"),
        tap(Verb.STAFF_END_NOW, line.id, 0, sheet.serial),
    )
    give = Button(words("staff.button_give_first"), tap(Verb.STAFF_GIVE, line.id, 0))
    return choice_screen(
        paragraph(
            words("staff.end_mine" if line.mine else "staff.end", id=line.id),
            _facts(line, words),
            _warnings(sheet, words),
            words("staff.end_what", count=line.in_hand) if line.in_hand else words("staff.end_nothing"),
        ),
        (end,),
        *(((give,),) if line.in_hand and not sheet.last_of_unit else ()),
        (Button(words("staff.button_not"), tap(Verb.STAFF_ONE, line.id)),),
    )


def _warnings(sheet: ChangeSheet, words: Words) -> Html | None:
    """What would be left without anybody."""
    desk = "staff.last_national" if sheet.line.role is Role.NATIONAL_ADMIN else "staff.last_coordinator"
    return paragraph(
        words("staff.last_of_unit", count=sheet.waiting) if sheet.last_of_unit else None,
        words(desk, government=clip(sheet.line.government or "", OFFICE_SHOWN)) if sheet.last_at_desk else None,
    )


def giving(sheet: ChangeSheet, words: Words) -> Screen:
    """Who would take over what, said before the second tap."""
    line, heir = sheet.line, sheet.heir or sheet.line
    args = (line.id, heir.id, sheet.serial)
    return choice_screen(
        paragraph(words("staff.give", id=line.id, heir=heir.id, count=line.in_hand), _facts(heir, words)),
        (Button(words("staff.button_give_now"), tap(Verb.STAFF_GIVE_NOW, *args)),),
        (Button(words("staff.button_give_and_end"), tap(Verb.STAFF_END_NOW, *args)),),
        (Button(words("staff.button_not"), tap(Verb.STAFF_ONE, line.id)),),
    )


def ended(sheet: ChangedSheet, words: Words) -> Screen:
    """The office has ended."""
    heir = words("staff.moved_to", heir=sheet.heir.id, count=sheet.moved) if sheet.heir else None
    back = words("staff.moved_back", count=sheet.moved)
    return choice_screen(
        paragraph(
            words("staff.ended_mine" if sheet.line.mine else "staff.ended", id=sheet.line.id),
            (heir or back) if sheet.moved else None,
            words("staff.unit_empty_now") if sheet.last_of_unit else None,
            words("staff.leave_group") if sheet.in_group else None,
        ),
        (_list(words),),
    )


def given(sheet: ChangedSheet, words: Words) -> Screen:
    """The work has changed hands."""
    heir = sheet.heir or sheet.line
    return choice_screen(words("staff.moved_to", heir=heir.id, count=sheet.moved), (_list(words),))


def designate_how(words: Words) -> Screen:
    """How `/jabatan` is written."""
    return Screen(words("staff.designate"))


def designated(line: StaffLine, words: Words) -> Screen:
    """What somebody is called from now on."""
    return choice_screen(
        paragraph(words("staff.designated"), _facts(line, words)),
        (Button(_called(line.id, words), tap(Verb.STAFF_ONE, line.id)),),
        (_list(words),),
    )


def roles(found: Sequence[Role], words: Words) -> Screen:
    """As what shall somebody be invited?"""
    rows = ((Button(role_name(words, role), tap(Verb.INVITE, role)),) for role in found)
    return choice_screen(words("invite.role"), *rows, (_list(words),))


def offices(sheet: OfficesSheet, page: int, words: Words) -> Screen:
    """For which government, or for which unit of it?"""
    found = sheet.governments or sheet.units
    government = (sheet.government_id,) if sheet.units else ()
    shown = found[page * PAGE : (page + 1) * PAGE]
    key = "invite.nowhere" if not found else "invite.unit" if sheet.units else "invite.government"
    return choice_screen(
        words(key, role=role_name(words, sheet.role)),
        *(
            (Button(clip(each.name, OFFICE_SHOWN), tap(Verb.INVITE, sheet.role, *government, each.id)),)
            for each in shown
        ),
        *turns_of(
            page, words, Verb.INVITE_AT, sheet.role, sheet.government_id or 0, later=len(found) > (page + 1) * PAGE
        ),
        (Button(words("staff.button_not"), tap(Verb.STAFF, 0)),),
    )


def inviting(sheet: OfficesSheet, words: Words) -> Screen:
    """What the invitation would give, said before the second tap."""
    args = (sheet.role, sheet.government_id or 0, sheet.unit_id or 0)
    return choice_screen(
        paragraph(
            words("invite.preview"), _office(sheet.role, sheet.government, sheet.unit, words), words("invite.warning")
        ),
        (Button(words("invite.button_now"), tap(Verb.INVITE_NOW, *args)),),
        (Button(words("staff.button_not"), tap(Verb.STAFF, 0)),),
    )


def invited(sheet: InviteSheet, username: str, words: Words) -> Screen:
    """The link, and the line to be copied where links are ignored."""
    return choice_screen(
        paragraph(
            words("invite.made"),
            _office(sheet.role, sheet.government, sheet.unit, words),
            words("invite.link", link=f"https://t.me/{username}?start={sheet.token}"),
            words("invite.line", line=f"/start {sheet.token}"),
            words("invite.then"),
        ),
        (_list(words),),
    )


def news(sheet: StaffNews, found: Sequence[CaseLine], words: Words) -> Screen:
    """A letter about people who come and go."""
    found = found[:PAGE]
    shown = (_case(place, line, words) for place, line in enumerate(found, start=1))
    rest = sheet.count - len(found)
    buttons = tuple((Button(line.number, tap(Verb.SHOW, line.number)),) for line in found)
    extra = _way_on(sheet, words)
    return Screen(
        paragraph(
            words(f"staff.news.{sheet.word.value}", id=sheet.id, count=sheet.count),
            _office(sheet.role, sheet.government, sheet.unit, words),
            words("staff.news.unsent", number=sheet.unsent) if sheet.unsent else None,
            *shown,
            words("letter.more", count=rest) if found and rest > 0 else None,
            words(f"staff.news.{sheet.word.value}_how", id=sheet.id),
            words("desk.choice", place=len(found) + 1, label=extra.label) if extra else None,
        ),
        (*buttons, *(((extra,),) if extra else ())),
    )


def _way_on(sheet: StaffNews, words: Words) -> Button | None:
    match sheet.word:
        case StaffWord.JOINED:
            return Button(_called(sheet.id, words), tap(Verb.STAFF_ONE, sheet.id))
        case StaffWord.UNIT_EMPTY | StaffWord.DESK_EMPTY:
            return Button(words("staff.button_invite"), tap(Verb.INVITE))
        case _:
            return None


def _case(place: int, line: CaseLine, words: Words) -> Html:
    return words("letter.line", place=place, number=line.number, summary=clip(line.summary, SUMMARY_SHOWN))


def _listed(place: int, line: StaffLine, words: Words) -> Html:
    return lines(
        words("staff.line", place=place, called=_called(line.id, words), role=role_name(words, line.role)),
        _scope(line.government, line.unit, words),
        words("staff.designation", designation=clip(line.designation, DESIGNATION_SHOWN)) if line.designation else None,
        *_marks(line, words),
    )


def _facts(line: StaffLine, words: Words) -> Html:
    return lines(
        words("staff.who", called=_called(line.id, words), role=role_name(words, line.role)),
        _scope(line.government, line.unit, words),
        words("staff.designation", designation=clip(line.designation, DESIGNATION_SHOWN)) if line.designation else None,
        words("staff.since", day=day(words, line.since.date())),
        *_marks(line, words),
    )


def _marks(line: StaffLine, words: Words) -> tuple[Html | None, ...]:
    return (
        words("staff.in_hand", count=line.in_hand) if line.in_hand else None,
        words("staff.mark_idle") if line.idle else None,
        None if line.reachable else words("staff.mark_unreachable"),
    )


def _office(role: Role, government: str | None, unit: str | None, words: Words) -> Html:
    return lines(words("staff.office", role=role_name(words, role)), _scope(government, unit, words))


def _scope(government: str | None, unit: str | None, words: Words) -> Html:
    where = ", ".join(name for name in (unit, government) if name)
    return words("staff.scope", office=clip(where, OFFICE_SHOWN)) if where else words("staff.scope_nation")


def _unstaffed(units: Sequence[str], words: Words) -> Html | None:
    if not units:
        return None
    rest = len(units) - EMPTY_SHOWN
    named = (words("staff.empty_unit", unit=clip(unit, OFFICE_SHOWN)) for unit in units[:EMPTY_SHOWN])
    return lines(words("staff.empty", count=len(units)), *named, words("letter.more", count=rest) if rest > 0 else None)


def _called(membership_id: int, words: Words) -> Html:
    return words("staff.called", id=membership_id)


def _list(words: Words) -> Button:
    return Button(words("staff.button_list"), tap(Verb.STAFF, 0))
