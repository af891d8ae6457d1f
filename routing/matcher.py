"""Chooses the agencies that should answer a complaint, and says which of the citizen's words decided it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from routing.alarm import accused_sectors, accuses
from routing.directory import Directory, Owner
from routing.jurisdiction import REGENCY_LEVEL
from routing.model import SectorModel, Verdict
from routing.overlay import Overlay, Ranking, Target, as_it_is
from routing.places import Gazetteer, Place, clear
from routing.questions import separating
from routing.reasons import own_words
from routing.sense import earnest
from routing.suggestion import Question, Suggestion, Suggestions
from routing.words import TITLE_END, Word, read

INSPECTORATE = "inspectorate"
MOST = 3
REGENCY_CODE = 5
UNLIKELY = 0.1
UNCORRECTED = Overlay({})


@dataclass(frozen=True)
class Judged:
    """What the packaged model says of a complaint; `government` is whose corrections apply."""

    words: Sequence[Word]
    place: Place | None
    government: str | None
    verdict: Verdict


@cache
def _packaged() -> tuple[SectorModel, Gazetteer]:
    return SectorModel.load(), Gazetteer.load()


class AgencyMatcher:
    """Suggests up to three agencies for a complaint: what it is about, where it is, who owns that there."""

    def __init__(
        self,
        model: SectorModel,
        gazetteer: Gazetteer,
        directory: Directory,
        overlays: Mapping[str, Overlay] | None = None,
    ) -> None:
        self._model = model
        self.gazetteer = gazetteer
        self.directory = directory
        self._overlays = dict(overlays or {})

    @classmethod
    def load(cls, directory: Directory | None = None) -> AgencyMatcher:
        """Takes the packaged model and places, read once a process; without a directory the packaged one serves."""
        model, gazetteer = _packaged()
        return cls(model, gazetteer, directory or Directory.seed())

    def over(self, directory: Directory, overlays: Mapping[str, Overlay] | None = None) -> AgencyMatcher:
        """Returns a matcher with the same model and places over another directory; neither is read again.

        `overlays` are the corrections by the code of their government; without them nothing is corrected.
        """
        return AgencyMatcher(self._model, self.gazetteer, directory, overlays)

    def suggest(self, text: str, place: Place | None = None, title: str = "") -> Suggestions:
        """Returns the candidates for a complaint; a place that is not given is read from the text if it is clear."""
        whole = f"{title}{TITLE_END}{text}" if title else text
        judged = self.judged(whole, place, len(title))
        blamed = accuses(whole)
        if blamed:
            return self._accusing(whole, judged, blamed)
        if not judged.verdict.parts:
            return Suggestions(place=judged.place)
        overlay = self._overlays.get(judged.government or "", UNCORRECTED)
        ranking = overlay.over(judged.words, judged.verdict.ranking)
        verdict = _moved(judged.verdict, ranking)
        candidates = self._candidates(judged, ranking, whole, overlay)
        return Suggestions(candidates, verdict.confident, False, _question(verdict, candidates), judged.place)

    def judged(self, text: str, place: Place | None = None, title: int = 0) -> Judged:
        """Returns what the packaged model says, without any correction; the first `title` characters are a title."""
        words, where = read(text), self._place(text, place)
        code = (where.code or "") if where else ""
        verdict = self._model.judge(words, code[:REGENCY_CODE] or None, title)
        if not earnest(words, verdict.known):
            verdict = replace(verdict, confident=False)
        return Judged(words, where, self.directory.jurisdiction.government_of(code, REGENCY_LEVEL) or code, verdict)

    def knows(self, form: str) -> bool:
        """Says whether the packaged model knows a word."""
        return self._model.judge((Word(form, 0, len(form)),)).known > 0

    def owner(self, target: Target, judged: Judged) -> Owner:
        """Returns who answers at a target: its unit if there is one still, else the usual office of the sector."""
        unit = self.directory.unit_as_owner(target.unit) if target.unit else None
        return unit or self._owner(target.sector, judged.place, judged.words)

    def _place(self, text: str, given: Place | None) -> Place | None:
        completed = self.gazetteer.complete(given) if given else None
        if completed and completed.code:
            return completed
        return clear(self.gazetteer.mentions(text)) or completed

    def _accusing(self, text: str, judged: Judged, blamed: tuple[str, ...]) -> Suggestions:
        """Proposes the Inspektorat and leaves out every office that the text may be accusing."""
        place, words, ranking = judged.place, judged.words, judged.verdict.ranking
        accused = accused_sectors(text) | {ranking[0][0], INSPECTORATE}
        rest = [(sector, score) for sector, score in ranking if sector not in accused and score >= UNLIKELY]
        first = _suggestion(INSPECTORATE, self._examiner(place, words), ranking[0][1], blamed[:MOST])
        others = self._candidates(judged, as_it_is(rest), text)
        units = self._units_of(accused - {INSPECTORATE}, judged)
        open_to = tuple(other for other in others if other.unit is None or other.unit not in units)
        apart = tuple(other for other in open_to if (other.agency, other.unit) != (first.agency, first.unit))
        return Suggestions((first, *apart)[:MOST], False, True, None, place, units)

    def _units_of(self, sectors: Iterable[str], judged: Judged) -> tuple[str, ...]:
        """The units that answer for the accused sectors, or are named: a complaint must never come to them.

        Who examines is named as often for help as for blame, so naming it does not shut it out.
        """
        owners = (self._owner(sector, judged.place, judged.words) for sector in sectors)
        named = self.directory.units_named(judged.government or "", judged.words)
        codes = {owner.unit for owner in owners} | {unit.code for unit in named if unit.kind != INSPECTORATE}
        return tuple(sorted(code for code in codes if code is not None))

    def _examiner(self, place: Place | None, words: Sequence[Word]) -> Owner:
        government = (place.code or "")[:REGENCY_CODE] if place else ""
        own = self.directory.inspectorate_of(government) if government else None
        return own or self._owner(INSPECTORATE, place, words)

    def _owner(self, sector: str, place: Place | None, words: Sequence[Word]) -> Owner:
        return self.directory.owners(sector, place or Place(), [word.form for word in words])[0]

    def _candidates(
        self, judged: Judged, ranking: Ranking, text: str, overlay: Overlay = UNCORRECTED
    ) -> tuple[Suggestion, ...]:
        found: dict[tuple[str, str | None], Suggestion] = {}
        names = _names(judged.place)
        for target, score in ranking:
            owner = self.owner(target, judged)
            spoke = (*overlay.spoke_for(judged.words, target), *judged.verdict.reasons(target.sector))
            because = own_words(text, spoke, names)
            found.setdefault((owner.agency, owner.unit), _suggestion(target.sector, owner, score, because))
            if len(found) == MOST:
                break
        return tuple(found.values())


def _moved(verdict: Verdict, ranking: Ranking) -> Verdict:
    """Returns the verdict with a corrected ranking: trust was earned without corrections, so a new first has none."""
    (first, score), before = ranking[0], verdict.ranking[0]
    same = first == Target(before[0]) and score >= before[1]
    sectors = tuple((target.sector, score) for target, score in ranking)
    return replace(verdict, ranking=sectors, confident=verdict.confident and same)


def _question(verdict: Verdict, candidates: Sequence[Suggestion]) -> Question | None:
    """Returns the question that separates the first two candidates; two sectors of one office need none."""
    question = separating(verdict)
    shown = tuple(candidate.sector for candidate in candidates[:2])
    return question if question and question.sectors == shown and len(set(shown)) == len(shown) else None


def _names(place: Place | None) -> frozenset[str]:
    """Returns the forms of the names of a place: where something happened is no reason for what it is."""
    named = (place.province, place.regency, place.district, place.village) if place else ()
    return frozenset(word.form for name in named if name for word in read(name))


def _suggestion(sector: str, owner: Owner, score: float, because: tuple[str, ...]) -> Suggestion:
    return Suggestion(sector, owner.government, owner.agency, owner.unit, owner.unit_name, round(score, 3), because)
