"""Complaints that leave in a file, as rows of SP4N's "Laporan Ringkas" or as blocks, and how one asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from domain.figures import Period
from domain.sp4n import COLUMNS, harmless
from locales.translator import FALLBACK, Html, Words, words_for
from services.export_sheets import ExportAsked, ExportRow, ExportSheet, Form
from views.dates import short_day
from views.naming import archive_name, classification, sector_name
from views.screen import Button, Document, Screen, choice_screen, clip
from views.sp4n import CELL_MAX, TITLE_SHOWN, written
from views.spreadsheets import written as written_to
from views.taps import Verb, tap


def as_written(row: ExportRow, form: Form, words: Words) -> tuple[str, ...]:
    """A complaint as a file of this form holds it."""
    return (written(row),) if form is Form.BLOCKS else cells(row, words)


def choose_desk(desks: Sequence[tuple[int, str]], words: Words) -> Screen:
    """Whose register? Asked of those who coordinate several governments."""
    rows = ((Button(name, tap(Verb.EXPORT, each)),) for each, name in desks)
    return choice_screen(words("export.ask_desk"), *rows)


def choose_period(government_id: int, words: Words) -> Screen:
    """Which complaints?"""
    rows = ((Button(words(f"overview.period.{each.value}"), tap(Verb.EXPORT, government_id, each)),) for each in Period)
    return choice_screen(words("export.ask_period"), *rows)


def choose_form(government_id: int, period: Period, words: Words) -> Screen:
    """What sort of file?"""
    rows = (
        (Button(words(f"export.form.{each.value}"), tap(Verb.EXPORT, government_id, period, each)),) for each in Form
    )
    return choice_screen(words("export.ask_form", period=words(f"overview.period.{period.value}")), *rows)


def asked(sheet: ExportAsked, words: Words) -> Screen:
    """It will arrive; nothing is kept here."""
    return Screen(words("export.asked", count=sheet.count, **_span(sheet, words)))


def handed_over(sheet: ExportSheet, words: Words) -> Screen:
    """The file itself. It is made just now, and what was on the disk meanwhile is gone when this returns."""
    said = words("export.here", count=len(sheet.rows), **_span(sheet, words))
    return Screen(said, documents=(document(sheet),))


def document(sheet: ExportSheet) -> Document:
    """The rows in a file; that of SP4N is in Indonesian, whatever its reader prefers."""
    words = words_for(FALLBACK)
    with TemporaryDirectory(prefix="lapor-") as folder:
        path = Path(folder) / f"laporan-{sheet.first.isoformat()}-{sheet.last.isoformat()}.{sheet.form.value}"
        with written_to(path, sheet.form, COLUMNS) as write:
            for row in sheet.rows:
                write(as_written(row, sheet.form, words))
        return Document(path.name, path.read_bytes())


def _span(sheet: ExportAsked | ExportSheet, words: Words) -> dict[str, object]:
    first, last = short_day(words, sheet.first), short_day(words, sheet.last)
    return {"government": sheet.government, "first": first, "last": last}


def cells(row: ExportRow, words: Words) -> tuple[str, ...]:
    """The cells in the order of `domain.sp4n.COLUMNS`; a complaint that SP4N does not know yet goes by our number."""
    hidden = unescape(words("export.hidden"))
    text = hidden if row.text is None else row.text
    whole = "\n\n".join((text, *row.told_later))
    written = (
        row.tracking_id or row.number,
        row.received_at.strftime("%Y-%m-%d"),
        row.received_at.strftime("%H:%M:%S"),
        classification(words, row.kind, row.complaint_class),
        "",
        sector_name(words, row.sector) if row.sector else "",
        clip(" ".join(text.split()), TITLE_SHOWN),
        text,
        whole,
        ", ".join(words(f"export.{name}") for name in ("anonymous", "secret") if getattr(row, name)),
        words("export.source_of", source=row.source) if row.source else words("export.source"),
        row.government or "",
        row.unit_code or "",
        row.unit or "",
        row.bucket.value,
        "; ".join(part for part in (_archived(row, words), row.why) if part),
        row.province or "",
        row.regency or "",
        row.district or "",
        row.village or "",
    )
    return tuple(harmless(clip(_plain(cell), CELL_MAX)) for cell in written)


def _archived(row: ExportRow, words: Words) -> str | None:
    return archive_name(words, row.archive_reason) if row.archive_reason else None


def _plain(cell: str) -> str:
    """Sentences of the catalogues are markup; what people wrote is not."""
    return unescape(cell) if isinstance(cell, Html) else cell
