"""Where it is, as people say it: an address, a landmark, a kabupaten named beside it; nothing is guessed in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from routing.places import Gazetteer, Place, PlaceMatch, clear

REGENCY_CODE, DISTRICT_CODE = 5, 8
"""Characters of a code that names a kabupaten or kota, and a kecamatan."""

LANDMARK = frozenset(
    "depan dpn muka dekat dkt deket belakang blkg samping smpg sebelah sblh seberang sebrang sekitar pinggir ujung "
    "pertigaan perempatan simpang bawah atas dalam luar lokasi".split()
)
"""Words with which somebody describes a spot: what follows is a shop or a mosque and not the name of an area."""


@dataclass(frozen=True)
class Placed:
    """What was understood: one place, or several that may be meant; neither, when the kabupaten must be asked."""

    place: Place | None = None
    offered: tuple[PlaceMatch, ...] = ()


@dataclass(frozen=True)
class Placing:
    """Reads places with the gazetteer; it never decides between two that are both likely."""

    gazetteer: Gazetteer

    def address(self, words: str, story: str) -> Placed:
        """Reads the answer to "di mana". The kabupaten of a landmark is taken from the story where that names one."""
        mentioned, typed = self.gazetteer.mentions(words), self.gazetteer.resolve(words)
        sure = _deeper(clear(mentioned), self._sure(words, typed))
        if sure is not None and sure.regency:
            return Placed(sure)
        named = [match for match in (*mentioned, *typed) if _names_regency(words, match.place)]
        told = self._regency_of(story)
        if told is not None and not named:
            return Placed(told)
        return Placed(offered=tuple(named) if named or _is_landmark(words) else typed)

    def regency(self, words: str) -> Placed:
        """Reads the answer to "di kota atau kabupaten mana"; empty when it names none."""
        found = self.gazetteer.mentions(words) or self.gazetteer.resolve(words)
        found = tuple(match for match in found if match.place.regency)
        place = clear(found)
        return Placed(place) if place is not None and _names_regency(words, place) else Placed(offered=found)

    def story(self, text: str) -> Placed:
        """Reads what a description names in passing: a kecamatan or village that can be only one is taken."""
        named = tuple(match for match in self.gazetteer.mentions(text) if match.place.regency)
        if len(named) == 1 and len(named[0].place.code or "") >= DISTRICT_CODE:
            return Placed(named[0].place)
        return Placed(offered=named)

    def _regency_of(self, story: str) -> Place | None:
        """The one kabupaten or kota that a story names or lies in."""
        codes = {(match.place.code or "")[:REGENCY_CODE] for match in self.gazetteer.mentions(story)}
        code = next(iter(codes)) if len(codes) == 1 else ""
        return self.gazetteer.by_code(code) if len(code) == REGENCY_CODE else None

    @staticmethod
    def _sure(words: str, matches: Sequence[PlaceMatch]) -> Place | None:
        """A name that many places could have is only sure when the words name its kabupaten or kota as well."""
        place = clear(matches)
        return place if place is not None and _names_regency(words, place) else None


def _names_regency(words: str, place: Place) -> bool:
    """Whether somebody's words name the kabupaten or kota of a place."""
    bare = (place.regency or "").casefold().removeprefix("kabupaten ").removeprefix("kota ").strip()
    return bool(bare) and bare in words.casefold()


def _deeper(mentioned: Place | None, typed: Place | None) -> Place | None:
    """What is surely mentioned, unless the whole address leads to a spot within it."""
    if mentioned is None or (typed is not None and (typed.code or "").startswith(mentioned.code or "-")):
        return typed
    return mentioned


def _is_landmark(words: str) -> bool:
    first = [word.strip(".,") for word in words.casefold().split()[:2]]
    return bool(LANDMARK & set(first[:1] if first[:1] != ["di"] else first))
