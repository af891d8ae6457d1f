"""Holds the codes and names of provinces, regencies, districts and villages, and finds them by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain

from rapidfuzz import fuzz, process

PROVINCE, REGENCY, DISTRICT, VILLAGE = 2, 5, 8, 13
LEVELS = (PROVINCE, REGENCY, DISTRICT, VILLAGE)
MOST_KEPT = 200
"""Lists of names kept ready to be compared with misspelt ones: of the areas that people write from just now."""

TITLES = ("kabupaten administrasi ", "kota administrasi ", "kabupaten ", "kota ")
LONG_NAMES = {
    "31": ("jakarta", "dkijakarta", "provinsijakarta"),
    "34": ("yogyakarta", "diyogyakarta"),
}


def read_lines(name: str) -> list[str]:
    """Reads one file of this package's data, without its comments."""
    text = files("routing").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def squash(name: str) -> str:
    """Reduces a name to its letters and digits, so that `Karang Asem` and `karangasem` are one."""
    low = name.lower().replace(" ", "")
    return low if low.isascii() and low.isalnum() else re.sub("[^a-z0-9]", "", low)


def bare(name: str) -> str:
    """Takes `Kabupaten` or `Kota` off a name."""
    low = name.lower()
    return next((name[len(title) :] for title in TITLES if low.startswith(title)), name)


@cache
def _zones() -> dict[str, str]:
    rows = (line.split() for line in read_lines("areas_zones.txt"))
    return {province: zone for zone, *provinces in rows for province in provinces}


def time_zone_of(code: str) -> str:
    """Gives the time zone of an area's code, such as `Asia/Makassar` for WITA.

    Raises KeyError for a code that begins with no province.
    """
    return _zones()[code[:PROVINCE]]


class Areas:
    """The register of areas; a code is `36.73.01.1001`, and its beginning is the code of the area around it."""

    def __init__(self, lines: Iterable[str], aliases: Iterable[str] = ()) -> None:
        self._names: dict[str, str] = {}
        self._villages: dict[str, str] = {}
        self._inside: dict[str, list[str]] = {}
        self._by_key: dict[str, list[str]] = {}
        self._keys = lru_cache(MOST_KEPT)(self._read_keys)
        for line in lines:
            self._add(line)
        for alias in aliases:
            word, codes = alias.rsplit(" ", 1)
            self._by_key.setdefault(squash(word), []).extend(codes.split(","))

    @classmethod
    def load(cls) -> Areas:
        """Reads the packaged register."""
        return cls(read_lines("areas.txt"), read_lines("areas_aliases.txt"))

    def name(self, code: str) -> str | None:
        """Gives the official name of a code, or nothing if there is no such code."""
        if len(code) == VILLAGE:
            return next((name for village, name in self._villages_of(code[:DISTRICT]) if village == code), None)
        return self._names.get(code)

    def children(self, code: str = "") -> tuple[str, ...]:
        """Gives the codes one level below; without a code, the provinces."""
        if len(code) == DISTRICT:
            return tuple(village for village, _ in self._villages_of(code))
        return tuple(self._inside.get(code, ()))

    def below(self, code: str, level: int) -> Iterator[str]:
        """Goes through the codes of one level inside an area, however deep."""
        if len(code) == level:
            yield code
        elif len(code) < level:
            yield from chain.from_iterable(self.below(child, level) for child in self.children(code))

    def called(self, name: str) -> tuple[str, ...]:
        """Gives every code with this name, whatever its level; spaces, capitals and signs do not count."""
        return tuple(self._by_key.get(squash(name), ()))

    def keyed(self, key: str) -> Sequence[str]:
        """Does what `called` does for a name that is squashed already."""
        return self._by_key.get(key, ())

    def resembling(self, name: str, level: int, inside: str = "", at_least: float = 84) -> list[tuple[str, float]]:
        """Gives the codes of one level whose name is close to a misspelt one, with the likeness (0 to 100)."""
        keys = self._keys(inside, level)
        found = process.extract(squash(name), keys.keys(), scorer=fuzz.ratio, limit=3, score_cutoff=at_least)
        return [(code, score) for key, score, _ in found for code in keys[key]]

    def _add(self, line: str) -> None:
        code, _, rest = line.partition(" ")
        name, _, villages = rest.partition("|")
        self._names[code] = name
        self._inside.setdefault(code[:-3], []).append(code)
        by_key = self._by_key
        for key in self._spellings(code, name):
            by_key.setdefault(key, []).append(code)
        if villages:
            self._villages[code] = villages
            for entry in villages.split("|"):
                by_key.setdefault(squash(entry[5:]), []).append(f"{code}.{entry[:4]}")

    @staticmethod
    def _spellings(code: str, name: str) -> tuple[str, ...]:
        if len(code) == REGENCY:
            return (squash(bare(name)),)
        return (squash(name), *LONG_NAMES.get(code, ()))

    def _villages_of(self, district: str) -> list[tuple[str, str]]:
        text = self._villages.get(district)
        return [(f"{district}.{entry[:4]}", entry[5:]) for entry in text.split("|")] if text else []

    def _read_keys(self, inside: str, level: int) -> Mapping[str, Sequence[str]]:
        read: dict[str, list[str]] = {}
        for code, name in self._named(inside, level):
            for key in self._spellings(code, name):
                read.setdefault(key, []).append(code)
        return read

    def _named(self, inside: str, level: int) -> Iterator[tuple[str, str]]:
        if level < VILLAGE:
            return ((code, self._names[code]) for code in self.below(inside, level))
        return chain.from_iterable(map(self._villages_of, self.below(inside, DISTRICT)))
