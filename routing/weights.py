"""Rows of whole-number weights as they stand in the artefact, one line per word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from string import ascii_letters

BIAS = "*"
OWNERS = "@"
UNIT = 20
BIAS_FINENESS = 5
LETTERS = ascii_letters
DIGITS = b"-0123456789"
NUMBERS = bytes(LETTERS.find(chr(sign)) % 256 for sign in range(256))
SPACES = bytes(32 if chr(sign) in LETTERS else sign for sign in range(256))


class Weights:
    """Rows of integer weights, kept as text until a word asks for one."""

    def __init__(self, lines: Mapping[str, str]) -> None:
        self._lines = dict(lines)

    @classmethod
    def read(cls, path: Path) -> Weights:
        """Reads lines of a feature, a tab, and the rest."""
        lines = path.read_text(encoding="utf-8").splitlines()
        return cls(dict(line.split("\t", 1) for line in lines if "\t" in line))

    def __contains__(self, feature: str) -> bool:
        return feature in self._lines

    def __len__(self) -> int:
        return len(self._lines)

    def write(self, path: Path, legend: str) -> None:
        """Writes a legend and the rows in the order of their features."""
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = (f"{feature}\t{rest}\n" for feature, rest in sorted(self._lines.items()))
        path.write_text(f"# {legend}\n" + "".join(lines), encoding="utf-8")

    def owners(self) -> tuple[str, ...]:
        """Returns the sector of each column where the columns are kinds of complaint."""
        return tuple(self._lines[OWNERS].split())

    def rarity(self, feature: str) -> int:
        """Returns the rarity, in hundredths, that opens a shared row."""
        return int(self._lines[feature].split("\t", 1)[0])

    def row(self, feature: str) -> Iterator[tuple[int, int]]:
        """Yields the number of each sector with its weight in twentieths; nothing for an unknown feature."""
        cells = self._lines.get(feature, "").rsplit("\t", 1)[-1].encode()
        return zip(cells.translate(NUMBERS, DIGITS), map(int, cells.translate(SPACES).split()), strict=True)


def cells(row: Mapping[int, float], fineness: int = 1) -> str:
    """Writes a row as letters and whole numbers, what rounds to nought left out."""
    rounded = {sector: round(UNIT * fineness * weight) for sector, weight in sorted(row.items())}
    return "".join(f"{LETTERS[sector]}{weight}" for sector, weight in rounded.items() if weight)
