"""Measures routing on real complaints beside three named references, on the same folds.

Run: python benchmarks/routing_accuracy.py [DIR]   (DIR or LAPOR_EVIDENCE, default ../shared/data; a quarter of an hour)
"""

from __future__ import annotations

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from rapidfuzz import fuzz

from routing.calibrate import FOLDS, Away, Trial, away_at_home, away_elsewhere, fold_of, tried, tuned_at_home, tuned_on
from routing.directory import Directory
from routing.examples import Complaint, Example, examples, load_complaints
from routing.matcher import AgencyMatcher
from routing.model import ELSEWHERE, NOWHERE
from routing.places import Gazetteer, Place
from routing.topics import Topics, pull
from routing.trust import Tuning
from routing.words import TITLE_END

CODES = {"Kota Surabaya": "35.78", "Kabupaten Bandung": "32.04"}
Ranking = list[tuple[str, float]]


@dataclass(frozen=True)
class Answer:
    """What one method said about one complaint; the certainty orders its answers from sure to unsure."""

    source: str
    right: str
    first: str
    among_three: bool
    certainty: float
    confident: bool = False


def main() -> int:
    """Prints the tables and returns 0, or 0 with a word where the evidence is absent."""
    folder = evidence() / "routing" / "train"
    if not folder.is_dir():
        print(f"skipped: no evidence in {folder} (give its folder or set LAPOR_EVIDENCE)")
        return 0
    topics = Topics.load()
    complaints = load_complaints(folder, CODES)
    learned = examples(complaints, topics)
    print(f"complaints {len(complaints)}, folds {FOLDS} by hash of the text; every figure is on complaints held back\n")
    report("AT HOME (cross-validated)", complaints, topics, at_home(complaints, learned, topics), fold_of)
    unseen = elsewhere(complaints, learned, topics)
    report("UNSEEN PLACE (leave one source out)", complaints, topics, unseen, lambda each: each.source)
    return 0


def evidence() -> Path:
    """Returns the folder of the evidence."""
    if len(sys.argv) > 1:
        return Path(sys.argv[1])
    return Path(os.environ.get("LAPOR_EVIDENCE", Path(__file__).resolve().parents[2] / "shared" / "data"))


def report(
    name: str,
    complaints: Sequence[Complaint],
    topics: Topics,
    ours: tuple[list[Answer], list[Answer]],
    fold: Callable[[Complaint], Any],
) -> None:
    """Prints one row per source and method, the curve, the weak sectors."""
    methods = {
        "laporbot, as it answers": ours[1],
        "laporbot, its model alone": ours[0],
        "LinearSVC tf-idf word+char": linear_svc(complaints, fold),
        "hand-written keywords": [answer(each, _by_keywords(each, topics)) for each in complaints],
        "rapidfuzz on agency names": by_names(complaints),
    }
    print(name)
    print(f"{'source':24}{'method':28}{'n':>6}{'top-1':>8}{'top-3':>8}{'macroF1':>9}{'cov@95':>8}")
    for source in sorted({each.source for each in complaints}):
        for method, answers in methods.items():
            print(f"{source:24}{method:28}{row([each for each in answers if each.source == source])}")
    for source in sorted({each.source for each in complaints}):
        print_curve(source, *([each for each in answers if each.source == source] for answers in ours))
    print_curve("all sources", *ours)
    print_weak(ours[0])


def row(answers: Sequence[Answer]) -> str:
    """Returns sample size, top-1, top-3, macro-F1 and the share answered at 95 % precision."""
    top1 = sum(each.first == each.right for each in answers) / len(answers)
    top3 = sum(each.among_three for each in answers) / len(answers)
    return f"{len(answers):6}{top1:8.4f}{top3:8.4f}{macro_f1(answers):9.4f}{coverage(answers, 0.95):8.2f}"


