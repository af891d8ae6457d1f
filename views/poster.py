"""A poster on A4: a question in plain words, a QR code, the bot's name and its address in letters. Ink on paper.

The letters are DejaVu Sans (a free licence), which comes with matplotlib. Sizes are millimetres on the sheet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from pathlib import Path

import segno
from PIL import Image, ImageDraw, ImageFont

from locales.translator import Words
from services.campaigns import PosterSheet
from views.dates import short_day

DPI = 300
WIDE, HIGH = 210, 297
MARGIN = 16
ROOM = WIDE - 2 * MARGIN
SPACING = 1.25
BAND = 92
TAIL = 9
"""How far the tail of the speech bubble points at the code."""

FOOT = 27
RED, INK, GREY, WHITE, PALE = "#B3261E", "#1F1F1F", "#5F5F5F", "#FFFFFF", "#FBEDEC"
QR_SIDE = 88
QUIET = 4
"""Modules of white around a QR code (ISO/IEC 18004)."""

QUALITY = 95


@dataclass(frozen=True)
class Poster:
    """The same sheet as a picture and as a page to print."""

    png: bytes
    pdf: bytes


def address(username: str, payload: str) -> str:
    """The link of the QR code."""
    return f"https://t.me/{username}?start={payload}"


def draw(sheet: PosterSheet, username: str, words: Words) -> Poster:
    """Draws a poster for a bot's username; the words are those of the reader of the poster."""
    picture = _Sheet(words)
    picture.paint(sheet, username)
    return Poster(picture.png(), picture.pdf())


def headline(sheet: PosterSheet, words: Words) -> str:
    """The question in large letters: the operator's own, or that of the subject, or one for every trouble."""
    if sheet.headline:
        return sheet.headline
    key = f"poster.question.{sheet.sector}"
    return _plain(words(key) if sheet.sector and words.has(key) else words("poster.question"))


