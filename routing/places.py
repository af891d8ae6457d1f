"""Knows every province, regency, district and village by code, by name and by position."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from routing.areas import DISTRICT, LEVELS, PROVINCE, REGENCY, VILLAGE, Areas, squash, time_zone_of
from routing.place_mentions import Everyday, find_mentioned
from routing.place_words import Hit, Reading, find_typed, rank, split
from routing.positions import Positions

__all__ = ["Gazetteer", "Place", "PlaceMatch", "clear", "time_zone_of"]

FIELDS = {PROVINCE: "province", REGENCY: "regency", DISTRICT: "district", VILLAGE: "village"}
SHOWN = 8
RIVAL = 0.75
CLEAR_LEAD = 5.0
LONGEST_TEXT = 2_000
TITLES = {PROVINCE: "provinsi", REGENCY: "", DISTRICT: "kecamatan", VILLAGE: "kelurahan"}
CLOSE = 0.6
COVERED = 0.7
REMEMBERED = 20_000
WRITTEN_TITLES = {
    PROVINCE: r"(?:provinsi|propinsi|prov|prop)",
    REGENCY: r"(?:kabupaten|kab|kotamadya|kodya|kota)(?:[. ]+adm(?:inistrasi)?)?",
    DISTRICT: r"(?:kecamatan|kec|distrik)",
    VILLAGE: r"(?:kelurahan|kel|desa|ds)",
}


@dataclass(frozen=True)
class Place:
    """An area or a point; each field is empty where it is not known."""

    province: str | None = None
    regency: str | None = None
    district: str | None = None
    village: str | None = None
    lat: float | None = None
    lng: float | None = None
    code: str | None = None


@dataclass(frozen=True)
class PlaceMatch:
    """A place found in somebody's words; of two with close scores (0 to 100) only the person knows which is meant."""

    place: Place
    score: float


class Gazetteer:
    """Finds places by name, by code and on the map."""

    def __init__(self, areas: Areas, everyday: Everyday) -> None:
        self.areas = areas
        self._everyday = everyday
        self._found: dict[tuple[str, int, str], str | None] = {}

    @classmethod
    def load(cls) -> Gazetteer:
        """Reads the packaged register; the map is read at the first question about a position."""
        return cls(Areas.load(), Everyday.load())

    @cached_property
    def _positions(self) -> Positions:
        return Positions.load()

    def resolve(self, text: str, near: str | None = None) -> tuple[PlaceMatch, ...]:
        """Reads a typed address, typing errors included; `near` is the code of an area that is more likely.

        Gives several places, the likeliest first, where the words fit several.
        """
        words = split(text[:LONGEST_TEXT])[:40]
        return self._matches(rank(find_typed(self.areas, words, near), near))

    def mentions(self, text: str, near: str | None = None) -> tuple[PlaceMatch, ...]:
        """Gives the places that running text names, after words like `kecamatan` or by names that mean nothing else."""
        words = split(text[:LONGEST_TEXT])
        return self._matches(rank(find_mentioned(self.areas, words, near, self._everyday), near))

    def locate(self, lat: float, lng: float) -> Place | None:
        """Gives the area of a shared location, as deep as the map goes; nothing abroad or at sea."""
        code = self._positions.regency(lat, lng)
        place = self.by_code(code) if code else None
        return replace(place, lat=lat, lng=lng) if place else None

    def by_code(self, code: str) -> Place | None:
        """Gives the names of a code such as `36.73.05.1001`; nothing if there is no such code."""
        if self.areas.name(code) is None:
            return None
        province, regency, district, village = (
            self.areas.name(code[:level]) if level <= len(code) else None for level in LEVELS
        )
        return Place(province, regency, district, village, code=code)

    def complete(self, place: Place) -> Place:
        """Fills names from the code, or the code and the other names from names or the position; unknown words stay."""
        code = place.code or self._code_of(place)
        known = self.by_code(code) if code else None
        if known is None and place.lat is not None and place.lng is not None:
            known = self.locate(place.lat, place.lng)
        if known is None:
            return place
        return replace(
            place,
            code=known.code,
            province=known.province,
            regency=known.regency or place.regency,
            district=known.district or place.district,
            village=known.village or place.village,
        )

    def _code_of(self, place: Place) -> str | None:
        code = ""
        for level in LEVELS:
            name = getattr(place, FIELDS[level])
            found = self._inside(code, level, name) if name else None
            if found is None and level == REGENCY:
                found = self._pinned(place, code)
            code = found or code
        return code or None

    def _pinned(self, place: Place, province: str) -> str | None:
        if place.lat is None or place.lng is None:
            return None
        code = self._positions.regency(place.lat, place.lng)
        return code if code and code.startswith(province) else None

    def _inside(self, code: str, level: int, name: str) -> str | None:
        """Finds a name one or more levels below a known area; a name that fits two areas decides nothing."""
        key = (code, level, name.casefold())
        if key not in self._found:
            if len(self._found) >= REMEMBERED:
                self._found.clear()
            self._found[key] = self._search(code, level, name)
        return self._found[key]

    def _search(self, code: str, level: int, name: str) -> str | None:
        title, core = _parted(level, name)
        inside = [found for found in self.areas.called(core) if len(found) == level and found.startswith(code)]
        exact = [found for found in inside if level != REGENCY or (self.areas.name(found) or "").startswith(title)]
        if len(exact) != 1:
            words = split(f"{title or TITLES[level]} {core}")
            hits = [hit for hit in find_typed(self.areas, words, code or None) if hit.code.startswith(code)]
            least = COVERED * len(squash(core))
            return _settled([hit for hit in hits if len(hit.code) == level and hit.letters >= least])
        return exact[0]

    def _matches(self, readings: Sequence[Reading]) -> tuple[PlaceMatch, ...]:
        if not readings:
            return ()
        top = readings[0].value
        kept = [reading for reading in readings if reading.value >= top * RIVAL][:SHOWN]
        found = []
        for reading in kept:
            place = self.by_code(reading.code)
            if place:
                score = round(100 * reading.likeness * reading.value / top, 1)
                found.append(PlaceMatch(place, score))
        return tuple(found)


def _parted(level: int, name: str) -> tuple[str, str]:
    """Parts a name from its title, however that is written: `Kab. Garut` is `Kabupaten` and `Garut`."""
    found = re.match(rf"{WRITTEN_TITLES[level]}\b[. ]*(?=\w)", name, re.IGNORECASE)
    if found is None:
        return "", name
    kind = "Kabupaten" if found[0].lower().startswith("kab") else "Kota"
    return kind if level == REGENCY else TITLES[level], name[found.end() :]


def _settled(hits: Sequence[Hit]) -> str | None:
    best = [reading for reading in rank(hits, None) if reading.likeness >= CLOSE][:2]
    if not best or (len(best) == 2 and best[0].value - best[1].value < 0.1):
        return None
    return best[0].code


def clear(matches: Sequence[PlaceMatch]) -> Place | None:
    """Gives the one place that was surely meant; nothing when the person must be asked."""
    if not matches or (len(matches) > 1 and matches[0].score - matches[1].score < CLEAR_LEAD):
        return None
    return matches[0].place
