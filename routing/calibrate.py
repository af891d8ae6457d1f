"""Measures, on complaints held back from learning, how far the model's scores may be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import exp, log

from routing.model import ELSEWHERE, NOWHERE, SectorModel, Tuning
from routing.topics import Topics
from routing.train import Artefact, Complaint, Example, fit

FOLDS = 5
PHRASES = (0.0, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0)
SHARPNESS = tuple(half / 2 for half in range(2, 25))
RIGHT = 0.955
NEVER = 1.01
ENOUGH = 50
UNTUNED = Tuning(phrases=0.0, sharpness=1.0, trusted=NEVER)


@dataclass(frozen=True)
class Trial:
    """One held-back complaint: its right sector, the learned margins, and the pull of phrases."""

    complaint: Complaint
    margins: Mapping[str, float]
    pulled: Mapping[str, float]

    def ranking(self, tuning: Tuning) -> list[tuple[str, float]]:
        """Returns the sectors with their scores, best first, as the model would give them."""
        scores = {name: margin + tuning.phrases * self.pulled.get(name, 0.0) for name, margin in self.margins.items()}
        best = max(scores.values())
        odds = {name: exp(tuning.sharpness * (score - best)) for name, score in scores.items()}
        whole = sum(odds.values())
        return sorted(((name, odd / whole) for name, odd in odds.items()), key=lambda item: -item[1])


def fold_of(complaint: Complaint) -> int:
    """Returns the fold of a complaint; the same words always fall into the same one."""
    return int(sha256(complaint.text.encode()).hexdigest(), 16) % FOLDS


def tried_at_home(complaints: Sequence[Complaint], learned: Sequence[Example], topics: Topics) -> Iterator[Trial]:
    """Yields each complaint as judged by a model that learned from the other folds, its own place among them."""
    for fold in range(FOLDS):
        away = [fold_of(each) == fold for each in complaints]
        model = model_of(fit(_without(away, learned), topics), topics)
        yield from _tried(model, [each for each, held in zip(complaints, away, strict=True) if held], at_home=True)


def tried_elsewhere(complaints: Sequence[Complaint], learned: Sequence[Example], topics: Topics) -> Iterator[Trial]:
    """Yields each complaint as judged by a model that never saw its source."""
    for source in sorted({each.source for each in complaints}):
        away = [each.source == source for each in complaints]
        model = model_of(fit(_without(away, learned), topics), topics)
        yield from _tried(model, [each for each, held in zip(complaints, away, strict=True) if held], at_home=False)


def tuning_of(at_home: Sequence[Trial], elsewhere: Sequence[Trial]) -> dict[str, Tuning]:
    """Returns the tuning of each place with habits, and of all other places."""
    domains = sorted({trial.complaint.government or NOWHERE for trial in at_home})
    tuned = {
        domain: tuned_on([trial for trial in at_home if (trial.complaint.government or NOWHERE) == domain])
        for domain in domains
    }
    return tuned | {ELSEWHERE: tuned_on(elsewhere)}


def tuned_on(trials: Sequence[Trial]) -> Tuning:
    """Returns the weight of phrases that ranks best, the sharpness that is honest, and the score to trust."""
    phrases = max(PHRASES, key=lambda weight: _ranked_right(trials, weight))
    sharpness = min(SHARPNESS, key=lambda value: _surprise(trials, Tuning(phrases, value, NEVER)))
    return Tuning(phrases, sharpness, trusted_score(trials, Tuning(phrases, sharpness, NEVER)))


def trusted_score(trials: Sequence[Trial], tuning: Tuning) -> float:
    """Returns the lowest score above which answers are right often enough, each source counting alike."""
    by_source: dict[str, list[tuple[float, bool]]] = {}
    for trial in trials:
        sector, score = trial.ranking(tuning)[0]
        by_source.setdefault(trial.complaint.source, []).append((score, sector == trial.complaint.sector))
    return max(_lowest(answers) for answers in by_source.values())


def _lowest(answers: Sequence[tuple[float, bool]]) -> float:
    lowest, right = NEVER, 0
    for count, (score, hit) in enumerate(sorted(answers, key=lambda answer: -answer[0]), start=1):
        right += hit
        if count >= ENOUGH and right / count >= RIGHT:
            lowest = score
    return round(lowest, 3)


def _ranked_right(trials: Sequence[Trial], phrases: float) -> float:
    tuning = Tuning(phrases, 1.0, NEVER)
    points = 0.0
    for trial in trials:
        best = [sector for sector, _ in trial.ranking(tuning)[:3]]
        points += (best[0] == trial.complaint.sector) + (trial.complaint.sector in best)
    return points


def _surprise(trials: Sequence[Trial], tuning: Tuning) -> float:
    return -sum(log(max(dict(trial.ranking(tuning)).get(trial.complaint.sector, 0.0), 1e-9)) for trial in trials)


def _tried(model: SectorModel, held: Sequence[Complaint], at_home: bool) -> Iterator[Trial]:
    for each in held:
        margins, pulled = model.margins(each.words, each.government if at_home else ELSEWHERE)
        yield Trial(each, dict(zip(model.topics.sectors, margins, strict=True)), pulled)


def _without(away: Sequence[bool], learned: Sequence[Example]) -> list[Example]:
    kept = [example for example, held in zip(learned, away, strict=False) if not held]
    return kept + list(learned[len(away) :])


def model_of(artefact: Artefact, topics: Topics) -> SectorModel:
    """Returns a model that has learned but is not tuned."""
    return SectorModel(topics, artefact.shared, artefact.habits, {ELSEWHERE: UNTUNED})
