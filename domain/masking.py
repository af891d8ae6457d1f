"""Covers what names a person in a text: identity numbers, telephones, e-mails, accounts, plates.

It would rather cover a number too many than leave one that names somebody; what it cannot know (a name, a house) it
does not touch but quotes, so that the writer decides.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Covered(StrEnum):
    """What kind of personal detail was covered."""

    EMAIL = "email"
    ACCOUNT = "account"
    IDENTITY = "identity"
    PHONE = "phone"
    PLATE = "plate"


@dataclass(frozen=True)
class Masked:
    """A text with its personal details covered, and the kinds that were found, in their order in the text."""

    text: str
    found: tuple[Covered, ...] = ()


Span = tuple[int, int, Covered]

_GAP = r"[ .\-–/()]{0,2}"
_DIGIT = r"[\doOIl]"
"""A digit, or a letter that is typed to look like one."""

_EMAIL = re.compile(
    r"[\w.+-]{1,64} ?(?:@|\(at\)|\[at\]) ?[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}\.[a-z]{2,24}\b", re.IGNORECASE
)
_ACCOUNT = re.compile(
    r"\b(?:no(?:mor)?\W{0,2}rek|rekening|norek|rek|bca|bri|bni|btn|bsi|cimb|danamon|permata|mandiri|va|virtual account|"
    r"(?:transfer|tf|setor|kirim) (?:uang )?ke)\b"
    r"(?:[^\d\n]{0,40}?)(?P<covered>\d(?:[ .\-]?\d){7,19})(?!\d)",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"\b(?:npwp|bpjs|kis|sim|nip|nisn|nik|ktp|kk)\b[^\d\n]{0,25}?(?P<covered>\d(?:[ .\-]?\d){9,19})(?!\d)"
    r"|\bpas+port?\b[^\d\n]{0,15}?(?P<passport>\b[a-z]{1,2} ?\d{6,8})(?!\d)",
    re.IGNORECASE,
)
_MOBILE = re.compile(
    rf"(?<!\d)\(?(?:\+?62\)?{_GAP}\(?0?\)?|[0oO]{_GAP}){_GAP}8{_GAP}[1-9Il](?:{_GAP}{_DIGIT}){{7,11}}(?!\d)"
)
_SPOKEN = re.compile(
    r"\b(?:(?:nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)\b[ ,.\-]{0,3}){9,16}", re.IGNORECASE
)
_LANDLINE = re.compile(
    rf"(?<!\d)(?<!\d[.,-])(?:\(0[2-9]\d{{1,2}}\){_GAP}|(?:\+62{_GAP}|0)[2-9]\d{{1,2}}[ .\-–]{{0,2}})"
    r"\d(?:[ .\-]?\d){5,7}(?!\d)"
)
_ABROAD = re.compile(r"(?<!\d)\+\d(?:[ .\-]?\d){8,13}(?!\d)")
_CALLED = re.compile(
    r"\b(?:wa|whatsapp|whatsap|hp|handphone|ponsel|telp?|telepon|telegram|sms|hubungi|kontak)\b"
    r"[^\d\n]{0,25}?(?P<covered>(?!1[45]00)\d(?:[ .\-]?\d){6,13})(?!\d)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_IDENTITY_GAP = re.compile(r"[ .\-]{1,3}")
_IDENTITY_DIGITS = 16
_IDENTITY_SHAPE = re.compile(r"(?:1[1-9]|2[1]|[3-9]\d)\d{4}(?:0[1-9]|[1-6]\d|7[01])(?:0[1-9]|1[0-2])\d{6}")
_DAY_MONTH = r"(?:0?[1-9]|[12]\d|3[01])[-./ ](?:0?[1-9]|1[0-2])"
_DATE = re.compile(rf"{_DAY_MONTH}[-./ ](?:19|20)\d\d|(?:19|20)\d\d[-./]\d{{1,2}}[-./]\d{{1,2}}")
_MONEY = re.compile(r"(?:rp|idr)\W{0,3}$", re.IGNORECASE)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}(?!\d)")

# Registration areas of vehicles; the shape alone would cover "RT 03 RW 05" and every road number.
_AREAS = (
    "A AA AB AD AE AG B BA BB BD BE BG BH BK BL BM BN BP D DA DB DC DD DE DG DH DK DL DM DN DP DR DT DW "
    "E EA EB ED F G H K KB KH KT KU L M N P PA PB PG PS PT R S T W Z"
)
_PLATE = re.compile(
    rf"(?<![\w/])(?:{_AREAS.replace(' ', '|')})[ -]?(?P<digits>[1-9]\d{{0,3}})[ -]?(?P<series>[A-Z]{{1,3}})(?![\w/])"
    # "L 300 B 9123 TX": a model of a car stands before the plate.
    r"(?! ?\d{1,4} ?[A-Z]{1,3}\b)",
    re.IGNORECASE,
)
_PLATE_CALLED = re.compile(
    rf"\b(?:plat|nopol|no(?:mor)?\.? ?polisi)(?: nomor| no)?\W{{0,3}}"
    rf"(?P<covered>(?:{_AREAS.replace(' ', '|')})[ -]?[1-9]\d{{0,3}})(?!\d)",
    re.IGNORECASE,
)
_VEHICLE = re.compile(
    r"\b(?:plat|nopol|polisi|mobil|motor|truk|truck|bus|angkot|kendaraan|taksi|ambulans)\b", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"\b(?:blok|gang|gg|jalan|jl|jln|kav|kavling|tipe|type|kelas|sm[pak]|smk|sdn?|ruang|lantai|rt|rw|no|nomor|tps|pasal)\W*$",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"RT|RW|NO|KM|MM?|CM|KG|G|M?L|W|K?V|HP|PK|PU|WIB|WIT|THN?|ORG|JT|RB|KK|LT|AN|DAN|DI|KE|SD|PCS|CC", re.IGNORECASE
)
_NEAR = 25
"""Characters before a plate in which a word such as "mobil" speaks for it, and one such as "jalan" against it."""


def mask(text: str, placeholder: Callable[[Covered], str]) -> Masked:
    """Puts `placeholder(kind)` in the place of every personal detail; the rest stays letter by letter."""
    parts, found, end = [], [], 0
    for start, stop, kind in _apart(_spans(text)):
        parts += [text[end:start], placeholder(kind)]
        found.append(kind)
        end = stop
    return Masked("".join([*parts, text[end:]]), tuple(dict.fromkeys(found)))


def details(text: str) -> tuple[tuple[Covered, str], ...]:
    """Every personal detail of a text as it is written there, in its order."""
    return tuple((kind, text[start:stop]) for start, stop, kind in _apart(_spans(text)))


def _apart(spans: Iterator[Span]) -> list[Span]:
    """Of spans that overlap the first found stays, in the order of the text."""
    kept: list[Span] = []
    for span in spans:
        at = bisect(kept, span)
        # Kept spans lie apart, so only the two neighbours can overlap: a text may be nothing but plates.
        if all(span[1] <= other[0] or span[0] >= other[1] for other in kept[max(0, at - 1) : at + 1]):
            kept.insert(at, span)
    return kept


def _spans(text: str) -> Iterator[Span]:
    """Everything found, the surest kind first."""
    yield from ((*match.span(), Covered.EMAIL) for match in _EMAIL.finditer(text))
    yield from _introduced(_ACCOUNT, Covered.ACCOUNT, text)
    yield from ((*span, Covered.IDENTITY) for span in _identities(text))
    for pattern in (_MOBILE, _LANDLINE, _ABROAD):
        yield from ((*match.span(), Covered.PHONE) for match in pattern.finditer(text) if not _is_date(match))
    yield from (
        (match.start(), len(match[0].rstrip(" ,.-")) + match.start(), Covered.PHONE) for match in _SPOKEN.finditer(text)
    )
    yield from _introduced(_DOCUMENT, Covered.IDENTITY, text)
    yield from _introduced(_CALLED, Covered.PHONE, text)
    yield from ((*match.span(), Covered.PLATE) for match in _PLATE.finditer(text) if _is_plate(match))
    yield from _introduced(_PLATE_CALLED, Covered.PLATE, text)


def _introduced(pattern: re.Pattern[str], kind: Covered, text: str) -> Iterator[Span]:
    """Digits that a word before them explains, unless they are a date or an amount of money."""
    for match in pattern.finditer(text):
        start, stop = match.span(match.lastgroup or 0)
        if not _is_plain(text, start):
            yield start, stop, kind


def _is_date(match: re.Match[str]) -> bool:
    """Whether what looks like a telephone is a day: "08-12-2026 10.30"."""
    return _DATE.match(match.string, match.start()) is not None


def _is_plain(text: str, start: int) -> bool:
    """Whether a date or an amount of money begins here."""
    return _DATE.match(text, start) is not None or _MONEY.search(text[max(0, start - 8) : start]) is not None


def _identities(text: str) -> list[tuple[int, int]]:
    """Sixteen digits (NIK, KK) that read as area, birthday and serial, or that stand in one piece or evenly parted."""
    pieces = [
        piece for piece in _sixteen(text) if not _is_plain(text, piece[0]) and not _THOUSANDS.match(text, piece[0])
    ]
    shaped = [span for *span, digits, _ in pieces if _IDENTITY_SHAPE.fullmatch(digits)]
    even = [span for *span, _, gaps in pieces if gaps <= 1]
    return [(start, stop) for start, stop in (*shaped, *even)]


def _sixteen(text: str) -> Iterator[tuple[int, int, str, int]]:
    """Every run of whole groups with sixteen digits: start, stop, the digits, how many kinds of gaps part them."""
    groups = list(_DIGITS.finditer(text))
    for first, opening in enumerate(groups):
        digits, gaps, stop = "", set(), opening.start()
        for group in groups[first:]:
            gap = text[stop : group.start()]
            if digits and not _IDENTITY_GAP.fullmatch(gap):
                break
            gaps |= {gap} if digits else set()
            digits, stop = digits + group[0], group.end()
            if len(digits) >= _IDENTITY_DIGITS:
                break
        if len(digits) == _IDENTITY_DIGITS:
            yield opening.start(), stop, digits, len(gaps)


def _is_plate(match: re.Match[str]) -> bool:
    """Short or lower-case candidates count only beside a vehicle; addresses and measures never."""
    # Never the whole text before it: a text that is nothing but plates would be read over and over.
    near = (match.string, max(0, match.start() - _NEAR), match.start())
    if _VEHICLE.search(*near):
        return True
    if _ADDRESS.search(*near) or _MEASURE.fullmatch(match["series"]):
        return False
    return len(match["digits"]) >= 3 and match[0].isupper()