def macro_f1(answers: Sequence[Answer]) -> float:
    """Returns the mean F1 of the sectors that occur."""
    hits = Counter(each.right for each in answers if each.first == each.right)
    said, were = Counter(each.first for each in answers), Counter(each.right for each in answers)
    return sum(2 * hits[sector] / (said[sector] + were[sector]) for sector in were) / len(were)


def coverage(answers: Sequence[Answer], precision: float) -> float:
    """Returns the largest share of the surest answers of which at least `precision` are right."""
    best, right = 0, 0
    for count, each in enumerate(sorted(answers, key=lambda each: -each.certainty), start=1):
        right += each.first == each.right
        best = count if right >= precision * count else best
    return best / len(answers)


def print_curve(source: str, judged: Sequence[Answer], answers: Sequence[Answer]) -> None:
    """Prints how precise the surest tenths of the model's judgements are, and what is called confident."""
    surest = sorted(judged, key=lambda each: -each.certainty)
    shares = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
    cells = []
    for share in shares:
        kept = surest[: max(1, round(share * len(surest)))]
        cells.append(f"{share:.0%}:{sum(each.first == each.right for each in kept) / len(kept):.3f}")
    print(f"  precision by coverage, {source}: {'  '.join(cells)}")
    sure = [each for each in answers if each.confident]
    right = sum(each.first == each.right for each in sure)
    print(f"  called confident: {len(sure)} of {len(answers)}, right {right / max(1, len(sure)):.3f}")


def print_weak(answers: Sequence[Answer]) -> None:
    """Prints the sectors that are found least often, with what they are taken for."""
    taken: dict[str, Counter[str]] = defaultdict(Counter)
    for each in answers:
        taken[each.right][each.first] += 1
    recall = {sector: found[sector] / sum(found.values()) for sector, found in taken.items()}
    for sector in sorted(recall, key=lambda each: recall[each])[:10]:
        others = [f"{other} {count}" for other, count in taken[sector].most_common(4) if other != sector][:2]
        size = sum(taken[sector].values())
        print(f"  weak: {sector} n={size} recall {recall[sector]:.2f}, taken for {', '.join(others)}")
    print()


def answer(complaint: Complaint, ranking: Ranking) -> Answer:
    """Returns the answer of a method that scores sectors."""
    best = [sector for sector, _ in ranking[:3]]
    lead = ranking[0][1] - ranking[1][1]
    return Answer(complaint.source, complaint.sector, best[0], complaint.sector in best, lead)


def linear_svc(complaints: Sequence[Complaint], fold: Callable[[Complaint], Any]) -> list[Answer]:
    """Returns what LinearSVC on TF-IDF of words (1-2) and characters (3-5) says, learned on the other folds."""
    text, svm = import_module("sklearn.feature_extraction.text"), import_module("sklearn.svm")
    union = import_module("sklearn.pipeline").make_union
    answers = []
    for held in sorted({fold(each) for each in complaints}):
        seen = [each for each in complaints if fold(each) != held]
        asked = [each for each in complaints if fold(each) == held]
        vectors = union(
            text.TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2),
            text.TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=3),
        )
        machine = svm.LinearSVC(C=1.0, random_state=0)
        machine.fit(vectors.fit_transform([each.text for each in seen]), [each.sector for each in seen])
        margins = machine.decision_function(vectors.transform([each.text for each in asked]))
        answers += [answer(each, _sorted(machine.classes_, row)) for each, row in zip(asked, margins, strict=True)]
    return answers


def by_names(complaints: Sequence[Complaint]) -> list[Answer]:
    """Returns what the naive way says: the agency whose name is most like the text."""
    directory = Directory.seed()
    names = [(each.name, each.sectors) for each in directory.jurisdiction.templates]
    names += [(unit.name, unit.sectors) for unit in directory.units.values()]
    return [answer(each, _by_names(each.text, names)) for each in complaints]