@dataclass
class _Sheet:
    """The paper; every number given to it is millimetres."""

    words: Words
    image: Image.Image = field(init=False)
    pen: ImageDraw.ImageDraw = field(init=False)

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", (_dots(WIDE), _dots(HIGH)), WHITE)
        self.pen = ImageDraw.Draw(self.image)

    def paint(self, sheet: PosterSheet, username: str) -> None:
        """From top to bottom, as it is read."""
        self._band(headline(sheet, self.words), sheet.unit or sheet.government)
        below = self._code(address(username, sheet.payload), BAND + TAIL + 5)
        below = self._fitted(f"@{username}", below + 4, 11.5, INK, bold=True)
        below = self._fitted(f"t.me/{username}?start={sheet.payload}", below + 2, 5.5, INK)
        self._steps(below + 6)
        self._foot(sheet)

    def png(self) -> bytes:
        """The sheet as a picture that knows its size."""
        return self._saved("PNG", dpi=(DPI, DPI), optimize=True)

    def pdf(self) -> bytes:
        """The sheet as a page that prints at A4."""
        return self._saved("PDF", resolution=DPI, quality=QUALITY, title=_plain(self.words("poster.title")))

    def _saved(self, kind: str, **how: object) -> bytes:
        out = BytesIO()
        self.image.save(out, kind, **how)
        return out.getvalue()

    def _band(self, question: str, office: str | None) -> None:
        self.pen.rectangle((0, 0, _dots(WIDE), _dots(BAND)), fill=RED)
        tip, base = BAND + TAIL, 12
        self.pen.polygon(
            [_point(WIDE / 2 - base, BAND - 1), _point(WIDE / 2 + base, BAND - 1), _point(WIDE / 2, tip)], RED
        )
        size, rows = _fitting(question, ROOM, 50)
        top = (BAND - 28 - len(rows) * size * SPACING) / 2 + 5
        for row in rows:
            top = self._line(row, top, size, WHITE, bold=True)
        self._line(_plain(self.words("poster.call")), BAND - 27, 9, WHITE)
        if office:
            self._fitted(office, BAND - 12, 5, WHITE)

    def _code(self, link: str, top: float) -> float:
        """The QR code, each module a whole number of dots: nothing is blurred."""
        code = segno.make(link, error="m", micro=False)
        matrix = tuple(tuple(row) for row in code.matrix)
        dots = _dots(QR_SIDE) // (len(matrix) + 2 * QUIET)
        side = dots * (len(matrix) + 2 * QUIET)
        left, down = (self.image.width - side) // 2, _dots(top)
        edge = _dots(2)
        self.pen.rounded_rectangle(
            (left - edge, down - edge, left + side + edge, down + side + edge), _dots(4), WHITE, RED, _dots(1.2)
        )
        for y, row in enumerate(matrix, start=QUIET):
            for x, dark in enumerate(row, start=QUIET):
                if dark:
                    corner = (left + x * dots, down + y * dots)
                    self.pen.rectangle((*corner, corner[0] + dots - 1, corner[1] + dots - 1), fill=INK)
        return top + (side + 2 * edge) * 25.4 / DPI

    def _steps(self, top: float) -> None:
        """Three steps beside each other, each with its number."""
        wide = ROOM / 3
        for place in range(3):
            middle = MARGIN + wide * (place + 0.5)
            self._disc(str(place + 1), middle, top + 5)
            rows = _wrapped(_plain(self.words(f"poster.step.{place + 1}")), wide - 6, 4.8)
            below = top + 13
            for row in rows:
                below = self._line(row, below, 4.8, INK, middle)

    def _disc(self, number: str, middle: float, centre: float) -> None:
        x, y, radius = _dots(middle), _dots(centre), _dots(5)
        self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=RED)
        self.pen.text((x, y), number, WHITE, _letters(6, bold=True), anchor="mm")

    def _foot(self, sheet: PosterSheet) -> None:
        top = HIGH - FOOT
        self.pen.rectangle((0, _dots(top), _dots(WIDE), _dots(HIGH)), fill=PALE)
        self._fitted(_plain(self.words("poster.typed", payload=sheet.payload)), top + 5, 4.6, INK)
        until = f" {_plain(self.words('poster.until', day=short_day(self.words, sheet.until)))}" if sheet.until else ""
        self._fitted(_plain(self.words("poster.free")) + until, top + 14, 4.2, GREY)

    def _line(
        self, text: str, top: float, size: float, colour: str, middle: float = WIDE / 2, *, bold: bool = False
    ) -> float:
        """One centred line; returns where the next begins."""
        self.pen.text(_point(middle, top), text, colour, _letters(size, bold=bold), anchor="ma")
        return top + size * SPACING

    def _fitted(self, text: str, top: float, size: float, colour: str, *, bold: bool = False) -> float:
        """One line, in smaller letters where it would not fit the sheet."""
        return self._line(text, top, size * min(1, ROOM / _width(text, size, bold=bold)), colour, bold=bold)


def _fitting(text: str, room: float, high: float) -> tuple[float, list[str]]:
    """The largest letters in which a text fits a box, and its lines."""
    for size in (21, 19, 17, 15, 13, 11, 9):
        rows = _wrapped(text, room, size, bold=True)
        if len(rows) * size * SPACING <= high and all(_width(row, size, bold=True) <= room for row in rows):
            break
    return size, rows


def _wrapped(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    rows: list[str] = []
    for word in text.split():
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and _width(longer, size, bold=bold) <= room:
            rows[-1] = longer
        else:
            rows.append(word)
    return rows


def _width(text: str, size: float, *, bold: bool = False) -> float:
    return _letters(size, bold=bold).getlength(text) * 25.4 / DPI


def _letters(size: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Letters whose line is `size` millimetres high."""
    from matplotlib import get_data_path

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(Path(get_data_path()) / "fonts/ttf" / name, _dots(size))


def _point(across: float, down: float) -> tuple[int, int]:
    return _dots(across), _dots(down)


def _dots(millimetres: float) -> int:
    return round(millimetres * DPI / 25.4)


def _plain(sentence: str) -> str:
    return unescape(sentence)
