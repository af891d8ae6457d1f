"""Human questions that separate two kinds of office people's words often fit equally."""

from __future__ import annotations

from routing.model import Verdict
from routing.suggestion import Question

CLOSE = 0.25
UNSURE = 0.6
FALLBACK = "question.either"
PAIRS = frozenset(
    frozenset(pair)
    for pair in (
        ("electricity", "transport"),
        ("public_works", "water_utility"),
        ("environment", "public_works"),
        ("environment", "territorial"),
        ("environment", "housing"),
        ("public_order", "transport"),
        ("public_works", "transport"),
        ("public_works", "territorial"),
        ("housing", "public_works"),
        ("bpjs_health", "health"),
        ("bpjs_health", "social_affairs"),
        ("health", "social_affairs"),
        ("social_affairs", "territorial"),
        ("civil_registration", "territorial"),
        ("police", "public_order"),
        ("police", "transport"),
        ("public_order", "territorial"),
        ("public_order", "trade_cooperatives"),
        ("education", "social_affairs"),
        ("education", "religion"),
        ("manpower", "bpjs_employment"),
        ("village", "territorial"),
        ("disaster_fire", "public_works"),
        ("energy_minerals", "trade_cooperatives"),
        ("land", "territorial"),
        ("licensing", "public_order"),
    )
)


def separating(verdict: Verdict) -> Question | None:
    """Returns the question between the two best sectors when neither is likely and the second is not far behind."""
    (first, best), (second, next_best) = verdict.ranking[:2]
    if verdict.confident or best > UNSURE or next_best < CLOSE * best:
        return None
    pair = (first, second)
    return Question(question_key(*pair), pair)


def question_key(first: str, second: str) -> str:
    """Returns the catalogue key of the question for a pair, the general one if the pair has none of its own."""
    if frozenset((first, second)) not in PAIRS:
        return FALLBACK
    return "question." + "-".join(sorted((first, second)))
