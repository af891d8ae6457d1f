"""A hint that came with the person, such as a poster's: an office, or only a subject.

An office is a wish of the citizen: it comes first and is confirmed, and nothing is forwarded on a poster's word alone.
A subject decides only where the words do not. Neither outweighs an accusation or the place where something happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from routing.directory import Directory, Owner
from routing.jurisdiction import REGENCY_LEVEL
from routing.places import Place
from routing.suggestion import Suggestion, Suggestions

MOST = 3


@dataclass(frozen=True)
class Hint:
    """The code of a unit, or a sector, or neither."""

    unit: str | None = None
    sector: str | None = None


def respecting(found: Suggestions, hint: Hint, directory: Directory) -> Suggestions:
    """The same candidates with what was hinted first, if it may be; then nobody is confident any more."""
    if found.accuses:
        return found
    wanted = _office(found, hint, directory) if hint.unit else _subject(found, hint, directory)
    if wanted is None or _same(found.candidates[:1], wanted):
        return found
    others = [each for each in found.candidates if not _same((each,), wanted)]
    return replace(found, candidates=(wanted, *others)[:MOST], confident=False, question=None)


def _office(found: Suggestions, hint: Hint, directory: Directory) -> Suggestion | None:
    owner = directory.unit_as_owner(hint.unit or "")
    if owner is None or not _answers_at(owner, found.place, directory):
        return None
    among = [each for each in found.candidates if each.unit == owner.unit]
    sectors = directory.units[hint.unit or ""].sectors
    return among[0] if among else _suggestion(hint.sector or (sectors[0] if sectors else "other"), owner)


def _subject(found: Suggestions, hint: Hint, directory: Directory) -> Suggestion | None:
    if hint.sector is None or found.confident:
        return None
    among = [each for each in found.candidates if each.sector == hint.sector]
    return among[0] if among else _suggestion(hint.sector, directory.owners(hint.sector, found.place or Place())[0])


def _answers_at(owner: Owner, place: Place | None, directory: Directory) -> bool:
    """Whether an office serves that place: one of another kabupaten or kota does not, a national one does."""
    government = directory.governments.get(owner.government or "")
    code = (place.code or "") if place else ""
    if government is None or not government.code[:1].isdigit() or not code:
        return True
    here = directory.jurisdiction.government_of(code, REGENCY_LEVEL) or code
    return here.startswith(government.code) or government.code.startswith(code)


def _same(candidates: Sequence[Suggestion], wanted: Suggestion) -> bool:
    return any((each.agency, each.unit) == (wanted.agency, wanted.unit) for each in candidates)


def _suggestion(sector: str, owner: Owner) -> Suggestion:
    return Suggestion(sector, owner.government, owner.agency, owner.unit, owner.unit_name, 0.0)
