"""Chooses the agencies that should answer a complaint, and says which of the citizen's words decided it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from routing.alarm import accused_sectors, accuses
from routing.directory import Directory, Owner
from routing.model import SectorModel, Verdict
from routing.places import Gazetteer, Place, clear
from routing.questions import separating
from routing.reasons import own_words
from routing.sense import earnest
from routing.suggestion import Suggestion, Suggestions
from routing.words import Word, read

INSPECTORATE = "inspectorate"
MOST = 3
REGENCY_CODE = 5
UNLIKELY = 0.1
TITLE_END = " . "


class AgencyMatcher:
    """Suggests up to three agencies for a complaint: what it is about, where it is, who owns that there."""

    def __init__(self, model: SectorModel, gazetteer: Gazetteer, directory: Directory) -> None:
        self._model = model
        self.gazetteer = gazetteer
        self._directory = directory

    @classmethod
    def load(cls, directory: Directory | None = None) -> AgencyMatcher:
        """Reads the packaged model and places; without a directory the packaged one serves."""
        return cls(SectorModel.load(), Gazetteer.load(), directory or Directory.seed())

    def over(self, directory: Directory) -> AgencyMatcher:
        """Returns a matcher with the same model and places over another directory; neither is read again."""
        return AgencyMatcher(self._model, self.gazetteer, directory)

    def suggest(self, text: str, place: Place | None = None, title: str = "") -> Suggestions:
        """Returns the candidates for a complaint; a place that is not given is read from the text if it is clear."""
        whole = f"{title}{TITLE_END}{text}" if title else text
        words = read(whole)
        where = self._place(whole, place)
        verdict = self._model.judge(words, (where.code or "")[:REGENCY_CODE] or None if where else None)
        if not earnest(words, verdict.known):
            verdict = replace(verdict, confident=False)
        blamed = accuses(whole)
        if blamed:
            return self._accusing(whole, words, where, verdict, blamed)
        if not verdict.parts:
            return Suggestions(place=where)
        candidates = self._candidates(verdict, verdict.ranking, whole, words, where)
        return Suggestions(candidates, verdict.confident, False, separating(verdict), where)

    def _place(self, text: str, given: Place | None) -> Place | None:
        completed = self.gazetteer.complete(given) if given else None
        if completed and completed.code:
            return completed
        return clear(self.gazetteer.mentions(text)) or completed

    def _accusing(
        self, text: str, words: Sequence[Word], place: Place | None, verdict: Verdict, blamed: tuple[str, ...]
    ) -> Suggestions:
        """Proposes the Inspektorat and leaves out every office that the text may be accusing."""
        accused = accused_sectors(text) | {verdict.ranking[0][0], INSPECTORATE}
        rest = [(sector, score) for sector, score in verdict.ranking if sector not in accused and score >= UNLIKELY]
        examiner = self._examiner(place, words)
        first = _suggestion(INSPECTORATE, examiner, verdict.ranking[0][1], blamed[:MOST])
        others = self._candidates(verdict, rest, text, words, place)
        apart = tuple(other for other in others if (other.agency, other.unit) != (first.agency, first.unit))
        units = self._units_of(accused - {INSPECTORATE}, place, words)
        return Suggestions((first, *apart)[:MOST], False, True, None, place, units)

    def _units_of(self, sectors: Iterable[str], place: Place | None, words: Sequence[Word]) -> tuple[str, ...]:
        """The units that answer for the accused sectors: a complaint must never come to them."""
        owners = (self._owner(sector, place, words) for sector in sectors)
        return tuple(sorted({owner.unit for owner in owners if owner.unit is not None}))

    def _examiner(self, place: Place | None, words: Sequence[Word]) -> Owner:
        government = (place.code or "")[:REGENCY_CODE] if place else ""
        own = self._directory.inspectorate_of(government) if government else None
        return own or self._owner(INSPECTORATE, place, words)

    def _owner(self, sector: str, place: Place | None, words: Sequence[Word]) -> Owner:
        return self._directory.owners(sector, place or Place(), [word.form for word in words])[0]

    def _candidates(
        self,
        verdict: Verdict,
        ranking: Iterable[tuple[str, float]],
        text: str,
        words: Sequence[Word],
        place: Place | None,
    ) -> tuple[Suggestion, ...]:
        found: dict[tuple[str, str | None], Suggestion] = {}
        names = _names(place)
        for sector, score in ranking:
            owner = self._owner(sector, place, words)
            because = own_words(text, verdict.reasons(sector), names)
            found.setdefault((owner.agency, owner.unit), _suggestion(sector, owner, score, because))
            if len(found) == MOST:
                break
        return tuple(found.values())


def _names(place: Place | None) -> frozenset[str]:
    """Returns the forms of the names of a place: where something happened is no reason for what it is."""
    named = (place.province, place.regency, place.district, place.village) if place else ()
    return frozenset(word.form for name in named if name for word in read(name))


def _suggestion(sector: str, owner: Owner, score: float, because: tuple[str, ...]) -> Suggestion:
    return Suggestion(sector, owner.government, owner.agency, owner.unit, owner.unit_name, round(score, 3), because)
