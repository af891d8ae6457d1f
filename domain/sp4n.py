"""Forms of the national register SP4N-LAPOR!: its number, the columns of its summary, cells that do no harm."""

from __future__ import annotations

import re

COLUMNS = (
    "Tracking ID",
    "Tanggal Laporan Masuk",
    "Waktu Laporan Masuk",
    "Klasifikasi Laporan",
    "ID Kategori",
    "Kategori",
    "Judul Laporan",
    "Isi Laporan Awal",
    "Isi Laporan Akhir",
    "Tipe Laporan (Anonim/Rahasia)",
    "Sumber Laporan",
    "Instansi Induk",
    "ID Instansi Terdisposisi",
    "Instansi Terdisposisi",
    "Status Laporan",
    "Alasan Tunda/Arsip",
    "Provinsi",
    "Kota/Kabupaten",
    "Kecamatan",
    "Kelurahan",
)
"""The columns of "Laporan Ringkas" in their order, as the register itself exports them."""

_TRACKING = re.compile(r"#?\s*(\d{7})")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def tracking_id(text: str) -> str | None:
    """The seven digits by which SP4N-LAPOR! knows a complaint; None for anything else."""
    found = _TRACKING.fullmatch(text.strip())
    return found[1] if found else None


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula, whatever a citizen wrote into it (OWASP, CSV injection)."""
    begins = cell.lstrip(" \n\v\f\u00a0\ufeff\u200b")
    return f"'{cell}" if begins.startswith(_FORMULA) or cell.startswith(_FORMULA) else cell
