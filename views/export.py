"""A complaint as a row of SP4N's "Laporan Ringkas": every cell a plain text that no spreadsheet runs."""

from __future__ import annotations

from html import unescape

from domain.sp4n import harmless
from locales.translator import Html, Words
from services.exporting import ExportRow
from views.naming import archive_name, class_name, kind_name, sector_name
from views.screen import clip

TITLE_SHOWN = 80
CELL_MAX = 32_000
"""Characters of a cell; Excel keeps 32,767."""


def cells(row: ExportRow, words: Words) -> tuple[str, ...]:
    """The cells in the order of `domain.sp4n.COLUMNS`; a complaint that SP4N does not know yet goes by our number."""
    hidden = unescape(words("export.hidden"))
    text = hidden if row.text is None else row.text
    whole = "\n\n".join((text, *row.told_later))
    written = (
        row.tracking_id or row.number,
        row.received_at.strftime("%Y-%m-%d"),
        row.received_at.strftime("%H:%M:%S"),
        class_name(words, row.complaint_class) if row.complaint_class else kind_name(words, row.kind),
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
