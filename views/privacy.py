"""Somebody's own data on screens: the notice at any time, choices, what is held as files, and being forgotten."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import date, datetime
from html import unescape
from typing import Any

from locales.translator import Html, Words
from services.office import HOME_ZONE
from services.privacy_sheets import ChoicesSheet, ErasureSheet, FiledSheet, HandledSheet, HeldDataSheet
from views import privacy_notice
from views.dates import day, moment
from views.naming import kind_name, role_name, status_name
from views.screen import Button, Document, Screen, choice_screen, lines, paragraph
from views.taps import Verb, tap

_MARK = re.compile(r"</?[bi]>")

_OTHER = {True: "no", False: "yes"}
"""A switch names the state that it leads to."""


def overview(sheet: ChoicesSheet, words: Words) -> Screen:
    """/privasi: the notice with its version, and everything that a person may decide."""
    survey, restricted = ("yes" if on else "no" for on in (sheet.survey, sheet.restricted))
    return choice_screen(
        paragraph(
            *privacy_notice.told(words),
            words("privacy.version", version=privacy_notice.VERSION),
            lines(words(f"privacy.survey_{survey}"), words(f"privacy.restricted_{restricted}")),
        ),
        (_data(words),),
        (Button(words(f"privacy.button_survey_{survey}"), tap(Verb.CONSENT, "survey", _OTHER[sheet.survey])),),
        (Button(words(f"privacy.button_restrict_{restricted}"), tap(Verb.RESTRICT, _OTHER[sheet.restricted])),),
        (Button(words("privacy.button_erase"), tap(Verb.ERASE)),),
    )


def ask_erasure(sheet: ErasureSheet, words: Words) -> Screen:
    """/hapus: what goes, what stays and why, and the word that makes it so; or why it cannot be."""
    if sheet.on_duty:
        return choice_screen(words("erase.on_duty"), (_data(words),))
    if sheet.held:
        return choice_screen(words("erase.held", numbers=", ".join(sheet.held)), (_data(words),))
    return choice_screen(
        paragraph(
            words("erase.title"),
            words("erase.goes", drafts=sheet.drafts),
            words("erase.stays", complaints=sheet.complaints),
            words("erase.backups"),
            words("erase.how", word=words("erase.word")),
        ),
        (_data(words),),
        (Button(words("erase.button_keep"), tap(Verb.ERASE_NOT)),),
    )


def erased(sheet: ErasureSheet, words: Words) -> Screen:
    """It is done; who writes again is a stranger."""
    if not sheet.possible:
        return ask_erasure(sheet, words)
    return choice_screen(words("erase.done", complaints=sheet.complaints), (_report(words),))


def not_erased(words: Words) -> Screen:
    """Nothing was erased."""
    return choice_screen(words("erase.kept"), (_report(words),), (_data(words),))


def held_data(sheet: HeldDataSheet, words: Words) -> Screen:
    """/dataku: two files, one to read and one for machines."""
    documents = (
        Document("data-saya.txt", readable(sheet, words).encode()),
        Document("data-saya.json", json.dumps(asdict(sheet), default=_plain, ensure_ascii=False, indent=2).encode()),
    )
    screen = choice_screen(words("mydata.sent"), (Button(words("privacy.button_erase"), tap(Verb.ERASE)),))
    return Screen(screen.text, screen.rows, documents=documents)


def readable(sheet: HeldDataSheet, words: Words) -> str:
    """The same as plain text."""
    return _unmarked(
        paragraph(
            words("mydata.title", moment=moment(words, sheet.made_at, HOME_ZONE)),
            _listed(words("mydata.account"), sheet.account, words),
            _listed(words("mydata.notice"), sheet.notice, words),
            _several(words("mydata.consents"), [_fields(row, words) for row in sheet.consents], words),
            words(f"privacy.restricted_{'yes' if sheet.choices.restricted else 'no'}"),
            _several(words("mydata.drafts"), [_fields(row, words) for row in sheet.drafts], words),
            _listed(words("mydata.writing"), sheet.unsent_words, words) if sheet.unsent_words else None,
            words("mydata.supported", numbers=", ".join(sheet.supported) or words("mydata.none")),
            words("mydata.choices_shown", choices="; ".join(sheet.choices_shown) or words("mydata.none")),
            words("mydata.letters", count=sheet.letters),
            *(_filed(row, words) for row in sheet.complaints),
        )
    )


def _filed(sheet: FiledSheet, words: Words) -> Html:
    told = {
        "kind": kind_name(words, sheet.kind),
        "status": status_name(words, sheet.status),
        "received_at": sheet.received_at,
        "text": sheet.text,
        "place_words": sheet.place_words,
        "place": sheet.place,
        "occurred": sheet.occurred,
        "occurred_on": sheet.occurred_on,
        "anonymous": sheet.anonymous,
        "secret": sheet.secret,
        "name_shown": sheet.name_shown,
    }
    return paragraph(
        _listed(words("mydata.complaint", number=sheet.number), told, words),
        words("mydata.on_hold") if sheet.held else None,
        _several(words("mydata.files"), [_fields(row, words) for row in sheet.files], words),
        _several(words("mydata.messages"), [_fields(row, words) for row in sheet.messages], words),
        _several(words("mydata.ratings"), [_fields(row, words) for row in sheet.ratings], words),
        _several(words("mydata.handled"), [_handled(row, words) for row in sheet.handled], words),
    )


def _handled(row: HandledSheet, words: Words) -> Html:
    """One line of the processing log."""
    return words(
        "mydata.handled_line",
        moment=moment(words, row.at, HOME_ZONE),
        role=role_name(words, row.role),
        office=row.office or words("mydata.sp4n"),
        what=_done(row, words),
    )


def _done(row: HandledSheet, words: Words) -> Html:
    if row.action is None:
        return words("mydata.opened")
    return words(f"case.event.{row.action.value}", unit=row.office or words("mydata.sp4n"))


def _listed(title: Html, values: dict[str, Any], words: Words) -> Html:
    return lines(title, *(_line(name, value, words) for name, value in values.items()))


def _fields(values: dict[str, Any], words: Words) -> Html:
    return lines(*(_line(name, value, words) for name, value in values.items()))


def _several(title: Html, rows: list[Html], words: Words) -> Html:
    return lines(title, *rows) if rows else lines(title, words("mydata.none"))


def _unmarked(text: Html) -> str:
    """Our own marks go; what somebody typed comes back as it was."""
    return unescape(_MARK.sub("", text))


def _line(name: str, value: Any, words: Words) -> Html:
    field = f"mydata.field.{name}"
    return words("mydata.line", name=words(field) if words.has(field) else name, value=_said(value, words))


def _said(value: Any, words: Words) -> Html | str:
    match value:
        case None | "" | () | []:
            return words("mydata.none")
        case bool():
            return words("mydata.yes" if value else "mydata.no")
        case datetime():
            return moment(words, value, HOME_ZONE)
        case date():
            return day(words, value)
        case dict() | list() | tuple():
            return json.dumps(value, default=_plain, ensure_ascii=False)
        case _:
            return str(value)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def _report(words: Words) -> Button:
    return Button(words("welcome.button_report"), tap(Verb.START_REPORT))


def _data(words: Words) -> Button:
    return Button(words("privacy.button_data"), tap(Verb.MY_DATA))