def _by_names(text: str, names: Iterable[tuple[str, tuple[str, ...]]]) -> Ranking:
    best: dict[str, float] = {}
    lowered = text.lower()
    for name, sectors in names:
        likeness = fuzz.token_set_ratio(name.lower(), lowered)
        for sector in sectors:
            best[sector] = max(best.get(sector, 0.0), likeness)
    return sorted(best.items(), key=lambda item: -item[1])


def _by_keywords(complaint: Complaint, topics: Topics) -> Ranking:
    pulled = pull(topics.hits(complaint.words))
    return sorted(((sector, pulled.get(sector, 0.0)) for sector in topics.sectors), key=lambda item: -item[1])


def at_home(
    complaints: Sequence[Complaint], learned: Sequence[Example], topics: Topics
) -> tuple[list[Answer], list[Answer]]:
    """Tunes each fold on the other folds, so that no complaint helps to judge itself."""
    away = list(away_at_home(complaints, learned, topics))
    trials = list(tried(away))
    judged, answered = [], []
    for fold, each in enumerate(away):
        others = [trial for trial in trials if fold_of(trial.complaint) != fold]
        own = [trial for trial in trials if fold_of(trial.complaint) == fold]
        domains = sorted({_domain(trial) for trial in trials})
        tuning = {domain: tuned_at_home([trial for trial in others if _domain(trial) == domain]) for domain in domains}
        judged += [_judged(trial, tuning[_domain(trial)]) for trial in own]
        answered += _answered(each, tuning | {ELSEWHERE: tuned_on(others)})
    return judged, answered


def elsewhere(
    complaints: Sequence[Complaint], learned: Sequence[Example], topics: Topics
) -> tuple[list[Answer], list[Answer]]:
    """Tunes each source on the other sources."""
    away = list(away_elsewhere(complaints, learned, topics))
    trials = list(tried(away))
    judged, answered = [], []
    for each in away:
        source = each.held[0].source
        tuning = tuned_on([trial for trial in trials if trial.complaint.source != source])
        judged += [_judged(trial, tuning) for trial in trials if trial.complaint.source == source]
        answered += _answered(each, {ELSEWHERE: tuning})
    return judged, answered


def _domain(trial: Trial) -> str:
    return trial.complaint.government or NOWHERE


def _judged(trial: Trial, tuning: Tuning) -> Answer:
    ranking, evidence, trust = trial.ranking(tuning), trial.evidence(tuning), tuning.trust
    best = [sector for sector, _ in ranking[:3]]
    right = trial.complaint.sector
    certainty = trust.sureness(evidence) if trust else ranking[0][1]
    return Answer(
        trial.complaint.source, right, best[0], right in best, certainty, bool(trust and trust.holds(evidence))
    )


def _answered(away: Away, tuning: Mapping[str, Tuning]) -> list[Answer]:
    """Asks the whole matcher: places, offices, the rule for accusations; a silence counts as wrong."""
    matcher = AgencyMatcher(away.model.tuned(tuning), Gazetteer.load(), Directory.seed())
    names = {code: name for name, code in CODES.items()}
    answers = []
    for each in away.held:
        place = Place(regency=names[each.government]) if each.government else None
        title, text = each.text[: each.title], each.text[each.title :].removeprefix(TITLE_END)
        said = matcher.suggest(text, place, title)
        sectors = [candidate.sector for candidate in said.candidates] or ["none"]
        score = said.candidates[0].score if said.candidates else 0.0
        answers.append(Answer(each.source, each.sector, sectors[0], each.sector in sectors, score, said.confident))
    return answers


def _sorted(classes: Sequence[str], margins: Sequence[float]) -> Ranking:
    return sorted(zip(map(str, classes), map(float, margins), strict=True), key=lambda item: -item[1])


if __name__ == "__main__":
    started = perf_counter()
    status = main()
    print(f"took {perf_counter() - started:.0f} s")
    raise SystemExit(status)
