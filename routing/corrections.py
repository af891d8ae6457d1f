"""Learns from coordinators' decisions what a government does differently, as features and weights and never as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from routing.matcher import AgencyMatcher, Judged
from routing.overlay import UNIT, Target, features, opened, shared_out
from routing.places import Place
from routing.privacy import nameless, place_names, proper_nouns
from routing.topics import Topics
from routing.words import Word, read

FEWEST = 5
"""People whose corrected complaints must have a feature before it is kept."""

ROUNDS = 40
STEP = 0.5
RESTRAINT = 0.1
TRIFLE = 0.01

Rows = dict[str, dict[Target, float]]


@dataclass(frozen=True)
class Handled:
    """A complaint and the unit that a person sent it to; `person` is a number that tells people apart."""

    text: str
    place: Place | None
    unit: str
    person: int


@dataclass(frozen=True)
class Case:
    """What a handled complaint teaches: features that may be kept, how many it had, the model's scores, its way."""

    features: frozenset[str]
    size: int
    ranking: tuple[tuple[str, float], ...]
    target: Target
    person: int

    @property
    def corrected(self) -> bool:
        """Whether it went elsewhere than the model alone would have sent it."""
        return self.target != Target(self.ranking[0][0])


@dataclass(frozen=True)
class Lesson:
    """The weights learned, in twentieths, and from how many complaints and corrections."""

    weights: dict[str, dict[str, int]]
    complaints: int
    corrections: int


def learn(matcher: AgencyMatcher, government: str, handled: Sequence[Handled]) -> Lesson:
    """Learns the overlay of one government; complaints about places of others teach nothing here.

    A feature is kept only if five people's corrected complaints have it, if the packaged model knows its words already,
    and if none of them is a name, a number or a place.
    """
    namer = _Namer(matcher, handled)
    cases = [case for each in handled if (case := _case(matcher, government, each, namer)) is not None]
    return Lesson(fit(cases), len(cases), sum(case.corrected for case in cases))


def fit(cases: Sequence[Case]) -> dict[str, dict[str, int]]:
    """Returns the weights that lead the model's own scores to the decisions, in twentieths; the same every time."""
    kept = _common(cases)
    targets = {case.target for case in cases}
    lessons = [
        (sorted(case.features & kept), case, opened(case.ranking, targets)) for case in cases if case.features & kept
    ]
    weights: Rows = {feature: {} for feature in sorted(kept)}
    for turn in range(ROUNDS):
        step = STEP / sqrt(1 + turn)
        for found, case, scores in lessons:
            _learn_one(weights, found, case, scores, step)
        for row in weights.values():
            for target in row:
                row[target] *= 1 - step * RESTRAINT
    return _rounded(weights)


def _common(cases: Sequence[Case]) -> frozenset[str]:
    people: dict[str, set[int]] = {}
    for case in cases:
        if case.corrected:
            for feature in case.features:
                people.setdefault(feature, set()).add(case.person)
    return frozenset(feature for feature, who in people.items() if len(who) >= FEWEST)


def _learn_one(weights: Rows, found: Sequence[str], case: Case, scores: Mapping[Target, float], step: float) -> None:
    share = 1 / sqrt(case.size)
    pull: dict[Target, float] = {}
    for feature in found:
        for target, weight in weights[feature].items():
            pull[target] = pull.get(target, 0.0) + share * weight
    for target, score in shared_out(scores, pull).items():
        wrong = score - (target == case.target)
        if abs(wrong) > TRIFLE:
            for feature in found:
                weights[feature][target] = weights[feature].get(target, 0.0) - step * share * wrong


def _rounded(weights: Rows) -> dict[str, dict[str, int]]:
    whole = {
        feature: {str(target): round(UNIT * weight) for target, weight in sorted(row.items())}
        for feature, row in weights.items()
    }
    sparse = {feature: {target: weight for target, weight in row.items() if weight} for feature, row in whole.items()}
    return {feature: row for feature, row in sparse.items() if row}


class _Namer:
    """Knows which words may be kept: those that the packaged model knows, and no name of a person or a place."""

    def __init__(self, matcher: AgencyMatcher, handled: Iterable[Handled]) -> None:
        texts = [(each.text, read(each.text)) for each in handled]
        forms = sorted({word.form for _, words in texts for word in words})
        spoken = frozenset(form for phrase in Topics.load().phrases for form in phrase.split())
        self._private = proper_nouns(texts, spoken) | place_names(forms, matcher.gazetteer.areas, spoken)
        self._private |= {form for form in forms if not matcher.knows(form)}

    def kept(self, words: Sequence[Word]) -> frozenset[str]:
        """Returns the features that may be kept: neighbours only where both words may."""
        allowed = [form is not None for form in nameless(words, self._private)]
        plain = {word.form for word, good in zip(words, allowed, strict=True) if good}
        return frozenset(feature for feature in features(words) if set(feature.split()) <= plain)


def _case(matcher: AgencyMatcher, government: str, each: Handled, namer: _Namer) -> Case | None:
    judged = matcher.judged(each.text, each.place)
    if judged.government != government or not judged.verdict.parts or each.unit not in matcher.directory.units:
        return None
    ranking = judged.verdict.ranking
    target = _target(matcher, judged, each.unit)
    return Case(namer.kept(judged.words), len(features(judged.words)), ranking, target, each.person)


def _target(matcher: AgencyMatcher, judged: Judged, code: str) -> Target:
    """Says what a unit is in a ranking: the usual office of the likeliest sector that is its own, or itself."""
    unit = matcher.directory.units[code]
    ranking = [sector for sector, _ in judged.verdict.ranking]
    if unit.kind == "territorial":
        return Target("territorial")
    usual = next((sector for sector in ranking if matcher.owner(Target(sector), judged).unit == code), None)
    if usual is not None:
        return Target(usual)
    return Target(next((sector for sector in ranking if sector in unit.sectors), ranking[0]), code)
