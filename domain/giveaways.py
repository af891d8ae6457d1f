"""Finds the phrases by which a text tells who wrote it: a hint to the writer, no judgement."""

from __future__ import annotations

import re

from domain.spans import outermost

_QUOTE = r"[^.,;!?\n]{0,60}"
_KIN = "anak|istri|isteri|suami|ibu|bapak|ayah|orang tua|kakak|adik|cucu|nenek|kakek|mertua|keponakan"
_POSTS = (
    "ketua|wakil ketua|kepala|lurah|camat|sekretaris|bendahara|guru|dosen|wali|bidan|perawat|dokter|pegawai|staf|"
    "karyawan|karyawati|honorer|satpam|pengurus|anggota|pemilik|mantan|pns|asn|pppk|kader|operator|siswa|mahasiswa|"
    "pedagang|sopir|supir|petani|nelayan|tukang|pengemudi|ojol|kasir|penjaga|imam|pendeta|ustaz|ustadz"
)
_ME = "saya|sy|aku|kami"
_DOING = "bernama|nama(?:nya)?|sekolah|bersekolah|kelas|siswa|siswi|bekerja|kerja"
_TELLING = tuple(
    re.compile(pattern + _QUOTE, re.IGNORECASE)
    for pattern in (
        rf"\b(?:nama (?:lengkap )?(?:{_ME})|(?:{_ME}) bernama|perkenalkan,? (?:nama )?(?:{_ME}))\b",
        rf"\b(?:{_ME}),? ?(?:ini |adalah |selaku |sebagai |seorang )*(?:{_POSTS})\b",
        rf"\b(?:alamat(?: rumah)?|rumah|kos|kontrakan|toko|warung|usaha|kios|kantor|sawah) (?:{_ME})\b",
        rf"\b(?:hp|wa|whatsapp|telepon|telp|nomor|no|email|e-mail|akun|ig|instagram|fb|facebook) (?:{_ME})\b",
        rf"\b(?:{_ME}) warga (?:rt|rw|blok|gang|gg|perumahan|komplek|kompleks|dusun|kampung)\b",
        rf"\b(?:sbg|sebagai|selaku) (?:{_POSTS})\b(?=[^.;!?\n]{{0,40}}\b(?:{_ME})\b)",
        r"\b(?:pelapor|nama(?: lengkap)?|pengirim) ?[:=] ?",
        rf"\b(?:{_ME}) (?:tinggal|beralamat|bekerja|kerja|mengajar) (?:di|pada)\b",
        rf"\b(?:{_KIN}) (?:{_ME}),? (?:yang )?(?:{_DOING})\b",
        r"\b(?:hormat (?:saya|kami)|salam dari|ttd|tertanda|atas nama|a\.n\.?)[\s,:]+",
    )
)
_SIGNED = re.compile(
    r"(?:\n[^\S\n]*[-–—~]\s*|\b[Ss]alam(?: hormat)?\s*,\s*)(?P<name>[A-Z][\w']*\w(?: [A-Z][\w']*\w){0,2})\W*$"
)
"""A name at the very end, after a dash on a line of its own or after a greeting."""


def gives_away(text: str) -> tuple[str, ...]:
    """The phrases by which a text tells who wrote it, quoted in their order."""
    return tuple(text[start:stop].strip() for start, stop in telling_spans(text))


def telling_spans(text: str) -> list[tuple[int, int]]:
    """Where those phrases begin and end; of phrases within each other the outer one."""
    found = {match.span() for pattern in _TELLING for match in pattern.finditer(text)}
    found |= {match.span("name") for match in _SIGNED.finditer(text)}
    return outermost(found)
