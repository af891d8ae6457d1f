"""Learns from coordinators' decisions what a government does differently, as features and weights and never as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from math import exp, log, sqrt

from routing.matcher import AgencyMatcher, Judged
from routing.overlay import UNIT, Target, features, opened
from routing.places import Place
from routing.privacy import nameless, place_names, proper_nouns
from routing.topics import Topics
from routing.words import Word, read

FEWEST = 5
"""People whose corrected complaints must have a feature before it is kept."""

ROUNDS = 20
STEP = 0.5
RESTRAINT = 0.1
TRIFLE = 0.01

Rows = dict[str, list[float]]


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


@dataclass(frozen=True)
class _Numbers:
    """A case in numbers: its features, the share of each, the model's scores as logarithms, the right target."""

    features: list[str]
    share: float
    starts: list[float]
    right: int


def learn(matcher: AgencyMatcher, government: str, handled: Sequence[Handled]) -> Lesson:
    """Learns the overlay of one government; complaints about places of others teach nothing here.

    A feature is kept only if five people's corrected complaints have it, if the packaged model knows its words already,
    and if none of them is a name, a number or a place.
    """
    sieve = Sieve(matcher, (each.text for each in handled))
    cases = [case for each in handled if (case := _case(matcher, government, each, sieve)) is not None]
    return Lesson(fit(cases), len(cases), sum(case.corrected for case in cases))


def fit(cases: Sequence[Case]) -> dict[str, dict[str, int]]:
    """Returns the weights that lead the model's own scores to the decisions, in twentieths; the same every time."""
    kept = _common(cases)
    telling = [case for case in cases if case.features & kept]
    wanted = {case.target for case in cases}
    targets = sorted({target for case in telling for target in opened(case.ranking, wanted)})
    lessons = [_lesson(case, kept, wanted, targets) for case in telling]
    weights: Rows = {feature: [0.0] * len(targets) for feature in sorted(kept)}
    for turn in range(ROUNDS):
        step = STEP / sqrt(1 + turn)
        for lesson in lessons:
            _learn_one(weights, lesson, step)
        held = 1 - step * RESTRAINT
        weights = {feature: [held * weight for weight in row] for feature, row in weights.items()}
    return _rounded(weights, targets)


def _lesson(case: Case, kept: frozenset[str], wanted: Set[Target], targets: Sequence[Target]) -> _Numbers:
    scores = opened(case.ranking, wanted)
    starts = [log(scores[target]) for target in targets]
    return _Numbers(sorted(case.features & kept), 1 / sqrt(case.size), starts, targets.index(case.target))


def _common(cases: Sequence[Case]) -> frozenset[str]:
    people: dict[str, set[int]] = {}
    for case in cases:
        if case.corrected:
            for feature in case.features:
                people.setdefault(feature, set()).add(case.person)
    return frozenset(feature for feature, who in people.items() if len(who) >= FEWEST)


def _learn_one(weights: Rows, lesson: _Numbers, step: float) -> None:
    rows = [weights[feature] for feature in lesson.features]
    odds = [start + lesson.share * sum(column) for start, *column in zip(lesson.starts, *rows, strict=True)]
    best = max(odds)
    grown = [exp(value - best) for value in odds]
    whole = sum(grown)
    for number, score in enumerate(grown):
        wrong = score / whole - (number == lesson.right)
        if abs(wrong) > TRIFLE:
            for row in rows:
                row[number] -= step * lesson.share * wrong


def _rounded(weights: Rows, targets: Sequence[Target]) -> dict[str, dict[str, int]]:
    whole = {
        feature: {str(target): round(UNIT * weight) for target, weight in zip(targets, row, strict=True)}
        for feature, row in weights.items()
    }
    sparse = {feature: {target: weight for target, weight in row.items() if weight} for feature, row in whole.items()}
    return {feature: row for feature, row in sparse.items() if row}


class Sieve:
    """Lets through words that the packaged model knows, and no name of a person or a place."""

    def __init__(self, matcher: AgencyMatcher, told: Iterable[str]) -> None:
        texts = [(text, read(text)) for text in told]
        forms = sorted({word.form for _, words in texts for word in words})
        spoken = frozenset(form for phrase in Topics.load().phrases for form in phrase.split())
        self._private = proper_nouns(texts, spoken) | place_names(forms, matcher.gazetteer.areas, spoken)
        self._private |= {form for form in forms if not matcher.knows(form)}

    def kept(self, words: Sequence[Word]) -> frozenset[str]:
        """Returns the features that may be kept: neighbours only where both words may."""
        allowed = [form is not None for form in nameless(words, self._private)]
        plain = {word.form for word, good in zip(words, allowed, strict=True) if good}
        return frozenset(feature for feature in features(words) if set(feature.split()) <= plain)


def _case(matcher: AgencyMatcher, government: str, each: Handled, sieve: Sieve) -> Case | None:
    judged = matcher.judged(each.text, each.place)
    if judged.government != government or not judged.verdict.parts or each.unit not in matcher.directory.units:
        return None
    ranking = judged.verdict.ranking
    target = _target(matcher, judged, each.unit)
    return Case(sieve.kept(judged.words), len(features(judged.words)), ranking, target, each.person)


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
