"""Measures, on complaints held back from learning, how far the model's scores may be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from heapq import nlargest
from math import exp, log
from typing import Any

from routing.examples import Complaint, Example
from routing.learner import learner
from routing.model import ELSEWHERE, NOWHERE, SectorModel
from routing.topics import Topics
from routing.train import Artefact, fit
from routing.trust import Evidence, Mistakes, Trust, Tuning

FOLDS = 5
PHRASES = (0.0, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0)
SHARPNESS = tuple(half / 2 for half in range(2, 25))
RIGHT = 0.957
ENOUGH = 50
RESTRAINT = 2.0
UNEXPECTED = 20.0
UNTUNED = Tuning(phrases=0.0, sharpness=1.0, trust=None)

Answered = tuple[float, bool]


@dataclass(frozen=True)
class Trial:
    """One held-back complaint: its right sector, the learned margins, and the pull of phrases."""

    complaint: Complaint
    margins: Mapping[str, float]
    pulled: Mapping[str, float]

    def sums(self, tuning: Tuning) -> dict[str, float]:
        """Returns the sums of the sectors as the model would make them."""
        return tuning.sums(self.margins, self.margins.values(), self.pulled)

    def ranking(self, tuning: Tuning) -> tuple[tuple[str, float], ...]:
        """Returns the sectors with their scores, best first, as the model would give them."""
        return tuning.ranking(self.sums(tuning))

    def evidence(self, tuning: Tuning) -> Evidence:
        """Returns what speaks for the best sector."""
        return Evidence.of(self.sums(tuning), self.pulled)


@dataclass(frozen=True)
class Away:
    """A model, and the complaints that it did not learn from."""

    model: SectorModel
    held: Sequence[Complaint]


def fold_of(complaint: Complaint) -> int:
    """Returns the fold of a complaint; the same words always fall into the same one."""
    return int(sha256(complaint.text.encode()).hexdigest(), 16) % FOLDS


def away_at_home(complaints: Sequence[Complaint], learned: Sequence[Example], topics: Topics) -> Iterator[Away]:
    """Yields for each fold a model that learned from the other folds, so that every place is known to it."""
    return _away(complaints, learned, topics, [str(fold_of(each)) for each in complaints])


def away_elsewhere(complaints: Sequence[Complaint], learned: Sequence[Example], topics: Topics) -> Iterator[Away]:
    """Yields for each source a model that never saw anything of it."""
    return _away(complaints, learned, topics, [each.source for each in complaints])


def tried(away: Iterable[Away]) -> Iterator[Trial]:
    """Yields each complaint as judged by the model that it was held back from."""
    for each in away:
        sectors = each.model.topics.sectors
        for complaint in each.held:
            margins, pulled = each.model.margins(complaint.words, complaint.government, complaint.title)
            yield Trial(complaint, dict(zip(sectors, margins, strict=True)), pulled)


def tuning_of(at_home: Sequence[Trial], elsewhere: Sequence[Trial]) -> dict[str, Tuning]:
    """Returns the tuning of each place with habits, and of all other places."""
    domains = sorted({trial.complaint.government or NOWHERE for trial in at_home})
    tuned = {
        domain: tuned_at_home([trial for trial in at_home if (trial.complaint.government or NOWHERE) == domain])
        for domain in domains
    }
    return tuned | {ELSEWHERE: tuned_on(elsewhere)}


def tuned_at_home(trials: Sequence[Trial]) -> Tuning:
    """Returns the tuning of a place with habits, which knows its mistakes too."""
    return tuned_on(trials, knows_mistakes=True)


def tuned_on(trials: Sequence[Trial], knows_mistakes: bool = False) -> Tuning:
    """Returns the weight of phrases that ranks best, the sharpness that is honest, and when to be confident."""
    phrases = max(PHRASES, key=lambda weight: _ranked_right(trials, weight))
    plain = Tuning(phrases, 1.0, None)
    tuning = replace(plain, mistakes=mistakes_of(trials, plain)) if knows_mistakes else plain
    sums = [(tuning.weighed(trial.sums(tuning)), trial.complaint.sector) for trial in trials]
    sharpness = min(SHARPNESS, key=lambda value: _surprise(sums, value))
    return replace(tuning, sharpness=sharpness, trust=trusted_on(trials, plain))


def mistakes_of(trials: Sequence[Trial], tuning: Tuning) -> Mistakes:
    """Counts what was right where the best sector was not."""
    right = Counter(trial.complaint.sector for trial in trials)
    instead: dict[str, Counter[str]] = {}
    for trial in trials:
        said = trial.evidence(tuning).sector
        if said != trial.complaint.sector:
            instead.setdefault(said, Counter())[trial.complaint.sector] += 1
    return Mistakes(_in_order(right), {said: _in_order(counts) for said, counts in sorted(instead.items())})


def _in_order(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items()))


def trusted_on(trials: Sequence[Trial], tuning: Tuning) -> Trust | None:
    """Returns the trust learned from answers and their fate; None where no sureness is right often enough.

    The sureness asked for is found on answers that did not teach it: fold by fold at one place, and source by
    source where there are several, where the strictest source decides.
    """
    by_source: dict[str, list[Answered]] = {}
    apart = _source if len({trial.complaint.source for trial in trials}) > 1 else _fold
    for group in sorted({apart(trial) for trial in trials}):
        trust = _learned([trial for trial in trials if apart(trial) != group], tuning)
        for trial in trials:
            if apart(trial) == group:
                by_source.setdefault(trial.complaint.source, []).append(_answered(trial, tuning, trust))
    asked = [lowest(answers) for answers in by_source.values()]
    return _learned(trials, tuning, max(found for found in asked if found is not None)) if None not in asked else None


def lowest(answers: Sequence[Answered]) -> float | None:
    """Returns the lowest sureness above which answers are right often enough, None if there is none."""
    found, right = None, 0
    for count, (sureness, hit) in enumerate(sorted(answers, key=lambda answer: -answer[0]), start=1):
        right += hit
        if count >= ENOUGH and right / count >= RIGHT:
            found = round(sureness, 3)
    return found


def _learned(trials: Sequence[Trial], tuning: Tuning, enough: float = 0.0) -> Trust:
    """Learns by logistic regression how evidence and sector tell a right answer from a wrong one."""
    evidence = [trial.evidence(tuning) for trial in trials]
    sectors = sorted({each.sector for each in evidence})
    rows = [[*_figures(each), *(float(each.sector == sector) for sector in sectors)] for each in evidence]
    machine: Any = learner("sklearn.linear_model").LogisticRegression(C=RESTRAINT, max_iter=1000)
    machine.fit(rows, [_right(trial, each) for trial, each in zip(trials, evidence, strict=True)])
    best, lead, third, phrases, *offsets = (round(float(weight), 3) for weight in machine.coef_[0])
    base = round(float(machine.intercept_[0]), 3)
    return Trust(base, best, lead, third, phrases, dict(zip(sectors, offsets, strict=True)), enough)


def _figures(evidence: Evidence) -> tuple[float, ...]:
    return evidence.best, evidence.lead, evidence.lead_over_third, evidence.phrases


def _answered(trial: Trial, tuning: Tuning, trust: Trust) -> Answered:
    evidence = trial.evidence(tuning)
    return trust.sureness(evidence), _right(trial, evidence)


def _right(trial: Trial, evidence: Evidence) -> bool:
    return evidence.sector == trial.complaint.sector


def _fold(trial: Trial) -> str:
    return str(fold_of(trial.complaint))


def _source(trial: Trial) -> str:
    return trial.complaint.source


def _ranked_right(trials: Sequence[Trial], phrases: float) -> float:
    tuning = Tuning(phrases, 1.0, None)
    points = 0.0
    for trial in trials:
        sums = trial.sums(tuning)
        best = nlargest(3, sums, key=sums.__getitem__)
        points += (best[0] == trial.complaint.sector) + (trial.complaint.sector in best)
    return points


def _surprise(told: Iterable[tuple[Mapping[str, float], str]], sharpness: float) -> float:
    """Returns how little the scores expected the right sectors: their negative logarithms, added up."""
    return sum(_surprise_of(sums, right, sharpness) for sums, right in told)


def _surprise_of(sums: Mapping[str, float], right: str, sharpness: float) -> float:
    best = max(sums.values())
    whole = sum(exp(sharpness * (amount - best)) for amount in sums.values())
    return min(log(whole) - sharpness * (sums[right] - best), UNEXPECTED)


def _away(
    complaints: Sequence[Complaint], learned: Sequence[Example], topics: Topics, groups: Sequence[str]
) -> Iterator[Away]:
    seeds = learned[len(complaints) :]
    for group in sorted(set(groups)):
        kept = [example for example, own in zip(learned, groups, strict=False) if own != group]
        held = [complaint for complaint, own in zip(complaints, groups, strict=True) if own == group]
        yield Away(model_of(fit([*kept, *seeds], topics), topics), held)


def model_of(artefact: Artefact, topics: Topics) -> SectorModel:
    """Returns a model that has learned but is not tuned."""
    return SectorModel(topics, artefact.shared, artefact.habits, artefact.kinds, {ELSEWHERE: UNTUNED})
